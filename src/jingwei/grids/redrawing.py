"""Borders changed by hand so that the ground stays covered: whoever shares a border keeps sharing every point of it.

Shapes are polygons in degrees, longitude first, a few kilometres across; lines are sequences of places. Pure.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from jingwei.grids.errors import GridError
from jingwei.grids.seams import areas_m2
from jingwei.kernel.errors import Refusal

Line = Sequence[Sequence[float]]

LEAST_M2 = 10.0      # smaller pieces come from the hand that drew, not from what was meant
_REACH_M = 5.0       # how far from the border a line may end and still be taken to end on it
_SAME = 1e-10        # degrees: a hundredth of a millimetre
_METRE = 1 / 111_320  # degrees of latitude
_DIRECTIONS, _PLACES = 24, 13
_BUILDING = 60.0     # metres of border that one cut building is worth


def joined(shapes: Sequence[Any]) -> Any:
    """One polygon of several that touch along borders. Refuses where they do not."""
    whole = shapely.union_all(shapes)
    if not isinstance(whole, shapely.Polygon):
        raise Refusal(GridError.NOT_TOUCHING)
    return whole


def split(whole: Any, line: Line) -> list[Any]:
    """The pieces a line cuts a polygon into, from the north-west.

    Refuses a line that does not run from border to border, and pieces below LEAST_M2.
    """
    pieces = _pieces(whole, line)
    if len(pieces) < 2:
        raise Refusal(GridError.LINE_MISSES)
    if areas_m2(pieces).min() < LEAST_M2:
        raise Refusal(GridError.PIECE_TOO_SMALL, least=round(LEAST_M2))
    return sorted(pieces, key=lambda piece: (-piece.centroid.y, piece.centroid.x))


def with_border(one: Any, other: Any, line: Line) -> tuple[Any, Any]:
    """Two touching polygons with a new border between them; each keeps the piece that it has most of."""
    pieces = split(joined([one, other]), line)
    if len(pieces) != 2:
        raise Refusal(GridError.LINE_CUTS_MORE, count=len(pieces))
    first, second = pieces
    held = [shapely.area(shapely.intersection(piece, shape)) / shapely.area(shape)
            for piece, shape in ((first, one), (second, other), (second, one), (first, other))]
    return (first, second) if held[0] + held[1] >= held[2] + held[3] else (second, first)


def _pieces(whole: Any, line: Line) -> list[Any]:
    cut = _lengthened(whole, line)
    border = shapely.boundary(whole)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all([border, cut]))))
    inside = shapely.contains_properly(whole, shapely.point_on_surface(faces))
    return [face for face, ours in zip(faces.tolist(), inside.tolist(), strict=True) if ours]


def _lengthened(whole: Any, line: Line) -> Any:
    """The line, each end that lies inside near the border drawn on to just beyond it."""
    places = [(float(place[0]), float(place[1])) for place in line]
    if len({*places}) < 2:
        raise Refusal(GridError.LINE_MISSES)
    border, reach = shapely.boundary(whole), _REACH_M * _METRE
    for end, at in ((0, places[0]), (-1, places[-1])):
        point = shapely.Point(at)
        if shapely.distance(border, point) > reach:
            continue  # well outside, or so far inside that the line ends nowhere
        nearest = shapely.get_coordinates(shapely.line_interpolate_point(border, shapely.line_locate_point(border, point)))[0]
        step = nearest - np.array(at)
        length = math.hypot(*step)
        beyond = tuple((nearest + step / length * _METRE / 100).tolist()) if length > _SAME else _beyond(places, end)
        places.insert(0, beyond) if end == 0 else places.append(beyond)
    return shapely.LineString(places)


def _beyond(places: list[tuple[float, float]], end: int) -> tuple[float, float]:
    """A centimetre on from an end that lies on the border, the way the line came."""
    last, before = (places[0], places[1]) if end == 0 else (places[-1], places[-2])
    step = np.array(last) - np.array(before)
    length = math.hypot(*step)
    return tuple((np.array(last) + step / (length or 1) * _METRE / 100).tolist())


def stitched(changed: Mapping[int, Any], around: Mapping[int, Any]) -> dict[int, Any]:
    """Those of the neighbours `around` that get new points on a border they share with `changed`, with these points.

    Their ground stays what it was: a point is put on a straight stretch.
    """
    if not around:
        return {}
    known = {place for shape in around.values() for place in map(tuple, shapely.get_coordinates(shape).tolist())}
    fresh = [place for shape in changed.values() for place in map(tuple, shapely.get_coordinates(shape).tolist())
             if place not in known]
    if not fresh:
        return {}
    points = shapely.points(fresh)
    told: dict[int, Any] = {}
    for key, shape in around.items():
        near = np.flatnonzero(shapely.dwithin(points, shapely.boundary(shape), _SAME))
        if len(near):
            told[key] = _with_points(shape, [fresh[place] for place in near.tolist()])
    return told


def _with_points(shape: Any, places: list[tuple[float, ...]]) -> Any:
    rings = [shape.exterior, *shape.interiors] if isinstance(shape, shapely.Polygon) else None
    if rings is None:  # land in several pieces: each by itself
        parts = [_with_points(part, [place for place in places if shapely.dwithin(
            shapely.boundary(part), shapely.Point(place), _SAME)]) for part in shapely.get_parts(shape)]
        return shapely.MultiPolygon(parts)
    drawn = []
    for ring in rings:
        corners = shapely.get_coordinates(ring).tolist()
        for place in places:
            _put(corners, place)
        drawn.append(corners)
    return shapely.Polygon(drawn[0], drawn[1:])


def _put(corners: list[list[float]], place: tuple[float, ...]) -> None:
    """Put a place into the stretch of a ring that it lies on; a ring that it does not lie on stays as it is."""
    x, y = place[:2]
    for index in range(len(corners) - 1):
        (ax, ay), (bx, by) = corners[index], corners[index + 1]
        length = math.hypot(bx - ax, by - ay)
        if not length or [x, y] in (corners[index], corners[index + 1]):
            continue
        along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length
        aside = abs((x - ax) * (by - ay) - (y - ay) * (bx - ax)) / length
        if aside <= _SAME and 0 < along < length:
            corners.insert(index + 1, [x, y])
            return


def best_line(whole: Any, buildings: Sequence[Any] = ()) -> list[tuple[float, float]]:
    """A straight line that cuts a polygon into two alike: few buildings in its way, short, the halves of 35 % at least."""
    flat, scale = _flat(whole)
    stand = shapely.transform(np.asarray(buildings, dtype=object), lambda places: places / scale) if len(buildings) else []
    tree = shapely.STRtree(stand) if len(stand) else None
    lines, costs = [], []
    for turn in np.arange(_DIRECTIONS) * math.pi / _DIRECTIONS:
        for line, cost in _across(flat, float(turn), tree):
            lines.append(line)
            costs.append(cost)
    if not lines:
        raise Refusal(GridError.NO_CUT)
    best = lines[int(np.argmin(costs))]
    return [(float(x), float(y)) for x, y in best * scale]


def _flat(whole: Any) -> tuple[Any, NDArray[np.float64]]:
    """In metres, near enough for choosing a line; and what to multiply by to have degrees again."""
    scale = np.array([_METRE / math.cos(math.radians(whole.centroid.y)), _METRE])
    return shapely.transform(whole, lambda places: places / scale), scale


def _across(flat: Any, turn: float, tree: Any) -> list[tuple[NDArray[np.float64], float]]:
    """Lines in one direction with what each costs."""
    along, aside = np.array([math.cos(turn), math.sin(turn)]), np.array([-math.sin(turn), math.cos(turn)])
    corners = shapely.get_coordinates(flat)
    low, high = (corners @ aside).min(), (corners @ aside).max()
    first, last = (corners @ along).min() - 1, (corners @ along).max() + 1
    found = []
    for share in np.linspace(0.25, 0.75, _PLACES):
        at = low + share * (high - low)
        ends = np.array([aside * at + along * first, aside * at + along * last])
        line = shapely.LineString(ends)
        inside = shapely.intersection(flat, line)
        if shapely.get_num_geometries(inside) != 1:
            continue  # more than two pieces
        half = shapely.Polygon([*ends, *(ends[::-1] + aside * (low - at - 1))])
        smaller = shapely.area(shapely.intersection(flat, half)) / shapely.area(flat)
        smaller = min(smaller, 1 - smaller)
        if smaller < 0.35:
            continue
        cut = len(tree.query(inside, predicate="crosses")) if tree is not None else 0
        found.append((ends, shapely.length(inside) + _BUILDING * cut + 200 * (0.5 - smaller)))
    return found
