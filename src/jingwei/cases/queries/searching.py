"""Cases by words: candidates from the index of pairs, each held against the text itself, so that neither too much nor
too little is found.

Three ways, for three sizes. `in_text` asks row by row, where other filters leave few. `found` asks the index at once,
where all that fits is wanted anyhow: counts and the map. `newest_found` asks the index for one stretch of time after
the other, from the newest back, and stops when a page is full: a common word is found within days, a rare one costs a
look per stretch, and no database sorts all that ever held a word. The index knows the areas of a case, too: whoever
sees a street or a few grids has candidates there alone. Where these are few, there is one stretch, all time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Max, QuerySet
from django.db.models.expressions import RawSQL

from jingwei.cases import tokens
from jingwei.cases.commands.rows import converted
from jingwei.cases.models import Case, Searched
from jingwei.cases.queries.newest import COLUMNS, inside, stored
from jingwei.cases.tokens import Sought, Stretch

LITTLE = 0.01  # of all areas: so few cases that all which hold the words may be sorted
_LISTED = ", ".join(f"cases_case.{name}" for name in COLUMNS)


def in_text(rows: QuerySet[Case], question: Sought) -> QuerySet[Case]:
    """Those of `rows` that hold the words. In brackets of its own, which no planner turns around."""
    held, values = _held(question)
    sql = f"(SELECT {held} FROM cases_search s WHERE s.case_id = cases_case.id)"
    return rows.filter(RawSQL(sql, values, output_field=BooleanField()))


def found(rows: QuerySet[Case], question: Sought) -> QuerySet[Case]:
    """The same, by the index."""
    held, values = _held(question)
    asked, told = _asked(question)
    return rows.filter(id__in=RawSQL(f"SELECT s.case_id FROM {_TABLES[_vendor()]} WHERE {asked} AND {held}", [told, *values]))


@dataclass(frozen=True, slots=True)
class Ground:
    """Where to look: below any of `paths`, or everywhere where there are none. `share`: of all areas."""

    paths: tuple[str, ...] = ()
    share: float = 1.0

    def tokens(self) -> list[str]:
        return [tokens.area_tokens(path)[-1] for path in self.paths]


EVERYWHERE = Ground()


def newest_found(rows: QuerySet[Case], question: Sought, after: tuple[datetime, UUID] | None, limit: int,
                 ground: Ground = EVERYWHERE) -> list[dict[str, Any]]:
    """At most `limit` of `rows` that hold the words, the newest first, keyed by newest.COLUMNS. Two statements at most.

    `ground` holds all of `rows`: it narrows what is looked through.
    """
    condition, times = inside(rows), _stretches(after, ground)
    if condition is None or not times:
        return []
    held, values = _held(question)
    if after is not None:
        at = stored("reported_at", after[0])
        held += " AND s.reported_at <= %s AND (s.reported_at < %s OR s.case_id < %s)"
        values += [at, at, stored("id", after[1])]
    walked, asked = (_walk_postgresql, _tsquery) if _vendor() == "postgresql" else (_walk_sqlite, _match)
    parts = [(asked(question, each.tokens, ground.tokens()), each.until) for each in times]
    statement, told = walked(parts, (held, values), condition, limit)
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        return [dict(zip(COLUMNS, converted(COLUMNS, row), strict=True)) for row in cursor.fetchall()]


def _stretches(after: tuple[datetime, UUID] | None, ground: Ground) -> list[Stretch]:
    if ground.share < LITTLE:
        return [Stretch(())]
    newest = after[0] if after else Searched.objects.aggregate(at=Max("reported_at"))["at"]
    return list(tokens.stretches(newest, ground.share)) if newest else []


Condition = tuple[str, list[Any]]
Part = tuple[str, datetime | None]
"""What the index is asked, and before when."""


def _walk_postgresql(parts: Sequence[Part], held: Condition, inside: Condition, limit: int) -> Condition:
    """A stretch is read when the ones before it were not enough; a case is read when its turn has come."""
    until = parts[-1][1]
    before, last = ("", []) if until is None else (" AND (part.number < %s OR s.reported_at < %s)", [len(parts), stored("reported_at", until)])
    found = (f"SELECT s.case_id FROM cases_search s WHERE s.tokens @@ part.asked{before}"
             f" AND {held[0]} ORDER BY s.reported_at DESC, s.case_id DESC")
    one = f"SELECT {_LISTED} FROM cases_case WHERE cases_case.id = found.case_id AND {inside[0]} OFFSET 0"
    statement = ("SELECT one.* FROM unnest(%s::tsquery[]) WITH ORDINALITY AS part(asked, number)"
                 f" CROSS JOIN LATERAL ({found}) AS found CROSS JOIN LATERAL ({one}) AS one LIMIT %s")
    return statement, [[asked for asked, _ in parts], *last, *held[1], *inside[1], limit]


def _walk_sqlite(parts: Sequence[Part], held: Condition, inside: Condition, limit: int) -> Condition:
    """The same in the order of the parts, of which later ones are not begun when earlier ones were enough."""
    selects: list[str] = []
    told: list[Any] = []
    for asked, until in parts:
        before, values = ("", []) if until is None else (" AND s.reported_at < %s", [stored("reported_at", until)])
        selects.append(f"SELECT * FROM (SELECT {_LISTED} FROM cases_words CROSS JOIN cases_search s CROSS JOIN cases_case"
                       f" WHERE cases_words MATCH %s AND s.doc = cases_words.rowid AND cases_case.id = s.case_id"
                       f" AND {held[0]}{before} AND {inside[0]} ORDER BY s.reported_at DESC, s.case_id DESC LIMIT %s)")
        told += [asked, *held[1], *values, *inside[1], limit]
    return f"{' UNION ALL '.join(selects)} LIMIT %s", [*told, limit]


_TABLES = {"postgresql": "cases_search s", "sqlite": "cases_words JOIN cases_search s ON s.doc = cases_words.rowid"}


def _vendor() -> str:
    return connection.vendor


def _asked(question: Sought) -> tuple[str, str]:
    if _vendor() == "postgresql":
        return "s.tokens @@ %s::tsquery", _tsquery(question)
    return "cases_words MATCH %s", _match(question)


def _held(question: Sought) -> Condition:
    """That the text itself holds every piece, or the number ends with it."""
    place, end = ("strpos", "right(s.number, {})") if _vendor() == "postgresql" else ("instr", "substr(s.number, -{})")
    parts: list[str] = []
    values: list[Any] = []
    for piece in question.pieces:
        parts.append(f"{place}(s.said, %s) > 0")
        values.append(piece)
        if piece in question.numbers:
            parts[-1] = f"({parts[-1]} OR {end.format(len(piece))} = %s)"
            values.append(piece)
    return " AND ".join(parts), values


def _tsquery(question: Sought, *either: Sequence[str]) -> str:
    return _boolean(question, either, "'{}'", " & ", " | ")


def _match(question: Sought, *either: Sequence[str]) -> str:
    return _boolean(question, either, '"{}"', " AND ", " OR ")


def _boolean(question: Sought, any_of: Sequence[Sequence[str]], sign: str, both: str, either: str) -> str:
    """All that a text must have: one of each of the lists, and the pairs of every piece or its number."""
    needed = [f"({either.join(map(sign.format, some))})" for some in any_of if some]
    for wanted, number in question.clauses():
        words = both.join(map(sign.format, wanted))
        if number:
            words = f"(({words}){either}{sign.format(number)})"
        if words:
            needed.append(words)
    return both.join(needed)
