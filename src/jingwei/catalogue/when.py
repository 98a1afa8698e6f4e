"""When a rule of responsibility holds: days of the year, kinds of day, hours of the day, as a table writes them. Pure.

"11-15~03-15 工作日 18:00-08:00": parts stand apart by spaces, each at most once, all of them have to fit. A night that
begins on one day and ends on the next belongs to the day on which it begins.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from jingwei.catalogue.hours import Week

LONGEST = 80
_WEEKDAYS = "一二三四五六日"
_WORKING, _RESTING = "工作日", "休息日"
_KINDS_OF_DAY = {_WORKING: True, "workdays": True, _RESTING: False, "restdays": False}
_SIGNS = {ord("～"): "~", ord("〜"): "~", ord("—"): "-", ord("–"): "-", ord("－"): "-", ord("："): ":", ord("天"): "日",
          ord("，"): "、", ord(","): "、"} | {0xFF10 + digit: str(digit) for digit in range(10)}
_DATES = re.compile(r"(\d{1,2})[-月](\d{1,2})日?[~至到](\d{1,2})[-月](\d{1,2})日?", re.ASCII)
_HOURS = re.compile(r"(\d{1,2}):(\d{2})[-~至到](\d{1,2}):(\d{2})", re.ASCII)
_DAYS = re.compile(rf"(?:周|星期)([{_WEEKDAYS}])(?:[至到~-](?:周|星期)?([{_WEEKDAYS}]))?")

MonthDay = tuple[int, int]


class Moment(NamedTuple):
    """An instant as rules see it, in the time of the place. `works`: whether this day is a working one; `worked`: the day before."""

    day: date
    minute: int
    works: bool
    worked: bool


@dataclass(frozen=True, slots=True)
class When:
    """`works`: None for any day, else working days or the others alone. `weekdays`: 0 for Monday. `hours`: minutes after midnight."""

    dates: tuple[MonthDay, MonthDay] | None = None
    works: bool | None = None
    weekdays: frozenset[int] = frozenset()
    hours: tuple[int, int] | None = None

    @property
    def shape(self) -> tuple[int, bool, bool, bool]:
        """How closely it says when: the greater goes first."""
        parts = (self.dates is not None, self.works is not None or bool(self.weekdays), self.hours is not None)
        return (sum(parts), *parts)

    def holds(self, at: Moment) -> bool:
        day, works = at.day, at.works
        if self.hours is not None:
            low, high = self.hours
            if not _cyclic(at.minute, low, high):
                return False
            if low > high and at.minute < high:  # the night began the day before
                day, works = day - timedelta(days=1), at.worked
        return ((self.dates is None or _cyclic((day.month, day.day), self.dates[0], self.dates[1], whole=True))
                and (self.works is None or self.works == works)
                and (not self.weekdays or day.weekday() in self.weekdays))

    def meets(self, other: "When") -> bool:
        """Whether both hold at some instant and neither says when more closely: nobody could tell which goes first."""
        return (self.shape == other.shape
                and (self.dates is None or other.dates is None or _meet(self.dates, other.dates, whole=True))
                and (self.hours is None or other.hours is None or _meet(self.hours, other.hours))
                and (self.works is None or other.works is None or self.works == other.works)
                and (not self.weekdays or not other.weekdays or bool(self.weekdays & other.weekdays)))

    @property
    def text(self) -> str:
        """As it is kept: the same times are the same words."""
        parts = []
        if self.dates is not None:
            parts.append("~".join(f"{month:02d}-{day:02d}" for month, day in self.dates))
        if self.works is not None:
            parts.append(_WORKING if self.works else _RESTING)
        if self.weekdays:
            parts.append("、".join(f"周{_WEEKDAYS[each]}" for each in sorted(self.weekdays)))
        if self.hours is not None:
            parts.append("-".join(f"{minute // 60:02d}:{minute % 60:02d}" for minute in (self.hours[0], self.hours[1] or 1440)))
        return " ".join(parts)


def read_when(text: str) -> When | None:
    """What a cell says; None for an empty one. Raises ValueError with the part that cannot be read."""
    found: dict[str, object] = {}
    for part in text.translate(_SIGNS).split():
        name, value = _part(part)
        if name in found or (name == "weekdays" and "works" in found) or (name == "works" and "weekdays" in found):
            raise ValueError(part)
        found[name] = value
    return When(**found) if found else None  # type: ignore[arg-type]


def moment(at: datetime, zone: str, week: Week, exceptions: Mapping[date, str]) -> Moment:
    """An instant by the work calendar of the place."""
    local = at.astimezone(ZoneInfo(zone))

    def works(day: date) -> bool:
        word = exceptions.get(day)
        return word == "work" if word else bool(week[day.weekday()])

    return Moment(local.date(), local.hour * 60 + local.minute, works(local.date()), works(local.date() - timedelta(days=1)))


def _part(text: str) -> tuple[str, object]:
    if text in _KINDS_OF_DAY:
        return "works", _KINDS_OF_DAY[text]
    if (found := _DATES.fullmatch(text)) is not None:
        ends = (int(found[1]), int(found[2])), (int(found[3]), int(found[4]))
        if all(1 <= month <= 12 and 1 <= day <= calendar.monthrange(2024, month)[1] for month, day in ends):
            return "dates", ends
    elif (found := _HOURS.fullmatch(text)) is not None:
        hours, minutes = (int(found[1]), int(found[3])), (int(found[2]), int(found[4]))
        low, high = hours[0] * 60 + minutes[0], hours[1] * 60 + minutes[1]
        if max(minutes) < 60 and low < 1440 and high <= 1440 and low != high % 1440:
            return "hours", (low, high % 1440)
    else:
        named = [_DAYS.fullmatch(each) for each in text.split("、")]
        if all(named):
            return "weekdays", frozenset(day for one in named if one for day in _span(one[1], one[2] or one[1]))
    raise ValueError(text)


def _span(first: str, last: str) -> list[int]:
    low, high = _WEEKDAYS.index(first), _WEEKDAYS.index(last)
    return list(range(low, high + 1)) if low <= high else [*range(low, 7), *range(high + 1)]


def _cyclic(value: Any, low: Any, high: Any, *, whole: bool = False) -> bool:
    """Between two ends of a day or a year, over its turn where the first lies behind the last. `whole`: the last counts."""
    before: bool = value <= high if whole else value < high
    since: bool = value >= low
    return since and before if low <= high else since or before


def _meet(one: tuple[Any, Any], other: tuple[Any, Any], *, whole: bool = False) -> bool:
    return _cyclic(one[0], *other, whole=whole) or _cyclic(other[0], *one, whole=whole)
