"""Rows as every table reader gives them, and how a header is found among the first rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from jingwei.formats.errors import FormatError
from jingwei.formats.findings import Finding, finding
from jingwei.kernel.errors import Refusal

HEADER_WITHIN = 20

# invisible signs that copying from web pages and chat programs leaves in headers
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))
_CJK = "\u3400-\u9fff\uff00-\uffef\u3001-\u3011"
_GAP_IN_CHINESE = re.compile(rf"(?<=[{_CJK}]) (?=[{_CJK}])")


class Row(NamedTuple):
    """`number`: the row as a spreadsheet shows it, from 1, header and blank rows counted, a cell with line
    breaks being one row. `line`: the text line where it begins (the same in a workbook).
    `values`: by normalised header, as written, '' where nothing stands.
    """

    number: int
    line: int
    values: dict[str, str]
    findings: tuple[Finding, ...] = ()


@dataclass
class Table:
    """Iterate once; the rows are read while you do. `header_number`: the header's own row."""

    kind: str  # csv | xlsx
    columns: tuple[str, ...]
    header_number: int
    rows: Iterator[Row] = field(repr=False)
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""

    def __iter__(self) -> Iterator[Row]:
        return self.rows


@dataclass(frozen=True, slots=True)
class Header:
    number: int
    columns: tuple[str, ...]
    positions: tuple[int, ...]  # of each column, from 0

    def row(self, number: int, line: int, cells: Sequence[str], remarks: tuple[Finding, ...] = ()) -> Row:
        """The cells by column; what stands under no header becomes a finding."""
        width = len(self.columns)
        if self.positions[-1] == width - 1 and len(cells) == width:
            return Row(number, line, dict(zip(self.columns, cells, strict=True)), remarks)
        held = len(cells)
        values = {
            column: cells[position] if position < held else ""
            for column, position in zip(self.columns, self.positions, strict=True)
        }
        named = set(self.positions)
        beyond = [str(i + 1) for i, cell in enumerate(cells) if i not in named and cell.strip()]
        if beyond:
            remarks = (*remarks, finding(FormatError.CELLS_BEYOND_HEADER, columns="、".join(beyond)))
        return Row(number, line, values, remarks)


def normalise_header(text: str) -> str:
    """The stable form of a column's name: no invisible signs, whitespace (full-width too) trimmed and made
    one space, none between Chinese signs ('姓　名' is '姓名').
    """
    return _GAP_IN_CHINESE.sub("", " ".join(text.translate(_INVISIBLE).split()))


def blank(cells: Iterable[str]) -> bool:
    return not "".join(cells).strip()


def required_found(cells: Iterable[str], required: Sequence[str]) -> int:
    """How many of the required columns (normalised) stand in this row."""
    return len(set(required).intersection(map(normalise_header, cells)))


def find_header(first_rows: Iterable[Sequence[str]], required: Sequence[str]) -> Header:
    """The header among the first rows: the first with all required columns, or, if none is required, the
    first that is not blank. A title above the header is passed over when at least one column is required.
    """
    needed = [normalise_header(name) for name in required]
    best: tuple[int, int, Sequence[str]] | None = None
    for number, cells in enumerate(first_rows, 1):
        if blank(cells):
            continue
        found = required_found(cells, needed)
        if best is None or found > best[0]:
            best = (found, number, cells)
        if found == len(set(needed)):
            break
    if best is None:
        raise Refusal(FormatError.FILE_EMPTY)
    return _header(best[1], best[2], needed)


def _header(number: int, cells: Sequence[str], needed: Sequence[str]) -> Header:
    named = [(normalise_header(cell), position) for position, cell in enumerate(cells)]
    named = [(name, position) for name, position in named if name]
    names = [name for name, _ in named]
    missing = [name for name in needed if name not in names]
    if missing:
        raise Refusal(
            FormatError.COLUMNS_MISSING,
            columns="、".join(missing), found="、".join(name[:40] for name in names[:30]),
        )
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Refusal(FormatError.COLUMNS_DUPLICATE, columns="、".join(twice))
    return Header(number, tuple(names), tuple(position for _, position in named))
