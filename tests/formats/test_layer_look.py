"""A look into a map file: what it holds, how sure that is, and every bad file in its own words."""

import gzip
import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pytest
import shapely

from jingwei.formats import layer_look, layers, source
from jingwei.formats.errors import FormatError
from jingwei.formats.layer_look import LayerLook, look
from jingwei.formats.layers import read_layer
from jingwei.formats.shape_errors import ShapeError
from jingwei.formats.source import Source
from jingwei.kernel.errors import Refusal
from tests.formats.drawing import drawing, polyline, text
from tests.formats.test_dxf import RING
from tests.formats.test_layers import BLOCK, IN_METRES, collection, feature, write, zipped

STRING = shapely.LineString([(113.94, 22.5), (113.95, 22.51)])


def only(source: Source, **options: Any) -> LayerLook:
    [layer] = look(source, **options).layers
    return layer


def refusal_of(source: Source, **options: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        look(source, **options)
    assert "?" not in caught.value.text() + caught.value.text("en")
    return caught.value


def codes(layer: LayerLook) -> list[Any]:
    for remark in layer.remarks:
        assert "?" not in remark.text() + remark.text("en")
    return [remark.reason for remark in layer.remarks]


def test_layers_kinds_fields_and_samples_of_a_geopackage(tmp_path: Path) -> None:
    columns = {"名称": np.array(["甲楼", "乙楼", None, "甲楼"], dtype=object), "户数": np.array([12, 24, 0, 6]),
               "高": np.array([1.5, 2.0, np.nan, 3.0])}
    path = write(tmp_path / "all.gpkg", [BLOCK] * 4, layer="建筑", columns=columns)
    write(path, [STRING], layer="道路", append=True, kind="LineString")
    found = look(path)
    assert (found.kind, [layer.name for layer in found.layers], found.more) == ("gpkg", ["建筑", "道路"], 0)
    houses, roads = found.layers
    assert (houses.count, houses.read, houses.crs, houses.by_rule) == (4, 4, "EPSG:4490", False)
    assert [(kind, count) for kind, _, count in houses.kinds] == [("Polygon", 4)]
    assert [(each.name, each.kind, each.samples, each.filled) for each in houses.fields] == [
        ("名称", "text", ("甲楼", "乙楼"), 3), ("户数", "whole", ("12", "24", "0", "6"), 4), ("高", "number", ("1.5", "2", "3"), 3)]
    assert houses.box == pytest.approx(BLOCK.bounds)
    assert [kind for kind, _, _ in roads.kinds] == ["LineString"]


@pytest.mark.parametrize("form", ["shp", "zip", "gpkg"])
def test_only_some_features_are_read_and_all_of_them_counted(
        form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layer_look, "MOST_FEATURES", 10)
    shapes = [shapely.box(n, 0, n + 1, 1) for n in range(50)]
    path = write(tmp_path / ("a.gpkg" if form == "gpkg" else "a.shp"), shapes)
    layer = only(zipped(tmp_path) if form == "zip" else path)
    assert (layer.count, layer.read) == (50, 10)
    assert layer.box == (0.0, 0.0, 50.0, 1.0), "the head tells the corners of all of them"
    data = collection(*[feature(shape) for shape in shapes])
    assert (only(data).count, only(data).read, only(data).by_rule) == (50, 10, True)


def test_a_head_that_lies_about_the_corners_is_not_believed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.shp", [BLOCK])
    for corners in ((0.0, 0.0, 1.0, 1.0), (float("nan"),) * 4, (-1e308, -1e308, float("inf"), 1e308)):
        data = bytearray(path.read_bytes())
        data[36:68] = struct.pack("<4d", *corners)
        path.write_bytes(data)
        assert only(path).box == pytest.approx(BLOCK.bounds)


def test_a_drawing_is_looked_at_by_its_layers() -> None:
    found = look(drawing(polyline("建筑", RING, closed=True), text("建筑", "一号"), polyline("道路", RING[:2])))
    assert (found.kind, [layer.name for layer in found.layers]) == ("dxf", ["建筑", "道路"])
    houses, roads = found.layers
    assert codes(houses) == [ShapeError.CLOSED_LINES, ShapeError.TEXTS_LEFT_OUT]
    assert codes(roads) == [ShapeError.TEXTS_LEFT_OUT]
    assert houses.crs == ""


def test_a_zip_of_two_shapefiles_shows_both_though_one_is_broken(tmp_path: Path) -> None:
    write(tmp_path / "街道.shp", [BLOCK])
    write(tmp_path / "社区.shp", [BLOCK, BLOCK])
    (tmp_path / "社区.dbf").unlink()
    found = look(zipped(tmp_path))
    told = {layer.name: layer for layer in found.layers}
    assert told["街道"].count == 1
    broken = told["社区"].unreadable
    assert broken is not None
    assert (broken.reason, broken.details["parts"]) == (ShapeError.LAYER_PART_MISSING, ".dbf")


def test_equal_names_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path / "a.shp", [BLOCK])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for folder in ("东", "西"):
            for part in sorted(tmp_path.glob("a.*")):
                archive.writestr(f"{folder}/a{part.suffix}", part.read_bytes())
    assert [layer.name for layer in look(out.getvalue()).layers] == ["东/a", "西/a"]
    assert read_layer(out.getvalue(), layer="西/a").name == "西/a"


def _without(suffix: str) -> Callable[[Path], Source]:
    def make(folder: Path) -> Source:
        path = write(folder / "a.shp", [BLOCK])
        path.with_suffix(suffix).unlink()
        return path
    return make


def _bomb(folder: Path) -> Source:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for suffix in (".shp", ".shx", ".dbf"):
            archive.writestr(f"a{suffix}", bytes(40_000_000))
    return out.getvalue()


@pytest.mark.parametrize(("make", "reason", "words"), [
    (_without(".dbf"), ShapeError.LAYER_PART_MISSING, ".dbf"),
    (_without(".shx"), ShapeError.LAYER_PART_MISSING, ".shx"),
    (_bomb, FormatError.ARCHIVE_BOMB, "异常"),
    (lambda _: b"AC1032\x00\x00\x00" + bytes(99), ShapeError.DRAWING_KIND, "DWG"),
    (lambda _: b"<?xml version='1.0'?><kml/>", ShapeError.LAYER_KIND, "KML"),
    (lambda _: b"", ShapeError.LAYER_KIND, "空文件"),
    (lambda _: b"%PDF-1.7", ShapeError.LAYER_KIND, "无法辨认"),
    (lambda _: b"PK\x03\x04 broken", FormatError.ARCHIVE_BROKEN, "zip"),
    (lambda folder: write(folder / "a.shp", [BLOCK]).read_bytes(), ShapeError.LAYER_PART_MISSING, ".shx、.dbf"),
    (lambda folder: folder / "no.shp", FormatError.FILE_UNREADABLE, "不存在"),
], ids=["no dbf", "no shx", "bomb", "dwg", "kml", "empty", "pdf", "broken zip", "shp alone", "no file"])
def test_a_file_that_cannot_be_looked_into_is_refused_in_its_own_words(
        make: Callable[[Path], Source], reason: Any, words: str, tmp_path: Path) -> None:
    refusal = refusal_of(make(tmp_path))
    assert refusal.reason is reason
    assert words in refusal.text()


def test_a_layer_without_features_says_so(tmp_path: Path) -> None:
    assert codes(only(collection())) == [ShapeError.LAYER_WITHOUT_FEATURES]
    assert codes(only(write(tmp_path / "a.shp", []))) == [ShapeError.LAYER_WITHOUT_FEATURES]
    assert only(collection()).kinds == ()


def test_mixed_kinds_are_said_and_multi_parts_are_no_mixture() -> None:
    layer = only(collection(feature(BLOCK), feature(BLOCK), feature(STRING), feature(None)))
    assert codes(layer) == [ShapeError.KINDS_MIXED]
    assert "面 2、线 1" in layer.remarks[0].text()
    assert [(kind, count) for kind, _, count in layer.kinds] == [("Polygon", 2), ("LineString", 1), ("", 1)]
    assert codes(only(collection(feature(BLOCK), feature(shapely.MultiPolygon([BLOCK]))))) == []


@pytest.mark.parametrize("suffix", [".shp", ".gpkg"])
def test_heights_are_left_out_with_a_word(suffix: str, tmp_path: Path) -> None:
    raised = shapely.force_3d(BLOCK, 12.5)
    path = tmp_path / f"a{suffix}"
    pyogrio.raw.write(path, shapely.to_wkb(np.array([raised]), output_dimension=3), [np.array([1])], ["n"],
                      geometry_type="Polygon Z", crs="EPSG:4490")
    assert codes(only(path)) == [ShapeError.HEIGHTS_LEFT_OUT]
    layer = read_layer(path)
    assert [remark.reason for remark in layer.findings] == [ShapeError.HEIGHTS_LEFT_OUT]
    assert layer.features[0].geometry is not None
    assert not layer.features[0].geometry.has_z


def test_measures_are_left_out_with_a_word(tmp_path: Path) -> None:
    path = write(tmp_path / "a.shp", [BLOCK])
    data = bytearray(path.read_bytes())
    data[32], data[108] = 25, 25  # polygons with measures, of which the records may hold none
    path.write_bytes(data)
    assert codes(only(path)) == [ShapeError.HEIGHTS_LEFT_OUT]
    [shape] = read_layer(path)
    assert shape.geometry is not None
    assert shape.geometry.equals(BLOCK)


def test_curves_are_drawn_as_lines_with_a_word(tmp_path: Path) -> None:
    arc = struct.pack("<BII", 1, 8, 5) + struct.pack("<10d", 0, 0, 1, 1, 2, 0, 1, -1, 0, 0)
    disc = struct.pack("<BII", 1, 10, 1) + arc
    path = tmp_path / "a.gpkg"
    pyogrio.raw.write(path, np.array([disc], dtype=object), [np.array([1])], ["n"], geometry_type="Unknown", crs="EPSG:4490")
    layer = only(path)
    assert codes(layer) == [ShapeError.CURVES_STRAIGHTENED]
    assert [kind for kind, _, _ in layer.kinds] == ["Polygon"]
    [shape] = read_layer(path)
    assert shape.geometry is not None
    assert shape.geometry.area == pytest.approx(np.pi, rel=0.01)
    assert codes(only(write(tmp_path / "b.gpkg", [BLOCK, shapely.MultiPolygon([BLOCK])], kind="Unknown"))) == []


def test_texts_with_a_wrong_cpg_or_none_are_said(tmp_path: Path) -> None:
    names = np.array(["南山街道办事处", "粤海街道文心社区", "沙河街道"], dtype=object)
    path = write(tmp_path / "a.shp", [BLOCK] * 3, columns={"名称": names}, encoding="GBK")
    path.with_suffix(".cpg").write_bytes(b"UTF-8")
    layer = only(path)
    assert codes(layer) == [FormatError.ENCODING_OTHER]
    assert layer.encoding is not None
    assert (layer.encoding.name, layer.encoding.stated) == ("GBK", "UTF-8")
    assert layer.fields[0].samples[0] == "南山街道办事处"
    path.with_suffix(".cpg").unlink()
    assert codes(only(path)) == []
    assert refusal_of(path, encoding="UTF-8").reason is FormatError.ENCODING_NOT_THIS
    assert refusal_of(path, encoding="klingon").reason is FormatError.ENCODING_NAME


def test_samples_are_short_single_lines_and_hide_nothing() -> None:
    layer = only(collection(feature(BLOCK, a="一\n二\x00三" + "长" * 100, b=None, c=[1, 2], d=True, e={"f": 1})))
    samples = {each.name: each.samples for each in layer.fields}
    assert samples["a"] == ("一二三" + "长" * 37 + "…",)
    assert samples["b"] == ()
    assert all(len(each) <= 41 for every in samples.values() for each in every)


def test_very_many_layers_and_fields_are_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layer_look, "MOST_LAYERS", 2)
    found = look(drawing(*[polyline(f"L{n}", RING) for n in range(5)]))
    assert (len(found.layers), found.more) == (2, 3)
    wide = only(collection(feature(BLOCK, **{f"f{n}": n for n in range(500)})))
    assert len(wide.fields) == layer_look.MOST_FIELDS


def test_the_whole_look_can_be_told_as_plain_words() -> None:
    layer = only(collection(feature(IN_METRES)))
    assert json.dumps([title.zh for _, title, _ in layer.kinds], ensure_ascii=False) == '["面"]'
    assert layer.points is not None
    assert layer.points.shape == (5, 2)


def test_what_was_sent_holds_less_than_a_file_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.shp", [shapely.box(n, 0, n + 1, 1) for n in range(12)])
    geojson = collection(*[feature(shapely.box(n, 0, n + 1, 1)) for n in range(12)])
    geopackage = write(tmp_path / "b.gpkg", [BLOCK] * 12)
    monkeypatch.setattr(layers, "MOST_SENT", 10)
    for sent in (zipped(tmp_path, ".shp", ".shx", ".dbf", ".prj"), geojson, geopackage.read_bytes()):
        with pytest.raises(Refusal) as caught:
            read_layer(sent)
        assert (caught.value.reason, caught.value.details["most"]) == (ShapeError.TOO_MANY_FEATURES, "10")
    assert (len(read_layer(path)), len(read_layer(geopackage))) == (12, 12)
    monkeypatch.setattr(source, "SENT", 500)
    for sent, reason in ((zipped(tmp_path, ".shp", ".shx", ".dbf"), FormatError.ARCHIVE_BOMB), (geojson, FormatError.FILE_TOO_LARGE),
                         (gzip.compress(geojson), FormatError.FILE_TOO_LARGE), (geopackage.read_bytes(), FormatError.FILE_TOO_LARGE),
                         (drawing(*[polyline("墙", RING)] * 20), FormatError.FILE_TOO_LARGE)):
        assert refusal_of(sent).reason is reason
    assert only(path).count == 12
