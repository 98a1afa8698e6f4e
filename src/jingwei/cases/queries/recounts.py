"""What a correction of the calendar would change, and what the runs that recounted deadlines found."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jingwei.accounts import queries as accounts
from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.cases import timing, workflow
from jingwei.cases.commands.recount.ask import ground_of
from jingwei.cases.commands.recount.gather import COLUMNS, RUNNING, Calendars, Moved, moved_of
from jingwei.cases.models import Case, Recount, RecountLine
from jingwei.cases.stays import change_between
from jingwei.cases.worktime import book_of
from jingwei.catalogue import commands as catalogue_commands
from jingwei.catalogue import queries as catalogue
from jingwei.formats.table_writing import csv_text
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.paths import span, within

LOOKED_AT = 1000
SHOWN = 50
KINDS = {"moved": "到期时间已调整", "wakes": "挂账恢复时间已调整", "judged": "已办结，判定会不同（未改）"}


@dataclass(frozen=True, slots=True)
class RecountedLine:
    """One deadline: as it was, as it is or would be, and why."""

    case_id: UUID
    number: str
    step: int
    stage_name: str
    unit_name: str
    kind: str
    before: datetime
    after: datetime
    ended_at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class CalendarEffects:
    """Of `running` cases with a deadline that a changed day may touch, `looked_at` were reckoned, the soonest due first; `moved` move."""

    changed: bool
    running: int
    looked_at: int
    moved: int
    lines: list[RecountedLine]


@dataclass(frozen=True, slots=True)
class RecountRun:
    """One run. `phase`: open, pauses, ended, done."""

    id: UUID
    area_name: str
    version: str
    asked_by: str
    asked_at: datetime
    phase: str
    seen: int
    moved: int
    judged: int
    finished_at: datetime | None


def effects(actor: Actor, edit: catalogue_commands.Edit, *, area_code: str = "") -> CalendarEffects:
    """What saving this edit and recounting would do to open cases. Changes nothing; bounded by `LOOKED_AT`."""
    path, _ = ground_of(actor, area_code)
    edited = catalogue_commands.edit_calendar(actor, edit, area_code=area_code, dry_run=True)
    assert edited.was is not None
    assert edited.will is not None
    will, was = timing.draft(edited.will), edited.was.version
    known = generations()
    change = change_between(timing.made(edited.was), will)
    if change.nothing:
        return CalendarEffects(False, 0, 0, 0, [])
    cases = Case.objects.filter(state__in=RUNNING, due_at__isnull=False)
    if path:
        cases = cases.filter(area_path__range=span(path))
    if not change.hours:
        cases = cases.filter(due_at__gte=book_of(will).midnight(change.days[0]))
    calendars = Calendars(known, lambda at: will if within(at, path) and _same(at, known, was) else None)
    some = list(cases.order_by("due_at", "id").values(*COLUMNS)[:LOOKED_AT])
    running = len(some) if len(some) < LOOKED_AT else cases.count()
    found = moved_of(some, calendars)
    units = accounts.unit_book(known)
    return CalendarEffects(True, running, len(some), len(found), [_of(each, "moved", units) for each in found[:SHOWN]])


def _same(area_path: str, known: dict[str, int], version: str) -> bool:
    """Whether the place goes by the calendar that is edited, not by one of its own."""
    return catalogue.work_calendar(known, area_path).version == version


def recounts(actor: Actor, *, limit: int = 50) -> list[RecountRun]:
    """The runs over areas whose calendar this person keeps, the newest first."""
    if not actor.holds(Right.CALENDAR_MANAGE.value):
        raise no_right(actor, Right.CALENDAR_MANAGE)
    found = [run for run in Recount.objects.order_by("-asked_at")[:500] if actor.covers(Right.CALENDAR_MANAGE.value, run.area_path)]
    names = accounts.names_of({run.asked_by for run in found if run.asked_by}, generations())
    return [RecountRun(run.id, run.area_name, run.version, names.get(run.asked_by, "") if run.asked_by else "", run.asked_at, run.phase,
                run.seen, run.moved, run.judged, run.finished_at) for run in found[:max(1, min(limit, 200))]]


def recount_lines(actor: Actor, recount_id: UUID, *, kind: str = "", after: int = 0, limit: int = 100) -> tuple[list[RecountedLine], int | None]:
    """What a run found, as it found it. `kind`: one of `KINDS`."""
    run = Recount.objects.filter(id=recount_id).first()
    if run is None or not actor.covers(Right.CALENDAR_MANAGE.value, run.area_path):
        raise Refusal(KernelError.NOT_FOUND)
    rows = RecountLine.objects.filter(recount=run, id__gt=after)
    if kind:
        rows = rows.filter(kind=kind[:8])
    found = list(rows.order_by("id")[:limit + 1])
    units = accounts.unit_book(generations())
    return [_of(row, row.kind, units) for row in found[:limit]], found[limit - 1].id if len(found) > limit else None


def recount_table(actor: Actor, recount_id: UUID) -> str:
    """All lines of a run as a table, at most a hundred thousand."""
    lines, _ = recount_lines(actor, recount_id, limit=100_000)
    zone = timing.place()
    said = "%Y-%m-%d %H:%M"
    return csv_text(("案件编号", "环节", "单位", "结果", "原到期时间", "新到期时间", "环节结束时间", "原因"), (
        {"案件编号": line.number, "环节": line.stage_name, "单位": line.unit_name, "结果": KINDS[line.kind],
         "原到期时间": f"{line.before.astimezone(zone):{said}}", "新到期时间": f"{line.after.astimezone(zone):{said}}",
         "环节结束时间": f"{line.ended_at.astimezone(zone):{said}}" if line.ended_at else "", "原因": line.why} for line in lines))


def _of(each: Moved | RecountLine, kind: str, units: dict[Any, Any]) -> RecountedLine:
    unit = units.get(each.unit_id)
    return RecountedLine(each.case_id, each.number, each.step, workflow.STATES[each.stage][0], unit.name if unit else "", kind, each.before,
                each.after, each.ended_at, each.why)


