"""When somebody may be told by a way that rings: quiet hours and digests. Pure; all instants aware."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

DIGESTS = ("", "hour", "day")
DAY_AT = time(9, 0)  # when the digest of the day goes out


def free_from(at: datetime, quiet_from: time, quiet_until: time, zone: ZoneInfo) -> datetime:
    """`at` itself, or the end of the quiet hours that it falls into. Equal ends: there are none."""
    local = at.astimezone(zone)
    clock = local.time().replace(tzinfo=None)
    over_midnight = quiet_from > quiet_until
    if quiet_from == quiet_until:
        return at
    inside = (clock >= quiet_from or clock < quiet_until) if over_midnight else quiet_from <= clock < quiet_until
    if not inside:
        return at
    day = local.date() + timedelta(days=1 if over_midnight and clock >= quiet_from else 0)
    return datetime.combine(day, quiet_until, tzinfo=zone).astimezone(at.tzinfo)


def digest_at(at: datetime, digest: str, zone: ZoneInfo) -> datetime:
    """The next full hour, the next nine o'clock, or `at` itself for whoever wants no digest."""
    local = at.astimezone(zone)
    if digest == "hour":
        return (local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)).astimezone(at.tzinfo)
    if digest == "day":
        today = datetime.combine(local.date(), DAY_AT, tzinfo=zone)
        after = today if local <= today else datetime.combine(local.date() + timedelta(days=1), DAY_AT, tzinfo=zone)
        return after.astimezone(at.tzinfo)
    return at


def send_from(at: datetime, *, urgent: bool, digest: str, quiet_from: time, quiet_until: time,
              zone: ZoneInfo) -> tuple[datetime, bool]:
    """From when a message may go out, and whether it then goes together with others. What is urgent goes at once."""
    if urgent:
        return at, False
    wanted = digest_at(at, digest, zone)
    free = free_from(wanted, quiet_from, quiet_until, zone)
    return free, bool(digest) or free != at
