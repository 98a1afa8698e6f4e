"""Work calendars for tests: the real holiday lists over the ordinary week, and weeks of other shapes."""

from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import jingwei.catalogue
from jingwei.cases.clock import WorkCalendar
from jingwei.catalogue.holidays import merged, read_table

SHANGHAI = "Asia/Shanghai"
MORNING = (time(8), time(12))
AFTERNOON = (time(14), time(18))
DAY = (MORNING, AFTERNOON)
WEEK = (DAY,) * 5 + ((), ())


@cache
def official() -> WorkCalendar:
    """Monday to Friday 08:00–12:00 and 14:00–18:00 with the official lists of 2014–2026."""
    table = Path(jingwei.catalogue.__file__).parent / "data" / "holidays.csv"
    lists = merged(read_table(table))
    return WorkCalendar(
        version="official-1", exceptions=lists.exceptions, names=lists.names, known_years=lists.known_years)


def plain(zone: str = SHANGHAI, **kwargs: object) -> WorkCalendar:
    """The ordinary week without a single holiday; every year is known."""
    return WorkCalendar(
        version="plain", zone=zone, known_years=frozenset(range(1960, 2300)), **kwargs)  # type: ignore[arg-type]


def local(text: str, zone: str = SHANGHAI) -> datetime:
    """'2026-11-20 17:00' in a zone, as an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def shown(at: datetime | None, zone: str = SHANGHAI) -> str:
    """An instant as '2026-11-20 17:00' in a zone; '—' for none."""
    return "—" if at is None else at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
