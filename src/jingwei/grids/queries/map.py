"""The map of the district: what it holds, its tiles, one outline. Narrowed to the districts where one works.

Streets, buildings, waters and greens are nobody's secret and nothing of them is personal; areas are shown as far as
the actor may know of them. Each scope has tiles of its own, under an address that nobody else is answered.
"""

import hashlib
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db.models import Count, Max, Min, Q

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.grids import finding_places as finder
from jingwei.grids import quadtree, tiles
from jingwei.grids.finding_places import Ground
from jingwei.grids.layer_fields import BASE_LAYERS
from jingwei.grids.models import Area, Boundary, LayerVersion, MapState
from jingwei.grids.queries import tile_making
from jingwei.grids.queries.knowing import known_paths, may_know
from jingwei.grids.queries.places import Place
from jingwei.kernel.actor import Actor
from jingwei.kernel.paths import span

Box = tuple[float, float, float, float]
_AREAS = {"areas": "区域", "area_labels": "区域名称"}


@dataclass(frozen=True, slots=True)
class MapLayer:
    name: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Map:
    """`bounds`: west, south, east, north; None while nothing is drawn. `maxzoom`: finer tiles do not exist."""

    version: str
    bounds: Box | None
    layers: list[MapLayer]
    minzoom: int
    maxzoom: int


def the_map(actor: Actor) -> Map:
    """What the actor's map holds now, and under which version. No statement once warm."""
    cache = finder.ground()
    paths = known_paths(actor, cache)
    if not paths:
        raise no_right(actor, Right.AREA_READ)
    return _map(paths, cache)


def tile(actor: Actor, version: str, z: int, x: int, y: int) -> bytes | None:
    """A tile packed with gzip, empty where nothing lies. None where there is no such tile for this person: another
    version or somebody else's, an address off the globe, ground outside the districts where they work.
    """
    if not quadtree.exists(z, x, y):
        return None
    cache = finder.ground()
    paths = known_paths(actor, cache)
    if not paths:
        return None
    shown = _map(paths, cache)
    if version != shown.version or (paths != ("",) and not _touch(shown.bounds, quadtree.box(z, x, y))):
        return None
    return tiles.kept(version, z, x, y, lambda: tile_making.encoded(z, x, y, _inside(paths, "area__path")))


def shape_of(actor: Actor, area_id: int) -> tuple[Place, bytes | None] | None:
    """An area and its present outline (WKB, None while it has none); None where the actor may not know of it."""
    row = Area.objects.filter(pk=area_id, plan__state="published").values_list(
        "id", "code", "name", "path", "county", "kind").first()
    place = Place(*row) if row else None
    if place is None or not may_know(actor, place):
        return None
    outline = Boundary.objects.filter(area_id=area_id, plan__state="published").order_by("-plan__number")
    wkb = outline.values_list("wkb", flat=True).first()
    return place, None if wkb is None else bytes(wkb)


def drawn_bounds() -> Box | None:
    """Around all that is drawn of the base system: where layers belong. No statement once warm."""
    return _map(("",), finder.ground()).bounds


def _map(paths: tuple[str, ...], cache: Ground) -> Map:
    if not cache.drawn:
        row = MapState.objects.values_list("number", "token").first()
        cache.drawn = f"{row[0]}-{row[1]}" if row else "0-0"
    scope = "all" if paths == ("",) else hashlib.sha256(" ".join(paths).encode()).hexdigest()[:12]
    version = f"{cache.drawn}-{scope}"
    if version not in cache.maps:
        cache.maps[version] = _looked_up(version, paths)
    found: Map = cache.maps[version]
    return found


def _looked_up(version: str, paths: tuple[str, ...]) -> Map:
    shown = dict(LayerVersion.objects.filter(state="current").values_list("layer", "count"))
    rows = tile_making.newest_outlines(_inside(paths, "area__path"))
    west, south, east, north, count = rows.aggregate(
        west=Min("west"), south=Min("south"), east=Max("east"), north=Max("north"), count=Count("id")).values()
    layers = [MapLayer(name, title, shown.get(name, 0)) for name, title in BASE_LAYERS.items()]
    layers += [MapLayer(name, title, count) for name, title in _AREAS.items()]
    bounds = None if west is None else (west, south, east, north)
    return Map(version, bounds, layers, 0, quadtree.DEEPEST)


def _inside(paths: tuple[str, ...], column: str) -> Q:
    if paths == ("",):
        return Q()
    ranges: list[Any] = [span(path) for path in paths]
    return reduce(Q.__or__, (Q(**{f"{column}__gte": low, f"{column}__lt": high}) for low, high in ranges))


def _touch(one: Box | None, other: Box) -> bool:
    return one is not None and one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
