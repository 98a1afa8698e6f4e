"""Cuts the faces of the skeleton into blocks by streets and lanes, and the blocks into unit grids by yard lines.

Every cut halves a piece across its long side, so the last pieces have about 10,000 m² each (GRD-05). A street that
ends opposite another one goes on from it: that is what makes crossings, and what gives a street its one name.
"""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import shapely

from jingwei.cli.demo.projection import Points
from jingwei.cli.demo.skeleton import GRID, Skeleton

STREET, LANE, YARD = 2, 3, 0
STREET_ABOVE = 72_000     # m²: a piece larger than this is cut by a street …
LANE_ABOVE = 25_000       # … one larger than this by a lane …
UNIT_ABOVE = 14_200       # … and one larger than this by a line through the yards
FIELD_ABOVE = 150_000     # farmland is cut by field tracks alone, and stays large
LEAST_SHARE = 0.37        # of the smaller half: 14,200 m² cannot fall apart into less than 5,000 …
LARGE, LARGE_SHARE = 40_000, 0.28     # … which leaves larger pieces more freedom
SNAP = 48.0               # metres within which a street meets the one that ends opposite
TRIES, ROUNDS = 11, 6

# use → (a point it must hold, m² below which the piece is given to it whole)
SITES: dict[str, tuple[tuple[float, float], float]] = {
    "park": ((230.0, 120.0), 72_000.0),
    "primary_school": ((-470.0, 850.0), 27_000.0),
    "middle_school": ((1080.0, 120.0), 32_000.0),
    "hospital": ((1060.0, 720.0), 26_000.0),
    "market": ((-1130.0, -120.0), 15_000.0),
    "town_market": ((-610.0, -620.0), 15_000.0),
    "exclave": ((-430.0, -930.0), 125_000.0),
}
# use → circle (x, y, radius) in which blocks are of that kind
QUARTERS: dict[str, tuple[float, float, float]] = {
    "old_lanes": (-420.0, -60.0, 235.0),
    "offices": (690.0, 450.0, 250.0),
    "workshops": (430.0, -1010.0, 260.0),
    "village": (-1220.0, -1060.0, 300.0),
}


@dataclass(frozen=True, slots=True)
class Piece:
    polygon: Any
    community: str
    use: str = "housing"
    block: int = -1                 # −1 until no street or lane will cut it any more
    lane_above: float = LANE_ABOVE
    detached: bool = False          # belongs to the exclave


@dataclass(frozen=True, slots=True)
class Cut:
    points: Points
    level: int                      # STREET, LANE or YARD
    chain: int                      # pieces of one street share it
    block: int
    use: str


@dataclass(slots=True)
class Cutting:
    """What the cutting leaves: `leaves` become unit grids, `cuts` become streets, lanes and yard lines."""

    leaves: list[Piece] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    blocks: int = 0
    chains: int = 0
    joints: Points = field(default_factory=lambda: np.empty((0, 5)))  # ends of streets: x, y, heading, level, chain


def cut_faces(skeleton: Skeleton, rng: np.random.Generator) -> Cutting:
    """All faces down to pieces of a unit grid's size, those of the fields down to large fields."""
    result = Cutting()
    stack: list[Piece] = []
    for face in skeleton.faces:
        use = "fields" if face.community == "新垦" else "housing"
        stack += _off_the_bank(skeleton, Piece(face.polygon, face.community, use)) if face.beside_river else [
            Piece(face.polygon, face.community, use)
        ]
    while stack:
        piece = _settled(stack.pop(0), rng)
        level = _level(piece)
        if level == YARD and piece.block < 0:
            piece = replace(piece, block=result.blocks)
            result.blocks += 1
        limit = FIELD_ABOVE if piece.use == "fields" else UNIT_ABOVE
        halves = _halve(piece, level, result, rng) if piece.polygon.area > limit else None
        if halves is None:
            result.leaves.append(piece)
        else:
            stack += [replace(piece, polygon=half) for half in halves]
    return result


def _off_the_bank(skeleton: Skeleton, piece: Piece) -> list[Piece]:
    """Part the strip between the water and the bank road from the rest of a face."""
    for bank in skeleton.banks:
        parts = split(piece.polygon, bank)
        if len(parts) == 2:
            strip = min(parts, key=lambda part: float(shapely.distance(part, skeleton.river)))
            rest = parts[1] if strip is parts[0] else parts[0]
            return [Piece(strip, piece.community, "riverside", block=-1), replace(piece, polygon=rest)]
    return [piece]


def _settled(piece: Piece, rng: np.random.Generator) -> Piece:
    """The piece with what it is used for, decided as soon as it is small enough to be one thing."""
    area = float(piece.polygon.area)
    if piece.use == "housing":
        for use, (point, limit) in SITES.items():
            if area < limit and not piece.detached and shapely.contains_xy(piece.polygon, *point):
                return replace(piece, community="渡口", detached=True) if use == "exclave" else replace(piece, use=use)
        if area < 90_000:
            middle = shapely.centroid(piece.polygon)
            for use, (x, y, radius) in QUARTERS.items():
                if (middle.x - x) ** 2 + (middle.y - y) ** 2 < radius**2 and not piece.detached:
                    piece = replace(piece, use=use)
                    break
    if piece.lane_above == LANE_ABOVE:
        # Some compounds are closed to through traffic: large, with lanes that end inside.
        spread = {"old_lanes": 0.62, "village": 0.9}.get(piece.use, float(rng.choice([0.95, 1.25, 2.0], p=[0.45, 0.3, 0.25])))
        return replace(piece, lane_above=LANE_ABOVE * spread) if area < STREET_ABOVE else piece
    return piece


def _level(piece: Piece) -> int:
    area = float(piece.polygon.area)
    if piece.block >= 0 or piece.use in {*SITES, "riverside"}:
        return YARD
    if piece.use == "fields":
        return LANE
    if area > STREET_ABOVE:
        return STREET
    return LANE if area > piece.lane_above else YARD


def split(polygon: Any, line: Any) -> list[Any]:
    """The parts into which a line cuts a polygon; one part when it does not reach across."""
    lines = shapely.get_parts(shapely.union(shapely.boundary(polygon), line, grid_size=GRID))
    parts = shapely.get_parts(shapely.polygonize(lines))
    inside = shapely.contains_xy(polygon, *np.array([[p.x, p.y] for p in shapely.point_on_surface(parts)]).T)
    return [part for part, within in zip(parts, inside, strict=True) if within]


def _corners(polygon: Any) -> Points:
    """Vertices at which the border turns by more than 25°."""
    ring = shapely.get_coordinates(polygon)[:-1]
    before, after = ring - np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0) - ring
    turn = np.arctan2(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0], (before * after).sum(axis=1))
    return np.asarray(ring[np.abs(turn) > 0.44])


def _halve(piece: Piece, level: int, result: Cutting, rng: np.random.Generator) -> list[Any] | None:
    """The best of some cuts across the long side: compact halves, no end near a corner, opposite ends met."""
    best: tuple[float, list[Any], Points, int] | None = None
    corners = _corners(piece.polygon)
    least = LARGE_SHARE if piece.polygon.area > LARGE else LEAST_SHARE
    for attempt in range(TRIES * ROUNDS):
        if best is not None and attempt >= TRIES:
            break
        spread = 1.0 + 2.0 * (attempt > TRIES // 2) + attempt // TRIES
        line, chain, met = _candidate(piece.polygon, level, result, rng, spread)
        if line is None:
            continue
        parts = split(piece.polygon, shapely.linestrings(stretched(line, 0.05)))
        if len(parts) != 2:
            continue
        share = min(part.area for part in parts) / piece.polygon.area
        if share < least:
            continue
        ends = line[[0, -1]]
        gap = min((float(np.hypot(*(corners - end).T).min()) for end in ends), default=99.0) if len(corners) else 99.0
        worth = min(12.57 * part.area / part.length**2 for part in parts) + 0.3 * share + 0.12 * met
        worth -= 0.5 * (gap < 24) * (1 - gap / 24)
        if best is None or worth > best[0]:
            best = (worth, parts, line, chain)
    if best is None:
        return None
    _, parts, line, chain = best
    if chain < 0:
        chain = result.chains
        result.chains += 1
    result.cuts.append(Cut(line, level, chain, piece.block, piece.use))
    if level != YARD:
        for end, inner in ((line[0], line[1]), (line[-1], line[-2])):
            heading = float(np.arctan2(*(end - inner)[::-1]))
            result.joints = np.vstack([result.joints, [*end, heading, level, chain]])
    return parts


def _candidate(
    polygon: Any, level: int, result: Cutting, rng: np.random.Generator, spread: float
) -> tuple[Points | None, int, int]:
    """One way across: its points from border to border, the chain it goes on from (−1: none), ends met."""
    box = shapely.get_coordinates(shapely.minimum_rotated_rectangle(polygon))[:4]
    a, b = box[1] - box[0], box[2] - box[1]
    origin, long, short = (box[0], a, b) if np.hypot(*a) >= np.hypot(*b) else (box[1], b, -a)
    share, tilt, sag = rng.uniform(0.4, 0.6), rng.normal(0, 0.09 * spread), rng.normal(0, 0.035)
    middle = origin + long * share + short * 0.5
    way = short / np.hypot(*short)
    way = np.array([way[0] * np.cos(tilt) - way[1] * np.sin(tilt), way[0] * np.sin(tilt) + way[1] * np.cos(tilt)])
    reach = float(np.hypot(*long) + np.hypot(*short))
    ends = _ends(polygon, middle, way, reach)
    if ends is None:
        return None, -1, 0
    start, end = ends
    chain, met = -1, 0
    if level != YARD:
        start, first = _meet(polygon, start, start - end, level, result)
        end, second = _meet(polygon, end, end - start, level, result)
        chain = max(first, second)
        met = int(first >= 0) + int(second >= 0)
    return _bent(start, end, 0.0 if level == YARD else float(sag)), chain, met


def _ends(polygon: Any, middle: Points, way: Points, reach: float) -> tuple[Points, Points] | None:
    """Where the straight line through `middle` leaves the polygon on either side."""
    line = shapely.linestrings([middle - way * reach, middle + way * reach])
    inside = [part for part in shapely.get_parts(shapely.intersection(line, polygon)) if part.length > 1]
    if not inside:
        return None
    points = shapely.get_coordinates(max(inside, key=lambda part: float(part.length)))
    return points[0], points[-1]


def _meet(polygon: Any, end: Points, heading: Points, level: int, result: Cutting) -> tuple[Points, int]:
    """The end moved to the street that ends opposite, and that street's chain when it runs straight on."""
    away = np.hypot(*(result.joints[:, :2] - end).T)
    near = np.flatnonzero((away < SNAP) & (result.joints[:, 3] == level))
    angle = np.arctan2(heading[1], heading[0])
    for index in near[away[near].argsort(kind="stable")]:
        joint = result.joints[index]
        straight = np.cos(angle - joint[2]) < -0.87
        if straight and shapely.distance(shapely.boundary(polygon), shapely.points(joint[:2])) < 0.05:
            return joint[:2], int(joint[4])
    return end, -1


def _bent(start: Points, end: Points, sag: float) -> Points:
    t = np.linspace(0, 1, 7 if sag else 2)[:, None]
    way = end - start
    return np.asarray(np.round(start + way * t + np.array([-way[1], way[0]]) * (4 * sag * t * (1 - t)), 2))


def stretched(points: Points, by: float) -> Points:
    """The line with both ends drawn out by so many metres."""
    first, last = points[0] - points[1], points[-1] - points[-2]
    return np.vstack([points[0] + first * (by / np.hypot(*first)), points[1:-1], points[-1] + last * (by / np.hypot(*last))])
