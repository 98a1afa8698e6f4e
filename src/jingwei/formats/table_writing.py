"""CSV files for people: UTF-8 with BOM so that spreadsheets read Chinese, formulas disarmed, whole or absent."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from os import PathLike
from types import TracebackType
from typing import Self

from jingwei.formats.atomic import atomic_file
from jingwei.formats.findings import Finding
from jingwei.formats.guarding import guard_cell, unguard_cell
from jingwei.formats.rows import Row
from jingwei.kernel.errors import Refusal

__all__ = ["REJECT_COLUMNS", "CsvWriter", "RejectsWriter", "csv_text", "guard_cell", "unguard_cell"]

REJECT_COLUMNS = ("原文件行号", "退回原因代码", "退回原因")


class CsvWriter:
    """`with CsvWriter(path, columns) as table: table.write(values)`; the file appears when the block ends well."""

    def __init__(self, path: str | PathLike[str], columns: Sequence[str]) -> None:
        self.path = path
        self.columns = tuple(columns)
        self.count = 0

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stream = stack.enter_context(atomic_file(self.path))
            text = io.TextIOWrapper(stream, "utf-8-sig", errors="backslashreplace", newline="")
            stack.callback(text.detach)  # flushes before the file is put in place
            self._writer = csv.writer(text)
            self._write_cells(self.columns)
            self._stack = stack.pop_all()
        return self

    def write(self, values: Mapping[str, object]) -> None:
        """One row; columns without a value stay empty, None too."""
        self._write_cells(_in_order(self.columns, values))
        self.count += 1

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, problem, trace)

    def _write_cells(self, cells: Iterable[str]) -> None:
        self._writer.writerow(_guarded(cells))


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """The same as a text, beginning with the sign that tells spreadsheets the encoding; for lists of a few rows."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_guarded(columns))
    writer.writerows(_guarded(_in_order(columns, row)) for row in rows)
    return "\ufeff" + text.getvalue().encode("utf-8", "backslashreplace").decode()


def _in_order(columns: Iterable[str], values: Mapping[str, object]) -> list[str]:
    return ["" if (value := values.get(column)) is None else str(value) for column in columns]


def _guarded(cells: Iterable[str]) -> list[str]:
    return [guard_cell(cell.replace("\x00", "")) for cell in cells]


class RejectsWriter:
    """The rows that were not taken, with number, codes and reasons in front of the original columns, so that
    they can be corrected and imported again. No file appears if every row was taken.
    """

    def __init__(self, path: str | PathLike[str], columns: Sequence[str]) -> None:
        self._columns = tuple(column for column in columns if column not in REJECT_COLUMNS)
        self._path = path
        self._table: CsvWriter | None = None

    @property
    def count(self) -> int:
        return self._table.count if self._table is not None else 0

    def __enter__(self) -> Self:
        return self

    def write(self, row: Row, *reasons: Refusal | Finding) -> None:
        """Why this row was not taken: at least one reason."""
        if not reasons:
            raise ValueError("a row is rejected for a reason")
        if self._table is None:
            self._table = CsvWriter(self._path, (*REJECT_COLUMNS, *self._columns)).__enter__()
        codes = "；".join(reason.reason.code for reason in reasons)
        texts = "；".join(reason.text("zh") for reason in reasons)
        self._table.write({**row.values, **dict(zip(REJECT_COLUMNS, (row.number, codes, texts), strict=True))})

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._table is not None:
            self._table.__exit__(kind, problem, trace)
