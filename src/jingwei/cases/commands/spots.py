"""Where cases happened, kept behind the journal; and whether a problem came back to a place where it had been closed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from jingwei.cases import similar, workflow
from jingwei.cases.commands import rows
from jingwei.cases.marks import with_mark, without_mark
from jingwei.cases.models import Case, Repeat
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations

REPEAT_METRES = 50.0
MOST = 20
_LOOKED_AT = 200
_INHABITED = 85  # degrees
TEXT = 2000       # signs of a report whose words are compared


@dataclass(frozen=True, slots=True)
class Place:
    """What is read of a case to find its neighbours."""

    id: UUID
    state: str
    cell: int
    lon: float
    lat: float
    text: str
    class_entry_id: int | None
    area_path: str
    reported_at: datetime
    state_at: datetime
    ended_at: datetime | None
    marks: str


_COLUMNS = tuple(Place.__dataclass_fields__)


def cells_near(lon: float, lat: float, metres: float) -> list[int]:
    """The patches of ground within so many metres; none near the poles, where patches are too narrow and no grid lies."""
    return grids.cells_around(lon, lat, metres) if abs(lat) < _INHABITED else []


def places_of(case_ids: Collection[UUID]) -> list[Place]:
    """One statement."""
    return [Place(*found) for found in Case.objects.filter(id__in=case_ids).order_by("id").values_list(*_COLUMNS)]


def note(places: Sequence[Place]) -> None:
    """Keep where cases happened and whether they are over, as it stands now. One statement, as often as one likes."""
    if not places:
        return
    told = [value for place in places for value in _kept(place)]
    rows = ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(places))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO cases_spot (case_id, cell, ended_at, lon, lat, second, pairs) VALUES {rows}"
                       " ON CONFLICT (case_id) DO UPDATE SET ended_at = excluded.ended_at", told)


def _kept(place: Place) -> tuple[Any, ...]:
    over = workflow.STATES[place.state][1] == "ended"
    ended = (place.ended_at or place.state_at) if over else None
    return (place.id if connection.vendor == "postgresql" else place.id.hex, place.cell, connection.ops.adapt_datetimefield_value(ended),
            place.lon, place.lat, second_of(place.reported_at), similar.packed(similar.pairs(place.text[:TEXT])))


def second_of(at: datetime) -> int:
    """An instant as spots keep it."""
    return int(at.timestamp())


def mark_repeats(place: Place) -> int:
    """Mark a case that tells of what was closed at this place not long before, and keep which those were.

    One statement where nothing was. Where both have a class it decides; else their words do. Asked again once it is
    filed, when its class is certain: what does not hold any more is taken back.
    """
    found = _closed_before(place)
    if not found and "|repeat|" not in place.marks:
        return 0
    Repeat.objects.filter(case_id=place.id).exclude(earlier_id__in=[earlier for _, earlier in found]).delete()
    Repeat.objects.bulk_create([Repeat(case_id=place.id, earlier_id=earlier, metres=round(metres, 1)) for metres, earlier in found],
                               ignore_conflicts=True)
    case = rows.read(place.id, to_change=True)
    marks = case and (with_mark if found else without_mark)(case.marks, "repeat")
    if case and marks is not None and marks != case.marks:
        rows.update(case, {"marks": marks})
    return len(found)


def _closed_before(place: Place) -> list[tuple[float, UUID]]:
    days = int(catalogue.book(generations()).setting("repeat_case_days", place.area_path))
    cells = cells_near(place.lon, place.lat, REPEAT_METRES)
    near: Any = Case.objects.filter(
        spot__cell__in=cells, spot__ended_at__gte=place.reported_at - timedelta(days=days), state="closed",
        ended_at__lte=place.reported_at).order_by("-ended_at").values_list("id", "lon", "lat", "text", "class_entry_id")
    found = []
    for case_id, lon, lat, text, class_id in near[:_LOOKED_AT]:
        metres = similar.metres_between(place.lon, place.lat, lon, lat)
        if metres <= REPEAT_METRES and case_id != place.id and _same(place, text, class_id):
            found.append((metres, case_id))
    return found[:MOST]


def _same(place: Place, text: str, class_id: int | None) -> bool:
    if place.class_entry_id is not None and class_id is not None:
        return place.class_entry_id == class_id
    return similar.likeness(place.text, text) >= similar.SAME_WORDS
