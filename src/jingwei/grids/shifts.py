"""A duty rota: shifts by the clock of the place, what they leave uncovered, who stands twice, rotas by a pattern.

Pure. Times are minutes of local time, as a rota is written; days are handed in. A shift may run over midnight: it
belongs to the day on which it begins. Source: 06:30-20:30 is covered without a hole (AT-43).
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

DAY = 24 * 60
MOST_DAYS = 370
EVERY_DAY = frozenset(range(7))
_CLOCK = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})(?:[:：]00)?", re.ASCII)


class Turn(StrEnum):
    """When the next person comes: with every shift, every day, every week."""

    SHIFT = "shift"
    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Shift:
    """One person from `start` (minute of the day) for so many minutes, at most a whole day."""

    user: UUID
    day: date
    start: int
    minutes: int
    area: int = 0
    id: int = 0

    @property
    def begins(self) -> int:
        return moment(self.day, self.start)

    @property
    def ends(self) -> int:
        return self.begins + self.minutes


@dataclass(frozen=True, slots=True)
class Cover:
    """Somebody must be there from `start` for so many minutes, on these weekdays (Monday is 0)."""

    start: int
    minutes: int
    weekdays: frozenset[int] = EVERY_DAY
    on_holidays: bool = True


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody is away between two moments; `until` None: no end yet."""

    user: UUID
    since: int
    until: int | None


@dataclass(frozen=True, slots=True)
class Hole:
    """Nobody is there from `begins` up to `ends`, on the duty of `day`."""

    day: date
    begins: int
    ends: int

    @property
    def minutes(self) -> int:
        return self.ends - self.begins


@dataclass(frozen=True, slots=True)
class Double:
    """One person on two shifts at the same time."""

    user: UUID
    one: Shift
    other: Shift
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """People take turns. `shifts`: start and minutes of each shift of a day, in order."""

    first: date
    last: date
    users: tuple[UUID, ...]
    shifts: tuple[tuple[int, int], ...]
    turn: Turn = Turn.DAY
    weekdays: frozenset[int] = EVERY_DAY


def moment(day: date, minute: int) -> int:
    """Minutes since the beginning of time by the clock of the place."""
    return day.toordinal() * DAY + minute


def moment_of(at: datetime, zone: ZoneInfo) -> int:
    local = at.astimezone(zone)
    return moment(local.date(), local.hour * 60 + local.minute)


def day_and_minute(at: int) -> tuple[date, int]:
    return date.fromordinal(at // DAY), at % DAY


def minute_of(text: str) -> int | None:
    """6:30, 06:30, 06:30:00 and 24:00 as minutes; None for anything else."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2])
    return hour * 60 + minute if minute < 60 and hour * 60 + minute <= DAY else None


def clock_words(minute: int) -> str:
    """06:30; the end of a day is 24:00."""
    hour, rest = divmod(minute if minute == DAY else minute % DAY, 60)
    return f"{hour:02d}:{rest:02d}"


def length(start: int, end: int) -> int:
    """Minutes from one time of day to another; an end that is not later lies on the next day."""
    return end - start if end > start else end + DAY - start


def holes(shifts: Iterable[Shift], cover: Cover, days: Iterable[date], *, free: Collection[date] = (),
          away: Iterable[Away] = ()) -> list[Hole]:
    """What nobody covers on the days asked for, in order. `free`: days off, on which a cover for working days rests.

    Who is away during a shift does not cover it.
    """
    stretches = _joined(_present(shifts, away))
    found: list[Hole] = []
    for day in days:
        if day.weekday() not in cover.weekdays or (day in free and not cover.on_holidays):
            continue
        begins = moment(day, cover.start)
        found += [Hole(day, *hole) for hole in _left(stretches, begins, begins + cover.minutes)]
    return found


def _present(shifts: Iterable[Shift], away: Iterable[Away]) -> Iterator[tuple[int, int]]:
    absent: defaultdict[UUID, list[tuple[int, int]]] = defaultdict(list)
    for one in away:
        absent[one.user].append((one.since, moment(date.max, 0) if one.until is None else one.until))
    for shift in shifts:
        yield from _left(_joined(absent[shift.user]), shift.begins, shift.ends)


def _joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for begins, ends in sorted(stretches):
        if joined and begins <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(ends, joined[-1][1])
        else:
            joined.append((begins, ends))
    return joined


def _left(taken: Sequence[tuple[int, int]], begins: int, ends: int) -> Iterator[tuple[int, int]]:
    """What of [begins, ends) lies in none of the stretches, which come in order and apart."""
    for first, last in taken:
        if last <= begins or first >= ends:
            continue
        if first > begins:
            yield begins, first
        begins = max(begins, last)
    if begins < ends:
        yield begins, ends


def doubles(shifts: Iterable[Shift]) -> list[Double]:
    """Every pair of shifts that one person would have to stand at the same time, here or elsewhere."""
    own: defaultdict[UUID, list[Shift]] = defaultdict(list)
    for shift in shifts:
        own[shift.user].append(shift)
    found: list[Double] = []
    for user, held in own.items():
        held.sort(key=lambda shift: (shift.begins, shift.ends, shift.id))
        running: list[Shift] = []
        for shift in held:
            running = [one for one in running if one.ends > shift.begins]
            found += [Double(user, one, shift, shift.begins, min(one.ends, shift.ends)) for one in running]
            running.append(shift)
    return sorted(found, key=lambda one: (one.begins, one.one.id, one.other.id))


def on_shift(shifts: Iterable[Shift], at: int) -> list[Shift]:
    """Who is on shift at a moment; whoever began first comes first."""
    return sorted((one for one in shifts if one.begins <= at < one.ends), key=lambda one: (one.begins, one.id))


def rota(pattern: Pattern, *, free: Collection[date] = ()) -> list[Shift]:
    """The shifts of a pattern. Days without work (weekdays left out, `free`) do not count as a turn."""
    made: list[Shift] = []
    turns, week, weeks = 0, None, -1
    people, each = len(pattern.users), len(pattern.shifts)
    for ordinal in range(pattern.first.toordinal(), pattern.last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if day.weekday() not in pattern.weekdays or day in free:
            continue
        if (monday := day - timedelta(days=day.weekday())) != week:
            week, weeks = monday, weeks + 1
        first = {Turn.SHIFT: turns * each, Turn.DAY: turns, Turn.WEEK: weeks}[pattern.turn]
        made += [Shift(pattern.users[(first + place) % people], day, start, minutes)
                 for place, (start, minutes) in enumerate(pattern.shifts)]
        turns += 1
    return made
