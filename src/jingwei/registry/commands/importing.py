"""Parts from a file, in batches (CAT-02, CAT-03): every row checked, each batch one short transaction with one entry.

A row whose number stands already brings that part up to the file; a row without number is the part of its class at the
very same place. So the same file again changes nothing, and a run that was cut off is simply repeated.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from jingwei.accounts.queries import Right, require
from jingwei.catalogue import queries as catalogue
from jingwei.formats.source import MB, Source, chunks
from jingwei.grids import queries as grids
from jingwei.journal import commands as journal
from jingwei.journal.errors import JournalError
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import new_id
from jingwei.kernel.wording import Words
from jingwei.registry.commands import reading_files
from jingwei.registry.commands.describing import GIVEN, described, in_order, unit_codes
from jingwei.registry.commands.numbering import fits, next_numbers, taken
from jingwei.registry.commands.outcome import Outcome
from jingwei.registry.commands.parts import component, plain
from jingwei.registry.commands.placing import columns, within_reach
from jingwei.registry.commands.reading_files import Reading, Row
from jingwei.registry.days import today
from jingwei.registry.errors import PartError, PartRemark
from jingwei.registry.events import PartsEvent
from jingwei.registry.models import Part, PartChange, PartNumber
from jingwei.registry.parts import numbers
from jingwei.registry.parts.states import RETIRED, STATES

BATCH = 500
_LARGEST = 1_024 * MB
Progress = Callable[[int, int], None]


def import_parts(actor: Actor, source: Source, *, scheme: str = "", crs: str = "", layer: str = "", sheet: str = "",
                 dry_run: bool = False, progress: Progress | None = None) -> tuple[Outcome, Reading]:
    """Take parts from a map layer or a table with coordinates. `scheme`: by which the classes are coded; left out, the
    one that is offered. `crs`: needed where the file does not name it; tables are WGS-84 degrees without it.
    """
    require(actor, Right.PART_MANAGE)
    outcome = Outcome(dry_run)
    known = generations()
    by_scheme = scheme_of(scheme, known)
    reading = reading_files.read(source, outcome, crs=crs, layer=layer, sheet=sheet)
    named = frozenset(number for row in reading.rows if (number := row.values.get("number", "")))
    taking = _Taking(actor, by_scheme, outcome, f"part_import:{_digest(source)}", named)
    for start in range(0, len(reading.rows), BATCH):
        taking.take(reading.rows[start:start + BATCH])
        if progress:
            progress(min(start + BATCH, len(reading.rows)), len(reading.rows))
    outcome.remarks.sort(key=lambda remark: remark.row)
    if outcome.rejected and not dry_run and not (outcome.added or outcome.changed or outcome.unchanged):
        raise Refusal(PartError.NOTHING_TAKEN, refused=len({remark.row for remark in outcome.rejected}),
                      first=outcome.rejected[0].text(), findings=outcome.rejected)
    return outcome, reading


def scheme_of(wanted: str, known: dict[str, int]) -> str:
    """The scheme that is meant: the one named, else the only one offered. Refuses one that has no components."""
    book = catalogue.book(known)
    there = {row.scheme for row in book.classes.values() if row.kind == "component"}
    if wanted:
        if wanted not in there:
            raise Refusal(PartError.UNKNOWN_SCHEME, scheme=wanted[:40])
        return wanted
    offered = [code.strip() for code in book.setting("offered_schemes").split(",") if code.strip() in there]
    if len(offered) != 1:
        raise Refusal(PartError.WHICH_SCHEME, offered="、".join(offered) or "-")
    return offered[0]


@dataclass(slots=True)
class _Meant:
    """A row that may be taken: its class, place and columns. `part`: the one it brings up to the file."""

    row: Row
    entry: Any
    place: Any
    columns: dict[str, Any]
    part: Part | None = None


@dataclass(slots=True)
class _Taking:
    actor: Actor
    scheme: str
    outcome: Outcome
    subject: str
    named: frozenset[str]  # every number that the file gives: none of them is given to another row
    first: dict[Any, int] = field(default_factory=dict)  # what identifies a row → the row where it first stood

    def take(self, rows: Sequence[Row]) -> None:
        """One batch: looked at, then written in one transaction."""
        known = generations()
        places = grids.locate_many([row.shape.lon for row in rows], [row.shape.lat for row in rows], known)
        units = unit_codes(known)
        meant = []
        for row, place in zip(rows, places, strict=True):
            try:
                meant.append(self._meant(row, place, units, known))
            except Refusal as refusal:
                self.outcome.turn_down(row.number, refusal)
        if not meant:
            return
        if self.outcome.dry_run:
            self._sorted_out(meant, lock=False)
            return
        try:
            with transaction.atomic():
                self._write(meant)
        except IntegrityError as error:
            raise Refusal(JournalError.OVERTAKEN) from error

    def _meant(self, row: Row, place: Any, units: Any, known: dict[str, int]) -> _Meant:
        number = row.values.get("number", "")
        entry = component(self._class_code(row.values, number), known)
        place = within_reach(self.actor, place, row.shape)
        if number:
            fits(number, place.county, entry.code)
        told = described({key: row.values[key] for key in GIVEN if key in row.values}, units, today())
        key = number or (entry.id, row.shape.wkb)
        if (first := self.first.setdefault(key, row.number)) != row.number:
            raise Refusal(PartRemark.REPEATED, first=first)
        for reason, details in told.remarks:
            self.outcome.note(row.number, reason, **details)
        if (given := row.values.get("unit_grid", "")) and given != place.code:
            self.outcome.note(row.number, PartRemark.OTHER_GRID, given=given[:32], found=place.code)
        return _Meant(row, entry, place, {**told.columns, **columns(row.shape, place)})

    def _class_code(self, values: dict[str, str], number: str) -> str:
        """The class by its own column, else as the number tells it."""
        code = values.get("class_code", "")
        if "/" in code:
            return code
        if not code:
            found = numbers.apart(number)
            if found is None:
                raise Refusal(PartError.BAD_NUMBER, number=number[:24], digits=Words("16 或 17", "16 or 17"))
            code = found.class_code
        return f"{self.scheme}/component/{code}"

    def _sorted_out(self, meant: list[_Meant], *, lock: bool) -> tuple[list[_Meant], list[tuple[_Meant, dict[str, Any]]]]:
        """New parts, and those that stand with what the file changes about them. Counts what it comes to."""
        fresh, changes = [], []
        there = self._there(meant, lock=lock)
        gone = taken([each.row.values["number"] for each in meant if each.row.values.get("number")])
        for each in meant:
            number = each.row.values.get("number", "")
            each.part = there.get(number or (each.entry.id, each.row.shape.wkb))
            try:
                changed = self._changes(each) if each.part else None
                if each.part is None and number in gone:
                    raise Refusal(PartError.NUMBER_TAKEN, number=number)
                if each.part is None:
                    self._complete(each)
            except Refusal as refusal:
                self.outcome.turn_down(each.row.number, refusal)
                continue
            if each.part is None:
                fresh.append(each)
            elif changed:
                changes.append((each, changed))
            else:
                self.outcome.unchanged += 1
        self.outcome.added += len(fresh)
        self.outcome.changed += len(changes)
        return fresh, changes

    def _there(self, meant: list[_Meant], *, lock: bool) -> dict[Any, Part]:
        """Parts that stand, by number, and those at the very place of a row without number, by class and shape."""
        rows = Part.objects.select_for_update(of=("self",)) if lock else Part.objects.all()
        given = [number for each in meant if (number := each.row.values.get("number", ""))]
        found: dict[Any, Part] = {part.number: part for part in rows.filter(number__in=given)}
        bare = [each for each in meant if not each.row.values.get("number")]
        if bare:
            cells = {each.columns["cell"] for each in bare}
            near = rows.filter(cell__in=cells, class_entry_id__in={each.entry.id for each in bare}).exclude(state__in=RETIRED)
            found |= {(part.class_entry_id, bytes(part.wkb)): part for part in near.order_by("-number")}
        return found

    def _complete(self, each: _Meant) -> None:
        """What a new part has where the file says nothing."""
        each.columns.setdefault("name", each.entry.name)
        each.columns["surveyed_on"] = each.columns.get("surveyed_on") or today()
        in_order(each.columns["surveyed_on"], each.columns.get("changed_on"))

    def _changes(self, each: _Meant) -> dict[str, Any]:
        """What the file says otherwise than the register. A retired part is left as it is."""
        part = each.part
        assert part is not None
        if part.state in RETIRED:
            if each.columns.get("state", part.state) == part.state:
                return {}
            raise Refusal(PartError.RETIRED, number=part.number, state=Words(STATES[part.state], part.state))
        same_place = bytes(part.wkb) == each.row.shape.wkb
        placed = set(columns(each.row.shape, each.place))
        changed = {name: value for name, value in each.columns.items()
                   if not (same_place and name in placed) and value is not None
                   and value != (bytes(part.wkb) if name == "wkb" else getattr(part, name))}
        if changed.keys() & {"state", "wkb"} and "changed_on" not in changed:
            changed["changed_on"] = each.columns.get("changed_on") or today()
        if changed:
            in_order(changed.get("surveyed_on", part.surveyed_on), changed.get("changed_on", part.changed_on))
        return changed

    def _write(self, meant: list[_Meant]) -> None:
        tail = journal.hold(self.subject)
        fresh, changes = self._sorted_out(meant, lock=True)
        if not fresh and not changes:
            return
        at = clock.now()
        self._insert(fresh, at)
        told = []
        for each, changed in changes:
            part = each.part
            assert part is not None
            before = plain(part, changed)
            Part.objects.filter(pk=part.pk).update(**changed)
            for name, value in changed.items():
                setattr(part, name, value)
            after = plain(part, changed)
            told.append(self._history(part, at, {name: [before[name], value] for name, value in after.items()}))
        PartChange.objects.bulk_create(told)
        rows = [each.row.number for each in fresh] + [each.row.number for each, _ in changes]
        paths = [each.place.path for each in fresh] + [each.place.path for each, _ in changes]
        journal.record(self.actor, tail, PartsEvent.IMPORTED, {
            "added": len(fresh), "changed": len(changes), "scheme": self.scheme, "rows": [min(rows), max(rows)]},
            area_path=_shared(paths))

    def _insert(self, fresh: list[_Meant], at: datetime) -> None:
        given = self._numbers(fresh)
        parts = [Part(id=new_id(), number=number, county=each.place.county, class_entry_id=each.entry.id,
                      area_then_id=each.place.area_id, **each.columns) for each, number in zip(fresh, given, strict=True)]
        Part.objects.bulk_create(parts, batch_size=100)
        PartNumber.objects.bulk_create([PartNumber(number=part.number, part=part) for part in parts])
        PartChange.objects.bulk_create([self._history(part, at, {"number": [None, part.number]}) for part in parts])

    def _numbers(self, fresh: list[_Meant]) -> Iterator[str]:
        """The numbers of new parts in order: those given, and for the others the next free ones of county and class."""
        wanted: dict[tuple[str, str], int] = {}
        for each in fresh:
            if not each.row.values.get("number"):
                kind = (each.place.county, each.entry.code)
                wanted[kind] = wanted.get(kind, 0) + 1
        given = {kind: iter(next_numbers(*kind, count, avoid=self.named)) for kind, count in sorted(wanted.items())}
        return iter([each.row.values.get("number") or next(given[each.place.county, each.entry.code]) for each in fresh])

    def _history(self, part: Part, at: datetime, what: dict[str, Any]) -> PartChange:
        return PartChange(part=part, at=at, by=self.actor.user_id, via=self.actor.via, verb=PartsEvent.IMPORTED.value, what=what)


def _shared(paths: Sequence[str]) -> str:
    """The path of the smallest area that holds all of these."""
    low, high = min(paths), max(paths)
    while not high.startswith(low):
        low = low[:low.rfind("/", 0, -1) + 1]
    return low


def _digest(source: Source) -> str:
    digest = hashlib.sha256()
    for piece in chunks(source, _LARGEST):
        digest.update(piece)
    return digest.hexdigest()[:40]
