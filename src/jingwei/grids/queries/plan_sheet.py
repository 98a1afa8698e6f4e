"""The units of a plan version with their grids, community by community, and what they come to.

Sums are kept in the process by the draft's counter: a deed touches one community, the others are not counted again.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jingwei.grids import plan_rows
from jingwei.grids.codes import Kind, Level
from jingwei.grids.lineage import lineage
from jingwei.grids.models import Area, PlanEdit, PlanVersion
from jingwei.grids.near import Box, around
from jingwei.grids.plan_rules import Rules, rules_of
from jingwei.kernel.paths import span, within

_KEPT = 4
_COMMUNITIES = (Kind.COMMUNITY.value, Kind.VILLAGE.value, Kind.QUASI_VILLAGE.value)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in a plan. `odd`: 0 | 1 too small | 2 too large, without a reason. Counts are None where nobody counted."""

    id: int
    code: str
    name: str
    area_m2: int
    households: int | None
    buildings: int | None
    cut: int | None
    odd: int
    note: str
    group_id: int
    group_code: str
    box: Box


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A responsibility grid in a plan, as its units make it."""

    id: int
    code: str
    name: str
    units: int
    area_m2: int
    households: int | None
    odd: int
    box: Box


@dataclass(frozen=True, slots=True)
class CommunityLine:
    """`imbalance`: the heaviest grid's work through the mean; None with fewer than two. `sizes`: of its units, m²."""

    id: int
    code: str
    name: str
    units: int
    odd: int
    groups: int
    groups_odd: int
    ungrouped: int
    imbalance: float | None
    buildings: int | None
    cut: int | None
    box: Box | None
    sizes: tuple[int, ...] = field(repr=False)
    group_sizes: tuple[float, ...] = field(repr=False)


@dataclass(slots=True)
class Sheet:
    """One community of a plan."""

    community: Area
    units: list[UnitLine]
    groups: list[GroupLine]


@dataclass(slots=True)
class _Kept:
    state: tuple[str, int]
    edit: int
    lines: dict[int, CommunityLine]


_kept: dict[int, _Kept] = {}


def sheets(plan: PlanVersion, communities: Sequence[Area]) -> list[Sheet]:
    """One for each community, in their order. Four statements, however many there are."""
    if not communities:
        return []
    rules, versions = rules_of(plan.rules), lineage(plan)
    inside = {"path__range": span(communities[0].path)} if len(communities) == 1 else {}
    standing = plan_rows.standing(plan, versions).filter(kind=Kind.RESPONSIBILITY.value, **inside)
    tops = sorted(range(len(communities)), key=lambda place: communities[place].path)
    paths = [communities[place].path for place in tops]
    moved, noted = plan_rows.moved(plan), plan_rows.noted(plan)
    groups = {area.pk: area for area in standing.only("id", "code", "name", "path")}
    units: defaultdict[int, list[UnitLine]] = defaultdict(list)
    drawn = plan_rows.drawn(plan, versions, kind=Kind.UNIT.value)
    if inside:
        drawn = plan_rows.drawn_of(plan, plan_rows.standing(plan, versions).filter(kind=Kind.UNIT.value, **inside), versions)
    rows = drawn.order_by("area__code").values_list(
        "area_id", "area__code", "area__name", "area__note", "area__parent_id", "area__path", "area_m2", "households",
        "buildings", "cut", "west", "south", "east", "north")
    for area, code, name, note, parent, path, size, households, buildings, cut, *box in rows.iterator(chunk_size=5_000):
        place = bisect_right(paths, path) - 1
        if place < 0 or not within(path, paths[place]):
            continue
        group = groups.get(moved.get(area, parent or 0))
        reason = noted.get(area, note)
        units[tops[place]].append(UnitLine(
            area, code, name, size, households, buildings, cut, 0 if reason else rules.odd_unit(size), reason,
            group.pk if group else 0, group.code if group else "", (box[0], box[1], box[2], box[3])))
    return [Sheet(community, units[place], _groups(community, units[place], groups, rules))
            for place, community in enumerate(communities)]


def _groups(community: Area, units: list[UnitLine], groups: dict[int, Area], rules: Rules) -> list[GroupLine]:
    members: defaultdict[int, list[UnitLine]] = defaultdict(list)
    for unit in units:
        members[unit.group_id].append(unit)
    lines = []
    for group in sorted((one for one in groups.values() if within(one.path, community.path)), key=lambda one: one.code):
        held = members.get(group.pk, [])
        living = known_sum(unit.households for unit in held)
        size = len(held) if rules.measure == "units" else living
        lines.append(GroupLine(group.pk, group.code, group.name, len(held), sum(unit.area_m2 for unit in held), living,
                               rules.odd_group(size) if size is not None else 0, around(unit.box for unit in held) or (0.0, 0.0, 0.0, 0.0)))
    return lines


def known_sum(counts: Iterable[int | None]) -> int | None:
    """The sum of what was counted; None where nothing was."""
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def communities_of(plan: PlanVersion) -> list[Area]:
    """The communities and villages that stand in a plan, by code."""
    rows = plan_rows.standing(plan).filter(level=int(Level.VILLAGE), kind__in=_COMMUNITIES)
    return list(rows.order_by("code").only("id", "code", "name", "path"))


def lines(plan: PlanVersion) -> list[CommunityLine]:
    """Every community that is divided into units in this plan, by code."""
    kept = _kept.get(plan.pk)
    weighed = plan.counts.get("weighed", 0)
    if kept is None or kept.edit > plan.edit or kept.state[1] != weighed or (
            kept.edit == plan.edit and kept.state[0] != plan.drawing):
        found = {sheet.community.pk: _line(sheet, plan) for sheet in sheets(plan, communities_of(plan)) if sheet.units}
    elif kept.edit == plan.edit:
        found = kept.lines
    else:
        touched = PlanEdit.objects.filter(plan=plan, touch__gt=kept.edit).values("community")
        found = dict(kept.lines)
        again = list(Area.objects.filter(pk__in=touched).only("id", "code", "name", "path"))
        found.update((sheet.community.pk, _line(sheet, plan)) for sheet in sheets(plan, again))
    _keep(plan, found)
    return sorted(found.values(), key=lambda line: line.code)


def _keep(plan: PlanVersion, found: dict[int, CommunityLine]) -> None:
    _kept.pop(plan.pk, None)
    while len(_kept) >= _KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[plan.pk] = _Kept((plan.drawing, plan.counts.get("weighed", 0)), plan.edit, found)


def _line(sheet: Sheet, plan: PlanVersion) -> CommunityLine:
    rules = rules_of(plan.rules)
    measured = [float(_of(group, rules.measure) or 0) for group in sheet.groups]
    return CommunityLine(
        sheet.community.pk, sheet.community.code, sheet.community.name, len(sheet.units),
        sum(unit.odd > 0 for unit in sheet.units), len(sheet.groups), sum(group.odd > 0 for group in sheet.groups),
        sum(unit.group_id == 0 for unit in sheet.units), _imbalance(sheet, rules),
        known_sum(unit.buildings for unit in sheet.units), known_sum(unit.cut for unit in sheet.units), around(unit.box for unit in sheet.units),
        tuple(unit.area_m2 for unit in sheet.units), tuple(measured))


def _of(group: GroupLine, measure: str) -> int | None:
    return group.units if measure == "units" else group.households


def _imbalance(sheet: Sheet, rules: Rules) -> float | None:
    work: defaultdict[int, float] = defaultdict(float)
    for unit in sheet.units:
        if unit.group_id:
            counted = {"households": unit.households, "buildings": unit.buildings}.get(rules.workload, 1)
            work[unit.group_id] += counted or 0
    mean = sum(work.values()) / len(work) if len(work) > 1 else 0
    return max(work.values()) / mean if mean else None
