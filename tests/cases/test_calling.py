"""Who called before, and the call back after closing (INT-01, INT-13, product C1)."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.accounts import queries as accounts
from jingwei.accounts.errors import AccountError
from jingwei.cases import calling_back, commands, queries
from jingwei.cases.calling_errors import CallError
from jingwei.cases.errors import CaseError
from jingwei.cases.models import CallBack, Caller, Case
from jingwei.catalogue.commands import set_setting
from jingwei.journal.queries import history
from jingwei.kernel.errors import KernelError
from jingwei.kernel.ids import new_id
from jingwei.worklist.models import Item
from tests.cases.conftest import IN_SECOND, NEXT_DOOR, Centre, expect_refusal

pytestmark = pytest.mark.django_db
PHONE, ALIKE = "13912345678", "13800005678"
WAITING = {"kind": "callback", "name": "结案待回访", "to": "/callbacks", "count": 1, "late": 0}


def closed(centre: Centre, **more: Any) -> UUID:
    """A case told by telephone, verified, handled, checked and closed."""
    case_id = centre.report("acceptor", **({"channel": "hotline", "contact_phone": PHONE} | more))
    if Case.objects.get(id=case_id).channel == "hotline":
        commands.ask_verify(centre.act("acceptor"), case_id, person=centre.ids["supervisor"])
        commands.verify(centre.act("supervisor"), case_id, found=True)
    commands.file(centre.act("acceptor"), case_id)
    commands.dispatch(centre.act("dispatcher"), case_id)
    commands.feed_back(centre.act("handler"), case_id, text="已清理")
    commands.confirm(centre.act("dispatcher"), case_id)
    commands.check(centre.act("supervisor"), case_id, passed=True)
    commands.close(centre.act("leader1"), case_id)
    return case_id


def call(centre: Centre, case_id: UUID, outcome: str, text: str = "", who: str = "acceptor") -> bool:
    return commands.call_back(centre.act(who), case_id, new_id(), outcome=outcome, text=text)


def test_the_same_number_is_known_again_and_nothing_of_the_caller_is_shown(centre: Centre) -> None:
    first = centre.report("acceptor", channel="hotline", contact_phone="139-1234-5678", contact_name="李示例", text="井盖松动")
    second = centre.report("acceptor", at=IN_SECOND, channel="hotline", contact_phone=f"+86 {PHONE}")
    centre.report("acceptor", channel="hotline", contact_phone=ALIKE)
    centre.report("acceptor")
    for typed in (PHONE, "139 1234 5678", f"+86{PHONE}", "１３９１２３４５６７８"):
        found = queries.caller_history(centre.act("acceptor"), typed)
        assert (found.by, found.all, found.open, {item.id for item in found.items}) == ("whole", 2, 2, {first, second}), typed
    assert "李示例" not in str(found)
    assert PHONE not in str(found)


def test_the_last_four_digits_find_numbers_that_end_alike(centre: Centre) -> None:
    ids = {centre.report("acceptor", channel="hotline", contact_phone=phone) for phone in (PHONE, ALIKE)}
    found = queries.caller_history(centre.act("acceptor"), "5678")
    assert (found.by, found.all, {item.id for item in found.items}) == ("tail", 2, ids)


@pytest.mark.parametrize("typed", ["", "没有", "567", "56789", "139123"])
def test_half_a_number_finds_nothing_and_asks_nothing(centre: Centre, typed: str) -> None:
    actor = centre.act("acceptor")
    with CaptureQueriesContext(connection) as asked:
        assert queries.caller_history(actor, typed) == queries.CallerHistory("", 0, 0, [])
    assert len(asked) == 0


def test_a_caller_is_known_only_where_contacts_may_be_opened(centre: Centre) -> None:
    centre.report("neighbour", at=NEXT_DOOR, channel="hotline", contact_phone=PHONE)
    assert queries.caller_history(centre.act("acceptor"), PHONE).all == 0
    assert queries.caller_history(centre.act("neighbour"), PHONE).all == 1
    for login in ("dispatcher", "supervisor", "handler", "boss"):
        with expect_refusal(AccountError.NO_RIGHT):
            queries.caller_history(centre.act(login), PHONE)


def test_looking_a_caller_up_costs_three_statements_however_many_cases(centre: Centre) -> None:
    for _ in range(12):
        centre.report("acceptor", channel="hotline", contact_phone=PHONE)
    actor = centre.act("acceptor")
    with CaptureQueriesContext(connection) as asked:
        found = queries.caller_history(actor, PHONE)
    assert (found.all, len(found.items)) == (12, 10)
    assert len(asked) <= 3


def test_a_report_without_a_number_writes_nothing_more(centre: Centre) -> None:
    """B1."""
    actor = centre.act("supervisor")
    with CaptureQueriesContext(connection) as asked:
        commands.report(actor, commands.Report(id=new_id(), lon=IN_SECOND[0], lat=IN_SECOND[1], text="井盖松动"))
    assert not any("cases_caller" in query["sql"] for query in asked)
    assert not Caller.objects.exists()


def test_after_closing_the_acceptor_calls_and_says_what_came_of_it(centre: Centre) -> None:
    case_id = closed(centre)
    assert queries.other_due(centre.act("acceptor")) == [WAITING]
    assert queries.other_due(centre.act("dispatcher")) == []
    told = queries.detail(centre.act("acceptor"), case_id)
    assert told.case["marks"] == ["callback"]
    assert {"deed": "call_back", "name": "记录回访"} in told.beside
    assert [row.id for row in queries.call_page(centre.act("acceptor")).waiting] == [case_id]

    assert call(centre, case_id, "satisfied") is True
    assert queries.other_due(centre.act("acceptor")) == []
    assert queries.detail(centre.act("acceptor"), case_id).case["marks"] == ["called"]
    assert [(row.outcome_name, row.earlier) for row in queries.calls_of(centre.act("dispatcher"), case_id)] == [("满意", False)]
    assert history(f"case:{case_id}")[-1].verb == "case.called_back"


def test_who_was_not_satisfied_said_why_and_numbers_in_it_are_sealed(centre: Centre) -> None:
    case_id = closed(centre)
    with expect_refusal(CaseError.MISSING):
        call(centre, case_id, "not")
    assert not CallBack.objects.exists()
    call(centre, case_id, "not", "还有垃圾，请打 13700001111")
    assert "13700001111" not in CallBack.objects.get().text
    assert not any("13700001111" in entry.data for entry in history(f"case:{case_id}"))


def test_after_three_calls_that_nobody_took_it_is_over(centre: Centre) -> None:
    case_id = closed(centre)
    assert [call(centre, case_id, "unreached") for _ in range(2)] == [False, False]
    assert queries.call_page(centre.act("acceptor")).waiting[0].tries == 2
    assert call(centre, case_id, "unreached") is True
    assert not Item.objects.filter(subject__startswith="callback:").exists()
    with expect_refusal(CallError.NO_CALL_DUE):
        call(centre, case_id, "satisfied")


@pytest.mark.parametrize("more", [{"contact_phone": ""}, {"channel": "supervisor"}])
def test_who_left_no_number_or_came_another_way_is_not_called(centre: Centre, more: dict[str, str]) -> None:
    case_id = closed(centre, **more)
    assert queries.other_due(centre.act("acceptor")) == []
    with expect_refusal(CallError.NO_CALL_DUE):
        call(centre, case_id, "satisfied")


def test_a_place_may_call_back_for_other_channels_or_for_none(centre: Centre) -> None:
    set_setting(accounts.operator(), "call_back_channels", "supervisor, letter")
    closed(centre)
    assert queries.other_due(centre.act("acceptor")) == []
    case_id = closed(centre, channel="supervisor")
    assert [row.id for row in queries.call_page(centre.act("acceptor")).waiting] == [case_id]


def test_a_case_opened_again_is_called_about_anew_when_it_closes_anew(centre: Centre) -> None:
    case_id = closed(centre)
    call(centre, case_id, "not", "没有清干净")
    commands.reopen(centre.act("leader1"), case_id, reason="反映人不满意")
    assert queries.detail(centre.act("acceptor"), case_id).case["marks"] == []
    with expect_refusal(CaseError.NOT_NOW):
        call(centre, case_id, "satisfied")
    assert [row.earlier for row in queries.calls_of(centre.act("acceptor"), case_id)] == [True]


def test_a_case_opened_again_before_anybody_called_waits_for_no_call(centre: Centre) -> None:
    case_id = closed(centre)
    commands.reopen(centre.act("leader1"), case_id, reason="结案有误")
    assert not Item.objects.filter(subject=f"callback:{case_id}").exists()
    commands.undo(centre.act("leader1"), case_id)
    assert Item.objects.filter(subject=f"callback:{case_id}").exists(), "the reopening was taken back"


def test_closing_taken_back_takes_the_call_back_too(centre: Centre) -> None:
    case_id = closed(centre)
    commands.undo(centre.act("leader1"), case_id)
    assert not Item.objects.filter(subject=f"callback:{case_id}").exists()
    assert queries.detail(centre.act("acceptor"), case_id).case["marks"] == []


def test_closing_a_case_without_a_number_costs_nothing_more(centre: Centre) -> None:
    """B3."""
    case_id = centre.checked()
    actor = centre.act("leader1")
    with CaptureQueriesContext(connection) as asked:
        commands.close(actor, case_id)
    assert not any("callback" in str(query) for query in asked)


def test_others_may_not_call_and_strangers_learn_nothing(centre: Centre) -> None:
    case_id = closed(centre)
    for login, reason in (("dispatcher", CaseError.WRONG_ROLE), ("supervisor", CaseError.WRONG_ROLE), ("neighbour", KernelError.NOT_FOUND)):
        with expect_refusal(reason):
            call(centre, case_id, "satisfied", who=login)
    with expect_refusal(CallError.UNKNOWN_OUTCOME):
        call(centre, case_id, "splendid")
    with expect_refusal(KernelError.NOT_FOUND):
        queries.calls_of(centre.act("neighbour"), case_id)


def test_the_rate_counts_those_who_answered(centre: Centre) -> None:
    """Of a place and a month, not of whoever called."""
    for outcome, text in (("satisfied", ""), ("satisfied", ""), ("not", "太慢"), ("unreached", "")):
        call(centre, closed(centre), outcome, text)
    found = queries.call_page(centre.act("boss"), "2026-11").figures
    assert (found.month, found.satisfied, found.dissatisfied, found.unreached, found.rate) == ("2026-11", 2, 1, 1, 67)
    assert queries.call_page(centre.act("boss"), "2026-10").figures.rate is None
    assert queries.call_page(centre.act("neighbour")).figures.satisfied == 0
    for bad in ("2026-13", "x", "9999-12", "0000-01"):
        with expect_refusal(CaseError.UNKNOWN_FILTER):
            queries.call_page(centre.act("boss"), bad)


@pytest.mark.parametrize(("outcome", "earlier", "over"), [
    ("satisfied", [], True), ("not", ["unreached"], True), ("unreached", [], False), ("unreached", ["unreached"], False),
    ("unreached", ["unreached", "unreached"], True),
])
def test_when_calling_is_over(outcome: str, earlier: list[str], over: bool) -> None:
    assert calling_back.is_over(outcome, earlier) is over


def test_over_http(centre: Centre) -> None:
    case_id = closed(centre)
    client = centre.client("acceptor")
    found = client.post("/api/caller-history", {"phone": PHONE}, content_type="application/json")
    assert (found.status_code, found.json()["all"]) == (200, 1)
    made = client.post(f"/api/cases/{case_id}/callbacks", {"id": str(new_id()), "outcome": "unreached"}, content_type="application/json")
    assert (made.status_code, made.json()) == (201, {"over": False})
    assert client.get(f"/api/cases/{case_id}/callbacks").json()[0]["outcome"] == "unreached"
    assert client.get("/api/callbacks").json()["waiting"][0]["tries"] == 1
