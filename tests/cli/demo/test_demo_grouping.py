"""Grouping of unit grids into responsibility grids, on chequered ground where every answer can be checked."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.cli.demo.grouping import HIGH, LOW, Neighbours, connected, group_units
from jingwei.cli.demo.projection import Points


def board(width: int, height: int) -> tuple[Neighbours, Points]:
    """Squares of a board, each beside up to four others."""
    places = [(x, y) for y in range(height) for x in range(width)]
    number = {place: index for index, place in enumerate(places)}
    near: Neighbours = [
        {number[n]: 1.0 for n in ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)) if n in number} for x, y in places
    ]
    return near, np.array(places, dtype=float)


@given(width=st.integers(1, 12), height=st.integers(1, 12), seed=st.integers(0, 99))
@settings(max_examples=25, deadline=None)
def test_groups_hang_together_and_hold_every_unit_once(width: int, height: int, seed: int) -> None:
    """GRD-08"""
    near, centres = board(width, height)
    groups = group_units(near, centres, np.random.default_rng(seed))
    assert sorted(unit for group in groups for unit in group) == list(range(width * height))
    assert all(connected(set(group), near) for group in groups)


@pytest.mark.parametrize(("width", "height"), [(5, 4), (6, 6), (8, 8), (11, 9), (12, 12)])
def test_open_ground_is_grouped_within_the_bounds(width: int, height: int) -> None:
    near, centres = board(width, height)
    groups = group_units(near, centres, np.random.default_rng(5))
    assert all(LOW <= len(group) <= HIGH for group in groups)


@pytest.mark.parametrize(("count", "gloss"), [(1, "one field"), (9, "an exclave"), (17, "too many for one, too few for two")])
def test_what_cannot_be_grouped_legally_stays_one_group(count: int, gloss: str) -> None:
    near, centres = board(count, 1)
    assert group_units(near, centres, np.random.default_rng(0)) == [list(range(count))], gloss


def test_ground_that_does_not_hang_together_is_refused() -> None:
    near, centres = board(30, 1)
    near[14].pop(15)
    near[15].pop(14)
    near[29].pop(28)
    near[28].pop(29)
    with pytest.raises(ValueError, match="hang together"):
        group_units(near, centres, np.random.default_rng(3))
