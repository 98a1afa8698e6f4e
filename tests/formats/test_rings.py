"""Polygons: every fault by its name, repaired only where nothing is lost (GRD-06, G2, T3)."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, box, from_wkt
from shapely.geometry.base import BaseGeometry

from jingwei.formats.rings import LIMIT_PERCENT, check_polygon
from jingwei.formats.shape_errors import ShapeError

BLOCK = box(113.94, 22.50, 113.95, 22.51)


def reasons(given: BaseGeometry | dict[str, Any] | None) -> list[ShapeError]:
    return [remark.reason for remark in check_polygon(given)[1]]  # type: ignore[misc]


def drawn(*rings: list[list[Any]], kind: str = "Polygon") -> dict[str, Any]:
    return {"type": kind, "coordinates": list(rings)}


@pytest.mark.parametrize(
    "sound",
    [BLOCK, MultiPolygon([BLOCK, box(114, 22, 114.1, 22.1)]), Polygon(BLOCK.exterior, [BLOCK.buffer(-0.001).exterior]),
     box(-180, -90, 180, 90)],
)
def test_a_sound_polygon_is_handed_back_untouched(sound: BaseGeometry) -> None:
    polygon, findings = check_polygon(sound)
    assert polygon is sound
    assert findings == ()


def test_a_sound_drawing_becomes_the_same_polygon() -> None:
    ring = [[113.94, 22.5], [113.95, 22.5], [113.95, 22.51], [113.94, 22.51], [113.94, 22.5]]
    polygon, findings = check_polygon(drawn(ring))
    assert polygon is not None
    assert polygon.equals(BLOCK)
    assert findings == ()
    many, _ = check_polygon(drawn([ring], kind="MultiPolygon"))
    assert many is not None
    assert many.equals(BLOCK)


@pytest.mark.parametrize(
    ("wkt", "expected"),
    [
        # a bow-tie: which of its two halves was meant, nobody knows
        ("POLYGON((0 0,1 1,1 0,0 1,0 0))", [ShapeError.RING_CROSSES_ITSELF, ShapeError.POLYGON_NOT_REPAIRABLE]),
        # a hole as large as a fiftieth of the shell, outside it
        ("POLYGON((0 0,10 0,10 10,0 10,0 0),(20 20,21 20,21 22,20 22,20 20))",
         [ShapeError.HOLE_OUTSIDE_SHELL, ShapeError.POLYGON_NOT_REPAIRABLE]),
        # two parts that overlap by a quarter
        ("MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0)),((5 5,15 5,15 15,5 15,5 5)))",
         [ShapeError.RINGS_OVERLAP, ShapeError.POLYGON_NOT_REPAIRABLE]),
        # a hole within a hole
        ("POLYGON((0 0,10 0,10 10,0 10,0 0),(1 1,5 1,5 5,1 5,1 1),(2 2,4 2,4 4,2 4,2 2))",
         [ShapeError.RINGS_OVERLAP, ShapeError.POLYGON_NOT_REPAIRABLE]),
        # a crossing ring and a hole outside, both named
        ("POLYGON((0 0,10 0,10 10,5 -2,0 10,0 0),(20 20,21 20,21 22,20 22,20 20))",
         [ShapeError.HOLE_OUTSIDE_SHELL, ShapeError.RING_CROSSES_ITSELF, ShapeError.POLYGON_NOT_REPAIRABLE]),
        ("POLYGON((0 0,1 1,2 2,0 0))", [ShapeError.POLYGON_ZERO_AREA]),
        ("POLYGON((5 5,5 5,5 5,5 5))", [ShapeError.POINTS_REPEATED, ShapeError.POLYGON_ZERO_AREA]),
        ("POLYGON EMPTY", [ShapeError.POLYGON_EMPTY]),
        ("MULTIPOLYGON EMPTY", [ShapeError.POLYGON_EMPTY]),
        ("POINT(1 1)", [ShapeError.NOT_A_POLYGON]),
        ("LINESTRING(0 0,1 1,1 0,0 0)", [ShapeError.NOT_A_POLYGON]),
        ("GEOMETRYCOLLECTION(POLYGON((0 0,1 0,1 1,0 0)))", [ShapeError.NOT_A_POLYGON]),
        ("POLYGON((0 0,181 0,1 1,0 0))", [ShapeError.POINT_OUT_OF_RANGE]),
        ("POLYGON((500000 2500000,500100 2500000,500100 2500100,500000 2500000))", [ShapeError.POINT_OUT_OF_RANGE]),
    ],
)
def test_it_rejects_and_names_what_cannot_be_repaired_safely(wkt: str, expected: list[ShapeError]) -> None:
    polygon, findings = check_polygon(from_wkt(wkt))
    assert polygon is None
    assert [remark.reason for remark in findings] == expected
    assert all("?" not in remark.text() for remark in findings)


@pytest.mark.parametrize(
    ("wkt", "expected", "area"),
    [
        # the outline overshoots its first corner
        ("POLYGON((0 0,10 0,10 10,0 10,0.01 -0.01,0 0))",
         [ShapeError.RING_CROSSES_ITSELF, ShapeError.POLYGON_REPAIRED], None),
        # two halves that meet in one point of one ring
        ("POLYGON((0 0,10 0,5 5,10 10,0 10,5 5,0 0))", [ShapeError.RING_TOUCHES_ITSELF, ShapeError.POLYGON_REPAIRED], 50),
        # a tiny hole outside is left out, never turned into land
        ("POLYGON((0 0,10 0,10 10,0 10,0 0),(20 20,20.1 20,20.1 20.1,20 20))",
         [ShapeError.HOLE_OUTSIDE_SHELL, ShapeError.POLYGON_REPAIRED], 100),
        # two parts with a common edge
        ("MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0)),((10 0,20 0,20 10,10 10,10 0)))",
         [ShapeError.RINGS_OVERLAP, ShapeError.POLYGON_REPAIRED], 200),
        # out along a line and back on it
        ("POLYGON((0 0,2 0,2 2,3 2,2 2,2 4,0 4,0 0))", [ShapeError.SPIKE], 8),
        # a spike whose tip is where the ring begins
        ("POLYGON((3 2,2 2,2 4,0 4,0 0,2 0,2 2,3 2))", [ShapeError.SPIKE], 8),
        # a spike on a spike
        ("POLYGON((0 0,2 0,2 2,3 2,3 3,3 2,2 2,2 4,0 4,0 0))", [ShapeError.SPIKE, ShapeError.SPIKE], 8),
        ("POLYGON((0 0,0 0,2 0,2 4,2 4,2 4,0 4,0 0))", [ShapeError.POINTS_REPEATED], 8),
        ("MULTIPOLYGON(((0 0,2 0,2 4,0 4,0 0)),((5 5,6 6,5 5,5 5)))",
         [ShapeError.POINTS_REPEATED, ShapeError.PART_COLLAPSED], 8),
    ],
)
def test_it_repairs_and_names_what_loses_nothing(wkt: str, expected: list[ShapeError], area: float | None) -> None:
    polygon, findings = check_polygon(from_wkt(wkt))
    assert [remark.reason for remark in findings][-len(expected):] == expected
    assert len(findings) == len(expected)
    assert polygon is not None
    assert polygon.is_valid
    assert polygon.geom_type in ("Polygon", "MultiPolygon")
    if area is not None:
        assert polygon.area == pytest.approx(area)


def test_the_count_of_repeated_points_is_told() -> None:
    _, [repeated] = check_polygon(from_wkt("POLYGON((0 0,0 0,2 0,2 4,2 4,2 4,0 4,0 0))"))
    assert repeated.details["count"] == 3


def test_an_open_ring_is_closed_and_remarked() -> None:
    polygon, findings = check_polygon(drawn([[0, 0], [2, 0], [2, 4], [0, 4]]))
    assert [remark.reason for remark in findings] == [ShapeError.RING_UNCLOSED]
    assert polygon is not None
    assert polygon.area == 8


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, [ShapeError.GEOMETRY_MISSING]),
        ({}, [ShapeError.GEOMETRY_UNREADABLE]),
        ({"type": "Polygon"}, [ShapeError.GEOMETRY_UNREADABLE]),
        ({"type": "Circle", "coordinates": [1, 2]}, [ShapeError.GEOMETRY_UNREADABLE]),
        (drawn([[0, 0], ["1", 0], [1, 1], [0, 0]]), [ShapeError.GEOMETRY_UNREADABLE]),
        (drawn([[0, 0], [True, 0], [1, 1], [0, 0]]), [ShapeError.GEOMETRY_UNREADABLE]),
        (drawn([[0, 0], [1], [1, 1], [0, 0]]), [ShapeError.GEOMETRY_UNREADABLE]),
        (drawn([[0, 0], [None, 1], [1, 1], [0, 0]]), [ShapeError.GEOMETRY_UNREADABLE]),
        (drawn([[0, 0], {"x": 1}, [1, 1], [0, 0]]), [ShapeError.GEOMETRY_UNREADABLE]),  # type: ignore[list-item]
        (drawn([[0, 0], [10**400, 1], [1, 1], [0, 0]]), [ShapeError.GEOMETRY_UNREADABLE]),
        (drawn([[0, 0], [math.nan, 1], [1, 1], [0, 0]]), [ShapeError.POINT_NOT_FINITE]),
        (drawn([[0, 0], [math.inf, 1], [1, 1], [0, 0]]), [ShapeError.POINT_NOT_FINITE]),
        (drawn([[0, 0], [1, 91], [1, 1], [0, 0]]), [ShapeError.POINT_OUT_OF_RANGE]),
        (drawn([[0, 0], [1, 1]]), [ShapeError.RING_UNCLOSED, ShapeError.POLYGON_ZERO_AREA]),
        (drawn(), [ShapeError.POLYGON_EMPTY]),
        (drawn([]), [ShapeError.POLYGON_ZERO_AREA]),
        ({"type": "Point", "coordinates": [1, 2]}, [ShapeError.NOT_A_POLYGON]),
    ],
)
def test_a_drawing_that_is_no_polygon_is_named(given: dict[str, Any] | None, expected: list[ShapeError]) -> None:
    assert check_polygon(given)[0] is None
    assert reasons(given) == expected


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=14))
def test_whatever_is_drawn_a_taken_polygon_is_valid_and_a_change_is_never_silent(places: list[tuple[int, int]]) -> None:
    ring = [[lon, lat] for lon, lat in [*places, places[0]]]
    polygon, findings = check_polygon(drawn(ring))
    if polygon is None:
        assert findings
        return
    assert polygon.is_valid
    assert polygon.area > 0
    assert polygon.geom_type in ("Polygon", "MultiPolygon")
    given_area = Polygon(ring).area
    assert polygon.area == pytest.approx(given_area, rel=LIMIT_PERCENT / 100)
    if not findings:
        assert polygon.equals_exact(Polygon(ring), 0)


def test_a_point_is_named_by_its_kind() -> None:
    _, [remark] = check_polygon(Point(1, 1))
    assert remark.details["found"] == "Point"
