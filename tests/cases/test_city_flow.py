"""The main job in the city flow: find, file, dispatch, handle, check, close."""

from datetime import timedelta

import orjson
import pytest

from jingwei.cases import commands, queries
from jingwei.cases.commands import numbers
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, Copy, Step
from jingwei.journal import commands as journal
from jingwei.journal import queries as journaled
from jingwei.journal import readers
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError
from jingwei.kernel.ids import new_id
from jingwei.worklist.models import Item
from tests.cases.conftest import (
    AT_SEA,
    GARBAGE,
    IN_FIRST,
    MONDAY_NINE,
    NEXT_DOOR,
    NO_RULE_CLASS,
    VENDOR,
    expect_refusal,
)

pytestmark = pytest.mark.django_db


def test_it_goes_from_report_to_closing_and_exactly_four_copies_leave(centre):
    """AT-08, CAS-01…06: report → file → dispatch → handle → feed back → check → close."""
    case_id = centre.checked()
    taken = commands.close(centre.act("leader1"), case_id)
    assert taken.state == "closed"

    told = journaled.history(f"case:{case_id}")
    assert [seen.verb for seen in told] == [
        "case.reported", "case.filed", "case.dispatched", "case.fed_back", "case.confirmed", "case.check_passed",
        "case.closed"]
    assert not Item.objects.filter(subject=f"case:{case_id}").exists()

    journal.number_entries()
    while readers.step():
        pass
    copied = Copy.objects.filter(case_id=case_id).order_by("entry_position").values_list("action", flat=True)
    assert list(copied) == ["report", "dispatch", "feed_back", "close"]


def test_every_stay_is_kept_with_its_limit_and_its_end(centre):
    case_id = centre.checked()
    stays = list(Step.objects.filter(case_id=case_id).order_by("number").values_list("state", "limit_unit", "action"))
    assert stays == [
        ("reported", "work_minute", "file"), ("filed", "work_minute", "dispatch"), ("handling", "work_hour", "feed_back"),
        ("fed_back", "work_minute", "confirm"), ("checking", "work_minute", "check_pass")]


def test_the_handling_limit_is_that_of_the_filing_standard(centre):
    """CAT-04: 4 working hours from nine o.clock on, the lunch break skipped."""
    case_id = centre.handled()
    assert Case.objects.get(id=case_id).due_at == MONDAY_NINE + timedelta(hours=6)  # 09-12 and 14-15


def test_it_is_proposed_the_unit_of_the_rule(centre):
    case_id = centre.handled()
    assert Case.objects.get(id=case_id).unit.code == "HW"


def test_without_a_rule_it_waits_at_dispatch_with_that_reason(centre):
    """CAT-03, PB-29: the case waits, the list and the refusal say why; a unit named by hand goes through."""
    case_id = centre.report(class_code=NO_RULE_CLASS)
    commands.file(centre.act("acceptor"), case_id)
    with expect_refusal(CaseError.NO_RULE):
        commands.dispatch(centre.act("dispatcher"), case_id)
    line = queries.list_cases(centre.act("dispatcher"), queries.Filter(states=["filed"])).rows[0]
    assert line.waits_for == "case.no_rule"
    assert commands.dispatch(centre.act("dispatcher"), case_id, unit_code="YL").state == "handling"


def test_a_public_report_is_verified_before_it_is_filed(centre):
    """C1: 核实 comes first; not found true leaves the decision to the acceptor."""
    case_id = centre.report("acceptor", channel="hotline")
    with expect_refusal(CaseError.NOT_VERIFIED):
        commands.file(centre.act("acceptor"), case_id)
    commands.ask_verify(centre.act("acceptor"), case_id, person=centre.ids["supervisor"])
    assert Item.objects.get(subject=f"case:{case_id}").person == centre.ids["supervisor"]
    commands.verify(centre.act("supervisor"), case_id, found=True)
    assert commands.file(centre.act("acceptor"), case_id).state == "filed"


def test_a_report_found_untrue_is_refused_with_the_reason(centre):
    case_id = centre.report("acceptor", channel="hotline")
    commands.ask_verify(centre.act("acceptor"), case_id)
    commands.verify(centre.act("supervisor"), case_id, found=False, reason="现场没有发现")
    with expect_refusal(CaseError.NOT_VERIFIED):
        commands.file(centre.act("acceptor"), case_id)
    assert commands.refuse(centre.act("acceptor"), case_id, reason="核实不属实").state == "refused"


def test_a_task_is_only_given_to_a_grid_worker_of_the_place(centre):
    case_id = centre.report("acceptor", channel="hotline")
    with expect_refusal(CaseError.UNKNOWN_PERSON):
        commands.ask_verify(centre.act("acceptor"), case_id, person=centre.ids["villager"])


def test_a_class_with_several_conditions_asks_for_one(centre):
    case_id = centre.report(class_code="gbt47678.5-2026/matter/09005")
    acceptor = centre.act("acceptor")
    with expect_refusal(CaseError.MISSING):
        commands.file(acceptor, case_id)
    other = Case.objects.get(id=centre.handled()).condition_id
    with expect_refusal(CaseError.UNKNOWN_CONDITION):
        commands.file(acceptor, case_id, condition_id=other)


def test_rework_goes_on_with_what_was_left_of_the_time(centre):
    """Two of four working hours used, an hour with others, then back: two hours are left, not four."""
    case_id = centre.handled()
    with clock.held_at(MONDAY_NINE + timedelta(hours=2)):
        commands.feed_back(centre.act("handler"), case_id, text="已清理")
    with clock.held_at(MONDAY_NINE + timedelta(hours=3)):
        taken = commands.rework(centre.act("dispatcher"), case_id, reason="照片不清")
    assert taken.due_at == MONDAY_NINE + timedelta(hours=7)  # 12:00 is lunch: 14-16


def test_a_suspended_case_has_no_countdown_and_resumes_with_what_was_left(centre):
    """No countdown while suspended; no pause counted as working time."""
    case_id = centre.handled()
    with clock.held_at(MONDAY_NINE + timedelta(hours=1)):
        commands.ask_suspension(centre.act("handler"), case_id, reason="等待配件")
        taken = commands.suspend(centre.act("dispatcher"), case_id, reason="同意")
    assert taken.due_at is None
    assert queries.explain_case(centre.act("boss"), case_id).because == "suspended"
    with clock.held_at(MONDAY_NINE + timedelta(days=7)):
        taken = commands.resume(centre.act("dispatcher"), case_id)
    assert taken.due_at == MONDAY_NINE + timedelta(days=7, hours=3)  # one of four hours was used: 09-12


def test_an_extension_survives_suspension_and_resume(centre):
    """No extension lost on resume."""
    case_id = centre.handled()
    commands.ask_extension(centre.act("handler"), case_id, reason="路面要养护", value="2", unit="work_hour")
    commands.extend(centre.act("dispatcher"), case_id, reason="同意", value="2", unit="work_hour")
    assert Case.objects.get(id=case_id).due_at == MONDAY_NINE + timedelta(hours=8)  # 09-12, 14-17
    with clock.held_at(MONDAY_NINE + timedelta(hours=1)):
        commands.suspend(centre.act("dispatcher"), case_id, reason="暴雨")
    with clock.held_at(MONDAY_NINE + timedelta(days=1)):
        taken = commands.resume(centre.act("dispatcher"), case_id)
    assert taken.due_at == MONDAY_NINE + timedelta(days=1, hours=7)  # 5 hours left: 09-12, 14-16


def test_one_request_at_a_time_and_the_other_kind_does_not_answer_it(centre):
    case_id = centre.handled()
    commands.ask_extension(centre.act("handler"), case_id, reason="等材料", value="1", unit="work_day")
    with expect_refusal(CaseError.ALREADY_ASKED):
        commands.ask_suspension(centre.act("handler"), case_id, reason="等")
    with expect_refusal(CaseError.OTHER_ASKED):
        commands.suspend(centre.act("dispatcher"), case_id, reason="行")
    commands.decline(centre.act("dispatcher"), case_id, reason="时间足够")
    with expect_refusal(CaseError.NOTHING_ASKED):
        commands.decline(centre.act("dispatcher"), case_id, reason="再说")


def test_handing_on_stays_in_the_units_own_tree_and_keeps_the_clock(centre):
    case_id = centre.handled()
    due = Case.objects.get(id=case_id).due_at
    with expect_refusal(CaseError.OTHER_TREE):
        commands.hand_on(centre.act("handler"), case_id, reason="归他们", unit_code="YL")
    with clock.held_at(MONDAY_NINE + timedelta(hours=1)):
        taken = commands.hand_on(centre.act("handler"), case_id, reason="一队负责", unit_code="HW-1")
    assert taken.due_at == due
    assert commands.sign(centre.act("handler2"), case_id).state == "handling"


def test_a_wrongly_dispatched_case_comes_back_and_its_second_unit_has_the_whole_time(centre):
    case_id = centre.handled()
    commands.send_back(centre.act("handler"), case_id, reason="不属我所职责")
    case = Case.objects.get(id=case_id)
    assert (case.state, case.unit_id, case.returns) == ("filed", None, 1)
    with clock.held_at(MONDAY_NINE + timedelta(hours=1)):
        taken = commands.dispatch(centre.act("dispatcher"), case_id, unit_code="YL")
    assert taken.due_at == MONDAY_NINE + timedelta(hours=7)


def test_nobody_checks_or_dispatches_what_they_did_before_even_with_both_posts(centre):
    """AT-09: the engine refuses by person, not only by post."""
    case_id = centre.handled()
    commands.feed_back(centre.act("handler"), case_id, text="已清理")
    case = Case.objects.get(id=case_id)
    Case.objects.filter(id=case_id).update(duties=case.duties | {"handle": [str(centre.ids["dispatcher2"])]})
    with expect_refusal(CaseError.APART):
        commands.confirm(centre.act("dispatcher2"), case_id)
    assert commands.confirm(centre.act("dispatcher"), case_id).state == "checking"


def test_what_failed_the_check_is_not_closed(centre):
    case_id = centre.handled()
    commands.feed_back(centre.act("handler"), case_id, text="已清理")
    commands.confirm(centre.act("dispatcher"), case_id)
    commands.check(centre.act("supervisor"), case_id, passed=False, reason="还有垃圾")
    with expect_refusal(CaseError.CHECK_NOT_PASSED):
        commands.close(centre.act("leader1"), case_id)
    assert commands.rework(centre.act("leader1"), case_id, reason="返工").state == "handling"


def test_a_closed_case_can_be_reopened_and_dispatched_anew(centre):
    case_id = centre.checked()
    commands.close(centre.act("leader1"), case_id)
    assert commands.reopen(centre.act("leader1"), case_id, reason="问题复发").state == "filed"
    assert commands.dispatch(centre.act("dispatcher"), case_id).state == "handling"


def test_a_worker_solves_only_their_own_report_on_the_spot(centre):
    """CAS-17: solved on the spot, recorded, closed."""
    case_id = centre.report()
    with expect_refusal(CaseError.NOT_OWN_REPORT):
        commands.solve(centre.act("supervisor2"), case_id, text="已清")
    assert commands.solve(centre.act("supervisor"), case_id, text="已扶正").state == "closed"


@pytest.mark.parametrize(("action", "login"), [
    ("dispatch", "acceptor"), ("file", "handler"), ("close", "dispatcher"), ("feed_back", "otherhandler")])
def test_another_post_is_told_whose_task_it_is_or_finds_nothing(centre, action, login):
    case_id = centre.handled()
    verbs = {"dispatch": lambda who: commands.dispatch(who, case_id), "file": lambda who: commands.file(who, case_id),
             "close": lambda who: commands.close(who, case_id),
             "feed_back": lambda who: commands.feed_back(who, case_id, text="好")}
    with expect_refusal(CaseError.WRONG_STATE, CaseError.WRONG_ROLE, KernelError.NOT_FOUND):
        verbs[action](centre.act(login))
    assert Case.objects.get(id=case_id).state == "handling"


def test_a_case_of_another_district_is_not_there(centre):
    """T4: 404 alike for what does not exist and for what one may not see."""
    case_id = centre.handled()
    for login in ("neighbour", "neighbourworker", "sysadmin"):
        with expect_refusal(KernelError.NOT_FOUND):
            queries.detail(centre.act(login), case_id)
    with expect_refusal(KernelError.NOT_FOUND):
        queries.detail(centre.act("boss"), new_id())


def test_a_report_needs_a_place_inside_the_district(centre):
    """PB-19: any staff may report anywhere in their district, not beyond."""
    with expect_refusal(CaseError.NO_AREA):
        centre.report(at=AT_SEA)
    with expect_refusal(CaseError.OUTSIDE):
        centre.report(at=NEXT_DOOR)
    with expect_refusal(CaseError.BAD_PLACE):
        centre.report(at=(float("nan"), 40.0))
    with expect_refusal(CaseError.BAD_PLACE):
        centre.report(at=(200.0, 40.0))
    assert centre.report("supervisor", at=(102.0105, 40.0005))
    assert Case.objects.count() == 1


def test_the_same_id_is_one_case(centre):
    case_id = centre.report()
    with expect_refusal(CaseError.EXISTS):
        centre.report(id=case_id)


def test_numbers_of_people_leave_the_text_and_come_back_only_with_a_reason(centre):
    """PIPL 51; SEC-07: tokens in the text, nothing in the journal, revealing is journaled."""
    case_id = centre.report("acceptor", channel="hotline", text="请联系 13800138000 了解情况", contact_name="王示例",
                            contact_phone="13900139000")
    case = Case.objects.get(id=case_id)
    assert "13800138000" not in case.text
    assert "〔电话1〕" in case.text
    assert all("138001" not in seen.data and "139001" not in seen.data for seen in journaled.history(f"case:{case_id}"))
    shown = commands.reveal(centre.act("acceptor"), case_id, reason="回访")
    assert shown["contact"]["phone"] == "13900139000"
    assert shown["numbers"] == {"〔电话1〕": "13800138000"}
    assert journaled.history(f"case:{case_id}")[-1].verb == "case.revealed"
    with expect_refusal(CaseError.MISSING):
        commands.reveal(centre.act("acceptor"), case_id, reason=" ")


def test_the_list_filters_narrows_and_pages_by_keyset(centre):
    ids = []
    for minute in range(5):
        with clock.held_at(MONDAY_NINE + timedelta(minutes=minute)):
            ids.append(centre.report(class_code=VENDOR if minute % 2 else GARBAGE))
    acceptor = centre.act("acceptor")
    first = queries.list_cases(acceptor, queries.Filter(), limit=2)
    second = queries.list_cases(acceptor, queries.Filter(), limit=2, after=first.next)
    third = queries.list_cases(acceptor, queries.Filter(), limit=2, after=second.next)
    assert [row.id for page in (first, second, third) for row in page.rows] == ids[::-1]
    assert third.next is None
    assert len(queries.list_cases(acceptor, queries.Filter(classes=[VENDOR])).rows) == 2
    assert len(queries.list_cases(acceptor, queries.Filter(area="990101001001001")).rows) == 5
    assert queries.list_cases(centre.act("neighbour"), queries.Filter()).rows == []
    with expect_refusal(CaseError.UNKNOWN_FILTER):
        queries.list_cases(acceptor, queries.Filter(states=["sleeping"]))


def test_the_change_feed_tells_only_of_visible_cases_and_moves_on_all_the_same(centre):
    case_id = centre.report()
    journal.number_entries()
    before = journaled.last_position() - 1
    told = queries.changes(centre.act("acceptor"), before)
    assert [change.case_id for change in told["changes"]] == [case_id]
    other = queries.changes(centre.act("neighbour"), before)
    assert other["changes"] == []
    assert other["position"] == told["position"] == before + 1


def test_the_detail_shows_the_buttons_of_this_person_and_who_did_what(centre):
    case_id = centre.handled()
    shown = queries.detail(centre.act("handler"), case_id)
    assert [button["action"] for button in shown.actions] == [
        "sign", "hand_on", "return", "ask_extension", "ask_suspension", "feed_back"]
    assert [line["said"] for line in shown.timeline] == ["上报了问题", "立案", "派遣给责任单位"]
    assert shown.timeline[-1]["unit_name"] == "环卫所"
    assert shown.timeline[0]["by"] == "supervisor示例"
    orjson.dumps(shown, default=str)


def test_reports_take_their_place_once_whatever_the_point(centre):
    case_id = centre.report(at=IN_FIRST)
    case = Case.objects.get(id=case_id)
    assert case.area_then.code == "990101001001001"
    assert case.county == "990101"
    assert case.number.startswith("990101-2026-")


def test_a_number_that_is_taken_does_not_pass_for_a_report_that_arrived(centre):
    """A restored database gives out numbers again: the phone must send once more, not believe it was received."""
    Case.objects.filter(id=centre.report()).update(number="990101-2026-000777")
    numbers._free["990101-2026"] = [777]
    with expect_refusal(KernelError.BUSY):
        centre.report()
