"""A corrected calendar moves the deadlines of open cases, tells what it moved, and leaves what is over as it was (C4)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from jingwei.accounts import queries as accounts
from jingwei.accounts.errors import AccountError
from jingwei.cases import commands, queries
from jingwei.cases.clock import Limit, Unit, due
from jingwei.cases.clock_errors import ClockError
from jingwei.cases.commands.recount import gather, run
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Adjustment, Case, Recount, RecountLine, Step
from jingwei.cases.stays import change_between
from jingwei.catalogue.commands import Edit, edit_calendar
from jingwei.journal import queries as journaled
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError
from jingwei.kernel.ids import new_id
from jingwei.worklist.models import Item
from tests.cases.calendars import local, official, shown
from tests.cases.conftest import MONDAY_NINE, VENDOR, expect_refusal
from tests.cases.test_entries import everything

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFF_TODAY = Edit(days={date(2026, 11, 23): ("off", "停工")}, note="更正")
AFTERNOON = MONDAY_NINE + 6 * HOUR


@pytest.mark.parametrize(("days", "falls"), [(1, "2024-09-29"), (3, "2024-10-08"), (5, "2024-10-10")])
def test_the_worked_dates(days, falls):
    """AT-10: filed Fri 2024-09-27; 1–7 Oct off, Sun 29 Sep and Sat 12 Oct worked."""
    assert shown(due(local("2024-09-27 10:00"), Limit(days, Unit.WORK_DAY), official()).at)[:10] == falls


def test_the_worked_date_after_the_dragon_boat_festival():
    """AT-10: Mon 10 June 2024 is off, so Fri 7 June + 1 = Tue 11 June."""
    assert shown(due(local("2024-06-07 10:00"), Limit(1, Unit.WORK_DAY), official()).at)[:10] == "2024-06-11"


def recounted(centre, area="", at=AFTERNOON):
    with clock.held_at(at):
        run_id = commands.ask_recount(centre.act("admin") if area else accounts.operator(), new_id(), area_code=area)
        assert commands.run_recount(run_id)
    return Recount.objects.get(id=run_id)


def lines(run_):
    return sorted(RecountLine.objects.filter(recount=run_).values_list("case_id", "kind", "stage"))


def test_what_changed_between_two_calendars_is_told_by_day():
    before = official()
    assert change_between(before, before).nothing


def test_an_open_case_gets_the_deadline_of_the_corrected_calendar(centre):
    """Four working hours from Monday nine, and Monday turns out to be off: Tuesday noon."""
    case_id, waiting = centre.handled(), centre.report()
    was = Case.objects.get(id=case_id).due_at
    edit_calendar(accounts.operator(), OFF_TODAY)
    found = recounted(centre)
    case = Case.objects.get(id=case_id)
    assert case.due_at == datetime(2026, 11, 24, 4, 0, tzinfo=UTC) != was
    assert Item.objects.get(subject=f"case:{case_id}").due_at == case.due_at
    assert queries.explain_case(centre.act("boss"), case_id).due.at == case.due_at
    told = queries.detail(centre.act("boss"), case_id).timeline[-1]
    assert (told["said"], told["was_due"]) == ("工作日历更正，到期时间已调整", was.isoformat())
    assert "11月23日改为放假" in told["text"]
    assert (found.phase, found.moved, found.seen) == ("done", 2, 2)
    assert lines(found) == sorted([(case_id, "moved", "handling"), (waiting, "moved", "reported")])


def test_pauses_and_extensions_are_counted_by_it_too(centre):
    case_id = centre.handled()
    commands.extend(centre.act("dispatcher"), case_id, reason="路面要养护", value="1", unit="work_day")
    with clock.held_at(MONDAY_NINE + HOUR):
        commands.suspend(centre.act("dispatcher"), case_id, reason="暴雨")
    with clock.held_at(MONDAY_NINE + DAY):
        commands.resume(centre.act("dispatcher"), case_id)
        edit_calendar(accounts.operator(), Edit(days={date(2026, 11, 25): ("off", "停工")}))
    recounted(centre, at=MONDAY_NINE + DAY)
    with clock.held_at(MONDAY_NINE + DAY):
        explained = queries.explain_case(centre.act("boss"), case_id).due
    # an hour used on Monday; three and eight from Tuesday nine: seven there, none on Wednesday, four on Thursday morning
    assert Case.objects.get(id=case_id).due_at == datetime(2026, 11, 26, 4, 0, tzinfo=UTC) == explained.at


def test_what_no_changed_day_touches_stays_as_it_is(centre):
    """Urgent limits run on; a day after the deadline does not reach it; one that ran before neither."""
    urgent, plain = centre.handled(class_code=VENDOR), centre.handled()
    edit_calendar(accounts.operator(), Edit(days={date(2026, 11, 25): ("off", "停工"), date(2026, 11, 20): ("off", "停工")}))
    before = list(Case.objects.order_by("id").values("id", "due_at", "calendar"))
    found = recounted(centre)
    assert (found.moved, found.judged, lines(found)) == (0, 0, [])
    assert list(Case.objects.order_by("id").values("id", "due_at", "calendar")) == before
    assert {str(urgent), str(plain)} == {str(each["id"]) for each in before}


def test_what_is_over_is_not_changed_but_told_where_it_would_be_judged_otherwise(centre):
    """Handled late by the old calendar, in time by the corrected one: the office may appeal."""
    late, punctual = centre.handled(), centre.handled()
    commands.feed_back(centre.act("handler"), punctual, text="已清理")
    for case_id, at in ((late, MONDAY_NINE + DAY), (punctual, MONDAY_NINE + DAY)):
        with clock.held_at(at):
            if case_id == late:
                commands.feed_back(centre.act("handler"), case_id, text="已清理")
            commands.confirm(centre.act("dispatcher"), case_id)
            commands.check(centre.act("supervisor"), case_id, passed=True)
            commands.close(centre.act("leader1"), case_id)
    with clock.held_at(MONDAY_NINE + DAY):
        edit_calendar(accounts.operator(), OFF_TODAY)
    before = list(Step.objects.order_by("id").values()), list(Case.objects.order_by("id").values())
    found = recounted(centre, at=MONDAY_NINE + DAY)
    assert (list(Step.objects.order_by("id").values()), list(Case.objects.order_by("id").values())) == before
    assert lines(found) == [(late, "judged", "handling")] or (late, "judged", "handling") in lines(found)
    assert {kind for _, kind, _ in lines(found)} == {"judged"}
    line = RecountLine.objects.get(recount=found, case_id=late, stage="handling")
    assert line.before < line.ended_at <= line.after
    with clock.held_at(MONDAY_NINE + DAY):
        appeal_id = commands.ask_appeal(centre.act("dispatcher2"), late, new_id(), step=line.step, reason="工作日历更正后未超期")
        commands.review_appeal(centre.act("dispatcher"), appeal_id, "agree")
        assert commands.review_appeal(centre.act("leader1"), appeal_id, "grant") == "granted"


def test_a_suspension_wakes_on_the_working_moment_of_the_corrected_calendar(centre):
    case_id = centre.handled()
    commands.suspend(centre.act("dispatcher"), case_id, reason="等", until=date(2026, 12, 3))
    edit_calendar(accounts.operator(), Edit(days={date(2026, 12, 3): ("off", "停工")}))
    found = recounted(centre)
    assert Adjustment.objects.get(case_id=case_id).resume_at == datetime(2026, 12, 4, 0, 0, tzinfo=UTC)
    assert lines(found) == [(case_id, "wakes", "suspended")]


def test_run_again_it_changes_nothing(centre):
    centre.handled()
    edit_calendar(accounts.operator(), OFF_TODAY)
    recounted(centre)
    before = everything()[:6]
    again = recounted(centre, at=AFTERNOON + HOUR)
    assert everything()[:5] == before[:5]
    assert (again.moved, lines(again)) == (0, [])


def test_ended_in_the_middle_it_goes_on_where_it_was(centre, monkeypatch):
    """Killed after any batch: what was committed stays, what follows is done once, nothing twice."""
    monkeypatch.setattr(run, "READ", 2)
    cases = [centre.handled() for _ in range(5)]
    edit_calendar(accounts.operator(), OFF_TODAY)
    with clock.held_at(AFTERNOON):
        run_id = commands.ask_recount(accounts.operator(), new_id())
        assert not commands.run_recount(run_id, batches=2)
        assert Recount.objects.get(id=run_id).cursor == sorted(cases)[3]
        monkeypatch.setattr(run, "_step", _dies)
        with pytest.raises(ConnectionError):
            commands.run_recount(run_id)
        monkeypatch.undo()
        monkeypatch.setattr(run, "READ", 2)
        assert commands.run_recount(run_id)
    assert set(Case.objects.values_list("due_at", flat=True)) == {datetime(2026, 11, 24, 4, 0, tzinfo=UTC)}
    assert RecountLine.objects.filter(recount_id=run_id, kind="moved").count() == 5
    for case_id in cases:
        assert [entry.verb for entry in journaled.history(f"case:{case_id}")].count("case.recounted") == 1


def _dies(*_args):
    raise ConnectionError


def test_a_batch_asks_the_same_however_many_cases_it_holds(centre, django_assert_num_queries):
    for _ in range(3):
        centre.handled()
    edit_calendar(accounts.operator(), OFF_TODAY)
    known = journaled.generations()
    some = list(Case.objects.order_by("id").values(*gather.COLUMNS))
    gather.moved_of(some, gather.Calendars(known))
    for count in (1, 3):
        with django_assert_num_queries(2):  # stays, extensions; the shipped calendar stands in memory
            assert len(gather.moved_of(some[:count], gather.Calendars(known))) == count


def test_before_it_is_saved_it_is_shown_what_it_changes(centre):
    case_id = centre.handled()
    before = everything()
    shown_ = queries.effects(accounts.operator(), OFF_TODAY)
    assert (shown_.changed, shown_.running, shown_.moved) == (True, 1, 1)
    assert shown_.lines[0].case_id == case_id
    assert shown_.lines[0].after == datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
    assert everything() == before
    assert queries.effects(accounts.operator(), Edit()).changed is False
    county = queries.effects(centre.act("admin"), OFF_TODAY, area_code="990101000000")
    assert county.moved == 1
    assert queries.effects(centre.act("admin"), OFF_TODAY, area_code="990101100000").moved == 0, "another town's calendar"


def test_only_who_keeps_the_calendar_recounts_by_it(centre):
    centre.handled()
    with expect_refusal(AccountError.NO_RIGHT):
        commands.ask_recount(centre.act("dispatcher"), new_id(), area_code="990101000000")
    with expect_refusal(AccountError.RIGHT_ELSEWHERE):
        commands.ask_recount(centre.act("admin"), new_id())  # everywhere is more than the county
    with expect_refusal(CaseError.UNKNOWN_AREA):
        commands.ask_recount(centre.act("admin"), new_id(), area_code="990102000000")
    commands.ask_recount(centre.act("admin"), new_id(), area_code="990101000000")
    with expect_refusal(ClockError.RECOUNT_RUNNING):
        commands.ask_recount(centre.act("admin"), new_id(), area_code="990101000000")
    run_id = Recount.objects.get().id
    with expect_refusal(KernelError.NOT_FOUND):
        queries.recount_lines(centre.act("dispatcher"), run_id)


def test_an_area_is_recounted_alone_and_the_list_can_be_taken_away(centre):
    city, village = centre.handled(), centre.report("villager", at=(102.0105, 40.0005))
    edit_calendar(accounts.operator(), OFF_TODAY)
    town = recounted(centre, area="990101100000")
    assert lines(town) == [(village, "moved", "reported")]
    client = centre.client("admin")
    county = recounted(centre, area="990101000000", at=AFTERNOON)
    assert lines(county) == [(city, "moved", "handling")]
    listed = client.get("/api/recounts").json()
    assert {row["moved"] for row in listed} == {1}
    page = client.get(f"/api/recounts/{county.id}/lines?kind=moved").json()
    assert (page["next"], page["rows"][0]["stage_name"]) == (None, "处置中")
    table = client.get(f"/api/recounts/{county.id}/table")
    assert table.content.decode().splitlines()[1].startswith(Case.objects.get(id=city).number)
    sent = {"content_type": "application/json"}
    assert client.post("/api/calendar/effects", {"area": "990101000000", "days": [{"on": "2026-11-24", "word": "off"}]}, **sent).status_code == 200
    assert client.post("/api/calendar/effects", {"area": "990101000000", "days": [{"on": "不是日期", "word": "off"}]}, **sent).status_code == 400
    assert client.post("/api/recounts", {"id": str(new_id()), "area": "990101000000"}, **sent).status_code == 201
