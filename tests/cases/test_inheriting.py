"""A unit that is taken out of use: what it holds has to go somewhere, or it stays in use."""

import pytest

from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import grants, units, users
from jingwei.accounts.errors import AccountError
from jingwei.accounts.models import Unit
from jingwei.cases import commands, queries
from jingwei.cases.models import Case, Served
from jingwei.catalogue import queries as catalogue
from jingwei.journal import queries as journaled
from jingwei.journal.models import Entry
from jingwei.kernel.ids import new_id
from jingwei.worklist.models import Item
from tests.cases.conftest import GARBAGE, MONDAY_NINE, expect_refusal

pytestmark = pytest.mark.django_db


def emptied(centre):
    """The unit 环卫所 without people, posts and units below."""
    boss = accounts.operator()
    book = {row.code: row.id for row in accounts.unit_book().values()}
    for login in ("handler", "handler2"):
        users.dismiss(boss, centre.ids[login])
    units.deactivate(boss, book["HW-1"])
    return book


def test_a_unit_with_open_cases_or_rules_is_not_taken_out_of_use_without_an_heir(centre):
    """Bad input: a unit deleted with open cases."""
    case_id = centre.handled()
    book = emptied(centre)
    before = Entry.objects.count()
    with expect_refusal(AccountError.UNIT_HOLDS_WORK):
        units.deactivate(accounts.operator(), book["HW"])
    with expect_refusal(AccountError.UNIT_HOLDS_WORK):
        units.deactivate(accounts.operator(), book["HW"], "HW")
    with expect_refusal(AccountError.UNIT_UNKNOWN):
        units.deactivate(accounts.operator(), book["HW"], "NOBODY")
    assert (Unit.objects.get(id=book["HW"]).active, Case.objects.get(id=case_id).unit_id) == (True, book["HW"])
    assert Entry.objects.count() == before


def test_the_heir_has_what_meetings_gave_the_unit_and_has_to_be_named_for_it(centre):
    meeting, tasks = new_id(), [new_id(), new_id()]
    commands.call_meeting(centre.act("leader1"), meeting, kind="joint", area="990101", said=commands.Calling(held_at=MONDAY_NINE))
    for task in tasks:
        commands.decide(centre.act("leader1"), meeting, commands.Deciding(id=task, way="task", text="清理枫林路", unit="HW"))
    commands.finish_decision(centre.act("handler"), tasks[1], text="已办")
    book = emptied(centre)
    with expect_refusal(AccountError.UNIT_HOLDS_WORK) as refused:
        units.deactivate(accounts.operator(), book["HW"])
    assert "会议交办 1 项" in refused.value.text()
    units.deactivate(accounts.operator(), book["HW"], "YL")
    assert [row.id for row in queries.list_decisions(centre.act("otherhandler"), show="mine").rows] == [tasks[0]]
    assert Item.objects.get(subject=f"decision:{tasks[0]}").unit_path == accounts.unit_book()[book["YL"]].path
    assert [entry.verb for entry in journaled.history(f"meeting:{meeting}")][-1] == "meeting.decision_inherited"


def test_the_heir_has_cases_orders_and_rules_and_signs_anew(centre):
    case_id, ended = centre.handled(), centre.handled()
    commands.sign(centre.act("handler"), case_id)
    order = commands.issue_order(centre.act("boss"), case_id, order_id=new_id(), demand="请办理", value="1", unit="work_day")
    both = commands.issue_order(centre.act("boss"), case_id, order_id=new_id(), demand="请办理", value="1", unit="work_day",
                                unit_codes=["HW", "YL"])
    commands.sign_order(centre.act("handler"), order.id)
    commands.void(centre.act("leader1"), ended, reason="误立案")
    due = Case.objects.get(id=case_id).due_at
    book = emptied(centre)
    units.deactivate(accounts.operator(), book["HW"], "YL")
    case = Case.objects.get(id=case_id)
    assert (case.unit_id, case.state, case.signed_at, case.due_at) == (book["YL"], "handling", None, due)
    assert Case.objects.get(id=ended).unit_id == book["HW"]  # what is over stays as it was
    assert [row.id for row in queries.todo(centre.act("otherhandler")).rows] == [case_id]
    served = Served.objects.get(order_id=order.id)
    assert (served.unit_id, served.state, served.signed_at) == (book["YL"], "issued", None)
    assert sorted(Served.objects.filter(order_id=both.id).values_list("unit_id", "state")) == sorted(
        [(book["HW"], "withdrawn"), (book["YL"], "issued")])
    path = Unit.objects.get(id=book["YL"]).path
    assert set(Item.objects.filter(subject__startswith="order:").values_list("unit_path", flat=True)) == {path}
    assert journaled.history(f"case:{case_id}")[-1].verb == "case.inherited"
    known = journaled.generations()
    found = catalogue.book(known)
    assert found.responsible(found.by_code[GARBAGE].id, case.area_path) == book["YL"]
    assert Entry.objects.filter(verb="responsibility.inherited").count() == 1


def test_a_unit_that_holds_nothing_needs_no_heir(centre):
    boss = accounts.operator()
    made = units.create(boss, "NEW", "新设单位")
    units.deactivate(boss, made)
    assert not Unit.objects.get(id=made).active


def test_a_rule_that_points_to_a_unit_out_of_use_is_shown_as_such(centre):
    """A rule that points nowhere: after a unit was taken out of use by other means, or in a database put back."""
    admin = centre.act("admin")
    assert all(row.unit_active for row in catalogue.rules(admin))
    Unit.objects.filter(code="HW").update(active=False)
    assert [row.unit_code for row in catalogue.rules(admin) if not row.unit_active] == ["HW"]


def test_over_http_the_refusal_names_what_is_held_and_an_heir_may_be_sent(centre):
    centre.handled()
    book = emptied(centre)
    user = users.create(accounts.operator(), "unitadmin", "王示例")
    grants.give(accounts.operator(), user, "system_admin", "*")
    centre.ids["unitadmin"] = user
    client = centre.client("unitadmin")
    try:
        refused = client.patch(f"/api/units/{book['HW']}", {"active": False}, content_type="application/json")
        assert (refused.status_code, refused.json()["code"]) == (409, "account.unit_holds_work")
        assert "未结案件 1 件" in refused.json()["detail"]
        done = client.patch(f"/api/units/{book['HW']}", {"active": False, "heir": "YL"}, content_type="application/json")
        assert done.status_code in (200, 204)
    finally:
        del centre.ids["unitadmin"], centre._keys["unitadmin"]
