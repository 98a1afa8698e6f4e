"""Units that should be grouped together, or apart."""

import numpy as np
import pytest
import shapely

from jingwei.grids.partition import PartitionError, Settings, propose, read_settings
from jingwei.grids.partition.grouping import group_units
from jingwei.grids.partition.wishes import Wishes
from tests.grids.partition.test_existing import existing, first_plan
from tests.grids.partition.test_grouping import lattice
from tests.grids.partition.towns import block_town, in_one_piece, strips


def grouped(columns: int, rows: int, wishes: Wishes, settings: Settings | None = None, community=None):
    borders, places = lattice(columns, rows)
    count = columns * rows
    return group_units(borders, np.zeros(count, np.int64) if community is None else community, np.ones(count), np.ones(count),
                       places, ["枫林社区", "桂花社区"], settings or Settings(), wishes=wishes)


@pytest.mark.parametrize("seed", range(4))
def test_units_far_from_each_other_are_kept_together_in_one_legal_group(seed: int) -> None:
    found = grouped(12, 12, Wishes(together=((5, 53), (100, 102, 127))), Settings(seed=seed))
    assert found.obstacles == ()
    assert found.group[5] == found.group[53]
    assert found.group[100] == found.group[102] == found.group[127]
    sizes = np.bincount(found.group)
    assert sizes.min() >= 10
    assert sizes.max() <= 16


@pytest.mark.parametrize("seed", range(4))
def test_neighbours_are_kept_apart(seed: int) -> None:
    found = grouped(12, 12, Wishes(apart=((65, 66), (66, 78), (0, 1), (30, 31, 42))), Settings(seed=seed))
    assert found.obstacles == ()
    for one, two in ((65, 66), (66, 78), (0, 1), (30, 31), (31, 42), (30, 42)):
        assert found.group[one] != found.group[two]
    assert np.bincount(found.group).min() >= 10


@pytest.mark.parametrize(("wishes", "reason", "said"), [
    (Wishes(together=((0, 143),)), "together", "超过责任网格的上限16"),
    (Wishes(together=((0, 1),), apart=((0, 1),)), "together", "又要求分开"),
])
def test_what_cannot_be_is_named_with_its_reason(wishes: Wishes, reason: str, said: str) -> None:
    found = grouped(12, 12, wishes)
    assert reason in {one.reason for one in found.obstacles}
    assert any(said in one.text for one in found.obstacles)
    assert np.bincount(found.group).max() <= 16


def test_together_over_a_border_of_communities_is_named() -> None:
    community = np.repeat([0, 1], 13)
    found = grouped(2, 13, Wishes(together=((12, 14),)), community=community)
    assert [(one.reason, "不在同一个社区" in one.text) for one in found.obstacles] == [("together", True)]


def test_apart_where_there_is_one_group_alone_is_named() -> None:
    found = grouped(4, 3, Wishes(apart=((0, 1),)))
    assert [(one.reason, "只有一个责任网格" in one.text) for one in found.obstacles] == [("apart", True)]


def test_wishes_are_told_in_codes_of_the_existing_plan_and_in_points() -> None:
    streets, buildings, communities, living, plan = first_plan(12, 8, 1)
    before = existing(plan, 1)
    group = plan.unit_group
    one = 20
    near = np.argsort(shapely.distance(plan.units, plan.units[one]))
    same = next(unit for unit in near.tolist() if unit != one and group[unit] == group[one])
    other = next(unit for unit in near.tolist() if group[unit] != group[one])
    again = propose(
        streets, buildings, None, communities, households=living, existing=before,
        settings=read_settings({"apart": [[before.codes[one], before.codes[same]]]}),
        together=[[before.codes[one], shapely.get_coordinates(shapely.point_on_surface(plan.units[other]))[0].tolist()]])
    now = {int(was): int(group) for was, group in zip(again.unit_was, again.unit_group, strict=True)}
    assert now[one] != now[same]
    assert now[one] == now[other]
    assert again.report.groups.in_bounds_share == 1.0
    assert in_one_piece(again)
    assert again.report.stability.units_unchanged_share == 1.0
    assert again.report.stability.ground_same_group_share > 0.75
    assert [one.reason for one in again.report.hindrances] == []


def test_fixed_units_that_are_wished_together_from_two_groups_are_named() -> None:
    streets, buildings, communities, living, plan = first_plan(12, 8, 1)
    one = 20
    other = next(unit for unit in np.argsort(shapely.distance(plan.units, plan.units[one])).tolist()
                 if plan.unit_group[unit] != plan.unit_group[one])
    before = existing(plan, 1, fixed=[one, other])
    again = propose(streets, buildings, None, communities, households=living, existing=before,
                    together=[[before.codes[one], before.codes[other]]])
    assert [one.reason for one in again.report.hindrances] == ["together"]
    assert "固定在不同责任网格" in again.report.hindrances[0].text
    assert again.report.stability.ground_same_group_share == 1.0


@pytest.mark.parametrize(("more", "said"), [
    ({"together": [["990101001001001"]]}, "没有给出原方案"), ({"apart": [[(-900.0, 5.0)]]}, "不在这次划分的范围里"),
])
def test_a_unit_that_cannot_be_found_is_refused_by_name(more: dict, said: str) -> None:
    streets, buildings, boundary = block_town()
    with pytest.raises(PartitionError, match=said):
        propose(streets, buildings, None, strips(boundary, 1), **more)


def test_wishes_in_a_settings_file_must_be_lists_of_codes() -> None:
    assert read_settings({"together": [["a", "b"], ["c"]]}).together == (("a", "b"), ("c",))
    for wrong in ("a,b", [["a", 1]], ["a"]):
        with pytest.raises(PartitionError, match="几组编码"):
            read_settings({"apart": wrong})
