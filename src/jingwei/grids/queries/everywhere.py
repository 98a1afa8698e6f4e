"""One point answers for all grid systems (GRD-42): which grid of each, and who answers there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.grids import finding_places as finder
from jingwei.grids.models import Area, Boundary, GridSystem, Membership
from jingwei.grids.placing import BASE
from jingwei.grids.queries.duty import Answerable, answerable_each
from jingwei.grids.queries.knowing import may_know
from jingwei.grids.queries.places import Place, locate
from jingwei.grids.queries.reading import readable
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.paths import span, within

MOST_GRIDS = 100


@dataclass(frozen=True, slots=True)
class GridHere:
    """`on_duty_area`: where the person who answers is posted: the grid itself or one above it."""

    area_id: int
    code: str
    name: str
    level: int
    level_name: str
    on_duty: UUID | None
    on_duty_name: str
    on_duty_why: str
    on_duty_area: str


@dataclass(frozen=True, slots=True)
class SystemHere:
    """`by`: outline, or members (what the base areas here belong to). Rooms without outline come after what holds
    them; `more`: how many are left out.
    """

    system: str
    name: str
    by: str
    grids: list[GridHere]
    more: int


@dataclass(frozen=True, slots=True)
class _Hit:
    system: str
    area_id: int
    by: str


def grids_at(actor: Actor, lon: float, lat: float) -> list[SystemHere]:
    """The base system first. Refuses a point where the actor may know of no place. A dozen statements at most."""
    known = generations()
    found = {system: place for system in finder.ground(known).versions if (place := locate(lon, lat, known, system=system))}
    base = found.get(BASE)
    if base is None or not may_know(actor, base):
        found = {system: place for system, place in found.items() if system != BASE and actor.covers(Right.AREA_READ.value, place.path)}
        base = None
    if not found:
        raise Refusal(KernelError.NOT_FOUND)
    hits = [_Hit(system, place.area_id, "outline") for system, place in found.items()]
    return _told(hits + _held(base.path if base else "", set(found)))


def grids_over(actor: Actor, area_id: int) -> list[SystemHere]:
    """Other systems' grids at an area: at a point inside its outline, else by what it or its members belong to."""
    area = readable(actor, area_id)
    point = _inner_point(area.id)
    hits: list[_Hit] = []
    path = area.path if area.system == BASE else ""
    if point is not None:
        known = generations()
        for system in finder.ground(known).versions:
            place = locate(*point, known, system=system)
            if place and system == BASE and area.system != BASE:
                path = place.path
            elif place and system not in (BASE, area.system):
                hits.append(_Hit(system, place.area_id, "outline"))
    elif area.system != BASE:
        path = Area.objects.filter(memberships__grid_id=area.id).order_by("code").values_list("path", flat=True).first() or ""
    taken = {hit.system for hit in hits} | {area.system}
    return _told(hits + _held(path, taken))


def _inner_point(area_id: int) -> tuple[float, float] | None:
    import shapely

    wkb = Boundary.objects.filter(area_id=area_id, plan__state="published").order_by("-plan__number").values_list("wkb", flat=True).first()
    if wkb is None:
        return None
    point = shapely.point_on_surface(shapely.from_wkb(bytes(wkb)))
    return point.x, point.y


def _held(path: str, taken: set[str]) -> list[_Hit]:
    """Grids that hold the base area of this path or one above it: of each system the nearest, with their rooms."""
    if not path:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT g.system, g.id, g.path, b.level, g.level FROM grids_membership m"
            " JOIN grids_area b ON b.id = m.member_id JOIN grids_area g ON g.id = m.grid_id"
            " JOIN grids_plan p ON p.id = g.plan_id"
            " WHERE substr(%s, 1, length(b.path)) = b.path AND g.status = 'active' AND p.state = 'published'"
            " ORDER BY g.system, b.level DESC, g.level DESC, g.code", [path])
        rows = [row for row in cursor.fetchall() if row[0] not in taken]
    nearest: dict[str, tuple[int, int]] = {}
    holders: list[tuple[str, int, str]] = []
    for system, area_id, own, member_level, level in rows:
        if nearest.setdefault(system, (member_level, level)) == (member_level, level):
            holders.append((system, area_id, own))
    hits = []
    for system, area_id, own in holders:
        hits.append(_Hit(system, area_id, "members"))
        hits += [_Hit(system, room, "members") for room in _rooms(own)]
    return hits


def _rooms(path: str) -> list[int]:
    """Areas below a grid that have neither outline nor members of their own: they are found through it."""
    low, high = span(path)
    rows = Area.objects.filter(path__gt=low, path__lt=high, status="active", plan__state="published").annotate(
        elsewhere=Exists(Membership.objects.filter(grid=OuterRef("pk"))),
        drawn=Exists(Boundary.objects.filter(area=OuterRef("pk")))).order_by("path").values_list("id", "path", "elsewhere", "drawn")
    found: list[int] = []
    placed: list[str] = []
    for area_id, own, elsewhere, drawn in rows:
        if elsewhere or drawn:
            placed.append(own)
        elif not any(within(own, above) for above in placed):
            found.append(area_id)
    return found


def _told(hits: Sequence[_Hit]) -> list[SystemHere]:
    by_system: defaultdict[str, list[_Hit]] = defaultdict(list)
    for hit in hits:
        by_system[hit.system].append(hit)
    shown = [hit for own in by_system.values() for hit in own[:MOST_GRIDS]]
    ways = _ways([hit.area_id for hit in shown])
    duties = answerable_each(ways)
    people = accounts.names_of(duty.user_id for duty in duties.values())
    areas = {area.id: area for area in Area.objects.filter(pk__in=[hit.area_id for hit in shown]).defer("note", "four_bounds")}
    systems = {row[0]: row[1:] for row in GridSystem.objects.values_list("code", "name", "levels")}
    found = []
    for code in sorted(by_system, key=lambda code: (code != BASE, code)):
        name, levels = systems.get(code, (code, []))
        grids = [_grid(areas[hit.area_id], levels, duties[hit.area_id], people) for hit in by_system[code][:MOST_GRIDS]]
        found.append(SystemHere(code, name, by_system[code][0].by, grids, max(0, len(by_system[code]) - MOST_GRIDS)))
    return found


def _grid(area: Area, levels: Sequence[str], duty: Answerable, people: dict[UUID, str]) -> GridHere:
    level = levels[area.level - 1] if area.level <= len(levels) else ""
    return GridHere(area.id, area.code, area.name, area.level, level, duty.user_id,
                    people.get(duty.user_id, "") if duty.user_id else "", duty.why, duty.place.name if duty.place else "")


def _ways(ids: Iterable[int]) -> dict[int, list[Place]]:
    """The way up of several areas, the root first. One statement."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    marks = ", ".join(["%s"] * len(wanted))
    found: dict[int, list[tuple[int, Any]]] = {area_id: [] for area_id in wanted}
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE up AS (SELECT id AS start, id, parent_id, 0 AS steps FROM grids_area"
            f" WHERE id IN ({marks})"
            " UNION ALL SELECT up.start, a.id, a.parent_id, up.steps + 1 FROM grids_area a JOIN up ON a.id = up.parent_id)"
            " SELECT up.start, up.steps, a.id, a.code, a.name, a.path, a.county, a.kind FROM up JOIN grids_area a ON a.id = up.id",
            wanted)
        for start, steps, *place in cursor.fetchall():
            found[start].append((steps, Place(*place)))
    return {area_id: [place for _, place in sorted(way, key=lambda one: -one[0])] for area_id, way in found.items()}
