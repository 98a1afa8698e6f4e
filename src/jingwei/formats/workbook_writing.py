"""Workbooks out: one sheet of plain cells with a header that stays, written row by row and there whole or not at all."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from jingwei.formats.atomic import atomic_file

_WIDEST = 40
MOST_ROWS = 1_048_575  # of a sheet, below the header


def write_workbook(path: str | PathLike[str], title: str, columns: Sequence[str], rows: Iterable[Mapping[str, object]],
                   *, widths: Mapping[str, int] | None = None, landscape: bool = False, lines: Sequence[str] = ()) -> int:
    """Every cell is text or a number as it is given, never a formula. Returns how many rows were written.

    `lines`: written above the header. `landscape`: A4 lying, all columns on one page wide, header on every page.
    """
    from xlsxwriter import Workbook

    with tempfile.TemporaryDirectory(dir=Path(path).absolute().parent, prefix=".jingwei-") as folder:
        made = Path(folder) / "table.xlsx"
        book = Workbook(str(made), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
                                    "constant_memory": True, "tmpdir": folder})
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"valign": "top", "text_wrap": landscape, "border": 4 if landscape else 0})
        sheet = book.add_worksheet(_sheet_name(title))
        for place, column in enumerate(columns):
            sheet.set_column(place, place, min(_WIDEST, (widths or {}).get(column, 2 * len(column) + 2)))
        for place, line in enumerate(lines):
            sheet.write_string(place, 0, line)
        head = len(lines)
        for place, column in enumerate(columns):
            sheet.write_string(head, place, column, bold)
        count = _fill(sheet, columns, rows, head, plain)
        sheet.freeze_panes(head + 1, 0)
        if landscape:
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(head)
            sheet.set_footer("&C第 &P 页，共 &N 页")
        book.close()
        with atomic_file(path) as stream, made.open("rb") as source:
            while block := source.read(1 << 20):
                stream.write(block)
    return count


def workbook_bytes(title: str, columns: Sequence[str], rows: Iterable[Mapping[str, object]], **how: Any) -> bytes:
    """The same as bytes, for an answer over HTTP."""
    with tempfile.TemporaryDirectory(prefix="jingwei-") as folder:
        made = Path(folder) / "table.xlsx"
        write_workbook(made, title, columns, rows, **how)
        return made.read_bytes()


def _fill(sheet: Any, columns: Sequence[str], rows: Iterable[Mapping[str, object]], head: int, plain: Any) -> int:
    count = 0
    for count, row in enumerate(rows, 1):
        for place, column in enumerate(columns):
            value = row.get(column)
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                sheet.write_number(head + count, place, value, plain)
            else:
                sheet.write_string(head + count, place, "" if value is None else str(value).replace("\x00", ""), plain)
    return count


def _sheet_name(title: str) -> str:
    return "".join(sign for sign in title if sign not in "[]:*?/\\'\x00")[:31] or "表"
