"""What a clock says to people, in Chinese and English: what is left, until when, how it came about."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from jingwei.cases.clock import (
    Due,
    Interval,
    Kind,
    Left,
    Limit,
    Unit,
    Why,
    elapsed_working,
    remaining,
)
from jingwei.cases.worktime import ZERO

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_NEAR = {
    "zh": {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}
_LESS = {"zh": "不到 1 分钟", "en": "less than a minute"}
_UNITS = {
    Unit.URGENT_MINUTE: ("分钟", "minute"),
    Unit.URGENT_HOUR: ("个紧急工作时", "urgent hour"),
    Unit.URGENT_DAY: ("个紧急工作日", "urgent day"),
    Unit.WORK_MINUTE: ("分钟工作时间", "working minute"),
    Unit.WORK_HOUR: ("个工作时", "working hour"),
    Unit.WORK_DAY: ("个工作日", "working day"),
    Unit.NATURAL_DAY: ("个自然日", "day"),
}
_REASONS = {
    Why.WEEKEND: ("周末", "weekend"),
    Why.HOLIDAY: ("放假", "holiday"),
    Why.PAUSE: ("暂停", "paused"),
    Why.START_DAY: ("起始当日", "day of the start"),
    Why.REST_OF_DAY: ("顺延到当日下班", "runs on to the close of the day"),
    Why.NIGHT: ("下班时间", "outside working hours"),
    Why.BREAK: ("午休", "break"),
}


def format_limit(limit: Limit, language: str = "zh") -> str:
    """'3 个工作日', '3 working days'."""
    zh, en = _UNITS[limit.unit]
    value = f"{Decimal(limit.value).normalize():f}"  # a database keeps 5 as 5.00
    if _tongue(language) == "zh":
        return f"{value} {zh}"
    return f"{value} {en}" if limit.value == 1 else f"{value} {en}s"


def format_remaining(deadline: Due, now: datetime, language: str = "zh") -> str:
    """'还剩 3 个工作时（明天 10:00 前）'; or how late it is; or that the clock stands still."""
    tongue = _tongue(language)
    left = remaining(now, deadline)
    if deadline.at is None:
        amount = _amount(left, deadline, tongue)
        return f"已暂停，恢复后还剩{_apart(amount)}" if tongue == "zh" else f"paused; {amount} left once it resumes"
    when = format_instant(deadline.at, now, deadline.calendar.zone, tongue)
    if now < deadline.at:
        amount = _amount(left, deadline, tongue)
        return f"还剩{_apart(amount)}（{when} 前）" if tongue == "zh" else f"{amount} left (by {when})"
    late = _late(deadline, now)
    if late.working < _MINUTE and late.clock < _MINUTE:
        return f"已超时（应于{when} 前）" if tongue == "zh" else f"overdue (was due {when})"
    amount = _amount(late, deadline, tongue)
    return f"已超时 {amount}（应于{when} 前）" if tongue == "zh" else f"{amount} overdue (was due {when})"


def format_instant(at: datetime, now: datetime, zone: str, language: str = "zh") -> str:
    """An instant as people say it: 今天 17:05, 昨天 09:00, 11月20日 17:00, 2027年1月4日 09:00."""
    tongue = _tongue(language)
    place = ZoneInfo(zone)
    local, today = at.astimezone(place), now.astimezone(place).date()
    near = _NEAR[tongue].get((local.date() - today).days)
    return f"{near or _day(local.date(), today.year, tongue)} {local:%H:%M}"


def format_explanation(deadline: Due, language: str = "zh", *, every: bool = False) -> tuple[str, ...]:
    """How the deadline came about, a line for each stretch that was counted and each that was not.

    `every`: a line for every interval of `Due.explanation`. Otherwise days alike stand on one line, for a small
    screen: the nights and breaks between their working hours are passed over.
    """
    tongue = _tongue(language)
    teller = _Teller(deadline, tongue, every)
    return (teller.opening(), *teller.stretches(), *teller.ending())


def _tongue(language: str) -> str:
    return "en" if language.lower().startswith("en") else "zh"


def _apart(amount: str) -> str:
    """A number stands apart from Chinese text by a space, a word does not."""
    return f" {amount}" if amount[0].isascii() else amount


def _counted(number: object, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _day(on: date, year: int, tongue: str) -> str:
    if tongue == "zh":
        return f"{on.month}月{on.day}日" if on.year == year else f"{on.year}年{on.month}月{on.day}日"
    short = f"{on.day} {_MONTHS[on.month - 1]}"
    return short if on.year == year else f"{short} {on.year}"


def _late(deadline: Due, now: datetime) -> Left:
    """How long ago it fell due, in the kind of time its last limit runs in."""
    assert deadline.at is not None
    if deadline.limits[-1].unit.working:
        return Left(elapsed_working(deadline.at, now, deadline.calendar), ZERO)
    return Left(ZERO, now - deadline.at)


def _amount(left: Left, deadline: Due, tongue: str) -> str:
    in_days = any(limit.unit is Unit.WORK_DAY for limit in deadline.limits)
    parts = []
    if left.working >= _MINUTE:
        parts.append(_working(left.working, deadline.calendar.day if in_days else None, tongue))
    if left.clock >= _MINUTE:
        parts.append(_clock(left.clock, tongue))
    if not parts:
        return _LESS[tongue]
    return ("，另 " if tongue == "zh" else " and ").join(parts)


def _working(span: timedelta, day: timedelta | None, tongue: str) -> str:
    days, span = divmod(span, day) if day else (0, span)
    hours, span = divmod(span, _HOUR)
    minutes = span // _MINUTE
    if tongue == "zh":
        words = [(days, f"{days} 个工作日"), (hours, f"{hours} 个工作时"), (minutes, f"{minutes} 分钟")]
    else:
        minute = "minute" if days or hours else "working minute"
        words = [
            (days, _counted(days, "working day")),
            (hours, _counted(hours, "working hour")),
            (minutes, _counted(minutes, minute)),
        ]
    return " ".join(word for number, word in words if number) or words[-1][1]


def _clock(span: timedelta, tongue: str, *, by_days: bool = True, exact: bool = False) -> str:
    days, span = divmod(span, _DAY) if by_days else (0, span)
    hours, span = divmod(span, _HOUR)
    minutes, span = divmod(span, _MINUTE)
    names = ("天", "小时", "分钟", "秒") if tongue == "zh" else ("day", "hour", "minute", "second")
    seconds = span // timedelta(seconds=1) if exact else 0
    numbers = [each for each in zip((days, hours, minutes, seconds), names, strict=True) if each[0]]
    if tongue == "zh":
        return " ".join(f"{number} {name}" for number, name in numbers)
    return " ".join(_counted(number, name) for number, name in numbers)


class _Stretch(NamedTuple):
    """Neighbouring intervals of one reason, the nights and breaks between them passed over."""

    first: Interval
    end: datetime
    counted: timedelta


class _Teller:
    """Puts one deadline into lines."""

    def __init__(self, deadline: Due, tongue: str, every: bool) -> None:
        self.every = every
        self.deadline = deadline
        self.tongue = tongue
        self.zh = tongue == "zh"
        self.zone = ZoneInfo(deadline.calendar.zone)
        self.year = deadline.start.astimezone(self.zone).year

    def opening(self) -> str:
        start = self._moment(self.deadline.start)
        limit = format_limit(self.deadline.limits[0], self.tongue)
        version = self.deadline.calendar.version
        if self.zh:
            return f"{start} 开始，时限 {limit}（工作日历 {version}）"
        return f"from {start}: {limit} (work calendar {version})"

    def stretches(self) -> Iterator[str]:
        part = 0
        for stretch in self._gathered():
            while part < stretch.first.part:
                part += 1
                yield self._extension(part)
            yield self._line(stretch)
        for later in range(part + 1, len(self.deadline.limits)):
            yield self._extension(later)

    def ending(self) -> Iterator[str]:
        deadline = self.deadline
        if deadline.at is None:
            amount = _amount(deadline.remaining, deadline, self.tongue)
            yield f"暂停中，尚余{_apart(amount)}" if self.zh else f"paused, {amount} left"
        else:
            moment = self._moment(deadline.at)
            yield f"{moment} 到期" if self.zh else f"due {moment}"
        for _, year in deadline.warnings:
            if self.zh:
                yield f"{year} 年的放假安排尚未录入，到期时间可能变动"
            else:
                yield f"the holiday list of {year} is not in yet; the deadline may move"

    def _gathered(self) -> Iterator[_Stretch]:
        if self.every:
            for each in self.deadline.explanation:
                yield _Stretch(each, each.end, each.length if each.kind is Kind.COUNTED else ZERO)
            return
        open_: _Stretch | None = None
        for each in self.deadline.explanation:
            if each.why in (Why.NIGHT, Why.BREAK):
                continue
            length = each.length if each.kind is Kind.COUNTED else ZERO
            first = open_.first if open_ else None
            if open_ and first and (first.why, first.label, first.part) == (each.why, each.label, each.part):
                open_ = _Stretch(open_.first, each.end, open_.counted + length)
                continue
            if open_:
                yield open_
            open_ = _Stretch(each, each.end, length)
        if open_:
            yield open_

    def _extension(self, part: int) -> str:
        limit = format_limit(self.deadline.limits[part], self.tongue)
        return f"延期 {limit}" if self.zh else f"extended by {limit}"

    def _line(self, stretch: _Stretch) -> str:
        first = stretch.first
        span = self._span(first.start, stretch.end)
        if first.kind is Kind.SKIPPED:
            reason = first.label or _REASONS[first.why][0 if self.zh else 1]
            return f"{span}：{reason}，不计" if self.zh else f"{span}: {reason}, not counted"
        # 24 hours of work are three working days, not one day
        amount = _clock(
            stretch.counted, self.tongue, by_days=first.why is Why.CLOCK, exact=self.every) or _LESS[self.tongue]
        if first.why is Why.MAKEUP:
            return f"{span}：调休上班，计 {amount}" if self.zh else f"{span}: make-up day, {amount} counted"
        return f"{span}：计 {amount}" if self.zh else f"{span}: {amount} counted"

    def _span(self, start: datetime, end: datetime) -> str:
        """Dates alone for whole days, else with times; the end's date only where it differs."""
        low, high = start.astimezone(self.zone), end.astimezone(self.zone)
        if low.time() == high.time() == datetime.min.time() and high > low:
            last = high.date() - _DAY
            return self._date(low.date()) + ("" if last == low.date() else f" – {self._date(last)}")
        if low.date() == high.date():
            return f"{self._date(low.date())} {self._time(low)}–{self._time(high)}"
        return f"{self._moment(start)} – {self._moment(end)}"

    def _moment(self, at: datetime) -> str:
        local = at.astimezone(self.zone)
        return f"{self._date(local.date())} {self._time(local)}"

    def _time(self, local: datetime) -> str:
        return f"{local:%H:%M:%S}" if self.every and local.second else f"{local:%H:%M}"

    def _date(self, on: date) -> str:
        return f"{_day(on, self.year, self.tongue)} {_WEEKDAYS[self.tongue][on.weekday()]}"
