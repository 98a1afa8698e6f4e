"""An overrun is appealed against, reviewed twice by others, and left out of the statistics; the fact stays (C4)."""

from datetime import UTC, datetime, timedelta

import pytest

from jingwei.cases import commands, queries
from jingwei.cases.clock_errors import ClockError
from jingwei.cases.errors import CaseError
from jingwei.cases.marks import marks_of
from jingwei.cases.models import Appeal, Case, Step
from jingwei.journal import queries as journaled
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError
from jingwei.kernel.ids import new_id
from jingwei.worklist.models import Item
from tests.cases.conftest import MONDAY_NINE, expect_refusal
from tests.cases.test_entries import everything

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TUESDAY = MONDAY_NINE + DAY


def late(centre):
    """Handled in a day where four working hours were given: fed back late, and the stay it happened in."""
    case_id = centre.handled()
    with clock.held_at(TUESDAY):
        commands.feed_back(centre.act("handler"), case_id, text="已清理")
    return case_id, Step.objects.get(case_id=case_id, state="handling").number


def appealed(centre, login="handler", at=TUESDAY):
    case_id, step = late(centre)
    with clock.held_at(at):
        return case_id, commands.ask_appeal(centre.act(login), case_id, new_id(), step=step, reason="暴雨封路，无法进场")


def closed(centre):
    """Late, checked and closed on Tuesday."""
    case_id, step = late(centre)
    with clock.held_at(TUESDAY):
        commands.confirm(centre.act("dispatcher"), case_id)
        commands.check(centre.act("supervisor"), case_id, passed=True)
        commands.close(centre.act("leader1"), case_id)
    return case_id, step


def test_two_reviews_exempt_the_overrun_and_keep_the_fact(centre):
    case_id, appeal_id = appealed(centre)
    before = list(Step.objects.filter(case_id=case_id).values())
    with clock.held_at(TUESDAY + HOUR):
        assert commands.review_appeal(centre.act("dispatcher"), appeal_id, "agree") == "agreed"
        assert commands.review_appeal(centre.act("leader1"), appeal_id, "grant", reason="情况属实") == "granted"
    assert list(Step.objects.filter(case_id=case_id).values()) == before
    assert queries.exempt_steps(case_id) == {before[-1]["number"]}
    assert marks_of(Case.objects.get(id=case_id).marks) == ["exempted"]
    overrun = queries.overruns(centre.act("boss"), case_id)[0]
    assert (overrun.exempt, overrun.stage_name, overrun.unit_name) == (True, "处置中", "环卫所")
    assert overrun.ended_at > overrun.due_at
    told = [line["said"] for line in queries.detail(centre.act("boss"), case_id).timeline[-3:]]
    assert told == ["提出超期申诉", "超期申诉初审同意", "超期申诉复审同意，豁免统计"]
    assert not Item.objects.filter(subject=f"appeal:{appeal_id}").exists()


def test_both_numbers_are_told_apart(centre):
    """The lists and the leader's page: how many overran, and how many of those are exempted."""
    exempted, step = closed(centre)
    counted, _ = closed(centre)
    with clock.held_at(TUESDAY):
        appeal_id = commands.ask_appeal(centre.act("handler"), exempted, new_id(), step=step, reason="暴雨")
        commands.review_appeal(centre.act("dispatcher"), appeal_id, "agree")
        commands.review_appeal(centre.act("leader1"), appeal_id, "grant")
        who = centre.act("boss")
        listed = {word: {row["id"] if isinstance(row, dict) else row.id for row in queries.list_cases(who, queries.Filter(**asked)).rows}
                  for word, asked in (("late", {"ended_late": True}), ("exempted", {"exempted": True}), ("counted", {"exempted": False}))}
        today = queries.overview(who)["today"]
    assert {word: {str(each) for each in ids} for word, ids in listed.items()} == {
        "late": {str(exempted), str(counted)}, "exempted": {str(exempted)}, "counted": {str(counted)}}
    assert (today["ended"], today["ended_late"], today["ended_exempted"]) == (2, 2, 1)
    assert today["filters"]["ended_exempted"]["exempted"] is True


@pytest.mark.parametrize(("first", "second", "state"), [
    ("refuse_first", None, "refused"), ("agree", "refuse", "refused"), ("agree", "withdraw", "withdrawn"), ("withdraw", None, "withdrawn")])
def test_refused_or_withdrawn_the_overrun_counts(centre, first, second, state):
    case_id, appeal_id = appealed(centre)
    for deed in filter(None, (first, second)):
        who = {"withdraw": "handler", "refuse": "leader1"}.get(deed, "dispatcher")
        commands.review_appeal(centre.act(who), appeal_id, deed, reason="证据不足")
    assert Appeal.objects.get(id=appeal_id).state == state
    assert queries.exempt_steps(case_id) == set()
    assert marks_of(Case.objects.get(id=case_id).marks) == ["overran"]


def test_a_no_needs_its_reason(centre):
    _, appeal_id = appealed(centre)
    for reason in ("", " ", "\u200b"):
        with expect_refusal(CaseError.MISSING, CaseError.BAD_TEXT):
            commands.review_appeal(centre.act("dispatcher"), appeal_id, "refuse_first", reason=reason or "  ")


def test_nobody_reviews_their_own_and_nobody_both(centre):
    """Duty separation by the engine: the office appeals too, and then another of the office reviews."""
    case_id, appeal_id = appealed(centre, "dispatcher2")
    before = everything()
    with expect_refusal(CaseError.APART):
        commands.review_appeal(centre.act("dispatcher2"), appeal_id, "agree")
    with expect_refusal(CaseError.WRONG_ROLE):
        commands.review_appeal(centre.act("leader1"), appeal_id, "agree")
    with expect_refusal(CaseError.NOT_NOW):
        commands.review_appeal(centre.act("leader1"), appeal_id, "grant")
    with expect_refusal(CaseError.WRONG_ROLE, CaseError.NOT_NOW):
        commands.review_appeal(centre.act("handler"), appeal_id, "grant")
    with expect_refusal(CaseError.UNKNOWN_ACTION):
        commands.review_appeal(centre.act("leader1"), appeal_id, "ask")
    assert everything() == before
    commands.review_appeal(centre.act("dispatcher"), appeal_id, "agree")
    with expect_refusal(CaseError.WRONG_ROLE):
        commands.review_appeal(centre.act("dispatcher"), appeal_id, "grant")
    assert [entry.verb for entry in journaled.history(f"case:{case_id}")][-2:] == ["case.appealed", "case.appeal_agreed"]


def test_one_appeal_for_an_overrun_and_only_for_one(centre):
    case_id, appeal_id = appealed(centre)
    step = Appeal.objects.get(id=appeal_id).step
    with expect_refusal(ClockError.APPEALED_ALREADY):
        commands.ask_appeal(centre.act("handler"), case_id, new_id(), step=step, reason="再来")
    for other in (1, step - 1, step + 1, 30_000):
        with expect_refusal(ClockError.NOT_OVERRUN):
            commands.ask_appeal(centre.act("handler"), case_id, new_id(), step=other, reason="没有超期")
    commands.review_appeal(centre.act("handler"), appeal_id, "withdraw")
    assert commands.ask_appeal(centre.act("handler"), case_id, new_id(), step=step, reason="补充证据后再申诉")


def test_an_appeal_is_made_in_time(centre):
    """Five working days after the stay or the closing: fed back Tuesday 24th, to the close of Tuesday 1 December."""
    case_id, step = late(centre)
    last = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
    assert queries.overruns(centre.act("handler"), case_id)[0].appeal_until == last
    with clock.held_at(last + timedelta(seconds=1)):
        assert not queries.overruns(centre.act("handler"), case_id)[0].may_appeal
        with expect_refusal(ClockError.APPEAL_TOO_LATE):
            commands.ask_appeal(centre.act("handler"), case_id, new_id(), step=step, reason="晚了")
        commands.confirm(centre.act("dispatcher"), case_id)
        commands.check(centre.act("supervisor"), case_id, passed=True)
        commands.close(centre.act("leader1"), case_id)
    with clock.held_at(last + DAY):  # the closing gives another five
        assert commands.ask_appeal(centre.act("handler"), case_id, new_id(), step=step, reason="暴雨")


def test_a_unit_appeals_for_itself(centre):
    case_id, step = late(centre)
    with expect_refusal(KernelError.NOT_FOUND):
        commands.ask_appeal(centre.act("otherhandler"), case_id, new_id(), step=step, reason="不是我的")
    with expect_refusal(CaseError.WRONG_ROLE):
        commands.ask_appeal(centre.act("supervisor"), case_id, new_id(), step=step, reason="不是我的")
    with expect_refusal(CaseError.MISSING):
        commands.ask_appeal(centre.act("handler"), case_id, new_id(), step=step, reason="\u200b")


def test_what_waits_for_a_review_is_due_to_those_who_review(centre):
    _, appeal_id = appealed(centre)
    item = Item.objects.get(subject=f"appeal:{appeal_id}")
    assert (item.kind, item.posts) == ("appeal_first", "|dispatcher|town_officer|")
    assert [each["kind"] for each in queries.other_due(centre.act("dispatcher"))] == ["appeal_first"]
    assert [[deed["deed"] for deed in line.deeds] for line in queries.appeals(centre.act("dispatcher"))] == [["agree", "refuse_first"]]
    assert [[deed["deed"] for deed in line.deeds] for line in queries.appeals(centre.act("handler"))] == [["withdraw"]]
    assert queries.appeals(centre.act("otherhandler")) == []
    assert queries.appeals(centre.act("neighbour")) == []
    commands.review_appeal(centre.act("dispatcher"), appeal_id, "agree")
    assert Item.objects.get(subject=f"appeal:{appeal_id}").posts == "|evaluator|shift_leader|"


def test_the_list_asks_the_same_however_long_it_is(centre, django_assert_num_queries):
    appealed(centre)
    who = centre.act("dispatcher")
    queries.appeals(who)
    for _ in range(2):
        with django_assert_num_queries(4):
            queries.appeals(who)
        appealed(centre)


def test_only_a_case_that_overran_offers_the_deed(centre):
    case_id, _ = late(centre)
    assert "appeal" in [each["deed"] for each in queries.detail(centre.act("handler"), case_id).beside]
    assert "appeal" not in [each["deed"] for each in queries.detail(centre.act("handler"), centre.handled()).beside]
    assert queries.detail(centre.act("handler"), case_id).timeline[-1]["was_due"] == "2026-11-23T07:00:00+00:00"


def test_the_addresses_do_it_and_bad_input_is_told(centre):
    case_id, step = late(centre)
    sent = {"content_type": "application/json"}
    with clock.held_at(TUESDAY):
        centre.act("handler")
        client = centre.client("handler")
        made = client.post(f"/api/cases/{case_id}/appeals", {"id": str(new_id()), "step": step, "reason": "封路"}, **sent)
        assert made.status_code == 201
        assert client.post(f"/api/cases/{case_id}/appeals", {"id": str(new_id()), "step": 0, "reason": "封路"}, **sent).status_code == 400
        assert client.get("/api/appeals?state=nothing").status_code == 422
        centre.act("dispatcher")
        leader = centre.client("dispatcher")
        address = f"/api/appeals/{made.json()['id']}"
        assert leader.post(f"{address}/agree", {}, **sent).json() == {"state": "agreed"}
        assert leader.post(f"/api/appeals/{new_id()}/agree", {}, **sent).status_code == 404
        assert leader.post(f"{address}/nonsense", {}, **sent).status_code == 400
        assert client.get(f"/api/cases/{case_id}/overruns").json()[0]["appeals"][0]["state"] == "agreed"
