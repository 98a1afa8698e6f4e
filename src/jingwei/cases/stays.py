"""The stays of one case, and by what the clock of each ran: where it began, what stopped it, what lengthened it. Pure.

The clock of handling runs over several stays: from the dispatch (or the acceptance) on, standing still while the case
is with others or suspended, so that rework goes on with what was left. Every other stage counts from its own beginning.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from jingwei.cases import clock
from jingwei.cases.worktime import WorkCalendar

BEGINS_HANDLING = ("dispatch", "accept")


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay. `ended_at` None: the present one. `action`: what ended it."""

    number: int
    state: str
    began_at: datetime
    ended_at: datetime | None
    due_at: datetime | None
    value: Decimal | None
    unit: str
    calendar: str
    action: str = ""
    unit_id: int | None = None
    actor: str = ""

    @property
    def overran(self) -> bool:
        """Whether it ended after it was due; the present one is judged by whoever knows the time."""
        return self.ended_at is not None and self.due_at is not None and self.ended_at > self.due_at

    @property
    def over(self) -> timedelta:
        """By how much."""
        assert self.ended_at is not None
        return self.ended_at - self.due_at if self.overran and self.due_at else timedelta(0)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """By what the clock of a stay is counted."""

    start: datetime
    pauses: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    extensions: list[clock.Limit] = field(default_factory=list)


def reckoning(stays: Sequence[Stay], place: int, extended: Sequence[tuple[datetime, clock.Limit]]) -> Reckoning:
    """That of the stay at `place`; `stays` by number, `extended`: what was granted when, the earliest first."""
    stay = stays[place]
    if stay.state not in ("handling", "suspended"):
        return Reckoning(stay.began_at)
    first = place
    while first > 0 and stays[first - 1].action not in BEGINS_HANDLING:
        first -= 1
    if first == 0:  # brought in by an import: nothing is known of what came before
        return Reckoning(stay.began_at)
    start = stays[first].began_at
    pauses = [(each.began_at, each.ended_at) for each in stays[first:place] if each.state != "handling"]
    until = stay.ended_at
    more = [limit for at, limit in extended if start <= at and (until is None or at <= until)]
    return Reckoning(start, [*pauses], more)


def due_by(stay: Stay, counted: Reckoning, calendar: WorkCalendar, convention: str) -> datetime | None:
    """When the stay was due by this calendar. Raises `ClockRefusal`."""
    if stay.value is None or stay.due_at is None:
        return None
    return clock.due(counted.start, clock.Limit(stay.value, clock.Unit(stay.unit)), calendar, counted.pauses,
                     counted.extensions, convention).at


@dataclass(frozen=True, slots=True)
class Change:
    """On which local days two calendars count differently, the earliest first. `hours`: on every day."""

    days: tuple[date, ...] = ()
    hours: bool = False

    @property
    def nothing(self) -> bool:
        return not self.days and not self.hours

    def within(self, low: date, high: date) -> tuple[date, ...]:
        """The changed days from `low` to `high`, both included."""
        return self.days[bisect_left(self.days, low):bisect_right(self.days, high)]

    def touches(self, low: date, high: date) -> bool:
        """Whether something that was counted over these days is counted differently now."""
        return self.hours or bool(self.within(low, high))


def change_between(before: WorkCalendar, after: WorkCalendar) -> Change:
    """What a correction of the calendar changed."""
    hours = (before.zone, before.slots, before.day_slots) != (after.zone, after.slots, after.day_slots)
    days = sorted(on for on in before.exceptions.keys() | after.exceptions.keys()
                  if before.exceptions.get(on) != after.exceptions.get(on))
    return Change(tuple(days), hours)


def in_working_time(stay: Stay, counted: Reckoning) -> bool:
    """Whether its clock asks the calendar at all."""
    return any(unit in _WORKING for unit in (stay.unit, *(limit.unit.value for limit in counted.extensions)))


_WORKING = frozenset(unit.value for unit in clock.Unit if unit.working)
