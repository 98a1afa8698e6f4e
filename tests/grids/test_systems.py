"""Other grid systems over the same ground: from templates, with members, people and rules; one point answers for all."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.accounts.commands import grants, users
from jingwei.accounts.errors import AccountError
from jingwei.accounts.queries import Role
from jingwei.grids import commands, queries
from jingwei.grids.codes import Kind
from jingwei.grids.days import today
from jingwei.grids.errors import GridError
from jingwei.grids.layers import Fields
from jingwei.grids.models import Area, GridSystem
from jingwei.journal.queries import history
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError
from tests.grids.conftest import EAST, STREET, WEST, Town, box, layer, manager, middle, reason

pytestmark = pytest.mark.django_db
TODAY = today()
DAY = timedelta(days=1)
People = dict[str, UUID]


def faults(operator: Actor, system: str, *only: str) -> list[str]:
    return [f"{one.code} {one.user_name}{one.text}".strip() for one in queries.system_faults(operator, system, on=TODAY).items
            if not only or one.asks in only]


def hire(operator: Actor, count: int) -> list[UUID]:
    return [users.create(operator, f"staff{number:02d}", f"员{number}示例") for number in range(count)]


def staff_each(operator: Actor, areas: list[int], people: list[UUID], **more: Any) -> None:
    for area, user in zip(areas, people, strict=True):
        commands.staff(operator, area, user, "main", TODAY, **more)


def test_a_template_sets_a_system_up_once(operator: Actor, db: Any) -> None:
    assert commands.set_up_from(operator, "fire") == "fire"
    line = queries.system(operator, "fire")
    assert [level.name for level in line.levels] == ["大网格（镇街）", "中网格（村、社区）", "小网格（片区）"]
    assert "每个小网格（片区）有 3 至 4 人" in [rule.said for rule in line.rules]
    assert {rule.source for rule in line.rules} >= {"STF-21", "GRD-23"}
    assert reason(commands.set_up_from, operator, "fire") is GridError.SYSTEM_STANDS
    assert commands.set_up_from(operator, "fire", code="fire_north", name="北片消防") == "fire_north"
    assert reason(commands.set_up_from, operator, "space") is GridError.UNKNOWN_TEMPLATE
    assert reason(commands.set_up_from, operator, "lab", code="Lab 1") is GridError.BAD_SYSTEM
    assert reason(commands.set_up_from, operator, "lab", code="base") is GridError.SYSTEM_STANDS
    assert {one.code for one in queries.templates() if one.set_up} == {"fire"}
    assert [entry.verb for entry in history("grid_system:fire")] == ["grid_system.set_up"]
    assert reason(commands.set_up_from, manager("1/"), "campus") is AccountError.RIGHT_ELSEWHERE


def test_levels_and_rules_are_the_places_own(operator: Actor, db: Any) -> None:
    commands.set_up_from(operator, "campus")
    commands.change_system(operator, "campus", name="示例一小", levels=["教育局", "学校", "责任区"])
    commands.change_system(operator, "campus", rules=[{"asks": "areas", "level": 3, "low": 12, "high": 12, "value": "", "source": "校务会"}])
    line = queries.system(operator, "campus")
    assert (line.name, [level.name for level in line.levels]) == ("示例一小", ["教育局", "学校", "责任区"])
    assert [(rule.said, rule.source) for rule in line.rules] == [("责任区共 12 个", "校务会")]
    assert json.loads(history("grid_system:campus")[-1].data)["rules"][0]["low"] == 12
    bad = [{"asks": "main", "level": 1}, {"asks": "people", "level": 1}]
    assert reason(commands.change_system, operator, "campus", rules=bad) is GridError.BAD_RULE
    assert reason(commands.change_system, operator, "nosuch", name="甲") is GridError.UNKNOWN_SYSTEM
    assert reason(commands.change_system, operator, "base", name="甲") is GridError.BASE_SYSTEM
    commands.change_system(operator, "base", rules=[{"asks": "certificate", "level": 6, "value": "网格员证"}])
    root = commands.add_grid(operator, "campus", "J", "教育局")
    school = commands.add_grid(operator, "campus", "S1", "一小", parent_id=root)
    assert reason(commands.change_system, operator, "campus", levels=["教育局"]) is GridError.LEVELS_IN_USE
    assert Area.objects.get(pk=school).level == 2
    assert reason(commands.change_system, operator, "campus", levels=["教育局", " "]) is GridError.BAD_RULE


def test_a_system_of_ones_own(operator: Actor, db: Any) -> None:
    """GRD-41: a network of early education laid out as a grid."""
    assert commands.set_up(operator, code="early", name="早教", levels=["中心", "分中心", "站点"]) == "early"
    assert [level.name for level in queries.system(operator, "early").levels] == ["中心", "分中心", "站点"]
    assert reason(commands.set_up, operator, code="early", name="早教", levels=["中心"]) is GridError.SYSTEM_STANDS
    assert reason(commands.set_up, operator, code="late", name="晚教", levels=["中心", ""]) is GridError.BAD_RULE


@pytest.mark.parametrize(("members", "wanted"), [
    (1, ["L1 含 1 个基础区域，按规定为 2 至 3 个基础区域"]), (2, []), (3, []),
    (4, ["L1 含 4 个基础区域，按规定为 2 至 3 个基础区域"])])
def test_a_labour_grid_of_one_or_four_communities_warns(
        tree: Town, operator: Actor, people: People, members: int, wanted: list[str]) -> None:
    """GRD-21."""
    commands.set_up_from(operator, "labour")
    more = [commands.create_area(operator, f"99010100100{number}", f"{number}社区", "community", parent_id=tree[STREET])
            for number in (3, 4)]
    root = commands.add_grid(operator, "labour", "L", "示例区")
    grid = commands.add_grid(operator, "labour", "L1", "东片", parent_id=root, members=[tree[WEST], tree[EAST], *more][:members])
    commands.staff(operator, grid, people["wang"], "main", TODAY)
    assert faults(operator, "labour") == wanted


def test_two_grids_that_hold_the_same_community_are_told(tree: Town, operator: Actor, people: People) -> None:
    """GRD-42: a point must have one grid in each system."""
    commands.set_up_from(operator, "labour")
    root = commands.add_grid(operator, "labour", "L", "示例区", members=[tree[WEST]])
    for code, name in (("L1", "东片"), ("L2", "西片")):
        grid = commands.add_grid(operator, "labour", code, name, parent_id=root, members=[tree[WEST], tree[EAST]])
        commands.staff(operator, grid, people["wang"], "main", TODAY)
    assert faults(operator, "labour") == ["L2 与东片都含枫林社区", "L2 与东片都含书院社区"], "the level above may hold it, too"


def test_a_campus_that_is_not_twenty_five_each_is_told(operator: Actor, db: Any) -> None:
    """GRD-24, GRD-25: 25 grids, 25 people, 25 sheets of duties."""
    commands.set_up_from(operator, "campus")
    root = commands.add_grid(operator, "campus", "J", "教育局")
    school = commands.add_grid(operator, "campus", "S1", "一小", parent_id=root)
    grids = [commands.add_grid(operator, "campus", f"S1-{number:02d}", f"{number}号网格", parent_id=school) for number in range(1, 26)]
    people = hire(operator, 26)
    commands.staff(operator, school, people[25], "main", TODAY)
    staff_each(operator, grids, people[:25], duties=["值守"])
    assert faults(operator, "campus") == []
    commands.unstaff(operator, queries.staffing_of(operator, grids[24])[0].id, TODAY - DAY)
    commands.staff(operator, grids[24], people[0], "main", TODAY)
    assert faults(operator, "campus") == [
        "校内网格 25 个、责任人 24 名、职责 24 份，三者应相等", "S1-01 责任人同时负责 2 个网格", "S1-25 责任人同时负责 2 个网格",
        "S1-25 没有写明职责"]
    assert not queries.pairing(operator, system="campus", on=TODAY).one_to_one
    commands.retire(operator, grids[0])
    assert faults(operator, "campus", "areas") == ["校内网格现有 24 个，按规定为 25 个"]


@pytest.fixture
def lab(town: Town, operator: Actor) -> list[int]:
    """GRD-26: a building of 10 zones and 46 rooms, without outlines, in the second unit grid of the west."""
    commands.set_up_from(operator, "lab")
    table = "code,name,parent_code\nA,甲楼,\n" + "".join(f"A-{zone:02d},{zone}区,A\n" for zone in range(1, 11)) + "".join(
        f"A-{room % 10 + 1:02d}-{room:02d},{room}室,A-{room % 10 + 1:02d}\n" for room in range(1, 47))
    commands.import_divisions(operator, table.encode(), system="lab")
    ids = dict(Area.objects.filter(system="lab").values_list("code", "id"))
    commands.set_members(operator, ids["A"], [town[f"{WEST}002"]])
    return [ids[code] for code in sorted(ids)]


def test_a_laboratory_is_rooms_found_through_the_unit_grid_of_its_building(
        lab: list[int], town: Town, operator: Actor, people: People) -> None:
    zone = Area.objects.get(system="lab", code="A-03")
    commands.staff(operator, zone.id, people["wang"], "main", TODAY)
    commands.certify(operator, people["wang"], "实验室安全培训证", TODAY)
    found = {line.system: line for line in queries.grids_at(operator, *middle(1, 0))}
    rooms = found["lab"]
    assert (rooms.by, len(rooms.grids), rooms.more) == ("members", 57, 0)
    by_code = {grid.code: grid for grid in rooms.grids}
    assert (by_code["A"].level_name, by_code["A-03"].level_name, by_code["A-03-02"].level_name) == ("实验楼", "分区", "房间")
    assert [(by_code[code].on_duty_name, by_code[code].on_duty_area) for code in ("A-03", "A-03-02", "A-04")] == [
        ("王示例", "3区"), ("王示例", "3区"), ("", "")], "a room is answered for by its zone"
    assert "lab" not in {line.system for line in queries.grids_at(operator, *middle(0, 0))}
    told = faults(operator, "lab")
    assert [line for line in told if line.startswith("A-03 ")] == []
    assert "A-04 没有责任人" in told
    assert "A-03-02 没有责任人" in told
    assert faults(operator, "lab", "areas") == []


def test_a_zone_whose_person_lacks_the_training_is_told(lab: list[int], operator: Actor, people: People) -> None:
    zone = Area.objects.get(system="lab", code="A-03").id
    commands.staff(operator, zone, people["wang"], "main", TODAY)
    assert "A-03 王示例没有有效的实验室安全培训证" in faults(operator, "lab")
    assert queries.on_duty(zone).user is None, "and passed over"


@pytest.mark.parametrize(("people", "fits"), [(2, False), (3, True), (4, True), (5, False)])
def test_a_small_fire_grid_has_three_or_four_people(tree: Town, operator: Actor, people: int, fits: bool) -> None:
    """GRD-22, STF-21: big, medium and small grids; three or four people on a small one."""
    commands.set_up_from(operator, "fire")
    big = commands.add_grid(operator, "fire", "F", "柳溪消防", members=[tree[STREET]])
    medium = commands.add_grid(operator, "fire", "F1", "枫林消防", parent_id=big, members=[tree[WEST]])
    small = commands.add_grid(operator, "fire", "F1-1", "枫林路片", parent_id=medium)
    for user in hire(operator, people):
        commands.staff(operator, small, user, "member", TODAY)
    assert (faults(operator, "fire", "people") == []) is fits
    assert faults(operator, "fire", "areas") == ["中网格（村、社区）现有 1 个，按规定为 14 个"]


def test_one_point_answers_for_all_systems(town: Town, operator: Actor, people: People) -> None:
    """GRD-42: by outline where a system is drawn, by members where it is not, the base system first."""
    commands.set_up_from(operator, "fire")
    commands.import_areas(operator, layer([(box(0, 0, 2), {"code": "F1", "name": "枫林路片"})]),
                          Fields("code", "name", 1, Kind.GRID), system="fire", publish=True)
    commands.set_up_from(operator, "labour")
    root = commands.add_grid(operator, "labour", "L", "示例区")
    grid = commands.add_grid(operator, "labour", "L1", "东片", parent_id=root, members=[town[WEST], town[EAST]])
    commands.staff(operator, root, people["li"], "main", TODAY)
    commands.staff(operator, town[WEST], people["wang"], "main", TODAY)
    found = queries.grids_at(operator, *middle(1, 0))
    assert [(line.system, line.by, [one.code for one in line.grids]) for line in found] == [
        ("base", "outline", [f"{WEST}002"]), ("fire", "outline", ["F1"]), ("labour", "members", ["L1"])]
    assert [(line.grids[0].on_duty_name, line.grids[0].on_duty_area) for line in found] == [
        ("王示例", "枫林社区"), ("", ""), ("李演示", "示例区")]
    also = queries.grids_over(operator, town[WEST])
    assert [(line.system, [one.area_id for one in line.grids]) for line in also if line.system == "labour"] == [("labour", [grid])]
    assert [line.system for line in queries.grids_over(operator, grid)] == [], "made of communities: no other system holds those"
    commands.staff(operator, grid, people["zhao"], "main", TODAY)
    assert queries.grids_at(operator, *middle(4, 0))[-1].grids[0].on_duty_name == "赵试用"


def test_a_point_is_answered_where_one_works_only(town: Town, operator: Actor) -> None:
    other = commands.create_area(operator, "990102000000", "邻区", "county", parent_id=town["990100000000"])
    elsewhere = manager(Area.objects.get(pk=other).path)
    assert reason(queries.grids_at, elsewhere, *middle(1, 0)) is KernelError.NOT_FOUND
    assert reason(queries.grids_at, operator, 100.0, 10.0) is KernelError.NOT_FOUND
    assert reason(queries.grids_over, elsewhere, town[WEST]) is KernelError.NOT_FOUND
    west = manager(Area.objects.get(pk=town[WEST]).path)
    assert [line.system for line in queries.grids_at(west, *middle(4, 0))] == ["base"], "anywhere in one's own district"


def test_faults_of_a_whole_level_are_for_who_sees_the_whole(tree: Town, operator: Actor) -> None:
    commands.set_up_from(operator, "environment")
    root = commands.add_grid(operator, "environment", "E", "示例区")
    commands.add_grid(operator, "environment", "E1", "Ⅰ片", parent_id=root)
    assert faults(operator, "environment") == ["监管片区现有 1 个，按规定为 3 个", "E1 没有责任人"]
    part = manager(Area.objects.get(pk=root).path)
    assert faults(part, "environment") == ["E1 没有责任人"]
    assert reason(queries.system_faults, part, "nosuch", on=TODAY) is KernelError.NOT_FOUND


def test_a_system_that_must_be_covered_tells_the_minutes_without_anybody(db: Any, operator: Actor, people: People) -> None:
    """AT-43, over a system's own rule."""
    commands.set_up_from(operator, "enforcement")
    root = commands.add_grid(operator, "enforcement", "Z", "执法办")
    grid = commands.add_grid(operator, "enforcement", "Z1", "一网格", parent_id=root)
    commands.plan_rota(operator, grid, list(people.values()), [("06:30", "13:30"), ("13:30", "20:30")], TODAY, TODAY + 6 * DAY)
    assert faults(operator, "enforcement", "cover") == []
    commands.plan_rota(operator, grid, list(people.values()), [("06:30", "13:30"), ("13:31", "20:30")], TODAY, TODAY + 6 * DAY)
    assert faults(operator, "enforcement", "cover") == ["Z1 今后 7 天有 7 分钟无人值守"]


def test_people_of_the_districts_may_be_posted_on_a_grid_of_another_system(tree: Town, operator: Actor, people: People) -> None:
    grants.give(operator, people["wang"], Role.SUPERVISOR.code, WEST, area_path=Area.objects.get(pk=tree[WEST]).path)
    commands.set_up_from(operator, "labour")
    root = commands.add_grid(operator, "labour", "L", "示例区")
    assert [one.name for one in queries.may_be_posted(operator, root)] == ["王示例"]


def test_members_are_areas_of_another_system(tree: Town, operator: Actor) -> None:
    commands.set_up_from(operator, "labour")
    root = commands.add_grid(operator, "labour", "L", "示例区")
    assert reason(commands.set_members, operator, root, [root]) is GridError.BAD_MEMBER
    assert reason(commands.add_grid, operator, "labour", "L1", "东片", parent_id=root, members=[10**9]) is GridError.BAD_MEMBER
    assert not Area.objects.filter(code="L1").exists()
    assert reason(commands.add_grid, operator, "base", "X1", "东片") is GridError.BASE_SYSTEM
    commands.set_members(operator, root, [tree[WEST], tree[EAST]])
    assert [place.code for place in queries.members_seen(operator, root)] == [WEST, EAST]


def test_the_statements_do_not_grow_with_the_areas(lab: list[int], town: Town, operator: Actor, people: People) -> None:
    counts = []
    for some in (lab[:3], lab[3:40]):
        staff_each(operator, some, [people["wang"]] * len(some))
        queries.system_faults(operator, "lab", on=TODAY)
        queries.grids_at(operator, *middle(1, 0))
        with CaptureQueriesContext(connection) as caught:
            queries.system_faults(operator, "lab", on=TODAY)
        with CaptureQueriesContext(connection) as also:
            queries.grids_at(operator, *middle(1, 0))
        with CaptureQueriesContext(connection) as listed:
            queries.systems(operator)
        counts.append((len(caught), len(also), len(listed)))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 9
    assert counts[0][1] <= 13
    assert counts[0][2] == 2


def test_the_base_system_stands_without_having_been_set_up(db: Any, operator: Actor) -> None:
    assert [line.code for line in queries.systems(operator)] == ["base"]
    assert GridSystem.objects.count() == 0
