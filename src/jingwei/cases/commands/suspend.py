"""Suspension (挂账): asked by the unit, granted by the directing centre; the handling clock stands still to a day set with it.

That day ends it by itself (`commands/wake.py`), as does the dispatcher before. The day may be the opening of the
planting season; without any day it is the longest that a suspension may last.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jingwei.cases import timing
from jingwei.cases.clock_errors import ClockError
from jingwei.cases.commands.aside import aside, needed
from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.cases.events import StandstillEvent
from jingwei.cases.marks import with_mark, without_mark
from jingwei.cases.models import Adjustment, Case
from jingwei.cases.standstill import last_day, resumes_at
from jingwei.cases.worktime import book_of
from jingwei.catalogue import queries as catalogue
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

RENEWAL, ENDING = "renewal", "ending"


@dataclass(frozen=True, slots=True)
class _End:
    """When a suspension is over: the day, and the first working moment from it on."""

    until: date
    resume_at: datetime
    season: bool = False


def ask_suspension(actor: Actor, case_id: UUID, *, reason: str, until: date | None = None, season: bool = False) -> Taken:
    """Ask that the clock be stopped, if need be to a day or to the planting season. It runs on until that is granted."""

    def change(moving: Moving) -> None:
        end = _end(moving, until, season, moving.now) if until or season else None
        Adjustment.objects.create(
            case_id=case_id, kind="suspension", state="asked", reason=moving.told["reason"], asked_by=actor.user_id,
            at=moving.now, until=end.until if end else None, season=season)
        moving.set(asked="suspension")
        moving.told |= {"asked_at": moving.now, **_told(end)}

    return take(actor, case_id, "ask_suspension", reason=reason, change=change)


def suspend(actor: Actor, case_id: UUID, *, reason: str, until: date | None = None, season: bool = False) -> Taken:
    """Stop the clock to `until`, or to when the planting season opens; left out, to the day that was asked for.

    No countdown is shown meanwhile.
    """

    def change(moving: Moving) -> None:
        asked = _asked(case_id) if moving.case.asked and not (until or season) else None
        if asked is not None and (asked.season or asked.until):
            end = _end(moving, None if asked.season else asked.until, asked.season, moving.now)
        else:
            end = _end(moving, until, season, moving.now)
        given = {"state": "granted", "decided_by": actor.user_id, "began_at": moving.now, "at": moving.now,
                 "until": end.until, "resume_at": end.resume_at, "season": end.season}
        if not (moving.case.asked and Adjustment.objects.filter(case_id=case_id, state="asked").update(**given)):
            Adjustment.objects.create(case_id=case_id, kind="suspension", reason=moving.told["reason"], **given)
        moving.told |= _told(end)
        moving.set(asked="")

    return take(actor, case_id, "suspend", reason=reason, change=change)


def resume(actor: Actor, case_id: UUID) -> Taken:
    """Let the clock run on with what was left; extensions granted before count on."""

    def change(moving: Moving) -> None:
        end_standstill(moving)
        moving.go_on()

    return take(actor, case_id, "resume", change=change)


def end_standstill(moving: Moving) -> None:
    """The suspension is over now, and what was said of its end."""
    Adjustment.objects.filter(case_id=moving.case.id, kind="suspension", state="granted", ended_at=None).update(
        ended_at=moving.now)
    marks = without_mark(without_mark(moving.case.marks, RENEWAL), ENDING)
    if marks != moving.case.marks:
        moving.set(marks=marks)


def ask_renewal(actor: Actor, case_id: UUID, *, reason: str, until: date) -> Case:
    """Ask that a suspension be prolonged (续挂), before it ends by itself."""

    def change(moving: Moving) -> None:
        needed(moving, "reason", reason)
        standing = _standing(case_id)
        end = _end(moving, until, False, standing.began_at or moving.now)
        standing.renew_until, standing.renew_reason = end.until, moving.told["reason"]
        standing.save(update_fields=["renew_until", "renew_reason"])
        moving.set(marks=with_mark(moving.case.marks, RENEWAL))
        moving.told["until"] = end.until.isoformat()

    return aside(actor, case_id, "ask_renewal", StandstillEvent.RENEWAL_ASKED, change)


def renew(actor: Actor, case_id: UUID, *, reason: str, until: date | None = None) -> Case:
    """Prolong a suspension to a later day, left out that which was asked for; the whole may not last longer than the most."""

    def change(moving: Moving) -> None:
        needed(moving, "reason", reason)
        standing = _standing(case_id)
        end = _end(moving, until or standing.renew_until, False, standing.began_at or moving.now)
        before = standing.until
        standing.until, standing.resume_at, standing.season = end.until, end.resume_at, False
        standing.renew_until, standing.renew_reason, standing.reminded = None, "", False
        standing.save(update_fields=["until", "resume_at", "season", "renew_until", "renew_reason", "reminded"])
        moving.set(marks=without_mark(without_mark(moving.case.marks, RENEWAL), ENDING))
        moving.told |= {**_told(end), "until_before": before.isoformat() if before else ""}

    return aside(actor, case_id, "renew", StandstillEvent.RENEWED, change)


def _asked(case_id: UUID) -> Adjustment | None:
    return Adjustment.objects.filter(case_id=case_id, state="asked").first()


def _standing(case_id: UUID) -> Adjustment:
    found = Adjustment.objects.filter(case_id=case_id, kind="suspension", state="granted", ended_at=None).first()
    if found is None:
        raise Refusal(ClockError.NOT_SUSPENDED)
    return found


def _end(moving: Moving, until: date | None, season: bool, began: datetime) -> _End:
    """The end that is meant, or the refusal that names the rule. `began`: of the whole suspension."""
    case = moving.case
    calendar = timing.calendar_in_force(moving.generations, case.area_path)
    today = book_of(calendar).local(moving.now)
    most = int(moving.book.setting("suspension_days", case.area_path))
    last = last_day(began, most, calendar)
    if season:
        windows = moving.book.seasons_of(case.class_entry_id, case.condition_id, case.area_path)
        if windows and catalogue.in_season(windows, today):
            raise Refusal(ClockError.SEASON_NOW)
        until = catalogue.next_season(windows, today)
        if until is None:
            raise Refusal(ClockError.NO_SEASON)
    until = until or last
    if until <= today:
        raise Refusal(ClockError.SUSPENSION_OVER, until=until.isoformat())
    if until > last:
        raise Refusal(ClockError.SUSPENSION_TOO_LONG, until=until.isoformat(), days=most, last=last.isoformat())
    return _End(until, resumes_at(until, calendar), season)


def _told(end: _End | None) -> dict[str, object]:
    return {"until": end.until.isoformat(), "season": end.season} if end else {}
