"""What a camera wrote beside the pixels, as far as it proves when and where. The device is nobody's business."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jingwei.formats.coordinates import check_lonlat
from jingwei.formats.errors import FormatError
from jingwei.formats.findings import Finding, finding
from jingwei.formats.times import instant
from jingwei.kernel.errors import Refusal

if TYPE_CHECKING:
    from PIL.Image import Image

# tags of EXIF 2.32 (CIPA DC-008)
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_TAKEN, _DIGITISED, _CHANGED = 0x9003, 0x9004, 0x0132
_TAKEN_OFFSET, _CHANGED_OFFSET = 0x9011, 0x9010
_LAT_REF, _LAT, _LON_REF, _LON, _GPS_TIME, _GPS_DATE, _ERROR = 1, 2, 3, 4, 7, 29, 31

_CLOCK = re.compile(r"([0-9]{4})[:\-/]([0-9]{2})[:\-/]([0-9]{2})[ T]([0-9]{2}):([0-9]{2}):([0-9]{2})", re.ASCII)
_DATE = re.compile(r"([0-9]{4})[:\-/]([0-9]{2})[:\-/]([0-9]{2})", re.ASCII)
_OFFSET = re.compile(r"([+-])([0-9]{2}):([0-9]{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Evidence:
    """`taken_at`: the camera's clock as an instant (UTC), None without a zone to read it in; `taken_local`: the
    same clock as written, ISO; `located_at`: the satellites' own time (UTC). `lon`, `lat`: degrees, the datum
    as the phone gave it (WGS-84 by the standard). `accuracy_m`: metres, if the phone says.
    `findings`: why something that was written there was not taken.
    """

    taken_at: datetime | None = None
    taken_local: str | None = None
    located_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    findings: tuple[Finding, ...] = ()


def evidence_of(image: "Image", zone: ZoneInfo | None = None) -> Evidence:
    """Time and place from a picture's EXIF. Damage there is a finding, never a refusal."""
    try:
        exif = image.getexif()
        base: dict[int, Any] = dict(exif)
        base |= exif.get_ifd(_EXIF_IFD)
        gps: dict[int, Any] = dict(exif.get_ifd(_GPS_IFD))
    except Exception:  # noqa: BLE001  the tags are the sender's bytes and the parser fails in every way
        return Evidence(findings=(finding(FormatError.EXIF_UNREADABLE),))
    return evidence_from(base, gps, zone)


def evidence_from(base: Mapping[int, Any], gps: Mapping[int, Any], zone: ZoneInfo | None = None) -> Evidence:
    """The same from the tags, by number."""
    findings: list[Finding] = []
    taken_local, taken_at = _taken(base, zone, findings)
    lon, lat = _position(gps, findings)
    return Evidence(
        taken_at=taken_at, taken_local=taken_local, located_at=_located_at(gps), lon=lon, lat=lat,
        accuracy_m=_accuracy(gps) if lon is not None else None, findings=tuple(findings),
    )


def _taken(
    base: Mapping[int, Any], zone: ZoneInfo | None, findings: list[Finding]
) -> tuple[str | None, datetime | None]:
    for tag, offset_tag in ((_TAKEN, _TAKEN_OFFSET), (_DIGITISED, _TAKEN_OFFSET), (_CHANGED, _CHANGED_OFFSET)):
        local = _clock(base.get(tag))
        if local is None:
            continue
        own_zone = _offset(base.get(offset_tag))
        try:
            if own_zone is not None:
                return local.isoformat(), instant(local.replace(tzinfo=own_zone), ZoneInfo("UTC"))
            if zone is not None:
                return local.isoformat(), instant(local, zone)
            instant(local, ZoneInfo("UTC"))  # for its year
            return local.isoformat(), None
        except Refusal as refusal:
            # a camera whose clock was never set says 1970 or 1980
            findings.append(Finding(refusal.reason, refusal.details))
            return None, None
    return None, None


def _clock(value: Any) -> datetime | None:
    found = _CLOCK.match(_text(value))
    try:
        return datetime(*map(int, found.groups())) if found else None  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None


def _offset(value: Any) -> timezone | None:
    found = _OFFSET.match(_text(value))
    if not found:
        return None
    minutes = int(found[2]) * 60 + int(found[3])
    return timezone(timedelta(minutes=minutes if found[1] == "+" else -minutes)) if minutes < 24 * 60 else None


def _position(gps: Mapping[int, Any], findings: list[Finding]) -> tuple[float | None, float | None]:
    lat = _degrees(gps.get(_LAT), _text(gps.get(_LAT_REF)), "N", "S")
    lon = _degrees(gps.get(_LON), _text(gps.get(_LON_REF)), "E", "W")
    if lat is None or lon is None:
        return None, None
    try:
        findings += check_lonlat(lon, lat)
    except Refusal as refusal:
        findings.append(Finding(refusal.reason, refusal.details))
        return None, None
    return lon, lat


def _degrees(value: Any, side: str, positive: str, negative: str) -> float | None:
    """Degrees, minutes, seconds as three rationals. Without a side the half of the globe is unknown."""
    sign = {positive: 1.0, negative: -1.0}.get(side[:1].upper())
    if not isinstance(value, (tuple, list)):
        return None
    try:
        degrees, minutes, seconds = (float(part) for part in value)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return None if sign is None else sign * (degrees + minutes / 60 + seconds / 3600)


def _located_at(gps: Mapping[int, Any]) -> datetime | None:
    day = _DATE.match(_text(gps.get(_GPS_DATE)))
    try:
        hours, minutes, seconds = (float(part) for part in gps[_GPS_TIME])
        if day is None:
            return None
        start = datetime(int(day[1]), int(day[2]), int(day[3]), tzinfo=UTC)
        return instant(start + timedelta(hours=hours, minutes=minutes, seconds=seconds), ZoneInfo("UTC"))
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError, Refusal):
        return None


def _accuracy(gps: Mapping[int, Any]) -> float | None:
    try:
        metres = float(gps[_ERROR])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    return metres if math.isfinite(metres) and metres >= 0 else None


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "ignore")
    return value.strip(" \x00") if isinstance(value, str) else ""
