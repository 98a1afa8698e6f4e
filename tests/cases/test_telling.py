"""Who is told what of a case, by its journal and by its clock (C5, PB-04): in the list of desk and phone."""

from datetime import timedelta
from enum import Enum
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.cases import commands, events, telling, told
from jingwei.cases.models import Case
from jingwei.journal import commands as journal
from jingwei.journal import queries as journal_queries
from jingwei.journal import readers
from jingwei.kernel import clock
from jingwei.kernel.ids import new_id
from jingwei.notices import queries as notices
from jingwei.notices.models import Message
from tests.cases.conftest import IN_VILLAGE, MONDAY_NINE

pytestmark = pytest.mark.django_db

PHONE, IDENTITY = "13900001234", "11010519491231002X"


@pytest.fixture(autouse=True)
def _fresh() -> Any:
    notices.forget()
    yield
    notices.forget()


def read_on() -> None:
    journal.number_entries()
    while readers.step():
        pass


def heard(centre: Any, login: str, kind: str = "") -> list[str]:
    rows = Message.objects.filter(user=centre.ids[login]).order_by("id")
    return [row.title for row in rows if not kind or row.kind == kind]


def number(case_id: UUID) -> str:
    return str(Case.objects.values_list("number", flat=True).get(id=case_id))


def everybody(centre: Any) -> set[str]:
    by_id = {user_id: login for login, user_id in centre.ids.items()}
    return {by_id[user] for user in Message.objects.values_list("user", flat=True)}


def test_a_dispatched_case_is_told_to_the_people_of_the_unit_and_to_nobody_else(centre: Any) -> None:
    case_id = centre.handled()
    read_on()
    assert heard(centre, "handler", "handle") == [f"案件 {number(case_id)} 派给了环卫所"]
    assert heard(centre, "handler2") == heard(centre, "otherhandler") == heard(centre, "dispatcher2") == []
    (line,) = Message.objects.filter(user=centre.ids["handler"])
    assert (line.link, line.body.startswith("暴露垃圾，柳溪一号单元。期限 11月23日 "), line.urgent) == (f"/cases/{case_id}", True, False)


def test_who_reported_hears_that_it_was_filed_and_closed(centre: Any) -> None:
    case_id = centre.checked()
    commands.close(centre.act("leader1"), case_id)
    read_on()
    assert heard(centre, "supervisor", "outcome") == [f"您上报的案件 {number(case_id)} 已立案", f"您上报的案件 {number(case_id)} 已结案"]


def test_who_reported_hears_that_it_was_not_filed(centre: Any) -> None:
    case_id = centre.report()
    commands.refuse(centre.act("acceptor"), case_id, reason="不在管理范围")
    read_on()
    assert heard(centre, "supervisor") == [f"您上报的案件 {number(case_id)} 没有立案"]


def test_a_task_is_told_to_the_person_it_names_alone(centre: Any) -> None:
    case_id = centre.report("acceptor", channel="hotline")
    commands.ask_verify(centre.act("acceptor"), case_id, person=centre.ids["supervisor2"])
    read_on()
    assert heard(centre, "supervisor2") == [f"请核实案件 {number(case_id)}"]
    assert heard(centre, "supervisor") == []


def test_an_extension_is_told_to_who_decides_and_its_answer_to_who_asked(centre: Any) -> None:
    case_id = centre.handled()
    commands.ask_extension(centre.act("handler"), case_id, reason="等设备", value="2", unit="work_hour")
    read_on()
    assert heard(centre, "dispatcher", "asked") == heard(centre, "dispatcher2", "asked") == [f"案件 {number(case_id)} 申请延期，等您决定"]
    commands.extend(centre.act("dispatcher"), case_id, reason="同意", value="2", unit="work_hour")
    read_on()
    assert heard(centre, "handler", "decided") == [f"案件 {number(case_id)} 同意延期"]
    assert heard(centre, "dispatcher", "decided") == []


def test_who_is_urged_hears_it_as_urgent(centre: Any) -> None:
    case_id = centre.handled()
    commands.urge(centre.act("dispatcher"), case_id, text=f"请抓紧，问 {PHONE}")
    read_on()
    (line,) = Message.objects.filter(user=centre.ids["handler"], kind="urged")
    assert (line.title, line.urgent, PHONE in line.body) == (f"案件 {number(case_id)} 被催办", True, False)


def test_a_unit_that_is_asked_to_help_hears_it_and_the_leading_one_does_not(centre: Any) -> None:
    case_id = centre.handled()
    commands.ask_help(centre.act("dispatcher"), case_id, new_id(), unit_code="YL", task="请协助运走")
    read_on()
    assert heard(centre, "otherhandler", "help") == [f"请协办案件 {number(case_id)}"]
    assert heard(centre, "handler", "help") == []


def test_a_returned_case_is_told_to_those_it_came_back_to(centre: Any) -> None:
    case_id = centre.handled()
    commands.send_back(centre.act("handler"), case_id, reason="不属于我们")
    read_on()
    assert heard(centre, "dispatcher", "returned") == [f"案件 {number(case_id)} 退回给您"]
    assert heard(centre, "handler", "returned") == []


def test_nobody_is_told_of_what_they_did(centre: Any) -> None:
    case_id = centre.report("villager", at=IN_VILLAGE)
    commands.accept(centre.act("community"), case_id)
    commands.hand_on(centre.act("community"), case_id, reason="村里办不了")
    read_on()
    doers = {seen.actor for seen in journal_queries.history(f"case:{case_id}")}
    assert not Message.objects.filter(user__in=doers, subject=f"case:{case_id}").exists()


def test_what_was_undone_is_told_no_more(centre: Any) -> None:
    case_id = centre.handled()
    read_on()
    assert heard(centre, "handler", "handle")
    commands.undo(centre.act("dispatcher"), case_id)
    read_on()
    assert heard(centre, "handler") == []


def test_somebody_who_is_too_late_is_not_told_to_do_it(centre: Any) -> None:
    """The reader was behind: the unit has fed back already."""
    case_id = centre.handled()
    commands.feed_back(centre.act("handler"), case_id, text="已清理")
    read_on()
    assert heard(centre, "handler", "handle") == []


def test_nobody_is_told_of_what_happened_before_yesterday(centre: Any) -> None:
    """An installation that is upgraded has a journal of years, which a new reader begins at its beginning."""
    centre.handled()
    with clock.held_at(MONDAY_NINE + timedelta(days=1, minutes=1)):
        read_on()
    assert Message.objects.count() == 0


def test_late_and_soon_late_are_told_once(centre: Any) -> None:
    telling.tell_due(MONDAY_NINE)
    case_id = centre.handled()
    due = Case.objects.values_list("due_at", flat=True).get(id=case_id)
    for minute in range(-61, 3):
        with clock.held_at(due + timedelta(minutes=minute)):
            telling.tell_due(clock.now())
            telling.tell_due(clock.now())
    assert heard(centre, "handler", "soon") == [f"案件 {number(case_id)} 快到期"]
    assert heard(centre, "handler", "late") == [f"案件 {number(case_id)} 已超时"]


def test_who_has_many_late_at_once_hears_of_them_together(centre: Any) -> None:
    telling.tell_due(MONDAY_NINE)
    cases = [centre.handled() for _ in range(5)]
    due = Case.objects.values_list("due_at", flat=True).get(id=cases[0])
    telling.tell_due(due - timedelta(minutes=5))
    telling.tell_due(due + timedelta(minutes=1))
    (together,) = heard(centre, "handler", "late")
    assert together == "5 件案件已超时"


def test_a_service_that_stood_still_does_not_tell_of_days(centre: Any) -> None:
    telling.tell_due(MONDAY_NINE)
    case_id = centre.handled()
    due = Case.objects.values_list("due_at", flat=True).get(id=case_id)
    telling.tell_due(due + timedelta(days=3))
    assert heard(centre, "handler", "late") == []


def test_nothing_personal_is_told(centre: Any) -> None:
    """Numbers planted wherever somebody may type come out nowhere."""
    case_id = centre.report(
        text=f"电话 {PHONE}，证件 {IDENTITY}，暴露垃圾", place=f"枫林路 {PHONE}", contact_name="吴示例", contact_phone=PHONE)
    commands.file(centre.act("acceptor"), case_id)
    commands.dispatch(centre.act("dispatcher"), case_id)
    read_on()
    commands.send_back(centre.act("handler"), case_id, reason=f"请打 {PHONE}")
    read_on()
    commands.dispatch(centre.act("dispatcher"), case_id)
    commands.feed_back(centre.act("handler"), case_id, text=f"已联系 {PHONE}")
    commands.confirm(centre.act("dispatcher"), case_id)
    commands.check(centre.act("supervisor"), case_id, passed=True)
    commands.close(centre.act("leader1"), case_id)
    read_on()
    told_words = [f"{row.title} {row.body} {row.link}" for row in Message.objects.all()]
    assert len(told_words) >= 3
    assert not [words for words in told_words if PHONE in words or IDENTITY in words or "吴示例" in words or "枫林路" in words]


@pytest.mark.parametrize("rule", [rule for some in told.rules().values() for rule in some], ids=lambda rule: f"{rule.kind}-{rule.verb}")
def test_a_template_asks_for_nothing_but_number_class_place_unit_and_time(rule: told.Rule) -> None:
    from string import Formatter

    asked = {name for template in (rule.title, rule.body) for _, name, _, _ in Formatter().parse(template) if name}
    assert asked <= told.PLACEHOLDERS
    assert "{number}" in rule.title
    assert rule.whom in told.WHOM


def test_every_verb_that_is_told_is_one_of_the_journal() -> None:
    ours = {event.value for kind in vars(events).values() if isinstance(kind, type) and issubclass(kind, Enum) for event in kind}
    assert set(told.rules()) <= ours | {told.SOON, told.LATE}


def test_a_told_entry_costs_three_statements_and_one_that_nobody_hears_none(centre: Any) -> None:
    centre.handled()
    read_on()
    case_id = centre.handled()
    journal.number_entries()
    entries = {seen.verb: seen for seen in journal_queries.history(f"case:{case_id}")}
    telling.tell_of(entries["case.filed"])
    with CaptureQueriesContext(connection) as told_of:
        telling.tell_of(entries["case.dispatched"])
    with CaptureQueriesContext(connection) as quiet:
        telling.tell_of(entries["case.reported"])
    assert (len(told_of), len(quiet)) == (3, 1)


def test_the_bell_comes_with_the_poll_and_an_empty_poll_costs_one_statement(centre: Any) -> None:
    client = centre.client("handler")
    centre.handled()
    read_on()
    last = client.get("/api/journal/position").json()["position"]
    client.get(f"/api/changes?after={last}")
    with CaptureQueriesContext(connection) as statements:
        answer = client.get(f"/api/changes?after={last}").json()
    assert (answer["unread"], answer["changes"]) == (1, [])
    assert len(statements) == 2  # who asks, and the poll


def test_messages_are_read_one_by_one_or_all_up_to_one(centre: Any) -> None:
    for _ in range(3):
        centre.handled()
    read_on()
    client = centre.client("handler")
    page = client.get("/api/messages?limit=2").json()
    assert (len(page["items"]), page["unread"], page["next"]) == (2, 3, page["items"][1]["id"])
    newest = page["items"][0]["id"]
    assert client.post("/api/messages/read", {"ids": [newest]}, content_type="application/json").json() == {"unread": 2}
    assert [line["id"] for line in client.get("/api/messages?unread=true").json()["items"]] == sorted(
        (line for line in Message.objects.filter(user=centre.ids["handler"]).values_list("id", flat=True) if line != newest), reverse=True)
    centre.handled()
    read_on()
    assert client.post("/api/messages/read", {"up_to": newest}, content_type="application/json").json() == {"unread": 1}


def test_nobody_reads_the_messages_of_somebody_else(centre: Any) -> None:
    centre.handled()
    read_on()
    (own,) = Message.objects.filter(user=centre.ids["handler"]).values_list("id", flat=True)
    stranger = centre.client("otherhandler")
    assert stranger.get("/api/messages").json()["items"] == []
    stranger.post("/api/messages/read", {"ids": [own], "up_to": own}, content_type="application/json")
    assert Message.objects.filter(id=own, read_at=None).exists()


def test_the_kinds_are_those_that_are_shipped() -> None:
    kinds = notices.in_force({}).kinds
    assert list(kinds) == list(told.by_kind())
    assert (kinds["late"].urgent, kinds["reported"].active) == (True, False)


def test_a_rung_of_the_ladder_tells_whom_it_names(centre: Any) -> None:
    """The post of the rung, at the area that the entry names; the holder where it is the holder's."""
    from jingwei.journal.ports import Seen

    case_id = centre.handled()
    read_on()
    Message.objects.all().delete()
    for place, (where, area, post, who) in enumerate([
            ("county", centre.areas["990101000000"], "shift_leader", "leader1"), ("unit", None, "handler", "handler"),
            ("holder", None, "", "handler")]):
        data = {"where": where, "post": post, "state": "handling", "area": area}
        telling.tell_of(Seen(900 + place, f"case:{case_id}", 9, "case.escalated", None, "job", clock.now(), "", orjson.dumps(data).decode()))
        assert everybody(centre) == {who}, where
        Message.objects.all().delete()


def test_a_suspension_that_ends_soon_is_told_to_the_dispatcher_and_to_who_asked_for_it(centre):
    """C4: asked before whether it is to be prolonged; the holder hears when it is over."""
    assert {(rule.kind, rule.whom) for rule in told.fitting("case.suspension_ends_soon", "")} == {("ending", "due"), ("ending_asked", "asker")}
    assert [rule.whom for rule in told.fitting("case.resumed", "handling")] == ["due"]
    assert [rule.whom for rule in told.fitting("case.renewal_asked", "")] == ["due"]


def test_a_task_that_a_meeting_gave_is_told_to_its_unit_or_person_without_its_words(centre: Any) -> None:
    """ORG-06: whoever was not at the meeting hears of it, and again where it was not enough."""
    meeting, tasks = new_id(), [new_id(), new_id(), new_id()]
    boss = centre.act("leader1")
    commands.call_meeting(boss, meeting, kind="joint", area="990101", said=commands.Calling(held_at=MONDAY_NINE))
    for task, more in zip(tasks, ({"unit": "HW"}, {"person": centre.ids["villager"]}, {"person": centre.ids["leader1"]}), strict=True):
        commands.decide(boss, meeting, commands.Deciding(id=task, way="task", text="清理枫林路", **more))
    read_on()
    assert heard(centre, "handler") == heard(centre, "villager") == ["会议 HY990101-2026-0001 交办一项，请落实"]
    assert everybody(centre) == {"handler", "villager"}  # nobody is told of what they gave themselves
    commands.finish_decision(centre.act("handler"), tasks[0], text="已办")
    commands.reopen_decision(boss, tasks[0], reason="路东没有清")
    read_on()
    assert heard(centre, "handler")[1:] == ["会议 HY990101-2026-0001 重新交办一项"]
    assert not [row for row in Message.objects.all() if "枫林路" in row.body or "路东" in row.body]
