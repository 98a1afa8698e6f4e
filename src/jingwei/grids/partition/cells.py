"""A uniform grid of square cells over line segments: which segments touch which cell, and which lies left of a point."""

from math import floor

import numpy as np

from jingwei.grids.partition.compiled import Floats, Whole, compiled


@compiled
def cell_size(segments: Floats) -> float:
    """About two segments a cell, seldom more than a few cells a segment."""
    if len(segments) == 0:
        return 1.0
    low_x, high_x = min(segments[:, 0].min(), segments[:, 2].min()), max(segments[:, 0].max(), segments[:, 2].max())
    low_y, high_y = min(segments[:, 1].min(), segments[:, 3].min()), max(segments[:, 1].max(), segments[:, 3].max())
    area = max(high_x - low_x, 1.0) * max(high_y - low_y, 1.0)
    length = 0.0
    for row in segments:
        length += abs(row[2] - row[0]) + abs(row[3] - row[1])
    longest = max(high_x - low_x, high_y - low_y)
    size: float = max((area / len(segments)) ** 0.5, length / len(segments) / 4, longest / 4000, 1.0)
    return size


@compiled
def frame(segments: Floats, size: float) -> tuple[float, float, int, int]:
    """Origin and numbers of columns and rows that hold all segments with a cell to spare."""
    if len(segments) == 0:
        return 0.0, 0.0, 1, 1
    low_x, high_x = min(segments[:, 0].min(), segments[:, 2].min()), max(segments[:, 0].max(), segments[:, 2].max())
    low_y, high_y = min(segments[:, 1].min(), segments[:, 3].min()), max(segments[:, 1].max(), segments[:, 3].max())
    left, bottom = low_x - size, low_y - size
    return left, bottom, int((high_x - left) // size) + 2, int((high_y - bottom) // size) + 2


@compiled
def columns_in_row(segment: Floats, row: int, left: float, bottom: float, size: float, columns: int) -> tuple[int, int]:
    """First and last column that the segment touches in this row of cells, a little more rather than less."""
    x0, y0, x1, y1 = segment[0], segment[1], segment[2], segment[3]
    low, high = bottom + row * size - 1.0, bottom + (row + 1) * size + 1.0
    if y0 > y1:
        x0, y0, x1, y1 = x1, y1, x0, y0
    start, end = x0, x1
    if y1 - y0 > 1e-9:
        slope = (x1 - x0) / (y1 - y0)
        if y0 < low:
            start = x0 + (low - y0) * slope
        if y1 > high:
            end = x0 + (high - y0) * slope
    first = floor((min(start, end) - 1.0 - left) / size)
    last = floor((max(start, end) + 1.0 - left) / size)
    return max(first, 0), min(last, columns - 1)


@compiled
def rows_of(segment: Floats, bottom: float, size: float, rows: int) -> tuple[int, int]:
    low, high = min(segment[1], segment[3]), max(segment[1], segment[3])
    first, last = floor((low - 1.0 - bottom) / size), floor((high + 1.0 - bottom) / size)
    return max(first, 0), min(last, rows - 1)


@compiled
def fill_cells(segments: Floats, left: float, bottom: float, size: float, columns: int, rows: int) -> tuple[Whole, Whole]:
    """Offsets by cell, and the segments of each cell in their order."""
    starts = np.zeros(columns * rows + 1, np.int64)
    for index in range(len(segments)):
        first_row, last_row = rows_of(segments[index], bottom, size, rows)
        for row in range(first_row, last_row + 1):
            first, last = columns_in_row(segments[index], row, left, bottom, size, columns)
            for column in range(first, last + 1):
                starts[row * columns + column + 1] += 1
    starts = np.cumsum(starts)
    members = np.empty(starts[-1], np.int64)
    ahead = starts[:-1].copy()
    for index in range(len(segments)):
        first_row, last_row = rows_of(segments[index], bottom, size, rows)
        for row in range(first_row, last_row + 1):
            first, last = columns_in_row(segments[index], row, left, bottom, size, columns)
            for column in range(first, last + 1):
                cell = row * columns + column
                members[ahead[cell]] = index
                ahead[cell] += 1
    return starts, members


@compiled
def first_to_the_left(segments: Floats, points: Floats, skip: Whole, owner: Whole) -> tuple[Whole, Floats]:
    """For each point the segment met first by a ray to the left, −1 for none, and where the ray meets it.

    Segments whose `owner` is the point's `skip` are passed over.
    """
    size = cell_size(segments)
    left, bottom, columns, rows = frame(segments, size)
    starts, members = fill_cells(segments, left, bottom, size, columns, rows)
    found, place = np.full(len(points), -1, np.int64), np.full(len(points), -np.inf)
    for number in range(len(points)):
        x, y = points[number, 0], points[number, 1]
        row, column = floor((y - bottom) / size), min(floor((x - left) / size), columns - 1)
        if row < 0 or row >= rows:
            continue
        while column >= 0:
            cell = row * columns + column
            for at in range(starts[cell], starts[cell + 1]):
                index = members[at]
                x0, y0, x1, y1 = segments[index]
                if (y0 > y) == (y1 > y) or owner[index] == skip[number]:
                    continue
                crossing = x0 + (y - y0) * (x1 - x0) / (y1 - y0)
                if crossing <= x and crossing > place[number]:
                    place[number], found[number] = crossing, index
            if found[number] >= 0 and place[number] >= left + column * size:
                break
            column -= 1
    return found, place
