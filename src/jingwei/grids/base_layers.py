"""Features of the base map from a file: name, kind, shape, and from which zoom each is worth showing. Pure.

Streets are lines, buildings and greens surfaces, water either. A building may say how many households it holds.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import shapely

from jingwei.formats.findings import reason_of
from jingwei.formats.layers import Feature, Layer
from jingwei.formats.lines import check_line
from jingwei.formats.rings import check_polygon
from jingwei.formats.sound_rings import sound
from jingwei.grids import quadtree
from jingwei.grids.errors import GridError
from jingwei.grids.findings import Found, Grade, Remark, found, taken_over
from jingwei.grids.layer_fields import EARLIEST
from jingwei.grids.layers import text_of
from jingwei.kernel.errors import Refusal

LONGEST_NAME, LONGEST_KIND = 100, 40
MOST_HOUSEHOLDS = 100_000  # of one building; more is a code or a mistake
HOUSEHOLDS = ("households", "户数")
"""What the field with the number of households is called, unless a file calls it otherwise."""
_STREETS_FROM = {
    7: "motorway 高速公路 高速",
    9: "trunk motorway_link 快速路 国道",
    10: "primary trunk_link 主干路 主干道 省道",
    11: "secondary primary_link 次干路 次干道 县道",
    12: "tertiary secondary_link tertiary_link 支路 街道 乡道 桥",
    13: "residential unclassified living_street 巷 街巷 村道 里弄 胡同",
    14: "service footway path pedestrian steps cycleway track 小区路 步行道 人行道",
}
_STREET_ZOOM = {kind: zoom for zoom, kinds in _STREETS_FROM.items() for kind in kinds.split()}
_OTHER_STREETS_FROM = 13
_WORTH_SHOWING = 3.0  # pixels that a lake or a park measures at least


class BaseRow(NamedTuple):
    """One feature to be. `row`: its place in the file."""

    row: int
    name: str
    kind: str
    wkb: bytes
    box: tuple[float, float, float, float]
    zoom: int
    spot: int
    households: int | None = None


@dataclass(slots=True)
class BaseReading:
    """`households_field`: where the households were read from, '' where the file has none."""

    rows: list[BaseRow]
    findings: list[Found]
    households_field: str = ""

    @property
    def households(self) -> int | None:
        """In all; None where the file tells none."""
        return sum(row.households or 0 for row in self.rows) if self.households_field else None


def read(layer: str, features: Layer, *, name: str = "", kind: str = "", households: str = "") -> BaseReading:
    """The rows of a file. `name`, `kind`, `households`: its fields; by default those called so, if it has them."""
    fields = _fields(features, name=name, kind=kind)
    counted = _households_field(layer, features, households)
    findings = [taken_over(0, finding) for finding in features.findings]
    if not len(features):
        raise Refusal(GridError.LAYER_EMPTY, layer=features.name or "-")
    taken = []
    for feature, untouched in zip(features, _sound(layer, features), strict=True):
        shape = feature.geometry if untouched else _shape(layer, feature, findings)
        held = _households(feature, counted, findings) if counted else None
        if shape is not None and held != _BAD:
            taken.append((feature, shape, held))
    findings.sort(key=lambda one: one.row)
    return BaseReading(_rows(layer, taken, *fields), findings, counted)


def _sound(layer: str, features: Layer) -> list[bool]:
    """Which features need no look at their shapes one by one."""
    if layer == "streets":
        return [False] * len(features)
    found: list[bool] = sound(np.array([feature.geometry for feature in features], dtype=object)).tolist()
    return [one and not feature.findings for one, feature in zip(found, features, strict=True)]


def _fields(features: Layer, **wanted: str) -> list[str]:
    missing = [field for field in wanted.values() if field and field not in features.fields]
    if missing:
        raise Refusal(GridError.COLUMNS_MISSING, missing=", ".join(missing), seen=", ".join(features.fields))
    return [field or (default if default in features.fields else "") for default, field in wanted.items()]


def _households_field(layer: str, features: Layer, given: str) -> str:
    if layer != "buildings":
        if given:
            raise Refusal(GridError.ONLY_BUILDINGS)
        return ""
    if given and given not in features.fields:
        raise Refusal(GridError.COLUMNS_MISSING, missing=given, seen=", ".join(features.fields))
    return given or next((name for name in HOUSEHOLDS if name in features.fields), "")


_BAD = -1  # no number of households


def _households(feature: Feature, field: str, findings: list[Found]) -> int | None:
    """A whole number from 0 on, None where nothing is written; `_BAD`, and the row is refused, for all else."""
    value = feature.properties.get(field)
    text = "" if isinstance(value, bool) else text_of(value)
    if text == "" and not isinstance(value, bool):
        return None
    if text.isascii() and text.isdigit() and len(text) <= 9 and int(text) <= MOST_HOUSEHOLDS:
        return int(text)
    findings.append(found(feature.number, Remark.BAD_HOUSEHOLDS, field=field, given=str(value)[:40], most=MOST_HOUSEHOLDS))
    return _BAD


def _shape(layer: str, feature: Feature, findings: list[Found]) -> Any:
    shape, remarks = _check(layer, feature.geometry)(feature.geometry)
    noticed = {remark.code: remark for remark in (*feature.findings, *remarks)}.values()
    if shape is not None:
        findings += [taken_over(feature.number, remark) for remark in noticed]
        return shapely.force_2d(shape)
    findings += [taken_over(feature.number, remark, Grade.REFUSED) for remark in noticed]
    if not noticed:
        findings.append(found(feature.number, Remark.BAD_SHAPE, why=reason_of(())))
    return None


def _check(layer: str, geometry: Any) -> Callable[[Any], Any]:
    line = geometry is not None and geometry.geom_type in ("LineString", "MultiLineString")
    return check_line if layer == "streets" or (layer == "water" and line) else check_polygon


def _rows(layer: str, taken: list[tuple[Feature, Any, int | None]], name: str, kind: str) -> list[BaseRow]:
    shapes = np.array([shape for _, shape, _ in taken], dtype=object)
    rows = []
    for (feature, _, held), wkb, box in zip(taken, shapely.to_wkb(shapes), shapely.bounds(shapes).tolist(), strict=True):
        told = plain(feature.properties.get(kind), LONGEST_KIND) if kind else ""
        called = plain(feature.properties.get(name), LONGEST_NAME) if name else ""
        rows.append(BaseRow(feature.number, called, told, wkb, tuple(box), zoom_of(layer, told, box), quadtree.home(*box), held))
    return rows


def plain(value: Any, longest: int) -> str:
    """A field as one visible line."""
    text = "".join(sign for sign in text_of(value) if unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
    return text.strip()[:longest]


def zoom_of(layer: str, kind: str, box: Iterable[float]) -> int:
    """From which zoom a feature is shown: streets by kind, buildings close by, surfaces when they can be made out."""
    if layer == "buildings":
        return EARLIEST[layer]
    if layer == "streets":
        return _STREET_ZOOM.get(kind.lower(), _OTHER_STREETS_FROM)
    west, south, east, north = box
    return max(EARLIEST[layer], min(EARLIEST["buildings"], quadtree.zoom_for(max(east - west, north - south), _WORTH_SHOWING)))
