"""Units and staff from tables: all rows checked first, then taken in short transactions.

A row may be sent again: what is there already is left alone. So a run that was cut off is simply repeated.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from django.db import transaction

from jingwei.accounts.commands.invitations import Invited
from jingwei.accounts.errors import RowError
from jingwei.accounts.events import ImportEvent
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import ErrorCode, Refusal
from jingwei.kernel.ids import new_id

_BATCH = 0.5  # seconds after which a transaction takes no further row

Item = TypeVar("Item")


class Row(Protocol):
    """A row as `formats` gives it: where it stands in the file, its cells by header."""

    @property
    def number(self) -> int: ...

    @property
    def values(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Rejected:
    row: int
    reason: ErrorCode
    details: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str = "zh") -> str:
        return Refusal(self.reason, **self.details).text(language)


@dataclass(slots=True)
class Outcome:
    """What an import did, or would do. `remarks`: on rows that were taken. `invited`: one-time links for people
    without a password yet.
    """

    dry_run: bool
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    remarks: list[Rejected] = field(default_factory=list)
    invited: list[Invited] = field(default_factory=list)

    def reject(self, row: int, reason: ErrorCode, **details: Any) -> None:
        self.rejected.append(Rejected(row, reason, details))


@dataclass(frozen=True, slots=True)
class Cells:
    """One row by our own names of columns; '' where a cell is empty, None where the file has no such column."""

    number: int
    by_name: Mapping[str, str | None]

    def __getitem__(self, name: str) -> str:
        return self.by_name[name] or ""

    def has(self, name: str) -> bool:
        return self.by_name[name] is not None


def cells(rows: Iterable[Row], columns: Mapping[str, Sequence[str]], required: Sequence[str]) -> list[Cells]:
    """The rows by our names. `columns`: the headers accepted for each. Refuses a table without a required one."""
    read = []
    for row in rows:
        found = {name: next((header for header in headers if header in row.values), None)
                 for name, headers in columns.items()}
        for name in required:
            if found[name] is None:
                raise Refusal(RowError.COLUMN_MISSING, column=columns[name][0])
        read.append(Cells(row.number, {
            name: None if header is None else row.values[header].strip() for name, header in found.items()}))
    return read


def in_batches(items: Iterable[Item], take: Callable[[Item], None], row_of: Callable[[Item], int],
               outcome: Outcome) -> None:
    """Take items in transactions of about half a second; an item that is refused is rejected alone."""
    rest = iter(items)
    item = next(rest, None)
    while item is not None:
        begun = time.monotonic()
        with transaction.atomic():
            while item is not None:
                _take_one(item, take, row_of, outcome)
                item = next(rest, None)
                if time.monotonic() - begun > _BATCH:
                    break


def _take_one(item: Item, take: Callable[[Item], None], row_of: Callable[[Item], int], outcome: Outcome) -> None:
    try:
        with transaction.atomic():
            take(item)
    except Refusal as refusal:
        outcome.reject(row_of(item), refusal.reason, **refusal.details)


def finish(actor: Actor, verb: ImportEvent, outcome: Outcome) -> Outcome:
    outcome.rejected.sort(key=lambda rejected: rejected.row)
    if not outcome.dry_run:
        with transaction.atomic():
            journal.record_new(actor, f"import:{new_id()}", verb, {
                "created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged,
                "rejected": len(outcome.rejected)})
    return outcome
