"""Map layers in: three kinds of file, one shape of feature, always longitude and latitude (G1, G2, P2, T3)."""

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from jingwei.formats.coordinates import wgs84_to_bd09, wgs84_to_gcj02
from jingwei.formats.errors import FormatError
from jingwei.formats.layers import Layer, read_layer
from jingwei.formats.shape_errors import ShapeError
from jingwei.formats.source import Source
from jingwei.kernel.errors import Refusal

# a block of Nanshan, and the same block in metres of the 3-degree zone on 114° E
BLOCK = shapely.box(113.94, 22.50, 113.95, 22.51)
IN_METRES = shapely.transform(
    BLOCK, lambda places: np.column_stack(Transformer.from_crs(4490, 4547, always_xy=True).transform(*places.T)),
)


def collection(*features: Any, **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    if isinstance(geometry, shapely.Geometry):
        geometry = json.loads(shapely.to_geojson(geometry))
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write(path: Path, shapes: list[Any], *, crs: str | None = "EPSG:4490", kind: str = "Polygon",
          columns: dict[str, Any] | None = None, **options: Any) -> Path:
    columns = columns or {"名称": np.array([f"第{n}格" for n in range(len(shapes))], dtype=object)}
    geometry = shapely.to_wkb(np.array(shapes, dtype=object))
    masks = options.pop("field_mask", None)
    with pytest.warns() if crs is None else np.errstate():  # GDAL warns that it writes no CRS
        pyogrio.raw.write(
            path, geometry, field_data=list(columns.values()), fields=np.array(list(columns), dtype=object),
            geometry_type=kind, crs=crs, field_mask=masks, **options,
        )
    return path


def is_block(shape: Any, within: float = 1e-9) -> bool:
    """The block, whichever way round its ring runs."""
    return bool(shape is not None and shape.normalize().equals_exact(BLOCK.normalize(), within))


def zipped(folder: Path, *suffixes: str, rename: str | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for entry in sorted(folder.iterdir()):
            if not suffixes or entry.suffix in suffixes:
                archive.writestr((rename or entry.stem) + entry.suffix, entry.read_bytes())
    return out.getvalue()


def refused(source: Source, **options: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_layer(source, **options)
    assert "?" not in caught.value.text()
    assert "?" not in caught.value.text("en")
    return caught.value


def test_geojson_becomes_features_with_numbers() -> None:
    layer = read_layer(collection(feature(BLOCK, 名称="一格", 面积=1), feature(None, 名称="二格"), name="grids"))
    assert (layer.kind, layer.name, layer.crs_in, layer.fields) == ("geojson", "grids", "OGC:CRS84", ("名称", "面积"))
    one, two = layer
    assert (one.number, one.properties, one.findings) == (1, {"名称": "一格", "面积": 1}, ())
    assert one.geometry is not None
    assert one.geometry.equals(BLOCK)
    assert (two.number, two.properties, two.geometry) == (2, {"名称": "二格", "面积": None}, None)
    assert [remark.reason for remark in two.findings] == [ShapeError.GEOMETRY_MISSING]


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(feature(BLOCK)).encode(),
        shapely.to_geojson(BLOCK).encode(),
        b"\xef\xbb\xbf  \n" + collection(feature(BLOCK)),
        gzip.compress(collection(feature(BLOCK))),
        collection(feature(shapely.force_3d(BLOCK, 12.5))),
    ],
    ids=["feature", "bare geometry", "byte order mark", "gzip", "heights"],
)
def test_every_form_of_geojson_is_taken(data: bytes) -> None:
    [only] = read_layer(data)
    assert only.geometry is not None
    assert only.geometry.equals(BLOCK)
    assert not only.geometry.has_z


def test_geojson_in_gbk_is_taken() -> None:
    data = json.dumps(feature(BLOCK, 名称="南山区"), ensure_ascii=False).encode("gbk")
    assert next(iter(read_layer(data))).properties == {"名称": "南山区"}


def old_crs(name: object) -> dict[str, Any]:
    return {"crs": {"type": "name", "properties": {"name": name}}}


@pytest.mark.parametrize(
    ("member", "shape", "crs_in"),
    [
        (old_crs("urn:ogc:def:crs:OGC:1.3:CRS84"), BLOCK, "OGC:CRS84"),
        (old_crs("EPSG:4326"), BLOCK, "EPSG:4326"),
        (old_crs("urn:ogc:def:crs:EPSG::4490"), BLOCK, "EPSG:4490"),
        (old_crs("urn:ogc:def:crs:EPSG::4547"), IN_METRES, "EPSG:4547"),
        ({"crs": None}, BLOCK, "OGC:CRS84"),
    ],
)
def test_the_old_crs_member_is_honoured(member: dict[str, Any], shape: Any, crs_in: str) -> None:
    layer = read_layer(collection(feature(shape), **member))
    assert layer.crs_in == crs_in
    assert layer.findings == ()
    [only] = layer
    assert is_block(only.geometry)


def test_lon_lat_comes_through_unchanged_to_the_last_digit() -> None:
    point = shapely.Point(113.123456789012, 22.987654321098)
    for crs in ("EPSG:4326", "EPSG:4490", "OGC:CRS84"):
        [only] = read_layer(collection(feature(point)), crs=crs)
        assert only.geometry == point


@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:4326"])
def test_the_degrees_of_a_shapefile_come_through_unchanged(crs: str, tmp_path: Path) -> None:
    """Its .prj words the same system in its own way, with a unit called "Degree"."""
    point = shapely.Point(113.123456789012, 22.987654321098)
    layer = read_layer(write(tmp_path / "a.shp", [point], kind="Point", crs=crs))
    assert layer.crs_in == crs
    assert layer.findings == ()
    assert layer.features[0].geometry == point


def test_a_projected_point_lands_where_pyproj_says() -> None:
    """EPSG:4547 has X north in the registry; here the easting comes first, as files have it."""
    point = shapely.Point(500_000, 2_500_000)
    [only] = read_layer(collection(feature(point)), crs="EPSG:4547")
    expected = Transformer.from_crs(4547, 4490, always_xy=True).transform(500_000, 2_500_000)
    assert only.geometry is not None
    assert (only.geometry.x, only.geometry.y) == pytest.approx(expected, abs=1e-12)  # type: ignore[attr-defined]
    assert only.geometry.x == pytest.approx(114)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "shift"), [("GCJ-02", wgs84_to_gcj02), ("bd09", wgs84_to_bd09)])
def test_the_offset_systems_of_web_maps_are_undone(name: str, shift: Any) -> None:
    shifted = shapely.transform(BLOCK, lambda places: np.array([shift(*place) for place in places]))
    layer = read_layer(collection(feature(shifted)), crs=name)
    assert layer.crs_in in ("GCJ-02", "BD-09")
    [only] = layer
    assert is_block(only.geometry)


def test_another_datum_is_converted_with_a_warning() -> None:
    """Xi'an 1980 without local parameters may be off by tens of metres."""
    layer = read_layer(collection(feature(IN_METRES)), crs="EPSG:2383")
    assert [remark.reason for remark in layer.findings] == [ShapeError.CRS_INEXACT]
    assert layer.features[0].geometry is not None


@pytest.mark.parametrize("suffix", [".gpkg", ".shp"])
def test_files_of_gis_programs_become_the_same_features(suffix: str, tmp_path: Path) -> None:
    path = write(tmp_path / f"网格{suffix}", [IN_METRES, IN_METRES], crs="EPSG:4547")
    layer = read_layer(path)
    assert (layer.crs_in, layer.fields, layer.name) == ("EPSG:4547", ("名称",), "网格")
    assert [one.properties for one in layer] == [{"名称": "第0格"}, {"名称": "第1格"}]
    assert [one.number for one in layer] == [1, 2]
    assert all(is_block(one.geometry) for one in layer)


def test_values_keep_their_kinds(tmp_path: Path) -> None:
    columns = {
        "code": np.array([440305001001001, 0]), "height": np.array([1.5, np.nan]), "flag": np.array([True, False]),
        "day": np.array(["2024-01-02", "NaT"], dtype="datetime64[D]"), "text": np.array(["中", None], dtype=object),
    }
    masks = [np.array([False, True]), None, None, None, None]
    path = write(tmp_path / "x.gpkg", [BLOCK, BLOCK], columns=columns, field_mask=masks)
    one, two = read_layer(path)
    assert one.properties == {"code": 440305001001001, "height": 1.5, "flag": True, "day": "2024-01-02", "text": "中"}
    assert [type(value) for value in one.properties.values()] == [int, float, bool, str, str]
    assert two.properties == {"code": None, "height": None, "flag": False, "day": None, "text": None}


def test_whole_numbers_spoiled_by_gaps_are_remarked(tmp_path: Path) -> None:
    columns = {"code": np.array([123456789012345678, 0])}
    path = write(tmp_path / "x.gpkg", [BLOCK, BLOCK], columns=columns, field_mask=[np.array([False, True])])
    one, two = read_layer(path)
    assert [remark.reason for remark in one.findings] == [FormatError.NUMBER_SPOILED]
    assert two.findings == ()


@pytest.mark.parametrize(
    ("encoding", "code_page"),
    [
        ("GBK", b"GBK"), ("GBK", b"936"), ("GBK", None), ("UTF-8", b"UTF-8"), ("UTF-8", None),
        ("GBK", b"UTF-8"),  # a .cpg that lies
        ("UTF-8", b"nonsense\xff"),
    ],
)
def test_chinese_attributes_of_shapefiles_are_read_whatever_the_cpg_says(
    encoding: str, code_page: bytes | None, tmp_path: Path,
) -> None:
    names = ["南山街道办事处", "粤海街道", "沙河"]
    columns = {"名称": np.array(names, dtype=object), "n": np.arange(3)}
    path = write(tmp_path / "a.shp", [BLOCK] * 3, columns=columns, encoding=encoding)
    cpg = path.with_suffix(".cpg")
    cpg.unlink() if code_page is None else cpg.write_bytes(code_page)
    for source in (path, zipped(tmp_path)):
        layer = read_layer(source)
        assert layer.fields == ("名称", "n")
        assert [one.properties["名称"] for one in layer] == names


def test_a_sign_cut_in_two_by_the_fields_width_is_dropped(tmp_path: Path) -> None:
    path = write(tmp_path / "a.shp", [BLOCK], columns={"name": np.array(["南山街道办事处"], dtype=object)},
                 encoding="UTF-8")
    path.with_suffix(".cpg").unlink()
    dbf = path.with_suffix(".dbf")
    whole = "南山街道办事处".encode()
    dbf.write_bytes(dbf.read_bytes().replace(whole, whole[:-1] + b" "))
    assert next(iter(read_layer(path))).properties["name"] == "南山街道办事"


def test_attributes_in_no_known_encoding_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.shp", [BLOCK], columns={"name": np.array(["南山街道"], dtype=object)}, encoding="GBK")
    path.with_suffix(".cpg").unlink()
    dbf = path.with_suffix(".dbf")
    dbf.write_bytes(dbf.read_bytes().replace("南山街道".encode("gbk"), b"\xff\xff\xff\xff\xff\xff\xff\xff"))
    assert refused(path).reason is FormatError.ENCODING_UNKNOWN


def test_capital_suffixes_and_chinese_names_in_zips_are_found(tmp_path: Path) -> None:
    path = write(tmp_path / "a.shp", [BLOCK])
    for entry in list(tmp_path.iterdir()):
        entry.rename(entry.with_suffix(entry.suffix.upper()))
    assert len(read_layer(path.with_suffix(".SHP"))) == 1
    # as Chinese Windows packs it: GBK names that claim to be code page 437
    data = zipped(tmp_path, rename="资料/网格".encode("gbk").decode("cp437"))
    assert read_layer(data).name == "网格"


def test_a_zip_with_several_shapefiles_needs_a_choice(tmp_path: Path) -> None:
    write(tmp_path / "街道.shp", [BLOCK])
    write(tmp_path / "社区.shp", [BLOCK, BLOCK])
    refusal = refused(zipped(tmp_path))
    assert refusal.reason is ShapeError.LAYER_CHOOSE
    assert "社区" in refusal.text()
    assert len(read_layer(zipped(tmp_path), layer="社区")) == 2
    assert refused(zipped(tmp_path), layer="网格").reason is ShapeError.LAYER_MISSING


def test_a_geopackage_with_several_layers_needs_a_choice(tmp_path: Path) -> None:
    path = write(tmp_path / "all.gpkg", [BLOCK], layer="街道")
    write(path, [BLOCK, BLOCK], layer="社区", append=True)
    assert refused(path).reason is ShapeError.LAYER_CHOOSE
    assert len(read_layer(path, layer="社区")) == 2
    assert refused(path, layer="网格").reason is ShapeError.LAYER_MISSING
    assert len(read_layer(gzip.compress(path.read_bytes()), layer="街道")) == 1


def test_a_shapefile_without_its_companions_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.shp", [BLOCK])
    assert refused(path.read_bytes()).reason is ShapeError.LAYER_PART_MISSING
    path.with_suffix(".shx").unlink()
    refusal = refused(path)
    assert (refusal.reason, refusal.details["parts"]) == (ShapeError.LAYER_PART_MISSING, ".shx")
    assert refused(zipped(tmp_path, ".shp")).details["parts"] == ".shx、.dbf"


@pytest.mark.parametrize("suffix", [".shp", ".gpkg"])
def test_a_layer_that_names_no_crs_is_refused_until_told(suffix: str, tmp_path: Path) -> None:
    path = write(tmp_path / f"a{suffix}", [IN_METRES], crs=None)
    refusal = refused(path)
    assert refusal.reason is ShapeError.CRS_UNKNOWN
    assert "crs" in refusal.text()
    [only] = read_layer(path, crs="EPSG:4547")
    assert is_block(only.geometry)


def test_metres_in_geojson_are_refused_until_told() -> None:
    refusal = refused(collection(feature(IN_METRES), feature(IN_METRES)))
    assert refusal.reason is ShapeError.CRS_UNKNOWN
    assert f"{IN_METRES.bounds[0]:.3f}" in refusal.text()


def test_a_single_feature_far_out_does_not_hold_up_the_others() -> None:
    layer = read_layer(collection(*[feature(BLOCK)] * 3, feature(IN_METRES)))
    assert [[remark.reason for remark in one.findings] for one in layer] == [
        [], [], [], [ShapeError.POINT_OUT_OF_RANGE],
    ]


@pytest.mark.parametrize(
    ("shape", "crs", "reason"),
    [
        (BLOCK, "EPSG:4547", ShapeError.CRS_DOES_NOT_FIT),  # degrees called metres
        (IN_METRES, "EPSG:4490", ShapeError.CRS_DOES_NOT_FIT),  # metres called degrees
        (IN_METRES, "GCJ-02", ShapeError.CRS_DOES_NOT_FIT),
        (shapely.box(9e7, 9e7, 9.1e7, 9.1e7), "EPSG:4547", ShapeError.CRS_DOES_NOT_FIT),  # nowhere on Earth
        (BLOCK, "北京坐标", ShapeError.CRS_NOT_UNDERSTOOD),
        (BLOCK, "EPSG:999999", ShapeError.CRS_NOT_UNDERSTOOD),
        (BLOCK, "", ShapeError.CRS_NOT_UNDERSTOOD),
        (IN_METRES, 'LOCAL_CS["city",UNIT["metre",1]]', ShapeError.CRS_NOT_UNDERSTOOD),
    ],
)
def test_a_crs_that_cannot_be_right_is_refused(shape: Any, crs: str, reason: ShapeError) -> None:
    assert refused(collection(feature(shape)), crs=crs).reason is reason


@pytest.mark.parametrize("member", [old_crs("nonsense"), old_crs(""), {"crs": {"type": "link"}}, {"crs": "x"}])
def test_an_unreadable_crs_member_is_refused_until_told(member: dict[str, Any]) -> None:
    assert refused(collection(feature(BLOCK), **member)).reason in (
        ShapeError.CRS_UNKNOWN, ShapeError.CRS_NOT_UNDERSTOOD,
    )
    assert len(read_layer(collection(feature(BLOCK), **member), crs="EPSG:4490")) == 1


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        ({"type": "Polygon", "coordinates": [[[113, 22], [114, 22], [114, 23]]]}, ShapeError.RING_UNCLOSED),
        ({"type": "Polygon", "coordinates": [[["a", 22], [114, 22]]]}, ShapeError.GEOMETRY_UNREADABLE),
        ({"type": "Blob"}, ShapeError.GEOMETRY_UNREADABLE),
        ({"type": "Point", "coordinates": None}, ShapeError.GEOMETRY_UNREADABLE),
        ("POINT (1 1)", ShapeError.GEOMETRY_UNREADABLE),
    ],
)
def test_one_bad_shape_is_remarked_and_the_others_are_read(geometry: Any, reason: ShapeError) -> None:
    first, second = read_layer(collection({"type": "Feature", "geometry": geometry}, feature(BLOCK)))
    assert [remark.reason for remark in first.findings] == [reason]
    assert (first.geometry is None) == (reason is ShapeError.GEOMETRY_UNREADABLE)
    assert second.findings == ()


def test_an_empty_collection_is_a_layer_without_features() -> None:
    assert len(read_layer(collection())) == 0


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", ShapeError.LAYER_KIND),
        (b"hello", ShapeError.LAYER_KIND),
        (b"<?xml version='1.0'?><kml/>", ShapeError.LAYER_KIND),
        (b'{"type": "Topology"}', ShapeError.LAYER_KIND),
        (b'{"a": 1}', ShapeError.LAYER_KIND),
        (b'{"type": "FeatureCollection"}', ShapeError.LAYER_BROKEN),
        (b'{"type": "FeatureCollection", "features": [1]}', ShapeError.LAYER_BROKEN),
        (collection(feature(BLOCK))[:-9], ShapeError.LAYER_BROKEN),
        (b'{"type": "Point", "coordinates": [NaN, 1]}', ShapeError.LAYER_BROKEN),
        (b"{" + b"\xff" * 20, ShapeError.LAYER_BROKEN),
        (b"SQLite format 3\x00" + bytes(2000), ShapeError.LAYER_BROKEN),
        (b"PK\x03\x04 broken", FormatError.ARCHIVE_BROKEN),
        (b"PK\x05\x06" + bytes(18), ShapeError.LAYER_KIND),  # an archive without members
    ],
)
def test_what_is_no_layer_is_refused(data: bytes, reason: object) -> None:
    assert refused(data).reason is reason


def test_a_zip_without_a_layer_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "nothing")
        archive.writestr("__MACOSX/._a.shp", "x")
    assert refused(out.getvalue()).reason is ShapeError.LAYER_KIND


@pytest.mark.parametrize("suffix", [".shp", ".dbf", ".shx"])
def test_garbage_in_any_part_of_a_shapefile_is_refused_in_words(suffix: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.shp", [BLOCK, BLOCK])
    data = path.with_suffix(suffix).read_bytes()
    path.with_suffix(suffix).write_bytes(data[:4] + b"\xee" * (len(data) - 4))
    try:
        layer = read_layer(path)
    except Refusal:
        return
    assert all(one.geometry is not None or one.findings for one in layer)


@given(st.lists(st.tuples(st.floats(-179, 179), st.floats(-89, 89)), min_size=1, max_size=5))
def test_geojson_reads_the_same_with_and_without_gdal(places: list[tuple[float, float]]) -> None:
    data = collection(*[feature(shapely.Point(place), n=n, t=f"第{n}") for n, place in enumerate(places)])
    same_as_gdal(read_layer(data), data)


def same_as_gdal(layer: Layer, data: bytes) -> None:
    meta, _, geometries, columns = pyogrio.raw.read(data, datetime_as_string=True, force_2d=True)
    assert layer.fields == tuple(meta["fields"])
    for index, one in enumerate(layer):
        assert one.geometry == shapely.from_wkb(geometries[index])
        for name, column in zip(meta["fields"], columns, strict=True):
            theirs = column[index]
            theirs = None if theirs is None or theirs != theirs else theirs
            assert one.properties[name] == theirs
