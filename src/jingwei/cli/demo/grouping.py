"""Responsibility grids (责任网格): neighbouring unit grids taken together, 10–16 each (GRD-08).

Grown from seeds, the smallest group first, mended by handing units from group to group, then smoothed: units change
sides while that shortens the borders between groups. It is good enough for a demonstration; proposals for real ground
come from the partition engine of the grids room.
"""

from collections import deque
from itertools import pairwise

import numpy as np

from jingwei.cli.demo.projection import Points

LOW, HIGH, AIM = 10, 16, 13
STARTS = 8

Neighbours = list[dict[int, float]]     # unit → its neighbours, each with what a group border between the two costs


def group_units(neighbours: Neighbours, centres: Points, rng: np.random.Generator) -> list[list[int]]:
    """Connected groups of a connected set of units; the best of some starts.

    Where fewer than 10 units stand together, or 17 to 19, no grouping is legal: the answer then has the one group
    that breaks the bounds least.
    """
    count = len(neighbours)
    if count < 2 * LOW:
        return [list(range(count))]
    wanted = max(-(-count // HIGH), min(count // LOW, round(count / AIM)))
    best: tuple[tuple[int, float], list[list[int]]] | None = None
    for _ in range(STARTS):
        sets = _mended(_grown(neighbours, centres, _seeds(centres, wanted, rng)), neighbours, centres)
        groups = _smoothed(sets, neighbours)
        worth = (sum(not LOW <= len(group) <= HIGH for group in groups), _cost(groups, neighbours))
        if best is None or worth < best[0]:
            best = (worth, groups)
    assert best is not None
    return [sorted(group) for group in best[1]]


def _owners(groups: list[list[int]]) -> dict[int, int]:
    return {unit: number for number, group in enumerate(groups) for unit in group}


def _cost(groups: list[list[int]], neighbours: Neighbours) -> float:
    owner = _owners(groups)
    return sum(cost for unit in sorted(owner) for other, cost in neighbours[unit].items() if owner[unit] != owner[other])


def _smoothed(groups: list[list[int]], neighbours: Neighbours) -> list[list[int]]:
    """Units change to the group that surrounds them most, while sizes stay legal and every group hangs together."""
    owner, sets = _owners(groups), [set(group) for group in groups]
    for _ in range(20):
        moved = False
        for unit in range(len(neighbours)):
            home = owner[unit]
            ties: dict[int, float] = {}
            for other, cost in neighbours[unit].items():
                ties[owner[other]] = ties.get(owner[other], 0.0) + cost
            target = max(sorted(ties), key=ties.__getitem__)
            if ties[target] <= ties.get(home, 0.0) + 1e-6 or len(sets[home]) <= LOW or len(sets[target]) >= HIGH:
                continue
            if connected(sets[home] - {unit}, neighbours):
                sets[home].remove(unit)
                sets[target].add(unit)
                owner[unit] = target
                moved = True
        if not moved:
            break
    return [sorted(group) for group in sets]


def _seeds(centres: Points, wanted: int, rng: np.random.Generator) -> list[int]:
    """Spread out by some rounds of k-means, then put on the nearest unit."""
    points = centres[rng.choice(len(centres), wanted, replace=False)]
    for _ in range(12):
        nearest = ((centres[:, None] - points[None]) ** 2).sum(axis=2).argmin(axis=1)
        points = np.array([
            centres[nearest == k].mean(axis=0) if (nearest == k).any() else points[k] for k in range(wanted)
        ])
    taken: list[int] = []
    for point in points:
        order = ((centres - point) ** 2).sum(axis=1).argsort(kind="stable")
        taken.append(next(int(index) for index in order if int(index) not in taken))
    return taken


def _grown(neighbours: Neighbours, centres: Points, seeds: list[int]) -> list[list[int]]:
    groups = [[seed] for seed in seeds]
    free = set(range(len(neighbours))) - set(seeds)
    while free:
        for group in sorted(groups, key=len):
            edge = sorted({unit for member in group for unit in neighbours[member]} & free)
            if edge:
                middle = centres[group].mean(axis=0)
                unit = min(edge, key=lambda u: (float(((centres[u] - middle) ** 2).sum()), u))
                group.append(unit)
                free.remove(unit)
                break
        else:
            raise ValueError("the units do not hang together")
    return groups


def connected(units: set[int], neighbours: Neighbours) -> bool:
    if not units:
        return False
    seen, queue = set(), deque([min(units)])
    while queue:
        unit = queue.popleft()
        if unit not in seen:
            seen.add(unit)
            queue.extend(sorted(neighbours[unit].keys() & units - seen))
    return len(seen) == len(units)


def _mended(groups: list[list[int]], neighbours: Neighbours, centres: Points) -> list[list[int]]:
    """Hand units along chains of adjoining groups, from the largest to those too small, until all fit or none helps."""
    sets = [set(group) for group in groups]
    for _ in range(4 * len(groups)):
        sizes = [len(group) for group in sets]
        if min(sizes) >= LOW and max(sizes) <= HIGH:
            break
        start = sizes.index(max(sizes)) if max(sizes) > HIGH else sizes.index(min(sizes))
        if not _relieved(start, sizes[start] > HIGH, sets, neighbours, centres):
            break
    return [sorted(group) for group in sets]


def _relieved(start: int, gives: bool, sets: list[set[int]], neighbours: Neighbours, centres: Points) -> bool:
    """Move one unit from (or to) the group `start` along the shortest chain to a group that can take (or give) it."""
    came: dict[int, int] = {start: -1}
    queue = deque([start])
    while queue:
        group = queue.popleft()
        size = len(sets[group])
        if group != start and (size < AIM if gives else size > AIM):
            chain = [group]
            while came[chain[-1]] >= 0:
                chain.append(came[chain[-1]])
            if _handed_on(chain[::-1] if gives else chain, sets, neighbours, centres):
                return True
        around = {unit for member in sets[group] for unit in neighbours[member]}
        for other, units in enumerate(sets):
            if other not in came and around & units:
                came[other] = group
                queue.append(other)
    return False


def _handed_on(chain: list[int], sets: list[set[int]], neighbours: Neighbours, centres: Points) -> bool:
    """One unit from each group of the chain to the next, all or nothing."""
    tried = [set(group) for group in sets]
    for giver, taker in pairwise(chain):
        middle = centres[sorted(tried[taker])].mean(axis=0)
        for unit in sorted(tried[giver], key=lambda u: (float(((centres[u] - middle) ** 2).sum()), u)):
            if neighbours[unit].keys() & tried[taker] and connected(tried[giver] - {unit}, neighbours):
                tried[giver].remove(unit)
                tried[taker].add(unit)
                break
        else:
            return False
    sets[:] = tried
    return True
