"""The run itself: open cases, then suspensions, then what has ended, in batches that each commit with how far they came."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import transaction

from jingwei.cases import timing
from jingwei.cases.commands import rows
from jingwei.cases.commands.recount.gather import COLUMNS, OPEN, Calendars, Moved, moved_of
from jingwei.cases.commands.step import show_due
from jingwei.cases.events import RecountEvent
from jingwei.cases.models import Adjustment, Case, Recount, RecountLine
from jingwei.cases.standstill import resumes_at
from jingwei.cases.stays import change_between
from jingwei.cases.worktime import book_of
from jingwei.catalogue import queries as catalogue
from jingwei.journal import commands as journal
from jingwei.journal.ports import fence
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.paths import span

READ = 1000         # cases looked at together
SECONDS = 0.2       # after which a transaction commits, well within the second that none may last
LOOK_BACK = timedelta(days=400)
_RECOUNTER = Actor(None, "cases.recount", via="job")


def run_recount(recount_id: UUID, *, batches: int | None = None) -> bool:
    """Go on with a run until it is done, or for so many batches. Returns whether it is done. Run again, it changes nothing more."""
    while batches is None or batches > 0:
        run = Recount.objects.get(id=recount_id)
        if run.phase == "done":
            return True
        _PHASES[run.phase](run, Calendars(generations()))
        batches = None if batches is None else batches - 1
    return False


def _open(run: Recount, calendars: Calendars) -> None:
    cases = _next(run, Case.objects.filter(state__in=OPEN))
    found = moved_of(cases, calendars, finished=True)
    moved = [each for each in found if each.ended_at is None]
    judged = [each for each in found if each.ended_at is not None]
    done = 0
    while done < len(moved):  # each part in a transaction of its own; those done already are found unchanged when it is run again
        with transaction.atomic():
            begun = monotonic()
            lines = []
            while done < len(moved) and monotonic() - begun < SECONDS:
                lines += _move(run, moved[done], calendars)
                done += 1
            run.moved += _keep(run, lines, "moved")
            run.save(update_fields=["moved"])
            fence()
    _step(run, cases, judged, "pauses")


def _move(run: Recount, each: Moved, calendars: Calendars) -> list[Moved]:
    """Give one case its new deadline, unless something came in between: then its clock was reckoned anew already."""
    tail = journal.hold(f"case:{each.case_id}")
    case = rows.read(each.case_id, to_change=True)
    if case is None or (case.step, case.due_at) != (each.step, each.before):
        return []
    version = calendars.at(case.area_path).version
    case.due_at, before, case.calendar = each.after, case.calendar, version
    rows.update(case, {"due_at": each.after, "calendar": version})
    show_due(case)
    journal.record(_RECOUNTER, tail, RecountEvent.MOVED, {
        "recount": str(run.id), "was_due": each.before, "due": each.after, "calendar_before": before, "calendar": version,
        "text": each.why}, area_path=case.area_path)
    return [each]


def _pauses(run: Recount, calendars: Calendars) -> None:
    """Suspensions that end on a day which is now worked, or no longer is."""
    standing = Adjustment.objects.filter(kind="suspension", state="granted", ended_at=None, until__isnull=False, case__state="suspended")
    if run.area_path:
        standing = standing.filter(case__area_path__range=span(run.area_path))
    if run.cursor is not None:
        standing = standing.filter(case_id__gt=run.cursor)
    found = list(standing.order_by("case_id").values_list(
        "id", "case_id", "case__number", "case__step", "case__unit_id", "case__area_path", "until", "resume_at")[:READ])
    with transaction.atomic():
        lines = []
        for pk, case_id, number, step, unit, path, until, was in found:
            wakes = resumes_at(until, calendars.at(path)) if until else None
            if was is not None and wakes is not None and wakes != was and Adjustment.objects.filter(id=pk, ended_at=None, resume_at=was).update(resume_at=wakes):
                lines.append(Moved(case_id, number, step, "suspended", unit, was, wakes, None, f"恢复日 {until} 按更正后的工作日历"))
                journal.record_new(_RECOUNTER, f"case:{case_id}", RecountEvent.WAKES, {
                    "recount": str(run.id), "was": was, "resumes": wakes}, area_path=path)
        run.moved += _keep(run, lines, "wakes")
        _advance(run, found[-1][1] if len(found) == READ else None, "ended")
        fence()


def _ended(run: Recount, calendars: Calendars) -> None:
    """What is over stays as it is; told where a stay would now be judged otherwise, so that the office may appeal."""
    since = _since(run, calendars)
    cases = _next(run, Case.objects.filter(ended_at__gte=since)) if since is not None else []
    _step(run, cases, moved_of(cases, calendars, finished=True), "done")


def _since(run: Recount, calendars: Calendars) -> datetime | None:
    """The first day on which a version of the last months counts otherwise than the calendar now; what ended before is not touched."""
    earliest = run.asked_at - LOOK_BACK
    days = []
    for version in catalogue.calendars_since(run.asked_at - timedelta(days=60)):
        change = change_between(timing.made(version), calendars.at(run.area_path))
        if change.hours:
            return earliest
        days += [on for on in change.days if datetime(on.year, on.month, on.day, tzinfo=UTC) >= earliest]
    return book_of(calendars.at(run.area_path)).midnight(min(days)) if days else None


def _next(run: Recount, cases: Any) -> list[dict[str, Any]]:
    if run.area_path:
        cases = cases.filter(area_path__range=span(run.area_path))
    if run.cursor is not None:
        cases = cases.filter(id__gt=run.cursor)
    return list(cases.order_by("id").values(*COLUMNS)[:READ])


def _step(run: Recount, cases: list[dict[str, Any]], judged: list[Moved], after: str) -> None:
    """Commit what was found of finished stays, and how far the run came."""
    with transaction.atomic():
        run.judged += _keep(run, [each for each in judged if each.judged], "judged")
        run.seen += len(cases)
        _advance(run, cases[-1]["id"] if len(cases) == READ else None, after)
        fence()


def _advance(run: Recount, cursor: UUID | None, after: str) -> None:
    run.cursor = cursor
    if cursor is None:
        run.phase = after
    if run.phase == "done":
        run.finished_at = clock.now()
        journal.record_new(_RECOUNTER, "recount:all", RecountEvent.DONE, {
            "recount": str(run.id), "seen": run.seen, "moved": run.moved, "judged": run.judged}, area_path=run.area_path)
    run.save()


def _keep(run: Recount, found: list[Moved], kind: str) -> int:
    RecountLine.objects.bulk_create([RecountLine(
        recount=run, case_id=each.case_id, number=each.number, step=each.step, stage=each.stage, unit_id=each.unit_id, kind=kind,
        before=each.before, after=each.after, ended_at=each.ended_at, why=each.why) for each in found], ignore_conflicts=True)
    return len(found)


_PHASES: dict[str, Callable[[Recount, Calendars], None]] = {"open": _open, "pauses": _pauses, "ended": _ended}
