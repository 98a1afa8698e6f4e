"""Why a deadline is when it is: every interval counted and every one skipped."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from jingwei.cases import clock as clocks
from jingwei.cases import timing
from jingwei.cases.models import Adjustment, Appeal, Case, RecountLine, Step
from jingwei.cases.queries.detail import seen_case
from jingwei.cases.stays import Stay, reckoning
from jingwei.catalogue import queries as catalogue
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal


@dataclass(frozen=True, slots=True)
class Explained:
    """A due instant (None while the clock stands still or no limit is known) with its reckoning."""

    due: clocks.Due | None
    because: str
    notes: list[str] = field(default_factory=list)


def explain_case(actor: Actor, case_id: UUID, *, step: int | None = None) -> Explained:
    """The clock that runs in the case's present state, or ran in the stay numbered `step`, with what else befell it.

    `because`: running | suspended | ended | no_limit | over (a stay of the past).
    """
    case = seen_case(actor, case_id)
    told = _of_stay(case, step) if step is not None and step != case.step else _of_now(case)
    return Explained(told.due, told.because, notes(case, case.step if step is None else step))


def _of_stay(case: Case, step: int) -> Explained:
    """By the calendar that the stay names."""
    rows = Step.objects.filter(case_id=case.id, number__lte=step).order_by("number")
    course = [Stay(*row) for row in rows.values_list(
        "number", "state", "began_at", "ended_at", "due_at", "limit_value", "limit_unit", "calendar", "action", "unit_id")]
    if not course or course[-1].number != step:
        raise Refusal(KernelError.NOT_FOUND)
    stay, known = course[-1], generations()
    if stay.value is None or stay.due_at is None:
        return Explained(None, "no_limit")
    granted = Adjustment.objects.filter(case_id=case.id, kind="extension", state="granted").order_by("id")
    extended = [(at, clocks.Limit(value or 0, clocks.Unit(unit))) for at, value, unit in granted.values_list("at", "value", "unit")]
    counted = reckoning(course, len(course) - 1, extended)
    days = catalogue.calendar_of_version(stay.calendar)
    calendar = timing.made(days) if days else timing.calendar_in_force(known, case.area_path)
    due = clocks.due(counted.start, clocks.Limit(stay.value, clocks.Unit(stay.unit)), calendar, counted.pauses, counted.extensions,
                     catalogue.book(known).setting("work_day_convention", case.area_path))
    return Explained(due, "over")


def notes(case: Case, step: int) -> list[str]:
    """What befell the deadline of a stay beside the counting: suspensions, corrected calendars, an exemption. Three statements."""
    zone = timing.place()
    lines = []
    if step == case.step and case.state in ("handling", "suspended"):
        paused = Adjustment.objects.filter(case_id=case.id, kind="suspension", state="granted").order_by("id")
        for began, ended, until, reason in paused.values_list("began_at", "ended_at", "until", "reason"):
            end = f"到 {_said(ended, zone)}" if ended else f"，{until} 恢复" if until else "，等待恢复"
            lines.append(f"挂账：{_said(began, zone)}{end}（{reason}）")
    for before, after, kind, why in RecountLine.objects.filter(case_id=case.id, step=step).order_by("id").values_list(
            "before", "after", "kind", "why"):
        lines.append(f"{why}，{_said(before, zone)} {'应为' if kind == 'judged' else '调整为'} {_said(after, zone)}"
                     f"{'（已办完，未改）' if kind == 'judged' else ''}")
    for due_at, ended_at in Appeal.objects.filter(case_id=case.id, step=step, state="granted").values_list("due_at", "ended_at"):
        lines.append(f"超期（应于 {_said(due_at, zone)}，实际 {_said(ended_at, zone)}），经申诉已豁免统计")
    return lines


def _said(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else "—"


def _of_now(case: Case) -> Explained:
    known = generations()
    book = catalogue.book(known)
    if case.ended_at is not None or case.state == "merged":
        return Explained(None, "ended")
    state = "handling" if case.state == "suspended" else case.state
    start = case.state_at
    pauses: list[tuple[datetime, datetime | None]] = []
    extensions: list[clocks.Limit] = []
    if state == "handling" and case.dispatched_at is not None:
        start = case.dispatched_at
        stopped, extensions = timing.handling_history(case)
        pauses = [*stopped]
    else:
        pauses = [*timing.time_merged(case)]
    if case.state == "suspended":
        pauses.append((case.state_at, None))
    due = timing.reckoned(case, state, start, known, book, pauses=pauses, extensions=extensions, as_before=True)
    if due is None:
        return Explained(None, "no_limit")
    return Explained(due, "suspended" if case.state == "suspended" else "running")


def explain_limit(start: datetime, limit: clocks.Limit, *, calendar: clocks.WorkCalendar | None = None,
                  pauses: Sequence[tuple[datetime, datetime | None]] = (), extensions: Sequence[clocks.Limit] = (),
                  convention: Any = clocks.Convention.TIME_PRESERVING) -> clocks.Due:
    """A limit reckoned apart from any case, by the calendar in force unless another is given."""
    return clocks.due(start, limit, calendar or timing.calendar_in_force(generations()), pauses, extensions,
                      convention=convention)
