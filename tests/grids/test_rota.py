"""The rota in the tables: shifts, patterns, tables of shifts, holes, who is on duty by it."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.accounts.commands import users
from jingwei.accounts.errors import AccountError
from jingwei.formats.tables import read_table
from jingwei.grids import commands, ports, queries
from jingwei.grids.errors import GridError
from jingwei.grids.findings import Remark
from jingwei.grids.models import Area, GridSystem, Shift
from jingwei.grids.staffing import Why
from jingwei.journal.queries import history
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError
from tests.grids.conftest import EAST, WEST, Town, manager, reason

pytestmark = pytest.mark.django_db
MONDAY = date(2024, 9, 2)
DAY = timedelta(days=1)
ZONE = ZoneInfo("Asia/Shanghai")
TIMES = [("06:30", "13:30"), ("13:30", "20:30")]
People = dict[str, UUID]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def grid(tree: Town, operator: Actor) -> int:
    area = commands.create_area(operator, f"{WEST}R01", "枫林第一网格", "responsibility", parent_id=tree[WEST])
    commands.set_cover(operator, area, "06:30", "20:30")
    return area


def holes(grid: int, operator: Actor, days: int = 1) -> list[tuple[date, str, str, int]]:
    return [(one.begins_on, one.start, one.end, one.minutes) for one in queries.rota(operator, grid, MONDAY, days).holes]


def test_a_week_by_a_pattern_has_no_hole_and_one_minute_less_has_one_a_day(grid: int, people: People, operator: Actor) -> None:
    """AT-43."""
    staff = list(people.values())
    planned = commands.plan_rota(operator, grid, staff, TIMES, MONDAY, MONDAY + 6 * DAY)
    assert (planned.made, planned.removed) == (14, 0)
    assert holes(grid, operator, 7) == []
    again = commands.plan_rota(operator, grid, staff, [("06:30", "13:30"), ("13:31", "20:30")], MONDAY, MONDAY + 6 * DAY)
    assert (again.made, again.removed) == (14, 14)
    assert holes(grid, operator, 7) == [(MONDAY + number * DAY, "13:30", "13:31", 1) for number in range(7)]
    assert [entry.verb for entry in history(f"area_rota:{grid}")] == ["rota.cover_set", "rota.planned", "rota.planned"]


def test_the_rota_answers_first_and_the_posts_where_no_shift_runs(grid: int, people: People, operator: Actor) -> None:
    commands.staff(operator, grid, people["wang"], "main", MONDAY)
    commands.add_shift(operator, grid, people["li"], MONDAY, "13:30", "20:30")
    commands.add_shift(operator, grid, people["zhao"], MONDAY, "20:30", "06:30")
    asked = [at(MONDAY, 13, 29), at(MONDAY, 13, 30), at(MONDAY, 21), at(MONDAY + DAY, 6, 29), at(MONDAY + DAY, 6, 30)]
    found = [queries.on_duty(grid, each) for each in asked]
    assert [(one.user, one.why) for one in found] == [
        (people["wang"], Why.MAIN), (people["li"], Why.SHIFT), (people["zhao"], Why.SHIFT), (people["zhao"], Why.SHIFT),
        (people["wang"], Why.MAIN)]
    commands.set_absent(operator, people["li"], at(MONDAY, 15), at(MONDAY, 16))
    one = queries.on_duty(grid, at(MONDAY, 15))
    assert (one.user, one.why, one.passed_over) == (people["wang"], Why.MAIN, (people["li"],))
    assert holes(grid, operator)[-1] == (MONDAY, "15:00", "16:00", 60)
    assert [(line.user_name, line.away) for line in queries.rota(operator, grid, MONDAY, 1).shifts] == [
        ("李演示", True), ("赵试用", False)]


def test_a_unit_grid_is_answered_for_by_whoever_is_on_shift_above_it(grid: int, people: People, operator: Actor) -> None:
    unit = commands.create_area(operator, f"{WEST}001", "1号单元", "unit", parent_id=grid)
    commands.add_shift(operator, grid, people["li"], MONDAY, "06:30", "13:30")
    answer = queries.answerable(unit, at(MONDAY, 9))
    assert (answer.user_id, answer.why, answer.place and answer.place.area_id) == (people["li"], "shift", grid)
    (first,) = queries.posted(unit, at(MONDAY, 9))
    assert (first.user_id, first.on_duty, first.why) == (people["li"], True, "shift")


def test_one_person_on_two_grids_at_a_time_is_told_with_both(grid: int, tree: Town, people: People, operator: Actor) -> None:
    other = commands.create_area(operator, f"{EAST}R01", "书院第一网格", "responsibility", parent_id=tree[EAST])
    commands.add_shift(operator, grid, people["li"], MONDAY, "06:30", "13:30")
    commands.add_shift(operator, other, people["li"], MONDAY, "13:00", "20:30")
    (double,) = queries.rota(operator, grid, MONDAY, 1).doubles
    assert (double.user_name, double.start, double.end, double.minutes, double.area_names) == (
        "李演示", "13:00", "13:30", 30, ["枫林第一网格", "书院第一网格"])


def test_official_holidays_rest_where_the_cover_and_the_pattern_say_so(
        grid: int, people: People, operator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_days_off", lambda first, last, path: frozenset({MONDAY + DAY}))
    planned = commands.plan_rota(operator, grid, [people["li"]], [("06:30", "20:30")], MONDAY, MONDAY + 2 * DAY, skip_holidays=True)
    assert planned.made == 2
    assert holes(grid, operator, 3) == [(MONDAY + DAY, "06:30", "20:30", 840)]
    commands.set_cover(operator, grid, "06:30", "20:30", on_holidays=False)
    assert holes(grid, operator, 3) == []
    assert queries.rota(operator, grid, MONDAY, 3).holidays == [MONDAY + DAY]


def test_what_must_be_covered_comes_from_the_area_above_or_from_the_system(
        grid: int, tree: Town, people: People, operator: Actor) -> None:
    commands.set_cover(operator, grid, "", "")
    assert queries.rota(operator, grid, MONDAY, 1).cover is None
    commands.set_cover(operator, tree[WEST], "08:00", "08:00")
    cover = queries.rota(operator, grid, MONDAY, 1).cover
    assert cover
    assert (cover.start, cover.end, cover.area_name) == ("08:00", "08:00", "枫林社区")
    assert holes(grid, operator) == [(MONDAY, "08:00", "08:00", 1440)]
    commands.set_cover(operator, tree[WEST], "", "")
    GridSystem.objects.filter(pk="base").update(rules=[{"asks": "cover", "level": 6, "value": "06:30-20:30"}])
    assert holes(grid, operator) == [(MONDAY, "06:30", "20:30", 840)]


def test_shifts_that_rules_forbid(grid: int, people: People, operator: Actor) -> None:
    add = commands.add_shift
    add(operator, grid, people["li"], MONDAY, "06:30", "13:30")
    assert reason(add, operator, grid, people["li"], MONDAY, "06:30", "12:00") is GridError.ON_SHIFT_ALREADY
    assert reason(add, operator, grid, people["li"], MONDAY, "早上", "12:00") is GridError.BAD_SHIFT
    assert reason(add, operator, grid, people["li"], MONDAY, "24:00", "12:00") is GridError.BAD_SHIFT
    assert reason(add, operator, grid, uuid4(), MONDAY, "06:30", "12:00") is GridError.UNKNOWN_PERSON
    assert reason(add, operator, 10**9, people["li"], MONDAY, "06:30", "12:00") is KernelError.NOT_FOUND
    users.dismiss(operator, people["zhao"])
    assert reason(add, operator, grid, people["zhao"], MONDAY, "06:30", "12:00") is GridError.UNKNOWN_PERSON
    everybody = list(people.values())
    assert reason(commands.plan_rota, operator, grid, everybody, TIMES, MONDAY, MONDAY) is GridError.UNKNOWN_PERSON
    assert Shift.objects.count() == 1


@pytest.mark.parametrize("given", [
    {"first": MONDAY + DAY}, {"last": MONDAY + 400 * DAY}, {"times": []}, {"times": [("06:30", "13:30"), ("06:30", "14:00")]},
    {"people": []}, {"twice": True}, {"turn": "month"}, {"weekdays": []}])
def test_a_pattern_that_cannot_be_planned_says_why(grid: int, people: People, operator: Actor, given: dict[str, Any]) -> None:
    who = given.get("people", [people["li"]] * (2 if given.get("twice") else 1))
    assert reason(commands.plan_rota, operator, grid, who, given.get("times", TIMES), given.get("first", MONDAY),
                  given.get("last", MONDAY), turn=given.get("turn", "day"),
                  weekdays=given.get("weekdays", range(7))) is GridError.BAD_PATTERN


def test_a_shift_that_is_taken_away_stays_void_and_told(grid: int, people: People, operator: Actor) -> None:
    shift = commands.add_shift(operator, grid, people["li"], MONDAY, "06:30", "13:30")
    commands.drop_shift(operator, shift)
    commands.drop_shift(operator, shift)
    assert Shift.objects.get(pk=shift).void
    assert [entry.verb for entry in history(f"area_rota:{grid}")][-1] == "shift.removed"
    assert len(history(f"area_rota:{grid}")) == 3
    commands.add_shift(operator, grid, people["li"], MONDAY, "06:30", "13:30")


def test_the_rota_is_planned_and_read_within_reach_only(grid: int, tree: Town, people: People, operator: Actor) -> None:
    west, east = (manager(Area.objects.get(pk=tree[code]).path) for code in (WEST, EAST))
    shift = commands.add_shift(west, grid, people["li"], MONDAY, "06:30", "13:30")
    assert reason(queries.rota, east, grid, MONDAY) is KernelError.NOT_FOUND
    assert reason(commands.drop_shift, east, shift) is KernelError.NOT_FOUND
    reader = manager(Area.objects.get(pk=tree[WEST]).path, "area.read")
    assert len(queries.rota(reader, grid, MONDAY).shifts) == 1
    assert reason(commands.set_cover, reader, grid, "06:30", "20:30") is AccountError.NO_RIGHT


TABLE = f"""网格编码,登录名,日期,上班,下班
{WEST}R01,li,2024-09-02,06:30,13:30
{WEST}R01,zhao,2024/9/2,13:30:00,20:30
{WEST}R01,li,2024-09-02,6点半,20:30
{WEST}R01,nobody,2024-09-02,06:30,20:30
NOWHERE,li,2024-09-02,06:30,20:30
{WEST}R01,li,2024-09-31,06:30,20:30
{WEST}R01,li,2024-09-02,06:30,12:00
"""


def test_a_table_of_shifts_comes_in_row_by_row(grid: int, people: People, operator: Actor) -> None:
    def known(logins: set[str]) -> People:
        return {login: people[login] for login in logins if login in people}

    foretold = commands.import_rota(operator, read_table(TABLE.encode()), known, dry_run=True)
    assert (foretold.made, Shift.objects.count()) == (2, 0)
    first = commands.import_rota(operator, read_table(TABLE.encode()), known, file_hash="a" * 64)
    assert [(one.row, one.reason) for one in first.findings] == [
        (4, Remark.BAD_SHIFT), (5, GridError.UNKNOWN_PERSON), (6, GridError.UNKNOWN_AREA), (7, Remark.BAD_SHIFT),
        (8, GridError.ON_SHIFT_ALREADY)]
    assert (first.made, holes(grid, operator)) == (2, [])
    second = commands.import_rota(operator, read_table(TABLE.encode()), known, file_hash="a" * 64)
    assert (second.made, second.standing) == (0, 2)
    assert len(history("rota_import:" + "a" * 40)) == 2


def test_a_month_of_shifts_costs_no_more_statements_than_a_day(grid: int, people: People, operator: Actor) -> None:
    counts = []
    for days in (1, 31):
        commands.plan_rota(operator, grid, list(people.values()), TIMES, MONDAY, MONDAY + (days - 1) * DAY)
        queries.rota(operator, grid, MONDAY, 1)
        with CaptureQueriesContext(connection) as caught:
            queries.rota(operator, grid, MONDAY, days)
        counts.append(len(caught))
    assert counts[0] == counts[1]
    assert counts[0] <= 9
