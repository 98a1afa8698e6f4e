"""B5: a million points → unit grids of the plan of a city of 100 km², laid side by side; held against shapely point by point."""

import gc
import os
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import shapely

from bench.citygen import City, city
from bench.measure import line
from jingwei.grids.lattice import Lattice
from jingwei.grids.locate import Layer
from jingwei.grids.partition import Settings
from jingwei.grids.partition.proposing import divide_ground

KM2, POINTS, SINGLE, ROUNDS = 100, 1_000_000, 2_000, 5
TILES = {1: 8.0, 10: 5.5, 100: 4.0}
"""So many plans side by side, about 10 k, 100 k and 1 M units; how many times the peer's speed is a must."""
CHOSEN = tuple(int(one) for one in os.environ.get("JINGWEI_B5_TILES", "1,10,100").split(","))
MUST = "≥ 8 × / 5.5 × / 4 × per CPU second at 10 k / 100 k / 1 M units, equal to shapely, lowest code on borders; one point ≤ 1.0 × STRtree"
PEER = "shapely STRtree + predicate"


def run() -> Iterator[dict[str, Any]]:
    ground = city(KM2, 1)
    plan = divide_ground(ground.streets, ground.buildings, None, ground.communities, settings=Settings()).shapes
    for tiles in CHOSEN:
        yield _row(plan, ground, tiles)
        gc.collect()


def _row(plan: Any, ground: City, tiles: int) -> dict[str, Any]:
    units, shifts = _side_by_side(plan, tiles)
    x, y = _points(units, ground, shifts)
    began = time.process_time()
    lattice = Lattice.build(units)
    build_s = time.process_time() - began
    tree, points = shapely.STRtree(units), shapely.points(x, y)  # the peer's points are made before the clock runs
    _theirs(tree, points[:1000])  # the tree is built at its first question
    lattice.first_holding(x[:1000], y[:1000])
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_cpu(lambda: lattice.first_holding(x, y)))
        theirs.append(_cpu(lambda: _theirs(tree, points)))
    found, expected = lattice.first_holding(x, y), _theirs(tree, points)
    wrong = int((found != expected).sum())
    covered = _covers(units, x, y, found)
    times = statistics.median(theirs) / statistics.median(ours)
    one, tree_one = _single(units, tree, x, y)
    return line(
        "B5", POINTS / statistics.median(ours), "points per CPU s", MUST, peer=PEER, peer_figure=POINTS / statistics.median(theirs),
        peer_command='STRtree(units).query(points, predicate="intersects"), lowest of each point', ratio=times,
        ok=times >= TILES[tiles] and wrong == 0 and covered == 0 and one <= tree_one,
        units=len(units), must_times=TILES[tiles], times_all=[round(b / a, 2) for a, b in zip(ours, theirs, strict=True)],
        unequal=wrong, not_covered=covered, outside=int((found < 0).sum()), build_cpu_s=round(build_s, 2),
        one_point_us=round(one * 1e6, 2), strtree_one_point_us=round(tree_one * 1e6, 2), dream="10 ×")


def _side_by_side(plan: Any, tiles: int) -> tuple[Any, Any]:
    """Copies of the plan in a square, or as near to one as whole rows allow, and by how much each is moved."""
    low_x, low_y, high_x, high_y = shapely.total_bounds(plan)
    columns = int(np.ceil(np.sqrt(tiles)))
    place = np.arange(tiles)
    shifts = np.column_stack((place % columns * (high_x - low_x), place // columns * (high_y - low_y)))
    moved = [plan if not shift.any() else shapely.transform(plan, lambda points, by=shift: points + by) for shift in shifts]
    return np.concatenate(moved), shifts


def _points(units: Any, ground: City, shifts: Any) -> tuple[Any, Any]:
    """70 % near buildings, 20 % anywhere, 5 % outside, 5 % on borders: at corners and along sides."""
    rng = np.random.default_rng(5)
    low_x, low_y, high_x, high_y = shapely.total_bounds(units)
    near, anywhere, beyond = POINTS * 70 // 100, POINTS * 20 // 100, POINTS * 5 // 100
    middles = shapely.get_coordinates(shapely.centroid(ground.buildings))
    built = middles[rng.integers(0, len(middles), near)] + shifts[rng.integers(0, len(shifts), near)] + rng.normal(0, 10, (near, 2))
    free = rng.uniform((low_x, low_y), (high_x, high_y), (anywhere, 2))
    side = rng.integers(0, 4, beyond)
    far = rng.uniform((low_x, low_y), (high_x, high_y), (beyond, 2))
    away = rng.uniform(10, 1000, beyond)
    far[:, 0] = np.where(side == 0, low_x - away, np.where(side == 1, high_x + away, far[:, 0]))
    far[:, 1] = np.where(side == 2, low_y - away, np.where(side == 3, high_y + away, far[:, 1]))
    chosen = units[rng.integers(0, len(units), POINTS - near - anywhere - beyond)]
    rings = shapely.get_exterior_ring(shapely.get_geometry(chosen, 0))
    corner = rng.integers(0, shapely.get_num_points(rings) - 1)
    a, b = (shapely.get_coordinates(shapely.get_point(rings, corner + step)) for step in (0, 1))
    along = np.where(rng.random(len(a)) < 0.5, 0.0, 0.5)[:, None]
    points = np.concatenate((built, free, far, a + along * (b - a)))[rng.permutation(POINTS)]
    return np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])


def _theirs(tree: shapely.STRtree, points: Any) -> Any:
    point, near = tree.query(points, predicate="intersects")
    found = np.full(len(points), len(tree), dtype=np.int64)
    np.minimum.at(found, point, near)
    found[found == len(tree)] = -1
    return found


def _covers(units: Any, x: Any, y: Any, found: Any) -> int:
    """How many answers `shapely.covers` denies."""
    inside = np.flatnonzero(found >= 0)
    return int((~shapely.covers(units[found[inside]], shapely.points(x[inside], y[inside]))).sum())


def _single(units: Any, tree: shapely.STRtree, x: Any, y: Any) -> tuple[float, float]:
    """CPU seconds of one point at a time: by the product's index, and by the tree."""
    layer = Layer(1, np.arange(len(units)), units)
    layer.holding(x[0], y[0])
    some = list(zip(x[:SINGLE].tolist(), y[:SINGLE].tolist(), strict=True))
    ours = [_cpu(lambda: [layer.holding(*spot) for spot in some]) for _ in range(ROUNDS)]
    theirs = [_cpu(lambda: [_lowest(tree, spot) for spot in some]) for _ in range(ROUNDS)]
    return statistics.median(ours) / SINGLE, statistics.median(theirs) / SINGLE


def _lowest(tree: shapely.STRtree, spot: tuple[float, float]) -> int:
    near = tree.query(shapely.Point(*spot), predicate="intersects")
    return int(near.min()) if len(near) else -1


def _cpu(work: Callable[[], Any]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
