"""Which units lie side by side, and how long the border between them is."""

from dataclasses import dataclass

import numpy as np

from jingwei.grids.partition.compiled import Floats, Whole, compiled
from jingwei.grids.partition.tracing import Network


@dataclass(frozen=True, slots=True)
class Borders:
    """The neighbours of unit n are `around[starts[n]:starts[n + 1]]`, in rising order; `lengths` in metres beside them."""

    starts: Whole
    around: Whole
    lengths: Floats

    @property
    def count(self) -> int:
        return len(self.starts) - 1


def borders_of(network: Network, unit: Whole, count: int, metre: float) -> Borders:
    """`unit`: of each face, −1 for none. `metre`: grid units in one."""
    sides = np.where(network.face >= 0, unit[network.face], -1).reshape(-1, 2)
    between = np.flatnonzero((sides[:, 0] >= 0) & (sides[:, 1] >= 0) & (sides[:, 0] != sides[:, 1]))
    ends = network.points[network.edges[between]].astype(np.float64)
    lengths = np.hypot(*(ends[:, 1] - ends[:, 0]).T) / metre
    return from_pairs(sides[between], lengths, count)


def from_pairs(pairs: Whole, lengths: Floats, count: int) -> Borders:
    """Pairs of neighbours, each in one order or both or repeatedly: lengths are added up by unordered pair."""
    low, high = pairs.min(axis=1, initial=count), pairs.max(axis=1, initial=-1)
    keys, where = np.unique(low * count + high, return_inverse=True)
    summed: Floats = np.bincount(where, weights=lengths, minlength=len(keys)).astype(np.float64)
    one, two = np.concatenate((keys // count, keys % count)), np.concatenate((keys % count, keys // count))
    order = np.lexsort((two, one))
    starts = np.searchsorted(one[order], np.arange(count + 1))
    return Borders(starts, two[order], np.concatenate((summed, summed))[order])


def pieces(borders: Borders, label: Whole) -> Whole:
    """For each unit the number of its piece: units of one label that hang together, numbered by label, then unit."""
    root = _pieces(borders.starts, borders.around, label)
    keys = np.lexsort((root, label))
    changed = np.concatenate(([0], (root[keys][1:] != root[keys][:-1]).astype(np.int64))) if len(keys) else keys
    number = np.empty(len(keys), np.int64)
    number[keys] = np.cumsum(changed)
    return number


@compiled
def _pieces(starts: Whole, around: Whole, label: Whole) -> Whole:
    count = len(starts) - 1
    root, queue = np.full(count, -1, np.int64), np.empty(count, np.int64)
    for first in range(count):
        if root[first] >= 0:
            continue
        root[first], queue[0], filled, done = first, first, 1, 0
        while done < filled:
            unit = queue[done]
            done += 1
            for at in range(starts[unit], starts[unit + 1]):
                other = around[at]
                if root[other] < 0 and label[other] == label[unit]:
                    root[other] = first
                    queue[filled] = other
                    filled += 1
    return root
