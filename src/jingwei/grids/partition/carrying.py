"""What of an existing plan goes on in a new one: units, groups, and by how much both have changed."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from jingwei.grids.partition.compiled import Flags, Floats, Shapes, Whole
from jingwei.grids.partition.existing import Existing, Held, outline_segments
from jingwei.grids.partition.outlines import united
from jingwei.grids.partition.report import Stability

_SAME = 0.9     # of both grounds in common: the unit goes on, with its border moved
_NEAR = 0.005   # metres: a border is where it was
_STEP = 5.0     # metres of border judged at once
_GAP = 0.002     # metres: thinner gaps come from putting a unit beside one that has another point


@dataclass(frozen=True, slots=True)
class Carried:
    """Of each unit: the existing unit that goes on in it (−1: none), whether not a point of it has changed, and the group
    to which most of its ground belonged (−1: none).
    """

    was: Whole
    unchanged: Flags
    before: Whole


def carry(shapes: Shapes, standing: Whole, alone: Flags, held: Held, existing: Existing) -> Carried:
    """`standing`: of each unit, the held unit it is; `alone`: nothing was added to it. Such are put into `shapes` as they
    were given, as long as every border is drawn with the same points from both sides.
    """
    old: Shapes = np.empty(len(existing.units), object)
    old[:] = existing.units
    count = len(shapes)
    was, before, drawn = np.full(count, -1, np.int64), np.full(count, -1, np.int64), shapes.copy()
    stands = np.flatnonzero(standing >= 0)
    was[stands] = held.number[standing[stands]]
    unchanged = alone.copy()
    while unchanged.any():
        shapes[unchanged] = old[was[unchanged]]
        wrong = unchanged & ~shapely.is_empty(shapely.coverage_invalid_edges(shapes, gap_width=_GAP))
        if not wrong.any():
            break
        shapes[wrong], unchanged[wrong] = drawn[wrong], False
    groups = np.asarray(existing.groups_of_units, np.int64)
    before[unchanged] = groups[was[unchanged]]
    rest = np.flatnonzero(~unchanged)
    usable = np.flatnonzero(shapely.is_valid(old) & (shapely.area(old) > 0))
    one, other = shapely.STRtree(old[usable]).query(shapes[rest], predicate="intersects")
    one, other = rest[one], usable[other]
    shared = shapely.area(shapely.intersection(shapes[one], old[other]))
    same = (shared >= _SAME * shapely.area(shapes[one])) & (shared >= _SAME * shapely.area(old[other]))
    was[rest] = -1
    was[one[same]] = other[same]
    grouped = groups[other] >= 0
    pairs, where = np.unique(np.column_stack((one, groups[other]))[grouped], axis=0, return_inverse=True)
    ground = np.bincount(where.ravel(), weights=shared[grouped], minlength=len(pairs))
    order = np.argsort(ground, kind="stable")
    most = ground[order] >= 0.5 * shapely.area(shapes[pairs[order, 0]])
    before[pairs[order, 0][most]] = pairs[order, 1][most]
    return Carried(was, unchanged, before)


def group_numbers(group: Whole, count: int, before: Whole, areas: Floats, existing: Existing) -> Whole:
    """Of each new group: the number of the old one that has most ground in common with it, or one never used; from 1 for
    lack of any.
    """
    known = before >= 0
    pairs, where = np.unique(np.column_stack((group[known], before[known])), axis=0, return_inverse=True)
    ground = np.bincount(where.ravel(), weights=areas[known], minlength=len(pairs))
    number, given = np.full(count, -1, np.int64), set()
    for at in np.argsort(-ground, kind="stable").tolist():
        one, old = pairs[at].tolist()
        if number[one] < 0 and old not in given:
            number[one] = old
            given.add(old)
    new = number < 0
    number[new] = max(0, *np.asarray(existing.groups_of_units, np.int64).tolist()) + 1 + np.arange(int(new.sum()))
    return number


def stability(shapes: Shapes, group: Whole, numbers: Whole, carried: Carried, existing: Existing) -> Stability:
    old: Shapes = np.empty(len(existing.units), object)
    old[:] = existing.units
    old[~shapely.is_valid(old)] = shapely.make_valid(old[~shapely.is_valid(old)])
    groups = np.asarray(existing.groups_of_units, np.int64)
    all_ground = max(float(shapely.area(old).sum()), 1e-9)
    same_unit, same_group = _ground(shapes, numbers[group], carried, old, groups)
    kept = carried.unchanged & (carried.was >= 0)
    return Stability(
        units=len(old), units_unchanged=int(kept.sum()), units_unchanged_share=float(kept.sum() / max(len(old), 1)),
        ground_same_unit_share=same_unit / all_ground, ground_same_group_share=same_group / all_ground,
        unit_border_kept_share=_kept(old, shapes, None),
        group_border_kept_share=_kept(old, shapes, (groups, group)))


def _ground(shapes: Shapes, number: Whole, carried: Carried, old: Shapes, groups: Whole) -> tuple[float, float]:
    """Square metres of the old plan in the unit that goes on, and in the group that has the same number."""
    areas = shapely.area(shapes)
    same = carried.unchanged
    unit = float(areas[same].sum())
    of_group = float(areas[same & (groups[np.maximum(carried.was, 0)] == number)].sum())
    rest = np.flatnonzero(~same)
    one, other = shapely.STRtree(old).query(shapes[rest], predicate="intersects")
    one = rest[one]
    shared = shapely.area(shapely.intersection(shapes[one], old[other]))
    return (unit + float(shared[carried.was[one] == other].sum()),
            of_group + float(shared[(groups[other] == number[one]) & (groups[other] >= 0)].sum()))


def _kept(old: Shapes, shapes: Shapes, groups: tuple[Whole, Whole] | None) -> float:
    """The share of old borders at which there is a border still. `groups`, old and new: borders of groups alone."""
    was, became = (_outer(old, shapes, groups) if groups is not None else (old, shapes))
    segments, now = np.unique(_upward(outline_segments(was)), axis=0), _upward(outline_segments(became))
    lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    whole = max(float(lengths.sum()), 1e-9)
    there = np.isin(_rows(segments), _rows(now))
    if there.all():
        return 1.0
    found, segments, lengths = float(lengths[there].sum()), segments[~there], lengths[~there]
    pieces = np.maximum(np.ceil(lengths / _STEP).astype(np.int64), 1)
    which = np.repeat(np.arange(len(segments)), pieces)
    share = (np.arange(len(which)) - np.repeat(np.cumsum(pieces) - pieces, pieces) + 0.5) / pieces[which]
    middles = shapely.points(segments[which, :2] + share[:, None] * (segments[which, 2:] - segments[which, :2]))
    lines = shapely.linestrings(now.reshape(-1, 2, 2))
    met = np.zeros(len(which), bool)
    met[shapely.STRtree(lines).query(middles, predicate="dwithin", distance=_NEAR)[0]] = True
    each = lengths[which] / pieces[which]
    return (found + float(each[met].sum())) / whole


def _outer(old: Shapes, shapes: Shapes, groups: tuple[Whole, Whole]) -> tuple[Shapes, Shapes]:
    return _united(old, groups[0]), _united(shapes, groups[1])


def _united(shapes: Shapes, group: Whole) -> Shapes:
    _, number = np.unique(group[group >= 0], return_inverse=True)
    mine = shapes[group >= 0]
    if shapely.coverage_is_valid(mine):
        return united(mine, number, int(number.max(initial=-1)) + 1)
    return np.array([shapely.union_all(mine[number == one]) for one in range(int(number.max(initial=-1)) + 1)], object)


def _rows(segments: Floats) -> Any:
    return np.ascontiguousarray(segments).view([("", np.float64)] * 4).ravel()


def _upward(segments: Floats) -> Floats:
    """Each with its lower end first, so that a border drawn from both sides is one."""
    turned = (segments[:, 0] > segments[:, 2]) | ((segments[:, 0] == segments[:, 2]) & (segments[:, 1] > segments[:, 3]))
    segments[turned] = segments[turned][:, [2, 3, 0, 1]]
    return segments
