"""Laying a lattice over areas: which cells each piece of border enters, which cells' corners each area holds."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from jingwei.grids.side import Floats, side

NOWHERE = -1
_SLACK = 1e-6  # of a cell: a piece that comes as near as this to a cell is listed in it, too
_MOST_LISTED = 1 << 25  # areas in cells, each counted as often as it lies in one

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


def spread(starts: NDArray[Any], ends: NDArray[Any]) -> tuple[Numbers, Numbers]:
    """The numbers of all ranges [start, end), one after the other, each with the place of its range."""
    counts = np.maximum(np.asarray(ends, dtype=np.int64) - np.asarray(starts, dtype=np.int64), 0)
    which = np.repeat(np.arange(len(counts)), counts)
    before = np.cumsum(counts) - counts
    return which, np.arange(len(which)) + np.repeat(np.asarray(starts, dtype=np.int64) - before, counts)


@dataclass(frozen=True, slots=True)
class Borders:
    """Pieces of border, each from its left (or, upright, its lower) end to the other, and the area it belongs to."""

    ax: Floats
    ay: Floats
    bx: Floats
    by: Floats
    area: Numbers

    def __len__(self) -> int:
        return len(self.ax)

    def side_of(self, pieces: Numbers, x: Floats, y: Floats) -> Flags:
        """Whether points are at the upper side of pieces; what lies on one counts as a hair above."""
        return side(self.ax[pieces], self.ay[pieces], self.bx[pieces], self.by[pieces], x, y) >= 0


@dataclass(frozen=True, slots=True)
class Frame:
    """A lattice's place: west and south end, width and height of a cell, how many of them."""

    west: float
    south: float
    width: float
    height: float
    columns: int
    rows: int

    def right(self, column: NDArray[Any]) -> Floats:
        """The x of the right side of columns. Answers are computed with the very same numbers."""
        return self.west + (column + 1) * self.width

    def top(self, row: NDArray[Any]) -> Floats:
        return self.south + (row + 1) * self.height


def build(geometries: NDArray[Any], *, cells: int) -> dict[str, NDArray[Any]]:
    """The arrays of a `Lattice` of about so many cells. Polygons and multipolygons, valid, in the order of their codes.

    Fewer cells where many areas lie over one another: each of them would be listed in each.
    """
    borders = _borders(geometries)
    west, south, east, north = shapely.total_bounds(geometries)
    boxes = shapely.bounds(geometries)
    over = ((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])).sum() / ((east - west) * (north - south))
    frame = _frame(borders, max(1, min(cells, int(_MOST_LISTED / max(over, 1)))))
    areas = len(geometries)
    inside = _corners(borders, frame, areas)
    piece, cell = _entered(borders, frame)
    key = cell * areas + borders.area[piece]
    order = np.argsort(key, kind="stable")
    key, piece = key[order], piece[order]
    pairs, first = np.unique(key, return_index=True)
    entered = _among(inside, pairs)
    filling = inside[~entered]
    filler = np.full(frame.rows * frame.columns, areas, dtype=np.int64)
    filled, where = np.unique(filling // areas, return_index=True)  # ascending: the first is the lowest code
    filler[filled] = filling[where] % areas
    holds = _among(pairs, inside)
    return _tables(borders, frame, filler, _Pairs(pairs // areas, pairs % areas, holds, first, piece), areas)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Cells that the border of an area enters: whether the area holds the corner, where its pieces begin in `piece`."""

    cell: Numbers
    area: Numbers
    holds: Flags
    first: Numbers
    piece: Numbers


def _tables(borders: Borders, frame: Frame, filler: Numbers, pairs: _Pairs, areas: int) -> dict[str, NDArray[Any]]:
    """Candidates stand by cell, then by code. What fills the cell is the last; higher codes cannot win there."""
    counts = np.diff(np.append(pairs.first, len(pairs.piece)))
    kept = pairs.area < filler[pairs.cell]
    mixed = np.unique(pairs.cell[kept])
    closing = mixed[filler[mixed] < areas]
    cell = np.concatenate([pairs.cell[kept], closing])
    area = np.concatenate([pairs.area[kept], filler[closing]])
    order = np.lexsort((area, cell))
    first = np.concatenate([pairs.first[kept], np.zeros(len(closing), dtype=np.int64)])[order]
    count = np.concatenate([counts[kept], np.zeros(len(closing), dtype=np.int64)])[order]
    holds = np.concatenate([pairs.holds[kept], np.ones(len(closing), dtype=bool)])[order]
    cell, area = cell[order], area[order]
    which, place = spread(first, first + count)
    piece = pairs.piece[place]
    corner = cell[which]
    above = borders.side_of(piece, frame.right(corner % frame.columns), frame.top(corner // frame.columns))
    values = np.where(filler < areas, filler, NOWHERE)
    values[mixed] = -2 - np.arange(len(mixed))
    used, renamed = np.unique(piece, return_inverse=True)
    return {
        "frame": np.array([frame.west, frame.south, frame.width, frame.height]),
        "cells": values.astype(np.int32).reshape(frame.rows, frame.columns),
        "lists": np.append(np.searchsorted(cell, mixed), len(cell)).astype(np.int64),
        "candidate_area": area.astype(np.int32),
        "candidate_corner": holds,
        "pieces": np.append(0, np.cumsum(count)).astype(np.int64),
        "piece_border": renamed.astype(np.int32),
        "piece_above": above,
        "borders": np.column_stack([borders.ax[used], borders.ay[used], borders.bx[used], borders.by[used]]),
    }


def _borders(geometries: NDArray[Any]) -> Borders:
    polygons, whole = shapely.get_parts(geometries, return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    along = (ring[1:] == ring[:-1]) & (points[1:] != points[:-1]).any(axis=1)
    a, b = points[:-1][along], points[1:][along]
    turned = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    a[turned], b[turned] = b[turned], a[turned].copy()
    return Borders(a[:, 0], a[:, 1], b[:, 0], b[:, 1], whole[polygon[ring[:-1][along]]].astype(np.int64))


def _frame(borders: Borders, cells: int) -> Frame:
    """Nearly square cells over all areas, moved a little until no corner of an area lies on a column's side."""
    west, east = float(borders.ax.min()), float(borders.bx.max())
    south, north = float(np.minimum(borders.ay, borders.by).min()), float(np.maximum(borders.ay, borders.by).max())
    wide, high = east - west or 1e-9, north - south or 1e-9
    columns = max(1, min(cells, round(math.sqrt(cells * wide / high))))
    rows = max(1, cells // columns)
    width, height = wide / columns * (1 + 1e-9), high / rows * (1 + 1e-9)
    x = np.concatenate([borders.ax, borders.bx])
    for attempt in range(64):
        frame = Frame(west - width * (0.381966 + attempt / 97), south - height * 0.381966, width, height, columns + 2, rows + 2)
        column = np.rint((x - frame.west) / width) - 1
        if not (frame.right(column) == x).any():
            return frame
    raise ValueError("no place for a lattice over these areas")


def _entered(borders: Borders, frame: Frame) -> tuple[Numbers, Numbers]:
    """Every piece with every cell that it enters or comes near: along each row it crosses, from column to column."""
    low, high = np.minimum(borders.ay, borders.by), np.maximum(borders.ay, borders.by)
    piece, row = spread(
        np.clip(np.floor((low - frame.south) / frame.height - _SLACK), 0, frame.rows - 1),
        np.clip(np.floor((high - frame.south) / frame.height + _SLACK), 0, frame.rows - 1) + 1)
    bottom = frame.south + (row - _SLACK) * frame.height
    ax, ay, bx, by = borders.ax[piece], borders.ay[piece], borders.bx[piece], borders.by[piece]
    rise = by - ay
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (bottom - ay) / rise, (bottom + (1 + 2 * _SLACK) * frame.height - ay) / rise
    level = rise == 0
    start = np.where(level, 0.0, np.clip(np.minimum(one, other), 0, 1))
    end = np.where(level, 1.0, np.clip(np.maximum(one, other), 0, 1))
    where, column = spread(
        np.clip(np.floor((ax + start * (bx - ax) - frame.west) / frame.width - _SLACK), 0, frame.columns - 1),
        np.clip(np.floor((ax + end * (bx - ax) - frame.west) / frame.width + _SLACK), 0, frame.columns - 1) + 1)
    return piece[where], row[where] * frame.columns + column


def _corners(borders: Borders, frame: Frame, areas: int) -> Numbers:
    """cell × areas + area wherever the area holds the cell's upper right corner, ascending.

    Along the top of each row, the corners between the first and the second crossing of an area's border are inside,
    those between the third and the fourth …
    """
    low, high = np.minimum(borders.ay, borders.by), np.maximum(borders.ay, borders.by)
    piece, row = spread(np.clip(np.floor((low - frame.south) / frame.height) - 2, 0, frame.rows),
                        np.clip(np.floor((high - frame.south) / frame.height) + 1, 0, frame.rows))
    top = frame.top(row)
    spans = (borders.ay[piece] > top) != (borders.by[piece] > top)
    piece, row, top = piece[spans], row[spans], top[spans]
    to_the_left = _corners_left_of(borders, frame, piece, top)
    area = borders.area[piece]
    order = np.lexsort((to_the_left, row, area))
    area, row, to_the_left = area[order], row[order], to_the_left[order]
    which, column = spread(to_the_left[::2], to_the_left[1::2])
    found = (row[::2][which] * frame.columns + column) * areas + area[::2][which]
    found.sort()
    return np.asarray(found, dtype=np.int64)


def _corners_left_of(borders: Borders, frame: Frame, piece: Numbers, top: Floats) -> Numbers:
    """How many corners at this height lie left of where the piece crosses it."""
    ax, ay, bx, by = borders.ax[piece], borders.ay[piece], borders.bx[piece], borders.by[piece]
    place = (ax + (top - ay) / (by - ay) * (bx - ax) - frame.west) / frame.width - 1
    count = np.ceil(place)
    close = np.flatnonzero(np.abs(place - np.rint(place)) < _SLACK)
    nearest = np.rint(place[close])
    left_of_it = borders.side_of(piece[close], frame.right(nearest), top[close]) != (by[close] < ay[close])
    count[close] = nearest + left_of_it
    return np.clip(count, 0, frame.columns).astype(np.int64)


def _among(values: Numbers, known: Numbers) -> Flags:
    """Which of ascending numbers are among other ascending numbers."""
    if not len(known):
        return np.zeros(len(values), dtype=bool)
    place = np.minimum(np.searchsorted(known, values), len(known) - 1)
    found: Flags = known[place] == values
    return found
