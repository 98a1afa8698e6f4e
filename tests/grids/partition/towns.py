"""Invented ground to divide, and a judge that knows shapely alone."""

from itertools import pairwise

import numpy as np
import shapely

from jingwei.grids.partition import Plan


def block_town(columns: int = 4, rows: int = 3, side: float = 200.0) -> tuple[list, list, object]:
    """Streets in a lattice with overshoots, buildings in rows, the outer border."""
    wide, high = columns * side, rows * side
    streets = [shapely.LineString([(x * side, -1), (x * side, high + 1)]) for x in range(columns + 1)]
    streets += [shapely.LineString([(-1, y * side), (wide + 1, y * side)]) for y in range(rows + 1)]
    buildings = [shapely.box(x * side + 15 + 60 * i, y * side + 15 + 35 * j, x * side + 60 + 60 * i, y * side + 28 + 35 * j)
                 for x in range(columns) for y in range(rows) for i in range(3) for j in range(5)]
    return streets, buildings, shapely.box(0, 0, wide, high)


def strips(boundary, count: int) -> list:
    """Communities: the boundary in so many strips from west to east."""
    low_x, low_y, high_x, high_y = boundary.bounds
    edges = np.linspace(low_x, high_x, count + 1)
    return [shapely.intersection(boundary, shapely.box(a, low_y, b, high_y)) for a, b in pairwise(edges)]


def judged(plan: Plan, boundary) -> dict[str, float]:
    """Gap, overlap and validity, measured by pairs and by plain union: nothing of the engine is used."""
    left, right = shapely.STRtree(plan.units).query(plan.units)
    pairs = left < right
    overlap = shapely.area(shapely.intersection(plan.units[left[pairs]], plan.units[right[pairs]])).sum()
    together = shapely.union_all(plan.units)
    return {
        "overlap": round(float(overlap), 2), "gap": round(float(shapely.area(shapely.difference(boundary, together))), 2),
        "beyond": round(float(shapely.area(shapely.difference(together, boundary))), 2),
        "valid": bool(shapely.is_valid(plan.units).all() and shapely.coverage_is_valid(plan.units)),
    }


SOUND = {"overlap": 0.0, "gap": 0.0, "beyond": 0.0, "valid": True}


def crossing(plan: Plan, communities) -> float:
    """Square metres of units outside the community they are said to belong to."""
    own = np.array(communities, dtype=object)[plan.unit_community]
    return round(float(shapely.area(shapely.difference(plan.units, own)).sum()), 2)


def in_one_piece(plan: Plan) -> bool:
    return bool((shapely.get_type_id(plan.groups) == 3).all())
