"""Faces that are too small, or too thin to be one, are dissolved into a neighbour of the same community."""

import numpy as np

from jingwei.grids.partition.compiled import Flags, Floats, Whole, compiled
from jingwei.grids.partition.tracing import Network, edge_lengths


def merge_small(network: Network, label: Whole, least: float, most: float, fixed: Flags,
                kept: Flags) -> Whole:
    """For each face the number of its group: groups are counted from 0 in the order of their lowest face.

    `least`, `most`: areas in square grid units. Faces labelled below 0 lie outside and stay alone, `fixed` ones too;
    `kept` ones take in another only where no other neighbour can.
    """
    lengths = edge_lengths(network)
    root = _merge(network.face, network.onward, network.areas, lengths, label, least, most, fixed, kept.copy())
    _, groups = np.unique(root, return_inverse=True)
    return groups.astype(np.int64)


@compiled
def _root(root: Whole, one: int) -> int:
    while root[one] != one:
        root[one] = root[root[one]]
        one = root[one]
    return one


@compiled
def _run_begins(face: Whole, onward: Whole, root: Whole, start: int) -> int:
    """A half-edge at which the neighbour changes, so that runs along one neighbour are counted whole."""
    half, other = start, face[start ^ 1]
    known = _root(root, other) if other >= 0 else -1
    while True:
        half = onward[half]
        other = face[half ^ 1]
        if (_root(root, other) if other >= 0 else -1) != known or half == start:
            return int(half)


@compiled
def _partner(one: int, near: Whole, size: Floats, around: Floats, shared: Floats, runs: Whole, kept: Flags, least: float,
             most: float, again: int) -> tuple[float, int]:
    """The best neighbour to be dissolved into and what it is worth; −1: there is none."""
    best, partner = -1e300, -1
    for other in near:
        total = size[one] + size[other]
        rim = around[one] + around[other] - 2 * shared[other]
        worth = 12.566 * total / max(rim * rim, 1e-9) + shared[other] / max(around[one], 1e-9)
        if total > most:
            worth -= 1.0 if total >= 2 * least else 3.0
        if kept[other]:
            worth -= 20.0
        if runs[other] > 1 and again < 3:
            worth -= 100.0
        if worth > best:
            best, partner = worth, other
    return best, partner


@compiled
def _merge(face: Whole, onward: Whole, areas: Floats, lengths: Floats, label: Whole, least: float, most: float,
           fixed: Flags, kept: Flags) -> Whole:
    """Smallest first. A partner is worth the more the longer the shared border and the rounder the sum; one that stays
    within bounds is preferred, then one that can be cut again.
    """
    count = len(areas)
    root, size, following, last = np.arange(count), areas.copy(), np.full(count, -1, np.int64), np.arange(count)
    start = np.full(count, -1, np.int64)
    around = np.zeros(count)
    for half in range(len(face)):
        if face[half] >= 0:
            start[face[half]] = half
            around[face[half]] += lengths[half >> 1]
    shared, runs, seen, touched = np.zeros(count), np.zeros(count, np.int64), np.full(count, -1, np.int64), np.empty(count, np.int64)
    waiting = np.argsort(areas, kind="mergesort")
    turn = 0
    for again in range(4):
        changed = False
        for position in range(count):
            one = waiting[position]
            if root[one] != one or fixed[one] or kept[one] or label[one] < 0 or size[one] >= least:
                continue
            turn += 1
            number = 0
            member = one
            while member >= 0:
                half, before = _run_begins(face, onward, root, start[member]), -2
                first = half
                while True:
                    other = face[half ^ 1]
                    other = _root(root, other) if other >= 0 else -1
                    if other >= 0 and other != one and label[other] == label[one] and not fixed[other]:
                        if seen[other] != turn:
                            seen[other], shared[other], runs[other] = turn, 0.0, 0
                            touched[number] = other
                            number += 1
                        shared[other] += lengths[half >> 1]
                        if other != before:
                            runs[other] += 1
                    before = other
                    half = onward[half]
                    if half == first:
                        break
                member = following[member]
            best, partner = _partner(one, touched[:number], size, around, shared, runs, kept, least, most, again)
            if partner < 0 or (best < -50.0 and again < 2):
                continue
            low, high = min(one, partner), max(one, partner)
            root[high] = low
            around[low] = around[one] + around[partner] - 2 * shared[partner]
            kept[low] = False
            size[low] = size[one] + size[partner]
            following[last[low]] = high
            last[low] = last[high]
            changed = True
        if not changed and again >= 2:
            break
    for index in range(count):
        root[index] = _root(root, index)
    return root
