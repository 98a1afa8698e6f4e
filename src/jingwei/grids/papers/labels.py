"""Words on a map that never cover each other: each is put where there is room, or left out and told.

Who comes first has the better place. Widths are estimated a little large, so that no font of ours exceeds them.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

GAP = 0.35  # millimetres between two labels
_UPRIGHT_FROM = 55.0  # degrees: steeper streets have their signs one below the other
_STRAIGHT = 0.95
_ALONG = (0.5, 0.35, 0.65, 0.2, 0.8)


@dataclass(frozen=True, slots=True)
class Label:
    """`x`, `y`: its middle. `angle`: degrees clockwise. `stacked`: signs stand upright along the line, one by one."""

    text: str
    kind: str
    x: float
    y: float
    size: float
    angle: float = 0.0
    stacked: bool = False


def width_of(text: str, size: float) -> float:
    """Millimetres of a text at a size in millimetres."""
    return size * sum(1.0 if sign > "\u2e7f" else 0.72 if sign.isupper() or sign in "mwMW%@" else 0.6 for sign in text)


@dataclass(slots=True)
class Sheet:
    """A map's labels so far. `taken`: what they, and whatever else may not be covered, occupy."""

    width: float
    height: float
    labels: list[Label] = field(default_factory=list)
    _taken: list[Any] = field(default_factory=list)
    _boxes: list[tuple[float, float, float, float]] = field(default_factory=list)

    def reserve(self, west: float, north: float, east: float, south: float) -> None:
        """Keep a rectangle free of labels."""
        self._take(shapely.box(west, north, east, south))

    def inside(self, shape: Any, text: str, kind: str, sizes: Sequence[float], *, within: bool = True) -> bool:
        """A horizontal label in an area, as large as fits, near its middle. `within`: wholly inside."""
        if not text or shape.is_empty:
            return False
        part = max(shapely.get_parts(shape).tolist(), key=lambda one: one.area)
        spots = _spots(part)
        for size in sizes:
            half_x, half_y = width_of(text, size) / 2, size * 0.62
            boxes = shapely.box(spots[:, 0] - half_x, spots[:, 1] - half_y, spots[:, 0] + half_x, spots[:, 1] + half_y)
            fitting = shapely.covered_by(boxes, part) if within else np.ones(len(boxes), dtype=bool)
            for place in np.flatnonzero(fitting).tolist():
                if self._free(boxes[place]):
                    self._put(Label(text, kind, float(spots[place, 0]), float(spots[place, 1]), size), boxes[place])
                    return True
        return False

    def along(self, lines: Iterable[Any], text: str, kind: str, size: float, *, again: float = 110.0) -> int:
        """A label along the longest straight stretch of a street, repeated every `again` millimetres. How many."""
        done = 0
        for line in sorted(lines, key=lambda one: -one.length):
            wanted = max(1, round(line.length / again)) if done == 0 else 0
            for share in _shares(wanted):
                done += self._along_at(line, text, kind, size, share)
            if done:
                return done
        return done

    def _along_at(self, line: Any, text: str, kind: str, size: float, shares: Sequence[float]) -> bool:
        for share in shares:
            label = _on_line(line, text, kind, size, line.length * share)
            if label is not None:
                box = _box_of(label)
                if self._free(box):
                    self._put(label, box)
                    return True
        return False

    def _free(self, box: Any) -> bool:
        west, north, east, south = box.bounds
        if west < 0.5 or north < 0.5 or east > self.width - 0.5 or south > self.height - 0.5:
            return False
        if not self._boxes:
            return True
        taken = np.array(self._boxes)
        near = np.flatnonzero((taken[:, 0] < east + GAP) & (taken[:, 2] > west - GAP) & (taken[:, 1] < south + GAP)
                              & (taken[:, 3] > north - GAP))
        return not any(shapely.dwithin(self._taken[place], box, GAP) for place in near.tolist())

    def _put(self, label: Label, box: Any) -> None:
        self.labels.append(label)
        self._take(box)

    def _take(self, box: Any) -> None:
        self._taken.append(box)
        self._boxes.append(box.bounds)

    @property
    def taken(self) -> list[Any]:
        return list(self._taken)


def _shares(count: int) -> list[tuple[float, ...]]:
    """Where along a line so many labels may stand, the best first."""
    if count <= 1:
        return [_ALONG]
    return [tuple((number + share) / count for share in _ALONG) for number in range(count)]


def _spots(shape: Any) -> NDArray[np.float64]:
    """Points in an area where a label may stand: its roomiest point, then others by their distance from it."""
    west, north, east, south = shape.bounds
    middle = shapely.get_coordinates(shapely.maximum_inscribed_circle(shape, max(shape.area**0.5 / 50, 1e-3)))[:1]
    columns, rows = np.meshgrid(np.linspace(west, east, 11)[1:-1], np.linspace(north, south, 11)[1:-1])
    grid = np.column_stack((columns.ravel(), rows.ravel()))
    grid = grid[shapely.contains_xy(shape, grid[:, 0], grid[:, 1])]
    order = np.argsort(np.hypot(*(grid - middle).T), kind="stable")
    return np.concatenate((middle, grid[order]))


def _on_line(line: Any, text: str, kind: str, size: float, middle: float) -> Label | None:
    """A label centred on a line where that is straight enough for it."""
    long = width_of(text, size)
    if long > line.length * 0.9 or middle - long / 2 < 0 or middle + long / 2 > line.length:
        return None
    (x1, y1), (x, y), (x2, y2) = shapely.get_coordinates(
        shapely.line_interpolate_point(line, [middle - long / 2, middle, middle + long / 2])).tolist()
    if math.hypot(x2 - x1, y2 - y1) < _STRAIGHT * long or shapely.distance(
            shapely.Point(x, y), shapely.LineString([(x1, y1), (x2, y2)])) > size * 0.5:
        return None
    angle = math.degrees(math.atan2(y2 - y1, x2 - x1))
    angle = (angle + 90) % 180 - 90  # never upside down
    stacked = abs(angle) > _UPRIGHT_FROM and all(sign > "\u2e7f" for sign in text)
    if stacked and angle < 0:
        angle += 180  # signs run from the top to the bottom
    return Label(text, kind, x, y, size, angle, stacked)


def _box_of(label: Label) -> Any:
    long, high = width_of(label.text, label.size) / 2, label.size * (0.7 if label.stacked else 0.62)
    turn = math.radians(label.angle)
    cos, sin = math.cos(turn), math.sin(turn)
    return shapely.Polygon([(label.x + a * cos - b * sin, label.y + a * sin + b * cos)
                            for a, b in ((-long, -high), (long, -high), (long, high), (-long, high))])
