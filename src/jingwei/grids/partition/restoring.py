"""Points back from the grid to where the borders were drawn: a published border is not moved by a fraction of a millimetre."""

import numpy as np

from jingwei.grids.partition.compiled import Floats, Whole, compiled
from jingwei.grids.partition.dividing import BORDER, GRID
from jingwei.grids.partition.noding import crossed
from jingwei.grids.partition.tracing import Network

_TURNS = 20


def exact_places(network: Network, border: Floats, origin: Floats, kept: Floats) -> Floats:
    """Metres. Ends of borders as they were given; other points of a border on the line between such ends; the rest on
    the grid. Where a line thereby crosses another, the ends of both stay on the grid. `border`: segments in metres, as
    given; `kept`: more points to be kept, of units that stay.
    """
    grid = network.points.astype(np.float64)
    places, drawn = grid.copy(), np.concatenate((border.reshape(-1, 2), kept))
    ends = (drawn - origin) / GRID
    given, firsts = np.unique(_keys(np.floor(ends + 0.5).astype(np.int64)), return_index=True)
    mine = _keys(network.points)
    at = np.minimum(np.searchsorted(given, mine), len(given) - 1)
    known = given[at] == mine
    places[known] = ends[firsts[at[known]]]
    _onto_lines(places, known, network.edges[(network.kinds & BORDER) > 0])
    for _ in range(_TURNS):
        wrong = np.unique(network.edges[crossed(places[network.edges].reshape(-1, 4))])
        if not len(wrong):
            break
        places[wrong], known[wrong] = grid[wrong], False
    else:
        return np.asarray(grid * GRID + origin, np.float64)
    found: Floats = places * GRID + origin
    found[known] = drawn[firsts[at[known]]]
    return found


def _keys(points: Whole) -> Whole:
    keys: Whole = (points[:, 0] << 32) | points[:, 1]
    return keys


@compiled
def _onto_lines(places: Floats, known: Whole, edges: Whole) -> None:
    """Move points between two known ones onto the straight line from one to the other."""
    one, two = np.full(len(places), -1, np.int64), np.full(len(places), -1, np.int64)
    degree = np.zeros(len(places), np.int64)
    for edge in range(len(edges)):
        for end in range(2):
            point, other = edges[edge, end], edges[edge, 1 - end]
            if degree[point] == 0:
                one[point] = other
            elif degree[point] == 1:
                two[point] = other
            degree[point] += 1
    moved = places.copy()
    for point in range(len(places)):
        if known[point] or degree[point] != 2:
            continue
        a, b = _known_end(point, one[point], one, two, known, degree), _known_end(point, two[point], one, two, known, degree)
        if a < 0 or b < 0 or a == b:
            continue
        dx, dy = places[b, 0] - places[a, 0], places[b, 1] - places[a, 1]
        t = ((places[point, 0] - places[a, 0]) * dx + (places[point, 1] - places[a, 1]) * dy) / (dx * dx + dy * dy)
        x, y = places[a, 0] + t * dx, places[a, 1] + t * dy
        if abs(x - places[point, 0]) < 1.0 and abs(y - places[point, 1]) < 1.0:
            moved[point, 0], moved[point, 1] = x, y
    places[:] = moved


@compiled
def _known_end(before: int, point: int, one: Whole, two: Whole, known: Whole, degree: Whole) -> int:
    for _ in range(10_000):
        if known[point]:
            return point
        if degree[point] != 2:
            return -1
        after = one[point] if one[point] != before else two[point]
        before, point = point, after
    return -1
