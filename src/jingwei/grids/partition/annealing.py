"""Better groupings: units are moved and exchanged between neighbouring groups, at first freely, then only for the better.

Groups stay in one piece and within the bounds of size; what counts is the length of borders and the balance of work.
"""

from typing import NamedTuple

import numpy as np

from jingwei.grids.partition.compiled import Flags, Floats, Whole, compiled

HOT, _COLD = 1.2, 0.2        # in mean lengths of a border
_EASY, _STEEP = 0.75, 2000.0  # share of the allowed surplus that costs nothing; what the square of the rest costs
_APART = 40.0                # what two cost that should be apart and are not


class Course(NamedTuple):
    """Where the search stands, so that it can be left and taken up again. By group: `size`, `weight`, `units`."""

    size: Floats
    weight: Floats
    units: Whole
    best: Whole
    stamp: Whole
    queue: Whole
    turn: Whole         # one number
    numbers: Floats     # mean work, mean length, heat, its factor a step, worth now, best worth


class Leanings(NamedTuple):
    """What is wished besides. Empty arrays: nothing. `home`: the group where each unit costs nothing, −1 for any; `stay`:
    what it costs elsewhere. Those that should not be with unit n are `others[starts[n]:starts[n + 1]]`.
    """

    pinned: Flags
    home: Whole
    stay: float
    starts: Whole
    others: Whole


NO_LEANINGS = Leanings(np.zeros(0, np.bool_), np.zeros(0, np.int64), 0.0, np.zeros(0, np.int64), np.zeros(0, np.int64))


@compiled
def set_out(groups: int, borders: Floats, sizes: Floats, weights: Floats, steps: int, hot: float, group: Whole) -> Course:
    size, weight, units, total, border = _sums(groups, group, sizes, weights, borders)
    count = len(group)
    numbers = np.array([max(total / groups, 1e-12), max(border / max(len(borders), 1), 1e-9), hot,
                        (_COLD / hot) ** (1.0 / max(steps, 1)), 0.0, 0.0])
    return Course(size, weight, units, group.copy(), np.zeros(count, np.int64), np.empty(count, np.int64),
                  np.zeros(1, np.int64), numbers)


@compiled
def go_on(course: Course, starts: Whole, around: Whole, borders: Floats, sizes: Floats, weights: Floats, least: float,
          most: float, balance: float, steps: int, leanings: Leanings, group: Whole) -> None:
    """So many steps more. `group` is where the search is; `course.best` the best grouping met."""
    size, weight, units, best, stamp, queue = course.size, course.weight, course.units, course.best, course.stamp, course.queue
    mean, length, heat, cooling = course.numbers[0], course.numbers[1], course.numbers[2], course.numbers[3]
    current, best_worth = course.numbers[4], course.numbers[5]
    turn, count = course.turn[0], len(group)
    pinned, leaning = len(leanings.pinned) > 0, len(leanings.home) + len(leanings.others) > 0
    for _ in range(steps):
        heat *= cooling
        one = int(np.random.random() * count)
        near = starts[one + 1] - starts[one]
        if near == 0:
            continue
        other = around[starts[one] + int(np.random.random() * near)]
        giver, taker = group[one], group[other]
        if giver == taker or units[giver] == 1 or (pinned and leanings.pinned[one]):
            continue
        back = _exchanged(one, other, starts, around, group, giver) if np.random.random() < 0.5 else -1
        if back >= 0 and pinned and leanings.pinned[back]:
            continue
        gained = sizes[one] - (sizes[back] if back >= 0 else 0.0)
        if not (_fits(size[giver], size[giver] - gained, least, most) and _fits(size[taker], size[taker] + gained, least, most)):
            continue
        carried = weights[one] - (weights[back] if back >= 0 else 0.0)
        change = (_price(weight[giver] - carried, mean, balance) + _price(weight[taker] + carried, mean, balance)
                  - _price(weight[giver], mean, balance) - _price(weight[taker], mean, balance))
        change += _lengthened(one, back, giver, taker, starts, around, borders, group) / length
        if leaning:
            change += _disliked(one, back, giver, taker, leanings, group)
        if change > 0 and np.random.random() >= np.exp(-change / heat):
            continue
        group[one] = taker
        if back >= 0:
            group[back] = giver
        turn += 1
        whole = _whole(one, giver, starts, around, group, stamp, turn, queue)
        if whole and back >= 0:
            turn += 1
            whole = _whole(back, taker, starts, around, group, stamp, turn, queue) and _beside(
                back, giver, starts, around, group) and _beside(one, taker, starts, around, group)
        if not whole:
            group[one] = giver
            if back >= 0:
                group[back] = taker
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
            best[:] = group
    course.turn[0] = turn
    course.numbers[2], course.numbers[4], course.numbers[5] = heat, current, best_worth


@compiled
def _lengthened(one: int, back: int, giver: int, taker: int, starts: Whole, around: Whole, borders: Floats, group: Whole) -> float:
    """By how much borders grow when one unit goes over, and another (−1: none) comes back for it."""
    change = _longer(one, taker, starts, around, borders, group)
    if back >= 0:
        change += _longer(back, giver, starts, around, borders, group)
        for at in range(starts[one], starts[one + 1]):
            if around[at] == back:
                change += 2 * borders[at]
    return change


@compiled
def _disliked(one: int, back: int, giver: int, taker: int, leanings: Leanings, group: Whole) -> float:
    lost = _against(one, giver, taker, leanings, group)
    if back >= 0:
        group[one] = taker
        lost += _against(back, taker, giver, leanings, group)
        group[one] = giver
    return lost


@compiled
def _against(one: int, giver: int, taker: int, leanings: Leanings, group: Whole) -> float:
    """What the wishes lose when the unit goes over."""
    lost = 0.0
    if len(leanings.home) > 0:
        lost += leanings.stay * ((leanings.home[one] == giver) - (leanings.home[one] == taker))
    if len(leanings.others) > 0:
        for at in range(leanings.starts[one], leanings.starts[one + 1]):
            lost += _APART * ((group[leanings.others[at]] == taker) - (group[leanings.others[at]] == giver))
    return lost


@compiled
def anneal(groups: int, starts: Whole, around: Whole, borders: Floats, sizes: Floats, weights: Floats, least: float,
           most: float, balance: float, steps: int, hot: float, leanings: Leanings, group: Whole) -> None:
    """Changes `group`, numbered from 0, into the best grouping met."""
    course = set_out(groups, borders, sizes, weights, steps, hot, group)
    go_on(course, starts, around, borders, sizes, weights, least, most, balance, steps, leanings, group)
    group[:] = course.best


@compiled
def _sums(groups: int, group: Whole, sizes: Floats, weights: Floats, borders: Floats
          ) -> tuple[Floats, Floats, Whole, float, float]:
    """Size, workload and number of units of each group; all workload; the length of all borders."""
    size, weight, units = np.zeros(groups), np.zeros(groups), np.zeros(groups, np.int64)
    total = border = 0.0
    for one in range(len(group)):
        size[group[one]] += sizes[one]
        weight[group[one]] += weights[one]
        units[group[one]] += 1
        total += weights[one]
    for length in borders:
        border += length
    return size, weight, units, total, border


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
def _exchanged(one: int, other: int, starts: Whole, around: Whole, group: Whole, giver: int) -> int:
    """A unit of `other`'s group near it that borders on the giver and may come back for `one`; −1 for none."""
    taker, chosen, seen = group[other], -1, 0
    for first in range(starts[other] - 1, starts[other + 1]):
        candidate = other if first < starts[other] else around[first]
        if group[candidate] != taker or candidate == one:
            continue
        for at in range(starts[candidate], starts[candidate + 1]):
            if group[around[at]] == giver and around[at] != one:
                seen += 1
                if np.random.random() * seen < 1.0:
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
            stamp[root] = -turn
    if wanted == 0:
        return False
    queue[0], filled, done = root, 1, 0
    stamp[root] = turn
    wanted -= 1
    while done < filled and wanted > 0:
        unit = queue[done]
        done += 1
        for at in range(starts[unit], starts[unit + 1]):
            other = around[at]
            if group[other] == number and stamp[other] != turn:
                wanted -= stamp[other] == -turn
                stamp[other] = turn
                queue[filled] = other
                filled += 1
    return wanted == 0
