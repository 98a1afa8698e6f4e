"""From the catalogue's limits and calendar to the due instant of a state. Reads only what it is handed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from jingwei.cases import clock, flow_book
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Adjustment, Case, Step
from jingwei.catalogue import queries as catalogue
from jingwei.kernel.errors import Refusal

History = tuple[list[tuple[datetime, datetime]], list[clock.Limit]]
"""What stopped and what lengthened a handling clock."""

_UNITS = frozenset(unit.value for unit in clock.Unit)
_calendars: dict[str, tuple[Any, clock.WorkCalendar]] = {}


@dataclass(frozen=True, slots=True)
class Clock:
    """The limit that runs in a state and when it is up; `due_at` None: no limit known."""

    due_at: datetime | None = None
    value: Decimal | None = None
    unit: str = ""
    calendar: str = ""


def calendar_in_force(generations: dict[str, int], area_path: str = "") -> clock.WorkCalendar:
    """The work calendar of a place as the clock understands it. A version never changes, so it is made once."""
    return made(catalogue.work_calendar(generations, area_path))


def calendar_of(case: Case, generations: dict[str, int]) -> clock.WorkCalendar:
    """The calendar that the case's due instant was reckoned by, in force or not; without one, that of its place."""
    now = catalogue.work_calendar(generations, case.area_path)
    if case.calendar in ("", now.version):
        return made(now)
    return made(catalogue.calendar_of_version(case.calendar) or now)


def draft(days: Any) -> clock.WorkCalendar:
    """A calendar that is not saved, which no other has to know."""
    return clock.WorkCalendar(
        version=days.version, zone=days.zone, slots=days.slots, exceptions=days.exceptions, known_years=days.known_years,
        makeup_slots=days.makeup_slots, names=days.names)


def made(days: Any) -> clock.WorkCalendar:
    """The catalogue's calendar as the clock understands it, once for each version."""
    kept = _calendars.get(days.version)
    if kept is None or (kept[0] is not days and kept[0] != days):  # another database was put in place of this one
        kept = _calendars[days.version] = days, draft(days)
    return kept[1]


def limit_in(case: Case, state: str, book: Any) -> tuple[Decimal, str] | None:
    """The limit that the flow sets for a state; None where there is none that a clock can run by."""
    kind, _, stage = flow_book.of(case).clocks.get(state, "").partition(":")
    if not kind:
        return None
    if kind == "stage":
        found = book.stage_limit(stage, case.area_path)
    elif kind == "level" and case.level:
        found = book.stage_limit(f"{stage}_{case.level}", case.area_path)
    else:
        found = (case.handle_value, case.handle_unit) if case.handle_value is not None else None
    return found if found and found[1] in _UNITS else None


def clock_for(case: Case, state: str, start: datetime, generations: dict[str, int], book: Any, *,
              pauses: Iterable[tuple[datetime, datetime | None]] = (), extensions: Iterable[clock.Limit] = ()) -> Clock:
    """The clock of a state that begins to count at `start`."""
    up = reckoned(case, state, start, generations, book, pauses=pauses, extensions=extensions)
    if up is None:
        return Clock()
    return Clock(up.at, Decimal(up.limits[0].value), up.limits[0].unit.value, up.calendar.version)


def reckoned(case: Case, state: str, start: datetime, generations: dict[str, int], book: Any, *,
             pauses: Iterable[tuple[datetime, datetime | None]] = (), extensions: Iterable[clock.Limit] = (),
             as_before: bool = False) -> clock.Due | None:
    """The reckoning behind a clock; None where no limit is known. Refuses a limit that cannot be counted here.

    `as_before`: by the limit and the calendar that the running clock was reckoned by, which may have changed since.
    """
    kept = (case.limit_value, case.limit_unit) if as_before and case.limit_value is not None else None
    found = kept or limit_in(case, state, book)
    if found is None:
        return None
    value, unit = found
    calendar = calendar_of(case, generations) if kept else calendar_in_force(generations, case.area_path)
    try:
        return clock.due(start, clock.Limit(value, clock.Unit(unit)), calendar, pauses, extensions,
                         convention=book.setting("work_day_convention", case.area_path))
    except clock.ClockRefusal as error:
        raise Refusal(CaseError.BAD_LIMIT, value=value, unit=unit, why=error.text) from error


def handling_history(case: Case) -> History:
    """What stopped and what lengthened the handling clock since the last dispatch.

    Time with others (confirming, checking) and suspensions stop it, so that rework goes on with what was left.
    Two statements.
    """
    assert case.dispatched_at is not None
    stays = [*Step.objects.filter(case_id=case.id, began_at__gte=case.dispatched_at).order_by("number")
             .values_list("state", "began_at", "ended_at")]
    pauses = [(began, ended) for state, began, ended in stays if state != "handling"]
    granted = Adjustment.objects.filter(
        case_id=case.id, kind__in=("extension", "merged"), state="granted", at__gte=case.dispatched_at).order_by("id")
    extensions: list[clock.Limit] = []
    for kind, value, unit, began, ended in granted.values_list("kind", "value", "unit", "began_at", "ended_at"):
        if kind == "merged" and began and ended:
            pauses.append((began, ended))
        else:
            extensions.append(clock.Limit(value or 0, clock.Unit(unit)))
    return pauses, extensions


def time_merged(case: Case) -> list[tuple[datetime, datetime]]:
    """When the case was part of another, of its present stay. One statement."""
    rows = Adjustment.objects.filter(case_id=case.id, kind="merged", began_at__gte=case.state_at).order_by("id")
    return [(began, ended) for began, ended in rows.values_list("began_at", "ended_at") if began and ended]


def place() -> ZoneInfo:
    """The same as a zone."""
    return ZoneInfo(zone())


def zone() -> str:
    """The zone in which days and years of this installation begin."""
    return str(settings.JINGWEI_ZONE)
