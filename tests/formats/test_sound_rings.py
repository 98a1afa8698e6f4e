"""Many polygons at once are judged as one by one."""

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from jingwei.formats.rings import check_polygon
from jingwei.formats.sound_rings import sound

SQUARE = shapely.box(113.94, 22.50, 113.95, 22.51)
HOLE = [(113.943, 22.503), (113.947, 22.503), (113.947, 22.507), (113.943, 22.507)]
CORNERS = list(SQUARE.exterior.coords)[:-1]
with np.errstate(invalid="ignore"):
    NAN = shapely.Polygon([(0, 0), (float("nan"), 1), (1, 1)])
ODD: dict[str, Any] = {
    "nothing": None, "point": shapely.Point(1, 1), "line": shapely.LineString([(0, 0), (1, 1)]), "empty": shapely.Polygon(),
    "empty parts": shapely.MultiPolygon(), "collection": shapely.GeometryCollection([SQUARE]),
    "out of range": shapely.box(5e5, 2e6, 6e5, 3e6), "not finite": NAN,
    "no area": shapely.Polygon([(0, 0), (1, 1), (2, 2)]), "tiny": shapely.box(0, 0, 1e-7, 1e-7),
    "repeated": shapely.Polygon([CORNERS[0], *CORNERS]), "spike": shapely.Polygon([*CORNERS[:2], (113.99, 22.505), *CORNERS[1:]]),
    "bowtie": shapely.Polygon([CORNERS[0], CORNERS[2], CORNERS[1], CORNERS[3]]), "hole outside": shapely.Polygon(CORNERS, [[(0, 0), (0, 1), (1, 1)]]),
    "hole repeated": shapely.Polygon(CORNERS, [[HOLE[0], *HOLE]]), "overlap": shapely.MultiPolygon([SQUARE, SQUARE]), "heights": shapely.force_3d(SQUARE, 3),
}
SOUND: dict[str, Any] = {
    "square": SQUARE, "hole": shapely.Polygon(CORNERS, [HOLE]), "parts": shapely.MultiPolygon([SQUARE, shapely.box(114.0, 22.5, 114.1, 22.6)]),
    "triangle": shapely.Polygon(CORNERS[:3]), "clockwise": shapely.Polygon(CORNERS[::-1]),
}


def judged(shape: Any) -> bool:
    """As the look at one says."""
    checked, findings = check_polygon(shape)
    return checked is shape and checked is not None and not findings and not shape.has_z


def test_all_at_once_are_judged_as_each_by_itself() -> None:
    shapes = {**ODD, **SOUND}
    found = sound(np.array(list(shapes.values()), dtype=object)).tolist()
    assert dict(zip(shapes, found, strict=True)) == {name: name in SOUND for name in shapes}
    assert found == [judged(shape) for shape in shapes.values()]


def test_nothing_at_all_is_judged_too() -> None:
    assert sound(np.array([], dtype=object)).tolist() == []


PLACES = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(lambda place: (113.0 + place[0] * 0.01, 22.0 + place[1] * 0.01))
RINGS = st.lists(PLACES, min_size=3, max_size=8)


@given(st.lists(st.tuples(RINGS, st.lists(RINGS, max_size=2)), min_size=1, max_size=4))
def test_any_polygons_are_judged_as_each_by_itself(given_: list[tuple[Any, Any]]) -> None:
    polygons = [shapely.Polygon(shell, holes) for shell, holes in given_]
    shapes = [*polygons, shapely.MultiPolygon(polygons)]
    assert sound(np.array(shapes, dtype=object)).tolist() == [judged(shape) for shape in shapes]


@pytest.mark.parametrize("name", sorted(ODD))
def test_what_is_odd_is_named_when_it_is_asked_about(name: str) -> None:
    shape = ODD[name]
    if name != "heights":
        assert check_polygon(shape)[1], name
