"""Layers as they come: every fault is worked around with a remark, or refused in words."""

import numpy as np
import pytest
import shapely

from jingwei.grids.partition import PartitionError, Settings, propose, read_settings
from tests.grids.partition.towns import SOUND, block_town, crossing, judged, strips


def remarks(plan) -> set[tuple[str, str]]:
    return {(one.code, one.layer) for one in plan.report.remarks}


def test_streets_drawn_twice_count_once() -> None:
    streets, buildings, boundary = block_town()
    once, twice = propose(streets, buildings, boundary), propose(streets + streets[:3], buildings, boundary)
    assert ("repeated", "streets") in remarks(twice)
    assert (shapely.to_wkb(once.units) == shapely.to_wkb(twice.units)).all()


def test_a_community_that_crosses_itself_is_repaired_and_named() -> None:
    streets, buildings, _boundary = block_town()
    bow = shapely.Polygon([(0, 0), (800, 0), (800, 600), (0, 600), (0, 300), (-20, 280), (0, 280), (-20, 300), (0, 300)])
    plan = propose(streets, buildings, None, [bow])
    assert ("invalid", "communities") in remarks(plan)
    assert plan.report.units.coverage_valid


def test_gaps_of_a_millimetre_between_communities_are_closed() -> None:
    streets, buildings, boundary = block_town()
    communities = [shapely.box(0, 0, 300, 600), shapely.box(300.001, 0, 800, 600)]
    plan = propose(streets, buildings, boundary, communities)
    assert judged(plan, boundary) == SOUND
    assert plan.report.units.smallest > 4_000


def test_a_thin_gap_between_communities_goes_to_a_neighbour_and_is_named() -> None:
    streets, buildings, boundary = block_town()
    communities = [shapely.box(0, 0, 300, 600), shapely.box(301, 0, 800, 600)]
    plan = propose(streets, buildings, boundary, communities)
    assert ("gap", "communities") in remarks(plan)
    assert judged(plan, boundary) == SOUND


def test_a_thin_strip_between_the_communities_and_the_boundary_is_covered() -> None:
    streets, buildings, boundary = block_town()
    plan = propose(streets, buildings, boundary, [shapely.box(1, 0, 400, 599), shapely.box(400, 0, 800, 599.5)])
    assert ("gap", "communities") in remarks(plan)
    assert judged(plan, boundary) == SOUND


def test_ground_of_no_community_is_divided_apart_and_named() -> None:
    streets, buildings, boundary = block_town()
    plan = propose(streets, buildings, boundary, [shapely.box(0, 0, 400, 600)], names=["西"])
    assert ("unclaimed", "communities") in remarks(plan)
    assert judged(plan, boundary) == SOUND
    assert plan.names[1].startswith("未划入社区")


def test_communities_that_overlap_are_named_and_share_no_unit() -> None:
    streets, buildings, boundary = block_town()
    plan = propose(streets, buildings, boundary, [shapely.box(0, 0, 420, 600), shapely.box(400, 0, 800, 600)])
    assert ("overlap", "communities") in remarks(plan)
    assert judged(plan, boundary) == SOUND


def test_empty_and_odd_geometries_are_left_out_by_name_and_the_rest_keeps_its_number() -> None:
    streets, buildings, _boundary = block_town()
    east, west = shapely.box(400, 0, 800, 600), shapely.box(0, 0, 400, 600)
    given = [None, east, shapely.LineString([(0, 0), (1, 1)]), west, shapely.Polygon()]
    plan = propose([*streets, shapely.Point(3, 3), None], [*buildings, None], None, given, households=np.ones(len(buildings) + 1))
    assert {("empty", "communities"), ("kind", "communities"), ("kind", "streets"), ("empty", "buildings")} <= remarks(plan)
    assert set(plan.unit_community.tolist()) == {1, 3}
    assert crossing(plan, given) == 0.0
    assert plan.load.households.sum() == len(buildings)


def test_a_community_without_ground_of_its_own_is_named() -> None:
    streets, buildings, boundary = block_town()
    plan = propose(streets, buildings, boundary, [boundary, shapely.box(100, 100, 150, 150)], names=["大", "小"])
    assert any(one.code == "without_units" and "小" in one.text for one in plan.report.remarks)


def test_buildings_on_a_border_between_communities_are_counted_as_cut_by_it() -> None:
    streets, _, boundary = block_town()
    plan = propose(streets, [shapely.box(390, 90, 410, 110)], None, strips(boundary, 2))
    assert (plan.report.units.buildings_cut, plan.report.units.buildings_cut_by_communities) == (1, 1)


@pytest.mark.parametrize(("boundary", "communities", "said"), [
    (None, [], "既没有范围"), (shapely.Polygon(), [], "没有面积"), ("around", [], "不认识的范围"),
    (shapely.box(113.9, 22.5, 113.95, 22.53), [], "经纬度"), (shapely.box(0, 0, 1e8, 1e8), [], "两千公里"),
])
def test_what_cannot_be_divided_is_refused_in_words(boundary, communities, said) -> None:
    streets, buildings, _ = block_town()
    with pytest.raises(PartitionError) as refused:
        propose(streets, buildings, boundary, communities)
    assert said in refused.value.text


def test_communities_in_another_coordinate_system_miss_the_boundary_and_that_is_said() -> None:
    streets, buildings, boundary = block_town()
    plan = propose(streets, buildings, boundary, [shapely.box(5e5, 5e5, 5e5 + 900, 5e5 + 900)], names=["别处"])
    assert {("without_units", "communities"), ("unclaimed", "communities")} <= remarks(plan)
    assert judged(plan, boundary) == SOUND


@pytest.mark.parametrize(("told", "said"), [
    ({"unit_target": -1}, "0 < 下限"), ({"unit_least": 9_000}, "两倍"), ({"unit_targt": 1}, "没有“unit_targt”"),
    ({"unit_target": "wide"}, "类型不对"), ({"measure": "people"}, "measure"), ({"group_least": 20, "group_most": 10}, "责任网格规模"),
    ({"seed": -1}, "seed"), ({"open_whole": 1}, "类型不对"),
])
def test_settings_that_cannot_be_meant_are_refused_by_name(told: dict, said: str) -> None:
    with pytest.raises(PartitionError) as refused:
        read_settings(told)
    assert said in refused.value.text


def test_settings_come_from_a_table_and_whole_numbers_will_do() -> None:
    assert read_settings({"unit_target": 20_000, "unit_least": 10_000, "unit_most": 30_000}, seed=7) == Settings(
        unit_target=20_000.0, unit_least=10_000.0, unit_most=30_000.0, seed=7)
