"""A city's own standard (立案、处置和结案标准): rows with numbers in, rules and doubts out, two sheets compared.

Each minor class has one or more rows: condition of filing, limit, condition of closing (GB/T 30428.8, CJ/T 315).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from jingwei.catalogue.limits import WORKING, Doubt, Reading, StatedLimit, read_limit
from jingwei.kernel.ids import ascii_digits

REQUIRED = ("小类代码", "立案条件", "处置时限")  # find the header below a title row
_COLUMNS: dict[str, tuple[str, ...]] = {
    "kind": ("类别", "类型"),
    "major": ("大类代码", "大类编码"),
    "major_name": ("大类名称",),
    "minor": ("小类代码", "小类编码"),
    "minor_name": ("小类名称",),
    "condition": ("立案条件",),
    "limit": ("处置时限", "处理时限"),
    "closing": ("结案条件", "结案标准"),
    "responsible": ("处置单位", "责任主体", "责任单位"),
    "supervising": ("主管部门", "监管主体", "监管单位"),
    "basis": ("法律法规依据", "法律依据"),
    "clause": ("法律法规具体条款",),
    "collection": ("采集要求", "采集说明"),
}
_KINDS = {"部件": "component", "事件": "matter", "事项": "matter"}
_OF_CLASS = ("kind", "major", "major_name", "minor", "minor_name", "responsible", "supervising", "basis",
             "clause", "collection")
_SOME = 4  # a quarter of the rows lost is a table read wrongly, not a few slips
_PUNCTUATION = re.compile(r"[\s,，、;；.。:：()（）\"“”'‘’·]+")


class SheetRow(Protocol):
    """What `formats.tables` yields: the number a spreadsheet shows, and the cells by header."""

    @property
    def number(self) -> int: ...
    @property
    def values(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class StandardRow:
    """One rule of a sheet. `kind`: 'component' or 'matter'. `limit` is None where it was in doubt."""

    number: int
    kind: str
    major: str
    major_name: str
    minor: str
    minor_name: str
    condition: str
    limit: StatedLimit | None
    limit_text: str
    closing: str
    responsible: str
    supervising: str
    legal_basis: str
    collection: str

    @property
    def code(self) -> str:
        return self.major + self.minor

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.kind, self.major, self.minor, plain_words(self.condition)


class RowDoubt(NamedTuple):
    """What was odd in a row. `kept`: whether the row was read all the same. `text` is Chinese."""

    number: int
    code: str
    text: str
    raw: str
    kept: bool


@dataclass(frozen=True, slots=True)
class StandardSheet:
    rows: tuple[StandardRow, ...]
    doubts: tuple[RowDoubt, ...]


class Difference(NamedTuple):
    """Where two sheets disagree. `what`: limit | limit_wording | closing | only_first | only_second.

    limit_wording: other words, the same limit under the reading chosen (4小时 and 4工作时).
    """

    what: str
    key: tuple[str, str, str, str]
    first: str
    second: str


def kind_of(text: str) -> str | None:
    """'component' or 'matter' from a cell, the name of a sheet or a title; None if it says neither or both."""
    found = {kind for word, kind in _KINDS.items() if word in text}
    return found.pop() if len(found) == 1 else None


def plain_words(text: str) -> str:
    """A condition without spaces and punctuation: sheets differ in those without meaning anything by it."""
    return _PUNCTUATION.sub("", text)


def read_standard(
    rows: Iterable[SheetRow],
    *,
    kind: str | None = None,
    minor_digits: int = 2,
    reading: Reading = WORKING,
    fill_down: bool = False,
) -> StandardSheet:
    """Read a sheet. Rows whose class is in doubt are left out; a limit in doubt leaves the row without one.

    kind: for sheets without a column that says it. fill_down: blank class cells repeat the row above, as in a
    table saved from merged cells; where the reader has filled merged cells itself, a blank is a blank.
    """
    reader = _Reader(kind, minor_digits, reading, fill_down)
    for row in rows:
        reader.take(row)
    return StandardSheet(tuple(reader.rows), tuple(reader.doubts))


def lacking(rows: Sequence[SheetRow], *, kind: str | None, minor_digits: int, fill_down: bool) -> tuple[str, ...]:
    """Which of `kind` and `fill_down`, not given, would let rows be read that are left out by the dozen for want of it."""

    def lost(kind: str | None, fill_down: bool) -> int:
        sheet = read_standard(rows, kind=kind, minor_digits=minor_digits, fill_down=fill_down)
        return len({doubt.number for doubt in sheet.doubts if not doubt.kept})

    before = lost(kind, fill_down)
    if before * _SOME < len(rows):
        return ()
    for wanted in (("fill_down",), ("kind",), ("kind", "fill_down")):
        if ("kind" in wanted and kind) or ("fill_down" in wanted and fill_down):
            continue
        if lost("component" if "kind" in wanted else kind, fill_down or "fill_down" in wanted) * _SOME < before:
            return wanted
    return ()


@dataclass
class _Reader:
    kind: str | None
    minor_digits: int
    reading: Reading
    fill_down: bool
    rows: list[StandardRow] = field(default_factory=list)
    doubts: list[RowDoubt] = field(default_factory=list)
    above: dict[str, str] = field(default_factory=dict)
    names: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    seen: dict[tuple[str, str, str, str], StandardRow] = field(default_factory=dict)

    def take(self, row: SheetRow) -> None:
        cells = {name: _cell(row.values, headers) for name, headers in _COLUMNS.items()}
        if not any(cells.values()):
            return
        if self.fill_down:
            cells = self._filled(cells)
        kind = kind_of(cells["kind"]) if cells["kind"] else self.kind
        if kind is None:
            self._doubt(row, "kind.unsaid", "没有写明是部件还是事件", cells["kind"], kept=False)
            return
        major = self._code(row, "major", "大类", cells["major"], 2)
        minor = self._code(row, "minor", "小类", cells["minor"], self.minor_digits)
        if major is None or minor is None:
            return
        self._name(row, (kind, major), "大类", cells["major_name"])
        self._name(row, (kind, major, minor), "小类", cells["minor_name"])
        if not cells["condition"]:
            self._doubt(row, "condition.blank", "没有写立案条件", "", kept=False)
            return
        self._keep(row, kind, major, minor, cells)

    def _filled(self, cells: dict[str, str]) -> dict[str, str]:
        """Blank class cells continue the row above: all of them on a continuation, the major class always."""
        if not cells["minor"] and not cells["minor_name"]:
            cells = cells | {name: cells[name] or self.above.get(name, "") for name in _OF_CLASS}
        elif not cells["major"] and not cells["major_name"]:
            cells = cells | {name: self.above.get(name, "") for name in ("major", "major_name")}
        self.above = cells
        return cells

    def _code(self, row: SheetRow, level: str, word: str, text: str, digits: int) -> str | None:
        """A code of so many digits; numbers that a spreadsheet stripped of zeros get them back."""
        code = text.removesuffix(".0")
        if not code:
            self._doubt(row, f"class.{level}_blank", f"{word}代码空白", text, kept=False)
        elif not ascii_digits(code) or len(code) > digits:
            self._doubt(row, f"class.{level}_odd", f"{word}代码“{text}”不是 {digits} 位数字", text, kept=False)
        elif not code.strip("0"):
            self._doubt(row, f"class.{level}_zero", f"{word}代码为“{text}”，不是有效的类", text, kept=False)
        else:
            return code.zfill(digits)
        return None

    def _name(self, row: SheetRow, key: tuple[str, ...], word: str, name: str) -> None:
        """Two names for one code are told once each; the first stays the class's name."""
        names = self.names.setdefault(key, set())
        if names and name and name not in names:
            shown = "、".join(sorted(names))
            self._doubt(row, "class.renamed", f"{word}“{name}”的代码此前名为“{shown}”", name, kept=True)
        if name:
            names.add(name)

    def _keep(self, row: SheetRow, kind: str, major: str, minor: str, cells: dict[str, str]) -> None:
        limit = read_limit(cells["limit"], self.reading)
        basis = "\n".join(part for part in (cells["basis"], cells["clause"]) if part)
        rule = StandardRow(
            number=row.number, kind=kind, major=major, major_name=cells["major_name"], minor=minor,
            minor_name=cells["minor_name"], condition=cells["condition"],
            limit=None if isinstance(limit, Doubt) else limit, limit_text=cells["limit"],
            closing=cells["closing"], responsible=cells["responsible"], supervising=cells["supervising"],
            legal_basis=basis, collection=cells["collection"])
        before = self.seen.get(rule.key)
        if before is not None:
            same = (before.limit, before.closing) == (rule.limit, rule.closing)
            code = "row.repeated" if same else "row.contradicts"
            text = f"与第 {before.number} 行是同一条" + ("" if same else "，但时限或结案条件不同")
            self._doubt(row, code, text, rule.condition, kept=False)
            return
        if isinstance(limit, Doubt):
            self._doubt(row, limit.code, limit.text, limit.raw, kept=True)
        self.seen[rule.key] = rule
        self.rows.append(rule)

    def _doubt(self, row: SheetRow, code: str, text: str, raw: str, *, kept: bool) -> None:
        self.doubts.append(RowDoubt(row.number, code, text, raw, kept))


def _cell(values: Mapping[str, str], headers: tuple[str, ...]) -> str:
    return next((values[header].strip() for header in headers if values.get(header)), "")


def compare(first: Iterable[StandardRow], second: Iterable[StandardRow]) -> tuple[Difference, ...]:
    """Where two readings of one standard disagree, by (kind, major, minor, condition), in the order of the keys.

    Only kinds that both sheets have are compared.
    """
    left = {row.key: row for row in first}
    right = {row.key: row for row in second}
    shared = {key[0] for key in left} & {key[0] for key in right}
    differences: list[Difference] = []
    for key in sorted(left.keys() | right.keys()):
        if key[0] not in shared:
            continue
        one, other = left.get(key), right.get(key)
        if one is None or other is None:
            what = "only_second" if one is None else "only_first"
            differences.append(Difference(what, key, *(row.limit_text if row else "" for row in (one, other))))
            continue
        if one.limit != other.limit:
            differences.append(Difference("limit", key, one.limit_text, other.limit_text))
        elif one.limit_text != other.limit_text:
            differences.append(Difference("limit_wording", key, one.limit_text, other.limit_text))
        if plain_words(one.closing) != plain_words(other.closing):
            differences.append(Difference("closing", key, one.closing, other.closing))
    return tuple(differences)
