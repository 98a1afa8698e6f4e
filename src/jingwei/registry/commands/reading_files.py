"""A map layer, or a table with coordinates, as rows of parts to be: texts by our keys and a shape. Writes nothing."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jingwei.formats.coordinates import check_lonlat, read_lonlat
from jingwei.formats.crs import Reference, reference
from jingwei.formats.errors import FormatError, ShapeError
from jingwei.formats.findings import Finding, reason_of
from jingwei.formats.layer_or_table import is_layer
from jingwei.formats.source import Source
from jingwei.formats.tables import read_table
from jingwei.kernel.errors import Refusal
from jingwei.registry.commands.outcome import Outcome
from jingwei.registry.errors import PartError, PartRemark
from jingwei.registry.parts import fields, shapes
from jingwei.registry.parts.shapes import Shaped

if TYPE_CHECKING:
    from jingwei.formats.layers import Feature

MOST_ROWS = 300_000
_METRES = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]+)?", re.ASCII)
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Row:
    """`number`: the row in the file. `values`: texts that are not empty, by our keys."""

    number: int
    values: dict[str, str]
    shape: Shaped


@dataclass(slots=True)
class Reading:
    """`table`: whether the file is one, whose cells can be shown beside the reasons."""

    table: bool
    rows: list[Row] = field(default_factory=list)


def read(source: Source, outcome: Outcome, *, crs: str = "", layer: str = "", sheet: str = "") -> Reading:
    """Every row that has a usable place; the others are told to the outcome. Refuses a file without what is needed."""
    table = not is_layer(source)
    found = Reading(table)
    for row in _of_table(source, outcome, crs, sheet) if table else _of_layer(source, outcome, crs, layer):
        if len(found.rows) == MOST_ROWS:
            raise Refusal(PartError.TOO_MANY_ROWS, most=MOST_ROWS)
        found.rows.append(row)
    return found


def _of_layer(source: Source, outcome: Outcome, crs: str, layer: str) -> Iterator[Row]:
    from jingwei.formats.layers import read_layer

    features = read_layer(source, crs=crs or None, layer=layer or None)
    keys = _known(features.fields, placed=True)
    for remark in features.findings:
        outcome.note(0, remark.reason, **remark.details)
    for feature in features:
        values = {key: text for header, key in keys.items() if (text := _text(feature.properties.get(header)))}
        shape = _shape(feature, outcome)
        if shape is not None:
            yield Row(feature.number, values, shape)


def _shape(feature: "Feature", outcome: Outcome) -> Shaped | None:
    shape, remarks = shapes.checked(feature.geometry)
    told = (*feature.findings, *remarks)
    if shape is None:
        reasons = {each.code: each for each in told}.values()
        for each in reasons:
            outcome.refuse(feature.number, each.reason, **each.details)
        if not reasons:
            outcome.refuse(feature.number, PartError.BAD_SHAPE, why=reason_of(()))
        return None
    if told:
        outcome.note(feature.number, PartRemark.SHAPE_MENDED, why=reason_of(told))
    return shape


def _of_table(source: Source, outcome: Outcome, crs: str, sheet: str) -> Iterator[Row]:
    system = reference(crs) if crs else None
    table = read_table(source, sheet=sheet or None)
    keys = _known(table.columns, placed=False)
    for row in table:
        values = {key: text for header, key in keys.items() if (text := row.values.get(header, "").strip())}
        if not values:
            continue
        spoiled = [each for each in row.findings if each.reason is FormatError.NUMBER_SPOILED
                   and keys.get(str(each.details.get("column"))) in ("number", "class_code", "owner_code", "supervisor_code", "maintainer_code")]
        try:
            shape = _point(values, system)
        except Refusal as refusal:
            outcome.turn_down(row.number, refusal)
            continue
        if spoiled:
            outcome.refuse(row.number, spoiled[0].reason, **spoiled[0].details)
            continue
        yield Row(row.number, values, shape)


def _point(values: dict[str, str], system: Reference | None) -> Shaped:
    """The point of a row; degrees of WGS-84 where no other system is named."""
    x, y = values.get("lon", ""), values.get("lat", "")
    if system is None or system.degrees:
        lon, lat = read_lonlat(x, y)
    elif _METRES.fullmatch(x) and _METRES.fullmatch(y):
        lon, lat = float(x), float(y)
        if abs(lon) <= 180 and abs(lat) <= 90:
            raise Refusal(ShapeError.CRS_DOES_NOT_FIT, x=x, y=y, crs=system.name)
    else:
        raise Refusal(FormatError.LONLAT_NOT_NUMBER, lon=x[:40], lat=y[:40])
    if system is not None:
        lon, lat = _converted(system, lon, lat)
    doubts: tuple[Finding, ...] = check_lonlat(lon, lat)
    if doubts:
        raise Refusal(PartRemark.SWAPPED, why=reason_of(doubts))
    shape, remarks = shapes.point(lon, lat)
    if shape is None:
        raise Refusal(PartError.BAD_SHAPE, why=reason_of(remarks))
    return shape


def _converted(system: Reference, x: float, y: float) -> tuple[float, float]:
    import numpy as np

    (lon, lat), = system.to_lonlat(np.array([[x, y]], dtype=np.float64)).tolist()
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise Refusal(ShapeError.CRS_DOES_NOT_FIT, x=f"{x:.3f}", y=f"{y:.3f}", crs=system.name)
    return round(lon, 9), round(lat, 9)


def _known(columns: Any, *, placed: bool) -> dict[str, str]:
    keys = fields.keys_of(columns)
    seen = "、".join(str(column)[:40] for column in list(columns)[:_SHOWN]) or "-"
    if not placed and not {"lon", "lat"} <= set(keys.values()):
        raise Refusal(PartError.NO_PLACE_COLUMN, seen=seen)
    if not {"number", "class_code"} & set(keys.values()):
        raise Refusal(PartError.NO_CLASS_COLUMN, seen=seen)
    return keys


def _text(value: Any) -> str:
    """A property as a person would write it; a whole number without its point."""
    if value is None or isinstance(value, (dict, list)):
        return ""
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        if value.is_integer() and abs(value) < 2**53:
            return str(int(value))
    return str(value).strip()
