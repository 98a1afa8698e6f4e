"""When a limit falls due, and why: every interval that was counted and every one that was not.

Source of the units: GB/T 30428.8-2020 as local sheets quote it. Urgent hours and days and natural days run on
without a break (a day is 24 hours). Working time runs only inside the calendar's slots. A working day is read
in one of two ways, because the standard's own definition was not at hand; see `Convention`.
Instants are aware and come back in UTC; slots are local times of the calendar's zone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum, StrEnum
from typing import NamedTuple

from jingwei.cases.worktime import ONE_DAY, ZERO, ClockRefusal, DayBook, Piece, Why, WorkCalendar, book_of

__all__ = [
    "ClockRefusal", "Convention", "Due", "Interval", "Kind", "Left", "Limit", "Pause", "Unit", "Warned",
    "Why", "WorkCalendar", "due", "elapsed_working", "remaining",
]

_OPENING = datetime(1970, 1, 1, tzinfo=UTC)
_CLOSING = datetime(9900, 1, 1, tzinfo=UTC)
_LONGEST = 20 * 366 * 86400  # seconds
_HORIZON = timedelta(days=50 * 366)
_NEVER = datetime.max.replace(tzinfo=UTC)
_NEW_YEAR_LIST_FROM = (12, 28)  # the list of a year may reach back into the last days of the year before

Pause = tuple[datetime, datetime | None]


class Unit(Enum):
    URGENT_MINUTE = "urgent_minute"
    URGENT_HOUR = "urgent_hour"
    URGENT_DAY = "urgent_day"
    WORK_MINUTE = "work_minute"
    WORK_HOUR = "work_hour"
    WORK_DAY = "work_day"
    NATURAL_DAY = "natural_day"

    @property
    def working(self) -> bool:
        return self in _WORKING


_WORKING = frozenset({Unit.WORK_MINUTE, Unit.WORK_HOUR, Unit.WORK_DAY})
_SECONDS = {
    Unit.URGENT_MINUTE: 60, Unit.WORK_MINUTE: 60, Unit.URGENT_HOUR: 3600, Unit.WORK_HOUR: 3600,
    Unit.URGENT_DAY: 86400, Unit.NATURAL_DAY: 86400, Unit.WORK_DAY: 86400,
}


class Convention(StrEnum):
    """How a working day is counted.

    TIME_PRESERVING: an ordinary day's working time (8 hours), so Fri 17:00 + 1 is Mon 17:00.
    END_OF_DAY: the close of the n-th working day after that of the start, so Fri 17:00 + 1 is Mon 18:00;
    working time lost to a pause is made good and the limit then runs to the close of that day.
    """

    TIME_PRESERVING = "time_preserving"
    END_OF_DAY = "end_of_day"


class Kind(StrEnum):
    COUNTED = "counted"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Limit:
    """A value and its unit, such as Decimal("1.5") and WORK_HOUR: above zero, at most twenty years."""

    value: Decimal | int
    unit: Unit

    def __post_init__(self) -> None:
        value = self.value
        if isinstance(value, bool) or not isinstance(value, Decimal | int):
            raise ClockRefusal("limit.not_number", repr(value))
        if isinstance(value, Decimal) and not value.is_finite():
            raise ClockRefusal("limit.not_number", value)
        if value <= 0:
            raise ClockRefusal("limit.not_positive", value)
        if value > _LONGEST or value * _SECONDS[self.unit] > _LONGEST:
            raise ClockRefusal("limit.too_long", value)

    def span(self, day: timedelta) -> timedelta:
        """The time to count; `day`: the working time of one working day."""
        seconds = day // timedelta(seconds=1) if self.unit is Unit.WORK_DAY else _SECONDS[self.unit]
        whole = self.value * seconds
        if whole != int(whole):
            raise ClockRefusal("limit.too_fine", self.value)
        return timedelta(seconds=int(whole))


class Interval(NamedTuple):
    """A stretch between the start and the due instant (UTC). `part`: 0 the limit, 1.. the extensions."""

    start: datetime
    end: datetime
    kind: Kind
    why: Why
    label: str
    part: int

    @property
    def length(self) -> timedelta:
        return self.end - self.start


class Warned(NamedTuple):
    """`code`: 'calendar.year_unknown'. The deadline may move once that year's holiday list is in."""

    code: str
    year: int


class Left(NamedTuple):
    """What is still to be counted: working time, and time that runs on without a break."""

    working: timedelta
    clock: timedelta


@dataclass(frozen=True, slots=True)
class Due:
    """When a limit falls due. `at` is None while a pause is open; `remaining` then holds what is left."""

    at: datetime | None
    remaining: Left
    explanation: tuple[Interval, ...]
    warnings: tuple[Warned, ...]
    start: datetime
    limits: tuple[Limit, ...]
    convention: Convention
    calendar: WorkCalendar


def due(
    start: datetime,
    limit: Limit,
    calendar: WorkCalendar,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Limit] = (),
    convention: Convention | str = Convention.TIME_PRESERVING,
) -> Due:
    """Count `limit`, then each extension in order, from `start`, leaving out the pauses [from, to).

    A pause whose end is None is still open: if it begins before the limit is used up there is no due instant.
    Raises `ClockRefusal`.
    """
    try:
        convention = Convention(convention)
    except ValueError as error:
        raise ClockRefusal("limit.convention_unknown", repr(convention)) from error
    limits = (limit, *extensions)
    known = calendar.known_years
    walk = _Walk(_utc(start), book_of(calendar), _merged(pauses))
    working = clock = ZERO
    for part, each in enumerate(limits):
        walk.part = part
        lacking = walk.take(each, convention)
        if each.unit.working:
            working += lacking
        else:
            clock += lacking
    return Due(
        at=None if walk.stopped else walk.here,
        remaining=Left(working, clock),
        explanation=tuple(walk.intervals),
        warnings=tuple(Warned("calendar.year_unknown", year) for year in sorted(walk.years - known)),
        start=_utc(start),
        limits=limits,
        convention=convention,
        calendar=calendar,
    )


def remaining(at: datetime, deadline: Due) -> Left:
    """What is still to be counted at the instant `at`; zero once it is due."""
    at = _utc(at)
    working, clock = deadline.remaining
    for interval in reversed(deadline.explanation):
        if interval.end <= at:
            break
        if interval.kind is Kind.COUNTED:
            length = interval.end - max(at, interval.start)
            if interval.why is Why.CLOCK:
                clock += length
            else:
                working += length
    return Left(working, clock)


def elapsed_working(
    start: datetime, end: datetime, calendar: WorkCalendar, pauses: Iterable[Pause] = ()
) -> timedelta:
    """Working time between two instants, without the pauses; zero if `end` is not after `start`."""
    start, end = _utc(start), _utc(end)
    gone = _merged(pauses)
    total = _between(start, end, calendar)
    for low, high in gone:
        total -= _between(max(start, low), end if high is None else min(end, high), calendar)
    return total


def _between(start: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
    if end <= start:
        return ZERO
    book = book_of(calendar)
    on, last = book.local(start), book.local(end)
    total = ZERO
    while on <= last:
        for piece in book.day(on):
            if piece.counts:
                total += max(ZERO, min(piece.end, end) - max(piece.start, start))
        on += ONE_DAY
    return total


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ClockRefusal("time.no_zone", at)
    try:
        moment = at.astimezone(UTC)
    except OverflowError as error:
        raise ClockRefusal("time.out_of_range", at) from error
    if not _OPENING <= moment < _CLOSING:
        raise ClockRefusal("time.out_of_range", at)
    return moment


def _merged(pauses: Iterable[Pause]) -> list[Pause]:
    """The pauses in order, those that touch or overlap made one, empty ones dropped."""
    spans: list[Pause] = []
    for low, high in pauses:
        given = (low, high)
        low, high = _utc(low), None if high is None else _utc(high)
        if high is not None and high < low:
            raise ClockRefusal("pause.reversed", " – ".join(f"{at:%Y-%m-%d %H:%M}" for at in given if at))
        if high != low:
            spans.append((low, high))
    merged: list[Pause] = []
    for low, high in sorted(spans, key=lambda span: span[0]):
        if merged and (merged[-1][1] is None or low <= merged[-1][1]):
            first, until = merged[-1]
            merged[-1] = (first, None if until is None or high is None else max(until, high))
        else:
            merged.append((low, high))
    return merged


class _Walk:
    """One count: where it stands, and what it has written down."""

    def __init__(self, start: datetime, book: DayBook, pauses: list[Pause]) -> None:
        self.here = start
        self.book = book
        self.pauses = [pause for pause in pauses if pause[1] is None or pause[1] > start]
        self.intervals: list[Interval] = []
        self.years: set[int] = set()
        self.part = 0
        self.stopped = False
        last = max([start, *(high for _, high in self.pauses if high)])
        self.horizon = last + _HORIZON
        self._pieces: tuple[Piece, ...] = ()
        self._index = 0

    def take(self, limit: Limit, convention: Convention) -> timedelta:
        """Count one limit. Returns what could not be counted because an open pause stopped the walk."""
        if limit.unit is Unit.WORK_DAY and convention is Convention.END_OF_DAY:
            return self._take_days(limit)
        need = limit.span(self.book.calendar.day)
        if self.stopped:
            return need
        return self._count(need) if limit.unit.working else self._run(need)

    def _pause(self) -> Pause | None:
        """The pause that lies ahead or holds the present instant; past ones are let go."""
        while self.pauses and self.pauses[0][1] is not None and self.pauses[0][1] <= self.here:
            self.pauses.pop(0)
        return self.pauses[0] if self.pauses else None

    def _free(self) -> datetime | None:
        """Step out of a pause. Returns until when the way is free, None if an open pause stops the walk."""
        pause = self._pause()
        while pause is not None and pause[0] <= self.here:
            if pause[1] is None:
                self.stopped = True
                return None
            self._note(pause[1], Kind.SKIPPED, Why.PAUSE)
            pause = self._pause()
        return pause[0] if pause else _NEVER

    def _run(self, need: timedelta) -> timedelta:
        while need and (free := self._free()) is not None:
            until = min(self.here + need, free)
            need -= until - self.here
            self._note(until, Kind.COUNTED, Why.CLOCK)
        return need

    def _count(self, need: timedelta) -> timedelta:
        while need and (free := self._free()) is not None:
            piece = self._piece()
            until = min(piece.end, free)
            if piece.counts:
                until = min(until, self.here + need)
                need -= until - self.here
            self._note(until, Kind.COUNTED if piece.counts else Kind.SKIPPED, piece.why, piece.label)
        return need

    def _take_days(self, limit: Limit) -> timedelta:
        if limit.value != int(limit.value):
            raise ClockRefusal("limit.whole_days", limit.value)
        if self.stopped:
            return limit.span(self.book.calendar.day)
        first = self.book.local(self.here) + ONE_DAY
        need = self._work_of(int(limit.value), first)
        self._skip(lambda: self.book.midnight(first), Why.START_DAY)
        need = self._count(need)
        if not need and not self.stopped and self.here != self.book.close(self.book.local(self.here)):
            self._skip(self._next_close, Why.REST_OF_DAY)
        return need

    def _work_of(self, days: int, on: date) -> timedelta:
        """The working time of so many working days, the first of them on or after `on`."""
        total = ZERO
        last = self.book.local(self.horizon)
        while days:
            if on > last:
                raise ClockRefusal("limit.unreachable")
            if work := self._seen(on).work(on):
                total += work
                days -= 1
            on += ONE_DAY
        return total

    def _skip(self, goal: Callable[[], datetime], why: Why) -> None:
        while self._free() is not None and self.here < (until := goal()):
            pause = self._pause()
            self._note(until if pause is None else min(until, pause[0]), Kind.SKIPPED, why)
            if self.here == until:
                return

    def _next_close(self) -> datetime:
        on = self.book.local(self.here)
        while (close := self._seen(on).close(on)) is None or close <= self.here:
            if close is not None and close > self.horizon:
                raise ClockRefusal("limit.unreachable")
            on += ONE_DAY
        return close

    def _seen(self, on: date) -> DayBook:
        self.years.add(on.year)
        if (on.month, on.day) >= _NEW_YEAR_LIST_FROM:
            self.years.add(on.year + 1)
        return self.book

    def _piece(self) -> Piece:
        """The piece of a local day that holds the present instant."""
        while self._index < len(self._pieces):
            piece = self._pieces[self._index]
            if piece.end > self.here:
                return piece
            self._index += 1
        on = self.book.local(self.here)
        self._pieces, self._index = self._seen(on).day(on), 0
        return self._piece()

    def _note(self, until: datetime, kind: Kind, why: Why, label: str = "") -> None:
        if until > self.horizon:
            raise ClockRefusal("limit.unreachable")
        last = self.intervals[-1] if self.intervals else None
        if last and last.why is why and last.label == label and last.part == self.part and last.kind is kind:
            self.intervals[-1] = last._replace(end=until)
        else:
            self.intervals.append(Interval(self.here, until, kind, why, label, self.part))
        self.here = until
