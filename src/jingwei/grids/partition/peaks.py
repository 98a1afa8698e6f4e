"""Units that alone weigh more than a group should: the lightest legal group around each is set apart before the rest is grouped.

No grouping is better balanced than these groups allow; that bound is told.
"""

from dataclasses import dataclass, replace

import numpy as np

from jingwei.grids.partition.arithmetic import Count
from jingwei.grids.partition.borders import Borders, pieces
from jingwei.grids.partition.compiled import Whole
from jingwei.grids.partition.mending import Grouped, mend_sizes
from jingwei.grids.partition.searching import Piece, Tell, own_graph, search

_BEAM = 150
_FILLED = (0.7, 0.8, 0.9)  # of the upper bound: fewer, larger groups make a heavy one stand out less


@dataclass(frozen=True, slots=True)
class Peaks:
    """The groups set apart, and the units left over."""

    groups: tuple[tuple[int, ...], ...]
    rest: Whole


def search_around_peaks(piece: Piece, count: Count, groups: int, apart: Whole, tell: Tell) -> Whole:
    """As `search`; where one unit is heavier than the mean, fewer groups are tried as well, and the best balanced is taken."""
    mean = float(piece.weights.sum()) / groups
    if groups < 2 or float(piece.weights.max()) <= piece.balance * mean or not count.legal:
        return search(piece, groups, apart, tell)
    total, tried = float(piece.sizes.sum()), [groups]
    tried += [number for share in _FILLED if (number := round(total / (share * piece.most))) not in tried
              and count.fewest <= number <= groups]
    found = [_with_peaks(piece, number, apart, tell) for number in tried]
    return min(found, key=lambda group: (_missed(piece, group), _imbalance(piece, group)))


def _missed(piece: Piece, group: Whole) -> float:
    size = np.bincount(group, weights=piece.sizes)
    return round(float((np.maximum(piece.least - size, 0) + np.maximum(size - piece.most, 0)).sum()), 9)


def _imbalance(piece: Piece, group: Whole) -> float:
    work = np.bincount(group, weights=piece.weights)
    return float(work.max() / max(work.mean(), 1e-12))


def _with_peaks(piece: Piece, groups: int, apart: Whole, tell: Tell) -> Whole:
    plain = search(piece, groups, apart, tell)
    peaks = find_peaks(piece, groups)
    if not peaks.groups or groups - len(peaks.groups) < 1 or len(apart):
        return plain
    rest = peaks.rest
    local = np.full(len(piece.sizes), -1, np.int64)
    starts, around, borders = own_graph(rest, piece.starts, piece.around, piece.borders, local)
    inner = replace(piece, starts=starts, around=around, borders=borders, sizes=piece.sizes[rest], weights=piece.weights[rest],
                    places=piece.places[rest])
    found = np.empty(len(piece.sizes), np.int64)
    found[rest] = search(inner, groups - len(peaks.groups), apart, tell)
    for number, members in enumerate(peaks.groups):
        found[list(members)] = groups - len(peaks.groups) + number
    pinned = np.ones(len(found), bool)
    pinned[rest] = False
    mended = Grouped(Borders(piece.starts, piece.around, piece.borders), piece.sizes, found.copy(), pinned, piece.least, piece.most,
                     found.copy())
    mend_sizes(mended)
    return min(plain, found, mended.group, key=lambda group: (_missed(piece, group), _imbalance(piece, group)))


def find_peaks(piece: Piece, groups: int) -> Peaks:
    """Around each unit heavier than the mean, the heaviest first; what is left hangs together."""
    mean = float(piece.weights.sum()) / groups
    taken = np.zeros(len(piece.sizes), bool)
    found: list[tuple[int, ...]] = []
    for unit in np.argsort(-piece.weights, kind="stable").tolist():
        if piece.weights[unit] <= piece.balance * mean:
            break
        if taken[unit]:
            continue
        for members in lightest(piece, unit, taken):
            after = taken.copy()
            after[list(members)] = True
            if _whole(piece, ~after):
                taken = after
                found.append(members)
                break
    return Peaks(tuple(found), np.flatnonzero(~taken))


def lightest(piece: Piece, unit: int, taken: np.ndarray) -> list[tuple[int, ...]]:
    """Legal groups around the unit, the lightest first, among those that a search of limited width meets."""
    beam = {frozenset([unit]): (float(piece.weights[unit]), float(piece.sizes[unit]))}
    done: dict[frozenset[int], float] = {}
    while beam:
        longer: dict[frozenset[int], tuple[float, float]] = {}
        for members, (weight, size) in beam.items():
            if size >= piece.least - 1e-9:
                if size <= piece.most + 1e-9:
                    done[members] = weight
                continue
            near = {other for one in members for other in piece.around[piece.starts[one]:piece.starts[one + 1]].tolist()}
            for other in near - members:
                if not taken[other]:
                    longer[members | {other}] = (weight + float(piece.weights[other]), size + float(piece.sizes[other]))
        kept = sorted(longer.items(), key=lambda one: (one[1][0], sorted(one[0])))[:_BEAM]
        beam = dict(kept)
    return [tuple(sorted(members)) for members in sorted(done, key=lambda one: (done[one], sorted(one)))]


def _whole(piece: Piece, left: np.ndarray) -> bool:
    """Whether the units left hang together."""
    part = pieces(Borders(piece.starts, piece.around, piece.borders), left.astype(np.int64))
    return len(np.unique(part[left])) == 1
