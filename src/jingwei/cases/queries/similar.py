"""Open cases that may tell of the same problem, by place, time and words, within what the actor may see; and what came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from typing import Any
from uuid import UUID

from django.db import connection

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow, require
from jingwei.cases import similar, workflow
from jingwei.cases.commands import rows
from jingwei.cases.commands.spots import TEXT, cells_near, second_of
from jingwei.cases.commands.step import may_see
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, Repeat
from jingwei.cases.queries.filters import OPEN
from jingwei.cases.queries.newest import stored
from jingwei.catalogue import queries as catalogue
from jingwei.journal.queries import generations, generations_beside, generations_told
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal

AT_ONCE = 48  # of the newest around that are compared: more of them bury the words of the problem under those of the place
_AFTER = 24 * 3600  # of what was reported later than the case itself
_LOOKED_UP = 8  # of the best whose cases are read at once: some may be over meanwhile, or out of reach
_METRES_PER_DEGREE = 110_574.0
_COLUMNS = ("id", "number", "state", "text", "place", "lon", "lat", "reported_at", "class_entry_id", "unit_id", "area_path", "unit_path")
_SEEN = ("id", "text", "lon", "lat", "reported_at", "reported_by", "area_path", "unit_path", "marks")
# One patch of ground after the other, from its newest end: where a few thousand stand on one, most are never looked at.
_PATCH = ("SELECT case_id, lon, lat, second, pairs FROM cases_spot s WHERE s.cell = {cell} AND s.ended_at IS NULL AND s.second <= %s"
          " AND s.lon BETWEEN %s AND %s AND s.lat BETWEEN %s AND %s ORDER BY s.second DESC LIMIT %s")
_AROUND = ("SELECT spot.* FROM unnest(ARRAY[{cells}]::bigint[]) AS patch(cell) CROSS JOIN LATERAL ("
           + _PATCH.format(cell="patch.cell") + ") AS spot ORDER BY spot.second DESC LIMIT %s")


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
    """At most five for what is being typed. Two statements beside signing in: those around, the cases of the best of them."""
    require(actor, Right.CASE_READ)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # nan is no place either
        raise Refusal(CaseError.BAD_PLACE, lon=lon, lat=lat)
    return _ranked(actor, None, lon, lat, clock.now(), text)


def similar_cases(actor: Actor, case_id: UUID) -> list[Similar]:
    """At most five for a case that is there. Three statements beside signing in."""
    case = _seen(actor, case_id)
    return _ranked(actor, case.id, case.lon, case.lat, case.reported_at, case.text)


def _seen(actor: Actor, case_id: UUID) -> Case:
    case = rows.seen(case_id, _SEEN)
    if case is None or not may_see(case, actor):
        raise Refusal(KernelError.NOT_FOUND)
    return case


def repeats_of(actor: Actor, case_id: UUID) -> list[Earlier]:
    """What had been closed at its place before, the last first. Three statements beside signing in."""
    _seen(actor, case_id)
    book, units = _names(generations())
    links: dict[UUID, float] = dict(Repeat.objects.filter(case_id=case_id).values_list("earlier_id", "metres"))
    found = narrow(Case.objects.filter(id__in=links), actor, Right.CASE_READ, area="area_path", unit="unit_path")
    return [Earlier(row["id"], row["number"], row["text"][:120], row["place"], _class(book, row), _unit(units, row), row["reported_at"],
                    row["ended_at"], round(links[row["id"]])) for row in found.order_by("-ended_at").values(*_COLUMNS, "ended_at")]


def _ranked(actor: Actor, own: UUID | None, lon: float, lat: float, at: datetime, text: str) -> list[Similar]:
    text = text[:TEXT]
    new = similar.Told(own, lon, lat, second_of(at), similar.pairs(text))
    best = similar.ranked(new, [one for one in _around(new) if one.key != own])
    found: list[Similar] = []
    for start in range(0, len(best), _LOOKED_UP):
        some = best[start:start + _LOOKED_UP]
        cases, known = _open_cases(actor, [one.key for one in some])
        if cases:
            names = _names(known)
            found += [_told(cases[one.key], one, text, *names) for one in some if one.key in cases]
        if len(found) >= similar.MOST:
            break
    return found[:similar.MOST]


def _around(new: similar.Told) -> list[similar.Told]:
    """What is compared of the newest around that are still open. One statement, written out: it is asked while somebody types."""
    cells = cells_near(new.lon, new.lat, similar.METRES)
    if not cells:
        return []
    high = similar.METRES / _METRES_PER_DEGREE
    wide = high / cos(radians(new.lat))
    asked = [new.second + _AFTER, new.lon - wide, new.lon + wide, new.lat - high, new.lat + high, AT_ONCE + 1]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_AROUND.format(cells=", ".join(map(str, cells))), [*asked, AT_ONCE + 1])
        else:
            patches = " UNION ALL ".join(f"SELECT * FROM ({_PATCH.format(cell=cell)})" for cell in cells)
            cursor.execute(f"{patches} ORDER BY second DESC LIMIT %s", [*asked * len(cells), AT_ONCE + 1])
        return [similar.Told(_uuid(case_id), lon, lat, second, similar.unpacked(kept)) for case_id, lon, lat, second, kept in cursor.fetchall()]


def _uuid(stored_id: UUID | str) -> UUID:
    return stored_id if isinstance(stored_id, UUID) else UUID(hex=stored_id)


def _open_cases(actor: Actor, ids: Sequence[Any]) -> tuple[dict[Any, dict[str, Any]], dict[str, int]]:
    """Those of these cases that are open still and that the actor may see; and the generations. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {generations_beside()}, {', '.join(_COLUMNS)} FROM cases_case WHERE id IN ({', '.join(['%s'] * len(ids))})",
                       [stored("id", one) for one in ids])
        answered = cursor.fetchall()
    found = [dict(zip(_COLUMNS, rows.converted(_COLUMNS, row[1:]), strict=True)) for row in answered]
    return {row["id"]: row for row in found if row["state"] in OPEN
            and actor.covers(Right.CASE_READ.value, row["area_path"], row["unit_path"])}, generations_told(answered[0][0] if answered else None)


def _told(row: dict[str, Any], one: similar.Likeness, text: str, book: Any, units: dict[Any, Any]) -> Similar:
    return Similar(
        row["id"], row["number"], row["state"], workflow.STATES[row["state"]][0], row["text"][:120], row["place"], _class(book, row),
        _unit(units, row), row["reported_at"], round(one.metres), round(one.hours, 1), similar.common(text, row["text"][:TEXT]), one.score, row["lon"], row["lat"])


def _names(known: dict[str, int]) -> tuple[Any, dict[Any, Any]]:
    return catalogue.book(known), accounts.unit_book(known)


def _class(book: Any, row: dict[str, Any]) -> str:
    entry = book.classes.get(row["class_entry_id"])
    return entry.name if entry else ""


def _unit(units: dict[Any, Any], row: dict[str, Any]) -> str:
    unit = units.get(row["unit_id"])
    return unit.name if unit else ""
