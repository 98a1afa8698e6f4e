"""Many points → areas of one level: a lattice of cells, each of which knows what can be in it.

A cell that no border enters answers at once. In any other, a point is held against the few pieces of border inside the
cell: of every area one knows whether it holds the cell's upper right corner, and each piece crossed on the way from the
point to that corner (along the row, then along the cell's right side) changes inside to outside. Sides are decided
exactly, so the answer is that of `shapely.covers`; on a border the lowest code wins.
"""

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from jingwei.grids.lattice_building import NOWHERE, Numbers, build, spread
from jingwei.grids.side import Floats, side

_CELLS_EACH = 800  # cells for each area on average …
_MOST_CELLS = 1 << 24  # … but no more than these in all
_CHUNK = 1 << 17


class Lattice:
    """Areas are named by their place in the order of their codes. Safe to share between threads: nothing changes.

    `frame`: west, south, width and height of a cell. `cells` (rows × columns): the area that fills the cell, NOWHERE, or
    -2 - n where the n-th list of candidates decides. Candidate: area, whether it holds the corner, its pieces of border.
    """

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        self.arrays = arrays
        self._west, self._south, self._width, self._height = (float(value) for value in arrays["frame"])
        self._cells = arrays["cells"]
        self._rows, self._columns = self._cells.shape
        self._flat = self._cells.reshape(-1)
        self._lists, self._areas, self._corner = arrays["lists"], arrays["candidate_area"], arrays["candidate_corner"]
        self._pieces, self._piece, self._above = arrays["pieces"], arrays["piece_border"], arrays["piece_above"]
        self._borders = arrays["borders"]

    @classmethod
    def build(cls, geometries: NDArray[Any]) -> Self:
        """From polygons and multipolygons in the order of their codes, in degrees or metres."""
        return cls(build(geometries, cells=min(_MOST_CELLS, max(1024, _CELLS_EACH * len(geometries)))))

    def first_holding(self, x: Floats, y: Floats) -> Numbers:
        """For each point the place of the lowest area that holds it, or NOWHERE. Finite numbers of equal length."""
        found = np.empty(len(x), dtype=np.int64)
        for start in range(0, len(x), _CHUNK):
            chunk = slice(start, start + _CHUNK)
            found[chunk] = self._some(x[chunk], y[chunk])
        return found

    def _some(self, x: Floats, y: Floats) -> Numbers:
        column, row = np.floor((x - self._west) / self._width), np.floor((y - self._south) / self._height)
        within = (column >= 0) & (column < self._columns) & (row >= 0) & (row < self._rows)
        found = np.full(len(x), NOWHERE, dtype=np.int64)
        there = np.flatnonzero(within)
        column, row = column[there].astype(np.int64), row[there].astype(np.int64)
        value = self._flat[row * self._columns + column].astype(np.int64)
        found[there] = np.maximum(value, NOWHERE)
        mixed = np.flatnonzero(value < NOWHERE)
        if len(mixed):
            self._decide(found, there[mixed], -2 - value[mixed], self._west + (column[mixed] + 1) * self._width, x, y)
        return found

    def _decide(self, found: Numbers, points: Numbers, lists: Numbers, right: Floats, x: Floats, y: Floats) -> None:
        """`points`: those in mixed cells, with the list of each and the right side of its cell."""
        which, candidate = spread(self._lists[lists], self._lists[lists + 1])
        pair, piece = spread(self._pieces[candidate], self._pieces[candidate + 1])
        border = self._borders[self._piece[piece]]
        ax, ay, bx, by = border[:, 0], border[:, 1], border[:, 2], border[:, 3]
        point = which[pair]
        px, py, corner_x = x[points[point]], y[points[point]], right[point]
        seen = side(ax, ay, bx, by, px, py)
        above = side(ax, ay, bx, by, corner_x, py) >= 0
        crossed = ((ay > py) != (by > py)) & ((seen > 0) != above)
        crossed ^= ((ax > corner_x) != (bx > corner_x)) & (above != self._above[piece])
        touched = (seen == 0) & (px >= ax) & (px <= bx) & (py >= np.minimum(ay, by)) & (py <= np.maximum(ay, by))
        count = np.bincount(pair, weights=crossed, minlength=len(candidate)).astype(np.int64)
        holds = (count & 1).astype(bool) != self._corner[candidate]
        holds[pair[touched]] = True
        held = np.flatnonzero(holds)[::-1]  # backwards: the first of each point is written last and stays
        found[points] = NOWHERE
        found[points[which[held]]] = self._areas[candidate[held]]

