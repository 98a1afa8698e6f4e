"""Local times of tables and pictures as instants, with a named zone; doubtful ones are refused, not guessed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jingwei.formats.errors import FormatError
from jingwei.kernel.errors import Refusal

FIRST_YEAR, LAST_YEAR = 2000, 2100

USUAL_FORMATS = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d",
    "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z", "%Y年%m月%d日 %H:%M:%S", "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日%H时%M分", "%Y年%m月%d日", "%Y%m%d%H%M%S", "%Y%m%d",
)
_LONGEST = 64
_EXAMPLE = datetime(2026, 3, 5, 8, 30, tzinfo=UTC)


def parse_local(text: str, zone: str, formats: Sequence[str] = USUAL_FORMATS) -> datetime:
    """The instant, aware, UTC, of a local time written in the first of `formats` (strptime's) that fits.

    `zone`: an IANA name such as Asia/Shanghai; an offset inside the text (%z) outweighs it.
    Refused: no format fits, digits other than 0-9, years outside 2000-2100 (1970 and 9999 are what empty
    fields turn into), local times that a change of clocks skips or repeats.
    """
    place = zone_named(zone)
    written = text.strip()
    if any(sign.isdecimal() and not sign.isascii() for sign in written):
        raise Refusal(FormatError.TIME_DIGITS, text=written[:40])
    for pattern in formats if len(written) <= _LONGEST else ():
        try:
            # the zone is laid on below; a format without %z gives none here
            parsed = datetime.strptime(written, pattern)  # noqa: DTZ007
        except ValueError:
            continue
        return instant(parsed, place)
    raise Refusal(FormatError.TIME_NOT_UNDERSTOOD, text=written[:40], example=_EXAMPLE.strftime(formats[0]))


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """A naive local time (or an aware one) as UTC, checked for its year and for being one instant only."""
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise Refusal(FormatError.TIME_YEAR, year=local.year)
    if local.tzinfo is not None:
        return local.astimezone(UTC)
    first = local.replace(tzinfo=zone, fold=0)
    if first.utcoffset() != local.replace(tzinfo=zone, fold=1).utcoffset():
        raise Refusal(FormatError.TIME_NOT_UNIQUE, text=local.isoformat(sep=" "), zone=zone.key)
    return first.astimezone(UTC)


def zone_named(name: str) -> ZoneInfo:
    """The zone of an IANA name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # OSError: names such as '.' reach the folder of the database itself
        raise Refusal(FormatError.TIME_ZONE, zone=name[:60]) from None
