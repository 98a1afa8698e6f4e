"""Extensions are counted and capped; a suspension has an end, wakes by itself, may be prolonged and waits for the season (C4)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases import commands, queries
from jingwei.cases.clock_errors import ClockError
from jingwei.cases.commands import wake
from jingwei.cases.errors import CaseError
from jingwei.cases.marks import marks_of
from jingwei.cases.models import Adjustment, Case, Step
from jingwei.cases.standstill import days_left, last_day, resumes_at
from jingwei.catalogue import queries as catalogue
from jingwei.catalogue.commands import Edit, edit_calendar, set_setting
from jingwei.journal import queries as journaled
from jingwei.kernel import clock
from jingwei.worklist.models import Item
from tests.cases.calendars import official
from tests.cases.conftest import GARBAGE, MONDAY_NINE, expect_refusal

pytestmark = pytest.mark.django_db
CALENDAR = official()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THURSDAY = date(2026, 12, 3)


def suspended(centre, **end):
    """A case of four working hours of which one was used when it was suspended."""
    case_id = centre.handled()
    with clock.held_at(MONDAY_NINE + HOUR):
        commands.suspend(centre.act("dispatcher"), case_id, reason="等待配件", **end)
    return case_id


def verbs(case_id):
    return [entry.verb for entry in journaled.history(f"case:{case_id}")]


@pytest.mark.parametrize(("on", "wakes"), [
    (date(2024, 9, 27), datetime(2024, 9, 27, 0, 0, tzinfo=UTC)),   # a Friday
    (date(2024, 9, 28), datetime(2024, 9, 29, 0, 0, tzinfo=UTC)),   # Saturday, and Sunday is worked
    (date(2024, 10, 1), datetime(2024, 10, 8, 0, 0, tzinfo=UTC)),   # the first of seven days off
    (date(2024, 6, 8), datetime(2024, 6, 11, 0, 0, tzinfo=UTC)),    # a weekend with the holiday on Monday
])
def test_a_case_wakes_at_the_first_working_moment(on, wakes):
    """AT-10's calendar: a day that is not a working day wakes nobody."""
    assert resumes_at(on, CALENDAR) == wakes


def test_days_are_those_of_the_place():
    assert last_day(datetime(2024, 1, 1, 17, 0, tzinfo=UTC), 30, CALENDAR) == date(2024, 2, 1)  # the 2nd there already
    assert days_left(datetime(2024, 1, 3, 0, 0, tzinfo=UTC), datetime(2024, 1, 1, 17, 0, tzinfo=UTC), CALENDAR) == 1
    assert days_left(datetime(2024, 1, 3, 0, 0, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC), CALENDAR) == 0


def test_a_handling_is_extended_twice_and_the_refusal_says_so(centre):
    case_id = centre.handled()
    for _ in range(2):
        commands.extend(centre.act("dispatcher"), case_id, reason="路面要养护", value="2", unit="work_hour")
    with expect_refusal(ClockError.EXTENSIONS_USED) as caught:
        commands.extend(centre.act("dispatcher"), case_id, reason="还不够", value="2", unit="work_hour")
    assert "已经延期 2 次，最多 2 次" in str(caught.value.text())
    with expect_refusal(ClockError.EXTENSIONS_USED):
        commands.ask_extension(centre.act("handler"), case_id, reason="还不够", value="2", unit="work_hour")
    commands.send_back(centre.act("handler"), case_id, reason="派错了")
    with clock.held_at(MONDAY_NINE + HOUR):
        commands.dispatch(centre.act("dispatcher"), case_id, unit_code="YL")  # a handling of its own
        assert commands.extend(centre.act("dispatcher"), case_id, reason="刚接手", value="2", unit="work_hour").due_at


def test_how_often_is_a_setting_of_the_place(centre):
    set_setting(accounts.operator(), "extensions_most", "1")
    case_id = centre.handled()
    commands.extend(centre.act("dispatcher"), case_id, reason="路面要养护", value="2", unit="work_hour")
    with expect_refusal(ClockError.EXTENSIONS_USED):
        commands.extend(centre.act("dispatcher"), case_id, reason="还不够", value="2", unit="work_hour")


def test_all_extensions_together_move_the_deadline_only_so_far(centre):
    set_setting(accounts.operator(), "extension_days", "5")
    case_id = centre.handled()
    commands.extend(centre.act("dispatcher"), case_id, reason="路面要养护", value="4", unit="natural_day")
    with expect_refusal(ClockError.EXTENDED_TOO_FAR):
        commands.extend(centre.act("dispatcher"), case_id, reason="还不够", value="2", unit="natural_day")
    assert commands.extend(centre.act("dispatcher"), case_id, reason="还不够", value="1", unit="natural_day").due_at


def test_a_suspension_ends_by_itself_on_its_day(centre):
    """Resumed at the opening of that day with what was left, whenever the job comes round."""
    case_id = suspended(centre, until=THURSDAY)
    assert Adjustment.objects.get(case_id=case_id).resume_at == datetime(2026, 12, 3, 0, 0, tzinfo=UTC)
    assert wake.wake_due(MONDAY_NINE + 9 * DAY) == 0
    with clock.held_at(datetime(2026, 12, 3, 2, 30, tzinfo=UTC)):  # the machine was off for two hours and a half
        assert commands.wake_due(clock.now()) == 1
        assert commands.wake_due(clock.now()) == 0
    case = Case.objects.get(id=case_id)
    assert (case.state, case.due_at) == ("handling", datetime(2026, 12, 3, 3, 0, tzinfo=UTC))  # three hours from 08:00
    assert Step.objects.get(case_id=case_id, state="suspended").ended_at == datetime(2026, 12, 3, 0, 0, tzinfo=UTC)
    assert Item.objects.get(subject=f"case:{case_id}").due_at == case.due_at
    entry = journaled.history(f"case:{case_id}")[-1]
    assert (entry.verb, entry.actor, entry.via) == ("case.resumed", None, "job")
    told = queries.detail(centre.act("handler"), case_id).timeline[-1]
    assert told["by_itself"]
    assert queries.explain_case(centre.act("boss"), case_id).due.at == case.due_at


def test_a_day_that_is_not_worked_ends_it_on_the_next(centre):
    edit_calendar(accounts.operator(), Edit(days={THURSDAY: ("off", "停工")}))
    case_id = suspended(centre, until=THURSDAY)
    assert Adjustment.objects.get(case_id=case_id).resume_at == datetime(2026, 12, 4, 0, 0, tzinfo=UTC)


def test_one_that_was_resumed_or_voided_before_its_day_does_not_wake(centre):
    resumed, voided = suspended(centre, until=THURSDAY), suspended(centre, until=THURSDAY)
    with clock.held_at(MONDAY_NINE + DAY):
        commands.resume(centre.act("dispatcher"), resumed)
        commands.void(centre.act("leader1"), voided, reason="重复")
    entries = verbs(resumed), verbs(voided)
    with clock.held_at(MONDAY_NINE + 20 * DAY):
        assert commands.wake_due(clock.now()) == 0
        assert commands.wake_due(clock.now()) == 0
    assert (verbs(resumed), verbs(voided)) == entries
    assert not Adjustment.objects.filter(ended_at=None).exists()


def test_without_a_day_it_is_the_longest_and_no_day_is_later(centre):
    case_id = suspended(centre)
    assert Adjustment.objects.get(case_id=case_id).until == date(2027, 11, 23)
    other = centre.handled()
    for until, reason in ((date(2027, 11, 24), ClockError.SUSPENSION_TOO_LONG), (date(2026, 11, 23), ClockError.SUSPENSION_OVER),
                          (date(1970, 1, 1), ClockError.SUSPENSION_OVER), (date(9999, 12, 31), ClockError.SUSPENSION_TOO_LONG)):
        with expect_refusal(reason):
            commands.suspend(centre.act("dispatcher"), other, reason="等", until=until)
        with expect_refusal(reason):
            commands.ask_suspension(centre.act("handler"), other, reason="等", until=until)


def test_the_day_that_was_asked_for_is_granted_unless_another_is_named(centre):
    first, second = centre.handled(), centre.handled()
    for case_id in (first, second):
        commands.ask_suspension(centre.act("handler"), case_id, reason="等", until=THURSDAY)
    commands.suspend(centre.act("dispatcher"), first, reason="同意")
    commands.suspend(centre.act("dispatcher"), second, reason="早些", until=date(2026, 12, 1))
    assert [Adjustment.objects.get(case_id=case_id).until for case_id in (first, second)] == [THURSDAY, date(2026, 12, 1)]


def test_it_is_said_in_time_that_it_ends_and_the_unit_asks_for_more(centre):
    case_id = suspended(centre, until=date(2026, 12, 10))
    assert commands.remind_ending(MONDAY_NINE + HOUR) == 0
    with clock.held_at(MONDAY_NINE + 11 * DAY):
        assert commands.remind_ending(clock.now()) == 1
        assert commands.remind_ending(clock.now()) == 0
        assert marks_of(Case.objects.get(id=case_id).marks) == ["ending"]
        commands.ask_renewal(centre.act("handler"), case_id, reason="配件未到", until=date(2027, 1, 10))
        assert [line.renew_until for line in queries.suspended(centre.act("dispatcher"), ending=True).rows] == [date(2027, 1, 10)]
        with expect_refusal(CaseError.NOT_NOW, CaseError.WRONG_ROLE):
            commands.ask_renewal(centre.act("dispatcher"), case_id, reason="我来", until=date(2027, 1, 10))
        commands.renew(centre.act("dispatcher"), case_id, reason="同意")
    assert marks_of(Case.objects.get(id=case_id).marks) == []
    standing = Adjustment.objects.get(case_id=case_id)
    assert (standing.until, standing.resume_at) == (date(2027, 1, 10), datetime(2027, 1, 11, 0, 0, tzinfo=UTC))  # a Sunday
    assert verbs(case_id)[-3:] == ["case.suspension_ends_soon", "case.renewal_asked", "case.suspension_renewed"]


def test_with_its_renewals_a_suspension_lasts_no_longer_than_the_most(centre):
    set_setting(accounts.operator(), "suspension_days", "30")
    case_id = suspended(centre, until=date(2026, 12, 10))
    with clock.held_at(MONDAY_NINE + 10 * DAY):
        with expect_refusal(ClockError.SUSPENSION_TOO_LONG):
            commands.renew(centre.act("dispatcher"), case_id, reason="再等", until=date(2026, 12, 24))
        commands.renew(centre.act("dispatcher"), case_id, reason="再等", until=date(2026, 12, 23))
    with expect_refusal(CaseError.NOT_NOW):
        commands.renew(centre.act("dispatcher"), centre.handled(), reason="没有挂账", until=THURSDAY)


def test_greening_waits_for_the_planting_season(centre):
    """Season by class and area; a class without one cannot wait for it."""
    case_id = centre.handled()
    with expect_refusal(ClockError.NO_SEASON):
        commands.ask_suspension(centre.act("handler"), case_id, reason="等种植季", season=True)
    set_setting(accounts.operator(), "planting_seasons", f"{GARBAGE}=03-01~04-30,10-15~11-30")
    with expect_refusal(ClockError.SEASON_NOW):
        commands.suspend(centre.act("dispatcher"), case_id, reason="等种植季", season=True)
    set_setting(accounts.operator(), "planting_seasons", f"{GARBAGE}=03-01~04-30")
    commands.ask_suspension(centre.act("handler"), case_id, reason="等种植季", season=True)
    commands.suspend(centre.act("dispatcher"), case_id, reason="同意")
    standing = Adjustment.objects.get(case_id=case_id)
    assert (standing.until, standing.season, standing.resume_at) == (date(2027, 3, 1), True, datetime(2027, 3, 1, 0, 0, tzinfo=UTC))


def test_the_list_tells_what_stands_still_and_for_how_long(centre, django_assert_num_queries):
    late, soon = suspended(centre, until=date(2026, 12, 10)), suspended(centre, until=THURSDAY)
    who = centre.act("dispatcher")
    queries.suspended(who)
    with clock.held_at(MONDAY_NINE + DAY), django_assert_num_queries(2):
        page = queries.suspended(who)
    assert [(row.id, row.days_left, row.until, row.unit_name, row.reason) for row in page.rows] == [
        (soon, 9, THURSDAY, "环卫所", "等待配件"), (late, 16, date(2026, 12, 10), "环卫所", "等待配件")]
    assert [row.id for row in queries.suspended(centre.act("handler")).rows] == [soon, late]
    assert queries.suspended(centre.act("otherhandler")).rows == []
    assert queries.suspended(centre.act("neighbour")).rows == []
    first = queries.suspended(who, limit=1)
    assert [row.id for row in queries.suspended(who, limit=1, after=first.next).rows] == [late]
    assert catalogue.book(journaled.generations()).setting("suspension_days") == "365"


def test_the_address_takes_days_and_answers_bad_ones_in_words(centre):
    case_id = centre.handled()
    client = centre.client("dispatcher")
    sent = {"content_type": "application/json"}
    assert client.post(f"/api/cases/{case_id}/suspend", {"reason": "等", "until": "下周"}, **sent).status_code == 400
    assert client.post(f"/api/cases/{case_id}/suspend", {"reason": "等", "until": "2026-12-03"}, **sent).status_code == 200
    assert client.get("/api/suspensions?limit=1").json()["rows"][0]["days_left"] == 10
    refused = client.post(f"/api/cases/{case_id}/renew", {"reason": "", "until": "2026-12-04"}, **sent)
    assert (refused.status_code, refused.json()["code"]) == (422, "case.missing")
    assert client.post(f"/api/cases/{case_id}/renew", {"reason": "再等等", "until": "2026-12-04"}, **sent).status_code == 200
    detail = client.get(f"/api/cases/{case_id}").json()
    assert detail["adjustments"][0]["until"] == "2026-12-04"
    assert "renew" in [each["deed"] for each in detail["beside"]]
