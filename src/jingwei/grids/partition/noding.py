"""Snap rounding (Hobby): lines on a fine grid that meet at their ends and nowhere else.

Every end and every crossing becomes a point of the grid; every line that passes through such a point's square is bent
through it. What comes out is noded for good: no second pass can find another crossing.
"""

from math import floor

import numpy as np

from jingwei.grids.partition.cells import cell_size, columns_in_row, fill_cells, frame, rows_of
from jingwei.grids.partition.compiled import Flags, Floats, Whole, compiled

_SHIFT = 32


def node(segments: Floats, kinds: Whole) -> tuple[Whole, Whole, Whole]:
    """Points on the grid, edges between them (low index first), and for each edge all kinds of lines that run there.

    `segments`: x0, y0, x1, y1 in grid units, not negative, below 2³¹. `kinds`: bits.
    """
    keys = np.unique(_hot_points(segments))
    points = np.column_stack((keys >> _SHIFT, keys & ((1 << _SHIFT) - 1)))
    pairs, sources = _through(segments, points.astype(np.float64))
    if not len(pairs):
        return points, np.empty((0, 2), np.int64), np.empty(0, np.int64)
    order = np.argsort(pairs, kind="stable")
    pairs, bits = pairs[order], kinds[sources[order]]
    firsts = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1])))
    found = pairs[firsts]
    return points, np.column_stack((found // len(points), found % len(points))), np.bitwise_or.reduceat(bits, firsts)


@compiled
def _key(x: float, y: float) -> int:
    return (floor(x + 0.5) << 32) | floor(y + 0.5)


@compiled
def _hot_points(segments: Floats) -> Whole:
    """Ends and crossings, rounded; with repetitions."""
    size = cell_size(segments)
    left, bottom, columns, rows = frame(segments, size)
    starts, members = fill_cells(segments, left, bottom, size, columns, rows)
    keys = np.empty(4 * len(segments) + 16, np.int64)
    count = 0
    for index in range(len(segments)):
        keys[count] = _key(segments[index, 0], segments[index, 1])
        keys[count + 1] = _key(segments[index, 2], segments[index, 3])
        count += 2
    for cell in range(columns * rows):
        for one in range(starts[cell], starts[cell + 1]):
            ax, ay, bx, by = segments[members[one]]
            low_x, high_x, low_y, high_y = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
            for two in range(one + 1, starts[cell + 1]):
                cx, cy, dx, dy = segments[members[two]]
                if max(cx, dx) < low_x or min(cx, dx) > high_x or max(cy, dy) < low_y or min(cy, dy) > high_y:
                    continue
                across = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
                if across == 0.0:
                    continue
                t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / across
                u = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / across
                if t < 0.0 or t > 1.0 or u < 0.0 or u > 1.0:
                    continue
                if count == len(keys):
                    keys = np.concatenate((keys, np.empty(count, np.int64)))
                keys[count] = _key(ax + t * (bx - ax), ay + t * (by - ay))
                count += 1
    return keys[:count]


@compiled
def _through(segments: Floats, points: Floats) -> tuple[Whole, Whole]:
    """Each segment as the steps between the hot points whose squares it passes: low × number + high, and its index."""
    size = cell_size(segments)
    left, bottom, columns, rows = frame(segments, size)
    total = len(points)
    starts = np.zeros(columns * rows + 1, np.int64)
    cells = np.empty(total, np.int64)
    for index in range(total):
        column, row = floor((points[index, 0] - left) / size), floor((points[index, 1] - bottom) / size)
        cells[index] = row * columns + column
        starts[cells[index] + 1] += 1
    starts = np.cumsum(starts)
    members = np.argsort(cells, kind="mergesort")
    pairs, sources = np.empty(4 * len(segments) + 16, np.int64), np.empty(4 * len(segments) + 16, np.int64)
    count = 0
    met, along = np.empty(64, np.int64), np.empty(64, np.float64)
    for index in range(len(segments)):
        x0, y0, x1, y1 = segments[index]
        dx, dy = x1 - x0, y1 - y0
        reach, low_x, high_x = 0.5 * (abs(dx) + abs(dy)) + 1e-6, min(x0, x1) - 0.5, max(x0, x1) + 0.5
        low_y, high_y = min(y0, y1) - 0.5, max(y0, y1) + 0.5
        number = 0
        first_row, last_row = rows_of(segments[index], bottom, size, rows)
        for row in range(first_row, last_row + 1):
            first, last = columns_in_row(segments[index], row, left, bottom, size, columns)
            for at in range(starts[row * columns + first], starts[row * columns + last + 1]):
                point = members[at]
                px, py = points[point, 0], points[point, 1]
                if px < low_x or px > high_x or py < low_y or py > high_y:
                    continue
                if abs(dx * (py - y0) - dy * (px - x0)) > reach:
                    continue
                if number == len(met):
                    met, along = np.concatenate((met, met)), np.concatenate((along, along))
                met[number], along[number] = point, dx * (px - x0) + dy * (py - y0)
                number += 1
        order = np.argsort(along[:number], kind="mergesort")
        while count + number > len(pairs):
            pairs, sources = np.concatenate((pairs, pairs)), np.concatenate((sources, sources))
        for step in range(number - 1):
            a, b = met[order[step]], met[order[step + 1]]
            pairs[count], sources[count] = min(a, b) * total + max(a, b), index
            count += 1
    return pairs[:count], sources[:count]


def stays_noded(segments: Floats) -> bool:
    return not crossed(segments).any()


@compiled
def crossed(segments: Floats) -> Flags:
    """Segments that meet another away from their common ends."""
    found = np.zeros(len(segments), np.bool_)
    size = cell_size(segments)
    left, bottom, columns, rows = frame(segments, size)
    starts, members = fill_cells(segments, left, bottom, size, columns, rows)
    for cell in range(columns * rows):
        for one in range(starts[cell], starts[cell + 1]):
            ax, ay, bx, by = segments[members[one]]
            low_x, high_x, low_y, high_y = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
            for two in range(one + 1, starts[cell + 1]):
                cx, cy, dx, dy = segments[members[two]]
                if max(cx, dx) < low_x or min(cx, dx) > high_x or max(cy, dy) < low_y or min(cy, dy) > high_y:
                    continue
                if (ax == cx and ay == cy) or (ax == dx and ay == dy) or (bx == cx and by == cy) or (bx == dx and by == dy):
                    continue
                side_c = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
                side_d = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
                side_a = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
                side_b = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
                if side_c * side_d <= 0.0 and side_a * side_b <= 0.0:
                    found[members[one]] = found[members[two]] = True
    return found
