"""Supervision orders (督办单): numbered, served, signed for, answered, judged; with a clock and proof of receipt."""

from datetime import timedelta

import pytest

from jingwei.cases import commands, orders, queries
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, Order, Served
from jingwei.cases.order_errors import OrderError
from jingwei.journal import queries as journaled
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError
from jingwei.kernel.ids import new_id
from jingwei.worklist.models import Item
from tests.cases.conftest import MONDAY_NINE, NEXT_DOOR, expect_refusal


def issued(centre, case_id=None, login="boss", **more):
    """An order of one working day on a handled case; returns its id."""
    values = {"demand": "三日内清完并报告", "value": "1", "unit": "work_day"} | more
    return commands.issue_order(centre.act(login), case_id or centre.handled(), order_id=new_id(), **values).id


def line(centre, order_id, login="boss"):
    return queries.one_order(centre.act(login), order_id)


def test_every_state_has_a_way_on_and_every_deed_a_name():
    reached = {"issued"} | {row[3] for row in orders.ROWS}
    assert reached == set(orders.STATES)
    assert {row[1] for row in orders.ROWS} == set(orders.DEEDS)
    assert {state for state in orders.STATES if not any(row[0] == state for row in orders.ROWS)} == {"accepted", "withdrawn"}


@pytest.mark.parametrize(("states", "whole"), [
    (["issued"], "open"), (["accepted", "signed"], "open"), (["accepted", "replied"], "open"),
    (["accepted", "accepted"], "closed"), (["accepted", "withdrawn"], "closed"), (["withdrawn"], "withdrawn")])
def test_an_order_is_over_once_no_unit_owes_anything(states, whole):
    assert orders.whole(states) == whole


@pytest.mark.django_db
def test_an_order_goes_its_whole_way_and_the_timeline_tells_it(centre):
    """ESC-14: number, proof of receipt, reply, judged; the case keeps its state and clock."""
    case_id = centre.handled()
    before = Case.objects.get(id=case_id)
    order_id = issued(centre, case_id)
    told = line(centre, order_id)
    assert (told.number, told.state, told.due_at) == ("DB990101-2026-0001", "open", MONDAY_NINE + timedelta(days=1))
    assert [(one.unit, one.state_name, one.signed_at) for one in told.served] == [("HW", "待签收", None)]
    assert queries.list_cases(centre.act("boss"), queries.Filter()).rows[0].marks == ["order"]
    commands.sign_order(centre.act("handler"), order_id)
    commands.reply(centre.act("handler"), order_id, text="已派三人清理")
    commands.return_reply(centre.act("boss"), order_id, reason="照片看不清")
    commands.reply(centre.act("handler"), order_id, text="已补照片")
    commands.accept_reply(centre.act("leader1"), order_id)
    told = line(centre, order_id)
    one = told.served[0]
    assert (told.state, one.state, one.returns, one.reply, one.late) == ("closed", "accepted", 1, "已补照片", False)
    assert (one.signed_at, one.replied_at, one.judged_at) == (MONDAY_NINE,) * 3
    after = Case.objects.get(id=case_id)
    assert (after.state, after.due_at, after.step, after.marks) == (before.state, before.due_at, before.step, "|ordered|")
    assert [entry.verb for entry in journaled.history(f"case:{case_id}")][-6:] == [
        "case.order_issued", "case.order_signed", "case.order_replied", "case.order_returned", "case.order_replied",
        "case.order_accepted"]
    assert not Item.objects.filter(subject__startswith="order:").exists()


@pytest.mark.django_db
def test_numbers_are_in_order_and_one_that_was_refused_uses_none(centre):
    case_id = centre.handled()
    assert line(centre, issued(centre, case_id)).number == "DB990101-2026-0001"
    with expect_refusal(CaseError.UNKNOWN_UNIT):
        issued(centre, case_id, unit_codes=["HW", "NOBODY"])
    assert line(centre, issued(centre, case_id)).number == "DB990101-2026-0002"


@pytest.mark.django_db
def test_several_units_each_sign_and_answer_for_themselves(centre):
    """A unit that does not hold the case sees its order all the same, and nothing else of the case."""
    case_id = centre.handled()
    order_id = issued(centre, case_id, unit_codes=["HW", "YL"])
    assert queries.list_orders(centre.act("otherhandler"), show="mine").rows[0].id == order_id
    with expect_refusal(KernelError.NOT_FOUND):
        queries.detail(centre.act("otherhandler"), case_id)
    commands.sign_order(centre.act("otherhandler"), order_id)
    commands.reply(centre.act("otherhandler"), order_id, text="绿化带已清")
    commands.accept_reply(centre.act("boss"), order_id, unit_code="YL")
    told = line(centre, order_id)
    assert [(one.unit, one.state) for one in told.served] == [("HW", "issued"), ("YL", "accepted")]
    assert (told.state, Case.objects.get(id=case_id).marks) == ("open", "|order|")
    commands.withdraw(centre.act("boss"), order_id, reason="已由绿化处理", unit_code="HW")
    assert (line(centre, order_id).state, Case.objects.get(id=case_id).marks) == ("closed", "|ordered|")


@pytest.mark.django_db
def test_an_unsigned_and_a_late_order_are_found(centre):
    """In red: who has not signed, and who is past the limit."""
    order_id = issued(centre)
    boss = centre.act("boss")
    assert queries.order_counts(boss) == {"mine": 0, "open": 1, "late": 0, "unsigned": 1}
    commands.sign_order(centre.act("handler"), order_id)
    assert queries.order_counts(boss)["unsigned"] == 0
    with clock.held_at(MONDAY_NINE + timedelta(days=1, seconds=1)):
        boss = centre.act("boss")
        assert queries.order_counts(boss)["late"] == 1
        assert [row.late for row in queries.list_orders(boss, show="late").rows] == [True]
        commands.reply(centre.act("handler"), order_id, text="清完了")
        assert queries.order_counts(boss)["late"] == 0
        assert line(centre, order_id).served[0].late  # answered after its time stays told
        assert queries.order_counts(boss)["mine"] == 1  # to be judged


@pytest.mark.django_db
def test_what_is_due_of_an_order_waits_for_the_one_who_has_it(centre):
    order_id = issued(centre)
    due = Item.objects.get(subject=f"order:{Served.objects.get().id}")
    assert (due.kind, due.unit_path, due.due_at) == ("order_sign", Case.objects.get().unit_path, MONDAY_NINE + timedelta(days=1))
    assert not queries.todo(centre.act("boss")).rows  # lists of cases stay lists of cases
    commands.sign_order(centre.act("handler"), order_id)
    commands.reply(centre.act("handler"), order_id, text="清完了")
    due = Item.objects.get(subject=due.subject)
    assert (due.kind, due.unit_path, due.due_at) == ("order_judge", "", None)


@pytest.mark.django_db
@pytest.mark.parametrize(("login", "deed", "reason"), [
    ("handler", "issue", CaseError.WRONG_ROLE), ("acceptor", "issue", CaseError.WRONG_ROLE),
    ("neighbour", "issue", KernelError.NOT_FOUND), ("boss", "sign", OrderError.ORDER_NOT_YOURS),
    ("otherhandler", "sign", KernelError.NOT_FOUND), ("neighbour", "sign", KernelError.NOT_FOUND),
    ("handler", "reply", OrderError.ORDER_NOT_NOW), ("handler", "accept", OrderError.ORDER_NOT_YOURS),
    ("boss", "accept", OrderError.ORDER_NOT_NOW), ("handler", "withdraw", OrderError.ORDER_NOT_YOURS)])
def test_who_may_not_or_not_yet_is_refused_in_words(centre, login, deed, reason):
    case_id = centre.handled()
    if deed == "issue":
        with expect_refusal(reason):
            issued(centre, case_id, login)
        assert not Order.objects.exists()
        return
    order_id = issued(centre, case_id)
    does = {"sign": commands.sign_order, "accept": commands.accept_reply,
            "reply": lambda actor, order: commands.reply(actor, order, text="好"),
            "withdraw": lambda actor, order: commands.withdraw(actor, order, reason="错发")}[deed]
    with expect_refusal(reason):
        does(centre.act(login), order_id)
    assert Served.objects.get().state == "issued"


@pytest.mark.django_db
def test_nobody_judges_their_own_reply_or_answers_their_own_order(centre):
    """Whoever holds posts on both sides: the second deed is another person's."""
    order_id = issued(centre)
    commands.sign_order(centre.act("handler"), order_id)
    commands.reply(centre.act("handler"), order_id, text="清完了")
    Served.objects.update(replied_by=centre.ids["boss"])
    with expect_refusal(OrderError.ORDER_OWN_REPLY):
        commands.accept_reply(centre.act("boss"), order_id)
    other = issued(centre)
    Order.objects.filter(id=other).update(issued_by=centre.ids["handler"])
    with expect_refusal(OrderError.ORDER_OWN_REPLY):
        commands.sign_order(centre.act("handler"), other)


@pytest.mark.django_db
@pytest.mark.parametrize(("more", "reason"), [
    ({"demand": " "}, CaseError.MISSING), ({"demand": "字" * 4001}, CaseError.TOO_LONG), ({"level": "top"}, OrderError.UNKNOWN_ORDER_LEVEL),
    ({"value": "0"}, CaseError.BAD_LIMIT), ({"value": "１"}, CaseError.BAD_LIMIT), ({"unit": "week"}, CaseError.BAD_LIMIT),
    ({"value": "0.001"}, CaseError.BAD_LIMIT), ({"unit_codes": [f"U{n}" for n in range(21)]}, OrderError.ORDER_UNITS_MANY)])
def test_an_order_that_says_nothing_usable_is_refused(centre, more, reason):
    with expect_refusal(reason):
        issued(centre, **more)


@pytest.mark.django_db
def test_without_a_holder_a_unit_has_to_be_named(centre):
    case_id = centre.report()
    with expect_refusal(OrderError.ORDER_NO_UNIT):
        issued(centre, case_id)
    assert line(centre, issued(centre, case_id, unit_codes=["HW"])).served[0].unit == "HW"


@pytest.mark.django_db
def test_numbers_of_people_in_an_order_are_masked(centre):
    order_id = issued(centre, demand="请联系 13800138000")
    assert line(centre, order_id).demand == "请联系 〔电话1〕"


@pytest.mark.django_db
def test_orders_of_the_next_district_are_not_seen(centre):
    issued(centre)
    case_id = centre.report("neighbourworker", at=NEXT_DOOR)
    assert not queries.list_orders(centre.act("neighbour")).rows
    assert not queries.list_orders(centre.act("boss"), case_id=case_id).rows
    assert len(queries.list_orders(centre.act("boss")).rows) == 1
    assert not queries.list_orders(centre.act("sysadmin")).rows


@pytest.mark.django_db
@pytest.mark.parametrize("login", ["boss", "dispatcher", "handler"])
def test_a_list_of_orders_costs_the_same_few_statements_at_any_length(centre, login, django_assert_max_num_queries):
    case_id = centre.handled()
    made = [issued(centre, case_id, unit_codes=["HW", "YL"]) for _ in range(5)]
    boss = centre.act(login)
    queries.list_orders(boss)
    with django_assert_max_num_queries(3):
        first = queries.list_orders(boss, limit=3)
    with django_assert_max_num_queries(3):
        rest = queries.list_orders(boss, after=first.next or "", limit=3)
    assert [row.id for row in (*first.rows, *rest.rows)] == sorted(made, reverse=True)


@pytest.mark.django_db
def test_a_case_without_an_order_costs_its_detail_and_lists_no_statement_more(centre, django_assert_max_num_queries):
    """B2, B4."""
    case_id = centre.handled()
    boss = centre.act("boss")
    queries.detail(boss, case_id)
    with django_assert_max_num_queries(5):
        queries.detail(boss, case_id)


@pytest.mark.django_db
def test_orders_go_over_http(centre):
    case_id = centre.handled()
    for login in ("boss", "handler"):
        centre.act(login)  # a test before may have ended the session
    boss, handler = centre.client("boss"), centre.client("handler")
    body = {"id": str(new_id()), "demand": "请办理", "value": "1", "unit": "work_day"}
    made = boss.post(f"/api/cases/{case_id}/orders", body, content_type="application/json")
    assert (made.status_code, made.json()["number"]) == (201, "DB990101-2026-0001")
    address = f"/api/orders/{body['id']}"
    signed = handler.post(f"{address}/sign", {}, content_type="application/json")
    assert (signed.status_code, signed.json()["served"][0]["state"]) == (200, "signed")
    listed = handler.get("/api/orders?show=mine").json()["rows"]
    assert [row["served"][0]["deeds"] for row in listed] == [[{"deed": "reply", "name": "报告办理情况"}]]
    assert handler.get("/api/orders?show=nonsense").status_code == 422
    assert handler.get("/api/orders?after=nonsense").status_code == 400
    assert handler.get("/api/orders/counts").json() == {"mine": 1, "open": 1, "late": 0, "unsigned": 0}
    assert boss.post(f"/api/cases/{case_id}/urge", {"text": "请尽快"}, content_type="application/json").status_code == 200
    assert boss.get(f"/api/cases/{case_id}/urgings").json()[0]["text"] == "请尽快"
    assert boss.get(f"/api/cases/{case_id}").json()["beside"] == [
        {"deed": "urge", "name": "催办"}, {"deed": "order", "name": "发督办单"}]
