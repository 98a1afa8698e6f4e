"""Map layers in: GeoJSON, GeoPackage, Shapefile and DXF alike become features in longitude and latitude.

What a polygon must be is said in `rings`; here a feature that can be read is handed over as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jingwei.formats.crs import Reference, reference
from jingwei.formats.dxf import closed_as_polygons, is_dxf, read_drawing, refuse_relatives
from jingwei.formats.findings import Finding, finding
from jingwei.formats.geojson import parse_geojson
from jingwei.formats.raw_layers import RawLayer
from jingwei.formats.shape_errors import ShapeError
from jingwei.formats.shapefiles import Parts, beside, choose, packed, read_shapefile
from jingwei.formats.source import MB, Source, beginning, bound, whole
from jingwei.formats.vectors import MAX_BYTES, chosen_layer, read_geopackage
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

MAX_GEOJSON = 512 * MB
MOST_FEATURES, MOST_SENT = 2_000_000, 400_000  # of one layer: read from a file, sent over the net
_HEAD = 4096

_SQLITE = b"SQLite format 3\x00"
_SHP = b"\x00\x00\x27\x0a"


@dataclass(frozen=True, slots=True)
class Feature:
    """`number`: place in the file, from 1. `geometry`: shapely, longitude first, two dimensions, None if there
    is none or it cannot be read (a finding says which).
    """

    number: int
    properties: dict[str, Any]
    geometry: "BaseGeometry | None"
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """`crs_in`: what the coordinates were given in. `findings`: remarks about the layer as a whole."""

    kind: str  # geojson | gpkg | shapefile | dxf
    name: str
    crs_in: str
    fields: tuple[str, ...]
    features: tuple[Feature, ...]
    findings: tuple[Finding, ...] = ()

    def __iter__(self) -> Iterator[Feature]:
        return iter(self.features)

    def __len__(self) -> int:
        return len(self.features)


def read_layer(source: Source, *, layer: str | None = None, crs: str | None = None, encoding: str = "",
               surfaces: bool = False) -> Layer:
    """A layer of any of the kinds, by what the bytes say; .gz is undone.

    `layer`: which one, for files that hold several. `crs`: the system of the coordinates ('EPSG:4547',
    'GCJ-02', WKT), needed if the file does not name it and believed if it does. `encoding`: of a Shapefile's or a
    drawing's texts, likewise. `surfaces`: areas are wanted, so the closed lines of a drawing are taken for such.
    """
    raw = _parsed(source, layer, encoding)
    if crs is None and not raw.crs:
        raise Refusal(ShapeError.CRS_UNKNOWN, why=Words("没有 .prj，或坐标系为空", "no .prj, or none set"))
    system = reference(crs if crs is not None else raw.crs)
    if surfaces and raw.kind == "dxf":
        raw.shapes = closed_as_polygons(raw.shapes)
    shapes, outside = _converted(raw, system, stated=crs is not None)
    for index in outside:
        raw.findings[index] += (_out_of_range(shapes[index]),)
    inexact = () if system.exact else (finding(ShapeError.CRS_INEXACT, crs=system.name),)
    return Layer(
        kind=raw.kind, name=raw.name, crs_in=system.name, fields=raw.fields,
        features=tuple(
            Feature(number, properties, shape, findings)
            for number, (properties, shape, findings) in enumerate(
                zip(raw.properties, shapes, raw.findings, strict=True), 1)
        ),
        findings=(*raw.remarks, *inexact),
    )


def _parsed(source: Source, layer: str | None, encoding: str) -> RawLayer:
    most = MOST_SENT if isinstance(source, bytes) else MOST_FEATURES
    raw = _read(source, layer, encoding, most + 1)
    if len(raw.shapes) > most:
        raise Refusal(ShapeError.TOO_MANY_FEATURES, most=f"{most:,}")
    return raw


def _read(source: Source, layer: str | None, encoding: str, most: int) -> RawLayer:
    kind = kind_of(source)
    if kind == "gpkg":
        return read_geopackage(source, layer, most=most)
    if kind == "zip":
        return read_shapefile(choose(zipped(source), layer), encoding=encoding, most=most)
    if kind == "shapefile":
        return _only(read_shapefile(beside_of(source), encoding=encoding, most=most), layer)
    if kind == "dxf":
        return read_drawing(source, encoding=encoding).one(layer)
    return _only(geojson(source), layer)


def zipped(source: Source) -> dict[str, Parts]:
    return packed(whole(source, MAX_GEOJSON), bound(source, MAX_BYTES))


def geojson(source: Source) -> RawLayer:
    return parse_geojson(whole(source, bound(source, MAX_GEOJSON)))


def kind_of(source: Source) -> str:
    """gpkg, zip (of Shapefiles), shapefile, dxf or geojson, by the first bytes; refused if none of these."""
    head = beginning(source, _HEAD)
    if head.startswith(_SQLITE):
        return "gpkg"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(_SHP):
        return "shapefile"
    refuse_relatives(head)
    if is_dxf(head):
        return "dxf"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "geojson"
    raise Refusal(ShapeError.LAYER_KIND, found=_guess(head))


def beside_of(source: Source) -> Parts:
    """The parts of a .shp by its path; sent by itself it has none."""
    if isinstance(source, bytes):
        raise Refusal(ShapeError.LAYER_PART_MISSING, parts=".shx、.dbf")
    return beside(source)


def _only(raw: RawLayer, layer: str | None) -> RawLayer:
    chosen_layer(layer, [raw.name])
    return raw


def _guess(head: bytes) -> str:
    if not head:
        return Words("空文件", "an empty file")
    if b"<kml" in head:
        return "KML"
    if head.startswith((b"<?xml", b"<")):
        return "XML"
    return Words("无法辨认的内容", "unknown content")


def _converted(raw: RawLayer, system: Reference, *, stated: bool) -> "tuple[NDArray[np.object_], NDArray[np.intp]]":
    """All shapes in lon/lat, and the indexes of those that still lie outside the globe."""
    import numpy as np
    from shapely import bounds, force_2d, transform

    flat: NDArray[np.object_] = force_2d(raw.shapes)
    if system.exchanged:
        flat = transform(flat, lambda places: places[:, ::-1])
    given = bounds(flat)
    _refuse_degrees_as_metres(given, system)
    # checked before conversion for systems in degrees: 500000, 2500000 in "WGS-84" are metres of something else
    shapes = flat if system.degrees and _mostly_outside(given) else transform(flat, system.to_lonlat)
    result = bounds(shapes)
    if _mostly_outside(result):
        x, y = given[_outside(result)][0][:2]
        why = _why_not(x, y, system)
        if stated:
            raise Refusal(ShapeError.CRS_DOES_NOT_FIT, x=f"{x:.3f}", y=f"{y:.3f}", crs=system.name, why=why)
        raise Refusal(ShapeError.CRS_UNKNOWN, why=Words(
            f"坐标如 {x:.3f}, {y:.3f} 不是 {system.name}：{why.zh}", f"coordinates such as {x:.3f}, {y:.3f} are not {system.name}: {why.en}"))
    return shapes, np.flatnonzero(_outside(result))


def _why_not(x: float, y: float, system: Reference) -> Words:
    if not system.degrees:
        return Words("换算出来不在地球上", "converted they lie nowhere on Earth")
    if abs(x) <= 90 and 90 < abs(y) <= 180:
        return Words("经度和纬度写反了", "longitude and latitude are exchanged")
    return Words("这些数是米，不是经纬度", "these are metres, no degrees")


def _refuse_degrees_as_metres(given: Any, system: Reference) -> None:
    """Degrees declared as a projection would land off the equator, without a word."""
    import numpy as np

    known = given[np.isfinite(given).all(axis=1)]
    if not system.degrees and len(known) and not _outside(known).any():
        raise Refusal(
            ShapeError.CRS_DOES_NOT_FIT, x=f"{known[0][0]:.6f}", y=f"{known[0][1]:.6f}", crs=system.name,
            why=Words("这些数是经纬度，不是米", "these are degrees, no metres"),
        )


def _outside(box: Any) -> "NDArray[np.bool_]":
    """Boxes beyond ±180, ±90; infinite ones too, which is what a failed conversion leaves. None has NaN."""
    import numpy as np

    limits = np.array([180.0, 90.0, 180.0, 90.0])
    beyond: NDArray[np.bool_] = (np.abs(box) > limits).any(axis=1)
    return beyond


def _mostly_outside(box: Any) -> bool:
    import numpy as np

    known = ~np.isnan(box).any(axis=1)
    return bool(known.any()) and int(_outside(box[known]).sum()) * 2 > int(known.sum())


def _out_of_range(shape: "BaseGeometry") -> Finding:
    lon, lat, *_ = shape.bounds
    return finding(ShapeError.POINT_OUT_OF_RANGE, lon=lon, lat=lat)
