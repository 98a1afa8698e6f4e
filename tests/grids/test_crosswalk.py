"""What became of each area between two versions, by ground and by households."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from jingwei.grids.crosswalk import crosswalk

WEST, EAST = shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)


def test_an_area_that_stays_passes_whole() -> None:
    (one,) = crosswalk({"A": WEST}, {"A": WEST})
    assert (one.of_old, one.of_new, one.households, one.of_households) == (1.0, 1.0, 0.0, None)


def test_a_split_shares_the_ground_and_the_households() -> None:
    """GRD-07: both halves are told, each with its share."""
    homes = [(10.0, 10.0, 30.0), (90.0, 50.0, 10.0), (500.0, 500.0, 99.0)]
    found = crosswalk({"A": WEST}, {"A1": shapely.box(0, 0, 75, 100), "A2": shapely.box(75, 0, 100, 100)}, homes=homes)
    assert [(each.new, each.of_old, each.of_new, each.households, each.of_households) for each in found] == [
        ("A1", 0.75, 1.0, 30.0, 0.75), ("A2", 0.25, 1.0, 10.0, 0.25)]


def test_a_merger_keeps_both_and_a_sliver_is_no_change() -> None:
    moved = shapely.box(0, 0, 100.00001, 100)
    found = crosswalk({"A": WEST, "B": EAST}, {"C": shapely.union(WEST, EAST), "D": shapely.box(200, 0, 300, 100)})
    assert [(each.old, each.new, each.of_old, each.of_new) for each in found] == [("A", "C", 1.0, 0.5), ("B", "C", 1.0, 0.5)]
    assert [(each.old, each.new) for each in crosswalk({"A": WEST, "B": EAST}, {"A": moved})] == [("A", "A")]


def test_ground_given_up_is_missing_from_the_shares() -> None:
    (one,) = crosswalk({"A": WEST}, {"A": shapely.box(0, 0, 60, 100)}, homes=[(80.0, 1.0, 5.0), (20.0, 1.0, 5.0)])
    assert (one.of_old, one.of_households) == (0.6, 0.5)
    assert crosswalk({}, {"A": WEST}) == crosswalk({"A": WEST}, {}) == []


@given(seed=st.integers(0, 500))
def test_shares_of_a_redrawn_ground_add_up_to_one(seed: int) -> None:
    draw = np.random.default_rng(seed)
    ground = shapely.box(0, 0, 1, 1)

    def cells(many: int) -> dict[str, shapely.Geometry]:
        cut = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(draw.uniform(0, 1, (many, 2))), extend_to=ground))
        parts = [part for part in shapely.intersection(cut, ground) if part.area > 1e-3]
        return {f"{number:02d}": part for number, part in enumerate(parts)}

    old, new = cells(9), cells(12)
    new["rest"] = shapely.difference(ground, shapely.union_all(list(new.values())))
    homes = [(float(x), float(y), 1.0) for x, y in draw.uniform(0, 1, (50, 2))]
    found = crosswalk(old, {code: shape for code, shape in new.items() if shape.area > 0}, homes=homes)
    for code in old:
        mine = [each for each in found if each.old == code]
        assert sum(each.of_old for each in mine) == pytest.approx(1, abs=0.01)
        assert sum(each.of_households or 0 for each in mine) in (pytest.approx(0), pytest.approx(1, abs=0.2))
