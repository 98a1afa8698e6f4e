"""Dates as tables of parts write them: 20260701, 2026-07-01, 2026/7/1. Pure."""

import re
from datetime import date

_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0)?", re.ASCII)
_PARTED = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?", re.ASCII)
EARLIEST = 1900


def day_in(text: str) -> date | None:
    """The day a cell means; None where it means none that exists."""
    found = _PACKED.fullmatch(text.strip()) or _PARTED.fullmatch(text.strip())
    if found is None:
        return None
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
    return day if day.year >= EARLIEST else None


def packed(day: date | None) -> str:
    """YYYYMMDD, as the standard writes it; '' for none."""
    return day.strftime("%Y%m%d") if day else ""
