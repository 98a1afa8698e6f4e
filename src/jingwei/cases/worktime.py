"""A place's working time: its week, its holidays, and each day laid out from midnight to midnight."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

ZERO = timedelta(0)
ONE_DAY = timedelta(days=1)

Slot = tuple[time, time]


class Why(StrEnum):
    WORK = "work"                # counted: working time of an ordinary day
    MAKEUP = "makeup"            # counted: working time of a make-up working day
    CLOCK = "clock"              # counted: a unit that runs on without a break
    NIGHT = "night"              # before the first or after the last slot of a working day
    BREAK = "break"              # between two slots
    WEEKEND = "weekend"          # a weekday without slots
    HOLIDAY = "holiday"
    PAUSE = "pause"
    START_DAY = "start_day"      # END_OF_DAY: the day of the start is not one of the days
    REST_OF_DAY = "rest_of_day"  # END_OF_DAY after a pause: the limit runs on to the close of the day


_TEXTS = {
    "limit.not_number": (
        "时限必须是整数或小数，不能是 {value}。",
        "A limit is a whole or decimal number, not {value}.",
    ),
    "limit.not_positive": (
        "时限必须大于零，现为 {value}。",
        "A limit must be more than zero; it is {value}.",
    ),
    "limit.too_long": (
        "时限超过二十年（{value}），多半是填错了。",
        "A limit over twenty years ({value}) is most likely a slip.",
    ),
    "limit.too_fine": (
        "时限不足整秒：{value}。",
        "A limit must be a whole number of seconds; it is {value}.",
    ),
    "limit.whole_days": (
        "按“第 n 个工作日下班”计算时，天数必须是整数，现为 {value}。",
        "Counted to the close of the n-th working day, the days must be whole; they are {value}.",
    ),
    "limit.unreachable": (
        "五十年内数不满这个时限，请检查工作日历的上班时段。",
        "The limit is not reached within fifty years; check the slots of the work calendar.",
    ),
    "limit.convention_unknown": (
        "不认识的工作日算法：{value}。",
        "Unknown reading of the working day: {value}.",
    ),
    "time.no_zone": (
        "时间没有时区：{value}。",
        "The instant has no zone: {value}.",
    ),
    "time.out_of_range": (
        "时间超出可计算的范围：{value}。",
        "The instant is out of range: {value}.",
    ),
    "pause.reversed": (
        "暂停的结束早于开始：{value}。",
        "A pause ends before it begins: {value}.",
    ),
    "calendar.zone_unknown": (
        "不认识的时区：{value}。",
        "Unknown zone: {value}.",
    ),
    "calendar.not_a_week": (
        "上班时段必须按七天给出，现为 {value} 天。",
        "Slots are given for seven weekdays, not {value}.",
    ),
    "calendar.slot_reversed": (
        "上班时段 {value} 没有从早到晚；跨过零点的请分成两段。",
        "The slot {value} does not run forwards; split one that crosses midnight.",
    ),
    "calendar.slots_overlap": (
        "上班时段在 {value} 重叠或次序颠倒。",
        "Slots overlap or are out of order at {value}.",
    ),
    "calendar.exception_unknown": (
        "特殊日期只能是 off（放假）或 work（上班），现为 {value}。",
        "A special date is 'off' or 'work', not {value}.",
    ),
    "calendar.no_work": (
        "工作日历里没有任何上班时段。",
        "The work calendar has no working time.",
    ),
}


class ClockRefusal(ValueError):
    """Values the clock does not count with. `code` is stable; `text` is Chinese, `text_en` English."""

    def __init__(self, code: str, value: object = "") -> None:
        zh, en = _TEXTS[code]
        self.code = code
        self.text = zh.format(value=value)
        self.text_en = en.format(value=value)
        super().__init__(f"{code}: {self.text}")


_DEFAULT_DAY: tuple[Slot, ...] = ((time(8), time(12)), (time(14), time(18)))


@dataclass(frozen=True)
class WorkCalendar:
    """Working time of a place, one version of it.

    zone: IANA name.
    slots: for Monday..Sunday the (start, end) local times, in order; an end of 00:00 is midnight.
    exceptions: date → 'off' or 'work'; a 'work' day has the `makeup_slots` (Monday's if not given).
    known_years: years whose holiday list is in; a deadline reaching into others carries a warning.
    names: date → name of the holiday, for explanations.
    """

    version: str
    zone: str = "Asia/Shanghai"
    slots: tuple[tuple[Slot, ...], ...] = (_DEFAULT_DAY,) * 5 + ((), ())
    exceptions: Mapping[date, str] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()
    makeup_slots: tuple[Slot, ...] | None = None
    names: Mapping[date, str] = field(default_factory=dict)
    _hash: int = field(init=False, repr=False, compare=False, default=0)

    def __post_init__(self) -> None:
        _zone(self.zone)
        if len(self.slots) != 7:
            raise ClockRefusal("calendar.not_a_week", len(self.slots))
        for slots in (*self.slots, self.makeup_slots or ()):
            _check_slots(slots)
        for on, word in self.exceptions.items():
            if word not in ("off", "work"):
                raise ClockRefusal("calendar.exception_unknown", f"{on} {word!r}")
        if not self.day_slots or not any(self.slots):
            raise ClockRefusal("calendar.no_work")
        object.__setattr__(self, "exceptions", MappingProxyType(dict(self.exceptions)))
        object.__setattr__(self, "names", MappingProxyType(dict(self.names)))
        parts = (self.version, self.zone, self.slots, self.makeup_slots, self.known_years)
        object.__setattr__(self, "_hash", hash((*parts, frozenset(self.exceptions.items()))))

    def __hash__(self) -> int:
        return self._hash

    @property
    def day_slots(self) -> tuple[Slot, ...]:
        """The slots of an ordinary full day: a make-up day's, else those of the first weekday with any."""
        if self.makeup_slots is not None:
            return self.makeup_slots
        return next((slots for slots in self.slots if slots), ())

    @property
    def day(self) -> timedelta:
        """The working time of one working day in the TIME_PRESERVING reading."""
        return sum((_length(slot) for slot in self.day_slots), ZERO)


def _check_slots(slots: tuple[Slot, ...]) -> None:
    last = ZERO
    for start, end in slots:
        if _of_day(start) >= _end_of_day(end):
            raise ClockRefusal("calendar.slot_reversed", f"{start:%H:%M}–{end:%H:%M}")
        if _of_day(start) < last:
            raise ClockRefusal("calendar.slots_overlap", f"{start:%H:%M}")
        last = _end_of_day(end)


def _of_day(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond)


def _end_of_day(at: time) -> timedelta:
    return _of_day(at) or ONE_DAY


def _length(slot: Slot) -> timedelta:
    return _end_of_day(slot[1]) - _of_day(slot[0])


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError, TypeError) as error:
        raise ClockRefusal("calendar.zone_unknown", repr(name)) from error


class Piece(NamedTuple):
    """A stretch of one local day that is working time or is not."""

    start: datetime
    end: datetime
    counts: bool
    why: Why
    label: str


class DayBook:
    """A calendar's days, laid out once each."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self.zone = _zone(calendar.zone)
        self._days: dict[date, tuple[Piece, ...]] = {}

    def local(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def day(self, on: date) -> tuple[Piece, ...]:
        """The pieces of a local day, tiling it from midnight to midnight."""
        pieces = self._days.get(on)
        if pieces is None:
            if len(self._days) > 20_000:
                self._days.clear()
            pieces = self._days[on] = tuple(self._lay_out(on))
        return pieces

    def midnight(self, on: date) -> datetime:
        return self._instant(on, ZERO)

    def close(self, on: date) -> datetime | None:
        """The end of the last slot of a working day; None for a day without working time."""
        return next((piece.end for piece in reversed(self.day(on)) if piece.counts), None)

    def work(self, on: date) -> timedelta:
        return sum((piece.end - piece.start for piece in self.day(on) if piece.counts), ZERO)

    def _lay_out(self, on: date) -> Iterator[Piece]:
        calendar = self.calendar
        word = calendar.exceptions.get(on)
        label = calendar.names.get(on, "")
        slots = calendar.day_slots if word == "work" else calendar.slots[on.weekday()]
        here, end = self._instant(on, ZERO), self._instant(on, ONE_DAY)
        if word == "off" or not slots:
            yield Piece(here, end, False, Why.HOLIDAY if word == "off" else Why.WEEKEND, label)
            return
        why = Why.MAKEUP if word == "work" else Why.WORK
        gap = Why.NIGHT
        for slot in slots:
            opens = max(here, self._instant(on, _of_day(slot[0])))
            closes = max(opens, self._instant(on, _end_of_day(slot[1])))
            if opens > here:
                yield Piece(here, opens, False, gap, "")
            if closes > opens:
                yield Piece(opens, closes, True, why, label if word == "work" else "")
            here, gap = closes, Why.BREAK
        if end > here:
            yield Piece(here, end, False, Why.NIGHT, "")

    def _instant(self, on: date, after: timedelta) -> datetime:
        """The instant of a local time: of two, the first; for one the clocks jumped over, the jump itself."""
        wall = datetime.combine(on, time.min) + after
        first = wall.replace(tzinfo=self.zone).astimezone(UTC)
        if first.astimezone(self.zone).replace(tzinfo=None) == wall:
            return first
        low, high = wall.replace(tzinfo=self.zone, fold=1).astimezone(UTC), first
        before = low.astimezone(self.zone).utcoffset()
        while high - low > timedelta(seconds=1):
            middle = low + (high - low) // 2
            if middle.astimezone(self.zone).utcoffset() == before:
                low = middle
            else:
                high = middle
        return high.replace(microsecond=0)


@lru_cache(maxsize=64)
def book_of(calendar: WorkCalendar) -> DayBook:
    return DayBook(calendar)
