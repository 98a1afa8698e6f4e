"""Better groupings: units are moved and exchanged between neighbouring groups, at first freely, then only for the better.

Groups stay in one piece and within the bounds of size; what counts is the length of borders and the balance of work.
"""

import numpy as np

from jingwei.grids.partition.compiled import Flags, Floats, Whole, compiled

_HOT, _COLD = 1.2, 0.2       # in mean lengths of a border
_EASY, _STEEP = 0.75, 2000.0  # share of the allowed surplus that costs nothing; what the square of the rest costs


@compiled
def anneal(members: Whole, groups: int, starts: Whole, around: Whole, borders: Floats, sizes: Floats, weights: Floats,
           least: float, most: float, balance: float, steps: int, group: Whole, first: int, still: Flags) -> None:
    """Changes `group` of the members, whose groups are numbered from `first`, into the best grouping met.

    `still`: units that stay where they are.
    """
    size, weight, units = np.zeros(groups), np.zeros(groups), np.zeros(groups, np.int64)
    total = 0.0
    border, borders_met = 0.0, 0
    for one in members:
        size[group[one] - first] += sizes[one]
        weight[group[one] - first] += weights[one]
        units[group[one] - first] += 1
        total += weights[one]
        for at in range(starts[one], starts[one + 1]):
            border += borders[at]
            borders_met += 1
    mean, length = max(total / groups, 1e-12), max(border / max(borders_met, 1), 1e-9)
    stamp, turn = np.zeros(len(starts), np.int64), 0
    queue = np.empty(len(members), np.int64)
    best, best_worth, current = group[members].copy(), 0.0, 0.0
    for step in range(steps):
        heat = _HOT * (_COLD / _HOT) ** (step / steps)
        one = members[np.random.randint(len(members))]
        begin, end = starts[one], starts[one + 1]
        if still[one] or end == begin:
            continue
        other = around[begin + np.random.randint(end - begin)]
        giver, taker = group[one] - first, group[other] - first
        if giver == taker or taker < 0 or taker >= groups or units[giver] == 1:
            continue
        back = -1
        if np.random.random() < 0.5:
            back = _exchanged(one, other, starts, around, group, giver + first, still)
        gained = sizes[one] - (sizes[back] if back >= 0 else 0.0)
        if not (_fits(size[giver], size[giver] - gained, least, most) and _fits(size[taker], size[taker] + gained, least, most)):
            continue
        carried = weights[one] - (weights[back] if back >= 0 else 0.0)
        change = (_price(weight[giver] - carried, mean, balance) + _price(weight[taker] + carried, mean, balance)
                  - _price(weight[giver], mean, balance) - _price(weight[taker], mean, balance))
        change += _longer(one, taker + first, starts, around, borders, group) / length
        if back >= 0:
            change += _longer(back, giver + first, starts, around, borders, group) / length
            for at in range(begin, end):
                if around[at] == back:
                    change += 2 * borders[at] / length
        if change > 0 and np.random.random() >= np.exp(-change / heat):
            continue
        group[one] = taker + first
        if back >= 0:
            group[back] = giver + first
        turn += 1
        whole = _whole(one, giver + first, starts, around, group, stamp, turn, queue)
        if whole and back >= 0:
            turn += 1
            whole = _whole(back, taker + first, starts, around, group, stamp, turn, queue) and _beside(
                back, giver + first, starts, around, group) and _beside(one, taker + first, starts, around, group)
        if not whole:
            group[one] = giver + first
            if back >= 0:
                group[back] = taker + first
            continue
        size[giver] -= gained
        size[taker] += gained
        weight[giver] -= carried
        weight[taker] += carried
        if back < 0:
            units[giver] -= 1
            units[taker] += 1
        current += change
        if current < best_worth - 1e-9:
            best_worth = current
            for index in range(len(members)):
                best[index] = group[members[index]]
    for index in range(len(members)):
        group[members[index]] = best[index]


@compiled
def _price(weight: float, mean: float, balance: float) -> float:
    """Of one group's workload, in mean lengths of a border."""
    beyond = max(weight / mean - 1.0 - (balance - 1.0) * _EASY, 0.0)
    return _STEEP * beyond * beyond


@compiled
def _fits(before: float, after: float, least: float, most: float) -> bool:
    """Within bounds, or nearer to them than before."""
    return least <= after <= most or (after < least and after >= before) or (after > most and after <= before)


@compiled
def _longer(one: int, taker: int, starts: Whole, around: Whole, borders: Floats, group: Whole) -> float:
    """By how much the borders between groups grow when the unit goes over."""
    change, mine = 0.0, group[one]
    for at in range(starts[one], starts[one + 1]):
        if group[around[at]] == mine:
            change += borders[at]
        elif group[around[at]] == taker:
            change -= borders[at]
    return change


@compiled
def _exchanged(one: int, other: int, starts: Whole, around: Whole, group: Whole, giver: int, still: Flags) -> int:
    """A unit of `other`'s group near it that borders on the giver and may come back for `one`; −1 for none."""
    taker, chosen, seen = group[other], -1, 0
    for first in range(starts[other] - 1, starts[other + 1]):
        candidate = other if first < starts[other] else around[first]
        if group[candidate] != taker or still[candidate] or candidate == one:
            continue
        for at in range(starts[candidate], starts[candidate + 1]):
            if group[around[at]] == giver and around[at] != one:
                seen += 1
                if np.random.randint(seen) == 0:
                    chosen = candidate
                break
    return chosen


@compiled
def _beside(one: int, wanted: int, starts: Whole, around: Whole, group: Whole) -> bool:
    met = False  # `any` over a generator cannot be compiled
    for at in range(starts[one], starts[one + 1]):
        met = met or group[around[at]] == wanted
    return met


@compiled
def _whole(gone: int, number: int, starts: Whole, around: Whole, group: Whole, stamp: Whole, turn: int, queue: Whole) -> bool:
    """Whether the neighbours of a unit that has left group `number` still hang together within it."""
    wanted, root = 0, -1
    for at in range(starts[gone], starts[gone + 1]):
        if group[around[at]] == number:
            wanted += 1
            root = around[at]
    if wanted == 0:
        return False
    queue[0], filled, done = root, 1, 0
    stamp[root] = turn
    while done < filled:
        unit = queue[done]
        done += 1
        for at in range(starts[unit], starts[unit + 1]):
            other = around[at]
            if group[other] == number and stamp[other] != turn:
                stamp[other] = turn
                queue[filled] = other
                filled += 1
    for at in range(starts[gone], starts[gone + 1]):
        if group[around[at]] == number and stamp[around[at]] != turn:
            return False
    return True
