"""A first grouping where no sweep fits: a random spanning tree is cut where both sides can be grouped and carry their
share of the work.
"""

import numpy as np

from jingwei.grids.partition.compiled import Floats, Whole, compiled
from jingwei.grids.partition.sweeping import best_sweep


@compiled
def split(groups: int, starts: Whole, around: Whole, borders: Floats, sizes: Floats, weights: Floats, places: Floats,
          least: float, most: float, trees: int, group: Whole) -> bool:
    """Numbers the units from 0 on in `group`; False if some part could not be cut within the bounds."""
    within = np.zeros(len(starts), np.int64)
    stack = [(np.arange(len(starts) - 1), groups)]
    number, turn, legal = 0, 0, True
    while len(stack) > 0:
        part, count = stack.pop()
        if count == 1:
            for one in part:
                group[one] = number
            number += 1
            continue
        turn += 1
        for one in part:
            within[one] = turn
        best, best_share, best_side = best_sweep(part, within, turn, count, starts, around, borders, sizes, weights,
                                                 places, least, most, 8)
        for attempt in range(6 * trees):
            if best > -1e299:
                break
            if attempt >= trees and best > -1e6:
                break
            parent, order = _tree(part, within, turn, starts, around, borders)
            worth, share, root = _best_edge(parent, order, within, turn, count, starts, around, borders, sizes, weights,
                                            least, most)
            if worth > best:
                best, best_share = worth, share
                best_side = _below(parent, order, root)
        if best_share == 0 or len(best_side) == 0 or len(best_side) == len(part):
            # nothing can be cut off (a single unit): the rest of the numbers stay empty
            for one in part:
                group[one] = number
            number += count
            legal = False
            continue
        if best < -1e5:
            legal = False
        for one in best_side:
            within[one] = -turn
        rest, kept = np.empty(len(part) - len(best_side), np.int64), 0
        for one in part:
            if within[one] == turn:
                rest[kept] = one
                kept += 1
        stack.append((rest, count - best_share))
        stack.append((best_side, best_share))
    return legal


@compiled
def _tree(part: Whole, within: Whole, turn: int, starts: Whole, around: Whole, borders: Floats) -> tuple[Whole, Whole]:
    """Prim with random weights that favour long borders: the parent of each unit, and the units in order of joining."""
    parent = np.full(len(starts) - 1, -1, np.int64)
    heap_key, heap_unit, heap_from = np.empty(64), np.empty(64, np.int64), np.empty(64, np.int64)
    order, joined = np.empty(len(part), np.int64), 0
    root = part[int(np.random.random() * len(part))]
    parent[root] = -2
    filled, unit = 0, root
    while True:
        order[joined] = unit
        joined += 1
        for at in range(starts[unit], starts[unit + 1]):
            other = around[at]
            if within[other] != turn or parent[other] != -1:
                continue
            if filled == len(heap_key):
                heap_key = np.concatenate((heap_key, heap_key))
                heap_unit, heap_from = np.concatenate((heap_unit, heap_unit)), np.concatenate((heap_from, heap_from))
            position = filled
            key = np.random.random() / (borders[at] + 1.0) ** 0.5
            filled += 1
            while position > 0 and heap_key[(position - 1) >> 1] > key:
                up = (position - 1) >> 1
                heap_key[position], heap_unit[position], heap_from[position] = heap_key[up], heap_unit[up], heap_from[up]
                position = up
            heap_key[position], heap_unit[position], heap_from[position] = key, other, unit
        found = False
        while filled > 0 and not found:
            unit, source = heap_unit[0], heap_from[0]
            filled -= 1
            key, last_unit, last_from = heap_key[filled], heap_unit[filled], heap_from[filled]
            position = 0
            while True:
                child = 2 * position + 1
                if child >= filled:
                    break
                if child + 1 < filled and heap_key[child + 1] < heap_key[child]:
                    child += 1
                if heap_key[child] >= key:
                    break
                heap_key[position], heap_unit[position], heap_from[position] = (
                    heap_key[child], heap_unit[child], heap_from[child])
                position = child
            heap_key[position], heap_unit[position], heap_from[position] = key, last_unit, last_from
            if parent[unit] == -1:
                parent[unit] = source
                found = True
        if not found:
            break
    return parent, order[:joined].copy()


@compiled
def _best_edge(parent: Whole, order: Whole, within: Whole, turn: int, count: int, starts: Whole, around: Whole,
               borders: Floats, sizes: Floats, weights: Floats, least: float, most: float) -> tuple[float, int, int]:
    """How good the best cut of the tree is, how many groups lie below it, and the unit under which it is made."""
    size, weight, cut = np.zeros(len(parent)), np.zeros(len(parent)), np.zeros(len(parent))
    depth = np.zeros(len(parent), np.int64)
    for unit in order[1:]:
        depth[unit] = depth[parent[unit]] + 1
    for unit in order:
        for at in range(starts[unit], starts[unit + 1]):
            one, two = unit, around[at]
            if within[two] != turn or two < one:
                continue
            while one != two:
                if depth[one] >= depth[two]:
                    cut[one] += borders[at]
                    one = parent[one]
                else:
                    cut[two] += borders[at]
                    two = parent[two]
    for unit in order[::-1]:
        size[unit] += sizes[unit]
        weight[unit] += weights[unit]
        if parent[unit] >= 0:
            size[parent[unit]] += size[unit]
            weight[parent[unit]] += weight[unit]
    all_size, all_weight = size[order[0]], weight[order[0]]
    mean, typical = all_weight / count, 100.0 * (all_size / count) ** 0.5
    best, best_share, best_unit = -1e300, 0, -1
    for unit in order[1:]:
        guess = int(weight[unit] / max(mean, 1e-12) + 0.5)
        for share in range(max(guess - 1, 1), min(guess + 1, count - 1) + 1):
            over = (max(least * share - size[unit], 0.0) + max(size[unit] - most * share, 0.0)
                    + max(least * (count - share) - (all_size - size[unit]), 0.0)
                    + max(all_size - size[unit] - most * (count - share), 0.0))
            fair = abs(weight[unit] / share - mean) / mean + abs((all_weight - weight[unit]) / (count - share) - mean) / mean
            uneven = abs(2 * share - count) / count
            worth = -3.0 * fair - 0.5 * cut[unit] / typical - (0.3 * uneven if count > 4 else 0.0) - (
                1e6 + over * 1e6 / least if over > 1e-9 else 0.0)
            if worth > best:
                best, best_share, best_unit = worth, share, unit
    return best, best_share, best_unit


@compiled
def _below(parent: Whole, order: Whole, root: int) -> Whole:
    marked = np.zeros(len(parent), np.bool_)
    found, count = np.empty(len(order), np.int64), 0
    for unit in order:
        if unit == root or (parent[unit] >= 0 and marked[parent[unit]]):
            marked[unit] = True
            found[count] = unit
            count += 1
    return found[:count].copy()
