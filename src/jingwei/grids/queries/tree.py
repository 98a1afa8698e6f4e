"""The tree, its versions, and what is missing in it, narrowed to what the actor may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from jingwei.accounts.queries import Right, narrow, reach
from jingwei.grids import finding_places as finder
from jingwei.grids.models import Area, Boundary, GridSystem, Staffing, Succession
from jingwei.grids.placing import BASE
from jingwei.grids.queries.places import PLACE, Place, chain
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.paths import span

BASE_LEVELS = ("省", "市", "区县", "镇街", "村社区", "责任网格", "单元网格")
STAFFED_KINDS = ("responsibility", "grid", "group")
"""Kinds that must have a main; a unit grid is answered for by the grid above it."""


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One row of the tree."""

    id: int
    code: str
    name: str
    kind: str
    level: int
    status: str
    has_children: bool


@dataclass(frozen=True, slots=True)
class AreaDetail:
    """An area with its way up. `box`: west, south, east, north; None without an outline."""

    id: int
    system: str
    code: str
    name: str
    kind: str
    level: int
    county: str
    status: str
    valid_from: datetime | None
    valid_to: datetime | None
    four_bounds: str
    note: str
    area_m2: int | None
    box: tuple[float, float, float, float] | None
    chain: list[Place]
    successors: list[str]


def roots(actor: Actor, *, system: str = BASE) -> list[AreaLine]:
    """Where the actor's part of the tree begins: the system's roots, or the tops of their scope."""
    standing = Area.objects.filter(system=system, plan__state="published", status="active")
    if reach(actor, Right.AREA_READ, area="path") is None:
        return _lines(standing.filter(parent=None))
    paths = {grant.area_path for grant in actor.grants if Right.AREA_READ.value in grant.rights}
    tops = {path for path in paths if not any(path != other and path.startswith(other) for other in paths)}
    return _lines(standing.filter(path__in=tops))


def children(actor: Actor, parent_id: int, *, after: str = "", limit: int = 100,
             retired: bool = False) -> list[AreaLine] | None:
    """Areas right below one, by code, those after the code `after`. None where the actor may not see the parent."""
    standing = narrow(Area.objects.filter(plan__state="published"), actor, Right.AREA_READ, area="path")
    if not standing.filter(pk=parent_id).exists():
        return None
    below = Area.objects.filter(plan__state="published", parent_id=parent_id, code__gt=after)
    return _lines(below if retired else below.filter(status="active"), limit)


def _lines(rows: QuerySet[Area], limit: int = 1000) -> list[AreaLine]:
    below = Area.objects.filter(parent=OuterRef("pk"), status="active", plan__state="published")
    found = rows.annotate(has_children=Exists(below)).order_by("code").values_list(
        "id", "code", "name", "kind", "level", "status", "has_children")
    return [AreaLine(*row) for row in found[:limit]]


def area_detail(actor: Actor, area_id: int) -> AreaDetail | None:
    """Everything about one area, or None outside the actor's reach."""
    visible = narrow(Area.objects.filter(plan__state="published"), actor, Right.AREA_READ, area="path")
    area = visible.select_related("plan").filter(pk=area_id).first()
    if area is None:
        return None
    outline = Boundary.objects.filter(area=area, plan__state="published").order_by("-plan__number").values_list(
        "west", "south", "east", "north", "area_m2").first()
    heirs = Succession.objects.filter(predecessor=area).order_by("successor__code").values_list(
        "successor__code", flat=True)
    return AreaDetail(
        area.id, area.system, area.code, area.name, area.kind, area.level, area.county, area.status,
        area.valid_from or area.plan.valid_from, area.valid_to, area.four_bounds, area.note,
        outline[4] if outline else None, outline[:4] if outline else None, chain(area.id), list(heirs))


def predecessors(area_ids: Iterable[int]) -> set[int]:
    """Every retired area that these took over from, however long ago: a scope reaches them through here."""
    found: set[int] = set()
    fresh = set(area_ids)
    while fresh:
        before = set(Succession.objects.filter(successor_id__in=fresh).values_list("predecessor_id", flat=True))
        fresh = before - found
        found |= fresh
    return found


def members_of(grid_id: int) -> list[Place]:
    """The base areas that a grid of another system holds."""
    rows = Area.objects.filter(memberships__grid_id=grid_id).order_by("code").values_list(*PLACE)
    return [Place(*row) for row in rows]


def members_seen(actor: Actor, grid_id: int) -> list[Place]:
    """The same for who may see the grid."""
    if not narrow(Area.objects.filter(pk=grid_id, plan__state="published"), actor, Right.AREA_READ, area="path").exists():
        raise Refusal(KernelError.NOT_FOUND)
    return members_of(grid_id)


def levels_of(system: str = BASE) -> list[str]:
    """The names of a system's levels, from 1."""
    names = GridSystem.objects.filter(pk=system).values_list("levels", flat=True).first()
    return list(names or BASE_LEVELS)


def summary(generations: dict[str, int] | None = None) -> dict[str, Any]:
    """How many areas of the base system stand, in all and by level. Counted once per generation."""
    cache = finder.ground(generations)
    if not cache.summary:
        rows = Area.objects.filter(system=BASE, status="active", plan__state="published").values_list("level")
        counted = dict(rows.annotate(n=Count("id")).order_by("level"))
        names = levels_of()
        cache.summary = {"areas": sum(counted.values()), "levels": [
            {"name": names[level - 1] if level <= len(names) else f"第 {level} 级", "count": count}
            for level, count in counted.items()]}
    return cache.summary


def gaps(actor: Actor, area_id: int | None = None, *, on: date, kinds: Sequence[str] = STAFFED_KINDS, after: str = "",
         limit: int = 100) -> list[AreaLine]:
    """Areas of the base system within reach (and below `area_id`) that must have a main and have none on the day `on`,
    by code; one who was dismissed is none. Of other systems: `vacancies`, by their rules.
    """
    rows = narrow(Area.objects.filter(system=BASE, plan__state="published", status="active", kind__in=kinds, code__gt=after),
                  actor, Right.AREA_READ, area="path")
    if area_id is not None:
        path = Area.objects.filter(pk=area_id).values_list("path", flat=True).first()
        low, high = span(path or "-/")
        rows = rows.filter(path__gte=low, path__lt=high)
    held = Staffing.objects.filter(Q(until=None) | Q(until__gte=on), area=OuterRef("pk"), post="main", void=False,
                                   since__lte=on, user__active=True)
    return _lines(rows.filter(~Exists(held)), limit)
