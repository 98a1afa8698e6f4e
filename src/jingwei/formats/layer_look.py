"""A look into a map file before anything is taken from it: layers, kinds of shapes, fields with samples, what it says of
itself. A few thousand features of each layer are read and no more.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from jingwei.formats.crs_finding import Box, box_of, places_of
from jingwei.formats.dxf import closed_lines, read_drawing
from jingwei.formats.encodings import Encoding
from jingwei.formats.findings import Finding, finding
from jingwei.formats.layers import beside_of, geojson, kind_of, zipped
from jingwei.formats.raw_layers import RawLayer
from jingwei.formats.shape_errors import ShapeError, kind_name
from jingwei.formats.shapefiles import read_shapefile
from jingwei.formats.source import Source
from jingwei.formats.vectors import geopackage_of, layers_of, read_geopackage_layer
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_FEATURES = 3_000
MOST_LAYERS = 40
MOST_FIELDS = 120
_SAMPLES, _LONGEST = 4, 40


@dataclass(frozen=True, slots=True)
class FieldLook:
    """`kind`: whole, number, text or other. `filled`: of the features read, how many hold something."""

    name: str
    kind: str
    samples: tuple[str, ...]
    filled: int


@dataclass(frozen=True, slots=True)
class LayerLook:
    """`count`: of all features; `read`: of those looked at. `kinds`: what they are, the most frequent first.

    `box`: corners in the file's own numbers. `by_rule`: the system is not named, but GeoJSON has a rule.
    `unreadable`: why nothing else is said.
    """

    name: str
    count: int = 0
    read: int = 0
    kinds: tuple[tuple[str, Words, int], ...] = ()
    fields: tuple[FieldLook, ...] = ()
    encoding: Encoding | None = None
    crs: str = ""
    by_rule: bool = False
    box: Box | None = None
    points: "NDArray[np.float64] | None" = field(default=None, repr=False)
    remarks: tuple[Finding, ...] = ()
    unreadable: Refusal | None = None


@dataclass(frozen=True, slots=True)
class FileLook:
    """`kind`: geojson, gpkg, shapefile or dxf. `more`: layers that were left out of this list."""

    kind: str
    layers: tuple[LayerLook, ...]
    more: int = 0


def look(source: Source, *, encoding: str = "") -> FileLook:
    """What the file holds. Refused where it is no map file at all; a layer that cannot be read says so by itself."""
    kind = kind_of(source)
    readers = _readers(source, kind, encoding)
    looked = tuple(_looked(name, read) for name, read in readers[:MOST_LAYERS])
    if len(looked) == 1 and looked[0].unreadable is not None:
        raise looked[0].unreadable
    return FileLook("shapefile" if kind == "zip" else kind, looked, max(0, len(readers) - MOST_LAYERS))


def _readers(source: Source, kind: str, encoding: str) -> list[tuple[str, Callable[[], RawLayer]]]:
    if kind == "gpkg":
        data = geopackage_of(source)
        return [(name, partial(read_geopackage_layer, data, name, most=MOST_FEATURES)) for name in layers_of(data)]
    if kind == "dxf":
        return [(name, partial(_itself, raw)) for name, raw in read_drawing(source, encoding=encoding).layers.items()]
    if kind == "geojson":
        raw = geojson(source)
        return [(raw.name, partial(_itself, raw))]
    found = [beside_of(source)] if kind == "shapefile" else list(zipped(source).values())
    return [(one.name, partial(read_shapefile, one, encoding=encoding, most=MOST_FEATURES)) for one in found]


def _itself(raw: RawLayer) -> RawLayer:
    return raw


def _looked(name: str, read: Callable[[], RawLayer]) -> LayerLook:
    try:
        raw = read()
    except Refusal as refusal:
        return LayerLook(name, unreadable=refusal)
    shapes, rows = raw.shapes[:MOST_FEATURES], raw.properties[:MOST_FEATURES]
    points = places_of(shapes)
    kinds = Counter(shape.geom_type if shape is not None else "" for shape in shapes)
    count = max(raw.count or 0, len(raw.shapes))
    remarks = [*raw.remarks, *_spoken_for(kinds, count)]
    if raw.kind == "dxf" and (closed := len(closed_lines(raw.shapes))):
        remarks.insert(0, finding(ShapeError.CLOSED_LINES, count=closed))
    return LayerLook(
        raw.name, count, len(shapes), tuple((kind, kind_name(kind), number) for kind, number in kinds.most_common()),
        tuple(_field(each, [row.get(each) for row in rows]) for each in raw.fields[:MOST_FIELDS]), raw.encoding, raw.crs,
        raw.kind == "geojson" and not raw.crs_named, _box(raw, points), points, tuple(remarks))


def _spoken_for(kinds: Counter[str], count: int) -> list[Finding]:
    if not count:
        return [finding(ShapeError.LAYER_WITHOUT_FEATURES)]
    plain = {kind.removeprefix("Multi") for kind in kinds if kind}
    if len(plain) > 1:
        mixed = Words("、".join(f"{kind_name(kind).zh} {number}" for kind, number in kinds.most_common() if kind),
                      ", ".join(f"{kind_name(kind).en} {number}" for kind, number in kinds.most_common() if kind))
        return [finding(ShapeError.KINDS_MIXED, found=mixed)]
    return []


def _box(raw: RawLayer, points: "NDArray[np.float64]") -> Box | None:
    """As the head tells, if what was read does lie in it: heads may be stale, or lie."""
    import numpy as np

    if not len(points):
        return None
    read, told = box_of(points), raw.box
    if told and np.isfinite(told).all() and told[0] <= read[0] and told[1] <= read[1] and told[2] >= read[2] and told[3] >= read[3]:
        return told
    return read


def _field(name: str, values: list[Any]) -> FieldLook:
    held = [value for value in values if value is not None and value != ""]
    kinds = {_kind(value) for value in held}
    kind = "number" if kinds == {"whole", "number"} else next(iter(kinds)) if len(kinds) == 1 else "text" if kinds else "other"
    return FieldLook(name, kind, tuple(_samples(held)), len(held))


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return "text"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "other"
    return "whole" if float(value).is_integer() else "number"


def _samples(held: Iterable[Any]) -> list[str]:
    samples: dict[str, None] = {}
    for value in held:
        text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
        text = "".join(sign for sign in text if sign.isprintable()).strip()
        if text:
            samples[text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"] = None
        if len(samples) == _SAMPLES:
            break
    return list(samples)
