"""The journal looked through backwards, page by page: by verb, subject, person, time, within some areas."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from jingwei.journal import tables
from jingwei.journal.models import Entry, Position
from jingwei.kernel.paths import span

_WINDOW = 20_000  # positions that one statement walks at most
_WINDOWS = 5      # in one answer; a longer quiet stretch is crossed by asking on
_SLACK = 1_000    # positions by which entries may stand out of the order of their clocks


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; what is left out does not matter. `subject`: whole, or a kind with its colon ('case:').

    `areas`: paths, '' for everything; entries that belong to no area show only to who reaches everything.
    """

    verbs: Sequence[str] = ()
    subject: str = ""
    actor: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    areas: Sequence[str] = field(default=("",))


def positions(wanted: Wanted, *, before: int | None, limit: int) -> tuple[list[int], int | None]:
    """Positions of the newest matching entries before `before`, newest first; where to ask on, None at the end."""
    if not wanted.areas:
        return [], None
    low, high = _bounds(wanted, before)
    condition, values = _condition(wanted)
    found: list[int] = []
    reached = high
    for bottom, top in _windows(wanted, low, high):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT p.position FROM journal_position p JOIN journal_entry e ON e.id = p.entry_id"
                f" WHERE p.position > %s AND p.position < %s{condition} ORDER BY p.position DESC LIMIT %s",
                [bottom, top, *values, limit + 1 - len(found)])
            found += [place for (place,) in cursor.fetchall()]
        reached = bottom + 1
        if len(found) > limit:
            return found[:limit], found[limit - 1]
    return found, reached if reached > low + 1 else None


def _bounds(wanted: Wanted, before: int | None) -> tuple[int, int]:
    """The open interval of positions to look through."""
    last = tables.last_position()
    high = last + 1 if before is None else min(before, last + 1)
    low = 0
    if wanted.since is not None:
        low = max(0, _first_at(wanted.since, last) - 1 - _SLACK)
    if wanted.until is not None:
        high = min(high, _first_at(wanted.until, last) + _SLACK)
    return low, high


def _windows(wanted: Wanted, low: int, high: int) -> Iterator[tuple[int, int]]:
    """From the newest down. One subject is found by its own index, however far away its entries lie."""
    if wanted.subject and not wanted.subject.endswith(":"):
        yield low, high
        return
    for _ in range(_WINDOWS):
        if high <= low + 1:
            return
        bottom = max(low, high - 1 - _WINDOW)
        yield bottom, high
        high = bottom + 1


def _condition(wanted: Wanted) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    if wanted.verbs:
        parts.append(f"e.verb IN ({', '.join(['%s'] * len(wanted.verbs))})")
        values += wanted.verbs
    if wanted.subject.endswith(":"):
        parts.append("e.subject >= %s AND e.subject < %s")
        values += [wanted.subject, wanted.subject[:-1] + ";"]
    elif wanted.subject:
        parts.append("e.subject = %s")
        values.append(wanted.subject)
    stored: Any = Entry._meta.get_field
    for name, sign, value in (("actor", "=", wanted.actor), ("at", ">=", wanted.since), ("at", "<", wanted.until)):
        if value is not None:
            parts.append(f"e.{name} {sign} %s")
            values.append(stored(name).get_db_prep_value(value, connection))
    if "" not in wanted.areas:
        parts.append("(" + " OR ".join(["e.area_path >= %s AND e.area_path < %s"] * len(wanted.areas)) + ")")
        values += [end for path in wanted.areas for end in span(path)]
    return "".join(f" AND {part}" for part in parts), values


def _first_at(moment: datetime, last: int) -> int:
    """The first position whose entry is not older than `moment`, by halving; last + 1 if all are."""
    low, high = 1, last + 1
    while low < high:
        middle = (low + high) // 2
        entry = Position.objects.filter(position=middle).values_list("entry_id", flat=True)
        at = Entry.objects.filter(pk__in=entry).values_list("at", flat=True).first()
        if at is not None and at < moment:
            low = middle + 1
        else:
            high = middle
    return low
