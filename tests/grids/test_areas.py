"""Single changes of the tree: who may, what the rules forbid, what the journal keeps."""

import json
from typing import Any

import pytest
import shapely

from jingwei.accounts.errors import AccountError
from jingwei.accounts.models import RoleGrant
from jingwei.grids import commands, ports, queries
from jingwei.grids.errors import GridError
from jingwei.grids.models import Area, Boundary, PlanVersion, Succession
from jingwei.journal.queries import generations, history
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import ErrorCode, KernelError
from tests.grids.conftest import COUNTY, EAST, STREET, WEST, Town, box, manager, middle, reason

pytestmark = pytest.mark.django_db


def wkb(*place: float, **size: float) -> bytes:
    return shapely.to_wkb(box(*place, **size))


def test_a_new_area_takes_its_place_county_and_level(tree: Town, operator: Actor) -> None:
    """GRD-01: fixed area, four bounds, archive."""
    made = commands.create_area(operator, f"{WEST}R01", " 枫林第一网格　", "responsibility", parent_id=tree[WEST],
                                four_bounds="东至书院路，西至柳溪，南至枫林街，北至渡口")
    area = Area.objects.get(pk=made)
    above = Area.objects.get(pk=tree[WEST])
    assert (area.path, area.county, area.level, area.name) == (f"{above.path}{made}/", "990101", 6, "枫林第一网格")
    (entry,) = history(f"area:{made}")
    assert (entry.verb, entry.area_path) == ("area.created", area.path)
    detail = queries.area_detail(operator, made)
    assert detail is not None
    assert detail.four_bounds.startswith("东至书院路")
    assert [place.name for place in detail.chain][-2:] == ["枫林社区", "枫林第一网格"]


def test_a_tree_without_divisions_bears_its_roots_code(db: Any, operator: Actor) -> None:
    """GRD-26: rooms, not polygons: a laboratory building of 10 zones with 46 cells."""
    commands.set_up_system(operator, "lab", "实验楼", ["楼", "区", "格"])
    root = commands.create_area(operator, "LAB-1", "化学楼", "grid", system="lab")
    zones = [commands.create_area(operator, f"LAB-1-{zone}", f"{zone} 区", "grid", parent_id=root, system="lab")
             for zone in range(10)]
    for cell in range(46):
        commands.create_area(operator, f"A-{cell:02d}", f"{cell} 格", "grid", parent_id=zones[cell % 10], system="lab")
    assert set(Area.objects.filter(system="lab").values_list("county", flat=True)) == {"LAB-1"}
    assert Area.objects.filter(system="lab", level=3).count() == 46
    assert queries.levels_of("lab") == ["楼", "区", "格"]


REFUSED = [
    ("a code in full-width digits", {"code": "１２"}, GridError.BAD_CODE),
    ("a code in use", {"code": EAST}, GridError.CODE_TAKEN),
    ("no name", {"name": " 　"}, GridError.NO_NAME),
    ("an unknown kind", {"kind": "planet"}, GridError.UNKNOWN_KIND),
    ("a street below a community", {"kind": "street", "code": "S1"}, GridError.BAD_LEVEL),
    ("a division code of a level above", {"code": "990199000000", "kind": "county"}, GridError.BAD_LEVEL),
    ("a unit of another community", {"code": f"{EAST}001", "kind": "unit"}, GridError.LEAVES_COMMUNITY),
    ("an outline that is none", {"kind": "unit", "code": f"{WEST}001", "wkb": b"\x00"}, GridError.BAD_POLYGON),
    ("an outline that crosses itself", {"kind": "unit", "code": f"{WEST}001", "wkb": shapely.to_wkb(
        shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]))}, GridError.BAD_POLYGON),
]


@pytest.mark.parametrize(("gloss", "wrong", "expected"), REFUSED, ids=[r[0] for r in REFUSED])
def test_it_refuses_a_new_area(tree: Town, operator: Actor, gloss: str, wrong: dict[str, Any], expected: ErrorCode) -> None:
    given = {"code": "R-1", "name": "甲", "kind": "responsibility", "parent_id": tree[WEST]} | wrong
    before = Area.objects.count(), generations()
    assert reason(commands.create_area, operator, **given) is expected
    assert (Area.objects.count(), generations()) == before, "nothing is half-written"


def test_a_root_needs_a_short_code(db: Any, operator: Actor) -> None:
    assert reason(commands.create_area, operator, "CAMPUS-OF-THE-NORTH", "校区", "grid") is GridError.ROOT_CODE_TOO_LONG


def test_a_tree_may_not_grow_deeper_than_its_paths(db: Any, operator: Actor) -> None:
    above = commands.create_area(operator, "D", "甲", "grid")
    longest = Area.objects.get(pk=above)
    Area.objects.filter(pk=above).update(path="1" * 199 + "/")
    assert reason(commands.create_area, operator, "D1", "乙", "grid", parent_id=longest.id) is GridError.TOO_DEEP


def test_a_unit_is_drawn_inside_its_community_beside_its_neighbours(town: Town, operator: Actor) -> None:
    """GRD-03, GRD-04, AT-04 (i)-(iii) on a single save."""
    def create(outline: bytes, note: str = "") -> ErrorCode:
        return reason(commands.create_area, operator, f"{WEST}010", "十号", "unit", parent_id=town[WEST], wkb=outline,
                      note=note)

    assert create(wkb(2.6, 0.1)) is GridError.CROSSES
    assert create(wkb(1.5, 0)) is GridError.OVERLAPS
    assert create(wkb(0, 0, width=0.3)) is GridError.NEEDS_REASON
    assert create(wkb(0, 0, width=0.3), note="河岸零散地块") is GridError.OVERLAPS
    assert Area.objects.filter(code=f"{WEST}010").count() == 0
    assert Boundary.objects.count() == 8


def test_a_new_outline_is_found_at_once_and_the_old_index_is_not(town: Town, operator: Actor) -> None:
    assert queries.locate(*middle(0, 0)).code == f"{WEST}001"  # type: ignore[union-attr]
    commands.redraw(operator, town[f"{WEST}001"], wkb(0, 0, width=0.5), note="道路拓宽")
    assert queries.locate(120.00075, 23.0005).code == WEST  # type: ignore[union-attr]
    made = commands.create_area(operator, f"{WEST}011", "十一号", "unit", parent_id=town[WEST], note="余地",
                                wkb=wkb(0.5, 0, width=0.5))
    found = queries.locate(120.00075, 23.0005)
    assert found is not None
    assert (found.area_id, found.shared) == (made, False)
    detail = queries.area_detail(operator, made)
    assert detail is not None
    assert detail.box == pytest.approx((120.0005, 23, 120.001, 23.001))
    assert 5_600 < (detail.area_m2 or 0) < 5_800


def test_a_name_changes_and_the_journal_keeps_the_old_one(tree: Town, operator: Actor) -> None:
    assert queries.place_of(tree[WEST]).name == "枫林社区"  # type: ignore[union-attr]
    commands.rename(operator, tree[WEST], "枫林里社区")
    assert queries.place_of(tree[WEST]).name == "枫林里社区"  # type: ignore[union-attr]
    (entry,) = history(f"area:{tree[WEST]}")
    assert json.loads(entry.data) == {"from": "枫林社区", "to": "枫林里社区"}
    commands.rename(operator, tree[WEST], "枫林里社区")
    assert len(history(f"area:{tree[WEST]}")) == 1, "the same name again is no event"


def test_a_move_takes_everything_below_along(town: Town, operator: Actor) -> None:
    """Architecture section 5: the path is ours; a move is journaled with both paths."""
    other = commands.create_area(operator, "990101002000", "稻香街道", "street", parent_id=town[COUNTY])
    before = dict(Area.objects.values_list("id", "path"))
    commands.move(operator, town[EAST], other)
    after = dict(Area.objects.values_list("id", "path"))
    old, new = before[town[EAST]], after[town[EAST]]
    assert new == f"{after[other]}{town[EAST]}/"
    for area_id, path in before.items():
        assert after[area_id] == (new + path[len(old):] if path.startswith(old) else path)
    (entry,) = history(f"area:{town[EAST]}")
    assert json.loads(entry.data) == {"from": old, "to": new, "parent": "990101002000"}
    assert queries.locate(*middle(3, 0)).path.startswith(new)  # type: ignore[union-attr]


def test_roles_follow_a_move(tree: Town, operator: Actor) -> None:
    """Wired by config: whoever keeps paths is told inside the transaction."""
    told: list[tuple[str, str]] = []
    kept = ports._listeners
    ports.wire(paths_changed=[*kept, told.extend])
    try:
        other = commands.create_area(operator, "990101002000", "稻香街道", "street", parent_id=tree[COUNTY])
        old = Area.objects.get(pk=tree[EAST]).path
        commands.move(operator, tree[EAST], other)
    finally:
        ports.wire(paths_changed=kept)
    assert told == [(old, Area.objects.get(pk=tree[EAST]).path)]
    assert RoleGrant.objects.count() == 0


def test_moves_that_rules_forbid(town: Town, operator: Actor) -> None:
    grid = commands.create_area(operator, "R-1", "甲", "responsibility", parent_id=town[WEST])
    county = commands.create_area(operator, "990102000000", "邻区", "county", parent_id=town["990100000000"])
    commands.set_up_system(operator, "fire", "消防")
    fire = commands.create_area(operator, "F", "消防", "grid", system="fire")
    assert reason(commands.move, operator, town[STREET], town[WEST]) is GridError.INTO_ITSELF
    assert reason(commands.move, operator, town[STREET], town[STREET]) is GridError.INTO_ITSELF
    assert reason(commands.move, operator, town[STREET], county) is GridError.OTHER_COUNTY
    assert reason(commands.move, operator, town[f"{EAST}001"], grid) is GridError.LEAVES_COMMUNITY
    assert reason(commands.move, operator, town[EAST], town[WEST]) is GridError.BAD_LEVEL
    assert reason(commands.move, operator, town[EAST], fire) is GridError.PARENT_GONE
    assert reason(commands.move, operator, 10**9, grid) is KernelError.NOT_FOUND
    commands.move(operator, town[f"{WEST}001"], grid)
    assert [place.code for place in queries.chain(town[f"{WEST}001"])][-3:] == [WEST, "R-1", f"{WEST}001"]


def test_levels_of_other_systems_follow_a_move(db: Any, operator: Actor) -> None:
    commands.set_up_system(operator, "fire", "消防")
    root = commands.create_area(operator, "F", "消防", "grid", system="fire")
    one = commands.create_area(operator, "F1", "甲", "grid", parent_id=root, system="fire")
    two = commands.create_area(operator, "F2", "乙", "grid", parent_id=root, system="fire")
    below = commands.create_area(operator, "F21", "丙", "grid", parent_id=two, system="fire")
    commands.move(operator, two, one)
    assert dict(Area.objects.values_list("id", "level")) == {root: 1, one: 2, two: 3, below: 4}


def test_a_retired_area_keeps_its_code_and_names_its_heirs(town: Town, operator: Actor) -> None:
    """Standards 2.2: void, never reused; the crosswalk leads from old to new."""
    first, second = town[f"{WEST}001"], town[f"{WEST}002"]
    commands.retire(operator, first, successors=[second])
    area = Area.objects.get(pk=first)
    assert (area.status, area.valid_to is not None) == ("retired", True)
    assert queries.locate(*middle(0, 0)).code == WEST  # type: ignore[union-attr]
    assert queries.predecessors([second]) == {first}
    assert queries.area_detail(operator, first).successors == [f"{WEST}002"]  # type: ignore[union-attr]
    assert reason(commands.create_area, operator, f"{WEST}001", "甲", "unit", parent_id=town[WEST]) is GridError.CODE_TAKEN
    assert queries.place_of(first) is not None, "old cases still tell their grid"
    children = queries.children(operator, town[WEST])
    assert children is not None
    assert f"{WEST}001" not in [line.code for line in children]
    with_retired = queries.children(operator, town[WEST], retired=True)
    assert with_retired is not None
    assert f"{WEST}001" in [line.code for line in with_retired]


def test_retirements_that_rules_forbid(town: Town, operator: Actor) -> None:
    assert reason(commands.retire, operator, town[WEST]) is GridError.HAS_CHILDREN
    unit = town[f"{WEST}001"]
    assert reason(commands.retire, operator, unit, successors=[unit]) is GridError.BAD_SUCCESSOR
    assert reason(commands.retire, operator, unit, successors=[10**9]) is GridError.BAD_SUCCESSOR
    commands.retire(operator, unit, void=True)
    assert reason(commands.retire, operator, unit) is GridError.PARENT_GONE
    assert reason(commands.rename, operator, unit, "乙") is GridError.PARENT_GONE
    assert Area.objects.get(pk=unit).status == "void"
    assert Succession.objects.count() == 0


def test_heirs_of_heirs_are_reached(town: Town, operator: Actor) -> None:
    one, two, three = (town[f"{WEST}00{n}"] for n in (1, 2, 3))
    commands.retire(operator, one, successors=[two])
    commands.retire(operator, two, successors=[three])
    assert queries.predecessors([three]) == {one, two}


def test_who_may_change_what(town: Town, operator: Actor) -> None:
    """Not found outside the scope, refused without the right, both sides of a move asked."""
    west, east = (Area.objects.get(pk=town[code]) for code in (WEST, EAST))
    here = manager(west.path)
    reader = manager(west.path, "area.read")
    commands.rename(here, west.id, "枫林一社区")
    assert reason(commands.rename, here, east.id, "乙") is KernelError.NOT_FOUND
    assert reason(commands.rename, reader, west.id, "乙") is AccountError.NO_RIGHT
    assert reason(commands.retire, here, town[f"{EAST}001"]) is KernelError.NOT_FOUND
    assert reason(commands.move, here, town[f"{WEST}001"], east.id) is KernelError.NOT_FOUND
    assert reason(commands.create_area, here, "ROOT", "甲", "grid") is AccountError.RIGHT_ELSEWHERE
    assert reason(commands.create_area, here, "R-9", "甲", "responsibility", parent_id=east.id) is KernelError.NOT_FOUND
    assert reason(commands.describe, reader, west.id, note="x") is AccountError.NO_RIGHT
    assert reason(commands.redraw, here, east.id, wkb(3, 0)) is KernelError.NOT_FOUND
    assert reason(commands.set_up_system, here, "fire", "消防") is AccountError.RIGHT_ELSEWHERE
    assert reason(commands.open_plan, here, "草案") is AccountError.RIGHT_ELSEWHERE
    assert reason(commands.publish_plan, here, PlanVersion.objects.latest("id").id) is AccountError.RIGHT_ELSEWHERE


def test_a_grid_of_another_system_holds_whole_communities(town: Town, operator: Actor) -> None:
    """GRD-21, GRD-42: a labour grid of two communities; a point resolves to one grid per system."""
    commands.set_up_system(operator, "labour", "劳动保障网格")
    grid = commands.create_area(operator, "L-1", "第一劳动网格", "grid", system="labour")
    commands.set_members(operator, grid, [town[WEST], town[EAST]])
    commands.set_up_system(operator, "fire", "消防网格")
    commands.create_area(operator, "F-1", "第一消防网格", "grid", system="fire", wkb=wkb(0, 0, width=2, height=2))
    found = queries.locate_all(*middle(1, 0))
    assert {system: place.code for system, place in found.items()} == {
        "base": f"{WEST}002", "labour": "L-1", "fire": "F-1"}
    assert [place.code for place in queries.members_of(grid)] == [WEST, EAST]
    commands.set_members(operator, grid, [town[EAST]])
    assert "labour" not in queries.locate_all(*middle(1, 0))
    assert reason(commands.set_members, operator, grid, [grid]) is GridError.BAD_MEMBER


def test_every_structural_change_raises_the_generation(tree: Town, operator: Actor) -> None:
    counts = [generations()["grids"]]
    grid = commands.create_area(operator, "R-1", "甲", "responsibility", parent_id=tree[WEST])
    counts.append(generations()["grids"])
    for call in (lambda: commands.rename(operator, grid, "乙"), lambda: commands.describe(operator, grid, note="x"),
                 lambda: commands.move(operator, grid, tree[EAST]), lambda: commands.retire(operator, grid)):
        call()
        counts.append(generations()["grids"])
    assert counts == sorted(set(counts))


def test_names_are_told_by_path(tree: Town) -> None:
    area = Area.objects.get(pk=tree[WEST])
    assert queries.names_at([area.path, "", "9/9/"]) == {area.path: area.name}
    assert queries.names_at([]) == {}
