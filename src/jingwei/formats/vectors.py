"""Layers through GDAL, which is only ever handed a kind of file its bytes have shown; GeoPackages."""

import re
from typing import TYPE_CHECKING, Any

from jingwei.formats.errors import FormatError
from jingwei.formats.findings import Finding, finding
from jingwei.formats.quiet import quiet
from jingwei.formats.raw_layers import RawLayer
from jingwei.formats.shape_errors import ShapeError
from jingwei.formats.source import MB, Source, bound, whole
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Shapes = NDArray[np.object_]

MAX_BYTES = 1024 * MB
# a number column with gaps comes as floating point; whole numbers beyond this are no longer themselves
_EXACT = 2**53
# the head of a geometry in a GeoPackage (with its box, if any), then WKB of a kind with arcs, flat or with heights.
# GDAL hands over arcs as lines and does not say so
_CURVES = re.compile(rb"GP\x00(?:\x01.{4}|\x03.{36}|[\x05\x07].{52}|\x09.{68})\x01(?:[\x08-\x0c]\x00|[\xf0-\xf4]\x03)\x00\x00", re.DOTALL)


def read_geopackage(source: Source, layer: str | None, *, most: int | None = None) -> RawLayer:
    """One layer with geometry: the named one, or the only one."""
    data = geopackage_of(source)
    return read_geopackage_layer(data, chosen_layer(layer, layers_of(data)), most=most)


def geopackage_of(source: Source) -> bytes:
    # bytes, never a path: GDAL gives a meaning to parts of paths and leaves files beside a database
    return whole(source, bound(source, MAX_BYTES))


def read_geopackage_layer(data: bytes, layer: str, *, most: int | None = None) -> RawLayer:
    raw = read_by_gdal(data, most=most, layer=layer)
    raw.kind = "gpkg"
    if most is not None:
        raw.count, raw.box = _counted(data, layer)
    if _CURVES.search(data):
        raw.remarks.append(finding(ShapeError.CURVES_STRAIGHTENED))
    return raw


def read_by_gdal(target: bytes | str, *, most: int | None = None, **options: Any) -> RawLayer:
    """One layer. `most`: features to read at most."""
    import numpy as np
    from pyogrio.raw import read

    try:
        with quiet("pyogrio"):
            meta, _, geometries, columns = read(target, force_2d=True, datetime_as_string=True,
                                                max_features=most, **options)
    except (RuntimeError, ValueError, LookupError, OverflowError, NameError):
        # its own errors are RuntimeErrors; damage also lets it trip over an unset name or an empty array
        raise Refusal(ShapeError.LAYER_BROKEN, why=Words("制图程序库读不出来", "the map library cannot read it")) from None
    if geometries is None:
        raise Refusal(ShapeError.LAYER_BROKEN, why=Words("没有图形", "no geometry"))
    shapes, findings = shapes_of(geometries)
    keep = [index for index, kind in enumerate(meta["ogr_types"]) if kind != "OFTBinary"]
    fields = tuple(str(meta["fields"][index]) for index in keep)
    values = [
        _values(columns[i], meta["ogr_types"][i], meta["ogr_subtypes"][i], fields[at], findings)
        for at, i in enumerate(keep)
    ]
    rows = zip(*values, strict=True) if values else ((),) * len(shapes)
    return RawLayer(
        kind="", name=str(options.get("layer") or ""), crs=meta["crs"] or "", fields=fields,
        properties=[dict(zip(fields, row, strict=True)) for row in rows],
        shapes=np.asarray(shapes, dtype=object), findings=findings, remarks=_remarks(str(meta["geometry_type"] or "")),
    )


def _remarks(kind: str) -> list[Finding]:
    """What is said of the kind of shapes that a layer declares."""
    return [finding(ShapeError.HEIGHTS_LEFT_OUT)] if re.search(r"\b(Z|M|ZM)$|(?:Point|String|Polygon)M$", kind) else []


def shapes_of(geometries: Any) -> tuple["Shapes", list[tuple[Finding, ...]]]:
    import numpy as np
    from shapely import from_wkb, is_missing

    shapes: Shapes = np.empty(len(geometries), dtype=object)
    if len(geometries):
        shapes[:] = from_wkb(geometries, on_invalid="ignore")
    findings: list[tuple[Finding, ...]] = [()] * len(shapes)
    for index in np.flatnonzero(is_missing(shapes)):
        if geometries[index] is None:
            findings[index] = (finding(ShapeError.GEOMETRY_MISSING),)
            continue
        shapes[index] = from_wkb(geometries[index], on_invalid="fix")
        reason = ShapeError.GEOMETRY_UNREADABLE if shapes[index] is None else ShapeError.RING_UNCLOSED
        findings[index] = (finding(reason),)
    return shapes, findings


def _values(column: Any, kind: str, subtype: str, name: str, findings: list[tuple[Finding, ...]]) -> list[Any]:
    """A column as plain Python values: whole numbers stay whole although gaps made them floating point."""
    import numpy as np

    if column.dtype == object:
        return [value.tolist() if isinstance(value, np.ndarray) else value for value in column]
    values: list[Any] = column.tolist()
    if column.dtype.kind != "f":
        return [bool(value) for value in values] if subtype == "OFSTBoolean" else values
    whole_numbers = kind in ("OFTInteger", "OFTInteger64")
    for index, value in enumerate(values):
        if value != value:  # NaN stands for "nothing here"
            values[index] = None
        elif whole_numbers:
            if abs(value) >= _EXACT:
                findings[index] += (finding(FormatError.NUMBER_SPOILED, column=name),)
            values[index] = bool(value) if subtype == "OFSTBoolean" else int(value)
    return values


def _counted(data: bytes, layer: str) -> tuple[int | None, tuple[float, float, float, float] | None]:
    """How many features a layer has, and its corners where they need no reading."""
    from pyogrio import read_info

    try:
        with quiet("pyogrio"):
            told = read_info(data, layer=layer)
    except (RuntimeError, ValueError):
        return None, None
    box = told.get("total_bounds")
    return int(told["features"]), None if box is None else (float(box[0]), float(box[1]), float(box[2]), float(box[3]))


def layers_of(target: bytes) -> list[str]:
    from pyogrio import list_layers

    try:
        with quiet("pyogrio"):
            listed = list_layers(target)
    except (RuntimeError, ValueError):
        raise Refusal(ShapeError.LAYER_BROKEN, why=Words("不是完整的 GeoPackage", "no complete GeoPackage")) from None
    names = [str(name) for name, geometry in listed if geometry is not None]
    if not names:
        raise Refusal(ShapeError.LAYER_BROKEN, why=Words("GeoPackage 里没有图层", "a GeoPackage without layers"))
    return names


def chosen_layer(layer: str | None, names: list[str]) -> str:
    if layer is None:
        if len(names) > 1:
            raise Refusal(ShapeError.LAYER_CHOOSE, found="、".join(names))
        return names[0]
    if layer not in names:
        raise Refusal(ShapeError.LAYER_MISSING, layer=layer, found="、".join(names))
    return layer
