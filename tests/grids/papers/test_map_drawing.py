"""Maps on paper: round scales, true distances, labels that never cover each other, text of people as text."""

import math
import random
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.grids.papers import drawing, frames, labels
from jingwei.grids.papers.drawing import Drawn, Ground, Thing
from jingwei.grids.papers.labels import Sheet

LON, LAT = 113.0, 28.0
SHRINK = math.cos(math.radians(LAT))


def box(x: float, y: float, wide: float, high: float) -> shapely.Polygon:
    """Metres from a corner, y to the north."""
    return shapely.box(LON + x / 111_320 / SHRINK, LAT + y / 111_320, LON + (x + wide) / 111_320 / SHRINK,
                       LAT + (y + high) / 111_320)


def line(*points: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([(LON + x / 111_320 / SHRINK, LAT + y / 111_320) for x, y in points])


@pytest.mark.parametrize(("least", "scale"), [
    (100, 100), (101, 120), (999, 1000), (1000, 1000), (1001, 1200), (2600, 3000), (9500, 10_000), (18_500, 20_000)])
def test_scales_are_round(least: float, scale: int) -> None:
    assert frames.round_scale(least) == scale


def test_an_outline_fits_its_frame_with_a_margin_and_true_distances() -> None:
    frame = frames.fit(box(0, 0, 400, 200), 200, 150)
    west, north, east, south = shapely.bounds(frame.laid(box(0, 0, 400, 200))).tolist()
    assert frame.scale == 2500
    assert (east - west, south - north) == (pytest.approx(160, abs=0.1), pytest.approx(80, abs=0.1))
    assert (west + east) / 2 == pytest.approx(100, abs=0.01)
    lower = shapely.bounds(frame.laid(box(0, 0, 10, 10))).tolist()
    assert lower[3] == pytest.approx(south), "north is up"
    inside = frame.box
    assert inside[0] < LON < inside[2]


@given(st.floats(5, 50_000), st.floats(5, 50_000))
@settings(max_examples=50, deadline=None)
def test_any_ground_fits_and_its_bar_is_round(wide: float, high: float) -> None:
    frame = frames.fit(box(0, 0, wide, high), 228, 176)
    west, north, east, south = shapely.bounds(frame.laid(box(0, 0, wide, high))).tolist()
    assert min(west, north) >= 5
    assert east <= 223
    assert south <= 171
    metres, long = frame.bar()
    assert str(metres).rstrip("0") in ("1", "2", "5")
    assert 8 <= long <= 45.01
    assert long == pytest.approx(metres * 1000 / frame.scale)


def overlapping(sheet: Sheet) -> int:
    taken = np.array(sheet.taken)
    one, other = shapely.STRtree(taken).query(taken, predicate="intersects")
    return int((one < other).sum())


@pytest.mark.parametrize("seed", range(4))
def test_labels_never_cover_each_other(seed: int) -> None:
    chance = random.Random(seed)
    sheet = Sheet(200, 150)
    sheet.reserve(0, 130, 60, 150)
    for number in range(120):
        x, y = chance.uniform(0, 180), chance.uniform(0, 130)
        sheet.inside(shapely.box(x, y, x + chance.uniform(5, 30), y + chance.uniform(4, 20)), f"网格{number}", "unit", (3, 2, 1.8))
    for number in range(60):
        x, y, turn = chance.uniform(20, 180), chance.uniform(20, 130), chance.uniform(0, 2 * math.pi)
        ends = shapely.LineString([(x, y), (x + 60 * math.cos(turn), y + 60 * math.sin(turn))])
        sheet.along([ends], f"示例{number}路", "street", 2.2)
    assert len(sheet.labels) > 40
    assert overlapping(sheet) == 0
    for shape in sheet.taken[1:]:
        west, north, east, south = shape.bounds
        assert west >= 0
        assert north >= 0
        assert east <= 200
        assert south <= 150


def test_a_label_stands_inside_its_area_as_large_as_fits() -> None:
    sheet = Sheet(200, 150)
    assert sheet.inside(shapely.box(10, 10, 60, 30), "001", "unit", (4, 3, 2))
    assert sheet.inside(shapely.box(70, 10, 74.5, 13.2), "002", "unit", (4, 3, 2))
    assert not sheet.inside(shapely.box(100, 10, 101, 11), "003", "unit", (4, 3, 2))
    assert not sheet.inside(shapely.box(100, 10, 150, 60), "", "unit", (4,))
    assert not sheet.inside(shapely.Polygon(), "004", "unit", (4,))
    assert [label.size for label in sheet.labels] == [4, 2]


def test_in_a_concave_area_the_label_stands_where_there_is_room() -> None:
    hook = shapely.Polygon([(0, 0), (100, 0), (100, 40), (60, 40), (60, 5), (0, 5)]).buffer(0)
    sheet = Sheet(200, 150)
    assert sheet.inside(hook, "第一网格", "grid", (4,))
    assert sheet.labels[0].x > 60


@pytest.mark.parametrize(("ends", "angle", "stacked"), [
    (((10, 50), (150, 50)), 0, False), (((150, 50), (10, 50)), 0, False), (((10, 10), (100, 100)), 45, False),
    (((10, 100), (100, 10)), -45, False), (((50, 10), (50, 140)), 90, True), (((50, 140), (50, 10)), 90, True),
    (((60, 10), (40, 140)), 98.7, True)])
def test_a_street_is_named_along_itself_and_never_upside_down(
        ends: tuple[tuple[float, float], ...], angle: float, stacked: bool) -> None:
    sheet = Sheet(200, 150)
    assert sheet.along([shapely.LineString(ends)], "人民路", "street", 2.4, again=400) == 1
    (label,) = sheet.labels
    assert (label.angle, label.stacked) == (pytest.approx(angle, abs=0.1), stacked)


def test_names_in_other_letters_are_turned_not_stacked() -> None:
    sheet = Sheet(200, 150)
    sheet.along([shapely.LineString([(50, 10), (50, 140)])], "S217 省道", "street", 2.4, again=400)
    assert not sheet.labels[0].stacked


def test_a_crooked_or_short_street_has_no_name_on_it() -> None:
    sheet = Sheet(200, 150)
    zigzag = shapely.LineString([(10 + 2 * step, 50 + 6 * (step % 2)) for step in range(40)])
    assert sheet.along([zigzag], "弯弯曲曲路", "street", 2.4) == 0
    assert sheet.along([shapely.LineString([(10, 100), (14, 100)])], "短得很的街", "street", 2.4) == 0


def test_a_long_street_is_named_again() -> None:
    sheet = Sheet(400, 150)
    assert sheet.along([shapely.LineString([(5, 50), (395, 50)])], "长街", "street", 2.4) == 4


def town() -> Ground:
    units = [Drawn(f"{10 * row + column + 1:03d}", box(100 * column, 100 * row, 100, 100)) for row in range(10) for column in range(10)]
    grids = [Drawn(f"第{'一二三四'[2 * row + column]}网格", box(500 * column, 500 * row, 500, 500)) for row in range(2) for column in range(2)]
    streets = [Thing(f"横{n}路", "主干路" if n == 5 else "支路", line((-200, 100 * n), (1200, 100 * n))) for n in range(11)]
    streets += [Thing(f"竖{n}街", "巷", line((100 * n, -200), (100 * n, 1200))) for n in range(11)]
    houses = [Thing(f"{n}号楼", "", box(100 * (n % 10) + 20, 100 * (n // 10) + 20, 40, 15)) for n in range(100)]
    return Ground(box(0, 0, 1000, 1000), grids, units, [Thing("书院社区", "", box(1000, 0, 800, 1000))],
                  {"streets": streets, "buildings": houses, "water": [Thing("清河", "", box(-400, 1020, 2000, 100))],
                   "green": [Thing("", "", box(300, 300, 50, 50))]})


def test_a_community_of_100_units_is_drawn_and_every_unit_has_its_code() -> None:
    """GRD-37."""
    ground = town()
    picture = drawing.draw(ground, drawing.frame_for(ground.outline, 228, 176), "Noto Sans CJK SC")
    assert picture.left_out == []
    assert picture.shows == ["grids", "units", "beside", "streets", "water", "green", "buildings"]
    told = {label.text for label in picture.labels}
    assert {"001", "100", "第一网格", "书院社区", "清河", "横5路"} <= told
    boxes = np.array([labels._box_of(label) for label in picture.labels])
    one, other = shapely.STRtree(boxes).query(boxes, predicate="intersects")
    assert int((one < other).sum()) == 0
    assert ElementTree.fromstring(picture.svg).tag.endswith("svg")


def test_the_same_ground_gives_the_same_picture() -> None:
    ground = town()
    frame = drawing.frame_for(ground.outline, 228, 176)
    assert drawing.draw(ground, frame, "x").svg == drawing.draw(ground, frame, "x").svg


@pytest.mark.parametrize("name", ['<script>alert(1)</script>', '"/><image href="file:///etc/passwd"/>', "a&b]]>", "&#x3c;svg&gt;"])
def test_hostile_names_are_words_on_the_map(name: str) -> None:
    ground = Ground(box(0, 0, 1000, 1000), [Drawn(name, box(0, 0, 1000, 1000))],
                    layers={"streets": [Thing(name, "", line((-500, 1005), (1500, 1005)))]})
    picture = drawing.draw(ground, drawing.frame_for(ground.outline, 228, 176), "x")
    parsed = ElementTree.fromstring(picture.svg)
    assert {element.tag.rsplit("}", 1)[-1] for element in parsed.iter()} <= {"svg", "rect", "path", "g", "text", "circle"}
    assert name in "".join(parsed.itertext())


def test_what_has_no_room_is_told() -> None:
    slim = [Drawn("001", box(0, 0, 1, 1000)), Drawn("第二网格", box(1, 0, 999, 1000))]
    picture = drawing.draw(Ground(box(0, 0, 1000, 1000), units=slim), drawing.frame_for(box(0, 0, 1000, 1000), 100, 60), "x")
    crowded = [Drawn(f"{n:03d}", box(10 * (n % 100), 10 * (n // 100), 10, 10)) for n in range(10_000)]
    full = drawing.draw(Ground(box(0, 0, 1000, 1000), units=crowded[:3_000]), drawing.frame_for(box(0, 0, 1000, 1000), 100, 60), "x")
    assert "第二网格" not in picture.left_out
    assert len(full.left_out) + sum(label.kind == "unit" for label in full.labels) == 3_000
    assert full.left_out


@pytest.mark.parametrize(("scale", "buildings", "zoom"), [(2_000, True, 14), (6_000, True, 14), (12_000, True, 13), (20_000, False, 12), (300_000, False, 10)])
def test_small_maps_leave_out_what_nobody_could_see(scale: int, buildings: bool, zoom: int) -> None:
    layers, streets_from = drawing.layers_at(scale)
    assert ("buildings" in layers, streets_from) == (buildings, zoom)
