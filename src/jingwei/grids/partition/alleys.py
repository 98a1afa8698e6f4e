"""Where no straight line passes between the buildings: lines midway between each building and its neighbours."""

import numpy as np
import shapely

from jingwei.grids.partition.compiled import Floats, Shapes

_STEP = 1_000.0     # grid units: outlines are followed in steps of so much
_TOUCH = 400.0      # grid units: buildings nearer to each other stand as one
_SMOOTH = 300.0     # grid units: by so much a line may leave the middle


def alleys(rings: list[Floats], inside: list[Shapes], most: float) -> Floats:
    """Segments that part the buildings in each ring from each other. All in grid units."""
    found = [_one(shapely.polygons(ring), buildings, most) for ring, buildings in zip(rings, inside, strict=True) if len(buildings) > 1]
    return np.concatenate(found) if found else np.empty((0, 4))


def _one(ring: shapely.Polygon, buildings: Shapes, most: float) -> Floats:
    blocks = _blocks(buildings, most)
    if len(blocks) < 2:
        return np.empty((0, 4))
    points, owner = shapely.get_coordinates(shapely.segmentize(shapely.boundary(blocks), _STEP), return_index=True)
    points, firsts = np.unique(np.round(points, 1), axis=0, return_index=True)
    owner = owner[firsts]
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=ring, ordered=True))
    if len(cells) != len(points):
        return np.empty((0, 4))
    parts = np.array([shapely.coverage_union_all(cells[owner == one]) for one in np.unique(owner)], dtype=object)
    lines = _lines(shapely.coverage_simplify(parts, _SMOOTH))
    # smoothing may draw a line through a corner
    if len(shapely.STRtree(blocks).query(lines, predicate="intersects")[0]):
        lines = _lines(parts)
    shapely.prepare(ring)
    inner = shapely.contains_properly(ring, lines)
    across = shapely.get_parts(shapely.intersection(lines[~inner], ring))
    across = across[(shapely.get_type_id(across) == 1) & (shapely.length(across) > 0)]
    found: Floats = shapely.get_coordinates(np.concatenate((lines[inner], across))).reshape(-1, 4)
    return found


def _lines(cells: Shapes) -> Shapes:
    """Every side of the cells once."""
    points, line = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(cells)), return_index=True)
    sides = np.column_stack((points[:-1], points[1:]))[line[1:] == line[:-1]]
    turned = (sides[:, 0] > sides[:, 2]) | ((sides[:, 0] == sides[:, 2]) & (sides[:, 1] > sides[:, 3]))
    sides[turned] = sides[turned][:, [2, 3, 0, 1]]
    lines: Shapes = shapely.linestrings(np.unique(sides, axis=0).reshape(-1, 2, 2))
    return lines


def _blocks(buildings: Shapes, most: float) -> Shapes:
    """Buildings that touch are one, unless that would be too large for a unit."""
    sound = shapely.make_valid(buildings)
    grown = shapely.get_parts(shapely.union_all(shapely.buffer(sound, _TOUCH / 2, join_style="mitre")))
    if len(grown) and shapely.area(grown).max() > most:
        return np.asarray(sound, dtype=object)
    blocks: Shapes = np.array([shapely.buffer(one, -_TOUCH / 4, join_style="mitre") for one in grown], dtype=object)
    return blocks

