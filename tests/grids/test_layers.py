"""Map layers into areas: fields, levels above, parents by place, and how the polygons lie (AT-04)."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import shapely

from jingwei.formats.layers import Feature, Layer, read_layer
from jingwei.grids import findings, layers, seams
from jingwei.grids.codes import Kind
from jingwei.grids.errors import GridError
from jingwei.grids.findings import Remark
from jingwei.grids.layers import Above, Bounds, Fields, Ground
from jingwei.grids.rows import Reading
from jingwei.kernel.errors import ErrorCode, Refusal

STEP = 0.001  # about 100 m: a box of one step is a unit grid of some 10,000 m²
COMMUNITY = "990101001001"
UNITS = Fields("code", "name", 7, Kind.UNIT, note="note")


def box(column: float, row: float, width: float = 1, height: float = 0.95) -> shapely.Polygon:
    return shapely.box(120 + column * STEP, 23 + row * STEP, 120 + (column + width) * STEP, 23 + (row + height) * STEP)


def feature(number: int, geometry: Any, **properties: Any) -> Feature:
    return Feature(number, properties, geometry)


def unit(number: int, geometry: Any, community: str = COMMUNITY, **properties: Any) -> Feature:
    return feature(number, geometry, code=f"{community}{number:03d}", name=f"{number}号", **properties)


def known(*codes: str, level: int = 5) -> Any:
    return lambda wanted: {code: level for code in codes if code in wanted}


def told(reading: Reading) -> list[tuple[int, ErrorCode]]:
    return [(one.row, one.reason) for one in reading.findings]


def read_units(features: Iterable[Feature], **options: Any) -> Reading:
    return layers.read(features, UNITS, known=known(COMMUNITY, "990101001002"), **options)


def test_a_coded_unit_grid_stands_in_its_community() -> None:
    reading = read_units([unit(1, box(0, 0)), unit(2, box(1, 0))])
    assert reading.findings == []
    assert [(row.code, row.parent, row.level, row.kind) for row in reading.rows] == [
        (f"{COMMUNITY}001", COMMUNITY, 7, Kind.UNIT), (f"{COMMUNITY}002", COMMUNITY, 7, Kind.UNIT)]
    assert shapely.from_wkb(reading.rows[0].wkb or b"").equals(box(0, 0))


def test_levels_above_are_made_from_fields() -> None:
    """The trap of the villages: parents only as columns."""
    fields = Fields("V", "VN", 5, Kind.VILLAGE, above=(Above("T", "TN", 4, Kind.TOWN), Above("C", "CN", 3, Kind.COUNTY)))
    rows = [feature(1, box(0, 0), V="11", VN="甲里", T="1", TN="东区", C="9", CN="示例市"),
            feature(2, box(1, 0), V="12", VN="乙里", T="1", TN="东区", C="9", CN="示例市"),
            feature(3, box(2, 0), V="21", VN="丙里", T="2", TN="西区", C="9", CN="示例市")]
    reading = layers.read(rows, fields)
    assert reading.findings == []
    assert [(row.code, row.parent, row.level) for row in reading.rows] == [
        ("9", "", 3), ("1", "9", 4), ("2", "9", 4), ("11", "1", 5), ("12", "1", 5), ("21", "2", 5)]
    assert [row.wkb is None for row in reading.rows] == [True] * 3 + [False] * 3


def test_a_level_above_with_two_names_or_parents_is_told_and_the_first_stays() -> None:
    fields = Fields("V", "VN", 5, Kind.VILLAGE, above=(Above("T", "TN", 4, Kind.TOWN), Above("C", "CN", 3, Kind.COUNTY)))
    rows = [feature(1, box(0, 0), V="11", VN="甲里", T="1", TN="东区", C="9", CN="示例市"),
            feature(2, box(1, 0), V="12", VN="乙里", T="1", TN="東區", C="9", CN="示例市"),
            feature(3, box(2, 0), V="13", VN="丙里", T="1", TN="东区", C="8", CN="邻市")]
    reading = layers.read(rows, fields)
    assert told(reading) == [(2, Remark.ABOVE_TWO_NAMES), (3, Remark.ABOVE_TWO_PARENTS)]
    assert {row.code: row.name for row in reading.rows}["1"] == "东区"


def test_everything_may_stand_under_one_given_code() -> None:
    fields = Fields("code", "name", 5, Kind.VILLAGE, under="ROOT")
    reading = layers.read([feature(1, box(0, 0), code="A", name="甲")], fields, known=known("ROOT", level=4))
    assert [(row.parent, row.level) for row in reading.rows] == [("ROOT", 5)]


def test_numbers_in_code_fields_become_plain_digits() -> None:
    fields = Fields("code", "name", 5, Kind.VILLAGE, under="ROOT")
    reading = layers.read([feature(1, box(0, 0), code=67000150013.0, name=None)], fields, known=known("ROOT", level=4))
    assert [(row.code, row.name) for row in reading.rows] == [("67000150013", "67000150013")]


TRAPS = [
    ("no code", feature(2, box(1, 0), code=None, name="乙"), [(2, Remark.NO_CODE)]),
    ("a code in full-width digits", feature(2, box(1, 0), code="９９", name="乙"), [(2, Remark.BAD_CODE)]),
    ("the same code again", unit(1, box(1, 0)), [(1, Remark.REPEATED)]),
    ("the same code, another name", feature(2, box(1, 0), code=f"{COMMUNITY}001", name="别名"), [(2, Remark.TWO_NAMES)]),
    ("no community of that code", unit(2, box(1, 0), community="990101009009"), [(2, Remark.NO_PARENT)]),
]


@pytest.mark.parametrize(("gloss", "second", "expected"), TRAPS, ids=[t[0] for t in TRAPS])
def test_each_trap_is_told_and_the_rest_is_taken(gloss: str, second: Feature,
                                                 expected: list[tuple[int, ErrorCode]]) -> None:
    reading = read_units([unit(1, box(0, 0)), second])
    assert told(reading) == expected
    assert [row.code for row in reading.rows] == [f"{COMMUNITY}001"]


@pytest.mark.parametrize("geometry", [None, shapely.Point(120, 23), shapely.Polygon(),
                                      shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])])
def test_a_polygon_that_cannot_be_used_is_refused_with_its_reason(geometry: Any) -> None:
    reading = read_units([unit(1, geometry), unit(2, box(1, 0))])
    assert (1, Remark.BAD_SHAPE) in told(reading)
    assert {one.grade for one in reading.findings} == {findings.Grade.REFUSED}
    assert [row.row for row in reading.rows] == [2]


GROUNDS = [Ground(COMMUNITY, box(0, 0, 3, 1)), Ground("990101001002", box(3, 0, 3, 1))]


def test_a_unit_across_the_border_of_its_community_is_rejected() -> None:
    """AT-04 (i), GRD-03: 40 % of it lie in the next community."""
    reading = read_units([unit(1, box(0, 0)), unit(2, box(2.4, 0))], grounds=GROUNDS)
    crossing = next(one for one in reading.refused if one.row == 2)
    assert crossing.reason is Remark.CROSSES
    assert crossing.details == {"parent": COMMUNITY, "percent": "40.0", "others": "990101001002"}
    assert [row.row for row in reading.rows] == [1]


def test_a_unit_without_a_community_in_its_code_that_lies_in_two_is_rejected() -> None:
    """AT-04 (ii), GRD-04."""
    rows = [feature(1, box(2.5, 0), code="U-1", name="甲"), feature(2, box(0, 0), code="U-2", name="乙")]
    reading = read_units(rows, grounds=GROUNDS)
    assert [(one.row, one.reason) for one in reading.refused] == [(1, Remark.CROSSES)]
    assert [(row.code, row.parent) for row in reading.rows] == [("U-2", COMMUNITY)]


def test_a_sliver_across_the_border_is_drawing_not_meaning() -> None:
    reading = read_units([unit(1, box(2.005, 0))], grounds=GROUNDS)
    assert reading.refused == []


def test_a_unit_outside_every_community_is_rejected() -> None:
    assert told(read_units([unit(1, box(50, 50))], grounds=GROUNDS)) == [(1, Remark.NO_GROUND)]


def test_other_grids_go_where_most_of_them_lies() -> None:
    """A labour grid may span communities (GRD-21); it is told, not refused."""
    fields = Fields("code", "name", 6, Kind.GRID)
    reading = layers.read([feature(1, box(1, 0, 3), code="L1", name="甲")], fields, grounds=GROUNDS,
                          known=known(COMMUNITY, "990101001002"))
    assert [(row.code, row.parent) for row in reading.rows] == [("L1", COMMUNITY)]
    assert (1, Remark.MOSTLY_IN) in told(reading)


def test_an_odd_size_asks_for_a_reason() -> None:
    """AT-04 (iii), GRD-05."""
    small, large = box(0, 0, 0.4), box(1, 0, 2)
    reading = read_units([unit(1, small), unit(2, large), unit(3, box(4, 0, 0.3), note="河岸零散地块")])
    assert told(reading) == [(1, Remark.ODD_SIZE), (2, Remark.ODD_SIZE)]
    assert len(reading.rows) == 3
    assert reading.rows[2].note == "河岸零散地块"


def test_gaps_and_overlaps_are_reported_in_number_and_size() -> None:
    """AT-04 (iv), GRD-06: nothing is refused for them."""
    ring = [unit(n + 1, box(x, y, 1, 1)) for n, (x, y) in enumerate(
        (x, y) for x in range(3) for y in range(3) if (x, y) != (1, 1))]
    ring.append(unit(20, box(3 - 0.002, 0, 1, 1)))
    ring.append(unit(21, box(3 - 0.3, 2, 1, 1)))
    reading = read_units(ring)
    assert reading.refused == []
    by_reason = {one.reason: one.details for one in reading.findings}
    assert by_reason[Remark.HOLES]["count"] == 1
    assert by_reason[Remark.HOLES]["area_m2"] == pytest.approx(11_340, rel=0.01)
    assert by_reason[Remark.SLIVERS] == {"count": 1, "area_m2": pytest.approx(23, abs=2)}
    assert by_reason[Remark.OVERLAPS]["area_m2"] == pytest.approx(3_400, rel=0.01)


def test_ground_without_a_grid_is_reported() -> None:
    """GRD-06: seamless. A third of the community is left over."""
    reading = read_units([unit(1, box(0, 0)), unit(2, box(1, 0))], grounds=GROUNDS)
    uncovered = next(one for one in reading.findings if one.reason is Remark.UNCOVERED)
    assert uncovered.details["parent"] == COMMUNITY
    assert uncovered.details["area_m2"] == pytest.approx(12_000, rel=0.05)


@pytest.mark.parametrize(("count", "warned"), [(9, True), (10, False), (16, False), (17, True)])
def test_a_responsibility_grid_of_nine_or_seventeen_units_warns(count: int, warned: bool) -> None:
    """AT-04 (v), GRD-08: 10-16 in a dense area."""
    fields = Fields("code", "name", 7, Kind.UNIT, above=(Above("grid", "grid", 6, Kind.RESPONSIBILITY),), under=COMMUNITY)
    rows = [feature(n + 1, box(n, 0), code=f"{COMMUNITY}{n + 1:03d}", name="单元", grid=f"{COMMUNITY}R01")
            for n in range(count)]
    reading = layers.tell_unit_counts(layers.read(rows, fields, known=known(COMMUNITY)), Bounds())
    assert (Remark.UNIT_COUNT in {one.reason for one in reading.findings}) is warned


def test_a_layer_without_the_fields_is_refused_as_a_whole() -> None:
    layer = Layer("geojson", "x", "WGS-84", ("id",), (feature(1, box(0, 0), id=1),))
    with pytest.raises(Refusal) as refusal:
        layers.read(layer, UNITS)
    assert refusal.value.reason is GridError.COLUMNS_MISSING


VILLAGES = Fields("VILLCODE", "VILLNAME", 5, Kind.VILLAGE, above=(
    Above("TOWNCODE", "TOWNNAME", 4, Kind.TOWN), Above("COUNTYCODE", "COUNTYNAME", 3, Kind.COUNTY)))


def test_a_whole_city_of_villages_is_read_with_its_towns(test_data: Path) -> None:
    """752 villages, 37 towns made from columns; neighbours overlap by slivers, 1,165 of them by a square metre."""
    reading = layers.read(read_layer(test_data / "tainan" / "villages.geojson.gz"), VILLAGES)
    assert Counter(row.level for row in reading.rows) == {3: 1, 4: 37, 5: 752}
    assert reading.refused == []
    slivers = next(one for one in reading.findings if one.reason is Remark.SLIVERS)
    assert slivers.details == {"count": 1_260, "area_m2": pytest.approx(54_163, abs=1)}
    plane = seams.flat([shapely.from_wkb(row.wkb) for row in reading.rows if row.wkb])
    assert sum(overlap.area > 1 for overlap in seams.overlaps(plane)) == 1_165
    towns = {row.code: row for row in reading.rows if row.level == 4}
    assert all(row.parent in towns and row.code.startswith(row.parent) for row in reading.rows if row.level == 5)
