"""What stands in a grid: buildings, those its border cuts, households. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

_PART = 0.02  # of a building: less across a border comes from how either was drawn


@dataclass(frozen=True, slots=True)
class Weight:
    """Of one grid. A building counts where its middle lies, a cut one in each grid that has a part of it."""

    buildings: int
    cut: int
    households: int

    @property
    def counts(self) -> tuple[int, int, int]:
        return self.buildings, self.cut, self.households


def weigh(shapes: Sequence[Any], buildings: NDArray[Any], households: NDArray[np.float64]) -> list[Weight]:
    """One for each of the shapes. All in one plane; `households` of each building, nan where nobody counted."""
    count = len(shapes)
    if not count or not len(buildings):
        return [Weight(0, 0, 0)] * count
    tree = shapely.STRtree(np.asarray(shapes, dtype=object))
    middles = shapely.point_on_surface(buildings)
    which, grid = tree.query(middles, predicate="intersects")
    _, first = np.unique(which, return_index=True)  # on a border the first of the grids has it
    which, grid = which[first], grid[first]
    stand = np.bincount(grid, minlength=count)
    live = np.bincount(grid, weights=np.nan_to_num(households[which]), minlength=count)
    cut = _cut(np.asarray(shapes, dtype=object), buildings, tree)
    return [Weight(int(stand[one]), int(cut[one]), int(live[one])) for one in range(count)]


def _cut(shapes: NDArray[Any], buildings: NDArray[Any], tree: Any) -> NDArray[np.int64]:
    """How many buildings each shape has only a part of."""
    which, grid = tree.query(shapely.boundary(buildings), predicate="intersects")
    inside = shapely.covers(shapes[grid], buildings[which])
    which, grid = which[~inside], grid[~inside]
    share = shapely.area(shapely.intersection(shapes[grid], buildings[which])) / np.maximum(shapely.area(buildings[which]), 1e-18)
    return np.bincount(grid[(share > _PART) & (share < 1 - _PART)], minlength=len(shapes))
