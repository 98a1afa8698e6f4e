"""Coordinate systems: what a file or a person calls one, and the way from it to longitude and latitude.

Longitude always comes first, whatever the registry says. CGCS2000 and WGS-84 are taken as equal: they differ
by centimetres to decimetres (standards, section 10).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from jingwei.formats.coordinates import many_to_wgs84
from jingwei.formats.shape_errors import ShapeError
from jingwei.kernel.errors import Refusal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pyproj import CRS

    Points = NDArray[np.float64]

_OFFSET_NAMES = {
    "gcj02": "GCJ-02", "gcj-02": "GCJ-02", "火星坐标": "GCJ-02",
    "bd09": "BD-09", "bd-09": "BD-09", "bd09ll": "BD-09", "百度坐标": "BD-09",
}
_DATUMS_84 = ("world geodetic system 1984", "wgs 84", "wgs_1984", "wgs84")
_DATUMS_2000 = ("china 2000", "d_china_2000", "cgcs2000", "china geodetic coordinate system 2000")
EXCHANGED = "yx:"
_LONGEST = 20_000  # signs of WKT
_EXACT_METRES = 5.0  # a datum shift said to be better than this needs no warning


@dataclass(frozen=True, slots=True)
class Reference:
    """A coordinate system. `name`: 'EPSG:4547', 'GCJ-02' or its own words; `degrees`: given in lon/lat already;
    `exact`: no unknown datum shift lies between it and WGS-84. `exchanged`: the file has latitude, or northing, first.
    """

    name: str
    degrees: bool
    exact: bool
    to_lonlat: "Callable[[Points], Points]"
    exchanged: bool = False


def reference(text: str) -> Reference:
    """The system of an EPSG code, an OGC name, WKT, or 'GCJ-02' / 'BD-09'; after 'yx:' for files with y before x."""
    if text.strip().lower().startswith(EXCHANGED):
        return replace(_reference_of(text.strip()[len(EXCHANGED):]), exchanged=True)
    return _reference_of(text)


def _reference_of(text: str) -> Reference:
    offset = _OFFSET_NAMES.get(text.strip().lower())
    if offset is not None:
        return Reference(offset, degrees=True, exact=True, to_lonlat=lambda points: many_to_wgs84(offset, points))

    from pyproj import CRS
    from pyproj.exceptions import CRSError

    if len(text) > _LONGEST:
        raise Refusal(ShapeError.CRS_NOT_UNDERSTOOD, crs=text.strip()[:80])
    try:
        crs = CRS.from_user_input(text.strip())
        return _reference(crs)
    except (CRSError, ValueError):
        raise Refusal(ShapeError.CRS_NOT_UNDERSTOOD, crs=text.strip()[:80]) from None


def _reference(crs: "CRS") -> Reference:
    from pyproj import Transformer
    from pyproj.exceptions import ProjError

    name = _name(crs)
    datum = _datum(crs)
    if crs.is_geographic and datum and _plain_degrees(crs):
        return Reference(name, degrees=True, exact=True, to_lonlat=lambda points: points)
    # staying on its own datum keeps PROJ from looking for a shift that is none
    target = "EPSG:4490" if datum == "CGCS2000" else "OGC:CRS84"
    try:
        transformer = Transformer.from_crs(crs, target, always_xy=True)
    except ProjError:
        raise Refusal(ShapeError.CRS_NOT_UNDERSTOOD, crs=name) from None
    exact = bool(datum) or 0 <= transformer.accuracy <= _EXACT_METRES

    def convert(points: "Points") -> "Points":
        import numpy as np

        lon, lat = transformer.transform(points[:, 0], points[:, 1])
        return np.column_stack((lon, lat))

    return Reference(name, degrees=bool(crs.is_geographic), exact=exact, to_lonlat=convert)


def _name(crs: "CRS") -> str:
    authority = crs.to_authority(min_confidence=70)
    return ":".join(authority) if authority else str(crs.name)[:80]


def _datum(crs: "CRS") -> str:
    """'WGS-84', 'CGCS2000', or '' for any other."""
    words = f"{crs.datum.name if crs.datum else ''}|{crs.geodetic_crs.name if crs.geodetic_crs else ''}".lower()
    if any(name in words for name in _DATUMS_2000):
        return "CGCS2000"
    return "WGS-84" if any(name in words for name in _DATUMS_84) else ""


def _plain_degrees(crs: "CRS") -> bool:
    axes: list[Any] = crs.axis_info
    meridian = crs.prime_meridian
    return all(axis.unit_name.lower() in ("degree", "metre") for axis in axes) and (meridian is None or meridian.longitude == 0)
