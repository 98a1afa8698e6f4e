"""Complaints with a sum of money (INT-18, CAS-37): their kinds, how sums are written and read, what may be settled. Pure.

Sums are whole cents (分): they add up without a rest.
"""

import re
import unicodedata
from decimal import Decimal

MARK = "claim"
KINDS: dict[str, str] = {"wages": "拖欠工资", "refund": "退款", "compensation": "赔偿", "other": "其他款项"}
MOST = 1_000_000_000_000
PEOPLE_MOST = 100_000
_SUM = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,6}))?(万)?元?\Z")


def cents(text: str) -> int:
    """What was typed, in cents: `1,200`, `1200.5`, `225.8万`, `３６０ 元`. Raises ValueError for what is no sum, or has part of a cent."""
    plain = "".join(unicodedata.normalize("NFKC", text[:60]).replace(",", "").replace("¥", "").split())
    found = _SUM.match(plain)
    if not found:
        raise ValueError(text)
    exact = Decimal(f"{found[1]}.{found[2] or 0}") * (1_000_000 if found[3] else 100)
    if exact != int(exact) or exact > MOST:
        raise ValueError(text)
    return int(exact)


def yuan(sum_: int) -> str:
    """As it is read: `2,258,000.00`."""
    return f"{sum_ // 100:,}.{sum_ % 100:02d}"


def said(kind: str, claimed: int, people: int | None) -> str:
    """A claim in words."""
    return f"{KINDS[kind]} {yuan(claimed)} 元" + (f"，涉及 {people} 人" if people else "")


def share(settled: int, claimed: int) -> int | None:
    """Settled of what was claimed, in percent, never rounded up to all; nothing where nothing was claimed."""
    return min((settled * 200 + claimed) // (2 * claimed), 99 if settled < claimed else 100) if claimed else None
