"""Meetings: the agenda of a stand-up fills itself, what is decided becomes a case, words on one, or a task that is followed."""

from dataclasses import replace
from datetime import date, timedelta

import orjson
import pytest

from jingwei.accounts.errors import AccountError
from jingwei.cases import commands, queries
from jingwei.cases.errors import CaseError
from jingwei.cases.meeting_errors import MeetingError
from jingwei.cases.models import Attending, Case, Decision, Meeting
from jingwei.cases.readers import paths
from jingwei.journal import queries as journaled
from jingwei.journal.models import Entry
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError
from jingwei.kernel.ids import new_id
from jingwei.worklist.models import Item
from tests.cases.conftest import AT_SEA, IN_FIRST, IN_VILLAGE, MONDAY_NINE, NEXT_DOOR, expect_refusal
from tests.cases.test_interface import at_most

pytestmark = pytest.mark.django_db
SAID = commands.Calling(held_at=MONDAY_NINE)
FRIDAY = date(2026, 11, 27)


def called(centre, login="leader1", kind="joint", area="990101", **said):
    return commands.call_meeting(centre.act(login), new_id(), kind=kind, area=area, said=replace(SAID, **said)).id


def decided(centre, meeting, login="leader1", **more):
    values = {"way": "task", "text": "清理枫林路两侧杂物", "unit": "HW", "due": FRIDAY} | more
    return commands.decide(centre.act(login), meeting, commands.Deciding(id=new_id(), **values))


def one(centre, meeting, login="leader1"):
    return queries.one_meeting(centre.act(login), meeting)


def verbs(subject):
    return [entry.verb for entry in journaled.history(subject)]


def test_the_agenda_of_a_stand_up_is_what_is_late_what_came_back_and_what_could_not_be_solved(centre):
    """CAS-39: unresolved items are pooled at the daily meeting; each case once, where it hurts most."""
    late = centre.handled()
    back = centre.handled()
    commands.send_back(centre.act("handler"), back, reason="不归本单位")
    fresh = centre.report()
    by_hotline = centre.report("acceptor", channel="hotline")
    closed = centre.checked()
    commands.close(centre.act("leader1"), closed)
    elsewhere = centre.report("villager", at=IN_VILLAGE)
    Case.objects.filter(id=late).update(due_at=MONDAY_NINE - timedelta(hours=1))
    meeting = called(centre, kind="standup", area="990101001")
    found = one(centre, meeting)
    assert [(line.source, line.case.id) for line in found.agenda] == [("late", late), ("returned", back), ("unsolved", fresh)]
    assert {by_hotline, closed, elsewhere}.isdisjoint(line.case.id for line in found.agenda)
    assert (found.meeting.number, found.meeting.title, found.meeting.state) == ("HY990101-2026-0001", "柳溪街道晨会（11月23日）", "open")
    assert verbs(f"meeting:{meeting}") == ["meeting.called"]


def test_looking_again_adds_what_is_new_and_leaves_what_was_said(centre):
    first = centre.report()
    meeting = called(centre, kind="debrief")
    (line,) = one(centre, meeting).agenda
    commands.note_item(centre.act("leader1"), meeting, line.id, note="请社区先看现场")
    second = centre.report()
    assert commands.gather(centre.act("leader1"), meeting) == commands.Gathered(added=1, left_out=False)
    assert [(each.case.id, each.note) for each in one(centre, meeting).agenda] == [(first, "请社区先看现场"), (second, "")]
    assert commands.gather(centre.act("leader1"), meeting).added == 0


def test_only_so_much_of_one_kind_comes_on_the_agenda_and_the_rest_is_told_of(centre, monkeypatch):
    monkeypatch.setattr("jingwei.cases.commands.meetings.agenda.MOST", 2)
    for _ in range(3):
        centre.report()
    meeting = called(centre, kind="joint")
    assert commands.gather(centre.act("leader1"), meeting) == commands.Gathered(added=2, left_out=True)
    assert commands.gather(centre.act("leader1"), meeting) == commands.Gathered(added=1, left_out=False)


def test_a_joint_meeting_begins_with_an_empty_agenda_and_takes_points_of_its_own(centre):
    """ORG-06."""
    centre.report()
    meeting = called(centre)
    item = commands.add_item(centre.act("dispatcher"), meeting, text="冬季积雪清除的分工")
    commands.drop_item(centre.act("leader1"), meeting, commands.add_item(centre.act("leader1"), meeting, text="误加"))
    assert [(line.id, line.text, line.source) for line in one(centre, meeting).agenda] == [(item, "冬季积雪清除的分工", "own")]
    assert verbs(f"meeting:{meeting}") == ["meeting.called", "meeting.item_added", "meeting.item_added", "meeting.item_dropped"]


def test_a_decision_becomes_a_case_that_tells_which_meeting_and_until_when(centre):
    """C1: meetings are a channel of intake."""
    meeting = called(centre)
    decided(centre, meeting, way="case", text="枫林路口加装防撞桩，联系 13800138000", lon=IN_FIRST[0], lat=IN_FIRST[1], place="枫林路口")
    (line,) = one(centre, meeting).decisions
    case = Case.objects.get(id=line.case_id)
    assert (case.channel, case.state, case.marks, case.text) == ("meeting", "reported", "|meeting|", "枫林路口加装防撞桩，联系 〔电话1〕")
    assert (line.way, line.state, line.state_name, line.late, line.text) == ("case", "open", "待受理", False, case.text)
    told = queries.detail(centre.act("acceptor"), case.id)
    assert (told.timeline[-1]["said"], told.timeline[-1]["unit_name"]) == ("会议 HY990101-2026-0001 决定", "环卫所")
    assert told.timeline[-1]["text"].endswith("（2026-11-27 前完成）")
    assert [each.meeting_id for each in queries.decisions_of_case(centre.act("acceptor"), case.id)] == [meeting]
    assert verbs(f"case:{case.id}") == ["case.reported", "case.meeting_decided"]
    assert not Item.objects.filter(subject__startswith="decision:").exists()
    assert commands.reveal(centre.act("acceptor"), case.id, reason="联系")["numbers"] == {"〔电话1〕": "13800138000"}


def test_a_decision_comes_to_a_case_that_is_there_and_numbers_in_it_keep_apart(centre):
    case_id = centre.handled(text="请打 13900139000")
    meeting = called(centre)
    number = Case.objects.get(id=case_id).number
    decided(centre, meeting, way="tie", text="先清后装，问 13800138000", number=f" {number} ", unit="")
    case = Case.objects.get(id=case_id)
    last = queries.detail(centre.act("leader1"), case_id).timeline[-1]
    assert (case.state, case.marks, last["text"]) == ("handling", "|meeting|", "先清后装，问 〔电话2〕（2026-11-27 前完成）")
    assert one(centre, meeting).decisions[0].case_number == number


def test_what_became_of_a_case_stands_on_the_page_of_the_meeting(centre):
    case_id = centre.checked()
    meeting = called(centre)
    decided(centre, meeting, way="tie", number=Case.objects.get(id=case_id).number)
    page = queries.list_meetings(centre.act("leader1")).rows[0]
    assert (page.decided, page.open, page.late) == (1, 1, 0)
    leader = centre.act("leader1")
    with clock.held_at(MONDAY_NINE + timedelta(days=7)):
        assert queries.one_meeting(leader, meeting).decisions[0].late is True
        assert queries.list_meetings(leader).rows[0].late == 1
    commands.close(centre.act("leader1"), case_id)
    (line,) = one(centre, meeting).decisions
    assert (line.state, line.state_name, line.late) == ("done", "已结案", False)
    assert queries.list_meetings(centre.act("leader1")).rows[0].open == 0


def test_a_task_waits_for_its_unit_until_the_day_and_is_followed_until_done(centre):
    meeting = called(centre)
    decision = decided(centre, meeting)
    item = Item.objects.get(subject=f"decision:{decision}")
    assert (item.kind, item.due_at.isoformat()) == ("decision", "2026-11-27T16:00:00+00:00")
    (chip,) = queries.other_due(centre.act("handler"))
    assert (chip["kind"], chip["count"], chip["late"]) == ("decision", 1, 0)
    assert [row.id for row in queries.list_decisions(centre.act("handler"), show="mine").rows] == [decision]
    assert queries.list_decisions(centre.act("otherhandler"), show="mine").rows == []
    commands.finish_decision(centre.act("handler"), decision, text="已清理两车，电话 13800138000")
    (line,) = one(centre, meeting).decisions
    assert (line.state, line.answer, line.ended_by) == ("done", "已清理两车，电话 〔电话1〕", "handler示例")
    assert queries.other_due(centre.act("handler")) == []
    commands.reopen_decision(centre.act("leader1"), decision, reason="路东没有清")
    (line,) = one(centre, meeting, "handler").decisions
    assert (line.state, line.reason, [deed["deed"] for deed in line.deeds]) == ("open", "路东没有清", ["finish"])
    assert Item.objects.filter(subject=f"decision:{decision}").exists()
    commands.withdraw_decision(centre.act("leader1"), decision, reason="已并入专项")
    assert not Item.objects.filter(subject=f"decision:{decision}").exists()
    assert verbs(f"meeting:{meeting}") == [
        "meeting.called", "meeting.decided", "meeting.decision_done", "meeting.decision_reopened", "meeting.decision_withdrawn"]


def test_a_grid_worker_hears_of_a_task_given_to_them_by_a_meeting_of_the_whole_district(centre):
    """PAT-16: the post of a grid worker begins below the place of the meeting."""
    meeting = called(centre)
    decision = decided(centre, meeting, unit="", person=centre.ids["villager"])
    assert [row.id for row in queries.list_decisions(centre.act("villager"), show="mine").rows] == [decision]
    assert [chip["kind"] for chip in queries.other_due(centre.act("villager"))] == ["decision"]
    assert "decision" not in [chip["kind"] for chip in queries.other_due(centre.act("supervisor"))]
    commands.finish_decision(centre.act("villager"), decision, text="已看过现场")
    assert one(centre, meeting).decisions[0].state == "done"


def test_what_was_not_done_stands_on_the_agenda_of_the_next_stand_up(centre):
    meeting = called(centre)
    undone, done = decided(centre, meeting), decided(centre, meeting)
    commands.finish_decision(centre.act("handler"), done, text="已办")
    following = one(centre, called(centre, kind="standup"))
    assert [(line.source, line.followed.id, line.followed.meeting_id) for line in following.agenda] == [("followed", undone, meeting)]


def test_minutes_hide_numbers_for_good_and_are_not_written_over(centre):
    meeting = called(centre, people=[centre.ids["supervisor"]], units=["HW", "YL"])
    version = commands.change_meeting(centre.act("leader1"), meeting, version=1, said=replace(
        SAID, minutes="联系人 13800138000，身份证 110105194912310029", place="二楼会议室", people=[centre.ids["supervisor2"]], units=["HW"]))
    told = one(centre, meeting)
    assert (told.version, version, told.minutes) == (2, 2, "联系人 〔电话1〕，身份证 〔证件2〕")
    assert ([person.name for person in told.people], [unit.code for unit in told.units]) == (["supervisor2示例"], ["HW"])
    with expect_refusal(MeetingError.MEETING_CHANGED):
        commands.change_meeting(centre.act("dispatcher"), meeting, version=1, said=SAID)
    kept = b" ".join(bytes(data) if not isinstance(data, str) else data.encode() for data in Entry.objects.filter(
        subject=f"meeting:{meeting}").values_list("data", flat=True))
    assert b"138001" not in kept
    assert "联系人".encode() not in kept


def test_settled_minutes_stay_and_what_was_decided_goes_on(centre):
    meeting = called(centre)
    with expect_refusal(CaseError.MISSING):
        commands.settle_meeting(centre.act("leader1"), meeting)
    decision = decided(centre, meeting)
    with expect_refusal(MeetingError.MEETING_HAS_DECISIONS):
        commands.cancel_meeting(centre.act("leader1"), meeting, reason="改期")
    commands.settle_meeting(centre.act("leader1"), meeting)
    for deed in (lambda: decided(centre, meeting), lambda: commands.gather(centre.act("leader1"), meeting),
                 lambda: commands.change_meeting(centre.act("leader1"), meeting, version=2, said=SAID),
                 lambda: commands.add_item(centre.act("leader1"), meeting, text="补充"),
                 lambda: commands.settle_meeting(centre.act("leader1"), meeting)):
        with expect_refusal(MeetingError.MEETING_OVER):
            deed()
    commands.finish_decision(centre.act("handler"), decision, text="已办")


def test_a_meeting_that_is_not_held_is_cancelled_with_the_reason(centre):
    meeting = called(centre)
    with expect_refusal(CaseError.MISSING):
        commands.cancel_meeting(centre.act("leader1"), meeting, reason=" ")
    commands.cancel_meeting(centre.act("leader1"), meeting, reason="与市里的会冲突")
    told = one(centre, meeting)
    assert (told.meeting.state_name, told.reason) == ("已取消", "与市里的会冲突")


@pytest.mark.parametrize(("login", "sees"), [
    ("leader1", True), ("boss", True), ("acceptor", True), ("handler", True), ("handler2", False), ("otherhandler", True),
    ("supervisor", True), ("supervisor2", False), ("villager", False), ("neighbour", False), ("sysadmin", False)])
def test_a_meeting_is_seen_where_it_is_held_by_those_asked_and_those_given_something_to_do(centre, login, sees):
    meeting = called(centre, people=[centre.ids["supervisor"]], units=["HW"])
    decided(centre, meeting, unit="YL")
    listed = [row.id for row in queries.list_meetings(centre.act(login)).rows]
    assert (meeting in listed) is sees
    if sees:
        assert one(centre, meeting, login).runs is (login in ("leader1", "boss"))
        return
    with expect_refusal(KernelError.NOT_FOUND):
        one(centre, meeting, login)
    with expect_refusal(KernelError.NOT_FOUND):
        decided(centre, meeting, login)


def test_words_of_a_case_are_shown_to_those_who_see_the_case_alone(centre):
    """SEC-07: being asked to a meeting opens no case."""
    case_id = centre.report()
    meeting = called(centre, kind="standup", units=["YL"])
    (line,) = one(centre, meeting, "otherhandler").agenda
    assert (line.case.id, line.case.text, line.case.place) == (None, "", "")
    assert line.case.number == Case.objects.get(id=case_id).number
    decided(centre, meeting, way="tie", number=line.case.number, unit="YL")
    (decision,) = one(centre, meeting, "otherhandler").decisions
    assert decision.case_id is None
    with expect_refusal(KernelError.NOT_FOUND):
        queries.decisions_of_case(centre.act("otherhandler"), case_id)


@pytest.mark.parametrize("login", ["acceptor", "handler", "supervisor", "admin", "neighbour"])
def test_meetings_are_held_by_those_who_lead_here(centre, login):
    meeting = called(centre)
    before = Entry.objects.count()
    with expect_refusal(MeetingError.MEETING_NOT_YOURS, MeetingError.MEETING_AREA):
        called(centre, login)
    for deed in (lambda: decided(centre, meeting, login), lambda: commands.settle_meeting(centre.act(login), meeting),
                 lambda: commands.gather(centre.act(login), meeting)):
        with expect_refusal(MeetingError.MEETING_NOT_YOURS, KernelError.NOT_FOUND):
            deed()
    assert Entry.objects.count() == before


@pytest.mark.parametrize(("login", "deed", "reason"), [
    ("otherhandler", "finish", KernelError.NOT_FOUND), ("acceptor", "finish", MeetingError.DECISION_NOT_YOURS),
    ("handler", "withdraw", MeetingError.DECISION_NOT_YOURS), ("handler", "reopen", MeetingError.DECISION_NOT_YOURS),
    ("leader1", "reopen", MeetingError.DECISION_NOT_NOW)])
def test_a_task_is_reported_done_by_its_unit_and_judged_by_who_runs_the_meeting(centre, login, deed, reason):
    decision = decided(centre, called(centre))
    command = {"finish": commands.finish_decision, "withdraw": commands.withdraw_decision, "reopen": commands.reopen_decision}[deed]
    with expect_refusal(reason):
        command(centre.act(login), decision, **({"text": "已办"} if deed == "finish" else {"reason": "不需要"}))


@pytest.mark.parametrize(("more", "reason"), [
    ({"way": "magic"}, MeetingError.DECISION_WAY), ({"text": " \u200b"}, CaseError.MISSING), ({"text": "a\0b"}, CaseError.BAD_TEXT),
    ({"unit": ""}, MeetingError.DECISION_NO_ONE), ({"unit": "NOBODY"}, MeetingError.MEETING_UNIT), ({"unit": "\0"}, MeetingError.MEETING_UNIT),
    ({"person": "supervisor"}, MeetingError.DECISION_NO_ONE), ({"unit": "", "person": "neighbour"}, MeetingError.MEETING_PEOPLE),
    ({"due": date(2026, 11, 22)}, MeetingError.MEETING_WHEN), ({"due": date(2028, 1, 1)}, MeetingError.MEETING_WHEN),
    ({"due": date(9999, 12, 31)}, MeetingError.MEETING_WHEN), ({"item": 7}, MeetingError.NO_ITEM), ({"item": 1 << 70}, MeetingError.NO_ITEM),
    ({"way": "tie", "number": "990101-2026-999999"}, MeetingError.DECISION_NO_CASE), ({"way": "tie", "number": "\0"}, MeetingError.DECISION_NO_CASE),
    ({"way": "case"}, MeetingError.DECISION_NO_PLACE), ({"way": "case", "lon": AT_SEA[0], "lat": AT_SEA[1]}, CaseError.NO_AREA),
    ({"way": "case", "lon": NEXT_DOOR[0], "lat": NEXT_DOOR[1]}, CaseError.OUTSIDE),
    ({"way": "case", "lon": IN_FIRST[0], "lat": IN_FIRST[1], "class_code": "x"}, CaseError.UNKNOWN_CLASS),
    ({"text": "长" * 5000}, CaseError.TOO_LONG)])
def test_a_decision_that_cannot_be_kept_is_refused_in_words_and_leaves_nothing(centre, more, reason):
    meeting = called(centre)
    before = [Entry.objects.count(), Case.objects.count(), Item.objects.count()]
    if isinstance(more.get("person"), str):
        more = more | {"person": centre.ids[more["person"]]}
    with expect_refusal(reason):
        decided(centre, meeting, **more)
    assert [Entry.objects.count(), Case.objects.count(), Item.objects.count(), Decision.objects.count()] == [*before, 0]


def test_a_case_that_is_over_takes_no_more_decisions(centre):
    case_id = centre.checked()
    commands.close(centre.act("leader1"), case_id)
    with expect_refusal(CaseError.NOT_NOW):
        decided(centre, called(centre), way="tie", number=Case.objects.get(id=case_id).number)


def test_a_leader_who_may_not_report_gives_tasks_but_makes_no_cases(centre):
    meeting = called(centre, "boss")
    with expect_refusal(AccountError.NO_RIGHT):
        decided(centre, meeting, "boss", way="case", lon=IN_FIRST[0], lat=IN_FIRST[1])
    decided(centre, meeting, "boss")


@pytest.mark.parametrize(("more", "reason"), [
    ({"kind": "party"}, MeetingError.MEETING_KIND), ({"area": "\0"}, MeetingError.MEETING_AREA), ({"area": "990102"}, MeetingError.MEETING_AREA),
    ({"held_at": MONDAY_NINE.replace(tzinfo=None)}, CaseError.NO_ZONE), ({"held_at": MONDAY_NINE.replace(year=1999)}, MeetingError.MEETING_WHEN),
    ({"held_at": MONDAY_NINE.replace(year=2030)}, MeetingError.MEETING_WHEN), ({"units": ["NOBODY"]}, MeetingError.MEETING_UNIT),
    ({"people": ["nobody"]}, MeetingError.MEETING_PEOPLE), ({"people": ["neighbour"]}, MeetingError.MEETING_PEOPLE),
    ({"units": [str(n) for n in range(101)]}, MeetingError.MEETING_MANY), ({"minutes": "a\0"}, CaseError.BAD_TEXT),
    ({"title": "长" * 101}, CaseError.TOO_LONG)])
def test_a_meeting_that_cannot_be_is_refused_in_words(centre, more, reason):
    if "people" in more:
        more = more | {"people": [centre.ids.get(login) or new_id() for login in more["people"]]}
    with expect_refusal(reason):
        called(centre, **more)
    assert (Meeting.objects.count(), Attending.objects.count()) == (0, 0)


def test_the_same_meeting_and_the_same_decision_are_not_made_twice(centre):
    meeting, decision = called(centre), commands.Deciding(id=new_id(), way="task", text="清理", unit="HW")
    with expect_refusal(MeetingError.MEETING_EXISTS):
        commands.call_meeting(centre.act("leader1"), meeting, kind="joint", area="990101", said=SAID)
    commands.decide(centre.act("leader1"), meeting, decision)
    with expect_refusal(MeetingError.MEETING_EXISTS):
        commands.decide(centre.act("leader1"), meeting, decision)


def test_a_point_on_which_something_was_decided_stays(centre):
    centre.report()
    meeting = called(centre, kind="standup")
    (line,) = one(centre, meeting).agenda
    decided(centre, meeting, way="tie", number=line.case.number, item=line.id)
    assert one(centre, meeting).agenda[0].decided is True
    with expect_refusal(MeetingError.ITEM_DECIDED):
        commands.drop_item(centre.act("leader1"), meeting, line.id)
    with expect_refusal(MeetingError.NO_ITEM):
        commands.note_item(centre.act("leader1"), called(centre), line.id, note="别的会")


def test_people_to_ask_are_those_who_work_at_the_place_or_below_it(centre):
    found = {person.name for person in queries.meeting_people(centre.act("town"), area="990101100")}
    assert found == {"villager示例", "community示例", "town示例", "towndept示例"}
    assert [person.name for person in queries.meeting_people(centre.act("town"), area="990101100", find="vill")] == ["villager示例"]
    with expect_refusal(MeetingError.MEETING_AREA):
        queries.meeting_people(centre.act("acceptor"), area="990101")


def test_meetings_follow_when_an_area_or_a_unit_is_moved(centre):
    meeting = called(centre, "town", area="990101100")
    decision = decided(centre, meeting, "town", unit="TD")
    old = Meeting.objects.get(id=meeting).area_path
    paths(journaled.Seen(1, "area:1", 1, "area.moved", None, "", MONDAY_NINE, old, orjson.dumps({"from": old, "to": "1/2/9/"}).decode()))
    assert (Meeting.objects.get(id=meeting).area_path, Item.objects.get(subject=f"decision:{decision}").area_path) == ("1/2/9/", "1/2/9/")
    unit = Decision.objects.get(id=decision).unit_path
    paths(journaled.Seen(2, "unit:1", 2, "unit.moved", None, "", MONDAY_NINE, "", orjson.dumps({"old_path": unit, "path": "77/"}).decode()))
    assert Decision.objects.get(id=decision).unit_path == "77/"


def test_lists_and_one_meeting_cost_a_fixed_number_of_statements(centre):
    client = centre.client("leader1")
    for _ in range(3):
        centre.report()
    for _ in range(3):
        meeting = called(centre, kind="standup")
        decided(centre, meeting)
        decided(centre, meeting, way="case", lon=IN_FIRST[0], lat=IN_FIRST[1])
    case_id = Case.objects.exclude(marks="").values_list("id", flat=True)[0]
    for address, most in (("/api/meetings", 5), (f"/api/meetings/{meeting}", 9), ("/api/decisions?show=open", 4), (f"/api/cases/{case_id}/decisions", 5)):
        assert client.get(address).status_code == 200
        with at_most(most):
            assert client.get(address).status_code == 200


def test_pages_of_meetings_follow_each_other_without_gaps(centre):
    made = [called(centre, held_at=MONDAY_NINE + timedelta(hours=hour)) for hour in (3, 1, 2)]
    first = queries.list_meetings(centre.act("leader1"), limit=2)
    second = queries.list_meetings(centre.act("leader1"), limit=2, after=first.next)
    assert [row.id for row in (*first.rows, *second.rows)] == [made[0], made[2], made[1]]
    assert second.next is None
    with expect_refusal(CaseError.UNKNOWN_PAGE):
        queries.list_meetings(centre.act("leader1"), after="x")
    for more in ({"kind": "x"}, {"state": "x"}):
        with expect_refusal(CaseError.UNKNOWN_FILTER):
            queries.list_meetings(centre.act("leader1"), **more)
