"""Vector tiles: what is written is read back by a reader of its own, for any shapes (MAP)."""

import math
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.formats.tile_shapes import BUFFER, EXTENT
from jingwei.formats.vector_tile import TileLayer, tile
from tests.formats.tile_reading import ReadFeature, area2, read

Z, X, Y = 14, 12834, 6172  # somewhere at 102 E 40.5 N


def place(right: float, down: float, z: int = Z, x: int = X, y: int = Y) -> tuple[float, float]:
    """The degrees of a place given in units of a tile."""
    side = EXTENT * 2**z
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (y * EXTENT + down) / side))))
    return (x * EXTENT + right) / side * 360 - 180, lat


def shape(kind: type, *units: tuple[float, float]) -> Any:
    return kind([place(*unit) for unit in units])


def written(*shapes: Any, properties: Any = None, **more: Any) -> list[ReadFeature]:
    layer = TileLayer("things", Z, X, Y, **more)
    layer.add(np.array(shapes, dtype=object), properties or [{} for _ in shapes])
    data = tile([layer])
    return read(data)["things"].features if data else []


def test_a_layer_says_its_name_version_and_extent() -> None:
    layer = TileLayer("建筑", Z, X, Y)
    layer.add(np.array([shape(shapely.Polygon, (0, 0), (90, 0), (90, 90), (0, 90))]), [{}])
    found = read(tile([layer]))["建筑"]
    assert (found.version, found.extent, len(found.features)) == (2, 4096, 1)


def test_a_square_is_closed_and_clockwise_on_the_screen() -> None:
    (found,) = written(shape(shapely.Polygon, (10, 10), (10, 110), (110, 110), (110, 10)))
    assert found.kind == 3
    assert found.closed == [True]
    assert sorted(found.runs[0]) == [(10, 10), (10, 110), (110, 10), (110, 110)]
    assert area2(found.runs[0]) == 2 * 100 * 100


def test_a_hole_runs_against_its_ring() -> None:
    outer, hole = [(0, 0), (400, 0), (400, 400), (0, 400)], [(100, 100), (300, 100), (300, 300), (100, 300)]
    for turn in (1, -1):
        (found,) = written(shapely.Polygon([place(*one) for one in outer], [[place(*one) for one in hole[::turn]]]))
        assert [area2(ring) > 0 for ring in found.runs] == [True, False]


def test_a_line_keeps_its_direction_and_drops_what_repeats() -> None:
    (found,) = written(shape(shapely.LineString, (5, 5), (5.2, 5.1), (60, 5), (60, 90)))
    assert (found.kind, found.runs, found.closed) == (2, [[(5, 5), (60, 5), (60, 90)]], [False])


def test_what_lies_outside_is_left_out_and_what_reaches_over_is_cut() -> None:
    assert written(shape(shapely.Polygon, (-900, -900), (-500, -900), (-500, -500))) == []
    (found,) = written(shape(shapely.LineString, (-5000, 2000), (9000, 2000)))
    assert found.runs == [[(-BUFFER, 2000), (EXTENT + BUFFER, 2000)]]


def test_what_is_smaller_than_a_unit_is_left_out() -> None:
    assert written(shape(shapely.Polygon, (5, 5), (5.2, 5), (5.2, 5.2)), shape(shapely.LineString, (7, 7), (7.1, 7))) == []


def test_nothing_is_no_bytes() -> None:
    assert tile([TileLayer("empty", Z, X, Y)]) == b""


def test_properties_of_every_kind_come_back_with_their_kind() -> None:
    told = [{"name": "柳溪路", "level": 7, "below": -3, "share": 0.5, "yes": True, "one": 1},
            {"name": "柳溪路", "level": 1, "yes": False}]
    square = shape(shapely.Polygon, (0, 0), (90, 0), (90, 90), (0, 90))
    layer = TileLayer("things", Z, X, Y)
    layer.add(np.array([square, square], dtype=object), told, ids=[5, 2**40])
    found = read(tile([layer]))["things"].features
    assert [(one.id, one.properties) for one in found] == [(5, told[0]), (2**40, told[1])]
    assert [type(value) for value in found[0].properties.values()] == [str, int, int, float, bool, int]


def test_a_point_lies_in_one_tile_only() -> None:
    points = np.array([shapely.Point(place(EXTENT - 0.5, 3.5)), shapely.Point(place(EXTENT + 0.5, 3.5))], dtype=object)
    seen = []
    for x in (X - 1, X, X + 1):
        layer = TileLayer("labels", Z, x, Y)
        layer.add_points(points, [{"n": 1}, {"n": 2}])
        data = tile([layer])
        seen.append([(one.properties["n"], one.runs) for one in read(data)["labels"].features] if data else [])
    assert seen == [[], [(1, [[(4095, 3)]])], [(2, [[(0, 3)]])]]


def test_simplifying_takes_places_away_and_keeps_the_area() -> None:
    circle = shapely.Polygon([place(2000 + 1000 * math.cos(t / 50 * math.tau / 10), 2000 + 1000 * math.sin(t / 50 * math.tau / 10))
                              for t in range(500)])
    (fine,), (coarse,) = written(circle), written(circle, tolerance=8.0)
    assert len(coarse.runs[0]) < len(fine.runs[0]) / 5
    assert area2(coarse.runs[0]) == pytest.approx(area2(fine.runs[0]), rel=0.02)


tenths = st.integers(-15_000, 55_000).map(lambda tenth: tenth / 10)  # the smallest floats confuse the cut it is held against
units = st.tuples(tenths, tenths)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(units, min_size=3, max_size=9), min_size=1, max_size=4))
def test_any_surfaces_come_back_inside_the_tile_with_their_area(rings: list[list[tuple[float, float]]]) -> None:
    """Rings are closed, turned the right way, within the buffer; what they cover is what was cut out."""
    frame = shapely.box(-BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER)
    given = []
    for ring in rings:
        hull = shapely.convex_hull(shapely.MultiPoint(ring))
        if hull.geom_type == "Polygon" and hull.area > 100:
            given.append(hull)
    if not given:
        return
    layer = TileLayer("things", Z, X, Y)
    layer.add(np.array([shapely.transform(one, lambda c: np.array([place(*each) for each in c])) for one in given],
                       dtype=object), [{"n": n} for n in range(len(given))])
    data = tile([layer])
    features = {one.properties["n"]: one for one in read(data)["things"].features} if data else {}
    for n, hull in enumerate(given):
        visible = shapely.intersection(hull, frame)
        found = features.get(n)
        covered = sum(area2(ring) for ring in found.runs) / 2 if found else 0
        assert covered == pytest.approx(visible.area, abs=visible.length + 4)
        for ring in found.runs if found else []:
            assert len(set(ring)) >= 3
            assert all(-BUFFER <= x <= EXTENT + BUFFER and -BUFFER <= y <= EXTENT + BUFFER for x, y in ring)
            assert area2(ring) > 0, "a convex surface has no holes"
            assert shapely.Polygon(ring).is_valid


@settings(max_examples=60, deadline=None)
@given(st.lists(units, min_size=2, max_size=12))
def test_any_line_comes_back_as_what_was_cut_out(run: list[tuple[float, float]]) -> None:
    line = shapely.LineString(run)
    frame = shapely.box(-BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER)
    visible = shapely.intersection(line, frame)
    found = written(shape(shapely.LineString, *run))
    drawn = shapely.MultiLineString([one for feature in found for one in feature.runs])
    assert all(feature.kind == 2 and not any(feature.closed) for feature in found)
    assert drawn.difference(visible.buffer(1.5)).length < 1e-6
    missed = shapely.get_parts(visible.difference(drawn.buffer(1.5)))
    assert all(part.length < 3 for part in missed), "only what is too short to be drawn is left out"
