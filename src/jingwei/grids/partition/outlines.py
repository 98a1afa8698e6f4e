"""The borders of groups of faces: simple closed rings, outer ones against the clock, holes with it."""

import numpy as np

from jingwei.grids.partition.compiled import Floats, Shapes, Whole, compiled
from jingwei.grids.partition.tracing import Network


def rings_of(network: Network, group: Whole) -> tuple[Whole, Whole, Whole, Floats]:
    """Rings as points: offsets, points, the group of each, the signed area of each (positive: an outer ring).

    `group`: of each face; below 0 there is none.
    """
    side = np.where(network.face >= 0, group[network.face], -1) if len(group) else np.full(len(network.face), -1)
    places = network.points.astype(np.float64)
    return _rings(network.origins, network.onward, side.astype(np.int64), places)


@compiled
def _rings(origins: Whole, onward: Whole, side: Whole, places: Floats) -> tuple[Whole, Whole, Whole, Floats]:
    count = len(onward)
    done = np.zeros(count, np.bool_)
    offsets, owners = np.empty(count + 1, np.int64), np.empty(count, np.int64)
    areas, points = np.empty(count, np.float64), np.empty(count, np.int64)
    rings = filled = 0
    offsets[0] = 0
    path, where = np.empty(count, np.int64), np.full(len(places), -1, np.int64)
    for first in range(count):
        owner = side[first]
        if done[first] or owner < 0 or side[first ^ 1] == owner:
            continue
        half, length = first, 0
        while True:
            done[half] = True
            point = origins[half]
            if where[point] >= 0:  # the ring meets itself here: what lies between is a ring of its own
                begin = where[point]
                rings, filled = _close(path, begin, length, owner, places, offsets, owners, areas, points, rings, filled)
                for index in range(begin, length):
                    where[path[index]] = -1
                length = begin
            where[point] = length
            path[length] = point
            length += 1
            half = onward[half]
            while side[half ^ 1] == owner:
                half = onward[half ^ 1]
            if half == first:
                break
        rings, filled = _close(path, 0, length, owner, places, offsets, owners, areas, points, rings, filled)
        for index in range(length):
            where[path[index]] = -1
    return offsets[:rings + 1].copy(), points[:filled].copy(), owners[:rings].copy(), areas[:rings].copy()


@compiled
def _close(path: Whole, begin: int, end: int, owner: int, places: Floats, offsets: Whole, owners: Whole, areas: Floats,
           points: Whole, rings: int, filled: int) -> tuple[int, int]:
    area = 0.0
    base_x, base_y = places[path[begin], 0], places[path[begin], 1]
    for index in range(begin, end):
        a, b = path[index], path[index + 1 if index + 1 < end else begin]
        points[filled + index - begin] = a
        area += (places[a, 0] - base_x) * (places[b, 1] - base_y) - (places[b, 0] - base_x) * (places[a, 1] - base_y)
    owners[rings], areas[rings] = owner, area / 2
    offsets[rings + 1] = filled + end - begin
    return rings + 1, filled + end - begin


def polygons_of(offsets: Whole, points: Whole, owners: Whole, areas: Floats, places: Floats, count: int) -> Shapes:
    """A polygon, or several where a group does not hang together, for each of `count` groups."""
    import shapely

    closed = _closed(offsets, points)
    ring_of = np.repeat(np.arange(len(owners)), np.diff(offsets) + 1)
    rings: Shapes = shapely.linearrings(places[closed], indices=ring_of) if len(owners) else np.empty(0, object)
    shapes: Shapes = np.full(count, shapely.Polygon(), dtype=object)
    rings_each = np.bincount(owners, minlength=count)
    simple = rings_each[owners] == 1
    shapes[owners[simple]] = shapely.polygons(rings[simple])
    for owner in np.flatnonzero(rings_each > 1):
        mine = np.flatnonzero(owners == owner)
        outer, inner = mine[areas[mine] > 0], mine[areas[mine] < 0]
        shells = shapely.polygons(rings[outer])
        holes: list[list[object]] = [[] for _ in outer]
        for hole in inner:
            inside = shapely.covers(shells, shapely.polygons(rings[hole]))
            around = np.flatnonzero(inside)
            holes[around[np.argmin(areas[outer][around])] if len(around) else 0].append(rings[hole])
        parts = [shapely.polygons(rings[shell], held) if held else shapely.polygons(rings[shell])
                 for shell, held in zip(outer, holes, strict=True)]
        shapes[owner] = parts[0] if len(parts) == 1 else shapely.multipolygons(parts)
    return shapes


def united(shapes: Shapes, group: Whole, count: int) -> Shapes:
    """The polygons of a coverage joined by group."""
    import shapely

    order = np.argsort(group, kind="stable")
    edges = np.searchsorted(group[order], np.arange(count + 1))
    found: Shapes = np.empty(count, object)
    for one in range(count):
        found[one] = shapely.coverage_union_all(shapes[order[edges[one]:edges[one + 1]]])
    return found


@compiled
def _closed(offsets: Whole, points: Whole) -> Whole:
    """The points of the rings with the first of each again at its end."""
    rings = len(offsets) - 1
    closed = np.empty(len(points) + rings, np.int64)
    for ring in range(rings):
        begin, end = offsets[ring], offsets[ring + 1]
        closed[begin + ring:end + ring] = points[begin:end]
        closed[end + ring] = points[begin]
    return closed
