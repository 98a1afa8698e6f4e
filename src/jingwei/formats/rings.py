"""Polygons as they come from drawing and from files: what is wrong by name, repaired where nothing is lost.

Coordinates are longitude and latitude in degrees. A sound polygon is handed back untouched.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jingwei.formats.findings import Finding, finding
from jingwei.formats.shape_errors import ShapeError, shape_name

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely import LinearRing, MultiPolygon, Polygon
    from shapely.geometry.base import BaseGeometry

    Coordinates = NDArray[np.float64]

LIMIT_PERCENT = 0.5  # of the area, by which a repair may change it
NO_AREA = 1e-12  # square degrees, about a square decimetre
_ON_LINE = 1e-9  # degrees, about a tenth of a millimetre

_REASONS: tuple[tuple[str, ShapeError], ...] = (
    ("Ring Self-intersection", ShapeError.RING_TOUCHES_ITSELF),
    ("Self-intersection", ShapeError.RING_CROSSES_ITSELF),
    ("Hole lies outside shell", ShapeError.HOLE_OUTSIDE_SHELL),
    ("Holes are nested", ShapeError.RINGS_OVERLAP),
    ("Nested shells", ShapeError.RINGS_OVERLAP),
    ("Duplicate Rings", ShapeError.RINGS_OVERLAP),
    ("Interior is disconnected", ShapeError.RING_TOUCHES_ITSELF),
    ("Too few points", ShapeError.PART_COLLAPSED),
)
_WHERE = re.compile(r"\[(\S+) (\S+)\]")


def check_polygon(
    given: "BaseGeometry | Mapping[str, Any] | None",
) -> "tuple[Polygon | MultiPolygon | None, tuple[Finding, ...]]":
    """A shapely geometry or a GeoJSON one (a mapping) as a valid polygon in lon/lat, and all that was wrong.

    (polygon, ()): taken as it stands. (polygon, findings): repaired, its area changed by at most 0.5 % and
    nothing but polygons left of it. (None, findings): not taken.
    """
    findings: tuple[Finding, ...] = ()
    if isinstance(given, Mapping):
        shape, findings = build(given)
    else:
        shape = given
    if shape is None:
        return None, findings or (finding(ShapeError.GEOMETRY_MISSING),)
    refused = _hopeless(shape)
    if refused is not None:
        return None, (*findings, refused)
    return _checked(shape, findings)


def build(mapping: Mapping[str, Any]) -> "tuple[BaseGeometry | None, tuple[Finding, ...]]":
    """A shape of any kind from a GeoJSON geometry. Rings left open are closed and remarked."""
    from shapely import from_geojson
    from shapely.errors import GEOSException

    kind, coordinates = mapping.get("type"), mapping.get("coordinates")
    try:
        if kind not in ("Polygon", "MultiPolygon"):
            import orjson

            return from_geojson(orjson.dumps(mapping)), ()
        parts = [coordinates] if kind == "Polygon" else coordinates
        return _build_parts(parts, multi=kind == "MultiPolygon")
    except (TypeError, ValueError, LookupError, OverflowError, GEOSException):
        return None, (finding(ShapeError.GEOMETRY_UNREADABLE),)


def _build_parts(parts: Any, *, multi: bool) -> "tuple[BaseGeometry | None, tuple[Finding, ...]]":
    from shapely import MultiPolygon, Polygon

    findings: list[Finding] = []
    polygons = []
    for part in parts:
        rings = [[_position(place) for place in ring] for ring in part]
        for ring in rings:
            if ring and ring[0] != ring[-1]:
                ring.append(ring[0])
                findings = [finding(ShapeError.RING_UNCLOSED)]
        if not all(math.isfinite(degrees) for ring in rings for place in ring for degrees in place):
            return None, (*findings, finding(ShapeError.POINT_NOT_FINITE))
        if any(len(ring) < 4 for ring in rings):
            # two or three places, closed, are a line or a point
            return None, (*findings, finding(ShapeError.POLYGON_ZERO_AREA))
        polygons.append(Polygon(rings[0], rings[1:]) if rings else Polygon())
    return (MultiPolygon(polygons) if multi else polygons[0]), tuple(findings)


def _position(place: Sequence[Any]) -> tuple[float, float]:
    lon, lat = place[0], place[1]
    if isinstance(lon, (str, bool)) or isinstance(lat, (str, bool)):
        raise TypeError("a coordinate is a number")
    return float(lon), float(lat)


def _hopeless(shape: "BaseGeometry") -> Finding | None:
    """What no repair can help."""
    import numpy as np
    from shapely import get_coordinates

    if shape.geom_type not in ("Polygon", "MultiPolygon"):
        return finding(ShapeError.NOT_A_POLYGON, found=shape_name(shape))
    if shape.is_empty:
        return finding(ShapeError.POLYGON_EMPTY)
    places = get_coordinates(shape)
    if not np.isfinite(places).all():
        return finding(ShapeError.POINT_NOT_FINITE)
    outside = (np.abs(places) > (180.0, 90.0)).any(axis=1)
    if outside.any():
        lon, lat = places[outside][0]
        return finding(ShapeError.POINT_OUT_OF_RANGE, lon=_shown(lon), lat=_shown(lat))
    return None


def _checked(shape: Any, findings: tuple[Finding, ...]) -> "tuple[Polygon | MultiPolygon | None, tuple[Finding, ...]]":
    tidied = _tidied(shape)
    if tidied.repeated:
        findings += (finding(ShapeError.POINTS_REPEATED, count=tidied.repeated),)
    if tidied.shape is None:
        return None, (*findings, finding(ShapeError.POLYGON_ZERO_AREA))
    findings += tuple(_at(ShapeError.SPIKE, place) for place in tidied.tips)
    findings += tuple(_at(ShapeError.PART_COLLAPSED, place) for place in tidied.collapsed)
    wrong = _wrong(tidied.shape)
    if wrong:
        return _repaired(tidied.shape, (*findings, *wrong))
    if tidied.shape.area < NO_AREA:
        return None, (*findings, finding(ShapeError.POLYGON_ZERO_AREA))
    return tidied.shape, findings


def _repaired(shape: Any, findings: tuple[Finding, ...]) -> "tuple[Polygon | MultiPolygon | None, tuple[Finding, ...]]":
    from shapely import make_valid

    sound = _without_outer_holes(shape)
    whole = _polygons_of(make_valid(sound, method="structure", keep_collapsed=False))
    before, after = shape.area, whole.area if whole is not None else 0.0
    if whole is None or after < NO_AREA:
        return None, (*findings, finding(ShapeError.POLYGON_ZERO_AREA))
    change = 100 * abs(after - before) / before if before > 0 else math.inf
    if change > LIMIT_PERCENT:
        percent = f"{change:.2f}" if change < 1000 else "> 1000"
        return None, (*findings, finding(ShapeError.POLYGON_NOT_REPAIRABLE, percent=percent, limit=LIMIT_PERCENT))
    return whole, (*findings, finding(ShapeError.POLYGON_REPAIRED, percent=f"{change:.4f}"))


def _wrong(shape: Any) -> tuple[Finding, ...]:
    """Each kind of fault once. GEOS names only the first, so rings and holes are looked at one by one."""
    from shapely import Polygon, is_valid_reason

    whole = is_valid_reason(shape)
    if whole == "Valid Geometry":
        return ()
    faults: list[tuple[ShapeError | None, str]] = []
    for part in _parts(shape):
        for ring in (part.exterior, *part.interiors):
            reason = is_valid_reason(Polygon(ring))
            faults.append((_code(reason), reason))
        faults += [
            (ShapeError.HOLE_OUTSIDE_SHELL, "[{} {}]".format(*map(_shown, hole.coords[0])))
            for hole in part.interiors if _lies_outside(hole, part.exterior)
        ]
    if not any(code for code, _ in faults):
        # every ring is sound by itself: they meet each other wrongly
        code = _code(whole)
        faults = [(code if code is not ShapeError.RING_CROSSES_ITSELF else ShapeError.RINGS_OVERLAP, whole)]
    first = {code: reason for code, reason in reversed(faults) if code is not None}
    return tuple(finding(code, **_place(reason)) for code, reason in sorted(first.items(), key=lambda f: f[0].name))


def _code(reason: str) -> ShapeError | None:
    if reason == "Valid Geometry":
        return None
    return next((code for words, code in _REASONS if reason.startswith(words)), ShapeError.RINGS_OVERLAP)


def _place(reason: str) -> dict[str, str]:
    found = _WHERE.search(reason)
    return dict(zip(("lon", "lat"), found.groups() if found else ("", ""), strict=True))


def _lies_outside(hole: "LinearRing", shell: "LinearRing") -> bool:
    from shapely import Polygon

    return not Polygon(shell).buffer(0).intersects(hole)


def _without_outer_holes(shape: Any) -> Any:
    # make_valid would turn a hole outside its shell into land
    from shapely import MultiPolygon, Polygon

    return MultiPolygon([
        Polygon(part.exterior, [hole for hole in part.interiors if not _lies_outside(hole, part.exterior)])
        for part in _parts(shape)
    ])


@dataclass
class _Tidied:
    """A shape without repeated points and spikes; the same object if there were none, None if nothing is left."""

    shape: Any = None
    repeated: int = 0
    tips: list[tuple[float, float]] = field(default_factory=list)
    collapsed: list[tuple[float, float]] = field(default_factory=list)


def _tidied(shape: Any) -> _Tidied:
    from shapely import MultiPolygon, Polygon

    result = _Tidied(shape)
    polygons = []
    for part in _parts(shape):
        shell, *holes = (_tidied_ring(ring, result) for ring in (part.exterior, *part.interiors))
        if shell is not None:
            polygons.append(Polygon(shell, [hole for hole in holes if hole is not None]))
    if not polygons:
        result.shape = None
    elif result.repeated or result.tips or result.collapsed:
        result.shape = polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)
    return result


def _tidied_ring(ring: "LinearRing", result: _Tidied) -> "Coordinates | None":
    import numpy as np
    from shapely import get_coordinates

    given = get_coordinates(ring)[:-1]
    places = _without_repeats(given)
    result.repeated += len(given) - len(places)
    tips: list[tuple[float, float]] = []
    while len(places) >= 3:
        sharp = np.flatnonzero(turns_back(places, np.roll(places, 1, axis=0), np.roll(places, -1, axis=0)))
        if not len(sharp):
            result.tips += tips
            return places
        # one at a time: cutting a tip can uncover the next, or end the neighbour's
        tips.append(_pair(places[sharp[0]]))
        places = _without_repeats(np.delete(places, sharp[0], axis=0))
    result.collapsed.append(_pair(given[0]))
    return None


def _without_repeats(places: "Coordinates") -> "Coordinates":
    import numpy as np

    kept: Coordinates = places[(places != np.roll(places, 1, axis=0)).any(axis=1)]
    return kept if len(kept) else places[:1]


def _pair(place: "Coordinates") -> tuple[float, float]:
    return float(place[0]), float(place[1])


def _at(reason: ShapeError, place: tuple[float, float]) -> Finding:
    return finding(reason, lon=_shown(place[0]), lat=_shown(place[1]))


def turns_back(places: "Coordinates", before: "Coordinates", after: "Coordinates") -> "NDArray[np.bool_]":
    """Where the way in and the way out lie on one line, in the same direction from the tip."""
    import numpy as np

    back, ahead = before - places, after - places
    cross = np.abs(back[:, 0] * ahead[:, 1] - back[:, 1] * ahead[:, 0])
    longer = np.maximum(np.hypot(back[:, 0], back[:, 1]), np.hypot(ahead[:, 0], ahead[:, 1]))
    same_way: NDArray[np.bool_] = (back * ahead).sum(axis=1) > 0
    return same_way & (cross <= _ON_LINE * longer)


def _polygons_of(shape: "BaseGeometry") -> "Polygon | MultiPolygon | None":
    """Only the polygon parts."""
    from shapely import MultiPolygon

    polygons = [part for part in _parts(shape) if not part.is_empty]
    if not polygons:
        return None
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def _parts(shape: Any) -> "Iterator[Polygon]":
    for part in getattr(shape, "geoms", (shape,)):
        if hasattr(part, "geoms"):
            yield from _parts(part)
        elif part.geom_type == "Polygon" and not part.is_empty:
            yield part


def _shown(degrees: float) -> str:
    return f"{degrees:.7f}".rstrip("0").rstrip(".")
