"""A grouping that was made for other ground is mended with as few changes as can be found.

What hangs loose joins a neighbour; groups are split or dissolved where their number is no longer possible; a group out of
bounds takes or gives single units, along a chain of groups where its neighbours have no room.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from jingwei.grids.partition.borders import Borders, pieces
from jingwei.grids.partition.compiled import Flags, Floats, Whole

_TRIES = 400


@dataclass(slots=True)
class Grouped:
    """A piece of ground and its groups, −1 for none, which change. Bounds hold for `sizes`."""

    borders: Borders
    sizes: Floats
    home: Whole
    pinned: Flags
    least: float
    most: float
    group: Whole

    def neighbours(self, unit: int) -> Iterator[tuple[int, float]]:
        begin, end = self.borders.starts[unit], self.borders.starts[unit + 1]
        return zip(self.borders.around[begin:end].tolist(), self.borders.lengths[begin:end].tolist(), strict=True)

    def size(self) -> dict[int, float]:
        """Of each group."""
        used = self.group >= 0
        total = np.bincount(self.group[used], weights=self.sizes[used])
        return {int(one): float(total[one]) for one in np.unique(self.group[used])}

    def missed(self) -> float:
        """By how much all groups together lie out of bounds."""
        return sum(self.miss(size) for size in self.size().values())

    def miss(self, size: float) -> float:
        return max(self.least - size, 0.0) + max(size - self.most, 0.0)

    def whole_without(self, unit: int) -> bool:
        """Whether the unit's group hangs together without it."""
        group = int(self.group[unit])
        rest = {other for other, _ in self.neighbours(unit) if self.group[other] == group}
        if not rest:
            return False
        queue = deque([rest.pop()])
        seen = {queue[0], unit}
        while queue and rest:
            for other, _ in self.neighbours(queue.popleft()):
                if other not in seen and self.group[other] == group:
                    seen.add(other)
                    rest.discard(other)
                    queue.append(other)
        return not rest


def loosen(piece: Grouped) -> None:
    """Of a group in several places one stays: that with the most that is pinned, then the largest."""
    part = pieces(piece.borders, piece.group)
    count = int(part.max(initial=-1)) + 1
    firsts = np.unique(part, return_index=True)[1]
    pinned = np.bincount(part[piece.pinned], minlength=count) if len(piece.pinned) else np.zeros(count, np.int64)
    size = np.bincount(part, weights=piece.sizes, minlength=count)
    order = np.lexsort((-size, -pinned, piece.group[firsts]))
    owner = piece.group[firsts][order]
    stays = np.zeros(count, bool)
    stays[order[np.flatnonzero(np.concatenate(([True], owner[1:] != owner[:-1])))]] = True
    piece.group[~stays[part]] = -1


def join_loose(piece: Grouped) -> bool:
    """Every unit without a group joins one beside it, the smallest first. False: there is none beside some."""
    size = piece.size()
    while (loose := np.flatnonzero(piece.group < 0)).size:
        best: tuple[float, float, int, int] | None = None
        for unit in loose.tolist():
            reach: dict[int, float] = {}
            for other, length in piece.neighbours(unit):
                if piece.group[other] >= 0:
                    reach[int(piece.group[other])] = reach.get(int(piece.group[other]), 0.0) + length
            for group, length in reach.items():
                over = max(size[group] + float(piece.sizes[unit]) - piece.most, 0.0)
                told = (over, -length, unit, group)
                best = told if best is None or told < best else best
        if best is None:
            return False
        piece.group[best[2]] = best[3]
        size[best[3]] += float(piece.sizes[best[2]])
    return True


def dissolve(piece: Grouped) -> bool:
    """The smallest group without a pinned unit goes; its units join others."""
    pinned = set(piece.group[piece.pinned].tolist()) if len(piece.pinned) else set()
    free = [(size, group) for group, size in piece.size().items() if group not in pinned]
    if len(free) < 1 or len(piece.size()) < 2:
        return False
    piece.group[piece.group == min(free)[1]] = -1
    return join_loose(piece)


def mend_sizes(piece: Grouped) -> None:
    """Single units wander from groups with too much, or to groups with too little, by the shortest chain of groups."""
    banned: set[tuple[int, int]] = set()
    for _ in range(_TRIES):
        size = piece.size()
        wrong = [group for group in size if piece.miss(size[group]) > 1e-9]
        if not wrong:
            return
        for group in sorted(wrong, key=lambda one: (-piece.miss(size[one]), one)):
            chain = _chain(piece, group, size, banned)
            if chain and _moved(piece, chain, banned):
                break
        else:
            return


def _borderers(piece: Grouped, banned: set[tuple[int, int]]) -> dict[tuple[int, int], list[int]]:
    """Units that may go from one group to another beside it, the likeliest first."""
    found: dict[tuple[int, int], dict[int, float]] = {}
    own = np.repeat(np.arange(piece.borders.count), np.diff(piece.borders.starts))
    between = piece.group[own] != piece.group[piece.borders.around]
    for unit, other, length in zip(own[between].tolist(), piece.borders.around[between].tolist(),
                                   piece.borders.lengths[between].tolist(), strict=True):
        if (len(piece.pinned) and piece.pinned[unit]) or (unit, int(piece.group[other])) in banned:
            continue
        way = found.setdefault((int(piece.group[unit]), int(piece.group[other])), {})
        way[unit] = way.get(unit, 0.0) + length
    return {way: sorted(units, key=lambda unit: (piece.home[unit] != way[1], piece.home[unit] == way[0], -units[unit], unit))
            for way, units in found.items()}


def _chain(piece: Grouped, wrong: int, size: dict[int, float], banned: set[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Moves (unit, from, to), the last first, that bring the wrong group nearer to its bounds and leave no other worse."""
    over = size[wrong] > piece.most
    ways = _borderers(piece, banned)
    came: dict[int, tuple[int, int, int]] = {}
    queue, seen = deque([wrong]), {wrong}
    while queue:
        here = queue.popleft()
        for (giver, taker), units in sorted(ways.items()):
            there = taker if over else giver
            if (giver if over else taker) != here or there in seen:
                continue
            unit = next((one for one in units if piece.whole_without(one)), None)
            if unit is None:
                continue
            seen.add(there)
            came[there] = (unit, giver, taker)
            after = size[there] + (1 if over else -1) * float(piece.sizes[unit])
            if piece.miss(after) <= 1e-9 or (piece.miss(after) < piece.miss(size[there])):
                chain, at = [], there
                while at != wrong:
                    chain.append(came[at])
                    at = came[at][1] if over else came[at][2]
                return chain if over else chain[::-1]
            queue.append(there)
    return []


def _moved(piece: Grouped, chain: list[tuple[int, int, int]], banned: set[tuple[int, int]]) -> bool:
    """Does it, or leaves all as it was where a group would come apart or nothing is won."""
    before, missed = piece.group.copy(), piece.missed()
    for unit, giver, taker in chain:
        beside = any(piece.group[other] == taker for other, _ in piece.neighbours(unit))
        if piece.group[unit] != giver or not beside or not piece.whole_without(unit):
            piece.group[:] = before
            banned.add((unit, taker))
            return True
        piece.group[unit] = taker
    if piece.missed() >= missed - 1e-9:
        piece.group[:] = before
        banned.update((unit, taker) for unit, _, taker in chain)
    return True
