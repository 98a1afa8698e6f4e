"""Polygons of a map layer into areas: codes and names from fields, levels above made from other fields.

Rules: a unit grid lies in one community (GRD-03, GRD-04, AT-04 i-ii); odd sizes ask for a reason (AT-04 iii);
gaps and overlaps are reported in number and square metres and refuse nothing (AT-04 iv).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import shapely

from jingwei.formats.findings import reason_of
from jingwei.formats.layers import Feature, Layer
from jingwei.formats.rings import check_polygon
from jingwei.grids import codes, seams
from jingwei.grids.codes import Kind, Scheme
from jingwei.grids.errors import GridError
from jingwei.grids.findings import Found, Grade, Remark, found, taken_over
from jingwei.grids.layer_fields import DENSE, SLIVER, Above, Bounds, Fields, Ground
from jingwei.grids.rows import Draft, Known, Reading, arrange, clean_name, nothing_known, without_repeats
from jingwei.kernel.errors import Refusal

__all__ = ["Above", "Bounds", "Fields", "Ground", "read", "tell_unit_counts", "text_of"]


def read(features: Layer | Iterable[Feature], fields: Fields, *, grounds: Sequence[Ground] = (), by_place: bool = True,
         beside: Sequence[Ground] = (), known: Known = nothing_known, bounds: Bounds = DENSE) -> Reading:
    """Read a layer.

    `grounds`: outlines of the level above (of communities for unit grids), against which crossings are checked and
    in which parents are found unless `by_place` is off. `beside`: outlines of the same level that stand already.
    """
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
        kept = _checked(kept, shapes, fields, Around(grounds, beside, by_place, bounds), findings)
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
    findings.append(found(feature.number, Remark.BAD_SHAPE, why=reason_of(remarks)))
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


class Around(NamedTuple):
    """What the polygons of a layer are held against."""

    grounds: Sequence[Ground]
    beside: Sequence[Ground]
    by_place: bool
    bounds: Bounds


def _checked(drafts: dict[str, Draft], shapes: Mapping[str, Any], fields: Fields, around: Around,
             findings: list[Found]) -> dict[str, Draft]:
    """The drafts that may stay, with parents by place, boundaries and every remark on how they lie."""
    order = list(drafts)
    plane = seams.flat([shapes[code] for code in order])
    if around.grounds:
        drafts = _on_grounds(drafts, order, plane, fields, around, findings)
    staying = [place for place, code in enumerate(order) if code in drafts]
    order, plane = [order[place] for place in staying], plane[staying]
    if not order:
        return drafts
    _tell_seams(drafts, order, plane, around.beside, findings)
    if fields.kind is Kind.UNIT:
        _tell_sizes(drafts, order, plane, around.bounds, findings)
    wkb = shapely.to_wkb([shapes[code] for code in order])
    return {code: drafts[code]._replace(wkb=bytes(one)) for code, one in zip(order, wkb, strict=True)}


def _on_grounds(drafts: dict[str, Draft], order: list[str], plane: seams.Geometries, fields: Fields, around: Around,
                findings: list[Found]) -> dict[str, Draft]:
    grounds = around.grounds
    flat_grounds = seams.flat([ground.geometry for ground in grounds])
    drawn = {ground.code for ground in grounds}
    placed: dict[str, Draft] = {}
    for code, shares in zip(order, seams.shares(plane, flat_grounds), strict=True):
        draft = drafts[code]
        held = {grounds[place].code: share for place, share in shares}
        home = _home(draft, drawn) or next(iter(held), "")
        if not held and (home in drawn or (around.by_place and not home)):
            findings.append(found(draft.row, Remark.NO_GROUND))
            continue
        outside = 1 - held.get(home, 0) if home in drawn else sum(held.values())
        if outside > SLIVER:
            others = ", ".join(other for other in held if other != home) or "-"
            remark = Remark.CROSSES if fields.kind is Kind.UNIT else Remark.MOSTLY_IN
            findings.append(found(draft.row, remark, parent=home, percent=f"{outside * 100:.1f}", others=others))
            if fields.kind is Kind.UNIT:
                continue
        placed[code] = draft._replace(parent=draft.parent or (home if around.by_place else ""))
    _tell_uncovered(placed, order, plane, around, flat_grounds, findings)
    return placed


def _home(draft: Draft, drawn: set[str]) -> str:
    """The ground an area says it belongs to: the community of a unit's code, or a parent that has an outline."""
    if codes.scheme_of(draft.code) is Scheme.UNIT:
        return draft.code[:12]
    return draft.parent if draft.parent in drawn else ""


def _tell_uncovered(placed: Mapping[str, Draft], order: list[str], plane: seams.Geometries,
                    around: Around, flat_grounds: seams.Geometries, findings: list[Found]) -> None:
    """Grounds that hold some of the polygons and are not filled by them and those that stand already (GRD-06)."""
    if not placed:
        return
    staying = plane[[place for place, code in enumerate(order) if code in placed]]
    others = [ground.geometry for ground in around.beside if ground.code not in placed]
    staying = np.concatenate([staying, seams.flat(others)]) if others else staying
    drawn = {ground.code for ground in around.grounds}
    homes = {_home(draft, drawn) or draft.parent for draft in placed.values()}
    for ground, flat in zip(around.grounds, flat_grounds, strict=True):
        if ground.code not in homes:
            continue
        near = staying[shapely.STRtree(staying).query(flat, predicate="intersects")]
        left = seams.uncovered(flat, near)
        if left.area > SLIVER * shapely.area(flat):
            findings.append(found(0, Remark.UNCOVERED, parent=ground.code, count=left.count,
                                  area_m2=round(left.area)))


def _tell_seams(drafts: Mapping[str, Draft], order: list[str], plane: seams.Geometries, beside: Sequence[Ground],
                findings: list[Found]) -> None:
    slivers = []
    others = [ground for ground in beside if ground.code not in drafts]
    names = order + [ground.code for ground in others]
    together = np.concatenate([plane, seams.flat([ground.geometry for ground in others])]) if others else plane
    for overlap in seams.overlaps(together):
        if overlap.one >= len(order):
            continue  # between two that stand already
        if overlap.share > SLIVER:
            findings.append(found(drafts[order[overlap.one]].row, Remark.OVERLAPS, other=names[overlap.other],
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
