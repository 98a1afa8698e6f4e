"""Cases on the map: as points while they are few, else counted together by patches of ground."""

from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, F, Max, Min, Q, QuerySet

from jingwei.cases.models import Case
from jingwei.cases.queries.filters import Filter
from jingwei.cases.queries.listing import fitting
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor

MOST = 5000
_ACROSS = 24  # patches along the longer side of what is shown
_POINT = ("id", "number", "lon", "lat", "state", "due_at", "class_entry_id", "place")

Box = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True, slots=True)
class Point:
    id: UUID
    number: str
    lon: float
    lat: float
    state: str
    late: bool
    due_at: datetime | None
    class_name: str
    place: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """`lon`, `lat`: the middle of its cases."""

    lon: float
    lat: float
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class Points:
    """Either list may be empty; together they hold every case asked for."""

    points: list[Point] = field(default_factory=list)
    clusters: list[Cluster] = field(default_factory=list)


def places(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
    """Where cases happened in a box, and nothing else of them: grids are balanced by it."""
    rows = Case.objects.filter(lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north)
    return list(rows.values_list("lon", "lat"))


def points(actor: Actor, wanted: Filter, box: Box | None = None, *, limit: int = 2000) -> Points:
    """What `list_cases` lists within the box. Four statements beside signing in at the most."""
    known = generations()
    rows = fitting(actor, wanted, known)
    if box is not None:
        rows = rows.filter(lon__gte=box[0], lat__gte=box[1], lon__lte=box[2], lat__lte=box[3])
    limit = max(1, min(limit, MOST))
    found = list(rows.values(*_POINT)[:limit + 1])
    if len(found) > limit:
        return Points(clusters=_clusters(rows, box))
    classes, now = catalogue.book(known).classes, clock.now()
    return Points(points=[_point(row, classes.get(row["class_entry_id"]), now) for row in found])


def _point(row: dict[str, Any], found: Any, now: Any) -> Point:
    due = row["due_at"]
    return Point(row["id"], row["number"], row["lon"], row["lat"], row["state"], due is not None and due < now, due,
                 found.name if found else "", row["place"])


def _clusters(rows: QuerySet[Case], box: Box | None) -> list[Cluster]:
    if box is None:
        ends = rows.aggregate(west=Min("lon"), south=Min("lat"), east=Max("lon"), north=Max("lat"))
        box = ends["west"], ends["south"], ends["east"], ends["north"]
    low, high = grids.cell(box[0], box[1]), grids.cell(box[2], box[3])
    per_row = grids.CELLS_PER_ROW
    wide = max(high // per_row - low // per_row, high % per_row - low % per_row, 1)
    side = ceil(wide / _ACROSS)
    patches = rows.annotate(patch_row=F("cell") / per_row / side, patch_column=F("cell") % per_row / side)
    found = patches.values("patch_row", "patch_column").order_by("patch_row", "patch_column").annotate(
        middle_lon=Avg("lon"), middle_lat=Avg("lat"), every=Count("id"), late=Count("id", filter=Q(due_at__lt=clock.now())))
    return [Cluster(round(row["middle_lon"], 6), round(row["middle_lat"], 6), row["every"], row["late"]) for row in found]
