"""A table of new reports looked at row by row, by the rules of every report. Writes nothing."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from jingwei.accounts.queries import Right, require
from jingwei.cases import batch_table, timing, workflow
from jingwei.cases.batch_errors import BatchError, BatchRemark
from jingwei.cases.batch_table import MOST_ROWS, TEXT, Told
from jingwei.cases.commands.report import Report, examine
from jingwei.cases.errors import CaseError
from jingwei.cases.models import BatchRow
from jingwei.catalogue import queries as catalogue
from jingwei.formats import imports
from jingwei.formats.errors import FormatError
from jingwei.formats.rows import Table
from jingwei.formats.table_writing import REJECT_COLUMNS
from jingwei.formats.tables import read_table
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations, keyed_hash
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import ErrorCode, Refusal
from jingwei.kernel.ids import new_id
from jingwei.kernel.wording import Words

SAMPLE = 20
REMEMBERED = timedelta(days=30)  # for which a row that tells the very same is taken for the same report
_TOGETHER = 500
_UNUSED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One of the first rows as it would be filed."""

    row: int
    text: str
    place: str
    area_name: str
    class_name: str
    channel_name: str


@dataclass(frozen=True)
class BatchChecked(imports.Told):
    """`counts`: added, of rows that would be filed; unchanged, of those filed before; rejected. `areas`: where they lie, the most first."""

    sample: tuple[SampleLine, ...] = ()
    areas: tuple[tuple[str, int], ...] = ()
    same_before: int = 0


@dataclass(frozen=True, slots=True)
class Ready:
    """A row that may be filed."""

    number: int
    told: Told
    lon: float
    lat: float
    class_code: str
    digest: str
    area_name: str


@dataclass(slots=True)
class Fault:
    """Why a row is not filed, or (row 0) what is odd about the file."""

    row: int
    reason: ErrorCode
    details: dict[str, Any]

    def text(self, language: str = "zh") -> str:
        return Refusal(self.reason, **self.details).text(language)


@dataclass(slots=True)
class Examined:
    """`there`: rows left out since this very file filed them; `same_before`: since another did lately."""

    file_hash: str
    ready: list[Ready] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    there: int = 0
    same_before: int = 0

    @property
    def bad(self) -> int:
        return len({fault.row for fault in self.faults})


def check_batch(actor: Actor, data: bytes, *, channel: str = "hotline", anew: bool = False) -> BatchChecked:
    """What filing this table would do. Some statements for the whole of it, however many rows it has."""
    found = look(actor, data, channel=channel, anew=anew)
    rejects, listed = imports.rejected(found.faults, partial(opened, data))
    book = catalogue.book(generations())
    sample = tuple(SampleLine(
        each.number, each.told.text[:120], each.told.place[:60], each.area_name,
        book.by_code[each.class_code].name if each.class_code else "", workflow.CHANNEL_NAMES[each.told.channel])
        for each in found.ready[:SAMPLE])
    areas = tuple(Counter(each.area_name for each in found.ready).most_common(SAMPLE))
    return BatchChecked(True, imports.Counts(added=len(found.ready), unchanged=found.there + found.same_before, rejected=len(rejects)),
                        imports.said(found.remarks), rejects, listed, sample=sample, areas=areas, same_before=found.same_before)


def look(actor: Actor, data: bytes, *, channel: str, anew: bool) -> Examined:
    """Every row read and checked. Refuses what is wrong with the table as a whole."""
    require(actor, Right.CASE_REPORT)
    if channel not in batch_table.OFFERED:
        raise Refusal(CaseError.UNKNOWN_CHANNEL, channel=channel[:30], possible=Words(
            "、".join(workflow.CHANNEL_NAMES[name] for name in batch_table.OFFERED), ", ".join(batch_table.OFFERED)))
    found = Examined(hashlib.sha256(data).hexdigest())
    rows = _read(data, channel, found)
    places = grids.points_inside(told.grid for _, told in rows if told.lon is None)
    looking = _Looking(actor, found, places, generations(), clock.now())
    for number, told in rows:
        try:
            looking.take(number, told)
        except Refusal as refusal:
            found.faults.append(Fault(number, refusal.reason, refusal.details))
    _leave_out(found, anew)
    return found


def opened(data: bytes) -> Table:
    """The table, found by the column of what happened under any of its names."""
    first: Refusal | None = None
    for name in (TEXT, *batch_table.COLUMNS[TEXT]):
        try:
            return read_table(data, required=(name,))
        except Refusal as refusal:
            if refusal.reason is not FormatError.COLUMNS_MISSING:
                raise
            first = first or refusal
    assert first is not None
    raise first


def _read(data: bytes, channel: str, found: Examined) -> list[tuple[int, Told]]:
    table, zone, rows = opened(data), timing.zone(), []
    columns, unused = batch_table.known(table.columns)
    unused = [name for name in unused if name not in REJECT_COLUMNS]
    if unused:
        found.remarks.append(Fault(0, BatchRemark.UNUSED_COLUMNS, {"columns": "、".join(name[:20] for name in unused[:_UNUSED_SHOWN])}))
    for count, row in enumerate(table, 1):
        if count > MOST_ROWS:
            raise Refusal(BatchError.TOO_MANY_ROWS, most=MOST_ROWS)
        told, wrong = batch_table.read_row(row.values, columns, zone, channel)
        found.faults += [Fault(row.number, each.reason, each.details) for each in wrong]
        if told is not None:
            rows.append((row.number, told))
    return rows


@dataclass(slots=True)
class _Looking:
    actor: Actor
    found: Examined
    inside: dict[str, tuple[float, float]]
    known: dict[str, int]
    at: datetime
    first: dict[str, int] = field(default_factory=dict)     # digest → the row where it first stood
    classes: dict[str, str] = field(default_factory=dict)   # word → full code

    def take(self, number: int, told: Told) -> None:
        if told.lon is None or told.lat is None:
            if told.grid not in self.inside:
                raise Refusal(BatchError.UNKNOWN_GRID, code=told.grid)
            lon, lat = self.inside[told.grid]
        else:
            lon, lat = told.lon, told.lat
        code = self._class(told.class_word)
        place = examine(self.actor, report_of(told, lon, lat, code), self.at, self.known)
        digest = keyed_hash("batch_row", batch_table.same(told, lon, lat, code))
        if (first := self.first.setdefault(digest, number)) != number:
            raise Refusal(BatchError.SAME_ROW, first=first)
        self.found.ready.append(Ready(number, told, lon, lat, code, digest, place.name))

    def _class(self, word: str) -> str:
        if word and word not in self.classes:
            self.classes[word] = class_of(word, self.known)
        return self.classes.get(word, "")


def class_of(word: str, known: dict[str, int]) -> str:
    """The full code of the class meant by its code or its name; of several, the one of a scheme that is offered."""
    book = catalogue.book(known)
    row = book.by_code.get(word)
    if row is not None and row.active:
        return row.full_code
    named = [row for row in book.classes.values() if row.active and row.name == word]
    if len(named) > 1:
        offered = {code.strip() for code in book.setting("offered_schemes").split(",")}
        named = [row for row in named if row.scheme in offered] or named
    if len(named) > 1:
        raise Refusal(BatchError.SEVERAL_CLASSES, word=word[:40], codes="、".join(sorted(row.full_code for row in named)[:5]))
    if not named:
        raise Refusal(BatchError.UNKNOWN_CLASS, word=word[:40])
    return named[0].full_code


def report_of(told: Told, lon: float, lat: float, class_code: str) -> Report:
    return Report(id=new_id(), text=told.text, lon=lon, lat=lat, place=told.place, channel=told.channel, class_code=class_code,
                  contact_name=told.name, contact_phone=told.phone, found_at=told.found_at)


def key_of(file_hash: str, number: int) -> str:
    """By which a row of a file is known for ever."""
    return f"{file_hash}:{number}"


def _leave_out(found: Examined, anew: bool) -> None:
    """Rows that this very file filed before, and those that tell what was filed lately (unless that is wanted `anew`)."""
    filed = set(_among("key", [key_of(found.file_hash, each.number) for each in found.ready]))
    kept = [each for each in found.ready if key_of(found.file_hash, each.number) not in filed]
    found.there = len(found.ready) - len(kept)
    if found.there:
        found.remarks.append(Fault(0, BatchRemark.FILED_FROM_FILE, {"count": found.there}))
    if not anew:
        lately = set(_among("digest", [each.digest for each in kept], key__isnull=False, at__gt=clock.now() - REMEMBERED))
        found.same_before = sum(each.digest in lately for each in kept)
        kept = [each for each in kept if each.digest not in lately]
    if found.same_before:
        found.remarks.append(Fault(0, BatchRemark.THERE_BEFORE, {"count": found.same_before}))
    found.ready = kept


def _among(column: str, values: Sequence[str], **narrowed: Any) -> list[str]:
    there: list[str] = []
    for start in range(0, len(values), _TOGETHER):
        some = BatchRow.objects.filter(**{f"{column}__in": values[start:start + _TOGETHER]}, **narrowed)
        there += some.values_list(column, flat=True)
    return there
