"""Units that should be grouped together or apart: which can be, and the graph in which those that belong together are one."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from jingwei.grids.partition.borders import Borders, from_pairs
from jingwei.grids.partition.compiled import Flags, Floats, Whole
from jingwei.grids.partition.report import Obstacle
from jingwei.grids.partition.settings import Settings

MEASURES = {"units": "个单元网格", "households": "户"}
_SHOWN = 6


def _no_flags() -> Flags:
    return np.zeros(0, bool)


@dataclass(frozen=True, slots=True)
class Wishes:
    """Sets of units that share a group, and sets of which no two do. `before`: the group of each unit until now, −1 for
    none (empty: there was no plan); `fixed` units do not leave it. `called`: what people call a unit.
    """

    together: tuple[tuple[int, ...], ...] = ()
    apart: tuple[tuple[int, ...], ...] = ()
    before: Whole = field(default_factory=lambda: np.zeros(0, np.int64))
    fixed: Flags = field(default_factory=_no_flags)
    called: dict[int, str] = field(default_factory=dict)

    def names(self, units: Sequence[int]) -> str:
        told = "、".join(self.called.get(unit, f"第{unit + 1}个") for unit in units[:_SHOWN])
        return told + (f"等{len(units)}个" if len(units) > _SHOWN else "")


@dataclass(frozen=True, slots=True)
class Graph:
    """Units, or sets of units that stay together as one."""

    borders: Borders
    community: Whole
    piece: Whole
    sizes: Floats
    weights: Floats
    places: Floats
    before: Whole       # empty: there was no plan
    pinned: Flags       # empty: none
    apart: Whole        # pairs (n, 2)


def tied(graph: Graph, wishes: Wishes, settings: Settings) -> tuple[Whole, list[Obstacle]]:
    """For each unit its node: those that must be together, with what lies between them, are one. What cannot be is said."""
    node = np.arange(len(graph.community))
    obstacles: list[Obstacle] = []
    sets = [(f"要求分在一起的{wishes.names(units)}", "together", units) for units in wishes.together]
    if wishes.fixed.any() and len(wishes.before):
        for group in np.unique(wishes.before[wishes.fixed & (wishes.before >= 0)]).tolist():
            units = tuple(np.flatnonzero(wishes.fixed & (wishes.before == group)).tolist())
            sets.insert(0, (f"固定在原来同一个责任网格里的{wishes.names(units)}", "fixed", units))
    held: dict[int, tuple[int, ...]] = {}
    for told, reason, units in sets:
        said = _joined(graph, node, held, tuple(dict.fromkeys(units)), wishes, settings)
        if said:
            obstacles.append(Obstacle(int(graph.community[units[0]]), reason, f"{told}{said}"))
    return node, obstacles


def _joined(graph: Graph, node: Whole, held: dict[int, tuple[int, ...]], units: tuple[int, ...], wishes: Wishes,
            settings: Settings) -> str:
    """Makes the units one node, or says why not."""
    if len(set(graph.piece[list(units)].tolist())) > 1:
        if len(set(graph.community[list(units)].tolist())) > 1 and not settings.across:
            return "不在同一个社区，责任网格不跨社区，没有照办。"
        return "不在相连的一片里，责任网格要连成一片，没有照办。"
    every = {each for unit in units for each in held.get(int(node[unit]), (unit,))}
    shunned = {other for apart in wishes.apart if every & set(apart) for other in apart} - every
    members = _linked(graph.borders, graph.piece, every, shunned, wishes)
    # what lies between may itself be tied to more
    members = {each for unit in members for each in held.get(int(node[unit]), (unit,))}
    size, most = float(graph.sizes[list(members)].sum()), settings.group_most
    if size > most + 1e-9:
        return f"，连成一片至少{size:g}{MEASURES[settings.measure]}，超过责任网格的上限{most:g}{MEASURES[settings.measure]}，没有照办。"
    for apart in wishes.apart:
        if sum(unit in members for unit in apart) > 1:
            return f"，其中{wishes.names([unit for unit in apart if unit in members])}又要求分开，没有照办。"
    if len(wishes.before):
        homes = {int(wishes.before[unit]) for unit in members if wishes.fixed[unit] and wishes.before[unit] >= 0}
        if len(homes) > 1:
            return "，其中有固定在不同责任网格里的单元网格，没有照办。"
    first = min(members)
    node[list(members)] = first
    held[first] = tuple(sorted(members))
    return ""


def _linked(borders: Borders, piece: Whole, wanted: set[int], shunned: set[int], wishes: Wishes) -> set[int]:
    """The wanted units with those on short ways between them; through the same group of before where that can be."""
    rest, found = set(wanted), {min(wanted)}
    rest -= found
    home = {int(wishes.before[unit]) for unit in wanted} if len(wishes.before) else set()
    while rest:
        way: list[int] = []
        for narrow, free in ((True, shunned), (False, shunned), (False, set())):
            if not narrow or (len(home) == 1 and -1 not in home):
                way = _way(borders, piece, found, rest, free, wishes.before if narrow else None)
            if way:
                break
        if not way:
            return wanted
        found.update(way)
        rest -= found
    return found


def _way(borders: Borders, piece: Whole, begin: set[int], ends: set[int], shunned: set[int], before: Whole | None) -> list[int]:
    """The shortest way by number of units."""
    came = dict.fromkeys(sorted(begin), -1)
    queue = deque(came)
    while queue:
        unit = queue.popleft()
        for other in borders.around[borders.starts[unit]:borders.starts[unit + 1]].tolist():
            if other in came or other in shunned or piece[other] != piece[unit] or (before is not None and before[other] != before[unit]):
                continue
            came[other] = unit
            if other in ends:
                way = [other]
                while came[way[-1]] >= 0:
                    way.append(came[way[-1]])
                return way
            queue.append(other)
    return []


def contracted(graph: Graph, node: Whole) -> tuple[Graph, Whole]:
    """The graph of the nodes, and for each unit its place in it."""
    firsts, place = np.unique(node, return_inverse=True)
    count, own = len(firsts), np.repeat(np.arange(graph.borders.count), np.diff(graph.borders.starts))
    pairs = np.column_stack((place[own], place[graph.borders.around]))
    between = pairs[:, 0] < pairs[:, 1]
    number = np.bincount(place, minlength=count)
    before, pinned = graph.before, graph.pinned
    if len(before):
        before = before[firsts].copy()
        # a node is at home where its fixed units are
        order = np.flatnonzero(graph.pinned) if len(pinned) else np.zeros(0, np.int64)
        before[place[order]] = graph.before[order]
    if len(pinned):
        held = np.zeros(count, bool)
        held[place[pinned]] = True
        pinned = held
    apart = np.sort(place[graph.apart], axis=1) if len(graph.apart) else graph.apart
    return Graph(
        from_pairs(pairs[between], graph.borders.lengths[between], count), graph.community[firsts], graph.piece[firsts],
        np.bincount(place, weights=graph.sizes, minlength=count).astype(np.float64),
        np.bincount(place, weights=graph.weights, minlength=count).astype(np.float64),
        np.column_stack([np.bincount(place, weights=graph.places[:, axis], minlength=count) / number for axis in (0, 1)]),
        before, pinned, apart), place
