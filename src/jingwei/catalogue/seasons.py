"""Planting seasons by class: read from the setting that holds them, and when the next one opens. Pure.

"matter/04=03-01~04-30,10-15~11-30; component/04=03-01~04-30; *=03-01~04-30": for classes whose code begins so, in which
days of the year planting is possible. A scheme may stand before (gbt47678.5-2026/matter/04); `*` is for conditions of
the filing standard that speak of the season themselves. Areas have their own through the setting's area.
"""

import calendar
import re
from collections.abc import Mapping
from datetime import date

Window = tuple[tuple[int, int], tuple[int, int]]  # first and last day, as month and day
Seasons = Mapping[str, tuple[Window, ...]]

EVERY = "*"
_WINDOW = re.compile(r"(\d{2})-(\d{2})~(\d{2})-(\d{2})", re.ASCII)


def read_seasons(text: str) -> Seasons:
    """What the setting says. Raises ValueError with the part that cannot be read."""
    found: dict[str, tuple[Window, ...]] = {}
    for part in (each.strip() for each in text.replace("；", ";").split(";")):
        if not part:
            continue
        prefix, equals, windows = part.partition("=")
        prefix = prefix.strip()
        if not equals or not prefix or prefix in found:
            raise ValueError(part)
        found[prefix] = tuple(_window(one.strip()) for one in windows.replace("，", ",").split(","))
    return found


def windows_for(seasons: Seasons, full_code: str, *, by_condition: bool = False) -> tuple[Window, ...]:
    """The seasons of a class ("scheme/kind/code"), those of the longest beginning; none for a class that has no season."""
    local = full_code.partition("/")[2]
    fitting = [prefix for prefix in seasons if prefix != EVERY and (full_code.startswith(prefix) or local.startswith(prefix))]
    if fitting:
        return seasons[max(fitting, key=lambda prefix: (prefix.count("/"), len(prefix)))]
    return seasons.get(EVERY, ()) if by_condition else ()


def in_season(windows: tuple[Window, ...], on: date) -> bool:
    """Whether planting is possible on this day."""
    return any(_within(window, (on.month, on.day)) for window in windows)


def next_season(windows: tuple[Window, ...], on: date) -> date | None:
    """The first day of the season that opens next after `on`; None where there is none."""
    openings = (_day(year, window[0]) for window in windows for year in (on.year, on.year + 1))
    return min((opens for opens in openings if opens > on), default=None)


def _window(text: str) -> Window:
    found = _WINDOW.fullmatch(text)
    if found is None:
        raise ValueError(text or "=")
    low, high = (int(found[1]), int(found[2])), (int(found[3]), int(found[4]))
    for month, day in (low, high):
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(2024, month)[1]:
            raise ValueError(text or "=")
    return low, high


def _within(window: Window, day: tuple[int, int]) -> bool:
    low, high = window
    return low <= day <= high if low <= high else day >= low or day <= high


def _day(year: int, day: tuple[int, int]) -> date:
    """29 February opens on the 28th of other years."""
    return date(year, day[0], min(day[1], calendar.monthrange(year, day[0])[1]))
