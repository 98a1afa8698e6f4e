"""XLSX through calamine, behind two guards: what unpacks too far and what spans too far are never parsed."""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from jingwei.formats.archives import check_archive
from jingwei.formats.errors import FormatError
from jingwei.formats.findings import Finding, finding
from jingwei.formats.rows import HEADER_WITHIN, Header, Row, Table, blank, find_header
from jingwei.formats.source import MB, Source, whole
from jingwei.kernel.errors import Refusal

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MAX_PACKED = 200 * MB
MAX_CELLS = 20_000_000  # calamine lays a sheet out as one rectangle of about 32 bytes a cell
_EXACT = 10**15  # whole numbers from here on have lost digits to the spreadsheet's 15

Cells = tuple[list[str], tuple[int, ...]]  # texts, positions of spoiled numbers
Merged = tuple[tuple[int, int], tuple[int, int]]  # first and last (row, column), from 0


def read_workbook(
    source: Source, *, required: Sequence[str] = (), sheet: str | None = None, fill_merged: bool = False
) -> Table:
    """One sheet of an .xlsx as a table: the named one, else the first that shows the required columns.

    `fill_merged`: every cell of a merged range below the header gets the value of its top left cell.
    Numbers come as plain decimals ('3', '12.5'), dates as ISO texts, as the cell holds them: '01' shown by a
    number format is '1'. An error such as #N/A comes as ''.
    """
    data = whole(source, MAX_PACKED)
    _guard(data)
    book = _open(data)
    names = _worksheets(book)
    if sheet is not None and sheet not in names:
        raise Refusal(FormatError.SHEET_MISSING, sheet=sheet, found="、".join(names))
    opened, header = _choose(book, [sheet] if sheet is not None else names, required)
    return Table(
        kind="xlsx", columns=header.columns, header_number=header.number,
        rows=_rows(opened, header, fill_merged), sheet=opened.name,
    )


def sheet_names(source: Source) -> list[str]:
    """The names of a workbook's sheets, in order."""
    data = whole(source, MAX_PACKED)
    _guard(data)
    with closing(_open(data)) as book:
        return _worksheets(book)


def _worksheets(book: "CalamineWorkbook") -> list[str]:
    from python_calamine import SheetTypeEnum

    return [sheet.name for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]


def _choose(book: "CalamineWorkbook", names: Sequence[str], required: Sequence[str]) -> tuple["CalamineSheet", Header]:
    first_refusal: Refusal | None = None
    for name in names:
        opened = _calamine(book.get_sheet_by_name, name)
        try:
            first = [texts for texts, _ in islice(_cells(opened), HEADER_WITHIN)]
            return opened, find_header(first, required)
        except Refusal as refusal:
            # an empty first sheet says less than a filled one that lacks a column
            if first_refusal is None or first_refusal.reason is FormatError.FILE_EMPTY:
                first_refusal = refusal
    raise first_refusal or Refusal(FormatError.FILE_EMPTY)


def _rows(sheet: "CalamineSheet", header: Header, fill_merged: bool) -> Iterator[Row]:
    merged = _Merged(sheet.merged_cell_ranges or [], header.number) if fill_merged else None
    for number, (texts, spoiled) in enumerate(_cells(sheet), 1):
        if number <= header.number:
            continue
        if merged is not None:
            merged.fill(number - 1, texts)
        if blank(texts):
            continue
        yield header.row(number, number, texts, _spoiled(header, spoiled))


def _spoiled(header: Header, spoiled: tuple[int, ...]) -> tuple[Finding, ...]:
    return tuple(
        finding(FormatError.NUMBER_SPOILED, column=column)
        for column, position in zip(header.columns, header.positions, strict=True) if position in spoiled
    )


class _Merged:
    """Carries the top left value of each merged range through its rows."""

    def __init__(self, ranges: Sequence[Merged], from_row: int) -> None:
        self.ahead = sorted((r for r in ranges if r[0][0] >= from_row), reverse=True)
        self.open: list[tuple[Merged, str]] = []

    def fill(self, row: int, texts: list[str]) -> None:
        while self.ahead and self.ahead[-1][0][0] <= row:
            block = self.ahead.pop()
            column = block[0][1]
            self.open.append((block, texts[column] if column < len(texts) else ""))
        self.open = [(block, text) for block, text in self.open if block[1][0] >= row]
        for ((_, left), (_, right)), text in self.open:
            for column in range(left, min(right + 1, len(texts))):
                texts[column] = text


def _cells(sheet: "CalamineSheet") -> Iterator[Cells]:
    # iter_rows starts at the first row, but at the first column that holds something
    start = sheet.start
    if start is None:
        return
    margin = [""] * start[1]
    for row in sheet.iter_rows():
        spoiled = tuple(
            position for position, cell in enumerate(row, start[1])
            if isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) >= _EXACT
        )
        yield margin + [_text(cell) for cell in row], spoiled


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(cell)


def _open(data: bytes) -> "CalamineWorkbook":
    from python_calamine import CalamineWorkbook

    book: CalamineWorkbook = _calamine(CalamineWorkbook.from_filelike, BytesIO(data))
    return book


def _calamine(call: Any, argument: Any) -> Any:
    try:
        return call(argument)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as problem:
        # a panic inside calamine arrives as pyo3's PanicException, which is no Exception
        if isinstance(problem, Exception) or type(problem).__name__ == "PanicException":
            raise Refusal(FormatError.WORKBOOK_BROKEN) from None
        raise


def _guard(data: bytes) -> None:
    extents: dict[str, _Extent] = {}

    def watch(name: str, piece: bytes) -> None:
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            extents.setdefault(name, _Extent()).take(piece)

    names = check_archive(data, watch=watch)
    if "xl/workbook.xml" not in names:
        raise Refusal(FormatError.WORKBOOK_BROKEN)
    for name, extent in extents.items():
        rows, columns = extent.size()
        if rows * columns > MAX_CELLS:
            raise Refusal(FormatError.SHEET_TOO_WIDE, sheet=name.rsplit("/", 1)[-1], rows=rows, columns=columns)


class _Extent:
    """How far a sheet's filled cells reach, from its XML as it streams by.

    Styled but empty cells (`<c …/>`) do not count: calamine leaves them out, and formatted columns often run
    to the last row. Where a sheet is written so that this reading could be fooled, everything counts.
    """

    # atomic and possessive: hostile XML must not make these try anything twice
    _FILLED = re.compile(
        rb"<(?:\w+:)?c\b(?>[^<>]*?\br\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"'])[^<>]*+(?<!/)>"
    )
    _ANY = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,3})([0-9]{1,7})[\"']")
    _ROW = re.compile(rb"<(?:\w+:)?row[\s>]")
    _CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
    _ANGLE_IN_QUOTES = re.compile(rb"=\s*+(?:\"[^\"<>]*+>|'[^'<>]*+>)")

    def __init__(self) -> None:
        self.tail = b""
        self.filled = [0, 0]
        self.any = [0, 0]
        self.cells = self.references = self.rows = self.widest = self.width = 0
        self.odd = False

    def take(self, piece: bytes) -> None:
        text = self.tail + piece
        cut = text.rfind(b"<", 1)
        text, self.tail = (text[:cut], text[cut:]) if cut > 0 and len(text) - cut < MB else (text, b"")
        filled = self._FILLED.findall(text)
        cells = self._count(text)
        angle = self._ANGLE_IN_QUOTES.search(text) is not None
        # where every cell is filled and plain, there is nothing more to see
        references = filled if cells == len(filled) and not angle else self._ANY.findall(text)
        self._reach(self.filled, filled)
        self._reach(self.any, references)
        self.references += sum(1 for letters, _ in references if letters)
        self.odd = self.odd or angle

    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        if self.tail:
            self.take(b"<")
        if self.cells > self.references:
            # cells without a reference stand one after the other
            return max(self.any[0], self.rows), max(self.any[1], self.widest)
        return (self.any[0], self.any[1]) if self.odd else (self.filled[0], self.filled[1])

    def _count(self, text: bytes) -> int:
        before = self.cells
        for index, part in enumerate(self._ROW.split(text)):
            if index:
                self.rows += 1
                self.width = 0
            held = len(self._CELL.findall(part))
            self.cells += held
            self.width += held
            self.widest = max(self.widest, self.width)
        return self.cells - before

    @staticmethod
    def _reach(extent: list[int], references: list[tuple[bytes, bytes]]) -> None:
        if references:
            extent[0] = max(extent[0], *map(int, {row for _, row in references}), 0)
            extent[1] = max(extent[1], *(_column(letters) for letters in {letters for letters, _ in references}), 0)


def _column(letters: bytes) -> int:
    number = 0
    for sign in letters.upper():
        number = number * 26 + sign - 64
    return number
