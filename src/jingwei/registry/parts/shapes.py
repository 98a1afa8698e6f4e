"""Where a part is: a point, a line or a surface in degrees, longitude first; and the point that stands for it. Pure."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from jingwei.formats.findings import Finding, finding
from jingwei.formats.lines import check_line
from jingwei.formats.rings import build, check_polygon
from jingwei.formats.shape_errors import ShapeError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_SEVERAL = ("MultiPoint", "MultiLineString", "MultiPolygon")
MOST_BYTES = 200_000  # a part is a thing one can walk around, not a coastline


class Shaped(NamedTuple):
    """A usable shape. `kind`: point | line | polygon. `lon`, `lat`: the point by which its grid is found."""

    wkb: bytes
    kind: str
    lon: float
    lat: float
    box: tuple[float, float, float, float]


def checked(given: "BaseGeometry | None") -> tuple[Shaped | None, tuple[Finding, ...]]:
    """(shape, remarks), or (None, why not). Several of which there is one are that one: files write it so."""
    import shapely

    if given is None or given.is_empty:
        return None, (finding(ShapeError.GEOMETRY_MISSING),)
    shape: Any = given
    if shape.geom_type in _SEVERAL and len(shape.geoms) == 1:
        shape = shape.geoms[0]
    if shape.geom_type == "Point":
        kind, (shape, remarks) = "point", _point(shape)
    elif shape.geom_type in ("LineString", "MultiLineString"):
        kind, (shape, remarks) = "line", check_line(shape)
    else:
        kind, (shape, remarks) = "polygon", check_polygon(shape)
    if shape is None:
        return None, remarks
    shape = shapely.force_2d(shape)
    wkb = shapely.to_wkb(shape)
    if len(wkb) > MOST_BYTES:
        return None, (*remarks, finding(ShapeError.GEOMETRY_UNREADABLE))
    lon, lat = standing_for(shape)
    return Shaped(wkb, kind, lon, lat, shape.bounds), remarks


def point(lon: float, lat: float) -> tuple[Shaped | None, tuple[Finding, ...]]:
    import shapely

    return checked(shapely.Point(lon, lat))


def from_wkb(data: bytes) -> tuple[Shaped | None, tuple[Finding, ...]]:
    """A shape as it is stored or sent; what is no shape is told as such."""
    import shapely
    from shapely.errors import ShapelyError

    if len(data) > MOST_BYTES:
        return None, (finding(ShapeError.GEOMETRY_UNREADABLE),)
    try:
        return checked(shapely.from_wkb(data))
    except ShapelyError:
        return None, (finding(ShapeError.GEOMETRY_UNREADABLE),)


def from_geojson(geometry: Mapping[str, Any]) -> tuple[Shaped | None, tuple[Finding, ...]]:
    """A geometry as a screen or a program sends it."""
    shape, remarks = build(geometry)
    if shape is None:
        return None, remarks
    found, more = checked(shape)
    return found, (*remarks, *more)


def standing_for(shape: Any) -> tuple[float, float]:
    """The point itself, the middle of the line along it, a point inside the surface."""
    if shape.geom_type == "Point":
        spot = shape
    elif shape.geom_type in ("LineString", "MultiLineString"):
        line = shape if shape.geom_type == "LineString" else max(shape.geoms, key=lambda one: one.length)
        spot = line.interpolate(0.5, normalized=True)
    else:
        spot = shape.representative_point()
    return round(spot.x, 9), round(spot.y, 9)


def metres(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Between two points that lie close together, on a sphere: right to some per mille."""
    north = math.radians(other_lat - lat) * 6_371_008.8
    east = math.radians(other_lon - lon) * 6_371_008.8 * math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot(north, east)


def box_around(lon: float, lat: float, reach: float) -> tuple[float, float, float, float]:
    """West, south, east, north of the square that holds all points within `reach` metres."""
    high = math.degrees(reach / 6_371_008.8)
    wide = high / max(0.01, math.cos(math.radians(lat)))
    return lon - wide, lat - high, lon + wide, lat + high


def _point(shape: Any) -> tuple[Any, tuple[Finding, ...]]:
    lon, lat = shape.x, shape.y
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return None, (finding(ShapeError.POINT_NOT_FINITE),)
    if abs(lon) > 180 or abs(lat) > 90:
        return None, (finding(ShapeError.POINT_OUT_OF_RANGE, lon=f"{lon:.6f}", lat=f"{lat:.6f}"),)
    return shape, ()
