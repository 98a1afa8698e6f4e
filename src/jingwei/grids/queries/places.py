"""Where is it: from points and codes to places. Warm, `locate` costs no statement."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from jingwei.grids import finding_places as finder
from jingwei.grids.codes import padded_division
from jingwei.grids.finding_places import Ground
from jingwei.grids.models import Area, Succession
from jingwei.grids.placing import BASE
from jingwei.kernel.errors import Refusal
from jingwei.kernel.paths import span

PLACE = ("id", "code", "name", "path", "county", "kind")
_KEPT_PLACES = 50_000
_TOGETHER = 64
_FEW_PATHS = 40


@dataclass(frozen=True, slots=True)
class Place:
    """An area as an answer to "where". `level`: its kind. `shared`: the point lay in more than one area."""

    area_id: int
    code: str
    name: str
    path: str
    county: str
    level: str
    shared: bool = False


def locate(lon: float, lat: float, generations: dict[str, int] | None = None, *, at: datetime | None = None,
           system: str = BASE) -> Place | None:
    """The unit grid, or the deepest area drawn, that holds a point in degrees; None outside all.

    On a border the lowest code wins and `shared` says so. `at`: by the version then in force, and without areas
    made later or ended before. No statement once warm.
    """
    cache = finder.ground(generations)
    version = finder.version_at(cache, system, at)
    hit = finder.hit(cache, version, lon, lat, at) if version else None
    if hit is None:
        return None
    place = _places(cache, [hit.id])[hit.id]
    return replace(place, shared=True) if hit.shared else place


def locate_many(lons: Sequence[float], lats: Sequence[float], generations: dict[str, int] | None = None, *,
                at: datetime | None = None, system: str = BASE) -> list[Place | None]:
    """Like `locate` for many points at once, in their order. `shared` is not looked up here."""
    cache = finder.ground(generations)
    version = finder.version_at(cache, system, at)
    index = finder.index_of(cache, version) if version else None
    if version is None or index is None:
        return [None] * len(lons)
    found = index.many(lons, lats, skip=finder.absent(cache, version, at)).tolist()
    places = _places(cache, set(found) - {-1})
    return [places.get(area_id) for area_id in found]


def locate_all(lon: float, lat: float, generations: dict[str, int] | None = None) -> dict[str, Place]:
    """The grid of every system at a point (GRD-42): by outline, else by what the base areas belong to."""
    cache = finder.ground(generations)
    found: dict[str, Place] = {}
    for system in cache.versions:
        place = locate(lon, lat, generations, system=system)
        if place:
            found[system] = place
    if BASE in found:
        for system, row in _grids_over(found[BASE].path):
            found.setdefault(system, Place(*row))
    return found


def _grids_over(path: str) -> Iterable[tuple[str, tuple[Any, ...]]]:
    """Grids of other systems that hold the area of this path or one above it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT g.system, g.id, g.code, g.name, g.path, g.county, g.kind FROM grids_membership m"
            " JOIN grids_area b ON b.id = m.member_id JOIN grids_area g ON g.id = m.grid_id"
            " JOIN grids_plan p ON p.id = g.plan_id"
            " WHERE substr(%s, 1, length(b.path)) = b.path AND g.status = 'active' AND p.state = 'published'"
            " ORDER BY b.level DESC, g.level DESC, g.code", [path])
        return [(row[0], row[1:]) for row in cursor.fetchall()]


def place_of(area_id: int, generations: dict[str, int] | None = None) -> Place | None:
    """The place with this id, retired ones too. One statement unless cached."""
    return _places(finder.ground(generations), [area_id]).get(area_id)


def place_by_code(code: str, generations: dict[str, int] | None = None, *, system: str = BASE) -> Place | None:
    """The place with this code. Division codes may be cut after their level: '990101' is '990101000000'."""
    row = _by_code(code, system).values_list(*PLACE).first()
    return Place(*row) if row else None


def path_of_code(code: str) -> str | None:
    """The path of the area of the base system with this code, or None."""
    return _by_code(code, BASE).values_list("path", flat=True).first()


def paths_of(area_ids: Sequence[int]) -> list[str]:
    """The paths of these areas, retired ones too."""
    return list(Area.objects.filter(pk__in=area_ids).order_by("id").values_list("path", flat=True))


@dataclass(frozen=True, slots=True)
class AskedGround:
    """What a code asked for means for things that happened somewhere and are now worked on somewhere.

    `path`: of the area itself. Of one that has ended: `ended`, the ids of it and of all that was below it, and
    `now`, paths that hold whoever has its ground. Both are empty for an area that stands.
    """

    path: str
    ended: tuple[int, ...] = ()
    now: tuple[str, ...] = ()


def asked_ground(code: str) -> AskedGround | None:
    """The ground of an area of the base system. One statement for one that stands, a few for one that has ended."""
    row = _by_code(code, BASE).values_list("path", "status").first()
    if row is None or row[1] == "active":
        return AskedGround(row[0]) if row else None
    ids = set(Area.objects.filter(path__range=span(row[0])).values_list("pk", flat=True))
    fresh, heirs = set(ids), set(ids)
    while fresh:
        fresh = set(Succession.objects.filter(predecessor_id__in=fresh).values_list("successor_id", flat=True)) - heirs
        heirs |= fresh
    return AskedGround(row[0], tuple(sorted(ids)), tuple(_few_paths(heirs)))


def _few_paths(areas: set[int]) -> list[str]:
    """A few paths that hold all of these areas, as close above them as few allow."""
    while len(areas) > _FEW_PATHS:
        areas = set(Area.objects.filter(pk__in=areas, parent__isnull=False).values_list("parent_id", flat=True))
    return sorted(Area.objects.filter(pk__in=areas).values_list("path", flat=True))


def names_at(paths: Iterable[str]) -> dict[str, str]:
    """Names of areas by path."""
    wanted = {path for path in paths if path}
    rows = Area.objects.filter(path__in=wanted, plan__state="published").values_list("path", "name") if wanted else ()
    return dict(rows)


def _by_code(code: str, system: str) -> QuerySet[Area]:
    codes = [code]
    with suppress(Refusal):
        codes.append(padded_division(code))
    return Area.objects.filter(system=system, code__in=codes, plan__state="published").order_by("code")


def areas_below(paths: Iterable[str], generations: dict[str, int] | None = None) -> int:
    """How many areas lie at or below the paths; '' is everywhere. One statement a path that was not asked before."""
    kept = finder.ground(generations).below
    total = 0
    for path in paths:
        if path not in kept:
            rows = Area.objects.filter(plan__state="published")
            kept[path] = (rows.filter(path__range=span(path)) if path else rows).count()
        total += kept[path]
    return total


def names_of(ids: set[int], generations: dict[str, int] | None = None) -> dict[int, tuple[str, str]]:
    """Code and name by id. With `generations`: kept in process, no statement once warm."""
    if generations is not None:
        return {place.area_id: (place.code, place.name) for place in _places(finder.ground(generations), ids).values()}
    rows = Area.objects.filter(pk__in=ids).values_list("id", "code", "name")
    return {area_id: (code, name) for area_id, code, name in rows}


def _places(cache: Ground, ids: Iterable[int]) -> dict[int, Place]:
    """Places by id, kept for the generation. With a single one its neighbours come along: they are asked for next."""
    wanted = list(ids)
    missing = [area_id for area_id in wanted if area_id not in cache.places]
    if missing:
        if len(cache.places) + len(missing) > _KEPT_PLACES:
            cache.places.clear()
            missing = wanted
        if len(missing) == 1:  # areas that were drawn together have ids side by side
            first = missing[0] - missing[0] % _TOGETHER
            missing = list(range(first, first + _TOGETHER))
        for start in range(0, len(missing), 5_000):
            some = Area.objects.filter(pk__in=missing[start:start + 5_000], plan__state="published")
            cache.places.update({row[0]: Place(*row) for row in some.values_list(*PLACE)})
    return {area_id: cache.places[area_id] for area_id in wanted if area_id in cache.places}


def chain(area_id: int) -> list[Place]:
    """The area with all above it, the root first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE up AS (SELECT id, parent_id, 0 AS steps FROM grids_area WHERE id = %s"
            " UNION ALL SELECT a.id, a.parent_id, up.steps + 1 FROM grids_area a JOIN up ON a.id = up.parent_id)"
            " SELECT a.id, a.code, a.name, a.path, a.county, a.kind FROM up JOIN grids_area a ON a.id = up.id"
            " ORDER BY up.steps DESC", [area_id])
        return [Place(*row) for row in cursor.fetchall()]
