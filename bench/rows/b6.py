"""B6: streets, buildings and communities of 100 km² → unit grids; the polygons are judged by shapely alone."""

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import shapely

from bench.citygen import City, city
from bench.judging import LEAST, MOST, judged
from bench.measure import line
from jingwei.grids.partition import Settings
from jingwei.grids.partition.proposing import Units, divide_ground

KM2, SEEDS, ROUNDS = 100, (1, 2, 3, 4, 5), 5
MUST = "≤ 2.6 ×, gap and overlap 0.00 m², ≥ 99.9 % in size, ≤ 1 % cut, valid coverage, none crosses a community"
PEER = "shapely: node + polygonize of the streets"


def run() -> Iterator[dict[str, Any]]:
    for seed in SEEDS:
        ground = city(KM2, seed)
        _ours(ground)  # compiled now, if not before
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(_cpu(lambda: _ours(ground)))        # noqa: B023 (called at once)
            theirs.append(_cpu(lambda: _peer(ground.streets)))  # noqa: B023
        ratio = statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True))
        units = _ours(ground)
        found = judged(units.shapes, units.division.community, ground.communities, ground.buildings)
        area = shapely.area(_peer(ground.streets))
        yield line(
            "B6", statistics.median(ours), "CPU s", MUST, peer=PEER, peer_figure=statistics.median(theirs),
            peer_command="shapely.polygonize(shapely.get_parts(shapely.node(streets)))", ratio=1 / ratio,
            ok=ratio <= 2.6 and found["in_size"] >= 0.999 and found["cut_share"] <= 0.01 and found["coverage"]
            and found["valid"] and (found["gap_m2"], found["overlap_m2"], found["crossing_units"]) == (0.0, 0.0, 0),
            seed=seed, times=round(ratio, 3), times_all=[round(a / b, 2) for a, b in zip(ours, theirs, strict=True)],
            peer_in_size=round(float(((area >= LEAST) & (area <= MOST)).mean()), 3), **found, dream="≤ 1.5 ×")


def _cpu(work: Callable[[], Any]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _ours(ground: City) -> Units:
    return divide_ground(ground.streets, ground.buildings, None, ground.communities, settings=Settings())


def _peer(streets: Any) -> Any:
    noded = shapely.node(shapely.multilinestrings(np.asarray(shapely.get_parts(streets))))
    return shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
