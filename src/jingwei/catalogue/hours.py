"""Working hours of a week, between what people write ("08:00-12:00 14:00-18:00"), what is stored and times."""

from collections.abc import Sequence
from datetime import time

from jingwei.catalogue.errors import CatalogueError
from jingwei.kernel.errors import Refusal

Slot = tuple[time, time]
Day = tuple[Slot, ...]
Week = tuple[Day, ...]

_MIDNIGHT = 24 * 60


def read_day(text: str) -> Day:
    """Slots of a day from text; '' is a day without work. An end of 24:00 or 00:00 is midnight."""
    parts = text.replace("–", "-").replace("—", "-").replace("，", " ").replace(",", " ").replace("、", " ").split()
    return _checked([tuple(part.split("-")) for part in parts])


def stored_day(slots: object) -> Day:
    """Slots of a day as they are stored: [["08:00", "12:00"], …]. Refuses anything else."""
    if not isinstance(slots, list | tuple):
        raise _wrong(slots)
    return _checked(slots)


def stored_week(days: object) -> Week:
    """Seven days as they are stored."""
    if not isinstance(days, list | tuple) or len(days) != 7:
        raise Refusal(CatalogueError.WEEK_WRONG, count=len(days) if isinstance(days, list | tuple) else "?")
    week = tuple(stored_day(day) for day in days)
    if not any(week):
        raise Refusal(CatalogueError.NO_WORK)
    return week


def to_store(day: Day) -> list[list[str]]:
    return [[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in day]


def shown_day(day: Day) -> str:
    return " ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in day)


def _checked(pairs: Sequence[object]) -> Day:
    slots, last = [], 0
    for pair in pairs:
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            raise _wrong(pair)
        start, end = (_minute(part) for part in pair)
        end = end or _MIDNIGHT
        if not last <= start < end or start == _MIDNIGHT:
            raise _wrong("-".join(str(part) for part in pair))
        slots.append((_time(start), _time(end)))
        last = end
    return tuple(slots)


def _minute(text: object) -> int:
    """Minutes after midnight of 'HH:MM'."""
    if not isinstance(text, str) or len(text) != 5 or text[2] != ":" or not text.isascii():
        raise _wrong(text)
    hours, minutes = text[:2], text[3:]
    if not (hours.isdigit() and minutes.isdigit()) or int(minutes) > 59 or int(hours) * 60 + int(minutes) > _MIDNIGHT:
        raise _wrong(text)
    return int(hours) * 60 + int(minutes)


def _time(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


def _wrong(found: object) -> Refusal:
    return Refusal(CatalogueError.SLOTS_WRONG, found=str(found)[:40])
