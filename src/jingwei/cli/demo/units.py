"""Unit grids (单元网格): one planar partition, so that there is no gap and no overlap (GRD-05, GRD-06)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from jingwei.cli.demo.cutting import Cutting, stretched
from jingwei.cli.demo.projection import Points
from jingwei.cli.demo.skeleton import GRID, Skeleton

LEAST, MOST = 5_000, 15_000     # m² of a unit grid in a built-up area
ROW = 100.0                     # metres: unit grids whose centres lie in one such row are counted from the west


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit grid before it has its code, in metres."""

    polygon: Any
    community: str
    use: str
    block: int
    detached: bool


def partition(skeleton: Skeleton, cutting: Cutting) -> list[Cell]:
    """The faces of all borders noded together, hairline faces merged into the neighbour with the longest border."""
    lines = [shapely.boundary(skeleton.outline), skeleton.river, *skeleton.banks, *skeleton.arterials.values()]
    lines += [shapely.linestrings(stretched(cut.points, 0.05)) for cut in cutting.cuts]
    noded = shapely.union_all(lines, grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    inside = shapely.point_on_surface(faces)
    faces = _in_order(faces[shapely.contains(skeleton.outline, inside)])
    tree = shapely.STRtree([leaf.polygon for leaf in cutting.leaves])
    cells = []
    for face, inner in zip(faces, shapely.point_on_surface(faces), strict=True):
        leaf = cutting.leaves[int(tree.nearest(inner))]
        cells.append(Cell(face, leaf.community, leaf.use, leaf.block, leaf.detached))
    return _absorbed(cells)


def _in_order(faces: Any) -> Any:
    """Polygons in an order that does not hang on how the library walked the graph."""
    corners = shapely.bounds(faces)
    return shapely.normalize(faces[np.lexsort((corners[:, 0], corners[:, 1], shapely.area(faces)))])


def borders(polygons: Sequence[Any]) -> dict[tuple[int, int], float]:
    """Pairs of polygons (lower index first) that share a border, and its length in the polygons' unit.

    The polygons must be noded together: a shared border has the same vertices on both sides.
    """
    sides: dict[tuple[float, float, float, float], int] = {}
    shared: dict[tuple[int, int], float] = {}
    for index, polygon in enumerate(polygons):
        ring = shapely.get_coordinates(polygon)
        lengths = np.hypot(*(ring[1:] - ring[:-1]).T)
        for (ax, ay), (bx, by), length in zip(ring[:-1].tolist(), ring[1:].tolist(), lengths.tolist(), strict=True):
            key = (ax, ay, bx, by) if (ax, ay) < (bx, by) else (bx, by, ax, ay)
            other = sides.setdefault(key, index)
            if other != index:
                shared[other, index] = shared.get((other, index), 0.0) + length
    return shared


def _absorbed(cells: list[Cell]) -> list[Cell]:
    """Merge every built-up cell that is too small into the neighbour of its community that takes it best."""
    while True:
        shared = borders([cell.polygon for cell in cells])
        choice = _best_merge(cells, shared)
        if choice is None:
            return cells
        small, host = choice
        merged = shapely.coverage_union_all([cells[small].polygon, cells[host].polygon])
        merged = shapely.get_parts(merged)[0]
        cells = [
            replace(cell, polygon=shapely.normalize(merged)) if index == host else cell
            for index, cell in enumerate(cells) if index != small
        ]


def _best_merge(cells: list[Cell], shared: dict[tuple[int, int], float]) -> tuple[int, int] | None:
    for small, cell in enumerate(cells):
        area = float(cell.polygon.area)
        if area >= LEAST:
            continue
        hosts = []
        for (a, b), length in shared.items():
            if small in (a, b):
                host = b if a == small else a
                other = cells[host]
                if other.community == cell.community and (area < 500 or other.polygon.area + area <= MOST):
                    hosts.append((length, host))
        if hosts:
            return small, max(hosts)[1]
    return None


def in_reading_order(centres: Points) -> list[int]:
    """Indices row by row from the north, each row from the west: the order in which grids are numbered."""
    rows = np.floor((centres[:, 1].max() - centres[:, 1]) / ROW)
    return [int(index) for index in np.lexsort((centres[:, 0], rows))]
