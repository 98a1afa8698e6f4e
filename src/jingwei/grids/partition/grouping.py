"""Responsibility grids: every piece of a community is grouped by itself; one that cannot be is named with its arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from jingwei.grids.partition.arithmetic import Count, count_groups, why_none
from jingwei.grids.partition.borders import Borders, pieces
from jingwei.grids.partition.compiled import Floats, Whole
from jingwei.grids.partition.continuing import continued
from jingwei.grids.partition.peaks import search_around_peaks
from jingwei.grids.partition.progress import QUIET, Stage, Watch
from jingwei.grids.partition.report import Obstacle
from jingwei.grids.partition.searching import Piece, Tell, own_graph
from jingwei.grids.partition.settings import Settings
from jingwei.grids.partition.wishes import MEASURES, Graph, Wishes, contracted, tied


@dataclass(frozen=True, slots=True)
class Grouping:
    """`group`: of each unit, numbered from 0 by community and piece. `piece`: of each unit."""

    group: Whole
    piece: Whole
    count: int
    obstacles: tuple[Obstacle, ...]


def group_units(borders: Borders, community: Whole, sizes: Floats, weights: Floats, places: Floats, names: Sequence[str],
                settings: Settings, watch: Watch = QUIET, wishes: Wishes | None = None) -> Grouping:
    """`sizes`: what the bounds count, of each unit; `weights`: the workload to be balanced; `places`: a point of each."""
    wishes = wishes or Wishes()
    piece = pieces(borders, np.zeros_like(community) if settings.across else community)
    pairs = [(one, two) for units in wishes.apart for at, one in enumerate(units) for two in units[at + 1:] if one != two]
    graph = Graph(borders, community, piece, sizes, weights, places, wishes.before, wishes.fixed,
                  np.array(pairs, np.int64).reshape(-1, 2))
    obstacles: list[Obstacle] = []
    place = np.arange(len(community))
    if wishes.together or wishes.fixed.any():
        node, obstacles = tied(graph, wishes, settings)
        graph, place = contracted(graph, node)
    group, more = _grouped(graph, names, settings, watch)
    _, number = np.unique(group, return_inverse=True)
    found = number.astype(np.int64)[place]
    obstacles += more + _not_apart(found, piece, community, wishes)
    return Grouping(found, piece, int(found.max(initial=-1)) + 1, tuple(obstacles))


def _grouped(graph: Graph, names: Sequence[str], settings: Settings, watch: Watch) -> tuple[Whole, list[Obstacle]]:
    order = np.argsort(graph.piece, kind="stable")
    edges = np.searchsorted(graph.piece[order], np.arange(int(graph.piece.max(initial=-1)) + 2))
    group, first = np.full(len(order), -1, np.int64), 0
    local = np.full(len(order), -1, np.int64)
    obstacles: list[Obstacle] = []
    parts_of = np.bincount(graph.community[order[edges[:-1]]]) if len(order) else np.zeros(0, np.int64)
    for begin, end in pairwise(edges.tolist()):
        members = order[begin:end]
        mine = int(graph.community[members[0]])
        total = float(graph.sizes[members].sum())
        count = count_groups(total, settings.group_least, settings.group_most) if total > 0 else count_groups(
            settings.group_least, settings.group_least, settings.group_most)
        name = "全区" if settings.across else names[mine]
        name += "（不相连的一部分）" if not settings.across and parts_of[mine] > 1 else ""
        if not count.legal or total <= 0:
            obstacles.append(Obstacle(mine, "total", why_none(name, total, settings.group_least, settings.group_most,
                                                             MEASURES[settings.measure])))
        watch.at(Stage.GROUPING, begin / len(order))
        found = _piece(graph, members, local, count, settings, _told(watch, begin, end, len(order)))
        group[members] = first + found
        if count.legal:
            obstacles += _unmet(name, mine, found, graph.sizes[members], settings)
        first += int(found.max()) + 1
    return group, obstacles


def _told(watch: Watch, begin: int, end: int, count: int) -> Tell:
    """Of one piece, which is these units of all."""
    return lambda share: watch.at(Stage.GROUPING, (begin + (end - begin) * share) / count)


def _piece(graph: Graph, members: Whole, local: Whole, count: Count, settings: Settings, tell: Tell) -> Whole:
    apart = graph.apart
    if len(apart):
        local[members] = np.arange(len(members))
        apart = local[apart]
        local[members] = -1
        apart = apart[(apart >= 0).all(axis=1)]
    groups = min(max(count.groups, min(_crowd(apart), count.greatest)), len(members))
    seed = settings.seed + int(graph.community[members[0]])
    piece = Piece(*own_graph(members, graph.borders.starts, graph.borders.around, graph.borders.lengths, local),
                  graph.sizes[members], graph.weights[members], graph.places[members], count.least, count.most,
                  settings.balance, settings.effort, seed)
    if not len(graph.before):
        return search_around_peaks(piece, count, groups, apart, tell)
    pinned = graph.pinned[members] if len(graph.pinned) else np.zeros(len(members), bool)
    return continued(piece, count, groups, graph.before[members], pinned, apart, settings.rebalance, tell)


def _crowd(apart: Whole) -> int:
    """With so many groups one unit and all that should not be with it find room."""
    return int(np.bincount(apart.ravel()).max()) + 1 if len(apart) else 1


def _unmet(name: str, community: int, group: Whole, sizes: Floats, settings: Settings) -> list[Obstacle]:
    """Legal by count, but not so divided: one unit is too large alone, or the ground hangs together too narrowly."""
    found = np.bincount(group, weights=sizes)
    wrong = np.flatnonzero((found < settings.group_least - 1e-9) | (found > settings.group_most + 1e-9))
    if not len(wrong):
        return []
    measure, alone = MEASURES[settings.measure], float(sizes.max())
    sizes_told = "、".join(f"{found[one]:g}" for one in wrong[:5])
    if alone > settings.group_most:
        return [Obstacle(community, "single", f"{name}有一个单元网格就有{alone:g}{measure}，超过上限"
                         f"{settings.group_most:g}{measure}，任何分组都不合格；最近的方案中不合格的责任网格有{sizes_told}{measure}。"
                         "请把这个单元网格再分小。")]
    return [Obstacle(community, "shape", f"{name}的单元网格按数量可以分组，但相连的方式（{len(group)}个单元网格，{len(found)}个责任网格）"
                     f"没有找到全部合格的分法；最近的方案中不合格的责任网格有{sizes_told}{measure}。")]


def _not_apart(group: Whole, piece: Whole, community: Whole, wishes: Wishes) -> list[Obstacle]:
    found = []
    for units in wishes.apart:
        crowded = [unit for unit in units if sum(group[other] == group[unit] for other in units) > 1]
        if not crowded:
            continue
        groups = len(np.unique(group[piece == piece[crowded[0]]]))
        why = ("所在的地方只有一个责任网格" if groups == 1 else
               f"所在的地方只有{groups}个责任网格" if groups < len(crowded) else "没有找到既分开又合格的分法")
        found.append(Obstacle(int(community[crowded[0]]), "apart", f"要求分开的{wishes.names(crowded)}仍有在同一个责任网格里的：{why}。"))
    return found
