"""Drawings: their layers by name, closed lines as areas, texts and blocks counted and left out, no CRS (GIS-04)."""

import gzip
from pathlib import Path

import pytest

from jingwei.formats.dxf import Drawing, read_drawing
from jingwei.formats.errors import FormatError
from jingwei.formats.layers import read_layer
from jingwei.formats.shape_errors import ShapeError
from jingwei.formats.source import Source
from jingwei.kernel.errors import Refusal
from tests.formats.drawing import TREE, Pairs, block, drawing, point, polyline, text
from tests.formats.test_layers import IN_METRES, is_block, refused

RING = [(float(x), float(y)) for x, y in IN_METRES.exterior.coords[:-1]]
CITY = drawing(polyline("建筑", RING, closed=True), polyline("建筑", RING[:3]), polyline("道路", RING[:2]), text("注记", "某楼"),
               text("建筑", "一号"), block("建筑"), block("行道树"))


def layers(source: Source) -> Drawing:
    return read_drawing(source)


def test_the_layers_of_a_drawing_are_its_own_by_name(tmp_path: Path) -> None:
    (tmp_path / "城区.dxf").write_bytes(CITY)
    for source in (CITY, tmp_path / "城区.dxf", gzip.compress(CITY), CITY.replace(b"\n", b"\r\n")):
        refusal = refused(source, crs="EPSG:4547")
        assert refusal.reason is ShapeError.LAYER_CHOOSE
        assert refusal.details["found"] == "建筑、道路"
        layer = read_layer(source, layer="建筑", crs="EPSG:4547")
        assert (layer.kind, layer.name, layer.fields) == ("dxf", "建筑", ("Layer", "EntityHandle"))
        assert [one.geometry.geom_type for one in layer if one.geometry] == ["LineString", "LineString"]
    assert refused(CITY, layer="树", crs="EPSG:4547").reason is ShapeError.LAYER_MISSING


def test_closed_lines_are_areas_where_areas_are_wanted() -> None:
    house, wall = read_layer(CITY, layer="建筑", crs="EPSG:4547", surfaces=True)
    assert is_block(house.geometry)
    assert wall.geometry is not None
    assert wall.geometry.geom_type == "LineString"


def test_texts_and_blocks_are_left_out_with_a_count() -> None:
    layer = read_layer(CITY, layer="建筑", crs="EPSG:4547")
    assert [(one.reason, one.details["count"]) for one in layer.findings] == [
        (ShapeError.TEXTS_LEFT_OUT, 2), (ShapeError.BLOCKS_LEFT_OUT, 2)], "of the whole drawing"
    assert read_layer(drawing(polyline("道路", RING[:2])), crs="EPSG:4547").findings == ()


def test_a_drawing_knows_no_coordinate_system() -> None:
    assert refused(CITY, layer="建筑").reason is ShapeError.CRS_UNKNOWN
    assert refused(CITY, layer="建筑", crs="EPSG:4490").reason is ShapeError.CRS_DOES_NOT_FIT


@pytest.mark.parametrize(("version", "page", "encoding", "sure"), [
    ("AC1015", "ANSI_936", "gbk", "yes"), ("AC1027", "ANSI_936", "utf-8", "yes"), ("AC1015", None, "gbk", "likely"),
    ("AC1027", "ANSI_936", "gbk", "likely"),  # later than 2007 and yet no UTF-8
    ("AC1015", "ANSI_936", "utf-8", "likely"), ("AC1015", "ANSI_950", "big5", "yes"),
])
def test_names_of_layers_are_read_whatever_the_head_says(version: str, page: str | None, encoding: str, sure: str) -> None:
    called = "建築物輪廓線" if encoding == "big5" else "建筑物轮廓层"
    data = drawing(polyline(called, RING), version=version, page=page, encoding=encoding)
    [(name, raw)] = layers(data).layers.items()
    assert name == called
    assert raw.encoding is not None
    assert raw.encoding.sure == sure


def test_signs_that_the_code_page_lacks_are_read_too() -> None:
    assert list(layers(drawing(polyline(r"\U+5EFA\U+7B51 A", RING))).layers) == ["建筑 A"]


def test_a_drawing_of_texts_and_blocks_alone_says_so() -> None:
    refusal = refused(drawing(text("0", "甲"), text("0", "乙"), block("树")), crs="EPSG:4547")
    assert (refusal.reason, refusal.details) == (ShapeError.DRAWING_EMPTY, {"texts": 2, "blocks": 1})


@pytest.mark.parametrize(("data", "found"), [
    (b"AutoCAD Binary DXF\r\n\x1a\x00" + bytes(100), "二进制 DXF"), (b"AC1032\x00\x00\x00\x00" + bytes(100), "DWG")])
def test_other_drawings_are_refused_with_the_way_out(data: bytes, found: str) -> None:
    refusal = refused(data)
    assert refusal.reason is ShapeError.DRAWING_KIND
    assert found in refusal.text()


@pytest.mark.parametrize("data", [CITY[: len(CITY) // 2], CITY[:40], b"  0\nSECTION\n" + b"\xff" * 200, CITY.replace(b"10\n", b"1x\n")])
def test_a_damaged_drawing_gives_layers_or_a_coded_refusal(data: bytes) -> None:
    try:
        found = list(layers(data).layers)
    except Refusal:
        return
    assert all(len(read_layer(data, layer=name, crs="EPSG:4547")) for name in found)


def test_blocks_within_blocks_cost_nothing() -> None:
    """Twelve levels of ten are a million millions of lines where they are drawn out."""
    nested: Pairs = list(TREE)
    for level in range(12):
        inner = "TREE" if level == 0 else f"B{level - 1}"
        nested += [(0, "BLOCK"), (8, "0"), (2, f"B{level}"), (70, 0), (10, 0), (20, 0)]
        nested += [pair for _ in range(10) for pair in block("0", inner)] + [(0, "ENDBLK"), (8, "0")]
    found = layers(drawing(block("0", "B11"), polyline("墙", RING), blocks=nested))
    assert list(found.layers) == ["墙"]


def test_one_block_that_stands_for_millions_is_refused() -> None:
    assert refused(drawing(block("0", columns=30_000, rows=30_000), point("0", 1, 1))).reason is ShapeError.TOO_MANY_FEATURES


def test_an_encoding_that_is_told_is_believed_or_refused() -> None:
    assert list(read_drawing(CITY, encoding="GBK").layers) == ["建筑", "道路"]
    assert refused(CITY, encoding="UTF-8").reason is FormatError.ENCODING_NOT_THIS
