"""Areas that are there already, grouped into larger ones."""

import numpy as np
import pytest
import shapely

from jingwei.grids.partition import PartitionError, Settings, group_given


def squares(columns: int, rows: int, gap: float = 0.0) -> list:
    return [shapely.box(x * 100 + gap, y * 100 + gap, x * 100 + 100 - gap, y * 100 + 100 - gap) for y in range(rows) for x in range(columns)]


def middles(units: list, times) -> np.ndarray:
    points = shapely.get_coordinates(shapely.centroid(np.array(units, dtype=object)))
    return np.repeat(points, times, axis=0)


@pytest.mark.parametrize("gap", [-0.4, 0.0, 0.0005, 0.4])
def test_areas_that_overlap_by_slivers_or_leave_gaps_are_neighbours_all_the_same(gap: float) -> None:
    units = squares(12, 8, gap)
    found = group_given(units, cases=middles(units, 3))
    assert (found.report.groups.in_bounds_share, found.report.groups.contiguous_share) == (1.0, 1.0)
    assert found.report.groups.imbalance_worst <= 1.15
    assert ("overlap" in {one.code for one in found.report.remarks}) == (gap < 0)
    assert (shapely.get_type_id(found.groups) == 3).all()


def test_the_areas_themselves_are_not_touched() -> None:
    units = squares(6, 4)
    found = group_given(units, weight=np.ones(24))
    assert (shapely.to_wkb(found.units) == shapely.to_wkb(np.array(units, dtype=object))).all()


def test_areas_that_meet_in_a_corner_are_no_neighbours() -> None:
    stairs = [shapely.box(100 * i, 100 * i, 100 * i + 100, 100 * i + 100) for i in range(12)]
    found = group_given(stairs, weight=np.ones(12))
    assert found.report.groups.count == 12
    assert found.report.hindrances


def test_one_area_heavier_than_a_group_is_named_and_the_rest_is_balanced() -> None:
    weight = np.ones(200)
    weight[90] = 60.0
    found = group_given(squares(20, 10), weight=weight, names=[f"村{number}" for number in range(200)])
    work = np.bincount(found.group, weights=weight)
    assert [(one.community, one.reason) for one in found.report.hindrances] == [("村90", "heavy")]
    assert work.max() == 60 + 9  # with the fewest others that make a legal group
    assert found.report.groups.imbalance_worst == pytest.approx(found.report.bound)
    assert found.report.groups.in_bounds_share == 1.0
    assert np.sort(work)[-2] <= 16


def test_a_place_where_cases_are_heaped_is_named() -> None:
    units = squares(12, 8)
    cases = np.concatenate((middles(units, 2) + np.random.default_rng(1).uniform(-40, 40, (192, 2)), np.full((90, 2), 333.0), [[-5e4, 0.0]]))
    found = group_given(units, cases=cases)
    told = {one.code: one for one in found.report.remarks}
    assert "90件在同一点" in told["heaped"].text
    assert told["outside"].count == 1
    assert found.cases.sum() == 282


def test_faults_of_the_layer_are_named_and_what_has_no_ground_gets_no_group() -> None:
    bow = shapely.Polygon([(0, -100), (100, 0), (100, -100), (0, 0)])
    found = group_given([*squares(6, 4), None, shapely.Point(3, 3), bow], weight=np.ones(27))
    assert {"empty", "kind", "invalid"} <= {one.code for one in found.report.remarks}
    assert found.group[24:26].tolist() == [-1, -1]
    assert found.report.units == 25


@pytest.mark.parametrize(("units", "more", "said"), [
    ([None], {"weight": [1.0]}, "没有一个有面积的面"), (squares(2, 2), {"weight": [1.0]}, "一一对应"),
    (squares(2, 2), {"weight": [0.0] * 4}, "都是零"),
])
def test_what_cannot_be_grouped_is_refused_in_words(units: list, more: dict, said: str) -> None:
    with pytest.raises(PartitionError, match=said):
        group_given(units, **more)


def test_the_same_areas_and_seed_give_the_same_groups() -> None:
    weight = np.random.default_rng(4).lognormal(0, 1, 200)
    one, two = (group_given(squares(20, 10), weight=weight, settings=Settings(seed=3)) for _ in range(2))
    assert one.group.tolist() == two.group.tolist()
    assert one.report == two.report
