"""The examination of a plan version, a page of communities at a time: whoever reads on to the end has all of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from django.db.models import Q

from jingwei.grids import plan_rows
from jingwei.grids.codes import Kind
from jingwei.grids.days import today
from jingwei.grids.lineage import lineage, shapes
from jingwei.grids.models import Area, PlanVersion, Staffing
from jingwei.grids.plan_checking import CommunityIn, Found, GroupIn, UnitIn, check
from jingwei.grids.plan_rules import rules_of
from jingwei.grids.queries.plan_sheet import communities_of
from jingwei.grids.queries.plan_view import readable
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.paths import span, within

_AT_ONCE = 10      # communities read together
_FINDINGS = 200
_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class CheckLine:
    grade: str
    reason: str
    text: str
    area_id: int
    code: str
    name: str
    community: str
    box: tuple[float, float, float, float] | None


@dataclass(frozen=True, slots=True)
class Checked:
    """`next`: pass it as `after`; None at the end. `done`, `all`: communities."""

    items: list[CheckLine]
    next: str | None
    done: int
    all: int


def check_plan(actor: Actor, plan_id: int, *, area: int = 0, after: str = "", language: str = "zh") -> Checked:
    """The next communities of a plan by code, after the code `after`, below an area (0: everywhere)."""
    plan = readable(actor, plan_id)
    communities = _below(plan, area)
    ahead = [one for one in communities if one.code > after]
    began, lines, last = monotonic(), [], after
    for start in range(0, len(ahead), _AT_ONCE):
        some = ahead[start:start + _AT_ONCE]
        for community in _read(plan, some):
            lines += [_line(found, community, language) for found in check(community, rules_of(plan.rules))]
        last = some[-1].code
        if len(lines) >= _FINDINGS or monotonic() - began > _SECONDS:
            break
    done = sum(one.code <= last for one in communities)
    return Checked(lines, last if done < len(communities) else None, done, len(communities))


def _below(plan: PlanVersion, area: int) -> list[Area]:
    communities = communities_of(plan)
    if not area:
        return communities
    path = Area.objects.filter(pk=area, system=plan.system_id).values_list("path", flat=True).first()
    if path is None:
        raise Refusal(KernelError.NOT_FOUND)
    return [one for one in communities if within(one.path, path)]


def _line(found: Found, community: CommunityIn, language: str) -> CheckLine:
    return CheckLine(found.fault.grade.value, found.fault.code, found.text(language), found.area_id, found.code,
                     found.code, community.name, found.box)


def _read(plan: PlanVersion, communities: Sequence[Area]) -> list[CommunityIn]:
    """Some communities with their units and grids. Five statements."""
    versions, moved = lineage(plan), plan_rows.moved(plan)
    inside = Q()
    for one in communities:
        inside |= Q(path__range=span(one.path))
    rows = list(plan_rows.standing(plan, versions).filter(
        inside, kind__in=[Kind.UNIT.value, Kind.RESPONSIBILITY.value]).order_by("code"))
    boundaries = plan_rows.drawn_of(plan, plan_rows.standing(plan, versions).filter(inside, kind=Kind.UNIT.value), versions)
    counted = {area: (cut or 0, households) for area, cut, households in boundaries.values_list("area_id", "cut", "households")}
    drawn = shapes(versions, [*(row.pk for row in rows), *(one.pk for one in communities)])
    noted = plan_rows.noted(plan)
    staffed = _staffed(plan, [row.pk for row in rows if row.kind == Kind.RESPONSIBILITY])
    groups = {row.pk for row in rows if row.kind == Kind.RESPONSIBILITY}
    units: defaultdict[int, list[UnitIn]] = defaultdict(list)
    grids: defaultdict[int, list[GroupIn]] = defaultdict(list)
    living: defaultdict[int, list[int]] = defaultdict(list)
    for row in rows:
        home = next(one.pk for one in communities if within(row.path, one.path))
        if row.kind == Kind.UNIT:
            parent = moved.get(row.pk, row.parent_id or 0)
            cut, households = counted.get(row.pk, (0, None))
            units[home].append(UnitIn(row.pk, row.code, drawn.get(row.pk), noted.get(row.pk, row.note),
                                      parent if parent in groups else 0, cut))
            if households is not None:
                living[parent].append(households)
    for row in rows:
        if row.kind == Kind.RESPONSIBILITY:
            home = next(one.pk for one in communities if within(row.path, one.path))
            grids[home].append(GroupIn(row.pk, row.code, row.name, drawn.get(row.pk),
                                       sum(living[row.pk]) if row.pk in living else None, row.note, row.pk in staffed))
    return [CommunityIn(one.pk, one.code, one.name, drawn.get(one.pk), units[one.pk], grids[one.pk]) for one in communities]


def _staffed(plan: PlanVersion, groups: list[int]) -> set[int]:
    """Grids with a main today; all of them in a draft or an old version, where nobody is posted yet or any more."""
    if plan.state != "published" or plan.valid_to is not None:
        return set(groups)
    held = Staffing.objects.filter(Q(until=None) | Q(until__gte=today()), area_id__in=groups, post="main", void=False,
                                   since__lte=today())
    return set(held.values_list("area_id", flat=True))
