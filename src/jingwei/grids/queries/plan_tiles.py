"""Tiles of one plan version, a draft included. A tile is made again only where a deed has touched its ground."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from jingwei.grids import plan_rows, quadtree, tiles
from jingwei.grids.codes import Kind, Level
from jingwei.grids.lineage import lineage
from jingwei.grids.models import PlanEdit, PlanVersion
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
    layers = []
    for name, kinds, first in (("communities", None, 0), ("groups", Kind.RESPONSIBILITY, GROUPS_FROM),
                               ("units", Kind.UNIT, UNITS_FROM)):
        if z < first:
            continue
        surfaces, labels = TileLayer(name, z, x, y, tolerance=tolerance), TileLayer(_LABELS[name], z, x, y)
        _add(plan, kinds, surfaces, labels)
        layers += [surfaces, labels]
    return tile(layers)


_LABELS = {"communities": "community_labels", "groups": "group_labels", "units": "unit_labels"}


def _add(plan: PlanVersion, kind: Kind | None, surfaces: "TileLayer", labels: "TileLayer") -> None:
    import shapely

    versions = lineage(plan)
    standing = plan_rows.standing(plan, versions)
    standing = standing.filter(level=int(Level.VILLAGE)) if kind is None else standing.filter(kind=kind.value)
    rows: QuerySet[Any] = plan_rows.drawn(plan, standing, versions)
    tell = _Telling(plan)
    columns = ("wkb", "area_id", "area__code", "area__name", "area__note", "area__parent_id", "area_m2")
    for portion in portions(rows, surfaces.address, *columns):
        shapes = shapely.from_wkb([bytes(row[0]) for row in portion])
        told = [tell.unit(*row[1:]) if kind is Kind.UNIT else tell.other(*row[1:4]) for row in portion]
        ids = [row[1] for row in portion]
        surfaces.add(shapes, told, ids)
        labels.add_points(shapely.point_on_surface(shapes), told, ids)


class _Telling:
    """The properties of what a tile shows."""

    def __init__(self, plan: PlanVersion) -> None:
        self._rules = rules_of(plan.rules)
        self._moved = plan_rows.moved(plan)
        self._noted = {} if plan.state == "published" else dict(
            plan.changes.filter(verb="note").values_list("area_id", "name"))
        groups = plan_rows.standing(plan).filter(kind=Kind.RESPONSIBILITY.value)
        self._tones = {area: _tone(code) for area, code in groups.values_list("id", "code")}

    def unit(self, area: int, code: str, name: str, note: str, parent: int, size: int) -> dict[str, Any]:
        group = self._moved.get(area, parent)
        reason = self._noted.get(area, note)
        return {"id": area, "code": code, "short": code[-3:], "group": group if group in self._tones else 0,
                "tone": self._tones.get(group, _TONES), "odd": 0 if reason else self._rules.odd_unit(size)}

    def other(self, area: int, code: str, name: str) -> dict[str, Any]:
        return {"id": area, "code": code, "name": name, "tone": self._tones.get(area, _TONES)}


def _tone(code: str) -> int:
    """Grids follow each other from the north-west: those next to each other differ."""
    last = code[-2:]
    return int(last) % _TONES if last.isascii() and last.isdigit() else sum(code.encode()) % _TONES
