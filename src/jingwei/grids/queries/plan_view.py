"""One plan version on the workbench: what it holds, its communities, grids and units, and what they come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jingwei.accounts.queries import Right
from jingwei.grids import plan_rows
from jingwei.grids.codes import Kind
from jingwei.grids.lineage import lineage, outlines
from jingwei.grids.models import Area, PlanEdit, PlanVersion
from jingwei.grids.near import Box, around, meeting
from jingwei.grids.plan_rules import rules_of
from jingwei.grids.queries import plan_sheet
from jingwei.grids.queries.plan_sheet import CommunityLine, GroupLine, Sheet, UnitLine, known_sum
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words, spoken

_SHAPES_AT_ONCE = 500
_SAID = {
    "split": Words("切分 {codes}", "split {codes}"), "merge": Words("合并 {codes}", "merge {codes}"),
    "border": Words("重画 {codes} 之间的边界", "redraw the border of {codes}"),
    "move": Words("把 {codes} 移到别的责任网格", "move {codes} to another grid"),
    "note": Words("改写 {codes} 的面积说明", "change the reason of {codes}"),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A deed that can be undone or redone."""

    number: int
    verb: str
    said: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """`edit`: the draft's counter. `bounds`: west, south, east, north; None without units."""

    id: int
    title: str
    system: str
    state: str
    number: int | None
    edit: int
    editable: bool
    valid_from: datetime | None
    valid_to: datetime | None
    publish_at: datetime | None
    publish_why: str
    undo: Turn | None
    redo: Turn | None
    bounds: Box | None
    version: str
    rules: dict[str, Any]
    communities: list[CommunityLine]


@dataclass(frozen=True, slots=True)
class UnitScores:
    count: int
    odd: int
    smallest: int
    median: int
    largest: int
    in_bounds_share: float


@dataclass(frozen=True, slots=True)
class GroupScores:
    """Sizes are of units or of households, as the plan's rules say. `imbalance`: the worst of all communities."""

    count: int
    odd: int
    smallest: float
    largest: float
    in_bounds_share: float
    imbalance: float | None


@dataclass(frozen=True, slots=True)
class Scores:
    units: UnitScores
    groups: GroupScores
    ungrouped: int
    buildings: int | None
    buildings_cut: int | None
    measured: str


def readable(actor: Actor, plan_id: int) -> PlanVersion:
    """A plan that the actor may look at as a whole: drafts for those who manage areas everywhere."""
    plan = PlanVersion.objects.filter(pk=plan_id, state__in=["draft", "published"]).first()
    right = Right.AREA_READ if plan is not None and plan.state == "published" else Right.AREA_MANAGE
    if plan is None or not actor.covers(right.value, ""):
        raise Refusal(KernelError.NOT_FOUND)
    return plan


def version_of(plan: PlanVersion) -> str:
    """The name of what a plan's map shows now."""
    return f"{plan.edit}-{plan.drawing or '0'}"


def plan_view(actor: Actor, plan_id: int, language: str = "zh") -> PlanView:
    """A plan as the workbench opens it."""
    plan = readable(actor, plan_id)
    lines = plan_sheet.lines(plan)
    editable = plan.state == "draft" and plan.publish_at is None and actor.covers(Right.AREA_MANAGE.value, "")
    undo, redo = turns(plan, language)
    return PlanView(
        plan.pk, plan.title, plan.system_id, plan.state, plan.number, plan.edit, editable, plan.valid_from, plan.valid_to,
        plan.publish_at, plan.publish_why, undo, redo, around(line.box for line in lines if line.box), version_of(plan), rules_of(plan.rules).as_dict(), lines)


def turns(plan: PlanVersion, language: str = "zh") -> tuple[Turn | None, Turn | None]:
    """What could be undone and what redone now."""
    rows = PlanEdit.objects.filter(plan=plan, number__isnull=False)
    last, first = rows.filter(undone=False).order_by("-number").first(), rows.filter(undone=True).order_by("number").first()
    return _turn(last, language), _turn(first, language)


def _turn(edit: PlanEdit | None, language: str) -> Turn | None:
    if edit is None or edit.number is None:
        return None
    return Turn(edit.number, edit.verb, said(edit.verb, edit.about, language))


def said(verb: str, codes: list[str], language: str = "zh") -> str:
    """A deed in words, three codes at most: 合并 …003、…004."""
    english = language.startswith("en")
    named = [f"…{code[-3:]}" if len(code) > 6 else code for code in codes[:3]]
    more = len(codes) - len(named)
    told = (", " if english else "、").join(named) + ((f" and {more} more" if english else f"等 {len(codes)} 个") if more else "")
    return str(spoken(_SAID[verb], language)).format(codes=told)


def scores(actor: Actor, plan_id: int, community: int = 0) -> Scores:
    """What a plan, or one community of it, comes to."""
    import numpy as np

    plan = readable(actor, plan_id)
    rules = rules_of(plan.rules)
    lines = [line for line in plan_sheet.lines(plan) if community in (0, line.id)]
    sizes = np.array([size for line in lines for size in line.sizes], dtype=np.int64)
    groups = np.array([size for line in lines for size in line.group_sizes])
    odd, odd_groups = sum(line.odd for line in lines), sum(line.groups_odd for line in lines)
    weighed = [line.imbalance for line in lines if line.imbalance is not None]
    return Scores(
        UnitScores(len(sizes), odd, int(sizes.min(initial=2**40)) if len(sizes) else 0,
                   int(np.median(sizes)) if len(sizes) else 0, int(sizes.max(initial=0)), _share(len(sizes), odd)),
        GroupScores(len(groups), odd_groups, float(groups.min()) if len(groups) else 0.0, float(groups.max(initial=0)),
                    _share(len(groups), odd_groups), max(weighed, default=None)),
        sum(line.ungrouped for line in lines), known_sum(line.buildings for line in lines), known_sum(line.cut for line in lines),
        rules.measure)


def _share(count: int, odd: int) -> float:
    return (count - odd) / count if count else 1.0


def _sheet(plan: PlanVersion, community: int) -> Sheet:
    area = plan_rows.standing(plan).filter(pk=community).first()
    if area is None:
        raise Refusal(KernelError.NOT_FOUND)
    return plan_sheet.sheets(plan, [area])[0]


def plan_groups(actor: Actor, plan_id: int, community: int) -> list[GroupLine]:
    """The responsibility grids of a community in a plan, by code."""
    return _sheet(readable(actor, plan_id), community).groups


def plan_units(actor: Actor, plan_id: int, *, community: int = 0, group: int = 0, odd: bool = False, after: str = "",
               limit: int = 100) -> tuple[list[UnitLine], str | None]:
    """Units of a plan by code, those after the code `after`; and where the next page begins."""
    plan = readable(actor, plan_id)
    if group:
        parent = Area.objects.filter(pk=group, kind=Kind.RESPONSIBILITY.value).values_list("parent_id", flat=True).first()
        community = parent or -1
    lines = [line for line in plan_sheet.lines(plan) if community in (0, line.id) and (line.odd or not odd)]
    found: list[UnitLine] = []
    for line in lines:
        if after and after[:len(line.code)] > line.code:
            continue
        found += [unit for unit in _sheet(plan, line.id).units if unit.code > after and (not group or unit.group_id == group)
                  and (unit.odd or not odd)]
        if len(found) > limit:
            break
    return found[:limit], found[limit - 1].code if len(found) > limit else None


def units_of_ids(plan: PlanVersion, ids: Iterable[int]) -> tuple[list[UnitLine], list[GroupLine]]:
    """Those of these areas that are units or grids of the plan now."""
    wanted = set(ids)
    rows = Area.objects.filter(pk__in=wanted).select_related("parent__parent")
    tops = {top.pk: top for area in rows if (top := _community(area)) is not None}
    found = plan_sheet.sheets(plan, list(tops.values()))
    return ([unit for sheet in found for unit in sheet.units if unit.id in wanted],
            [group for sheet in found for group in sheet.groups if group.id in wanted])


def _community(area: Area) -> Area | None:
    above: Area | None = area.parent
    while above is not None and above.kind in (Kind.RESPONSIBILITY.value, Kind.UNIT.value):
        above = above.parent
    return above


def unit_at(actor: Actor, plan_id: int, lon: float, lat: float) -> UnitLine | None:
    """The unit that holds a point in a plan; on a border the one with the lowest code."""
    import shapely

    plan = readable(actor, plan_id)
    near = meeting(plan_rows.drawn(plan, kind=Kind.UNIT.value), (lon, lat, lon, lat))
    for area, wkb in near.order_by("area__code").values_list("area_id", "wkb"):
        if shapely.intersects_xy(shapely.from_wkb(bytes(wkb)), lon, lat):
            return next(iter(units_of_ids(plan, [area])[0]), None)
    return None


def plan_shapes(actor: Actor, plan_id: int, ids: list[int]) -> list[tuple[int, str, bytes]]:
    """(id, code, WKB) of up to 500 areas as a plan draws them."""
    plan = readable(actor, plan_id)
    rows = dict(plan_rows.standing(plan).filter(pk__in=ids[:_SHAPES_AT_ONCE]).values_list("id", "code"))
    return [(area, rows[area], wkb) for area, wkb in sorted(outlines(lineage(plan), list(rows)).items())]


