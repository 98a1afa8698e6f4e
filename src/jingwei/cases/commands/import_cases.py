"""Take in a table of cases from another system: located, classified, each with one entry, as often as one likes.

Rows are read and checked first; what is taken is committed in short batches, each whole. A killed import is
simply run again: a case that is there already (by source and id) is left as it is.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction

from jingwei.accounts import queries as accounts
from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.cases import case_table, flow_book, workflow
from jingwei.cases.commands.numbers import next_number
from jingwei.cases.commands.step import TEXT_MOST, show_due
from jingwei.cases.errors import CaseError
from jingwei.cases.events import CaseEvent
from jingwei.cases.models import Case, Step
from jingwei.cases.words import checked, without_numbers
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal import commands as journal
from jingwei.journal.ports import Pace
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

BATCH = 50
_SPACE = UUID("018f3c1a-0000-7000-8000-6a696e677765")
_MANY_AT_ONE_POINT = 200


@dataclass
class Outcome:
    """What an import did. `repeated_points`: (lon, lat, how often) of points so frequent that they look like a
    fallback of the source rather than places."""

    taken: int = 0
    there_already: int = 0
    rejected: int = 0
    repeated_points: list[tuple[float, float, int]] = field(default_factory=list)


Reject = Callable[[Any, Refusal], None]


def import_cases(actor: Actor, rows: Iterable[Any], mapping: case_table.Mapping, *, reject: Reject,
                 progress: Callable[[int], None] = lambda count: None, dry_run: bool = False) -> Outcome:
    """`rows`: formats.tables rows (number, values). `reject` is told every row that was not taken, and why."""
    if not actor.holds(Right.CASE_IMPORT.value):
        raise no_right(actor, Right.CASE_IMPORT)
    outcome, points, seen = Outcome(), Counter[tuple[float, float]](), set[str]()
    importing = _Import(actor, mapping, reject, outcome, dry_run)
    importing.find_fallback()
    pace = Pace()
    batch: list[tuple[Any, case_table.Told]] = []
    for count, row in enumerate(rows, 1):
        try:
            told = case_table.read_row(row.values, mapping, clock.now())
            if told.source_id in seen:
                raise Refusal(CaseError.TWICE_IN_FILE, value=told.source_id)
        except Refusal as refusal:
            importing.turn_down(row, refusal)
            continue
        seen.add(told.source_id)
        points[told.lon, told.lat] += 1
        batch.append((row, told))
        if len(batch) == BATCH:
            importing.take(batch)
            batch = []
            progress(count)
            pace.keep()
    importing.take(batch)
    outcome.repeated_points = [(*point, times) for point, times in points.most_common(20)
                               if times >= _MANY_AT_ONE_POINT]
    return outcome


@dataclass
class _Import:
    actor: Actor
    mapping: case_table.Mapping
    reject: Reject
    outcome: Outcome
    dry_run: bool

    fallback: Any = None

    def find_fallback(self) -> None:
        """The area for points that lie in none, if the mapping names one."""
        code = self.mapping.defaults.get("area", "")
        if code:
            self.fallback = grids.place_by_code(code, generations())
            if self.fallback is None:
                raise Refusal(CaseError.BAD_MAPPING, what=f"defaults.area: {code}")

    def turn_down(self, row: Any, refusal: Refusal) -> None:
        self.outcome.rejected += 1
        self.reject(row, refusal)

    def take(self, batch: Sequence[tuple[Any, case_table.Told]]) -> None:
        """One batch, one transaction."""
        if not batch:
            return
        known = generations()
        there = set(Case.objects.filter(
            channel=self.mapping.channel, source_id__in=[self._source_id(told) for _, told in batch],
        ).values_list("source_id", flat=True))
        places = grids.locate_many([told.lon for _, told in batch], [told.lat for _, told in batch], known)
        ready: list[tuple[Case, case_table.Told]] = []
        with transaction.atomic():
            for (row, told), place in zip(batch, places, strict=True):
                if self._source_id(told) in there:
                    self.outcome.there_already += 1
                    continue
                try:
                    ready.append((self._case(told, place, known), told))
                except Refusal as refusal:
                    self.turn_down(row, refusal)
            if not self.dry_run:
                self._store(ready)
            self.outcome.taken += len(ready)

    def _source_id(self, told: case_table.Told) -> str:
        return f"{self.mapping.source}:{told.source_id}"

    def _case(self, told: case_table.Told, place: Any, known: dict[str, int]) -> Case:
        place = place or self.fallback
        if place is None:
            raise Refusal(CaseError.NO_AREA, lon=told.lon, lat=told.lat)
        if not self.actor.covers(Right.CASE_IMPORT.value, place.path):
            raise Refusal(CaseError.OUTSIDE, area=place.name)
        book = catalogue.book(known)
        found = book.by_code.get(told.class_code)
        if told.class_code and found is None:
            raise Refusal(CaseError.UNKNOWN_CLASS, code=told.class_code[:80])
        flow = flow_book.in_force(book.setting("flow_profile", place.path), place.path, known)
        if told.state not in flow.states:
            raise Refusal(CaseError.BAD_STATE, state=workflow.STATES[told.state][0],
                          why=f"不在此处的流程“{flow.name}”里")
        unit = self._unit(told, known)
        reported = told.times["reported_at"]
        assert reported is not None
        kind = workflow.STATES[told.state][1]
        local = reported.astimezone(ZoneInfo(self.mapping.zone))
        values: dict[str, Any] = {}
        case = Case(
            id=uuid5(_SPACE, f"{self.mapping.channel}/{self._source_id(told)}"), county=place.county,
            number="" if self.dry_run else next_number(place.county, local), state=told.state,
            profile=flow.code, profile_version=flow.version, channel=self.mapping.channel,
            text=without_numbers(checked(told.text, "情况说明", TEXT_MOST), values),
            place=without_numbers(checked(told.place, "位置描述", 256), values)[:256], lon=told.lon, lat=told.lat,
            cell=grids.cell(told.lon, told.lat), area_then_id=place.area_id, area_now_id=place.area_id,
            area_path=place.path, class_entry_id=found.id if found else None, unit_id=unit.id if unit else None,
            unit_path=unit.path if unit else "", reported_at=reported, filed_at=told.times["filed_at"],
            dispatched_at=case_table.dispatched(told), fed_back_at=told.times["handled_at"],
            state_at=self._since(told), due_at=told.times["due_at"] if kind == "open" else None,
            ended_at=told.times["closed_at"] or (reported if kind == "ended" else None),
            source_id=self._source_id(told))
        limit = case_table.handling_minutes(told)
        if limit is not None:
            case.handle_value, case.handle_unit = limit, "urgent_minute"
        if values and not self.dry_run:  # sealing makes the case's key
            case.private = journal.seal(f"case:{case.id}", values)
        return case

    @staticmethod
    def _unit(told: case_table.Told, known: dict[str, int]) -> Any:
        units = accounts.unit_book(known)
        unit = next((row for row in units.values() if row.code == told.unit_code), None) if told.unit_code else None
        if told.unit_code and unit is None:
            raise Refusal(CaseError.UNKNOWN_UNIT, unit=told.unit_code[:40])
        if unit is None and told.state in case_table.WITH_UNIT:
            raise Refusal(CaseError.MISSING, action="导入", what="处置单位")
        return unit

    @staticmethod
    def _since(told: case_table.Told) -> datetime:
        past = [at for name, at in told.times.items() if at and name != "due_at"]
        return max(past)

    def _store(self, ready: list[tuple[Case, case_table.Told]]) -> None:
        steps: list[Step] = []
        for case, told in ready:
            finished = case_table.stays(told)
            case.step = len(finished) + 1
            steps += [
                Step(case_id=case.id, number=number, state=state, began_at=began, ended_at=ended, action="import",
                     unit_id=case.unit_id if state == "handling" else None,
                     due_at=told.times["due_at"] if state in ("handling", "filed") else None)
                for number, (state, began, ended) in enumerate(finished, 1)]
        Case.objects.bulk_create([case for case, _ in ready])
        Step.objects.bulk_create(steps)
        for case, _ in ready:
            show_due(case) if workflow.STATES[case.state][1] != "ended" else None
            journal.record(
                self.actor, journal.Tail(f"case:{case.id}"), CaseEvent.IMPORTED,
                {"to": case.state, "step": case.step, "channel": case.channel, "number": case.number,
                 "source": case.source_id, "area": case.area_then_id}, area_path=case.area_path)
