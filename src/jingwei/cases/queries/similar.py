"""Open cases that may tell of the same problem, by place, time and words, within what the actor may see; and what came back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians
from typing import Any
from uuid import UUID

from django.db import connection

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow, require
from jingwei.cases import similar, workflow
from jingwei.cases.commands import rows
from jingwei.cases.commands.spots import cells_near
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, Repeat
from jingwei.cases.queries.detail import seen_case
from jingwei.cases.queries.filters import OPEN
from jingwei.catalogue import queries as catalogue
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

AT_ONCE = 200  # of the newest around that are compared
_AFTER = timedelta(hours=24)  # of what was reported later than the case itself
_TEXT = 2000
_METRES_PER_DEGREE = 110_574.0
_COLUMNS = ("id", "number", "state", "text", "place", "lon", "lat", "reported_at", "class_entry_id", "unit_id", "area_path", "unit_path")
# As an array on PostgreSQL: where a few thousand stand at one place it would rather read all cases than find those.
_THERE = {"postgresql": "c.id = ANY(ARRAY({}))", "sqlite": "c.id IN ({})"}
_AROUND = (
    "SELECT " + ", ".join(f"c.{name}" for name in _COLUMNS) + " FROM cases_case c WHERE {there}"
    " AND c.lon BETWEEN %s AND %s AND c.lat BETWEEN %s AND %s AND c.reported_at <= %s ORDER BY c.reported_at DESC LIMIT %s")


@dataclass(frozen=True, slots=True)
class Similar:
    """An open case that may be the same. `words`: what both say, the longest pieces; `metres`, `hours` apart."""

    id: UUID
    number: str
    state: str
    state_name: str
    text: str
    place: str
    class_name: str
    unit_name: str
    reported_at: datetime
    metres: int
    hours: float
    words: tuple[str, ...]
    score: float
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Earlier:
    """A case that was closed at the same place before this one was reported."""

    id: UUID
    number: str
    text: str
    place: str
    class_name: str
    unit_name: str
    reported_at: datetime
    ended_at: datetime | None
    metres: int


def similar_to(actor: Actor, *, lon: float, lat: float, text: str) -> list[Similar]:
    """At most five for what is being typed. Two statements beside signing in."""
    require(actor, Right.CASE_READ)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # nan is no place either
        raise Refusal(CaseError.BAD_PLACE, lon=lon, lat=lat)
    return _ranked(actor, similar.Told(None, lon, lat, clock.now(), text[:_TEXT]))


def similar_cases(actor: Actor, case_id: UUID) -> list[Similar]:
    """At most five for a case that is there. Three statements beside signing in."""
    case = seen_case(actor, case_id)
    return _ranked(actor, similar.Told(case.id, case.lon, case.lat, case.reported_at, case.text[:_TEXT]))


def repeats_of(actor: Actor, case_id: UUID) -> list[Earlier]:
    """What had been closed at its place before, the last first. Three statements beside signing in."""
    seen_case(actor, case_id)
    book, units = _names()
    links: dict[UUID, float] = dict(Repeat.objects.filter(case_id=case_id).values_list("earlier_id", "metres"))
    found = narrow(Case.objects.filter(id__in=links), actor, Right.CASE_READ, area="area_path", unit="unit_path")
    return [Earlier(row["id"], row["number"], row["text"][:120], row["place"], _class(book, row), _unit(units, row), row["reported_at"],
                    row["ended_at"], round(links[row["id"]])) for row in found.order_by("-ended_at").values(*_COLUMNS, "ended_at")]


def _ranked(actor: Actor, new: similar.Told) -> list[Similar]:
    near = _around(actor, new)
    best = similar.ranked(new, [similar.Told(row["id"], row["lon"], row["lat"], row["reported_at"], row["text"][:_TEXT]) for row in near])
    if not best:
        return []
    book, units = _names()
    found = {row["id"]: row for row in near}
    return [_told(found[one.key], one, book, units) for one in best]


def _around(actor: Actor, new: similar.Told) -> list[dict[str, Any]]:
    """The newest around that are still open, narrowed to what the actor may see. One statement, written out: it is asked
    while somebody types.
    """
    cells = cells_near(new.lon, new.lat, similar.METRES)
    if not cells:
        return []
    high = similar.METRES / _METRES_PER_DEGREE
    wide = high / cos(radians(new.lat))
    until = connection.ops.adapt_datetimefield_value(new.at + _AFTER)
    with connection.cursor() as cursor:
        spots = f"SELECT case_id FROM cases_spot WHERE cell IN ({', '.join(map(str, cells))}) AND ended_at IS NULL"
        cursor.execute(_AROUND.format(there=_THERE[connection.vendor].format(spots)), [
            new.lon - wide, new.lon + wide, new.lat - high, new.lat + high, until, AT_ONCE + 1])
        found = [dict(zip(_COLUMNS, rows.converted(_COLUMNS, row), strict=True)) for row in cursor.fetchall()]
    return [row for row in found if row["id"] != new.key and row["state"] in OPEN
            and actor.covers(Right.CASE_READ.value, row["area_path"], row["unit_path"])]


def _told(row: dict[str, Any], one: similar.Likeness, book: Any, units: dict[Any, Any]) -> Similar:
    return Similar(
        row["id"], row["number"], row["state"], workflow.STATES[row["state"]][0], row["text"][:120], row["place"], _class(book, row),
        _unit(units, row), row["reported_at"], round(one.metres), round(one.hours, 1), one.words, one.score, row["lon"], row["lat"])


def _names() -> tuple[Any, dict[Any, Any]]:
    known = generations()
    return catalogue.book(known), accounts.unit_book(known)


def _class(book: Any, row: dict[str, Any]) -> str:
    entry = book.classes.get(row["class_entry_id"])
    return entry.name if entry else ""


def _unit(units: dict[Any, Any], row: dict[str, Any]) -> str:
    unit = units.get(row["unit_id"])
    return unit.name if unit else ""
