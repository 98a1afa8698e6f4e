"""Responsibility grids."""

import numpy as np
import pytest
import shapely

from jingwei.grids.partition import Settings, propose
from jingwei.grids.partition.borders import from_pairs
from jingwei.grids.partition.grouping import group_units
from tests.grids.partition.towns import block_town, in_one_piece, strips


def lattice(columns: int, rows: int):
    """Squares of 100 m beside each other: borders and places."""
    number = np.arange(columns * rows).reshape(rows, columns)
    pairs = np.concatenate((np.column_stack((number[:, :-1].ravel(), number[:, 1:].ravel())),
                            np.column_stack((number[:-1].ravel(), number[1:].ravel()))))
    places = np.column_stack((number.ravel() % columns, number.ravel() // columns)) * 100.0
    return from_pairs(pairs, np.full(len(pairs), 100.0), columns * rows), places


def grouped(columns: int, rows: int, settings: Settings, weights=None, sizes=None, community=None):
    borders, places = lattice(columns, rows)
    count = columns * rows
    ones = np.ones(count)
    return group_units(borders, np.zeros(count, np.int64) if community is None else community, ones if sizes is None else sizes,
                       ones if weights is None else weights, places, ["枫林社区", "桂花社区"], settings)


@pytest.mark.parametrize("seed", range(5))
def test_every_group_has_10_to_16_units_in_one_piece(seed: int) -> None:
    """GRD-08."""
    streets, buildings, boundary = block_town(12, 8)
    living = np.random.default_rng(seed).integers(0, 60, len(buildings))
    plan = propose(streets, buildings, None, strips(boundary, 3), households=living, settings=Settings(seed=seed))
    sizes = np.bincount(plan.unit_group)
    assert ((sizes >= 10) & (sizes <= 16)).all()
    assert in_one_piece(plan)
    groups = plan.report.groups
    assert (groups.in_bounds_share, groups.contiguous_share, groups.unexplained) == (1.0, 1.0, 0)
    assert groups.polsby_popper_median >= 0.35
    assert groups.imbalance_mean <= 1.05


def test_no_group_spans_communities_unless_that_is_asked_for() -> None:
    community = np.repeat([0, 1], 26)
    apart = grouped(4, 13, Settings(), community=community)
    assert all(len(set(community[apart.group == one])) == 1 for one in range(apart.count))
    together = grouped(4, 13, Settings(across=True, group_least=52, group_most=52), community=community)
    assert (together.count, together.obstacles) == (1, ())


@pytest.mark.parametrize(("columns", "said"), [(9, "不足一个责任网格的下限"), (17, "1×16=16"), (19, "2×10=20")])
def test_a_community_that_cannot_be_grouped_is_named_with_the_arithmetic(columns: int, said: str) -> None:
    """AT-04 (v): 9 and 17 units."""
    found = grouped(columns, 1, Settings())
    assert [(one.community, one.reason) for one in found.obstacles] == [(0, "total")]
    assert "枫林社区" in found.obstacles[0].text
    assert said in found.obstacles[0].text
    assert "最近的合法方案" in found.obstacles[0].text


def test_one_unit_with_more_households_than_a_grid_may_have_is_named() -> None:
    """GRD-15."""
    households = np.full(16, 30.0)
    households[5] = 400
    found = grouped(4, 4, Settings(measure="households", group_least=200, group_most=300), sizes=households)
    assert {one.reason for one in found.obstacles} <= {"single", "total"}
    assert "枫林社区" in found.obstacles[0].text


@pytest.mark.parametrize(("least", "most"), [(200, 300), (500, 1000), (25, 35)])
def test_groups_may_be_bounded_by_households(least: int, most: int) -> None:
    """AT-05: city 200–300, mediation 500–1,000, rural about 30."""
    households = np.random.default_rng(1).integers(3, 8, 600).astype(np.float64)
    found = grouped(30, 20, Settings(measure="households", group_least=least, group_most=most), sizes=households)
    total = np.bincount(found.group, weights=households)
    assert found.obstacles == ()
    assert total.min() >= least
    assert total.max() <= most


def test_a_star_that_hangs_together_in_one_point_is_named_not_hidden() -> None:
    """24 units around one in the middle: 25 may be two groups by count, but only one can hang together."""
    pairs = np.column_stack((np.zeros(24, np.int64), np.arange(1, 25)))
    borders = from_pairs(pairs, np.ones(24), 25)
    places = np.random.default_rng(1).uniform(0, 100, (25, 2))
    found = group_units(borders, np.zeros(25, np.int64), np.ones(25), np.ones(25), places, ["枫林社区"], Settings())
    assert [one.reason for one in found.obstacles] == ["shape"]


def test_work_is_balanced() -> None:
    weights = np.random.default_rng(3).lognormal(0, 0.6, 208)
    found = grouped(16, 13, Settings(effort=3), weights=weights)
    work = np.bincount(found.group, weights=weights)
    assert work.max() / work.mean() <= 1.06


def test_a_community_in_two_places_is_grouped_place_by_place() -> None:
    streets, buildings, _ = block_town(12, 4)
    west, east = shapely.box(0, 0, 800, 800), shapely.box(1600, 0, 2400, 800)
    plan = propose(streets, buildings, None, [shapely.MultiPolygon([west, east])], names=["枫林社区"])
    assert in_one_piece(plan)
    assert set(plan.unit_community.tolist()) == {0}
