"""Responsibility grids: every piece of a community is grouped by itself; one that cannot be is named with its arithmetic."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np

from jingwei.grids.partition.annealing import anneal, go_on, set_out
from jingwei.grids.partition.arithmetic import count_groups, why_none
from jingwei.grids.partition.borders import Borders, pieces
from jingwei.grids.partition.compiled import Floats, Whole, compiled
from jingwei.grids.partition.progress import QUIET, Stage, Watch
from jingwei.grids.partition.settings import Settings
from jingwei.grids.partition.spanning import split

_TREES, _STEPS = 4, 330  # tried where no sweep fits; tried changes per unit
_AGAIN, _MEND = 4, 0.06  # a grouping that lacks more than this is tried again, so often
_LARGE, _SLICE = 2_000, 200_000  # from so many units on the search is interrupted after so many steps, to tell how far it is
_MEASURES = {"units": "个单元网格", "households": "户"}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why the groups of one community could not all be legal. `community`: its number."""

    community: int
    reason: str     # "total" | "single" | "shape"
    text: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """`group`: of each unit, numbered from 0 by community and piece. `piece`: of each unit."""

    group: Whole
    piece: Whole
    count: int
    obstacles: tuple[Obstacle, ...]


def group_units(borders: Borders, community: Whole, sizes: Floats, weights: Floats, places: Floats, names: Sequence[str],
                settings: Settings, watch: Watch = QUIET) -> Grouping:
    """`sizes`: what the bounds count, of each unit; `weights`: the workload to be balanced;
    `places`: a point of each.
    """
    piece = pieces(borders, np.zeros_like(community) if settings.across else community)
    order = np.argsort(piece, kind="stable")
    edges = np.searchsorted(piece[order], np.arange(int(piece.max(initial=-1)) + 2))
    group, first = np.full(len(community), -1, np.int64), 0
    local = np.full(len(community), -1, np.int64)
    obstacles: list[Obstacle] = []
    parts_of = np.bincount(community[order[edges[:-1]]]) if len(order) else np.zeros(0, np.int64)
    for begin, end in pairwise(edges.tolist()):
        members = order[begin:end]
        mine = int(community[members[0]])
        total = float(sizes[members].sum())
        count = count_groups(total, settings.group_least, settings.group_most) if total > 0 else count_groups(
            settings.group_least, settings.group_least, settings.group_most)
        groups = min(count.groups, len(members))
        name = "全区" if settings.across else names[mine]
        name += "（不相连的一部分）" if not settings.across and parts_of[mine] > 1 else ""
        if not count.legal or total <= 0:
            obstacles.append(Obstacle(mine, "total", why_none(name, total, settings.group_least, settings.group_most,
                                                             _MEASURES[settings.measure])))
        search = group_piece if end - begin < _LARGE else partial(_group_large, _told(watch, begin, end, len(order)))
        watch.at(Stage.GROUPING, begin / len(order))
        found = search(members, groups, borders.starts, borders.around, borders.lengths, sizes, weights, places,
                            count.least, count.most, settings.balance, settings.effort, settings.seed + mine, local)
        group[members] = first + found
        if count.legal:
            obstacles += _unmet(name, mine, found, groups, sizes[members], settings)
        first += groups
    return _whole(group, piece, obstacles)


def _whole(group: Whole, piece: Whole, obstacles: list[Obstacle]) -> Grouping:
    """Numbers without holes."""
    _, number = np.unique(group, return_inverse=True)
    return Grouping(number.astype(np.int64), piece, int(number.max(initial=-1)) + 1, tuple(obstacles))


def _unmet(name: str, community: int, group: Whole, groups: int, sizes: Floats, settings: Settings) -> list[Obstacle]:
    """Legal by count, but not so divided: one unit is too large alone, or the ground hangs together too narrowly."""
    found = np.bincount(group, weights=sizes, minlength=groups)
    wrong = np.flatnonzero((found < settings.group_least - 1e-9) | (found > settings.group_most + 1e-9))
    if not len(wrong):
        return []
    measure, alone = _MEASURES[settings.measure], float(sizes.max())
    sizes_told = "、".join(f"{found[one]:g}" for one in wrong[:5])
    if alone > settings.group_most:
        return [Obstacle(community, "single", f"{name}有一个单元网格就有{alone:g}{measure}，超过上限"
                         f"{settings.group_most:g}{measure}，任何分组都不合格；最近的方案中不合格的责任网格有{sizes_told}{measure}。"
                         "请把这个单元网格再分小。")]
    return [Obstacle(community, "shape", f"{name}的单元网格按数量可以分组，但相连的方式（{len(group)}个单元网格，{groups}个责任网格）"
                     f"没有找到全部合格的分法；最近的方案中不合格的责任网格有{sizes_told}{measure}。")]


@compiled
def group_piece(members: Whole, groups: int, starts: Whole, around: Whole, borders: Floats, sizes: Floats, weights: Floats,
                places: Floats, least: float, most: float, balance: float, effort: float, seed: int, local: Whole) -> Whole:
    """The group of each member, from 0. `local`: room for a number of every unit, −1 in all, and so again afterwards."""
    group = np.zeros(len(members), np.int64)
    if groups == 1:
        return group
    own_starts, own_around, own_borders = _own(members, starts, around, borders, local)
    np.random.seed(seed % 2147483647)
    own_sizes, own_weights, own_places = sizes[members], weights[members], places[members]
    steps, best = int(effort * _STEPS * len(members)), 1e300
    for _ in range(_AGAIN):
        tried = np.zeros(len(members), np.int64)
        split(groups, own_starts, own_around, own_borders, own_sizes, own_weights, own_places, least, most, _TREES, tried)
        anneal(groups, own_starts, own_around, own_borders, own_sizes, own_weights, least, most, balance, steps, tried)
        lack = _lack(groups, tried, own_sizes, own_weights, least, most, balance)
        if lack < best:
            best = lack
            group[:] = tried
        if best <= _MEND:
            break
    return group


def _told(watch: Watch, begin: int, end: int, count: int) -> Callable[[float], None]:
    """Of one piece, which is these units of all."""
    return lambda share: watch.at(Stage.GROUPING, (begin + (end - begin) * share) / count)


def _group_large(tell: Callable[[float], None], members: Whole, groups: int, starts: Whole, around: Whole, borders: Floats,
                 sizes: Floats, weights: Floats, places: Floats, least: float, most: float, balance: float, effort: float,
                 seed: int, local: Whole) -> Whole:
    """As `group_piece`, with the same result; it tells how far it is."""
    group = np.zeros(len(members), np.int64)
    if groups == 1:
        return group
    own = _own(members, starts, around, borders, local)
    _sow(seed % 2147483647)
    own_sizes, own_weights = sizes[members], weights[members]
    steps, best = int(effort * _STEPS * len(members)), 1e300
    for attempt in range(_AGAIN):
        tried = np.zeros(len(members), np.int64)
        split(groups, *own, own_sizes, own_weights, places[members], least, most, _TREES, tried)
        course = set_out(groups, own[2], own_sizes, own_weights, steps, tried)
        for done in range(0, steps, _SLICE):
            tell((attempt + done / steps) / _AGAIN)
            go_on(course, *own, own_sizes, own_weights, least, most, balance, min(_SLICE, steps - done), tried)
        lack = _lack(groups, course.best, own_sizes, own_weights, least, most, balance)
        if lack < best:
            best, group = lack, course.best.copy()
        if best <= _MEND:
            break
    return group


@compiled
def _sow(seed: int) -> None:
    np.random.seed(seed)


@compiled
def _own(members: Whole, starts: Whole, around: Whole, borders: Floats, local: Whole) -> tuple[Whole, Whole, Floats]:
    """The borders among the members, which are counted from 0."""
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
def _lack(groups: int, group: Whole, sizes: Floats, weights: Floats, least: float, most: float, balance: float) -> float:
    """0 for a legal grouping with the balance aimed at; the surplus of work beyond it, and what misses the bounds."""
    size, work = np.zeros(groups), np.zeros(groups)
    for unit in range(len(group)):
        size[group[unit]] += sizes[unit]
        work[group[unit]] += weights[unit]
    missed = 0.0
    for one in size:
        missed += max(least - one, 0.0) + max(one - most, 0.0)
    return float(max(work.max() / max(work.mean(), 1e-12) - balance, 0.0) + 10.0 * missed / least)
