"""A first grouping: a front sweeps over the ground from many sides, and stops where what lies behind it can be grouped,
carries its share of the work, and the front is short.
"""

import numpy as np

from jingwei.grids.partition.compiled import Floats, Whole, compiled


@compiled
def best_sweep(part: Whole, within: Whole, turn: int, count: int, starts: Whole, around: Whole, borders: Floats,
               sizes: Floats, weights: Floats, places: Floats, least: float, most: float, angles: int
               ) -> tuple[float, int, Whole]:
    """How good the best sweep is, how many groups lie behind it, and the units behind it. −1e300: none is legal.

    Units of the part have `within` equal to `turn`; both sides of a sweep hang together.
    """
    best, best_share, best_side = -1e300, 0, np.empty(0, np.int64)
    mean, all_size = weights[part].sum() / count, sizes[part].sum()
    typical = 0.0
    for unit in part:
        for at in range(starts[unit], starts[unit + 1]):
            typical += borders[at]
    typical = max(typical / len(part) * (len(part) / count) ** 0.5, 1e-9)
    shift = np.random.random()
    for angle in range(angles):
        turned = 2 * np.pi * (angle + shift) / angles
        key = places[part, 0] * np.cos(turned) + places[part, 1] * np.sin(turned)
        order = _front(part, key, within, turn, starts, around)
        if len(order) < len(part):
            continue
        values, shares = _values(order, within, turn, count, starts, around, borders, sizes, weights, mean, all_size,
                                 typical, least, most)
        for _ in range(3):
            stop = int(values.argmax())
            if values[stop] <= best:
                break
            if _rest_whole(order, stop + 1, within, turn, starts, around):
                best, best_share, best_side = values[stop], shares[stop], order[:stop + 1].copy()
                break
            values[stop] = -1e300
    return best, best_share, best_side


@compiled
def _front(part: Whole, key: Floats, within: Whole, turn: int, starts: Whole, around: Whole) -> Whole:
    """The units in the order in which a front reaches them: always the lowest of those beside what it has passed."""
    rank, where = np.argsort(key), np.empty(len(starts), np.int64)
    for position in range(len(rank)):
        where[part[rank[position]]] = position
    open_, order, filled = np.zeros(len(part), np.int64), np.empty(len(part), np.int64), 0
    open_[0] = 1
    lowest = 0
    while filled < len(part):
        while lowest < len(part) and open_[lowest] != 1:
            lowest += 1
        if lowest == len(part):
            break
        unit = part[rank[lowest]]
        open_[lowest] = 2
        order[filled] = unit
        filled += 1
        for at in range(starts[unit], starts[unit + 1]):
            other = around[at]
            if within[other] == turn and open_[where[other]] == 0:
                open_[where[other]] = 1
                lowest = min(lowest, where[other])
    return order[:filled]


@compiled
def _values(order: Whole, within: Whole, turn: int, count: int, starts: Whole, around: Whole, borders: Floats,
            sizes: Floats, weights: Floats, mean: float, all_size: float, typical: float, least: float, most: float
            ) -> tuple[Floats, Whole]:
    values, shares = np.full(len(order), -1e300), np.zeros(len(order), np.int64)
    size = weight = cut = 0.0
    for index in range(len(order) - 1):
        unit = order[index]
        within[unit] = -turn
        size += sizes[unit]
        weight += weights[unit]
        for at in range(starts[unit], starts[unit + 1]):
            if within[around[at]] == turn:
                cut += borders[at]
            elif within[around[at]] == -turn:
                cut -= borders[at]
        share = int(weight / max(mean, 1e-12) + 0.5)
        if share < 1 or share >= count or share * 3 < count - 2 or (count - share) * 3 < count - 2:
            continue
        rest = count - share
        if size < least * share or size > most * share or all_size - size < least * rest or all_size - size > most * rest:
            continue
        fair = abs(weight - mean * share) / mean * (1.0 / share + 1.0 / rest)
        values[index], shares[index] = -2.0 * fair - cut / typical, share
    for unit in order:
        within[unit] = turn
    return values, shares


@compiled
def _rest_whole(order: Whole, behind: int, within: Whole, turn: int, starts: Whole, around: Whole) -> bool:
    for index in range(behind):
        within[order[index]] = -turn
    queue, filled, done = np.empty(len(order), np.int64), 1, 0
    queue[0] = order[behind]
    within[order[behind]] = -turn
    while done < filled:
        unit = queue[done]
        done += 1
        for at in range(starts[unit], starts[unit + 1]):
            other = around[at]
            if within[other] == turn:
                within[other] = -turn
                queue[filled] = other
                filled += 1
    for unit in order:
        within[unit] = turn
    return filled == len(order) - behind
