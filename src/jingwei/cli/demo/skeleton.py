"""What was there first: the outline, the river, the four arterial roads. Laid by hand, moved a little by the seed.

All in metres east and north of the centre (see `projection`). The roads and the river cut the district into twelve
faces, three rows of four, which the communities share out among themselves.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from jingwei.cli.demo.projection import Points

GRID = 0.01      # every coordinate is a whole centimetre, so that noding cannot leave hairline faces
BANK = 62.0      # centre line of the river to the centre line of the road along its bank
COUNTY = "990101"  # no province has the code 99: nothing of GB/T 2260 begins so

_OUTLINE = [
    (-1490, -880), (-1570, -220), (-1440, 480), (-1520, 1010), (-930, 1270), (-230, 1190), (480, 1310), (1130, 1190),
    (1590, 850), (1500, 150), (1640, -430), (1430, -1080), (720, -1310), (20, -1190), (-760, -1290),
]
_RIVER = [
    (-300, 1650), (-190, 1200), (-340, 810), (-40, 430), (-190, 20), (110, -420), (20, -740), (310, -1100), (330, -1650),
]
_ARTERIALS = {
    "枫林路": [(-1850, 330), (-1080, 480), (-560, 390), (-40, 440), (470, 500), (1050, 390), (1900, 520)],
    "稻香路": [(-1850, -540), (-1020, -400), (-470, -480), (110, -410), (540, -340), (1060, -470), (1900, -370)],
    "书院路": [(-760, 1650), (-850, 960), (-720, 400), (-880, -80), (-800, -500), (-890, -980), (-820, -1650)],
    "望山路": [(660, 1650), (750, 880), (640, 440), (770, 10), (700, -420), (830, -900), (770, -1650)],
}
BRIDGES = {"枫林路": "枫林桥", "稻香路": "稻香桥"}

# A point inside each face → the community that holds it.
FACES = {
    (-1150, 850): "枫林", (-520, 850): "书院", (220, 850): "观澜", (1120, 830): "望山",
    (-1200, 0): "柳溪", (-480, 0): "柳溪", (320, 30): "观澜", (1130, 0): "望山",
    (-1200, -820): "稻香", (-420, -830): "稻香", (450, -850): "渡口", (1150, -850): "新垦",
}


@dataclass(frozen=True, slots=True)
class Face:
    """One of the twelve pieces between arterials and river. `beside_river`: it has a bank."""

    community: str
    polygon: Any
    beside_river: bool


@dataclass(frozen=True, slots=True)
class Skeleton:
    outline: Any                    # Polygon
    river: Any                      # LineString, the centre line
    water: Any                      # Polygon, bank to bank
    banks: tuple[Any, Any]          # LineStrings: the roads along the west and the east bank
    arterials: dict[str, Any]       # name → LineString, reaching past the outline
    faces: tuple[Face, ...]


def smooth(points: Points, step: float = 22.0, closed: bool = False) -> Points:
    """A Catmull-Rom curve through the points, a vertex about every `step` metres."""
    ring = np.vstack([points[-1:], points, points[:2]]) if closed else np.vstack(
        [2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]]
    )
    pieces = []
    for a, b, c, d in zip(ring, ring[1:], ring[2:], ring[3:], strict=False):
        t = np.linspace(0, 1, max(2, int(np.hypot(*(c - b)) / step)), endpoint=False)[:, None]
        pieces.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * (b - c) + d - a) * t**3))
    if not closed:
        pieces.append(points[-1:])
    return np.asarray(np.round(np.vstack(pieces), 2))


def _moved(table: list[tuple[int, int]], rng: np.random.Generator, reach: float) -> Points:
    base = np.array(table, dtype=float)
    return base + rng.uniform(-reach, reach, base.shape)


def _water(river: Points, rng: np.random.Generator) -> Any:
    """The river's surface: 30–48 m wide, narrowing and widening slowly."""
    along = np.gradient(river, axis=0)
    normal = np.column_stack([-along[:, 1], along[:, 0]]) / np.hypot(along[:, 0], along[:, 1])[:, None]
    phase = rng.uniform(0, 6.28, 2)
    run = np.arange(len(river))
    half: npt.NDArray[np.float64] = (19 + 3 * np.sin(run / 5 + phase[0]) + 2 * np.sin(run / 11 + phase[1]))[:, None]
    return shapely.polygons(np.round(np.vstack([river + normal * half, (river - normal * half)[::-1]]), 2))


def lay_skeleton(rng: np.random.Generator) -> Skeleton:
    outline = shapely.polygons(smooth(_moved(_OUTLINE, rng, 45), closed=True))
    river_points = smooth(_moved(_RIVER, rng, 26))
    river = shapely.linestrings(river_points)
    water = shapely.intersection(_water(river_points, rng), outline, grid_size=GRID)
    arterials = {name: shapely.linestrings(smooth(_moved(table, rng, 28))) for name, table in _ARTERIALS.items()}
    # The river runs south, so what lies to the right of its direction is the west bank.
    banks = tuple(
        shapely.set_precision(shapely.simplify(shapely.offset_curve(river, side * BANK, quad_segs=16), 0.3), GRID)
        for side in (-1, 1)
    )
    lines = [shapely.boundary(outline), river, *arterials.values()]
    cells = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(lines, grid_size=GRID))))
    faces = []
    for (x, y), community in FACES.items():
        cell = next(c for c in cells if shapely.contains_xy(c, x, y))
        faces.append(Face(community, cell, bool(shapely.length(shapely.intersection(cell, river)) > 100)))
    return Skeleton(outline, river, water, (banks[0], banks[1]), arterials, tuple(faces))
