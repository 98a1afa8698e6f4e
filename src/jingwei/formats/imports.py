"""What an import did, or would do, told the same way whatever came in: on a terminal, on a screen, in a list of rejects."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from jingwei.formats.rows import Row, Table
from jingwei.formats.table_writing import REJECT_COLUMNS, csv_text

_SHOWN = 500  # rejects and findings of one answer; the list of rejects has all of them


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of the file, but for `changed` of a calendar, which counts days."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """What was odd about a row that was taken. `row` 0: the file as a whole."""

    row: int
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not taken, with its cells as they were. Several reasons are joined."""

    row: int
    code: str
    why: str
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """`rejects_csv`: number, codes and reasons before the original columns, '' if every row was taken."""

    dry_run: bool
    counts: Counts
    findings: tuple[Said, ...] = ()
    rejects: tuple[Reject, ...] = ()
    rejects_csv: str = ""

    @property
    def nothing_taken(self) -> bool:
        return bool(self.rejects) and not (self.counts.added or self.counts.changed or self.counts.unchanged)


AnyTold = TypeVar("AnyTold", bound=Told)


def said(remarks: Iterable[Any]) -> tuple[Said, ...]:
    """Remarks of any room (`row`, `reason`, `text()`) as they are told."""
    return tuple(Said(each.row, each.reason.code, each.text()) for each in remarks)


def rejected(refused: Iterable[Any], again: Callable[[], Table] | None = None) -> tuple[tuple[Reject, ...], str]:
    """The rows not taken (each with `row`, `reason`, `text()`), and their list as CSV.

    `again`: opens the table once more for the cells of these rows; None for files that are no tables.
    """
    reasons: dict[int, list[Said]] = {}
    for each in sorted(said(refused), key=lambda one: (one.row, one.code, one.text)):
        reasons.setdefault(each.row, []).append(each)
    if not reasons:
        return (), ""
    columns, cells = _cells(again(), reasons.keys()) if again else ((), {})
    rejects = tuple(
        Reject(row, "；".join(each.code for each in why), "；".join(each.text for each in why), cells.get(row, {}))
        for row, why in reasons.items())
    return rejects, csv_text((*REJECT_COLUMNS, *columns), (_line(each) for each in rejects))


def _cells(table: Table, wanted: Iterable[int]) -> tuple[Sequence[str], dict[int, dict[str, str]]]:
    columns = tuple(column for column in table.columns if column not in REJECT_COLUMNS)
    numbers = set(wanted)
    rows: Iterable[Row] = (row for row in table if row.number in numbers)
    return columns, {row.number: {column: row.values.get(column, "") for column in columns} for row in rows}


def _line(reject: Reject) -> dict[str, object]:
    return {**reject.cells, **dict(zip(REJECT_COLUMNS, (reject.row or "", reject.code, reject.why), strict=True))}


def for_a_screen(told: AnyTold) -> AnyTold:
    """The same with as many rejects and findings as a screen shows; the counts and the CSV stay whole."""
    return replace(told, rejects=told.rejects[:_SHOWN], findings=told.findings[:_SHOWN])
