"""What an import did, or would do; and the checks that every command of the room makes first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import IntegrityError, transaction

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.catalogue.errors import CatalogueError, RowError
from jingwei.journal.errors import JournalError
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import ErrorCode, Refusal

MOST_ROWS = 20_000


class Row(Protocol):
    """A row as `formats` gives it: where it stands in the file, its cells by header."""

    @property
    def number(self) -> int: ...
    @property
    def values(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Remark:
    """Why a row was not taken, or what was odd about one that was (`kept`)."""

    row: int
    reason: ErrorCode
    details: Mapping[str, Any] = field(default_factory=dict)
    kept: bool = False

    def text(self, language: str = "zh") -> str:
        return Refusal(self.reason, **self.details).text(language)


@dataclass(slots=True)
class Outcome:
    """`retired`: what stood in the catalogue and not in the file. `remarks`: in the order of the rows."""

    dry_run: bool
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    retired: int = 0
    remarks: list[Remark] = field(default_factory=list)

    @property
    def rejected(self) -> list[Remark]:
        return [remark for remark in self.remarks if not remark.kept]

    @property
    def changed(self) -> int:
        return self.created + self.updated + self.retired

    def reject(self, row: int, reason: ErrorCode, **details: Any) -> None:
        self.remarks.append(Remark(row, reason, details))

    def note(self, row: int, reason: ErrorCode, **details: Any) -> None:
        self.remarks.append(Remark(row, reason, details, kept=True))

    def counts(self) -> dict[str, int]:
        return {"created": self.created, "updated": self.updated, "unchanged": self.unchanged,
                "retired": self.retired, "rejected": len(self.rejected)}


def require(actor: Actor, right: Right, area_path: str = "") -> None:
    """Refuse whoever does not hold the right over the whole of the area ('': everywhere)."""
    if not actor.covers(right.value, area_path):
        raise no_right(actor, right)


@contextmanager
def writing() -> Iterator[None]:
    """The transaction of a command. Two who make the same new row at once: the second hears that it was overtaken."""
    try:
        with transaction.atomic(savepoint=False):
            yield
    except IntegrityError as error:
        raise Refusal(JournalError.OVERTAKEN) from error


def listed(rows: Iterable[Row]) -> list[Row]:
    """All rows, so that they are checked before anything is written; refuses a table that is far too long."""
    found: list[Row] = []
    for row in rows:
        if len(found) == MOST_ROWS:
            raise Refusal(CatalogueError.TOO_MANY_ROWS, limit=MOST_ROWS)
        found.append(row)
    return found


def cell(row: Row, headers: Sequence[str], *, required: bool = False) -> str:
    """The first of these columns that the table has. Refuses a table without a required one."""
    for header in headers:
        if header in row.values:
            return row.values[header].strip()
    if required:
        raise Refusal(CatalogueError.COLUMN_MISSING, column=headers[0])
    return ""


def kind_in(text: str) -> str | None:
    """'component' or 'matter', in Chinese or by its own name."""
    return {"部件": "component", "component": "component", "事件": "matter", "事项": "matter", "matter": "matter",
            "event": "matter"}.get(text.strip().lower())


def repeated(outcome: Outcome, seen: dict[Any, int], key: Any, row: int) -> bool:
    """Whether a key stood in an earlier row; tells the outcome so."""
    if (first := seen.setdefault(key, row)) == row:
        return False
    outcome.reject(row, RowError.REPEATED, first=first)
    return True
