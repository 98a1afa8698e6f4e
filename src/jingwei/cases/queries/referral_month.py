"""Months of the place, by which referrals are counted."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from jingwei.cases import timing
from jingwei.cases.referral_errors import ReferralError
from jingwei.kernel import clock
from jingwei.kernel.errors import Refusal

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


def bounds(text: str) -> tuple[datetime, datetime]:
    """When a month (2026-11) begins, and when the next one does. Refuses one that has not begun."""
    found = _MONTH.fullmatch(text)
    if found is None:
        raise Refusal(ReferralError.BAD_MONTH, month=text[:20])
    zone, (year, month) = ZoneInfo(timing.zone()), map(int, found.groups())
    since = datetime(year, month, 1, tzinfo=zone)
    if since > clock.now():
        raise Refusal(ReferralError.BAD_MONTH, month=text)
    return since, datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)


def present() -> str:
    """The month it is now."""
    return clock.now().astimezone(ZoneInfo(timing.zone())).strftime("%Y-%m")
