"""The journal's tables as verification and export read them: raw, streaming, in one view of the database.

Somebody may have written into the tables past the program, so nothing here trusts a column to hold what its type
says: SQLite stores any value anywhere, and Django's converters would fail on the first odd one.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from jingwei.journal.chain import Link, link_hash
from jingwei.journal.checkpoint import Signed
from jingwei.journal.models import Checkpoint
from jingwei.journal.verify import Bare, Place, Stored

_PAGE = 2000
_TEXTS = ("subject", "verb", "actor", "via", "at", "area_path", "data", "previous", "hash")


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as stored. `link` None when a column holds what no entry can hold; then `at` is what was found."""

    id: int
    subject: str
    number: int
    verb: str
    actor: str
    via: str
    at: str
    area_path: str
    data: str
    previous: str
    hash: str
    link: Link | None

    @property
    def fits(self) -> bool:
        return self.link is not None and link_hash(self.link) == self.hash


class Tables:
    """The database as a `verify.Source`. Use it inside `one_view`."""

    def __init__(self) -> None:
        self.sqlite = connection.vendor == "sqlite"
        # one writer at a time numbers its own entry: there ids and positions run side by side
        self.ids_follow_positions = self.sqlite
        columns = {name: self._text(f"e.{name}") for name in _TEXTS}
        if not self.sqlite:  # PostgreSQL knows instants that Python does not
            columns["at"] = "CASE WHEN e.at >= '0001-01-02' AND e.at < '9999-12-30' THEN e.at END"
        self._row = ", ".join(["e.id", self._number("e.number"), *columns.values()])

    def places(self) -> Iterator[Place]:
        for position, pointed, digest in _stream(
                f"SELECT {self._number('p.position')}, {self._number('p.entry_id')}, {self._text('e.hash')}"
                " FROM journal_position p LEFT JOIN journal_entry e ON e.id = p.entry_id ORDER BY p.position"):
            yield Place(position, pointed, None if digest is None else _text(digest))

    def stored(self) -> Iterator[Stored]:
        for *columns, position, waiting, head_number, head_hash in _stream(
                f"SELECT {self._row}, {self._number('p.position')}, u.entry_id, {self._number('h.number')},"
                f" {self._text('h.hash')} FROM journal_entry e"
                " LEFT JOIN journal_position p ON p.entry_id = e.id"
                " LEFT JOIN journal_unnumbered u ON u.entry_id = e.id"
                " LEFT JOIN journal_head h ON h.subject = e.subject ORDER BY e.subject, e.number"):
            row = self._read(columns)
            fits = row.fits
            yield Stored(
                row.subject, row.number, position, row.previous, row.hash, fits, None if fits else row.link,
                waiting=position is None and waiting is not None and not self.sqlite,
                head_number=head_number, head_hash=_text(head_hash))

    def bare_heads(self) -> Iterator[Bare]:
        for subject, number in _stream(
                f"SELECT {self._text('h.subject')}, {self._number('h.number')} FROM journal_head h"
                " WHERE NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.subject = h.subject) ORDER BY h.subject"):
            yield Bare(_text(subject), number)

    def displaced(self, since: int, until: int, limit: int) -> list[tuple[Place, int]]:
        rows = _stream(
            "SELECT * FROM (SELECT p.position, p.entry_id, e.number, " + self._text("e.subject") + ","
            " ROW_NUMBER() OVER (ORDER BY p.position) - ROW_NUMBER() OVER (ORDER BY p.entry_id) AS away"
            " FROM journal_position p JOIN journal_entry e ON e.id = p.entry_id"
            " WHERE p.position BETWEEN %s AND %s) ranks"
            " WHERE away <> 0 ORDER BY ABS(away) DESC, position LIMIT %s", [since, until, limit])
        return [(Place(position, pointed, None, _text(subject), number), away)
                for position, pointed, number, subject, away in rows]

    def placed_rows(self) -> Iterator[tuple[int, int, Row | None]]:
        """Position, the id it points to and the row, by position."""
        for *columns, position, pointed in _stream(
                f"SELECT {self._row}, {self._number('p.position')}, {self._number('p.entry_id')}"
                " FROM journal_position p LEFT JOIN journal_entry e ON e.id = p.entry_id ORDER BY p.position"):
            yield position, pointed, None if columns[0] is None else self._read(columns)

    def unplaced_rows(self) -> Iterator[tuple[Row, bool]]:
        """Rows without a position, and whether they wait for one."""
        for *columns, waiting in _stream(
                f"SELECT {self._row}, u.entry_id FROM journal_entry e"
                " LEFT JOIN journal_position p ON p.entry_id = e.id"
                " LEFT JOIN journal_unnumbered u ON u.entry_id = e.id WHERE p.position IS NULL ORDER BY e.id"):
            yield self._read(columns), waiting is not None and not self.sqlite

    def heads(self) -> Iterator[tuple[str, int, str]]:
        for subject, number, digest in _stream(
                f"SELECT {self._text('subject')}, {self._number('number')}, {self._text('hash')}"
                " FROM journal_head ORDER BY subject"):
            yield _text(subject), number, _text(digest)

    def _text(self, column: str) -> str:
        # as bytes: the driver itself fails on text that is no UTF-8
        return f"CAST({column} AS BLOB)" if self.sqlite else column

    def _number(self, column: str) -> str:
        return f"CAST({column} AS INTEGER)" if self.sqlite else column

    def _read(self, columns: Sequence[Any]) -> Row:
        pk, number, subject, verb, actor, via, at, *rest = columns
        area_path, data, previous, digest = (_text(value) for value in rest)
        subject, verb, via = _text(subject), _text(verb), _text(via)
        try:
            moment = at if isinstance(at, datetime) else datetime.fromisoformat(_text(at)).replace(tzinfo=UTC)
            who = str(UUID(_text(actor)) if self.sqlite else actor) if actor is not None else ""
            link = Link(subject, number, verb, who, via, moment, area_path, data, previous)
        except ValueError:
            link, who = None, _text(actor)
        return Row(pk, subject, number, verb, who, via, "" if link else _text(at), area_path, data, previous, digest,
                   link)


def last_position() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(position), 0) FROM journal_position")
        return int(cursor.fetchone()[0])


def checkpoints() -> list[Signed]:
    """The rows of the table, signatures unchecked."""
    rows = Checkpoint.objects.order_by("position").values_list("position", "count", "root", "at", "key_id", "signature")
    return [Signed(*row) for row in rows]


def last_checkpoint() -> Signed | None:
    row = Checkpoint.objects.order_by("-position").values_list(
        "position", "count", "root", "at", "key_id", "signature").first()
    return Signed(*row) if row else None


def hashes_after(position: int) -> Iterator[tuple[int, str | None]]:
    """Positions and stored hashes after a position, in pages: what is folded is never changed, so no view is held."""
    statement = ("SELECT p.position, e.hash FROM journal_position p LEFT JOIN journal_entry e ON e.id = p.entry_id"
                 " WHERE p.position > %s ORDER BY p.position LIMIT %s")
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, [position, _PAGE])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < _PAGE:
            return
        position = rows[-1][0]


@contextmanager
def one_view() -> Iterator[None]:
    """All reads inside see the database as it stood at the first of them; nobody is kept from writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")  # deferred: `atomic` would begin IMMEDIATE and keep every writer out
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def _stream(statement: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        while rows := cursor.fetchmany(_PAGE):
            yield from rows


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return "" if value is None else str(value)
