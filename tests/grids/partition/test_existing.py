"""A plan is made anew from one that is there: what still satisfies the rules stays."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.grids.partition import Existing, PartitionError, Plan, Settings, propose, unit_codes
from tests.grids.partition.towns import SOUND, block_town, crossing, in_one_piece, judged, strips

CODES = ["990101001001", "990101001002", "990101001003"]


def first_plan(columns: int = 8, rows: int = 6, count: int = 2, **more):
    streets, buildings, boundary = block_town(columns, rows)
    communities = strips(boundary, count)
    living = np.random.default_rng(1).integers(0, 30, len(buildings))
    plan = propose(streets, buildings, None, communities, households=living, **more)
    return streets, buildings, communities, living, plan


def existing(plan: Plan, count: int, chosen=None, fixed=None) -> Existing:
    chosen = np.arange(len(plan.units)) if chosen is None else np.asarray(chosen)
    codes = unit_codes(plan, CODES[:count])
    return Existing(plan.units[chosen], plan.group_number[plan.unit_group][chosen], [codes[unit] for unit in chosen],
                    [] if fixed is None else np.isin(chosen, fixed))


def outlines(shapes) -> list[bytes]:
    return sorted(shapely.to_wkb(shapes).tolist())


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_same_ground_gives_the_same_plan_to_the_last_digit(count: int) -> None:
    streets, buildings, communities, living, plan = first_plan(count=count)
    again = propose(streets, buildings, None, communities, households=living, existing=existing(plan, count))
    assert outlines(again.units) == outlines(plan.units)
    assert sorted(unit_codes(again, CODES[:count])) == sorted(unit_codes(plan, CODES[:count]))
    kept = again.report.stability
    assert (kept.units_unchanged_share, kept.ground_same_group_share, kept.unit_border_kept_share,
            kept.group_border_kept_share) == (1.0, 1.0, 1.0, 1.0)
    assert sorted(again.group_number.tolist()) == sorted(plan.group_number.tolist())


def test_a_unit_keeps_shape_code_and_group_wherever_its_neighbours_are_cut_again() -> None:
    """A border between communities moves by thirty metres in its southern half."""
    streets, buildings, (west, east), living, plan = first_plan()
    middle = west.bounds[2]
    strip = shapely.box(middle - 30, 0, middle, 500)
    moved = [shapely.difference(west, strip), shapely.union(east, strip)]
    given_before = existing(plan, 2)
    again = propose(streets, buildings, None, moved, households=living, existing=given_before)
    boundary = shapely.union_all(moved)
    assert judged(again, boundary) == SOUND
    assert crossing(again, moved) == 0.0
    assert in_one_piece(again)
    codes, old = unit_codes(again, CODES[:2]), unit_codes(plan, CODES[:2])
    assert len(set(codes)) == len(codes)
    now = dict(zip(codes, again.units, strict=True))
    far = [place for place, unit in enumerate(plan.units) if shapely.distance(unit, strip) > 0]
    assert len(far) > 0.8 * len(plan.units)
    for place in far:
        assert shapely.equals_exact(shapely.normalize(now[old[place]]), shapely.normalize(plan.units[place]), 0.0)
    gone = {code for code, unit in zip(old, plan.units, strict=True) if shapely.distance(unit, strip) == 0} - set(codes)
    assert not gone & set(codes)
    assert ("existing_crossing", "existing") in {(one.code, one.layer) for one in again.report.remarks}
    assert again.report.stability.units_unchanged >= len(far)
    assert again.report.stability.ground_same_group_share > 0.9


def test_void_codes_are_not_given_again() -> None:
    streets, buildings, communities, living, plan = first_plan(4, 3, 1)
    before = existing(plan, 1)
    wider = shapely.box(0, 0, 1000, 600)
    again = propose([*streets, shapely.LineString([(1000, -1), (1000, 601)])], buildings, None, [wider], households=living,
                    existing=before)
    codes, old = unit_codes(again, CODES[:1]), set(before.codes)
    assert set(old) <= set(codes)
    assert min(set(codes) - old) > max(old)
    assert communities[0].area < shapely.area(again.units).sum()


def test_ground_that_no_unit_covered_is_divided_and_the_rest_stays() -> None:
    streets, buildings, communities, living, plan = first_plan()
    missing = [place for place, unit in enumerate(plan.units) if unit.bounds[2] > 1390]
    chosen = np.setdiff1d(np.arange(len(plan.units)), missing)
    again = propose(streets, buildings, None, communities, households=living, existing=existing(plan, 2, chosen))
    assert judged(again, shapely.union_all(communities)) == SOUND
    assert set(outlines(plan.units[chosen])) <= set(outlines(again.units))
    assert again.report.units.in_bounds_share == 1.0
    assert again.report.groups.in_bounds_share == 1.0


def test_units_out_of_bounds_are_cut_again_and_the_others_stay() -> None:
    streets, buildings, communities, living, plan = first_plan(4, 4, 1)
    order = np.argsort(plan.units.tolist()[0].distance(plan.units))
    large = shapely.union_all(plan.units[order[:4]])
    rest = plan.units[order[4:]]
    before = Existing([large, *rest], [1] * (1 + len(rest)))
    again = propose(streets, buildings, None, communities, households=living, existing=before)
    assert judged(again, communities[0]) == SOUND
    assert ("existing_size", "existing") in {(one.code, one.layer) for one in again.report.remarks}
    assert again.report.units.in_bounds_share == 1.0
    assert again.report.stability.units_unchanged == len(rest)


def test_groups_out_of_bounds_give_units_to_their_neighbours_and_the_rest_stays() -> None:
    streets, buildings, communities, living, plan = first_plan(12, 8, 1)
    before = existing(plan, 1)
    sizes = np.bincount(plan.unit_group)
    assert sizes.max() > 13
    again = propose(streets, buildings, None, communities, households=living, existing=before,
                    settings=Settings(group_least=10, group_most=13))
    assert again.report.groups.in_bounds_share == 1.0
    assert in_one_piece(again)
    moved = int((again.group_number[again.unit_group] != np.asarray(before.groups_of_units)[again.unit_was]).sum())
    # every unit too many must go; chains and a new group may move some more
    assert int((sizes - 13).clip(0).sum()) <= moved <= 0.35 * len(plan.units)


def test_a_grouping_that_is_legal_stays_although_work_has_shifted() -> None:
    streets, buildings, communities, _, plan = first_plan(12, 8, 1)
    shifted = np.random.default_rng(9).integers(0, 300, len(buildings))
    still = propose(streets, buildings, None, communities, households=shifted, existing=existing(plan, 1))
    assert still.report.stability.ground_same_group_share == 1.0
    balanced = propose(streets, buildings, None, communities, households=shifted, existing=existing(plan, 1),
                       settings=Settings(rebalance=True))
    assert balanced.report.groups.imbalance_worst < still.report.groups.imbalance_worst
    assert 0.3 < balanced.report.stability.ground_same_group_share < 1.0


def test_fixed_units_keep_shape_and_group_when_all_around_them_changes() -> None:
    streets, buildings, communities, living, plan = first_plan(12, 8, 1)
    fixed = [3, 40, 41, 200]
    again = propose(streets, buildings, None, communities, households=living, existing=existing(plan, 1, fixed=fixed),
                    settings=Settings(unit_target=6_000, unit_least=3_000, unit_most=7_000, group_least=10, group_most=30))
    number = np.asarray(plan.group_number)[plan.unit_group]
    for unit in fixed:
        found = np.flatnonzero(again.unit_was == unit)
        assert len(found) == 1
        assert shapely.to_wkb(again.units[found[0]]) == shapely.to_wkb(plan.units[unit])
        assert again.group_number[again.unit_group[found[0]]] == number[unit]
    assert judged(again, communities[0]) == SOUND
    assert len(again.units) > 1.3 * len(plan.units)


def test_a_fixed_unit_that_crosses_a_community_is_not_kept_and_that_is_said() -> None:
    streets, buildings, (west, east), living, plan = first_plan()
    strip = shapely.box(west.bounds[2] - 30, 0, west.bounds[2], 1200)
    moved = [shapely.difference(west, strip), shapely.union(east, strip)]
    unit = next(place for place, each in enumerate(plan.units) if each.area > each.intersection(strip).area > 100)
    again = propose(streets, buildings, None, moved, households=living, existing=existing(plan, 2, fixed=[unit]))
    said = [one.text for one in again.report.remarks if one.code == "fixed_not_kept"]
    assert len(said) == 1
    assert existing(plan, 2).codes[unit] in said[0]
    assert crossing(again, moved) == 0.0


def test_an_existing_plan_with_faults_is_worked_around_by_name() -> None:
    streets, buildings, communities, living, plan = first_plan(4, 3, 1)
    bow = shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    units = [*plan.units, None, bow, shapely.box(-500, -500, -400, -400), plan.units[0]]
    again = propose(streets, buildings, None, communities, households=living, existing=Existing(units, [1] * len(units)))
    assert {"existing_broken", "existing_outside", "existing_overlap"} <= {one.code for one in again.report.remarks}
    assert judged(again, communities[0]) == SOUND
    assert set(outlines(plan.units)) <= set(outlines(again.units))


def test_an_existing_plan_whose_columns_do_not_match_is_refused() -> None:
    with pytest.raises(PartitionError, match="一一对应"):
        Existing([shapely.box(0, 0, 1, 1)], [])


@given(st.integers(0, 10_000), st.floats(0, 0.4), st.integers(1, 3))
@settings(max_examples=12, deadline=None)
def test_whatever_is_missing_or_moved_the_new_plan_is_sound(seed: int, share: float, count: int) -> None:
    streets, buildings, boundary = block_town(5, 4)
    communities = strips(boundary, count)
    plan = propose(streets, buildings, None, communities, settings=Settings(effort=0.1))
    rng = np.random.default_rng(seed)
    chosen = np.flatnonzero(rng.random(len(plan.units)) >= share)
    edges = np.sort(rng.uniform(200, 800, count - 1))
    ends = [0.0, *edges, 1000.0]
    moved = [shapely.box(one, 0, two, 800) for one, two in pairwise(ends)]
    before = existing(plan, count, chosen)
    once, twice = (propose(streets, buildings, None, moved, existing=before, settings=Settings(effort=0.1)) for _ in range(2))
    assert judged(once, boundary) == SOUND
    assert crossing(once, moved) == 0.0
    assert in_one_piece(once)
    assert (shapely.to_wkb(once.units) == shapely.to_wkb(twice.units)).all()
    assert once.report == twice.report
    codes = unit_codes(once, CODES[:count])
    assert len(set(codes)) == len(codes)
