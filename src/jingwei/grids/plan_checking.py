"""What is wrong with a division, or worth a look: coverage, nesting, codes, sizes (AT-03 to AT-05). Pure.

Shapes are polygons in degrees; a community is looked at by itself, since a unit lies in one community only.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from jingwei.grids import seams
from jingwei.grids.codes import Scheme, scheme_of
from jingwei.grids.findings import Grade
from jingwei.grids.layer_fields import SLIVER
from jingwei.grids.plan_rules import Rules
from jingwei.kernel.errors import ErrorCode, Kind, Refusal

_GAP_M2 = 1.0
_SEAM = 0.1  # metres: what is narrower nobody can stand in
_GAPS_TOLD = 20
_APART = 0.001  # of a grid's ground by which its outline may differ from its units together

Box = tuple[float, float, float, float]


class Fault(ErrorCode):
    """`NAME = (code, grade, Chinese, English)`. Codes are never reused."""

    def __init__(self, code: str, grade: Grade, zh: str, en: str) -> None:
        super().__init__(code, Kind.REFUSED, zh, en)
        self.grade = grade

    CROSSES = (
        "grids.plan.crosses", Grade.REFUSED,
        "单元网格 {code} 有 {percent} % 在{community}之外。单元网格只能属于一个社区，请沿社区边界切分。",
        "{percent} % of the unit grid {code} lie outside {community}. A unit lies in one community: split it along the border.",
    )
    OVERLAP = (
        "grids.plan.overlap", Grade.REFUSED,
        "单元网格 {code} 与 {other} 重叠 {area_m2} 平方米。请重画它们之间的边界。",
        "The unit grids {code} and {other} overlap by {area_m2} square metres. Draw the border between them anew.",
    )
    THIN_OVERLAP = (
        "grids.plan.thin_overlap", Grade.NOTE,
        "{community}有 {count} 处单元网格稍有重叠，共 {area_m2} 平方米，来自绘图误差，无需处理。",
        "In {community} {count} pairs of units overlap by {area_m2} square metres in all, from drawing. Nothing needs doing.",
    )
    GAP = (
        "grids.plan.gap", Grade.WARNING,
        "{community}有一处 {area_m2} 平方米没有划入任何单元网格。请并入相邻的网格，或补划一格。",
        "{area_m2} square metres in one place of {community} lie in no unit grid. Give them to a neighbour or draw one.",
    )
    THIN_GAP = (
        "grids.plan.thin_gap", Grade.NOTE,
        "{community}有 {count} 处不到 {width} 厘米宽的细缝，共 {area_m2} 平方米，来自绘图误差，无需处理。",
        "{community} has {count} gaps narrower than {width} centimetres, {area_m2} square metres in all, from drawing. Nothing needs doing.",
    )
    ODD_SIZE = (
        "grids.plan.odd_size", Grade.WARNING,
        "单元网格 {code} 面积 {area_m2} 平方米，不在 {low} 至 {high} 之间，也没有说明理由。请调整或写明理由。",
        "The unit grid {code} has {area_m2} square metres, not {low} to {high}, and gives no reason. Change it or say why.",
    )
    UNIT_COUNT = (
        "grids.plan.unit_count", Grade.WARNING,
        "责任网格 {code} 有 {count} 个单元网格，不在 {low} 至 {high} 之间。请移入或移出几个。",
        "The responsibility grid {code} has {count} units, not {low} to {high}. Move some in or out.",
    )
    HOUSEHOLD_COUNT = (
        "grids.plan.household_count", Grade.WARNING,
        "责任网格 {code} 有 {count} 户，不在 {low} 至 {high} 户之间。请移入或移出几个单元网格。",
        "The responsibility grid {code} has {count} households, not {low} to {high}. Move units in or out.",
    )
    APART = (
        "grids.plan.apart", Grade.WARNING,
        "责任网格 {code} 分成 {count} 块互不相连的地。请调整，让它连成一片。",
        "The responsibility grid {code} lies in {count} pieces. Move units so that it hangs together.",
    )
    OUTLINE = (
        "grids.plan.outline", Grade.WARNING,
        "责任网格 {code} 的边界与它的单元网格合起来不一致，相差 {area_m2} 平方米。移动其中任何一个单元网格即会重画。",
        "The outline of {code} differs from its units together by {area_m2} square metres. Moving any of them draws it anew.",
    )
    UNGROUPED = (
        "grids.plan.ungrouped", Grade.NOTE,
        "{community}有 {count} 个单元网格没有划入责任网格。需要责任网格的，请选中后“移到新的责任网格”。",
        "In {community} {count} units belong to no responsibility grid. Where one is wanted, move them into a new one.",
    )
    OTHER_CODE = (
        "grids.plan.other_code", Grade.REFUSED,
        "单元网格 {code} 的编码不是以{community}的 {wanted} 开头。请作废后按所在社区重新编码。",
        "The code of the unit grid {code} does not begin with {wanted} of {community}. Void it and give one of its community.",
    )
    NO_UNITS = (
        "grids.plan.no_units", Grade.WARNING,
        "{community}还没有单元网格。请导入，或用自动划分。",
        "{community} has no unit grids yet. Import them or let the engine propose some.",
    )
    NOT_DRAWN = (
        "grids.plan.not_drawn", Grade.WARNING,
        "{community}没有边界，查不出越界和空隙。请先导入社区边界。",
        "{community} has no outline: crossings and gaps cannot be told. Import its outline first.",
    )
    UNIT_NOT_DRAWN = (
        "grids.plan.unit_not_drawn", Grade.WARNING,
        "单元网格 {code} 没有边界。请导入它的边界，或作废。",
        "The unit grid {code} has no outline. Import one, or void it.",
    )
    CUTS = (
        "grids.plan.cuts", Grade.NOTE,
        "单元网格 {code} 的边界切到 {count} 栋建筑。请看是否要沿建筑重画。",
        "The border of the unit grid {code} cuts {count} buildings. See whether to draw it around them.",
    )
    UNSTAFFED = (
        "grids.plan.unstaffed", Grade.WARNING,
        "{code} {name} 现在没有主责人。请在“人员配置”里任命。",
        "Nobody is main on {code} {name} now. Post somebody.",
    )


@dataclass(frozen=True, slots=True)
class Found:
    """One fault. `area_id`: what it is about; `box`: where to look, None where nothing is drawn."""

    fault: Fault
    details: dict[str, Any]
    area_id: int
    code: str
    box: Box | None

    def text(self, language: str = "zh") -> str:
        return Refusal(self.fault, **self.details).text(language)


@dataclass(frozen=True, slots=True)
class UnitIn:
    """`shape`: None where it is not drawn. `group`: 0 for none."""

    id: int
    code: str
    shape: Any
    note: str
    group: int
    cut: int


@dataclass(frozen=True, slots=True)
class GroupIn:
    id: int
    code: str
    name: str
    shape: Any
    households: int | None
    note: str = ""
    staffed: bool = True


@dataclass(slots=True)
class CommunityIn:
    """One community of a plan. `ground`: its outline or None."""

    id: int
    code: str
    name: str
    ground: Any
    units: Sequence[UnitIn]
    groups: Sequence[GroupIn] = field(default_factory=tuple)


def check(community: CommunityIn, rules: Rules) -> list[Found]:
    """What there is to say about one community, by grade and code."""
    told = [*_codes(community), *_undrawn(community)]
    drawn = [unit for unit in community.units if unit.shape is not None]
    if drawn:
        plane = seams.flat([unit.shape for unit in drawn])
        told += _sizes(drawn, plane, rules) + _overlaps(community, drawn, plane)
        if community.ground is not None:
            told += _coverage(community, drawn, plane)
    told += _grids(community, drawn, rules)
    told += [Found(Fault.CUTS, {"code": unit.code, "count": unit.cut}, unit.id, unit.code, _box(unit.shape))
             for unit in community.units if unit.cut]
    order = list(Grade)
    return sorted(told, key=lambda one: (order.index(one.fault.grade), one.code, one.fault.code))


def _codes(community: CommunityIn) -> Iterable[Found]:
    if scheme_of(community.code) is not Scheme.DIVISION:
        return
    for unit in community.units:
        if scheme_of(unit.code) is Scheme.UNIT and unit.code[:12] != community.code:
            yield Found(Fault.OTHER_CODE, {"code": unit.code, "community": community.name, "wanted": community.code},
                        unit.id, unit.code, _box(unit.shape))


def _undrawn(community: CommunityIn) -> Iterable[Found]:
    if not community.units:
        yield Found(Fault.NO_UNITS, {"community": community.name}, community.id, community.code, _box(community.ground))
    elif community.ground is None:
        yield Found(Fault.NOT_DRAWN, {"community": community.name}, community.id, community.code, None)
    for unit in community.units:
        if unit.shape is None:
            yield Found(Fault.UNIT_NOT_DRAWN, {"code": unit.code}, unit.id, unit.code, None)


def _sizes(drawn: Sequence[UnitIn], plane: Any, rules: Rules) -> list[Found]:
    return [Found(Fault.ODD_SIZE, {"code": unit.code, "area_m2": round(size), "low": round(rules.unit_least),
                                   "high": round(rules.unit_most)}, unit.id, unit.code, _box(unit.shape))
            for unit, size in zip(drawn, shapely.area(plane).tolist(), strict=True)
            if not unit.note and rules.odd_unit(size)]


def _overlaps(community: CommunityIn, drawn: Sequence[UnitIn], plane: Any) -> list[Found]:
    told, thin = [], []
    for pair in seams.overlaps(plane):
        one, other = drawn[pair.one], drawn[pair.other]
        if pair.share > SLIVER:
            told.append(Found(Fault.OVERLAP, {"code": one.code, "other": other.code, "area_m2": round(pair.area)}, one.id,
                              one.code, _box(shapely.intersection(one.shape, other.shape))))
        else:
            thin.append(pair.area)
    if thin:
        told.append(Found(Fault.THIN_OVERLAP, {"community": community.name, "count": len(thin), "area_m2": round(sum(thin), 2)},
                          community.id, community.code, _box(community.ground)))
    return told


def _coverage(community: CommunityIn, drawn: Sequence[UnitIn], plane: Any) -> list[Found]:
    told = []
    (ground,) = seams.flat([community.ground])
    outside = shapely.area(shapely.difference(plane, ground)) / shapely.area(plane)
    for place in np.flatnonzero(outside > SLIVER).tolist():
        unit = drawn[place]
        told.append(Found(Fault.CROSSES, {"code": unit.code, "community": community.name,
                                          "percent": f"{outside[place] * 100:.1f}"}, unit.id, unit.code, _box(unit.shape)))
    return told + _gaps(community, drawn)


def _gaps(community: CommunityIn, drawn: Sequence[UnitIn]) -> list[Found]:
    """Ground without a unit: what is wide enough to stand in by place, thin seams all together."""
    left = shapely.get_parts(shapely.difference(community.ground, shapely.union_all([unit.shape for unit in drawn])))
    left = left[shapely.get_type_id(left) == 3]
    sizes = seams.areas_m2(left) if len(left) else np.empty(0)
    edges = shapely.length(seams.flat(left)) if len(left) else np.empty(0)
    wide = (sizes > _GAP_M2) & (2 * sizes / np.maximum(edges, 1e-9) > _SEAM)
    told = [Found(Fault.GAP, {"community": community.name, "area_m2": round(float(sizes[place]))}, community.id,
                  community.code, _box(left[place]))
            for place in np.argsort(-sizes)[:_GAPS_TOLD].tolist() if wide[place]]
    thin = float(sizes[~wide].sum())
    if thin > _GAP_M2:
        told.append(Found(Fault.THIN_GAP, {"community": community.name, "count": int((~wide).sum()), "width": round(100 * _SEAM),
                                           "area_m2": round(thin, 1)}, community.id, community.code, _box(community.ground)))
    return told


def _grids(community: CommunityIn, drawn: Sequence[UnitIn], rules: Rules) -> list[Found]:
    members: defaultdict[int, list[UnitIn]] = defaultdict(list)
    for unit in community.units:
        members[unit.group].append(unit)
    told = []
    loose = len(members.get(0, ()))
    if loose and community.groups:
        told.append(Found(Fault.UNGROUPED, {"community": community.name, "count": loose}, community.id, community.code,
                          _box(shapely.union_all([unit.shape for unit in drawn if not unit.group]))))
    for group in community.groups:
        told += _one_grid(group, members.get(group.id, []), rules)
    return told


def _one_grid(group: GroupIn, units: Sequence[UnitIn], rules: Rules) -> Iterable[Found]:
    shapes = [unit.shape for unit in units if unit.shape is not None]
    whole = shapely.union_all(shapes) if shapes else None
    box = _box(whole if whole is not None else group.shape)
    size = len(units) if rules.measure == "units" else group.households
    if size is not None and rules.odd_group(size) and not group.note:
        fault = Fault.UNIT_COUNT if rules.measure == "units" else Fault.HOUSEHOLD_COUNT
        yield Found(fault, {"code": group.code, "count": size, "low": round(rules.group_least),
                            "high": round(rules.group_most)}, group.id, group.code, box)
    pieces = int(shapely.get_num_geometries(whole)) if whole is not None else 0
    if pieces > 1:
        yield Found(Fault.APART, {"code": group.code, "count": pieces}, group.id, group.code, box)
    if whole is not None and group.shape is not None:
        apart = float(seams.areas_m2([shapely.symmetric_difference(whole, group.shape)])[0])
        if apart > _APART * float(seams.areas_m2([whole])[0]):
            yield Found(Fault.OUTLINE, {"code": group.code, "area_m2": round(apart)}, group.id, group.code, box)
    if not group.staffed:
        yield Found(Fault.UNSTAFFED, {"code": group.code, "name": group.name}, group.id, group.code, box)


def _box(shape: Any) -> Box | None:
    return None if shape is None or shape.is_empty else tuple(shape.bounds)
