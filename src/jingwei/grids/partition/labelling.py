"""Which community each face belongs to: faces that no border parts are one region, and a region has one label."""

from dataclasses import dataclass

import numpy as np
import shapely

from jingwei.grids.partition.compiled import Flags, Floats, Shapes, Whole, compiled, join
from jingwei.grids.partition.outlines import rings_of
from jingwei.grids.partition.tracing import Network, edge_lengths

OUTSIDE = -1
_LEVELS = 9
_DEEP = 4  # a gap is so many times as long as it is open to the outside


@dataclass(frozen=True, slots=True)
class Labels:
    """`of_face`: the community, `OUTSIDE`, or from the number of communities on for ground that belongs to none.

    `overlaps`, `closed`: square grid units that two communities claim, and of thin gaps that were given to a neighbour.
    """

    of_face: Whole
    overlaps: float
    closed: float


def label_faces(network: Network, border: int, communities: Shapes, boundary: shapely.Geometry | None,
                thinnest: float, noise: float = 0.0) -> Labels:
    """`communities` and `boundary` in grid units; a region thinner than `thinnest` that nobody claims is a gap, unless it need
    not be covered and is thinner even than `noise`.
    """
    region = _regions(network.face, network.kinds, network.count, border)
    count = int(region.max(initial=-1)) + 1
    inner, areas, rims = _insides(network, region, count), *_sizes(network, region, count)
    label, claims = np.full(count, OUTSIDE, np.int64), np.zeros(count, np.int64)
    tree = shapely.STRtree(communities)
    asked, answers = tree.query(inner, predicate="within")
    order = np.lexsort((-answers, asked))
    label[asked[order]] = answers[order]
    claims += np.bincount(asked, minlength=count)
    within = shapely.contains(boundary, inner) if boundary is not None else np.ones(count, bool)
    label[~within] = OUTSIDE
    thin = (label == OUTSIDE) & within & (2 * areas < thinnest * rims)
    if boundary is None:
        thin &= 2 * areas > noise * rims
    loose = np.flatnonzero((label == OUTSIDE) & within & ~thin & (boundary is not None))
    label[loose] = len(communities) + np.arange(len(loose))
    closed = _close_gaps(network, region, label, thin, boundary is not None)
    return Labels(label[region] if count else region, float(areas[claims > 1].sum()), float(areas[closed].sum()))


def _insides(network: Network, region: Whole, count: int) -> Shapes:
    """A point well inside the largest face of each region."""
    order = np.lexsort((-network.areas, region))
    largest = order[np.searchsorted(region[order], np.arange(count))]
    chosen = np.full(network.count, -1, np.int64)
    chosen[largest] = region[largest]
    offsets, points, owners, areas = rings_of(network, chosen)
    outer = areas > 0
    places = _widest(offsets, network.points.astype(np.float64)[points], owners, outer, count)
    insides: Shapes = shapely.points(places)
    return insides


@compiled
def _widest(offsets: Whole, rings: Floats, owners: Whole, outer: Flags, count: int) -> Floats:
    """The middle of the longest of some level lines through each ring: a thin spike does not attract it."""
    found, longest = np.zeros((count, 2)), np.full(count, -1.0)
    for number in range(len(owners)):
        ring, owner = rings[offsets[number]:offsets[number + 1]], owners[number]
        if not outer[number]:
            continue
        crossings = np.empty(len(ring))
        low, high = ring[:, 1].min(), ring[:, 1].max()
        for step in range(_LEVELS):
            y, crossed = low + (high - low) * (step + 0.5) / _LEVELS + 0.01, 0
            for index in range(len(ring)):
                after = index + 1 if index + 1 < len(ring) else 0
                if (ring[index, 1] > y) != (ring[after, 1] > y):
                    crossings[crossed] = ring[index, 0] + (y - ring[index, 1]) * (ring[after, 0] - ring[index, 0]) / (
                        ring[after, 1] - ring[index, 1])
                    crossed += 1
            crossings[:crossed].sort()
            for pair in range(0, crossed - 1, 2):
                if crossings[pair + 1] - crossings[pair] > longest[owner]:
                    longest[owner] = crossings[pair + 1] - crossings[pair]
                    found[owner, 0], found[owner, 1] = (crossings[pair] + crossings[pair + 1]) / 2, y
    return found


def _sizes(network: Network, region: Whole, count: int) -> tuple[Floats, Floats]:
    """Area and length of border of each region."""
    sides = np.where(network.face >= 0, region[network.face], -1)
    rim = np.flatnonzero((sides >= 0) & (sides != sides[np.arange(len(sides)) ^ 1]))
    return (np.bincount(region, weights=network.areas, minlength=count).astype(np.float64),
            np.bincount(sides[rim], weights=edge_lengths(network)[rim >> 1], minlength=count).astype(np.float64))


@compiled
def _regions(face: Whole, kinds: Whole, count: int, border: int) -> Whole:
    root = np.arange(count)
    for edge in range(len(kinds)):
        a, b = face[2 * edge], face[2 * edge + 1]
        if a < 0 or b < 0 or kinds[edge] & border:
            continue
        join(root, a, b)
    number, found = np.full(count, -1, np.int64), 0
    for one in range(count):
        top = one
        while root[top] != top:
            top = root[top]
        if number[top] < 0:
            number[top] = found
            found += 1
        number[one] = number[top]
    return number


def _close_gaps(network: Network, region: Whole, label: Whole, thin: Flags, bounded: bool) -> Whole:
    """Give each thin region to the neighbour with the longest common border. Where no boundary says what must be covered
    (`bounded`), one that lies open to the outside is no gap unless it parts two communities and its mouth is narrow.
    """
    if not thin.any():
        return np.empty(0, np.int64)
    lengths = edge_lengths(network)
    sides = np.where(network.face >= 0, region[network.face], -1)
    closed: list[int] = []
    while True:
        before = len(closed)
        for one in np.flatnonzero(thin & (label == OUTSIDE)):
            mine = np.flatnonzero((sides == one) & (sides[np.arange(len(sides)) ^ 1] != one))
            across = sides[mine ^ 1]
            found = np.where(across >= 0, label[across], OUTSIDE)
            known = found >= 0
            if not known.any():
                continue
            weight = np.bincount(found[known], weights=lengths[mine[known] >> 1])
            mouth = lengths[mine[~known] >> 1].sum()
            if bounded or mouth == 0 or (np.count_nonzero(weight) > 1 and weight.max() > _DEEP * mouth):
                label[one] = int(weight.argmax())
                closed.append(int(one))
        if len(closed) == before:
            return np.array(closed, np.int64)
