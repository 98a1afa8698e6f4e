"""Polygons of a map layer into areas: codes and names from fields, levels above made from other fields.

Rules: a unit grid lies in one community (GRD-03, GRD-04, AT-04 i-ii); odd sizes ask for a reason (AT-04 iii);
gaps and overlaps are reported in number and square metres and refuse nothing (AT-04 iv).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from jingwei.formats.layers import Feature, Layer
from jingwei.formats.rings import check_polygon
from jingwei.grids import codes, seams
from jingwei.grids.codes import Kind, Scheme
from jingwei.grids.errors import GridError
from jingwei.grids.findings import Found, Grade, Remark, found, taken_over
from jingwei.grids.rows import Draft, Known, Reading, arrange, clean_name, nothing_known, without_repeats
from jingwei.kernel.errors import Refusal

SLIVER = 0.01  # up to this share of a polygon may lie across a border or in a neighbour: drawing, not meaning


@dataclass(frozen=True, slots=True)
class Above:
    """A level that the layer tells only by fields of its polygons. `code` and `name`: names of those fields."""

    code: str
    name: str
    level: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Fields:
    """What the layer's fields mean.

    `above`: levels to be made, the nearest first. `parent`: field with the code of a parent that exists.
    `under`: one code that everything stands under. `note`: field with the reason of an odd size.
    With none of these, and with `grounds` given to `read`, the parent is found by place.
    """

    code: str
    name: str
    level: int
    kind: Kind
    above: tuple[Above, ...] = ()
    parent: str = ""
    under: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a zone's settings allow without a reason: square metres of a unit, units of a responsibility grid.

    Defaults: 10,000 m² with half as much either way (GRD-05); 10-16 units in dense areas (GRD-08), elsewhere
    20-30 (GRD-09).
    """

    unit_m2: tuple[float, float] = (5_000, 15_000)
    units: tuple[int, int] = (10, 16)


@dataclass(frozen=True, slots=True)
class Ground:
    """A possible parent with its polygon (longitude first)."""

    code: str
    geometry: Any


def read(features: Layer | Iterable[Feature], fields: Fields, *, grounds: Sequence[Ground] = (),
         known: Known = nothing_known, bounds: Bounds = Bounds()) -> Reading:
    """Read a layer. `grounds`: polygons of the level above, to find parents and crossings by place."""
    findings: list[Found] = []
    if isinstance(features, Layer):
        _has_fields(features, fields)
        findings += [taken_over(0, finding) for finding in features.findings]
    taken: list[tuple[Draft, Any]] = []
    above: dict[str, Draft] = {}
    for feature in features:
        findings += [taken_over(feature.number, finding) for finding in feature.findings]
        draft = _draft(feature, fields, findings)
        shape = _shape(feature, findings) if draft else None
        if draft is None or shape is None:
            continue
        taken.append((_placed_by_fields(draft, feature, fields, above, findings), shape))
    kept = without_repeats((draft for draft, _ in taken), findings)
    shapes = {draft.code: shape for draft, shape in taken if kept[draft.code] is draft}
    if shapes:
        kept = _checked(kept, shapes, fields, grounds, bounds, findings)
    everything = without_repeats([*above.values(), *kept.values()], findings)
    lost = frozenset(shapes.keys() - everything.keys())
    rows = arrange(everything, findings, known, refused=lost)
    findings.sort(key=lambda one: one.row)
    return Reading(rows, findings)


def _has_fields(layer: Layer, fields: Fields) -> None:
    wanted = [fields.code, fields.name, fields.parent, fields.note]
    wanted += [name for level in fields.above for name in (level.code, level.name)]
    missing = [name for name in wanted if name and name not in layer.fields]
    if missing:
        raise Refusal(GridError.COLUMNS_MISSING, missing=", ".join(missing), seen=", ".join(layer.fields))


def text_of(value: Any) -> str:
    """A field as text: numbers without '.0', nothing as ''."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _draft(feature: Feature, fields: Fields, findings: list[Found]) -> Draft | None:
    given = text_of(feature.properties.get(fields.code))
    if not given:
        findings.append(found(feature.number, Remark.NO_CODE, field=fields.code))
        return None
    try:
        code = codes.clean_code(given)
    except Refusal:
        findings.append(found(feature.number, Remark.BAD_CODE, code=given[:40]))
        return None
    if fields.kind is Kind.UNIT and codes.scheme_of(code) is Scheme.OLD_UNIT:
        old, code = code, str(codes.from_old_unit_code(code))
        findings.append(found(feature.number, Remark.OLD_CODE, old=old, code=code))
    name = clean_name(text_of(feature.properties.get(fields.name)) or code, feature.number, findings)
    if name is None:
        return None
    note = text_of(feature.properties.get(fields.note)) if fields.note else ""
    return Draft(feature.number, code, name, "", fields.level, fields.kind, note=note[:200])


def _shape(feature: Feature, findings: list[Found]) -> Any:
    geometry, remarks = check_polygon(feature.geometry)
    if geometry is not None:
        findings += [taken_over(feature.number, remark) for remark in remarks]
        return geometry
    why = remarks[0].code if remarks else "?"
    findings.append(found(feature.number, Remark.BAD_SHAPE, why=why))
    findings += [taken_over(feature.number, remark, Grade.REFUSED) for remark in remarks]
    return None


def _placed_by_fields(draft: Draft, feature: Feature, fields: Fields, above: dict[str, Draft],
                      findings: list[Found]) -> Draft:
    """The draft with its parent's code, as far as fields tell it; levels above are made on the way."""
    properties = feature.properties
    parent = fields.under
    if fields.parent:
        parent = text_of(properties.get(fields.parent)) or parent
    elif not parent and not fields.above and codes.scheme_of(draft.code) is Scheme.UNIT:
        parent = draft.code[:12]
    for level in reversed(fields.above):
        code = text_of(properties.get(level.code))
        if code:
            name = text_of(properties.get(level.name)) or code
            made = Draft(feature.number, code, name, parent, level.level, level.kind)
            _remember(made, above, findings)
            parent = code
    return draft._replace(parent=parent)


def _remember(made: Draft, above: dict[str, Draft], findings: list[Found]) -> None:
    if made.code not in above:
        try:
            codes.clean_code(made.code)
        except Refusal:
            return  # the polygons below will say that their parent is missing
        name = clean_name(made.name, made.row, findings)
        if name is not None:
            above[made.code] = made._replace(name=name)
        return
    first = above[made.code]
    if first.name != made.name.strip():
        findings.append(found(made.row, Remark.ABOVE_TWO_NAMES, code=made.code, first=first.row,
                              here=made.name, there=first.name))
    elif first.parent != made.parent:
        findings.append(found(made.row, Remark.ABOVE_TWO_PARENTS, code=made.code, first=first.row,
                              here=made.parent, there=first.parent))


def _checked(drafts: dict[str, Draft], shapes: Mapping[str, Any], fields: Fields, grounds: Sequence[Ground],
             bounds: Bounds, findings: list[Found]) -> dict[str, Draft]:
    """The drafts that may stay, with parents by place, boundaries and every remark on how they lie."""
    order = list(drafts)
    plane = seams.flat([shapes[code] for code in order])
    if grounds:
        drafts = _by_place(drafts, order, plane, fields, grounds, findings)
    staying = [place for place, code in enumerate(order) if code in drafts]
    order, plane = [order[place] for place in staying], plane[staying]
    if not order:
        return drafts
    _tell_seams(drafts, order, plane, findings)
    if fields.kind is Kind.UNIT:
        _tell_sizes(drafts, order, plane, bounds, findings)
    wkb = shapely.to_wkb([shapes[code] for code in order])
    return {code: drafts[code]._replace(wkb=bytes(one)) for code, one in zip(order, wkb, strict=True)}


def _by_place(drafts: dict[str, Draft], order: list[str], plane: seams.Geometries, fields: Fields,
              grounds: Sequence[Ground], findings: list[Found]) -> dict[str, Draft]:
    flat_grounds = seams.flat([ground.geometry for ground in grounds])
    placed: dict[str, Draft] = {}
    for code, shares in zip(order, seams.shares(plane, flat_grounds), strict=True):
        draft = drafts[code]
        by_code = {grounds[place].code: share for place, share in shares}
        parent = draft.parent if draft.parent in {ground.code for ground in grounds} else ""
        parent = parent or (grounds[shares[0][0]].code if shares else "")
        if not parent or not by_code.get(parent):
            findings.append(found(draft.row, Remark.NO_GROUND))
            continue
        outside = 1 - by_code[parent]
        if outside > SLIVER:
            others = ", ".join(other for other in by_code if other != parent) or "-"
            remark = Remark.CROSSES if fields.kind is Kind.UNIT else Remark.MOSTLY_IN
            findings.append(found(draft.row, remark, parent=parent, percent=f"{outside:.1%}"[:-1], others=others))
            if fields.kind is Kind.UNIT:
                continue
        placed[code] = draft if draft.parent else draft._replace(parent=parent)
    _tell_uncovered(placed, order, plane, grounds, flat_grounds, findings)
    return placed


def _tell_uncovered(placed: Mapping[str, Draft], order: list[str], plane: seams.Geometries,
                    grounds: Sequence[Ground], flat_grounds: seams.Geometries, findings: list[Found]) -> None:
    """Grounds that hold some of the polygons and are not filled by them (GRD-06)."""
    if not placed:
        return
    staying = plane[[place for place, code in enumerate(order) if code in placed]]
    parents = {draft.parent for draft in placed.values()}
    for ground, flat in zip(grounds, flat_grounds, strict=True):
        if ground.code not in parents:
            continue
        near = staying[shapely.STRtree(staying).query(flat, predicate="intersects")]
        left = seams.uncovered(flat, near)
        if left.area > SLIVER * shapely.area(flat):
            findings.append(found(0, Remark.UNCOVERED, parent=ground.code, count=left.count,
                                  area_m2=round(left.area)))


def _tell_seams(drafts: Mapping[str, Draft], order: list[str], plane: seams.Geometries,
                findings: list[Found]) -> None:
    slivers = []
    for overlap in seams.overlaps(plane):
        if overlap.share > SLIVER:
            findings.append(found(drafts[order[overlap.one]].row, Remark.OVERLAPS, other=order[overlap.other],
                                  area_m2=round(overlap.area)))
        else:
            slivers.append(overlap.area)
    if slivers:
        findings.append(found(0, Remark.SLIVERS, count=len(slivers), area_m2=round(sum(slivers))))
    between = seams.holes(plane)
    if between.count:
        findings.append(found(0, Remark.HOLES, count=between.count, area_m2=round(between.area)))


def _tell_sizes(drafts: Mapping[str, Draft], order: list[str], plane: seams.Geometries, bounds: Bounds,
                findings: list[Found]) -> None:
    low, high = bounds.unit_m2
    sizes = shapely.area(plane)
    for place in np.flatnonzero((sizes < low) | (sizes > high)).tolist():
        draft = drafts[order[place]]
        if not draft.note:
            findings.append(found(draft.row, Remark.ODD_SIZE, area_m2=round(sizes[place]), low=round(low),
                                  high=round(high)))


def tell_unit_counts(reading: Reading, bounds: Bounds) -> Reading:
    """Add a remark for each responsibility grid whose number of units is out of bounds (AT-04 v)."""
    held = Counter(row.parent for row in reading.rows if row.kind is Kind.UNIT)
    low, high = bounds.units
    remarks = [
        found(row.row, Remark.UNIT_COUNT, code=row.code, count=held[row.code], low=low, high=high)
        for row in reading.rows if row.kind is Kind.RESPONSIBILITY and not low <= held[row.code] <= high
    ]
    return replace(reading, findings=reading.findings + remarks)
