"""Staffing in the tables: one main per grid, deputies, absences, certificates, gaps; scope and history."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from jingwei.accounts.commands import users
from jingwei.accounts.errors import AccountError
from jingwei.formats.tables import read_table
from jingwei.grids import commands, queries
from jingwei.grids.days import today
from jingwei.grids.errors import GridError
from jingwei.grids.findings import Remark
from jingwei.grids.models import Area, Staffing
from jingwei.grids.staffing import Why
from jingwei.journal.queries import history
from jingwei.kernel.actor import Actor
from jingwei.kernel.clock import held_at
from jingwei.kernel.errors import KernelError
from tests.grids.conftest import EAST, WEST, Town, manager, reason

pytestmark = pytest.mark.django_db
MONDAY = date(2024, 9, 2)
DAY = timedelta(days=1)
ZONE = ZoneInfo("Asia/Shanghai")
People = dict[str, UUID]


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


@pytest.fixture
def grid(tree: Town, operator: Actor) -> int:
    return commands.create_area(operator, f"{WEST}R01", "枫林第一网格", "responsibility", parent_id=tree[WEST])


def test_b_stands_in_while_a_is_away(grid: int, people: People, operator: Actor) -> None:
    """STF-03."""
    commands.staff(operator, grid, people["wang"], "main", MONDAY, duties=["信息采集", "矛盾调解"])
    commands.staff(operator, grid, people["li"], "deputy", MONDAY)
    commands.set_absent(operator, people["wang"], at(MONDAY, 12), at(MONDAY, 14))
    duties = [queries.on_duty(grid, at(MONDAY, hour)) for hour in (11, 12, 14)]
    assert [(duty.user, duty.why) for duty in duties] == [
        (people["wang"], Why.MAIN), (people["li"], Why.STANDS_IN), (people["wang"], Why.MAIN)]
    assert queries.on_duty(grid, at(MONDAY - DAY)).why is Why.NOBODY


def test_a_unit_grid_is_answered_for_by_the_grid_above_it(grid: int, tree: Town, people: People, operator: Actor) -> None:
    unit = commands.create_area(operator, f"{WEST}001", "1号单元", "unit", parent_id=grid)
    commands.staff(operator, tree[WEST], people["zhao"], "main", MONDAY)
    answer = queries.answerable(unit, at(MONDAY))
    assert (answer.user_id, answer.place and answer.place.code) == (people["zhao"], WEST)
    commands.staff(operator, grid, people["wang"], "main", MONDAY)
    assert queries.answerable(unit, at(MONDAY)).user_id == people["wang"]
    commands.set_absent(operator, people["wang"], at(MONDAY, 0))
    answer = queries.answerable(unit, at(MONDAY))
    assert (answer.user_id, answer.passed_over) == (people["zhao"], (people["wang"],))
    commands.set_present(operator, people["wang"], at(MONDAY, 8))
    assert queries.answerable(unit, at(MONDAY)).user_id == people["wang"]


def test_duty_only_with_a_valid_certificate_where_one_is_asked_for(grid: int, people: People, operator: Actor) -> None:
    """STF-27."""
    commands.staff(operator, grid, people["wang"], "main", MONDAY)
    commands.staff(operator, grid, people["li"], "deputy", MONDAY)
    commands.certify(operator, people["wang"], "执法证", MONDAY - 9 * DAY, MONDAY)
    commands.certify(operator, people["li"], "执法证", MONDAY)
    assert queries.on_duty(grid, at(MONDAY), certificate="执法证").user == people["wang"]
    assert queries.on_duty(grid, at(MONDAY + DAY), certificate="执法证").user == people["li"]
    assert queries.on_duty(grid, at(MONDAY + DAY)).user == people["wang"]


def test_a_second_main_needs_a_hand_over(grid: int, people: People, operator: Actor) -> None:
    """STF-01: a fixed person; STF-36: history of posts."""
    first = commands.staff(operator, grid, people["wang"], "main", MONDAY)
    assert reason(commands.staff, operator, grid, people["li"], "main", MONDAY + 7 * DAY) is GridError.MAIN_TAKEN
    commands.staff(operator, grid, people["li"], "main", MONDAY + 7 * DAY, hand_over=True)
    assert Staffing.objects.get(pk=first).until == MONDAY + 6 * DAY
    assert [(line.user_id, line.until) for line in queries.staffing_of(operator, grid, history=True)] == [
        (people["wang"], MONDAY + 6 * DAY), (people["li"], None)]
    assert queries.double_mains(operator) == []
    entries = history(f"area_staffing:{grid}")
    assert [entry.verb for entry in entries] == ["staffing.begun", "staffing.begun"]
    assert json.loads(entries[1].data)["ended"] == [first]
    assert "王示例" not in "".join(entry.data for entry in entries), "no personal values in the journal"


def test_several_posts_at_once_are_allowed(grid: int, tree: Town, people: People, operator: Actor) -> None:
    """STF-05: one post, many duties."""
    commands.staff(operator, grid, people["wang"], "main", MONDAY, duties=["宣传员", "信息员", "调解员", "消防员"])
    commands.staff(operator, tree[EAST], people["wang"], "deputy", MONDAY)
    posts = queries.posts_of(people["wang"], on=MONDAY)
    assert [(post.area_code, post.post) for post in posts] == [(f"{WEST}R01", "main"), (EAST, "deputy")]
    assert posts[0].duties == ["宣传员", "信息员", "调解员", "消防员"]


def test_postings_that_rules_forbid(grid: int, people: People, operator: Actor) -> None:
    commands.staff(operator, grid, people["wang"], "deputy", MONDAY)
    assert reason(commands.staff, operator, grid, people["wang"], "deputy", MONDAY) is GridError.POSTED_ALREADY
    assert reason(commands.staff, operator, grid, people["wang"], "chief", MONDAY) is GridError.UNKNOWN_POST
    assert reason(commands.staff, operator, grid, people["wang"], "main", MONDAY, until=MONDAY - DAY) is GridError.BAD_DAYS
    assert reason(commands.staff, operator, grid, uuid4(), "main", MONDAY) is GridError.UNKNOWN_PERSON
    users.dismiss(operator, people["li"])
    assert reason(commands.staff, operator, grid, people["li"], "main", MONDAY) is GridError.UNKNOWN_PERSON
    assert reason(commands.staff, operator, 10**9, people["wang"], "main", MONDAY) is KernelError.NOT_FOUND
    assert Staffing.objects.count() == 1


def test_ending_a_posting_keeps_it_and_one_that_never_began_is_void(grid: int, people: People, operator: Actor) -> None:
    running = commands.staff(operator, grid, people["wang"], "main", MONDAY)
    future = commands.staff(operator, grid, people["li"], "deputy", MONDAY + 30 * DAY)
    commands.unstaff(operator, running, MONDAY + DAY)
    commands.unstaff(operator, future, MONDAY + DAY)
    assert queries.on_duty(grid, at(MONDAY + DAY)).user == people["wang"]
    assert queries.on_duty(grid, at(MONDAY + 2 * DAY)).why is Why.NOBODY
    assert queries.on_duty(grid, at(MONDAY + 40 * DAY)).why is Why.NOBODY
    assert reason(commands.unstaff, operator, future) is KernelError.NOT_FOUND
    assert Staffing.objects.count() == 2


def test_somebody_is_away_once_at_a_time(grid: int, people: People, operator: Actor) -> None:
    commands.set_absent(operator, people["wang"], at(MONDAY), at(MONDAY + DAY))
    assert reason(commands.set_absent, operator, people["wang"], at(MONDAY, 12)) is GridError.ALREADY_AWAY
    commands.set_absent(operator, people["wang"], at(MONDAY + DAY))
    assert reason(commands.set_absent, operator, people["wang"], at(MONDAY + 9 * DAY)) is GridError.ALREADY_AWAY
    naive = datetime(2024, 9, 2)  # noqa: DTZ001
    assert reason(commands.set_absent, operator, people["li"], naive) is GridError.BAD_DAYS
    assert reason(commands.set_absent, operator, people["li"], at(MONDAY), at(MONDAY)) is GridError.BAD_DAYS


def test_one_may_set_oneself_away_and_managers_their_own_people(grid: int, tree: Town, people: People, operator: Actor) -> None:
    commands.staff(operator, grid, people["wang"], "main", MONDAY)
    west, east = (Area.objects.get(pk=tree[code]).path for code in (WEST, EAST))
    own = manager(east, "area.read", user_id=people["wang"])
    commands.set_absent(own, people["wang"], at(MONDAY), at(MONDAY, 12))
    commands.set_absent(manager(west), people["wang"], at(MONDAY, 13), at(MONDAY, 14))
    assert reason(commands.set_absent, manager(east), people["wang"], at(MONDAY, 15)) is KernelError.NOT_FOUND
    assert reason(commands.set_absent, own, people["li"], at(MONDAY)) is AccountError.NO_RIGHT


def test_nobody_responsible_shows_as_a_gap_at_once(grid: int, tree: Town, people: People, operator: Actor) -> None:
    """Product G3."""
    other = commands.create_area(operator, f"{EAST}R01", "书院第一网格", "responsibility", parent_id=tree[EAST])
    assert [line.id for line in queries.gaps(operator, on=MONDAY)] == [grid, other]
    commands.staff(operator, grid, people["wang"], "main", MONDAY, until=MONDAY + DAY)
    commands.staff(operator, other, people["li"], "deputy", MONDAY)
    assert [line.id for line in queries.gaps(operator, on=MONDAY)] == [other], "a deputy alone is a gap"
    assert [line.id for line in queries.gaps(operator, on=MONDAY + 2 * DAY)] == [grid, other]
    assert [line.id for line in queries.gaps(operator, tree[EAST], on=MONDAY)] == [other]
    assert [line.id for line in queries.gaps(operator, on=MONDAY + 2 * DAY, after=f"{WEST}R01")] == [other]
    commands.set_up_from(operator, "lab")
    commands.add_grid(operator, "lab", "A", "甲楼")
    assert [line.id for line in queries.gaps(operator, on=MONDAY)] == [other], "other systems have rules of their own"
    west = manager(Area.objects.get(pk=tree[WEST]).path)
    assert queries.gaps(west, on=MONDAY) == []
    assert queries.gaps(west, tree[EAST], on=MONDAY) == []


def test_a_retired_grid_ends_its_postings(grid: int, people: People, operator: Actor) -> None:
    with held_at(datetime(2024, 9, 10, 20, tzinfo=UTC)):
        assert today() == date(2024, 9, 11), "four in the morning in China"
        commands.staff(operator, grid, people["wang"], "main", MONDAY)
        commands.staff(operator, grid, people["li"], "deputy", date(2024, 10, 1))
        commands.retire(operator, grid)
    assert [(one.until, one.void) for one in Staffing.objects.order_by("since")] == [
        (date(2024, 9, 11), False), (None, True)]


TABLE = f"""网格编码,登录名,岗位,开始,结束,职责
{WEST}R01,wang,主责,2024-09-02,,信息采集、巡查
{WEST}R01,li,B岗,2024年9月2日,2024/12/31,
{WEST}R01,zhao,主责,2024-09-03,,
{WEST}R01,nobody,主责,2023-01-01,2023-02-01,
NOWHERE,wang,主责,2024-09-02,,
{WEST}R01,wang,队长,2024-09-02,,
{WEST}R01,wang,成员,2024-13-02,,
{WEST}R01,wang,成员,２０２４-09-02,,
"""


def test_a_table_of_postings_comes_in_row_by_row(grid: int, people: People, operator: Actor) -> None:
    """One entry for the file; wrong rows leave the others alone; the same file again changes nothing."""
    def known(logins: set[str]) -> dict[str, UUID]:
        return {login: people[login] for login in logins if login in people}

    first = commands.import_staffing(operator, read_table(TABLE.encode()), known, file_hash="f" * 64)
    made, findings = first.made, first.findings
    assert made == 2
    assert [(one.row, one.reason) for one in findings] == [
        (4, GridError.MAIN_TAKEN), (5, GridError.UNKNOWN_PERSON), (6, GridError.UNKNOWN_AREA),
        (7, Remark.BAD_POSTING), (8, Remark.BAD_POSTING), (9, Remark.BAD_POSTING)]
    lines = queries.staffing_of(operator, grid, on=MONDAY)
    assert [(line.post, line.since, line.until, line.duties) for line in lines] == [
        ("main", MONDAY, None, ["信息采集", "巡查"]), ("deputy", MONDAY, date(2024, 12, 31), [])]
    (entry,) = history("staffing_import:" + "f" * 40)
    assert json.loads(entry.data) == {"file": "f" * 64, "made": 2, "rows": 8, "refused": 6}
    second = commands.import_staffing(operator, read_table(TABLE.encode()), known, file_hash="f" * 64)
    again, findings = second.made, second.findings
    assert again == 0
    assert len(findings) == 6


def test_a_table_needs_its_columns(grid: int, operator: Actor) -> None:
    assert reason(commands.import_staffing, operator, read_table("姓名\n王示例\n".encode()), dict) is GridError.COLUMNS_MISSING


def test_postings_are_read_within_reach_only(grid: int, tree: Town, people: People, operator: Actor) -> None:
    commands.staff(operator, grid, people["wang"], "main", MONDAY)
    east = manager(Area.objects.get(pk=tree[EAST]).path)
    assert queries.staffing_of(east, grid, on=MONDAY) == []
    assert queries.area_detail(east, grid) is None
    assert queries.children(east, tree[WEST]) is None
    assert [line.code for line in queries.roots(east)] == [EAST]
    assert reason(commands.staff, east, grid, people["li"], "deputy", MONDAY) is KernelError.NOT_FOUND
