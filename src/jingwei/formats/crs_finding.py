"""Which coordinate systems the numbers of a layer may stand in, and where it would lie in each. Pure.

Numbers can rule systems out. They cannot tell WGS-84 from the offset systems of web maps, nor CGCS2000 from Xi'an 1980
or Beijing 1954: those are asked for, never guessed.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jingwei.formats.china import in_china
from jingwei.formats.crs import EXCHANGED, Reference, reference
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

Box = tuple[float, float, float, float]

DEGREES = "EPSG:4490"
_OFFSETS = ("GCJ-02", "BD-09")
_MERIDIANS = range(75, 136, 3)
_MARGIN = 0.005  # degrees around the district: its outline is drawn as coarsely as maps are
_MEETS = 0.02    # of the places looked at; less is a stray point
_NEAR_HALF = 2.2  # degrees from its meridian, beyond which a 3-degree zone is not used
_FAR_HALF = 4.0   # the same for 6 degrees
_BEYOND = 1e12   # metres: no system of the Earth
_METRES = 111_320.0  # of a degree on the equator


@dataclass(frozen=True, slots=True)
class Candidate:
    """`crs`: as `reference` takes it. `box`: where the layer would lie, in degrees. `inside`: the share of its places in
    the district, None without one; `km`: how far it would lie from there, 0 where they meet.
    """

    crs: str
    title: Words
    box: Box
    in_china: bool
    inside: float | None = None
    km: float = 0.0

    @property
    def meets(self) -> bool:
        """It would lie where it should: in the district, or in China as long as no district is drawn."""
        return self.in_china if self.inside is None else self.inside >= _MEETS


def title_of(crs: str) -> Words:
    """What a system is called by people who make maps; its own name for the others."""
    known = _TITLES.get(crs.removeprefix(EXCHANGED))
    if known is None:
        return Words(crs, crs)
    if not crs.startswith(EXCHANGED):
        return known
    return Words(f"{known.zh}（先纵坐标后横坐标）", f"{known.en} (y before x)")


def landing(crs: str, points: "Points", district: Box | None, box: Box | None = None) -> Candidate | None:
    """Where the places of a layer would lie by a system; None where they would lie nowhere. `box`: corners of all of it."""
    import numpy as np

    system = _known(crs)
    if system is None or not len(points):
        return None
    placed = _placed(points, system)
    sound = np.isfinite(placed).all(axis=1) & (np.abs(placed) <= (180.0, 90.0)).all(axis=1)
    if sound.sum() * 2 <= len(placed):
        return None
    placed = placed[sound]
    corners = placed if box is None else np.vstack((placed, _corners(box, system)))
    share = None if district is None else float(_inside(placed, district).mean())
    lies = box_of(corners)
    km = 0.0 if district is None or share else _apart(lies, district)
    return Candidate(crs, title_of(crs), lies, bool(in_china(placed).mean() > 0.5), share, km)


def candidates(points: "Points", district: Box | None, box: Box | None = None) -> list[Candidate]:
    """The systems in which the numbers make sense, the likeliest first."""
    found = [one for crs in _possible(points) if (one := landing(crs, points, district, box)) is not None]
    sensible = [one for one in found if one.meets or one.in_china]
    order = {one.crs: place for place, one in enumerate(found)}
    if in_degrees(points):
        return sorted(sensible, key=lambda one: not one.meets)  # shares of what cannot be told apart would only mislead
    return sorted(sensible, key=lambda one: (not one.meets, -round(one.inside or 0, 1), not one.in_china, round(one.km), order[one.crs]))


def in_degrees(points: "Points") -> bool:
    """Whether the numbers are longitudes and latitudes, whichever comes first."""
    import numpy as np

    return bool(len(points)) and bool((np.abs(points) <= 180.0).all(axis=1).mean() > 0.5)


def exchanged(points: "Points") -> bool:
    """Whether x and y stand the wrong way round: as they are they make no sense in China, exchanged they do."""
    found = list(_possible(points))
    return bool(found) and all(crs.startswith(EXCHANGED) for crs in found)


def _possible(points: "Points") -> Iterator[str]:
    import numpy as np

    if not len(points):
        return
    if in_degrees(points):
        flipped = not in_china(points).mean() > 0.5 and in_china(points[:, ::-1]).mean() > 0.5
        yield from (f"{EXCHANGED if flipped else ''}{crs}" for crs in (DEGREES, *_OFFSETS))
        return
    x, y = np.median(points, axis=0).tolist()
    straight = list(_projected(x, y))
    yield from straight or (f"{EXCHANGED}{crs}" for crs in _projected(y, x))


def _projected(x: float, y: float) -> Iterator[str]:
    """Systems in metres in which x may be an easting and y a northing of China."""
    if 300_000 < y < 6_100_000:
        zone, easting = divmod(x, 1_000_000)
        off = abs((x if zone == 0 else easting) - 500_000) / (_METRES * math.cos(math.radians(y / _METRES)))
        if zone == 0 and off <= _FAR_HALF:
            # numbers of equal meridians are equal, so the wider zones matter only beyond the narrow ones
            yield from (_narrow(lon) for lon in _MERIDIANS) if off <= _NEAR_HALF else (_wide(lon) for lon in _MERIDIANS[::2])
            yield from (f"EPSG:326{zone}" for zone in range(43, 54))
        elif 25 <= zone <= 45 and off <= _NEAR_HALF:
            yield f"EPSG:{4513 + int(zone) - 25}"
        elif 13 <= zone <= 23 and off <= _FAR_HALF:
            yield f"EPSG:{4491 + int(zone) - 13}"
    if 8_000_000 < x < 15_200_000 and 300_000 < y < 7_200_000:
        yield "EPSG:3857"


def _narrow(meridian: int) -> str:
    return f"EPSG:{4534 + (meridian - 75) // 3}"


def _wide(meridian: int) -> str:
    return f"EPSG:{4502 + (meridian - 75) // 6}"


def _titles() -> Iterator[tuple[str, Words]]:
    degrees = Words("经纬度 CGCS2000（WGS-84、GPS 相同）", "longitude and latitude, CGCS2000 (as WGS-84, GPS)")
    yield from ((crs, degrees) for crs in (DEGREES, "EPSG:4326", "OGC:CRS84"))
    yield "GCJ-02", Words("经纬度 GCJ-02（高德、腾讯地图）", "longitude and latitude, GCJ-02 (AMap, Tencent)")
    yield "BD-09", Words("经纬度 BD-09（百度地图）", "longitude and latitude, BD-09 (Baidu)")
    yield "EPSG:3857", Words("网页墨卡托", "Web Mercator")
    for lon in _MERIDIANS:
        yield _narrow(lon), Words(f"CGCS2000 3 度带，中央经线 {lon}°", f"CGCS2000, 3-degree zone, meridian {lon}° E")
    for lon in _MERIDIANS[::2]:
        yield _wide(lon), Words(f"CGCS2000 6 度带，中央经线 {lon}°", f"CGCS2000, 6-degree zone, meridian {lon}° E")
    for zone in range(25, 46):
        yield f"EPSG:{4513 + zone - 25}", Words(
            f"CGCS2000 3 度带，{zone} 带（横坐标前有带号）", f"CGCS2000, 3-degree zone {zone}, its number before the easting")
    for zone in range(13, 24):
        yield f"EPSG:{4491 + zone - 13}", Words(
            f"CGCS2000 6 度带，{zone} 带（横坐标前有带号）", f"CGCS2000, 6-degree zone {zone}, its number before the easting")
    for zone in range(43, 54):
        yield f"EPSG:326{zone}", Words(f"UTM {zone} 带（WGS-84，国内测图少用）", f"UTM zone {zone}N, WGS-84")


_TITLES = dict(_titles())


@lru_cache(maxsize=128)
def _known(crs: str) -> Reference | None:
    try:
        return reference(crs)
    except Refusal:
        return None


def _placed(points: "Points", system: Reference) -> "Points":
    return system.to_lonlat(points[:, ::-1] if system.exchanged else points)


def _corners(box: Box, system: Reference) -> "Points":
    import numpy as np

    west, south, east, north = box
    placed = _placed(np.array([(west, south), (west, north), (east, south), (east, north)]), system)
    return placed[np.isfinite(placed).all(axis=1) & (np.abs(placed) <= (180.0, 90.0)).all(axis=1)]


def _inside(places: "Points", district: Box) -> "NDArray[np.bool_]":
    west, south, east, north = district
    lon, lat = places[:, 0], places[:, 1]
    found: NDArray[np.bool_] = (lon >= west - _MARGIN) & (lon <= east + _MARGIN) & (lat >= south - _MARGIN) & (lat <= north + _MARGIN)
    return found


def _apart(one: Box, other: Box) -> float:
    """Kilometres between two boxes in degrees, about."""
    east = max(other[0] - one[2], one[0] - other[2], 0.0)
    north = max(other[1] - one[3], one[1] - other[3], 0.0)
    wide = math.cos(math.radians((other[1] + other[3]) / 2))
    return math.hypot(east * wide, north) * _METRES / 1000


def box_of(points: "Points") -> Box:
    """The corners of some places."""
    least, most = points.min(axis=0), points.max(axis=0)
    return float(least[0]), float(least[1]), float(most[0]), float(most[1])


def places_of(shapes: Iterable[object], most: int = 2_000) -> "Points":
    """Some places of the shapes, evenly taken; what is no place on any map is left out."""
    import numpy as np
    from shapely import get_coordinates

    every = get_coordinates(np.array(list(shapes), dtype=object))
    every = every[(np.abs(every) < _BEYOND).all(axis=1)]
    found: Points = every[:: max(1, len(every) // most)][:most]
    return found
