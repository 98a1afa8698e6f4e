"""Unit grids: seamless, inside their community, of a fitting size, around the buildings."""

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jingwei.grids.partition import Settings, propose, unit_codes
from tests.grids.partition.towns import SOUND, block_town, crossing, in_one_piece, judged, strips

inside = st.floats(-60, 1060, allow_nan=False, width=32)
street = st.lists(st.tuples(inside, inside), min_size=2, max_size=5).map(lambda points: shapely.LineString(points))
corner = st.tuples(st.floats(0, 1000, width=32), st.floats(0, 700, width=32))
house = st.tuples(corner, st.floats(4, 60, width=32), st.floats(4, 40, width=32)).map(
    lambda told: shapely.box(told[0][0], told[0][1], told[0][0] + told[1], told[0][1] + told[2]))
GROUND = shapely.Polygon([(0, 0), (1000, 30), (960, 690), (400, 640), (20, 700)])


@given(st.lists(street, max_size=14), st.lists(house, max_size=30), st.integers(1, 4))
@example([shapely.LineString([(0, 605), (983, 692)])], [], 1)  # runs close outside: no gap is to be closed there
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_streets_within_a_boundary_give_a_valid_coverage_that_no_community_is_crossed_by(streets, houses, count) -> None:
    """GRD-04, GRD-06: gap, overlap and crossing 0.00 m², judged with shapely alone."""
    communities = strips(GROUND, count)
    plan = propose(streets, houses, None, communities, settings=Settings(effort=0.1))
    assert judged(plan, GROUND) == SOUND
    assert crossing(plan, communities) == 0.0
    assert in_one_piece(plan)
    assert plan.report.units.coverage_valid
    assert (plan.report.units.gap, plan.report.units.overlap, plan.report.units.crossing) == (0.0, 0.0, 0.0)
    codes = unit_codes(plan, [f"99010100100{number}" for number in range(count)])
    assert len(set(codes)) == len(codes) == len(plan.units)
    assert all(code.startswith(f"99010100100{community}") for code, community in zip(codes, plan.unit_community, strict=True))


@given(st.lists(street, max_size=10), st.lists(house, max_size=60), st.integers(0, 2**31 - 1))
@settings(max_examples=15, deadline=None)
def test_the_same_input_and_seed_give_the_same_plan(streets, houses, seed) -> None:
    """Byte for byte, houses so close that lines must wind between them included."""
    one, two = (propose(streets, houses, GROUND, settings=Settings(seed=seed, effort=0.2)) for _ in range(2))
    assert (shapely.to_wkb(one.units) == shapely.to_wkb(two.units)).all()
    assert (shapely.to_wkb(one.groups) == shapely.to_wkb(two.groups)).all()
    assert one.unit_group.tobytes() == two.unit_group.tobytes()
    assert one.report == two.report


def test_units_of_a_lattice_are_10_000_square_metres_and_cut_no_building() -> None:
    """GRD-05, AT-03: 24 hectares make 24 units."""
    streets, buildings, boundary = block_town(3, 2)
    plan = propose(streets, buildings, boundary)
    units = plan.report.units
    assert (units.count, units.expected, units.in_bounds_share, units.buildings_cut) == (24, 24.0, 1.0, 0)
    assert judged(plan, boundary) == SOUND


def test_5_9_square_kilometres_make_about_590_units_and_37_to_59_responsibility_grids() -> None:
    """AT-03."""
    streets, buildings, boundary = block_town(59, 10, 100.0)
    plan = propose(streets, [], boundary)
    assert plan.report.units.expected == 590.0
    assert plan.report.units.count == 590
    assert plan.report.groups.possible == (37, 59)
    assert 37 <= plan.report.groups.count <= 59
    sparse = propose(streets, buildings[:10], boundary, settings=Settings(group_least=20, group_most=30))
    assert sparse.report.groups.possible == (20, 29)
    assert 20 <= sparse.report.groups.count <= 29
    assert sparse.report.groups.in_bounds_share == 1.0


def test_a_border_of_communities_inside_a_block_is_kept_to_the_digit() -> None:
    """GRD-04."""
    streets, buildings, _boundary = block_town()
    border = [(311.123456789, 0), (333.3, 250.987654321), (300.00000001, 600)]
    west = shapely.Polygon([(0, 0), *border, (0, 600)])
    east = shapely.Polygon([(800, 0), (800, 600), *border[::-1]])
    plan = propose(streets, buildings, None, [west, east], names=["西", "东"])
    for number, community in enumerate((west, east)):
        mine = shapely.union_all(plan.units[plan.unit_community == number])
        assert shapely.area(shapely.symmetric_difference(mine, community)) < 1e-4
    drawn = {tuple(point) for point in shapely.get_coordinates(plan.units)}
    assert set(border) <= drawn


def test_slivers_are_dissolved_not_dropped() -> None:
    """GRD-06: two streets drawn a metre apart leave no unit of one metre, and no ground is lost."""
    streets, buildings, boundary = block_town(2, 2)
    streets += [shapely.LineString([(-5, 201), (405, 201.5)]), shapely.LineString([(201, -5), (203, 405)])]
    plan = propose(streets, buildings, boundary)
    assert judged(plan, boundary) == SOUND
    assert plan.report.units.smallest >= 5_000


def test_a_unit_of_another_size_is_named_with_its_reason() -> None:
    """AT-04 (iii)."""
    streets, buildings, boundary = block_town(2, 2)
    small = shapely.box(380, 380, 400, 400)
    plan = propose(streets, buildings, None, [shapely.difference(boundary, small), small], names=["大社区", "小社区"])
    assert judged(plan, boundary) == SOUND
    assert [(one.community, one.reason, round(one.area)) for one in plan.report.oddities] == [("小社区", "alone", 400)]


def test_water_may_stay_one_large_unit() -> None:
    streets, buildings, boundary = block_town()
    lake = shapely.box(210, 210, 590, 390)
    dry = [house for house in buildings if not house.intersects(lake)]
    through = [street for street in streets if not street.intersects(lake)]
    plan = propose(through, dry, boundary, open_ground=[lake])
    assert judged(plan, boundary) == SOUND
    assert shapely.area(plan.units[plan.unit_open]).tolist() == pytest.approx([lake.area])
    cut = propose(through, dry, boundary, open_ground=[lake], settings=Settings(open_whole=False))
    assert cut.report.units.largest <= 15_000


def test_a_community_inside_another_makes_no_hole_in_the_coverage() -> None:
    _streets, buildings, boundary = block_town(6, 6)
    inner = shapely.box(430, 430, 770, 770)
    communities = [shapely.difference(boundary, inner), inner]
    plan = propose([], buildings, None, communities)
    assert judged(plan, boundary) == SOUND
    assert crossing(plan, communities) == 0.0
    assert plan.report.units.in_bounds_share == 1.0


def test_cuts_pass_between_the_buildings_where_they_can() -> None:
    _, _, boundary = block_town(2, 2)
    rows = [shapely.box(5 + 70 * i, 4 + 26 * j, 65 + 70 * i, 18 + 26 * j) for i in range(5) for j in range(15)]
    plan = propose([], rows, boundary)
    assert plan.report.units.buildings_cut == 0
    assert plan.report.units.in_bounds_share == 1.0


def test_cuts_wind_between_buildings_that_no_straight_line_passes() -> None:
    """Houses in brick bond, no alley runs straight for more than two of them."""
    rows = [shapely.box(2 + 24 * i + 8 * (j % 3), 2 + 12 * j + 3 * (i % 2), 22 + 24 * i + 8 * (j % 3), 10 + 12 * j + 3 * (i % 2))
            for i in range(11) for j in range(24)]
    boundary = shapely.box(0, 0, 300, 300)
    plan = propose([], rows, boundary)
    assert judged(plan, boundary) == SOUND
    assert plan.report.units.in_bounds_share == 1.0
    assert plan.report.units.buildings_cut <= 3


def test_buildings_around_a_bend_are_not_lost_when_a_piece_is_cut() -> None:
    """A horseshoe: both arms are full of houses, and a line across one arm, drawn on, runs through the other."""
    boundary = shapely.Polygon([(0, 0), (700, 0), (700, 500), (500, 500), (500, 150), (200, 150), (200, 520), (0, 520)])
    rows = [shapely.box(4 + 35 * i, 6 + 25 * j + 7 * (i > 9), 34 + 35 * i, 24 + 25 * j + 7 * (i > 9)) for i in range(19) for j in range(20)]
    houses = [house for house in rows if boundary.contains(house)]
    plan = propose([], houses, boundary)
    assert judged(plan, boundary) == SOUND
    assert plan.report.units.buildings_cut == 0


def test_lines_that_tie_an_island_of_streets_avoid_the_buildings() -> None:
    boundary = shapely.box(0, 0, 1000, 1000)
    ring = [shapely.LineString([(400, 400), (600, 400), (600, 600), (400, 600), (400, 400)])]
    houses = [shapely.box(x, y - 8, x + 30, y + 8) for x in range(20, 380, 45) for y in (400, 600)]
    houses += [shapely.box(x, y - 8, x + 30, y + 8) for x in range(620, 960, 45) for y in (400, 600)]
    plan = propose(ring, houses, boundary)
    assert judged(plan, boundary) == SOUND
    assert plan.report.units.buildings_cut == 0


def test_area_and_households_are_all_counted_once() -> None:
    streets, buildings, boundary = block_town()
    living = np.arange(len(buildings))
    plan = propose(streets, buildings, boundary, households=living)
    assert plan.load.households.sum() == living.sum()
    assert plan.load.buildings.sum() == len(buildings)
