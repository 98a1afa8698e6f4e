"""The four bounds (四至, GRD-01) of an area in words, from the streets, waters and neighbours around it. Pure.

The border is walked in short pieces. A piece belongs to the side it faces (by its outward normal, and only where no
other part of the area lies in that direction: the inner wall of a courtyard is no border to the east). What runs along
a piece is the nearest named street or water close enough and in its direction; a street that merely ends there or
crosses is not a bound. Where nothing runs along a side its neighbours are named.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

SIDES = {"东": (1.0, 0.0), "南": (0.0, -1.0), "西": (-1.0, 0.0), "北": (0.0, 1.0)}
"""In the order in which four bounds are written, with the directions they look in."""

LONGEST = 300  # of the text, as the tables keep it
_LONGEST_NAME = 60
_MOST_PIECES = 2_000
_METRES = 111_320.0  # of a degree of latitude

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Settings:
    """`reach`: metres from the border within which a street or a water runs along it. `share`: least part of a side
    that what bounds it must cover to be named. `facing`: degrees between the direction and what faces it, so that a
    border running at 45° faces two sides. `beside`: metres within which an area is a neighbour. `slant`: degrees
    between the border and what runs along it.
    """

    reach: float = 15.0
    share: float = 0.25
    facing: float = 50.0
    beside: float = 50.0
    slant: float = 35.0
    piece: float = 5.0
    most: int = 2


@dataclass(frozen=True, slots=True)
class Named:
    """A street, a water or a neighbouring area: longitude first."""

    name: str
    geometry: Any


@dataclass(frozen=True, slots=True)
class Surroundings:
    streets: Sequence[Named] = ()
    waters: Sequence[Named] = ()
    neighbours: Sequence[Named] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """What lies on one side: names, the one along most of it first; none where nothing is known."""

    side: str
    names: tuple[str, ...]
    by_area: bool = False  # the names are of neighbouring areas


@dataclass(slots=True)
class _Border:
    """The pieces of a border: middles, directions along it and outwards, lengths; metres."""

    at: Floats
    along: Floats
    outward: Floats
    length: Floats
    faces: dict[str, NDArray[np.bool_]] = field(default_factory=dict)


DEFAULTS = Settings()


def four_bounds(outline: Any, around: Surroundings, settings: Settings = DEFAULTS) -> list[Bound]:
    """What lies east, south, west and north of an outline (a valid polygon in degrees), in this order."""
    west, south, east, north = shapely.bounds(outline).tolist()
    plane = _Plane((west + east) / 2, (south + north) / 2)
    ground = plane.flat(outline)
    border = _walk(ground, settings)
    for side, direction in SIDES.items():
        border.faces[side] = _facing(ground, border, np.array(direction), settings)
    lines = _along(border, around, plane, settings)
    beside = _beside(border, around.neighbours, plane, settings)
    found = []
    for side, pieces in border.faces.items():
        weight = np.where(pieces, border.length, 0.0)
        names = _named(lines, weight, settings)
        areas = () if names else _named(beside, weight, settings)
        found.append(Bound(side, names or areas, bool(areas)))
    return found


def words(bounds: Sequence[Bound]) -> str:
    """东至人民路，南至清河，西至解放路、和平路，北至书院社区. A side of which nothing is known is left out."""
    for most in (10, 1):
        parts = [f"{bound.side}至{'、'.join(name[:_LONGEST_NAME] for name in bound.names[:most])}" for bound in bounds if bound.names]
        text = "，".join(parts)
        if len(text) <= LONGEST:
            break
    return text


class _Plane:
    """Metres around a point: true enough for the size of a district, exact in what lies beside what."""

    def __init__(self, lon: float, lat: float) -> None:
        self._at = np.array([lon, lat])
        self._scale = np.array([_METRES * np.cos(np.radians(lat)), _METRES])

    def flat(self, geometry: Any) -> Any:
        return shapely.transform(geometry, lambda points: (points - self._at) * self._scale)


def _walk(ground: Any, settings: Settings) -> _Border:
    rings = [part.exterior for part in shapely.get_parts(shapely.orient_polygons(ground)).tolist()]
    step = max(settings.piece, sum(ring.length for ring in rings) / _MOST_PIECES)
    starts, ends = [], []
    for ring in rings:
        points = shapely.get_coordinates(shapely.segmentize(ring, step))
        starts.append(points[:-1])
        ends.append(points[1:])
    one, other = np.concatenate(starts), np.concatenate(ends)
    length = np.hypot(*(other - one).T)
    one, other, length = one[length > 0], other[length > 0], length[length > 0]
    along = (other - one) / length[:, None]
    # counter-clockwise, the inside lies on the left: outwards is to the right
    return _Border((one + other) / 2, along, np.column_stack((along[:, 1], -along[:, 0])), length)


def _facing(ground: Any, border: _Border, direction: Floats, settings: Settings) -> NDArray[np.bool_]:
    """The pieces that face a direction and see nothing of the area itself when they look there."""
    toward = border.outward @ direction
    nearest = float(np.cos(np.radians(settings.facing)))
    seen = _sees_out(ground, border, direction, toward > 1e-9)
    # a triangle may have no side that faces north: then the one that does so most
    least = min(nearest, float(toward[seen].max()) - 1e-6) if seen.any() else nearest
    return np.asarray(seen & (toward >= least))


def _sees_out(ground: Any, border: _Border, direction: Floats, asked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    west, south, east, north = shapely.bounds(ground).tolist()
    far = direction * (east - west + north - south + 10)
    start = border.at[asked] + border.outward[asked] * 0.05
    rays = shapely.linestrings(np.stack((start, start + far), axis=1))
    shapely.prepare(ground)
    out = asked.copy()
    out[asked] = ~shapely.intersects(ground, rays)
    return out


Claims = dict[str, NDArray[np.bool_]]
"""Name → the pieces that it bounds."""


def _along(border: _Border, around: Surroundings, plane: _Plane, settings: Settings) -> Claims:
    """The nearest named street or water of every piece, each piece counted once."""
    shapes, names = [], []
    for one in (*around.streets, *around.waters):
        if one.name:
            for part in shapely.get_parts(plane.flat(one.geometry)).tolist():
                shapes.append(part)
                names.append(one.name)
    if not shapes:
        return {}
    kept = np.array(shapes, dtype=object)
    points = shapely.points(border.at)
    pieces, places = shapely.STRtree(kept).query(points, predicate="dwithin", distance=settings.reach)
    straight = _runs_along(border, kept, points, pieces, places, settings)
    return _nearest(points, kept, names, pieces[straight], places[straight])


def _beside(border: _Border, neighbours: Sequence[Named], plane: _Plane, settings: Settings) -> Claims:
    named = [one for one in neighbours if one.name]
    if not named:
        return {}
    shapes = np.array([plane.flat(one.geometry) for one in named], dtype=object)
    # straight across: who only touches the corner is no neighbour of the side
    across = np.stack((border.at + border.outward * 0.5, border.at + border.outward * settings.beside), axis=1)
    pieces, places = shapely.STRtree(shapes).query(shapely.linestrings(across), predicate="intersects")
    return _nearest(shapely.points(border.at), shapes, [one.name for one in named], pieces, places)


def _nearest(points: NDArray[Any], shapes: NDArray[Any], names: list[str], pieces: NDArray[Any], places: NDArray[Any]) -> Claims:
    """Each piece belongs to the nearest of what it was paired with, to the first by name where two are equally near."""
    away = shapely.distance(points[pieces], shapes[places])
    order = sorted(range(len(pieces)), key=lambda k: (pieces[k], round(float(away[k]), 3), names[places[k]]))
    claims: Claims = {}
    last = -1
    for k in order:
        if pieces[k] != last:
            last = int(pieces[k])
            claims.setdefault(names[places[k]], np.zeros(len(points), dtype=bool))[last] = True
    return claims


def _runs_along(border: _Border, shapes: NDArray[Any], points: NDArray[Any], pieces: NDArray[Any], places: NDArray[Any],
                settings: Settings) -> NDArray[np.bool_]:
    """Whether a line has the direction of the border where it is nearest. Surfaces (a lake, an area) always do."""
    line = np.isin(shapely.get_type_id(shapes[places]), (1, 2))
    out = ~line
    if not line.any():
        return out
    lines, near = shapes[places[line]], points[pieces[line]]
    where = shapely.line_locate_point(lines, near)
    length = shapely.length(lines)
    first = shapely.get_coordinates(shapely.line_interpolate_point(lines, np.maximum(where - 3.0, 0.0)))
    second = shapely.get_coordinates(shapely.line_interpolate_point(lines, np.minimum(where + 3.0, length)))
    way = second - first
    size = np.hypot(*way.T)
    way = way / np.where(size > 0, size, 1.0)[:, None]
    along = np.abs((way * border.along[pieces[line]]).sum(axis=1))
    out[line] = along >= np.cos(np.radians(settings.slant))
    return out


def _named(claims: Claims, weight: Floats, settings: Settings) -> tuple[str, ...]:
    """The names that cover enough of a side, the longest first."""
    whole = float(weight.sum())
    if whole <= 0:
        return ()
    covered = [(round(float(weight[pieces].sum()) / whole, 6), name) for name, pieces in claims.items()]
    enough = sorted((one for one in covered if one[0] >= settings.share), key=lambda one: (-one[0], one[1]))
    return tuple(name for _, name in enough[:settings.most])
