"""What speaks for a deed having been done on the spot: distance and age of its photos and of the phone, in words. Pure.

It proves neither guilt nor diligence: phones err by a street, cameras run wrong, photos are sent from where there is a
signal. Nothing is refused for it, nothing is counted of a person, and no position is kept: only how far it was.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from jingwei.cases.nearest import distance
from jingwei.cases.similar import metres_between
from jingwei.formats.coordinates import gcj02_to_wgs84, in_china_box

NEAR = 50.0      # metres: a case's own point is no finer
BLIND = 500.0    # metres: who errs by more says nothing about a place
_UNTOLD = 30.0   # metres that a phone ordinarily errs in a street, where it does not say
_SKEW = timedelta(minutes=5)


class Point(NamedTuple):
    """Degrees, and metres of doubt where the device tells them."""

    lon: float
    lat: float
    within: float | None = None


class Weighed(NamedTuple):
    """Of one photo, or of the phone (`file` ''). `away`, `within`: metres; `minutes`: old when it was sent.

    `shifted`: it fits once it is read as GCJ-02, in which some phones write.
    """

    file: str = ""
    away: int | None = None
    within: int | None = None
    minutes: int | None = None
    shifted: bool = False


def weigh(case: Point, seen: Point | None, *, file: str = "", taken: datetime | None = None, now: datetime) -> Weighed:
    """How far from the case, how long before now."""
    minutes = None if taken is None else int((now - taken) / timedelta(minutes=1))
    if seen is None:
        return Weighed(file, minutes=minutes)
    away, shifted = metres_between(case.lon, case.lat, seen.lon, seen.lat), False
    doubt = NEAR + (_UNTOLD if seen.within is None else seen.within)
    if file and away > doubt and in_china_box(seen.lon, seen.lat):
        read = metres_between(case.lon, case.lat, *gcj02_to_wgs84(seen.lon, seen.lat))
        away, shifted = (read, True) if read <= doubt else (away, False)
    return Weighed(file, round(away), None if seen.within is None else round(seen.within), minutes, shifted)


def fits(weighed: Weighed) -> bool | None:
    """Whether the place fits as far as can be told; None: it cannot."""
    if weighed.away is None or (weighed.within or 0) > BLIND:
        return None
    return weighed.away <= NEAR + (_UNTOLD if weighed.within is None else weighed.within)


def place_said(weighed: Weighed) -> str:
    """位置相符, 相差 120 米（误差约 20 米）, 没有位置."""
    if weighed.away is None:
        return "没有位置"
    doubt = f"误差约 {distance(weighed.within)}" if weighed.within else ""
    if fits(weighed) is None:
        return f"定位{doubt}，不作比较"
    if fits(weighed):
        return "位置相符（按火星坐标换算）" if weighed.shifted else "位置相符"
    return f"相差 {distance(weighed.away)}{f'（{doubt}）' if doubt else ''}"


def time_said(weighed: Weighed) -> str:
    """When a photo was taken, by its camera, as of the moment in which it was sent."""
    minutes = weighed.minutes
    if minutes is None:
        return "没有拍摄时间"
    if minutes < -_SKEW / timedelta(minutes=1):
        return "相机时间不准"
    if minutes < 2:
        return "送出时刚拍"
    if minutes < 60:
        return f"送出前 {minutes} 分钟拍"
    return f"送出前 {minutes // 60} 小时拍" if minutes < 48 * 60 else f"送出前 {minutes // (24 * 60)} 天拍"


def told(weighed: Weighed) -> dict[str, Any]:
    """For the entry: what is not known is left out."""
    return {name: value for name, value in weighed._asdict().items() if value is not None and value is not False and value != ""}


def read(told: dict[str, Any]) -> Weighed:
    return Weighed(**told)


def lines(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each as it is shown: `what` it is, its `file`, whether the place `fits`, what is `said` of it."""
    weighed = [read(one) for one in told]
    return [{"what": "照片" if one.file else "手机定位", "file": one.file, "fits": fits(one),
             "said": f"{place_said(one)}，{time_said(one)}" if one.file else place_said(one)} for one in weighed]
