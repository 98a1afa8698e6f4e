"""The groups of an existing plan go on: what is legal stays, the rest is mended, and only what cannot be is searched anew."""

from dataclasses import replace

import numpy as np

from jingwei.grids.partition.arithmetic import Count, count_groups
from jingwei.grids.partition.borders import Borders, pieces
from jingwei.grids.partition.compiled import Flags, Whole
from jingwei.grids.partition.mending import Grouped, dissolve, join_loose, loosen, mend_sizes
from jingwei.grids.partition.searching import Piece, Tell, better, leaning, own_graph, search, sow

_STAY, _COOL = 3.0, 0.3  # what a unit costs outside its old group, and the heat of a search near at hand, in mean borders

def continued(piece: Piece, count: Count, groups: int, before: Whole, pinned: Flags, apart: Whole, rebalance: bool, tell: Tell
              ) -> Whole:
    """The group of each unit, from 0. `before`: its group until now, −1 for none; `pinned` units stay in it."""
    if (before < 0).all():
        return search(piece, groups, apart, tell)
    _, home = np.unique(np.where(before < 0, -1, before), return_inverse=True)
    home = home.astype(np.int64) - (1 if (before < 0).any() else 0)
    told = Grouped(Borders(piece.starts, piece.around, piece.borders), piece.sizes, home, pinned & (before >= 0), piece.least,
                   piece.most, home.copy())
    loosen(told)
    whole = _settled(piece, told, count, apart, tell)
    if whole and told.missed() > 1e-9:
        mend_sizes(told)
        _resize(piece, told, count, apart, tell)
    if whole and (rebalance or _crowded(told.group, apart)):
        _moved_on(piece, told, apart, rebalance, tell)
    if not whole or (count.legal and (told.missed() > 1e-9 or _crowded(told.group, apart))):
        _anew(piece, told, groups, apart, tell)
    _, number = np.unique(told.group, return_inverse=True)
    return number.astype(np.int64)


def _settled(piece: Piece, told: Grouped, count: Count, apart: Whole, tell: Tell) -> bool:
    """Every unit in a group, and as many groups as there may be. False: that could not be reached."""
    loose = np.flatnonzero(told.group < 0)
    part = pieces(told.borders, np.where(told.group < 0, 0, 1))
    for one in np.unique(part[loose]).tolist():
        mine = np.flatnonzero((part == one) & (told.group < 0))
        fresh = count_groups(float(piece.sizes[mine].sum()), piece.least, piece.most)
        if fresh.legal and len(told.size()) + fresh.groups <= count.greatest:
            _divided(piece, told, mine, fresh.groups, apart, tell)
    if not join_loose(told):
        return False
    while len(told.size()) > count.greatest and dissolve(told):
        pass
    while len(told.size()) < count.fewest:
        largest = max(told.size().items(), key=lambda one: (one[1], -one[0]))[0]
        if not _divided(piece, told, np.flatnonzero(told.group == largest), 2, apart, tell):
            break
    return True


def _divided(piece: Piece, told: Grouped, mine: Whole, groups: int, apart: Whole, tell: Tell) -> bool:
    """These units alone into groups; the one with the most pinned, then the largest, keeps the number. False: they are too few."""
    if len(mine) < groups:
        return False
    local = np.full(len(piece.sizes), -1, np.int64)
    starts, around, borders = own_graph(mine, piece.starts, piece.around, piece.borders, local)
    part = replace(piece, starts=starts, around=around, borders=borders, sizes=piece.sizes[mine], weights=piece.weights[mine], places=piece.places[mine])
    local[mine] = np.arange(len(mine))
    inner = local[apart] if len(apart) else apart
    found = search(part, groups, inner[(inner >= 0).all(axis=1)] if len(apart) else apart, tell)
    order = np.lexsort((-np.bincount(found, weights=part.sizes, minlength=groups),
                        -np.bincount(found[told.pinned[mine]], minlength=groups)))
    numbers = np.empty(groups, np.int64)
    new = int(told.group.max()) + 1
    had = int(told.group[mine[0]])
    numbers[order] = np.arange(new, new + groups) if had < 0 else np.concatenate(([had], np.arange(new, new + groups - 1)))
    told.group[mine] = numbers[found]
    return True


def _resize(piece: Piece, told: Grouped, count: Count, apart: Whole, tell: Tell) -> None:
    """Where moving units was not enough: divide what is large enough for two, or give up what is too small."""
    for _ in range(len(piece.sizes)):
        size = told.size()
        wrong = {group: one for group, one in size.items() if told.miss(one) > 1e-9}
        if not wrong:
            return
        before, missed = told.group.copy(), told.missed()
        large = [group for group, one in wrong.items() if one >= 2 * piece.least]
        small = [group for group, one in wrong.items() if one < piece.least]
        if large and len(size) < count.greatest:
            _divided(piece, told, np.flatnonzero(told.group == large[0]), 2, apart, tell)
        elif not (small and len(size) > count.fewest and dissolve(told)):
            return
        mend_sizes(told)
        if told.missed() >= missed - 1e-9:
            told.group[:] = before
            return


def _crowded(group: Whole, apart: Whole) -> bool:
    return bool(len(apart) and (group[apart[:, 0]] == group[apart[:, 1]]).any())


def _moved_on(piece: Piece, told: Grouped, apart: Whole, rebalance: bool, tell: Tell) -> None:
    """A search near at hand, in which leaving the old group costs."""
    numbers, group = np.unique(told.group, return_inverse=True)
    home = np.searchsorted(numbers, told.home)
    home = np.where((home < len(numbers)) & (numbers[np.minimum(home, len(numbers) - 1)] == told.home), home, -1)
    wide = piece if rebalance else replace(piece, balance=1e6)
    sow(piece.seed % 2147483647)
    leanings = leaning(len(home), apart)._replace(pinned=told.pinned, home=home.astype(np.int64), stay=_STAY)
    told.group[:] = numbers[better(wide, len(numbers), group.astype(np.int64), leanings, _COOL, tell)]


def _anew(piece: Piece, told: Grouped, groups: int, apart: Whole, tell: Tell) -> None:
    """Searched from nothing, if that breaks less; but never where it would move what is pinned."""
    found = search(piece, groups, apart, tell)
    fresh = replace_group(told, found)
    if told.pinned.any() and not _keeps(told, found):
        return
    loose = (told.group < 0).any()
    if loose or (fresh.missed(), _crowded(found, apart)) < (told.missed(), _crowded(told.group, apart)):
        told.group[:] = found


def replace_group(told: Grouped, group: Whole) -> Grouped:
    return Grouped(told.borders, told.sizes, told.home, told.pinned, told.least, told.most, group)


def _keeps(told: Grouped, group: Whole) -> bool:
    """Whether pinned units of one old group still share one, and those of different ones do not."""
    pairs = np.unique(np.column_stack((told.home[told.pinned], group[told.pinned])), axis=0)
    return len(np.unique(pairs[:, 0])) == len(pairs) == len(np.unique(pairs[:, 1]))
