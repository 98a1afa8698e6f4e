"""The work calendar: versions, hours, single dates, year lists; and that `cases` can count with it (C4)."""

import json
from datetime import date, time, timedelta

import pytest

from jingwei.accounts.errors import AccountError
from jingwei.cases.clock import Limit, Unit, WorkCalendar, due
from jingwei.catalogue import commands, queries, shipped
from jingwei.catalogue.errors import CatalogueError
from jingwei.catalogue.holidays import write_table
from jingwei.catalogue.models import CalendarDay
from jingwei.catalogue.models import WorkCalendar as CalendarRow
from jingwei.journal import queries as journal
from jingwei.kernel.clock import held_at
from tests.cases.calendars import local, official, shown
from tests.catalogue.conftest import AT, person, refusal, verbs

pytestmark = pytest.mark.django_db

ORDINARY = [[["08:00", "12:00"], ["14:00", "18:00"]]] * 5 + [[], []]
SUMMER = [[["08:00", "12:00"], ["15:00", "18:30"]]] * 5 + [[], []]


def in_force(area_path: str = "") -> queries.CalendarDays:
    return queries.work_calendar(journal.generations(), area_path)


def year_file(year: int, *days: tuple[str, bool]) -> bytes:
    return json.dumps({"year": year, "days": [
        {"name": "节日", "date": on, "isOffDay": off} for on, off in days]}).encode()


def edit(actor, area_code: str = "", dry_run: bool = False, **changes) -> commands.Edited:
    return commands.edit_calendar(actor, commands.Edit(**changes), area_code=area_code, dry_run=dry_run)


def test_until_somebody_edits_it_the_shipped_calendar_is_in_force():
    days = in_force()
    assert days.version == "v0-2026"
    assert (days.exceptions, days.names) == (official().exceptions, official().names)
    assert days.slots[0] == ((time(8), time(12)), (time(14), time(18)))
    assert days.known_years == frozenset(range(2014, 2027))


def test_the_clock_counts_with_what_the_catalogue_says(operator):
    edit(operator, slots=SUMMER)
    days = in_force()
    calendar = WorkCalendar(
        version=days.version, zone=days.zone, slots=days.slots, exceptions=days.exceptions, names=days.names,
        known_years=days.known_years, makeup_slots=days.makeup_slots)
    assert calendar.day == timedelta(hours=7, minutes=30)
    assert shown(due(local("2026-11-20 18:00"), Limit(1, Unit.WORK_HOUR), calendar).at) == "2026-11-23 08:30"


def test_every_edit_makes_a_version_and_old_ones_can_still_be_read(operator):
    with held_at(AT):
        first = edit(operator, slots=SUMMER, note="夏令作息")
    with held_at(AT + timedelta(days=1)):
        second = edit(operator, days={date(2026, 11, 27): ("off", "本地停电检修")})
    assert (first.version, second.version) == ("v1", "v2")
    assert in_force().exceptions[date(2026, 11, 27)] == "off"
    assert in_force().names[date(2026, 11, 27)] == "本地停电检修"
    assert date(2026, 11, 27) not in queries.calendar_of_version("v1").exceptions
    assert queries.calendar_of_version("v0-2026").slots != in_force().slots
    assert queries.calendar_of_version("v9") is queries.calendar_of_version("nonsense") is None
    assert queries.calendar_then(AT + timedelta(hours=1)).version == "v1"
    assert queries.calendar_then(AT - timedelta(hours=1)).version == "v0-2026"
    assert verbs("calendar:all") == ["calendar.edited"] * 2


def test_an_edit_that_changes_nothing_makes_no_version(operator):
    assert not edit(operator, slots=ORDINARY).changed
    edit(operator, days={date(2026, 11, 27): ("off", "停电")})
    again = edit(operator, days={date(2026, 11, 27): ("off", "停电")}, zone="Asia/Shanghai")
    assert (again.changed, again.version) == (False, "v1")
    assert CalendarRow.objects.count() == 1


def test_a_day_can_be_made_ordinary_again(operator):
    edit(operator, days={date(2026, 10, 10): ("", "")})
    assert date(2026, 10, 10) not in in_force().exceptions


def test_a_dry_run_tells_what_looks_odd_and_writes_nothing(operator):
    tried = edit(operator, days={date(2026, 11, 27): ("work", "")}, dry_run=True)
    assert (tried.changed, tried.version) == (True, "v0-2026")
    assert "work.redundant" in {finding.code for finding in tried.findings}
    assert CalendarRow.objects.count() == 0


def test_make_up_days_may_have_hours_of_their_own(operator):
    edit(operator, makeup=[["08:00", "12:00"]])
    assert in_force().makeup_slots == ((time(8), time(12)),)
    edit(operator, makeup=[])
    assert in_force().makeup_slots is None


def test_an_area_may_have_its_own_calendar_and_begins_with_the_one_above(operator, ground):
    edit(operator, slots=SUMMER)
    made = edit(operator, area_code=ground.town_code, days={date(2026, 4, 19): ("off", "三月三")})
    assert made.version == "v2"
    assert in_force(ground.town).slots == in_force().slots
    assert in_force(f"{ground.town}5/").exceptions[date(2026, 4, 19)] == "off"
    assert date(2026, 4, 19) not in in_force(ground.county).exceptions
    edit(operator, zone="Asia/Urumqi")
    assert (in_force(ground.county).zone, in_force(ground.town).zone) == ("Asia/Urumqi", "Asia/Shanghai")


def test_a_year_list_replaces_the_earlier_list_of_its_year(operator):
    first = year_file(2027, ("2027-01-01", True), ("2026-12-31", True), ("2027-01-03", False))
    assert commands.import_holidays(operator, [first]).version == "v1"
    assert in_force().known_years == frozenset(range(2014, 2028))
    assert in_force().exceptions[date(2026, 12, 31)] == "off"
    second = year_file(2027, ("2027-01-01", True))
    commands.import_holidays(operator, [second])
    found = in_force().exceptions
    assert date(2026, 12, 31) not in found, "the new list no longer has it"
    assert date(2027, 1, 3) not in found
    assert found[date(2026, 10, 1)] == "off", "other years stay"
    assert not commands.import_holidays(operator, [second]).changed


def test_days_set_by_hand_outlive_a_year_list(operator):
    edit(operator, days={date(2027, 4, 9): ("off", "三月三"), date(2027, 1, 1): ("work", "值班")})
    commands.import_holidays(operator, [year_file(2027, ("2027-01-01", True), ("2027-05-01", True))])
    found = in_force().exceptions
    assert (found[date(2027, 4, 9)], found[date(2027, 1, 1)], found[date(2027, 5, 1)]) == ("off", "work", "off")


def test_a_table_of_the_product_is_a_year_list_too(operator):
    table = write_table(shipped.holidays().days.values()).replace("国庆节", "国庆")
    edited = commands.import_holidays(operator, [table.encode("utf-8-sig")])
    assert edited.changed
    assert in_force().names[date(2026, 10, 1)] == "国庆"
    assert CalendarDay.objects.filter(calendar__number=1).count() == 432


def test_conflicts_between_lists_are_told(operator):
    edited = commands.import_holidays(operator, [
        year_file(2027, ("2027-12-31", False)), year_file(2028, ("2027-12-31", True), ("2028-01-01", True))])
    assert "holiday.conflict" in {finding.code for finding in edited.findings}
    assert in_force().exceptions[date(2027, 12, 31)] == "off"


def test_real_year_files_change_nothing_over_the_shipped_lists(operator, test_data):
    files = [path.read_bytes() for path in sorted((test_data / "holidays").glob("*.json"))]
    assert not commands.import_holidays(operator, files).changed


REFUSED = [
    ({"slots": ORDINARY[:6]}, CatalogueError.WEEK_WRONG),
    ({"slots": "always"}, CatalogueError.WEEK_WRONG),
    ({"slots": [[]] * 7}, CatalogueError.NO_WORK),
    ({"slots": [[["18:00", "08:00"]]] * 7}, CatalogueError.SLOTS_WRONG),
    ({"slots": [[["08:00", "12:00"], ["11:00", "13:00"]]] * 7}, CatalogueError.SLOTS_WRONG),
    ({"slots": [[["8:00", "12:00"]]] * 7}, CatalogueError.SLOTS_WRONG),
    ({"slots": [[["08:00", "25:00"]]] * 7}, CatalogueError.SLOTS_WRONG),
    ({"slots": [[["０8:00", "12:00"]]] * 7}, CatalogueError.SLOTS_WRONG),
    ({"slots": [[["24:00", "24:00"]]] * 7}, CatalogueError.SLOTS_WRONG),
    ({"slots": [[8, 12]] * 7}, CatalogueError.SLOTS_WRONG),
    ({"slots": [None] * 7}, CatalogueError.SLOTS_WRONG),
    ({"makeup": [["12:00", "08:00"]]}, CatalogueError.SLOTS_WRONG),
    ({"zone": "Asia/Nowhere"}, CatalogueError.ZONE_UNKNOWN),
    ({"zone": "../../etc/passwd"}, CatalogueError.ZONE_UNKNOWN),
    ({"zone": ""}, CatalogueError.ZONE_UNKNOWN),
    ({"days": {date(2026, 11, 27): ("holiday", "")}}, CatalogueError.DAY_WRONG),
    ({"days": {date(2000, 1, 1) + timedelta(days=n): ("off", "") for n in range(5001)}}, CatalogueError.TOO_MANY_DAYS),
]


@pytest.mark.parametrize(("changes", "code"), REFUSED)
def test_it_refuses_a_calendar_that_makes_no_sense(operator, changes, code):
    assert refusal(lambda: edit(operator, **changes)) is code
    assert CalendarRow.objects.count() == 0


def test_slots_may_end_at_midnight(operator):
    edit(operator, slots=[[["00:00", "24:00"]]] * 7)
    assert in_force().slots[0] == ((time(0), time(0)),)
    assert not edit(operator, slots=[[["00:00", "00:00"]]] * 7).changed


def test_it_needs_the_right_where_the_calendar_holds(operator, ground):
    town = person("calendar.manage", area_path=ground.town)
    assert refusal(lambda: edit(town, slots=SUMMER)) is AccountError.RIGHT_ELSEWHERE
    assert refusal(lambda: edit(town, area_code=ground.county_code, slots=SUMMER)) is CatalogueError.AREA_UNKNOWN
    assert refusal(lambda: edit(operator, area_code="404", slots=SUMMER)) is CatalogueError.AREA_UNKNOWN
    assert refusal(lambda: commands.import_holidays(town, [year_file(2027)])) is AccountError.RIGHT_ELSEWHERE
    sees = person("calendar.read", "area.read")
    assert refusal(lambda: edit(sees, area_code=ground.town_code, slots=SUMMER)) is AccountError.NO_RIGHT
    assert edit(town, area_code=ground.town_code, slots=SUMMER).changed


def test_a_malformed_list_is_refused_whole(operator):
    good = year_file(2027, ("2027-01-01", True))
    for bad in (b"{}", b"[1]", b"nothing", b"", b"\xff\xfe"):
        with pytest.raises(Exception) as refused:
            commands.import_holidays(operator, [good, bad])
        assert refused.type.__name__ == "Refusal"
    assert CalendarRow.objects.count() == 0
