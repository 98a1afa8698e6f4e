"""Working minutes of the invented staff: Monday to Friday 08:00–12:00 and 14:00–18:00, eight hours east of Greenwich."""

from collections.abc import Set
from datetime import UTC, date, datetime, time, timedelta, timezone

LOCAL = timezone(timedelta(hours=8))
_SLOTS = ((time(8), time(12)), (time(14), time(18)))
DAY = 480       # working minutes


class Hours:
    """`closed`: weekdays on which nobody works; `open_days`: make-up workdays on a weekend."""

    def __init__(self, closed: Set[date] = frozenset(), open_days: Set[date] = frozenset()) -> None:
        self.closed = closed
        self.open_days = open_days

    def works(self, day: date) -> bool:
        return day in self.open_days or (day.weekday() < 5 and day not in self.closed)

    def working(self, instant: datetime) -> bool:
        """Whether the instant lies in working time, both ends of a slot included."""
        local = instant.astimezone(LOCAL)
        return self.works(local.date()) and any(a <= local.time() <= b for a, b in _SLOTS)

    def earlier(self, instant: datetime, minutes: float) -> datetime:
        """The instant (UTC) so many working minutes before; with 0 the last working instant not after it."""
        local = instant.astimezone(LOCAL)
        left = timedelta(minutes=minutes)
        while True:
            for begin, end in reversed(_SLOTS):
                opens = datetime.combine(local.date(), begin, LOCAL)
                closes = min(local, datetime.combine(local.date(), end, LOCAL))
                if self.works(local.date()) and closes > opens:
                    if closes - opens >= left:
                        return (closes - left).astimezone(UTC)
                    left -= closes - opens
            local = datetime.combine(local.date() - timedelta(days=1), time(23, 59, 59), LOCAL)
