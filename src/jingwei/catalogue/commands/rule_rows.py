"""Rows of the table of responsible units, read and checked one by one. A rule that points nowhere is not taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.catalogue.commands.outcome import Outcome, Row, cell, kind_in, repeated
from jingwei.catalogue.errors import RowError
from jingwei.catalogue.limits import Doubt, read_limit
from jingwei.catalogue.models import Scheme
from jingwei.catalogue.when import LONGEST, read_when
from jingwei.grids import queries as grids
from jingwei.journal import queries as journal_queries
from jingwei.kernel.actor import Actor

HEADERS = {
    "kind": ("类别", "kind"),
    "code": ("分类代码", "代码", "code"),
    "area": ("区域编码", "区域", "area"),
    "unit": ("责任单位编码", "单位编码", "unit"),
    "owner": ("权属单位", "owner"),
    "when": ("时间", "when"),
    "helpers": ("协办单位编码", "helpers"),
    "hint": ("时限建议", "hint"),
    "automatic": ("自动派遣", "automatic"),
    "note": ("备注", "note"),
}
MOST_HELPERS = 5
_OWNER_LONGEST = 100
_YES, _NO = {"是", "yes", "1", "true"}, {"否", "", "no", "0", "false"}

Key = tuple[str, str, int | None, str, str]  # kind, prefix, area, owner, times


class _Place(NamedTuple):
    id: int | None
    path: str


@dataclass(frozen=True, slots=True)
class Draft:
    """None in `helpers`, `hint`, `automatic`: the table does not have the column."""

    row: int
    kind: str
    prefix: str
    area_id: int | None
    owner: str
    at_times: str
    unit_id: int | None
    note: str
    helpers: tuple[int, ...] | None
    hint: tuple[Decimal | None, str] | None
    automatic: bool | None

    @property
    def key(self) -> Key:
        return self.kind, self.prefix, self.area_id, self.owner, self.at_times


class _Odd(Exception):
    """A cell that keeps its row from being taken."""

    def __init__(self, reason: RowError, **details: object) -> None:
        super().__init__(reason)
        self.reason, self.details = reason, details


class Reader:
    """Turns rows into drafts; asks for each area and unit once."""

    def __init__(self, actor: Actor, scheme: Scheme, outcome: Outcome) -> None:
        self.actor = actor
        self.outcome = outcome
        self.codes = set(scheme.entries.filter(active=True).values_list("kind", "code"))
        self.generations = journal_queries.generations()
        self.areas: dict[str, _Place | None] = {"": _Place(None, "")}
        self.units: dict[str, int | None] = {}

    def read(self, rows: list[Row]) -> list[Draft]:
        seen: dict[Key, int] = {}
        drafts = []
        for row in rows:
            try:
                draft = self._draft(row)
            except _Odd as odd:
                self.outcome.reject(row.number, odd.reason, **odd.details)
                continue
            if not repeated(self.outcome, seen, draft.key, row.number):
                drafts.append(draft)
        return drafts

    def _draft(self, row: Row) -> Draft:
        kind, code = self._class(row)
        area, unit = cell(row, HEADERS["area"]), cell(row, HEADERS["unit"], required=True)
        place = self._place(area)
        if place is None or not self.actor.covers(Right.CATALOGUE_MANAGE.value, place.path):
            raise _Odd(RowError.AREA, area=area[:40] or "全部区域")
        unit_id = self._unit(unit) if unit else None
        return Draft(row.number, kind, code, place.id, cell(row, HEADERS["owner"])[:_OWNER_LONGEST], _times(row), unit_id,
                     cell(row, HEADERS["note"])[:200], self._helpers(row, unit_id), _hint(row), _automatic(row, unit_id))

    def _class(self, row: Row) -> tuple[str, str]:
        text, code = cell(row, HEADERS["kind"], required=True), cell(row, HEADERS["code"], required=True)
        kind = kind_in(text)
        if kind is None:
            raise _Odd(RowError.KIND, kind=text[:20])
        if code and (kind, code) not in self.codes:
            raise _Odd(RowError.CLASS, code=code[:20])
        return kind, code

    def _place(self, code: str) -> _Place | None:
        if code not in self.areas:
            found = grids.place_by_code(code, self.generations)
            self.areas[code] = _Place(found.area_id, found.path) if found else None
        return self.areas[code]

    def _unit(self, code: str) -> int:
        if code not in self.units:
            found = accounts.unit_by_code(code)
            self.units[code] = found.id if found is not None and found.active else None
        unit_id = self.units[code]
        if unit_id is None:
            raise _Odd(RowError.UNIT, unit=code[:40])
        return unit_id

    def _helpers(self, row: Row, unit_id: int | None) -> tuple[int, ...] | None:
        if not _has(row, "helpers"):
            return None
        text = cell(row, HEADERS["helpers"])
        for sign in "，,；;":
            text = text.replace(sign, "、")
        codes = [code.strip() for code in text.split("、") if code.strip()]
        found = tuple(dict.fromkeys(self._unit(code) for code in codes))
        if found and (unit_id is None or unit_id in found or len(found) > MOST_HELPERS):
            raise _Odd(RowError.HELPERS, most=MOST_HELPERS)
        return found


def refuse_meeting(outcome: Outcome, drafts: list[Draft], there: Iterable[Key]) -> list[Draft]:
    """Leave out rows whose times meet those of another rule for the same, where neither says when more closely."""
    mine = {draft.key for draft in drafts}
    times: dict[tuple[str, str, int | None, str], list[tuple[str, int]]] = {}
    for *same, at_times in (key for key in there if key not in mine and key[4]):
        times.setdefault(tuple(same), []).append((at_times, 0))  # type: ignore[arg-type]
    kept = []
    for draft in drafts:
        others = times.setdefault(draft.key[:4], [])
        when = read_when(draft.at_times)
        met = next(((text, row) for text, row in others if when and (other := read_when(text)) and when.meets(other)), None)
        if met is not None:
            outcome.reject(draft.row, RowError.TIMES_MEET, when=met[0])
            continue
        if draft.at_times:
            others.append((draft.at_times, draft.row))
        kept.append(draft)
    return kept


def _has(row: Row, name: str) -> bool:
    return any(header in row.values for header in HEADERS[name])


def _times(row: Row) -> str:
    text = cell(row, HEADERS["when"])
    try:
        when = read_when(text)
    except ValueError as error:
        raise _Odd(RowError.TIMES, part=str(error)[:40]) from error
    kept = when.text if when else ""
    if len(kept) > LONGEST:
        raise _Odd(RowError.TIMES, part=kept[:40])
    return kept


def _hint(row: Row) -> tuple[Decimal | None, str] | None:
    if not _has(row, "hint"):
        return None
    text = cell(row, HEADERS["hint"])
    if not text:
        return None, ""
    read = read_limit(text)
    if isinstance(read, Doubt) or read.season:
        raise _Odd(RowError.HINT, why=read.text if isinstance(read, Doubt) else "不能写种植季")
    return read.value, read.unit


def _automatic(row: Row, unit_id: int | None) -> bool | None:
    if not _has(row, "automatic"):
        return None
    text = cell(row, HEADERS["automatic"]).lower()
    if text in _NO:
        return False
    if text not in _YES or unit_id is None:
        raise _Odd(RowError.AUTOMATIC, found=text[:20])
    return True
