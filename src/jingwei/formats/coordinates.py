"""Longitude and latitude: the offset systems of Chinese web maps, and pairs that cannot be a place.

GCJ-02 (AMap, Tencent) and BD-09 (Baidu) are never stored as if they were WGS-84: convert here and keep the
raw pair with the name of its system beside it. CGCS2000 and WGS-84 are taken as equal.
"""

import math
import re
from typing import TYPE_CHECKING, Any

from jingwei.formats.errors import FormatError
from jingwei.formats.findings import Finding, finding
from jingwei.kernel.errors import Refusal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

# the ellipsoid of Krasovsky 1940, on which the offset is defined
_A = 6378245.0
_EE = 0.00669342162296594323
_X_PI = math.pi * 3000.0 / 180.0
_ROUNDS = 8  # the iteration gains about two digits a round

# outside this box the offset is not applied
_BOX = (72.004, 0.8293, 137.8347, 55.8271)

_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]+)?", re.ASCII)


def in_china_box(lon: float, lat: float) -> bool:
    """The box of the offset, which also holds much that is not China."""
    return _BOX[0] <= lon <= _BOX[2] and _BOX[1] <= lat <= _BOX[3]


def wgs84_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """Degrees to degrees; unchanged outside the box."""
    return _apply(lon, lat, _gcj_from_wgs)


def gcj02_to_wgs84(lon: float, lat: float) -> tuple[float, float]:
    """The inverse by iteration, to better than 1e-9 degrees."""
    return _apply(lon, lat, _wgs_from_gcj)


def gcj02_to_bd09(lon: float, lat: float) -> tuple[float, float]:
    return _apply(lon, lat, _bd_from_gcj)


def bd09_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """The inverse by iteration; the common closed formula is off by up to a metre."""
    return _apply(lon, lat, _gcj_from_bd)


def wgs84_to_bd09(lon: float, lat: float) -> tuple[float, float]:
    return gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))


def bd09_to_wgs84(lon: float, lat: float) -> tuple[float, float]:
    return gcj02_to_wgs84(*bd09_to_gcj02(lon, lat))


def many_to_wgs84(system: str, points: "Points") -> "Points":
    """An array of shape (n, 2), lon and lat in degrees of 'GCJ-02' or 'BD-09', as a new array in WGS-84."""
    import numpy as np

    lon, lat = points[:, 0], points[:, 1]
    if system == "BD-09":
        lon, lat = _gcj_from_bd(lon, lat, np)
    elif system != "GCJ-02":
        raise ValueError(f"no offset system: {system!r}")
    shifted = np.column_stack(_wgs_from_gcj(lon, lat, np))
    inside = (points[:, 0] >= _BOX[0]) & (points[:, 0] <= _BOX[2]) & (points[:, 1] >= _BOX[1])
    inside &= points[:, 1] <= _BOX[3]
    return np.where(inside[:, None], shifted, points)


def check_lonlat(lon: float, lat: float) -> tuple[Finding, ...]:
    """Refuse what cannot be a place: not finite, out of range, exactly 0, 0.

    A pair that lies in China only when exchanged is refused if its latitude is impossible, and otherwise
    (western China: 39.5, 75.9 is a point of the Arctic Sea) returned as a finding for a person to judge.
    """
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise Refusal(FormatError.LONLAT_NOT_NUMBER, lon=lon, lat=lat)
    exchanged = not in_china_box(lon, lat) and in_china_box(lat, lon)
    if abs(lat) > 90 or abs(lon) > 180:
        reason = FormatError.LONLAT_SWAPPED if exchanged else FormatError.LONLAT_RANGE
        raise Refusal(reason, lon=lon, lat=lat)
    if lon == 0 and lat == 0:
        raise Refusal(FormatError.LONLAT_NULL_ISLAND)
    return (finding(FormatError.LONLAT_SWAPPED, lon=lon, lat=lat),) if exchanged else ()


def read_lonlat(lon: str, lat: str) -> tuple[float, float]:
    """Two cells of a table as degrees. `float` alone would take 'nan', '1_0' and full-width digits."""
    if not (_DEGREES.fullmatch(lon.strip()) and _DEGREES.fullmatch(lat.strip())):
        raise Refusal(FormatError.LONLAT_NOT_NUMBER, lon=lon[:40], lat=lat[:40])
    return float(lon), float(lat)


def _apply(lon: float, lat: float, formula: Any) -> tuple[float, float]:
    if not in_china_box(lon, lat):
        return lon, lat
    x, y = formula(lon, lat, math)
    return float(x), float(y)


# Below, `m` is `math` for one point or numpy for an array of them: one formula for both.


def _gcj_from_wgs(lon: Any, lat: Any, m: Any) -> tuple[Any, Any]:
    x, y = lon - 105.0, lat - 35.0
    root = m.sqrt(abs(x))
    wave = (20.0 * m.sin(6.0 * x * m.pi) + 20.0 * m.sin(2.0 * x * m.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave
    north += (20.0 * m.sin(y * m.pi) + 40.0 * m.sin(y / 3.0 * m.pi)) * 2.0 / 3.0
    north += (160.0 * m.sin(y / 12.0 * m.pi) + 320.0 * m.sin(y * m.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave
    east += (20.0 * m.sin(x * m.pi) + 40.0 * m.sin(x / 3.0 * m.pi)) * 2.0 / 3.0
    east += (150.0 * m.sin(x / 12.0 * m.pi) + 300.0 * m.sin(x / 30.0 * m.pi)) * 2.0 / 3.0
    angle = lat / 180.0 * m.pi
    magic = 1.0 - _EE * m.sin(angle) ** 2
    north = north * 180.0 / (_A * (1.0 - _EE) / (magic * m.sqrt(magic)) * m.pi)
    east = east * 180.0 / (_A / m.sqrt(magic) * m.cos(angle) * m.pi)
    return lon + east, lat + north


def _bd_from_gcj(lon: Any, lat: Any, m: Any) -> tuple[Any, Any]:
    arctangent = m.atan2 if m is math else m.arctan2
    z = m.sqrt(lon * lon + lat * lat) + 0.00002 * m.sin(lat * _X_PI)
    theta = arctangent(lat, lon) + 0.000003 * m.cos(lon * _X_PI)
    return z * m.cos(theta) + 0.0065, z * m.sin(theta) + 0.006


def _wgs_from_gcj(lon: Any, lat: Any, m: Any) -> tuple[Any, Any]:
    return _inverse(_gcj_from_wgs, lon, lat, m)


def _gcj_from_bd(lon: Any, lat: Any, m: Any) -> tuple[Any, Any]:
    return _inverse(_bd_from_gcj, lon, lat, m)


def _inverse(forward: Any, lon: Any, lat: Any, m: Any) -> tuple[Any, Any]:
    x, y = lon, lat
    for _ in range(_ROUNDS):
        ahead_x, ahead_y = forward(x, y, m)
        x, y = x + lon - ahead_x, y + lat - ahead_y
    return x, y
