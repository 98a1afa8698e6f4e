"""Tiles of one plan version, a draft included. A tile is made again only where a deed has touched its ground."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from jingwei.grids import plan_rows, quadtree, tiles
from jingwei.grids.codes import Kind, Level
from jingwei.grids.lineage import lineage
from jingwei.grids.models import Area, PlanEdit, PlanVersion
from jingwei.grids.plan_rules import rules_of
from jingwei.grids.queries.plan_view import readable, version_of
from jingwei.grids.queries.tile_making import portions
from jingwei.kernel.actor import Actor

if TYPE_CHECKING:
    from jingwei.formats.vector_tile import TileLayer

UNITS_FROM, GROUPS_FROM = 13, 11
_HALF_PIXEL = 4.0
_TONES = 8


def plan_tile(actor: Actor, plan_id: int, version: str, z: int, x: int, y: int) -> bytes | None:
    """A tile of a plan packed with gzip, empty where nothing lies; None where there is no such tile or version."""
    if not quadtree.exists(z, x, y):
        return None
    plan = readable(actor, plan_id)
    if version != version_of(plan):
        return None
    west, south, east, north = quadtree.box(z, x, y)
    touched = PlanEdit.objects.filter(plan=plan, west__lte=east, east__gte=west, south__lte=north, north__gte=south)
    last = touched.order_by("-touch").values_list("touch", "at").first()
    state = f"{last[0]}-{int(last[1].timestamp() * 1000)}" if last else "0"
    return tiles.kept(f"plan{plan.pk}-{_born(plan)}-{state}", z, x, y, lambda: _encoded(plan, z, x, y), sweeping=False)


def _born(plan: PlanVersion) -> str:
    """What of a plan's drawing the counter does not tell: when it was begun, and the version below it."""
    return f"{int(plan.created_at.timestamp())}-{plan.based_on}" if plan.state == "draft" else plan.drawing or "0"


def _encoded(plan: PlanVersion, z: int, x: int, y: int) -> bytes:
    from jingwei.formats.vector_tile import TileLayer, tile

    tolerance = 0.0 if z >= quadtree.DEEPEST else _HALF_PIXEL
    tell, layers = _Telling(plan), []
    for name, of, first in _LAYERS:
        if z >= first:
            surfaces, labels = TileLayer(name, z, x, y, tolerance=tolerance), TileLayer(_LABELS[name], z, x, y)
            _add(plan_rows.drawn(plan, tell.versions, **of), surfaces, labels, tell.units if name == "units" else tell.others)
            layers += [surfaces, labels]
    return tile(layers)


_LAYERS: tuple[tuple[str, dict[str, Any], int], ...] = (
    ("communities", {"level": int(Level.VILLAGE)}, 0), ("groups", {"kind": Kind.RESPONSIBILITY.value}, GROUPS_FROM),
    ("units", {"kind": Kind.UNIT.value}, UNITS_FROM))
_LABELS = {"communities": "community_labels", "groups": "group_labels", "units": "unit_labels"}
_COLUMNS = ("wkb", "area_id", "area__code", "area__name", "area__note", "area__parent_id", "area_m2")
_Row = tuple[Any, ...]


def _add(rows: QuerySet[Any], surfaces: "TileLayer", labels: "TileLayer",
         tell: Callable[[list[_Row]], list[dict[str, Any]]]) -> None:
    import shapely

    for portion in portions(rows, surfaces.address, *_COLUMNS):
        shapes = shapely.from_wkb([bytes(row[0]) for row in portion])
        told, ids = tell(portion), [row[1] for row in portion]
        surfaces.add(shapes, told, ids)
        labels.add_points(shapely.point_on_surface(shapes), told, ids)


class _Telling:
    """The properties of what a tile shows."""

    def __init__(self, plan: PlanVersion) -> None:
        self.versions = lineage(plan)
        self._rules = rules_of(plan.rules)
        self._moved = plan_rows.moved(plan)
        self._noted = plan_rows.noted(plan)

    def units(self, rows: list[_Row]) -> list[dict[str, Any]]:
        parents = {row[1]: self._moved.get(row[1], row[5] or 0) for row in rows}
        groups = dict(Area.objects.filter(pk__in=set(parents.values()), kind=Kind.RESPONSIBILITY.value).values_list("id", "code"))
        told = []
        for _, area, code, _, note, _, size in rows:
            group = groups.get(parents[area])
            told.append({"id": area, "code": code, "short": code[-3:], "group": parents[area] if group else 0,
                         "tone": _tone(group) if group else _TONES,
                         "odd": 0 if self._noted.get(area, note) else self._rules.odd_unit(size)})
        return told

    def others(self, rows: list[_Row]) -> list[dict[str, Any]]:
        return [{"id": row[1], "code": row[2], "name": row[3], "tone": _tone(row[2])} for row in rows]


def _tone(code: str) -> int:
    """Grids follow each other from the north-west: those next to each other differ."""
    last = code[-2:]
    return int(last) % _TONES if last.isascii() and last.isdigit() else sum(code.encode()) % _TONES
