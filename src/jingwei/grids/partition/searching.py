"""One piece of ground into a given number of groups: the first grouping, then the search for a better one."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jingwei.grids.partition.annealing import HOT, NO_LEANINGS, Leanings, anneal, go_on, set_out
from jingwei.grids.partition.compiled import Floats, Whole, compiled
from jingwei.grids.partition.spanning import split

_TREES, _STEPS = 4, 330  # tried where no sweep fits; tried changes per unit
_WISHING = 16            # times a grouping with units that should be apart is tried, ever hotter
_AGAIN, _MEND = 4, 0.06  # a grouping that lacks more than this is tried again, so often
_LARGE, _SLICE = 2_000, 200_000  # from so many units on the search is interrupted after so many steps, to tell how far it is


Tell = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Piece:
    """Units that hang together, counted from 0, with the bounds and aims of their groups."""

    starts: Whole
    around: Whole
    borders: Floats
    sizes: Floats
    weights: Floats
    places: Floats
    least: float
    most: float
    balance: float
    effort: float
    seed: int

    @property
    def steps(self) -> int:
        return int(self.effort * _STEPS * len(self.sizes))


def search(piece: Piece, groups: int, apart: Whole, tell: Tell) -> Whole:
    """The group of each unit, from 0. `apart`: pairs that should not share one."""
    if groups == 1:
        return np.zeros(len(piece.sizes), np.int64)
    leanings = leaning(len(piece.sizes), apart)
    if len(piece.sizes) >= _LARGE:
        return _large(piece, groups, leanings, tell)
    return _search(groups, piece.starts, piece.around, piece.borders, piece.sizes, piece.weights, piece.places, piece.least,
                   piece.most, piece.balance, piece.steps, piece.seed % 2147483647, leanings)


def leaning(count: int, apart: Whole) -> Leanings:
    if not len(apart):
        return NO_LEANINGS
    both = np.concatenate((apart, apart[:, ::-1]))
    both = both[np.argsort(both[:, 0], kind="stable")]
    starts = np.searchsorted(both[:, 0], np.arange(count + 1))
    return NO_LEANINGS._replace(starts=starts, others=np.ascontiguousarray(both[:, 1]))


@compiled
def _search(groups: int, starts: Whole, around: Whole, borders: Floats, sizes: Floats, weights: Floats, places: Floats,
            least: float, most: float, balance: float, steps: int, seed: int, leanings: Leanings) -> Whole:
    group, best = np.zeros(len(sizes), np.int64), 1e300
    np.random.seed(seed)
    for attempt in range(_AGAIN if len(leanings.others) == 0 else _WISHING):
        tried = np.zeros(len(sizes), np.int64)
        split(groups, starts, around, borders, sizes, weights, places, least, most, _TREES, tried)
        anneal(groups, starts, around, borders, sizes, weights, least, most, balance, steps,
               HOT if len(leanings.others) == 0 else HOT * (attempt % 4 + 1), leanings, tried)
        lacking = lack(groups, tried, sizes, weights, least, most, balance, leanings)
        if lacking < best:
            best = lacking
            group[:] = tried
        if best <= _MEND:
            break
    return group


def _large(piece: Piece, groups: int, leanings: Leanings, tell: Tell) -> Whole:
    """As `_search`, with the same result; it tells how far it is."""
    group, best = np.zeros(len(piece.sizes), np.int64), 1e300
    sow(piece.seed % 2147483647)
    for attempt in range(_AGAIN):
        tried = np.zeros(len(piece.sizes), np.int64)
        split(groups, piece.starts, piece.around, piece.borders, piece.sizes, piece.weights, piece.places, piece.least,
              piece.most, _TREES, tried)
        tried = better(piece, groups, tried, leanings, HOT, _shifted(tell, attempt))
        lacking = lack(groups, tried, piece.sizes, piece.weights, piece.least, piece.most, piece.balance, leanings)
        if lacking < best:
            best, group = lacking, tried
        if best <= _MEND:
            break
    return group


def _shifted(tell: Tell, attempt: int) -> Tell:
    return lambda share: tell((attempt + share) / _AGAIN)


def better(piece: Piece, groups: int, group: Whole, leanings: Leanings, hot: float, tell: Tell) -> Whole:
    """The best grouping met from this one on."""
    course = set_out(groups, piece.borders, piece.sizes, piece.weights, piece.steps, hot, group)
    for done in range(0, piece.steps, _SLICE):
        tell(done / piece.steps)
        go_on(course, piece.starts, piece.around, piece.borders, piece.sizes, piece.weights, piece.least, piece.most,
              piece.balance, min(_SLICE, piece.steps - done), leanings, group)
    return course.best


@compiled
def sow(seed: int) -> None:
    np.random.seed(seed)


@compiled
def own_graph(members: Whole, starts: Whole, around: Whole, borders: Floats, local: Whole) -> tuple[Whole, Whole, Floats]:
    """The borders among the members, which are counted from 0. `local`: −1 for every unit, and so again afterwards."""
    count = len(members)
    for index in range(count):
        local[members[index]] = index
    own_starts, edges = np.zeros(count + 1, np.int64), 0
    for index in range(count):
        edges += starts[members[index] + 1] - starts[members[index]]
    own_around, own_borders, edges = np.empty(edges, np.int64), np.empty(edges), 0
    for index in range(count):
        for at in range(starts[members[index]], starts[members[index] + 1]):
            if local[around[at]] >= 0:
                own_around[edges], own_borders[edges] = local[around[at]], borders[at]
                edges += 1
        own_starts[index + 1] = edges
    for one in members:
        local[one] = -1
    return own_starts, own_around[:edges].copy(), own_borders[:edges].copy()


@compiled
def lack(groups: int, group: Whole, sizes: Floats, weights: Floats, least: float, most: float, balance: float,
         leanings: Leanings) -> float:
    """0 for a legal grouping with the balance aimed at; the surplus of work beyond it, what misses the bounds, and pairs
    that should be apart.
    """
    size, work = np.zeros(groups), np.zeros(groups)
    for unit in range(len(group)):
        size[group[unit]] += sizes[unit]
        work[group[unit]] += weights[unit]
    missed = 0.0
    for one in size:
        missed += max(least - one, 0.0) + max(one - most, 0.0)
    crowded = 0
    for unit in range(len(leanings.starts) - 1):
        for at in range(leanings.starts[unit], leanings.starts[unit + 1]):
            crowded += group[leanings.others[at]] == group[unit]
    return float(max(work.max() / max(work.mean(), 1e-12) - balance, 0.0) + 10.0 * missed / least + 5.0 * crowded)
