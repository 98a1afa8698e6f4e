"""Borders changed by hand: the ground stays covered, to the last point (GRD-06)."""

import math
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.grids import redrawing
from jingwei.grids.errors import GridError
from jingwei.grids.seams import areas_m2
from jingwei.kernel.errors import Refusal
from tests.grids.conftest import STEP, box


def at(column: float, row: float) -> tuple[float, float]:
    return 120 + column * STEP, 23 + row * STEP


def ground(size: int = 3) -> dict[int, Any]:
    """A square of units that share all corners, numbered row by row."""
    return {row * size + column: box(column, row) for row in range(size) for column in range(size)}


def valid(shapes: dict[int, Any]) -> bool:
    return bool(shapely.coverage_is_valid(np.array(list(shapes.values()), dtype=object)))


def refused(call: Any, *arguments: Any) -> GridError:
    with pytest.raises(Refusal) as refusal:
        call(*arguments)
    assert isinstance(refusal.value.reason, GridError)
    return refusal.value.reason


def with_split(shapes: dict[int, Any], unit: int, line: list[tuple[float, float]]) -> dict[int, Any]:
    pieces = redrawing.split(shapes[unit], line)
    changed = {100 + number: piece for number, piece in enumerate(pieces)}
    rest = {key: shape for key, shape in shapes.items() if key != unit}
    return {**rest, **redrawing.stitched(changed, rest), **changed}


@pytest.mark.parametrize(("name", "line"), [
    ("straight through, ends outside", [at(0.9, 1.5), at(2.1, 1.5)]),
    ("ends on the border", [at(1, 1.3), at(2, 1.8)]),
    ("ends a metre inside", [at(1.01, 1.3), at(1.99, 1.8)]),
    ("from corner to corner", [at(1, 1), at(2, 2)]),
    ("bent, drawn by hand", [at(0.95, 1.2), at(1.3, 1.7), at(1.6, 1.3), at(2.05, 1.6)]),
    ("to the neighbouring side", [at(1.4, 0.9), at(1.6, 1.5), at(2.1, 1.6)]),
])
def test_a_split_keeps_the_ground_covered(name: str, line: list[tuple[float, float]]) -> None:
    """GRD-06: seamless, and every point of a shared border is shared."""
    before = ground()
    after = with_split(before, 4, line)
    assert valid(after), name
    assert len(after) == 10
    assert float(areas_m2(list(after.values())).sum()) == pytest.approx(float(areas_m2(list(before.values())).sum()), abs=0.01)


@pytest.mark.parametrize(("line", "why"), [
    ([at(1.2, 1.5), at(1.8, 1.5)], GridError.LINE_MISSES),         # begins and ends inside
    ([at(0.5, 1.5), at(1.5, 1.5)], GridError.LINE_MISSES),         # ends in the middle
    ([at(3, 3), at(4, 4)], GridError.LINE_MISSES),                 # elsewhere
    ([at(1.5, 1.5), at(1.5, 1.5)], GridError.LINE_MISSES),         # one place only
    ([at(0.9, 1.0005), at(2.1, 1.0005)], GridError.PIECE_TOO_SMALL),  # five centimetres along the border
])
def test_a_line_that_splits_nothing_is_refused(line: list[tuple[float, float]], why: GridError) -> None:
    assert refused(redrawing.split, ground()[4], line) is why


def test_units_that_touch_only_in_a_corner_are_not_joined() -> None:
    shapes = ground()
    assert refused(redrawing.joined, [shapes[0], shapes[4]]) is GridError.NOT_TOUCHING
    assert refused(redrawing.joined, [shapes[0], shapes[2]]) is GridError.NOT_TOUCHING


def test_joined_units_keep_the_corners_of_their_neighbours() -> None:
    shapes = ground()
    after = {**{key: shape for key, shape in shapes.items() if key not in (4, 5)}, 4: redrawing.joined([shapes[4], shapes[5]])}
    assert valid(after)


def test_a_new_border_leaves_each_what_it_has_most_of() -> None:
    shapes = ground()
    one, other = redrawing.with_border(shapes[3], shapes[4], [at(1.3, 0.9), at(1.2, 2.1)])
    changed = {3: one, 4: other}
    after = {**shapes, **redrawing.stitched(changed, {key: shape for key, shape in shapes.items() if key not in changed}), **changed}
    assert valid(after)
    assert one.contains(shapely.Point(at(0.5, 1.5)))
    assert other.contains(shapely.Point(at(1.5, 1.5)))
    assert float(areas_m2([one])[0]) > float(areas_m2([other])[0])


def test_a_new_border_that_makes_three_pieces_is_refused() -> None:
    shapes = ground()
    line = [at(0.5, 0.9), at(0.5, 2.1), at(1.5, 2.1), at(1.5, 0.9)]
    assert refused(redrawing.with_border, shapes[3], shapes[4], line) is GridError.LINE_CUTS_MORE


def test_the_best_line_goes_round_buildings() -> None:
    """A building in the middle of a unit: the two halves leave it whole."""
    unit, house = box(0, 0), shapely.box(*at(0.4, 0.4), *at(0.6, 0.6))
    pieces = redrawing.split(unit, redrawing.best_line(unit, [house]))
    assert len(pieces) == 2
    assert not any(piece.boundary.crosses(house) for piece in pieces)
    halves = areas_m2(pieces)
    assert halves.min() / halves.sum() >= 0.34


def test_a_strip_is_cut_across() -> None:
    unit = box(0, 0, 4, 1)
    pieces = redrawing.split(unit, redrawing.best_line(unit))
    assert areas_m2(pieces).min() / areas_m2([unit])[0] == pytest.approx(0.5, abs=0.02)
    assert all(shapely.length(piece) < 0.75 * shapely.length(unit) for piece in pieces)


angles = st.floats(0, math.pi, allow_nan=False)
shares = st.floats(0.2, 0.8)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), angles, shares, shares, st.booleans()), min_size=1, max_size=8))
def test_whatever_is_split_and_joined_the_ground_stays_covered(deeds: list[tuple[int, float, float, float, bool]]) -> None:
    """Any row of deeds on a square of units leaves a valid coverage of the same ground."""
    shapes = ground()
    whole = shapely.union_all(list(shapes.values()))
    for number, (which, angle, x, y, join) in enumerate(deeds):
        key = sorted(shapes)[which % len(shapes)]
        if join:
            near = [other for other in sorted(shapes) if other != key and shapely.length(
                shapely.intersection(shapes[key], shapes[other])) > STEP / 20]
            if not near:
                continue
            one = redrawing.joined([shapes.pop(key), shapes.pop(near[0])])
            shapes[200 + number] = one
            continue
        west, south, east, north = shapes[key].bounds
        middle = west + x * (east - west), south + y * (north - south)
        reach = 2 * STEP * math.cos(angle), 2 * STEP * math.sin(angle)
        line = [(middle[0] - reach[0], middle[1] - reach[1]), (middle[0] + reach[0], middle[1] + reach[1])]
        try:
            pieces = redrawing.split(shapes[key], line)
        except Refusal:
            continue
        rest = {other: shape for other, shape in shapes.items() if other != key}
        changed = {1000 * (number + 1) + place: piece for place, piece in enumerate(pieces)}
        shapes = {**rest, **redrawing.stitched(changed, rest), **changed}
    assert valid(shapes)
    assert shapely.area(shapely.symmetric_difference(whole, shapely.union_all(list(shapes.values())))) < 1e-15
