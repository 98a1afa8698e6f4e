"""Teams in the tables: who is in them, over which areas, what is not as their kind wants it."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.accounts.commands import users
from jingwei.accounts.errors import AccountError
from jingwei.grids import commands, queries
from jingwei.grids.days import today
from jingwei.grids.errors import GridError
from jingwei.grids.models import Area, Boundary, TeamMember
from jingwei.journal.queries import history
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError
from tests.grids.conftest import EAST, WEST, Town, manager, reason

pytestmark = pytest.mark.django_db
TODAY = today()
DAY = timedelta(days=1)
People = dict[str, UUID]


def hire(operator: Actor, count: int) -> list[UUID]:
    return [users.create(operator, f"member{number}", "员示例") for number in range(count)]


def warnings(operator: Actor) -> list[list[str]]:
    return [team.warnings for team in queries.team_list(operator, on=TODAY)[0]]


@pytest.mark.parametrize(("size", "wanted"), [
    (2, ["现有 2 人，按规定为 3 至 5 人"]), (3, []), (5, []), (6, ["现有 6 人，按规定为 3 至 5 人"])])
def test_a_mediation_team_of_three_to_five_passes_and_two_and_six_warn(
        tree: Town, operator: Actor, size: int, wanted: list[str]) -> None:
    """AT-06, STF-11."""
    team = commands.make_team(operator, "mediation", "枫林调解服务队", [tree[WEST]], since=TODAY)
    functions = ["head", "deputy_head", "lawyer", "mediator", "mediator", "contact"]
    for user, function in zip(hire(operator, size), functions, strict=False):
        commands.join_team(operator, team, user, function, since=TODAY)
    assert warnings(operator) == [wanted]


def test_one_person_with_two_functions_counts_once(tree: Town, people: People, operator: Actor) -> None:
    """STF-12: six officers, one person may be several."""
    team = commands.make_team(operator, "mediation", "枫林调解服务队", [tree[WEST]], since=TODAY)
    for function in ("head", "deputy_head", "clerk"):
        commands.join_team(operator, team, people["wang"], function, since=TODAY)
    (line,) = queries.team_list(operator, on=TODAY)[0]
    assert (line.people, line.warnings) == (1, ["现有 1 人，按规定为 3 至 5 人"])
    assert [(one.user_name, one.function_name) for one in line.members] == [
        ("王示例", "队长"), ("王示例", "副队长"), ("王示例", "服务记录员")]


def test_a_patrol_group_spans_adjoining_areas(town: Town, people: People, operator: Actor) -> None:
    """GRD-28: two or more adjoining areas form one patrol group."""
    units = [town[f"{WEST}00{number}"] for number in (1, 2, 3)]
    team = commands.make_team(operator, "patrol", "西片巡查组", units[:1], since=TODAY)
    for user, function in ((people["wang"], "head"), (people["li"], "member")):
        commands.join_team(operator, team, user, function, since=TODAY)
    assert warnings(operator) == [["只有 1 个区域，至少 2 个"]]
    commands.change_team(operator, team, areas=units[:2])
    assert warnings(operator) == [[]]
    commands.change_team(operator, team, areas=[units[0], units[2]], name="两头")
    assert warnings(operator) == [["所辖区域不相连"]]
    commands.change_team(operator, team, areas=units)
    (line,) = queries.team_list(operator, on=TODAY)[0]
    assert (line.name, line.warnings, len(line.areas)) == ("两头", [], 3)


def test_places_in_a_team_have_days_and_a_history(tree: Town, people: People, operator: Actor) -> None:
    team = commands.make_team(operator, "service", "枫林服务队", [tree[WEST]], since=TODAY - 9 * DAY)
    head = commands.join_team(operator, team, people["wang"], "head", since=TODAY - 9 * DAY)
    doctor = commands.join_team(operator, team, people["li"], "doctor", since=TODAY + 3 * DAY)
    assert reason(commands.join_team, operator, team, people["wang"], "head", since=TODAY) is GridError.IN_TEAM_ALREADY
    commands.leave_team(operator, head, TODAY)
    commands.leave_team(operator, doctor)
    (line,) = queries.team_list(operator, on=TODAY)[0]
    assert [(one.user_name, one.until) for one in line.members] == [("王示例", TODAY)]
    assert queries.team_list(operator, on=TODAY + DAY)[0][0].warnings == ["还没有网格长"]
    commands.join_team(operator, team, people["wang"], "head", since=TODAY + DAY)
    assert TeamMember.objects.count() == 3
    assert [entry.verb for entry in history(f"area_team:{team}")] == [
        "team.made", "team.joined", "team.joined", "team.left", "team.left", "team.joined"]
    assert "王示例" not in "".join(entry.data for entry in history(f"area_team:{team}"))


def test_an_ended_team_ends_everybodys_place(tree: Town, people: People, operator: Actor) -> None:
    team = commands.make_team(operator, "service", "枫林服务队", [tree[WEST]], since=TODAY - 30 * DAY)
    commands.join_team(operator, team, people["wang"], "head", since=TODAY - 30 * DAY)
    commands.join_team(operator, team, people["li"], "doctor", since=TODAY + 3 * DAY)
    commands.end_team(operator, team, TODAY - 7 * DAY)
    assert queries.team_list(operator, on=TODAY)[0] == []
    assert [(one.until, one.void) for one in TeamMember.objects.order_by("since")] == [(TODAY - 7 * DAY, False), (None, True)]
    assert reason(commands.join_team, operator, team, people["zhao"], "head", since=TODAY) is GridError.TEAM_ENDED


def test_teams_that_rules_forbid(tree: Town, people: People, operator: Actor) -> None:
    make = commands.make_team
    assert reason(make, operator, "army", "队", [tree[WEST]], since=TODAY) is GridError.BAD_TEAM
    assert reason(make, operator, "squad", " ", [tree[WEST]], since=TODAY) is GridError.BAD_TEAM
    assert reason(make, operator, "squad", "队", [], since=TODAY) is GridError.BAD_TEAM
    assert reason(make, operator, "squad", "队", [10**9], since=TODAY) is KernelError.NOT_FOUND
    assert reason(make, operator, "squad", "队", [tree[WEST]], since=TODAY, until=TODAY - DAY) is GridError.BAD_DAYS
    team = make(operator, "squad", "秸秆巡查队", [tree[WEST]], since=TODAY)
    assert reason(commands.join_team, operator, team, people["wang"], "doctor", since=TODAY) is GridError.BAD_TEAM
    assert reason(commands.join_team, operator, team, uuid4(), "head", since=TODAY) is GridError.UNKNOWN_PERSON
    assert reason(commands.join_team, operator, 10**9, people["wang"], "head", since=TODAY) is KernelError.NOT_FOUND
    assert reason(commands.leave_team, operator, 10**9) is KernelError.NOT_FOUND


def test_a_team_over_two_areas_needs_the_right_on_both(tree: Town, people: People, operator: Actor) -> None:
    west, east = (manager(Area.objects.get(pk=tree[code]).path) for code in (WEST, EAST))
    assert reason(commands.make_team, west, "patrol", "跨区", [tree[WEST], tree[EAST]], since=TODAY) is KernelError.NOT_FOUND
    team = commands.make_team(operator, "patrol", "跨区", [tree[WEST], tree[EAST]], since=TODAY)
    assert [line.id for line in queries.team_list(west, on=TODAY)[0]] == [team], "seen from either side"
    assert reason(commands.join_team, east, team, people["wang"], "head", since=TODAY) is KernelError.NOT_FOUND
    assert [len(queries.team_list(operator, tree[code], on=TODAY)[0]) for code in (WEST, EAST)] == [1, 1]


def test_mediators_follow_from_the_households_that_were_counted(tree: Town, people: People, operator: Actor) -> None:
    """GRD-20, AT-06: 500 households ask for 3 to 5 mediators and 5 to 10 contacts."""
    west = tree[WEST]
    assert queries.capacity_of(operator, west, on=TODAY).households is None
    plan = commands.open_plan(operator, "户数")
    commands.publish_plan(operator, plan)
    Boundary.objects.create(area_id=west, plan_id=plan, wkb=b"", west=0, south=0, east=0, north=0, area_m2=1, households=300)
    told = queries.capacity_of(operator, west, on=TODAY)
    assert (told.households, told.counted_on) == (300, None), "as the buildings of the base map tell"
    commands.count_households(operator, west, 480, TODAY - DAY)
    commands.count_households(operator, west, 500, TODAY)
    team = commands.make_team(operator, "mediation", "枫林调解服务队", [west], since=TODAY)
    for user in people.values():
        commands.join_team(operator, team, user, "mediator", since=TODAY)
    found = queries.capacity_of(operator, west, on=TODAY)
    assert (found.households, found.counted_on) == (500, TODAY)
    assert [(one.function, one.low, one.high, one.found) for one in found.lines] == [("mediator", 3, 5, 3), ("contact", 5, 10, 0)]
    assert json.loads(history(f"area_households:{west}")[-1].data) == {"count": 500, "counted_on": str(TODAY)}
    assert reason(commands.count_households, operator, west, -1, TODAY) is GridError.BAD_TEAM
    reader = manager(Area.objects.get(pk=west).path, "area.read")
    assert reason(commands.count_households, reader, west, 5, TODAY) is AccountError.NO_RIGHT


def test_fifty_teams_cost_no_more_statements_than_one(tree: Town, people: People, operator: Actor) -> None:
    counts = []
    for number in (1, 49):
        for place in range(number):
            team = commands.make_team(operator, "patrol", f"{number}-{place}", [tree[WEST], tree[EAST]], since=TODAY)
            commands.join_team(operator, team, people["wang"], "head", since=TODAY)
        queries.team_list(operator, on=TODAY)
        with CaptureQueriesContext(connection) as caught:
            lines, following = queries.team_list(operator, tree["990101000000"], on=TODAY)
        counts.append(len(caught))
    assert (len(lines), following) == (50, None)
    assert counts[0] == counts[1] <= 7
    page, after = queries.team_list(operator, on=TODAY, limit=20)
    assert [line.id for line in queries.team_list(operator, on=TODAY, after=after or 0, limit=40)[0]] == [
        line.id for line in lines if line.id not in {each.id for each in page}]
