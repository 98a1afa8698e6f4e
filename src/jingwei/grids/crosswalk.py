"""What became of each area between two plan versions: shares of its ground and of its households.

Nothing is guessed: a share is what was measured. Where two versions share a border, slivers of less than a
ten-thousandth of both areas come from the drawing, not from the change, and are left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from jingwei.grids.lattice import Lattice

_SLIVER = 1e-4

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Passage:
    """Part of an old area that lies in a new one. Shares from 0 to 1.

    `of_old`, `of_new`: of the old and of the new area's ground. `households`: how many live in the part, `of_households`:
    their share of the old area's, None where it has none or nobody counted.
    """

    old: str
    new: str
    of_old: float
    of_new: float
    households: float
    of_households: float | None


def crosswalk(old: dict[str, Any], new: dict[str, Any], *, homes: Sequence[tuple[float, float, float]] = ()) -> list[Passage]:
    """By old code, then by falling share. `old`, `new`: code → valid polygon, in metres or in degrees of a district.

    `homes`: (x, y, households) of buildings, in the same coordinates. What of an old area lies in no new one is told by
    its shares, which then do not add up to 1.
    """
    before, after = sorted(old), sorted(new)
    was, now = np.array([old[code] for code in before]), np.array([new[code] for code in after])
    if not before or not after:
        return []
    first, second = shapely.STRtree(now).query(was, predicate="intersects")
    shared = shapely.area(shapely.intersection(was[first], now[second]))
    of_old, of_new = shared / shapely.area(was)[first], shared / shapely.area(now)[second]
    kept = np.flatnonzero((of_old > _SLIVER) | (of_new > _SLIVER))
    living = _households(was, now, homes)
    counted: dict[int, float] = {}
    for (place, _), count in living.items():
        counted[place] = counted.get(place, 0.0) + count
    passages = []
    for at in kept.tolist():
        here, there = int(first[at]), int(second[at])
        count = living.get((here, there), 0.0)
        passages.append(Passage(
            before[here], after[there], min(1.0, float(of_old[at])), min(1.0, float(of_new[at])), count,
            count / counted[here] if counted.get(here) else None))
    return sorted(passages, key=lambda passage: (passage.old, -passage.of_old, passage.new))


def _households(was: NDArray[Any], now: NDArray[Any], homes: Sequence[tuple[float, float, float]]) -> dict[tuple[int, int], float]:
    """(old place, new place) → households; homes outside the old areas count nowhere, outside the new ones under -1."""
    if not homes:
        return {}
    x, y, count = (np.array(column, dtype=np.float64) for column in zip(*homes, strict=True))
    here, there = Lattice.build(was).first_holding(x, y), Lattice.build(now).first_holding(x, y)
    found: dict[tuple[int, int], float] = {}
    for old, new, households in zip(here.tolist(), there.tolist(), count.tolist(), strict=True):
        if old >= 0:
            found[old, new] = found.get((old, new), 0.0) + households
    return found
