"""Tables of divisions and other trees: one row per area, the parent by its code.

Two shapes are told apart by their columns:
  whole    code, name, parent_code[, level][, kind]   12-digit divisions, 15-digit units, any scheme's codes
  cut off  code, name[, areaCode][, cityCode][, provinceCode]   codes end after their level: 2, 4, 6, 9 digits
Columns may bear their Chinese names. Level and kind of a division code follow from its digits.
"""

from collections.abc import Iterable, Mapping

from jingwei.formats.rows import Row
from jingwei.grids import codes
from jingwei.grids.codes import Kind, Level, Scheme
from jingwei.grids.errors import GridError
from jingwei.grids.findings import Found, Remark, found, taken_over
from jingwei.grids.rows import Draft, Known, Reading, arrange, clean_name, nothing_known, without_repeats
from jingwei.kernel.errors import Refusal

_COLUMNS = {
    "code": ("code", "编码", "代码", "区划代码", "统计用区划代码", "网格编码"),
    "name": ("name", "名称", "区划名称", "网格名称"),
    "parent": ("parent_code", "上级编码", "上级代码", "所属编码"),
    "level": ("level", "级别", "层级"),
    "kind": ("kind", "类型", "类别"),
}
_UPWARDS = ("areaCode", "cityCode", "provinceCode")  # the nearest level first
_KINDS = {
    "省": Kind.PROVINCE, "市": Kind.CITY, "县": Kind.COUNTY, "区": Kind.COUNTY, "街道": Kind.STREET,
    "镇": Kind.TOWN, "乡": Kind.TOWNSHIP, "社区": Kind.COMMUNITY, "居委会": Kind.COMMUNITY,
    "村": Kind.VILLAGE, "村委会": Kind.VILLAGE, "责任网格": Kind.RESPONSIBILITY, "单元网格": Kind.UNIT,
    "组": Kind.GROUP, "村民小组": Kind.GROUP, "居民小组": Kind.GROUP, "网格": Kind.GRID,
    **{kind.value: kind for kind in Kind},
}

Record = Mapping[str, str]


def read(table: Iterable[Row], known: Known = nothing_known, *, top_level: int = 1) -> Reading:
    """Read the rows of a table. `known` gives the level of parents that stand outside the file.

    `top_level`: level of a root whose code does not tell it. Raises `grids.columns_missing` where the
    columns fit neither shape.
    """
    findings: list[Found] = []
    refused: set[str] = set()
    drafts: list[Draft] = []
    reader: _Reader | None = None
    for number, _, record, noticed in table:
        if noticed:
            findings += [taken_over(number, finding) for finding in noticed]
        if reader is None:
            reader = _reader_for(record)
        draft = reader.draft(number, record, findings)
        if draft is None:
            refused.add(reader.code_of(record))
        else:
            drafts.append(draft)
    kept = without_repeats(drafts, findings)
    rows = arrange(kept, findings, known, top_level=top_level, refused=frozenset(refused - kept.keys()))
    findings.sort(key=lambda one: one.row)
    return Reading(rows, findings)


class _Reader:
    """Knows which column is which, and turns one record into a draft."""

    def __init__(self, columns: dict[str, str], upwards: tuple[str, ...], cut_off: bool) -> None:
        self._code = columns["code"]
        self._name = columns["name"]
        self._columns = columns
        self._upwards = upwards
        self._cut_off = cut_off

    def code_of(self, record: Record) -> str:
        code = record[self._code].strip()
        return code.ljust(12, "0") if self._cut_off else code

    def draft(self, row: int, record: Record, findings: list[Found]) -> Draft | None:
        code = self._whole(record[self._code].strip(), row, findings)
        if code is None:
            return None
        name = clean_name(record[self._name], row, findings)
        if name is None:
            return None
        parent = self._parent(record, row, findings)
        if parent is None:
            return None
        if self._cut_off and parent == code:
            findings.append(found(row, Remark.SAME_AS_PARENT, parent=parent))
            return None
        return self._classed(Draft(row, code, name, parent, 0, Kind.GRID, self._cell(record, "level")),
                             self._cell(record, "kind"), findings)

    def _whole(self, text: str, row: int, findings: list[Found]) -> str | None:
        try:
            code = codes.padded_division(text) if self._cut_off else codes.clean_code(text)
        except Refusal:
            findings.append(found(row, Remark.BAD_CODE, code=text[:40]))
            return None
        if len(code) == 14 and codes.scheme_of(code) is Scheme.OLD_UNIT:
            old, code = code, str(codes.from_old_unit_code(code))
            findings.append(found(row, Remark.OLD_CODE, old=old, code=code))
        return code

    def _parent(self, record: Record, row: int, findings: list[Found]) -> str | None:
        if self._cut_off:
            given = next((record[column].strip() for column in self._upwards if record[column].strip()), "")
        else:
            given = self._cell(record, "parent")
        if not given:
            return ""
        try:
            return codes.padded_division(given) if self._cut_off else codes.clean_code(given)
        except Refusal:
            findings.append(found(row, Remark.NO_PARENT, parent=given[:40]))
            return None

    def _classed(self, draft: Draft, kind: str, findings: list[Found]) -> Draft:
        """The draft with level and kind as its code tells them, else as given."""
        scheme = codes.scheme_of(draft.code)
        if scheme is Scheme.DIVISION:
            return _division(draft, findings)
        chosen = _KINDS.get(kind, Kind.GRID)
        if scheme is Scheme.UNIT and kind in ("", Kind.UNIT.value, "单元网格"):
            return draft._replace(level=Level.UNIT, kind=Kind.UNIT, parent=draft.parent or draft.code[:12])
        given = draft.given_level
        level = int(given) if len(given) == 1 and given in "123456789" else 0
        return draft._replace(level=level, kind=chosen)

    def _cell(self, record: Record, column: str) -> str:
        return record[self._columns[column]].strip() if column in self._columns else ""


def _division(draft: Draft, findings: list[Found]) -> Draft:
    level, kind, expected = codes.division(draft.code)
    if kind is None:
        findings.append(found(draft.row, Remark.NO_KIND, code=draft.code))
        kind = Kind.JOINT
    if draft.parent != expected and draft.parent:
        findings.append(found(draft.row, Remark.OTHER_PARENT, parent=draft.parent, expected=expected))
    return draft._replace(level=level, kind=kind, parent=draft.parent or expected)


def _reader_for(record: Record) -> _Reader:
    columns = {wanted: name for wanted, names in _COLUMNS.items() for name in names[::-1] if name in record}
    upwards = tuple(name for name in _UPWARDS if name in record)
    missing = [wanted for wanted in ("code", "name") if wanted not in columns]
    if missing:
        raise Refusal(GridError.COLUMNS_MISSING, missing=", ".join(missing), seen=", ".join(record))
    bare = "parent" not in columns and "level" not in columns
    cut_off = bare and (bool(upwards) or len(record[columns["code"]].strip()) in (2, 4, 6, 9))
    return _Reader(columns, upwards, cut_off)
