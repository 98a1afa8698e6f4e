"""Edges between points of the grid become faces: half-edges, what comes next around a face, area on the left.

Half-edge 2e runs from the first point of edge e to the second, 2e + 1 back. A face lies to the left of its half-edges.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jingwei.grids.partition.cells import first_to_the_left
from jingwei.grids.partition.compiled import Flags, Floats, Whole, compiled, join


@dataclass(frozen=True, slots=True)
class Network:
    """`kinds`: bits of each edge. `face`: of each half-edge, −1 where it runs around the outside of a component."""

    points: Whole
    edges: Whole
    kinds: Whole
    onward: Whole
    face: Whole
    areas: Floats          # of each face, square grid units
    components: Whole      # of each half-edge
    outlines: Whole        # a half-edge of the outer cycle of each component

    @property
    def count(self) -> int:
        return len(self.areas)

    @property
    def origins(self) -> Whole:
        return np.ascontiguousarray(self.edges.reshape(-1))

    def kept(self, wanted: Flags) -> "Network":
        return trace(self.points, self.edges[wanted], self.kinds[wanted])


def trace(points: Whole, edges: Whole, kinds: Whole) -> Network:
    """Faces of the edges, after taking away what bounds nothing: dead ends, and edges with one face on both sides."""
    while True:
        living = _without_dead_ends(edges, len(points))
        edges, kinds = edges[living], kinds[living]
        places = points.astype(np.float64)
        onward = _onward(places, edges)
        cycle, areas = _cycles(places, edges, onward)
        both = cycle.reshape(-1, 2)
        useless = both[:, 0] == both[:, 1]
        if not useless.any():
            break
        edges, kinds = edges[~useless], kinds[~useless]
    inner = areas > 0
    number = np.where(inner, np.cumsum(inner) - 1, -1)
    roots = _components(edges, len(points))
    components = np.repeat(roots[edges[:, 0]], 2) if len(edges) else np.empty(0, np.int64)
    outside = np.flatnonzero(~inner[cycle]) if len(cycle) else np.empty(0, np.int64)
    _, firsts = np.unique(cycle[outside], return_index=True)
    return Network(points, edges, kinds, onward, number[cycle], areas[inner], components, outside[firsts])


@compiled
def _without_dead_ends(edges: Whole, points: int) -> Flags:
    degree = np.zeros(points + 1, np.int64)
    for edge in range(len(edges)):
        degree[edges[edge, 0]] += 1
        degree[edges[edge, 1]] += 1
    starts = np.zeros(points + 1, np.int64)
    starts[1:] = np.cumsum(degree[:points])
    ahead, around = starts[:-1].copy(), np.empty(2 * len(edges), np.int64)
    for edge in range(len(edges)):
        for end in range(2):
            around[ahead[edges[edge, end]]] = edge
            ahead[edges[edge, end]] += 1
    living = np.ones(len(edges), np.bool_)
    for first in range(points):
        point = first
        while degree[point] == 1:
            degree[point] = 0
            for at in range(starts[point], starts[point + 1]):
                edge = around[at]
                if living[edge]:
                    living[edge] = False
                    point = edges[edge, 0] + edges[edge, 1] - point
                    degree[point] -= 1
                    break
    return living


def _onward(places: Floats, edges: Whole) -> Whole:
    """For each half-edge the next around the face on its left."""
    if not len(edges):
        return np.empty(0, np.int64)
    origins, ends = edges.reshape(-1), edges[:, ::-1].reshape(-1)
    way = places[ends] - places[origins]
    order = np.lexsort((np.arctan2(way[:, 1], way[:, 0]), origins))
    sorted_origins = origins[order]
    firsts = np.flatnonzero(np.concatenate(([True], sorted_origins[1:] != sorted_origins[:-1])))
    lasts = np.concatenate((firsts[1:], [len(order)])) - 1
    before = np.arange(len(order)) - 1
    before[firsts] = lasts
    clockwise = np.empty(len(order), np.int64)
    clockwise[order] = order[before]
    onward: Whole = clockwise[np.arange(len(order)) ^ 1]
    return onward


@compiled
def _cycles(places: Floats, edges: Whole, onward: Whole) -> tuple[Whole, Floats]:
    """The cycle of each half-edge, and the area that each cycle encloses (negative when it runs around the outside)."""
    cycle, areas, count = np.full(len(onward), -1, np.int64), np.zeros(len(onward), np.float64), 0
    for first in range(len(onward)):
        if cycle[first] >= 0:
            continue
        half, area = first, 0.0
        base_x, base_y = places[edges[first >> 1, first & 1], 0], places[edges[first >> 1, first & 1], 1]
        while cycle[half] < 0:
            cycle[half] = count
            a, b = edges[half >> 1, half & 1], edges[half >> 1, 1 - (half & 1)]
            area += (places[a, 0] - base_x) * (places[b, 1] - base_y) - (places[b, 0] - base_x) * (places[a, 1] - base_y)
            half = onward[half]
        areas[count] = area / 2
        count += 1
    return cycle, areas[:count]


@compiled
def _components(edges: Whole, points: int) -> Whole:
    """For each point the lowest point of its component."""
    root = np.arange(points)
    for edge in range(len(edges)):
        join(root, edges[edge, 0], edges[edge, 1])
    for point in range(points):
        root[point] = root[root[point]]
    return root


def edge_lengths(network: Network) -> Floats:
    """In grid units."""
    way = (network.points[network.edges[:, 1]] - network.points[network.edges[:, 0]]).astype(np.float64)
    lengths: Floats = np.hypot(way[:, 0], way[:, 1])
    return lengths


def halves(network: Network) -> Floats:
    """The half-edges as segments: x0, y0, x1, y1."""
    places = network.points.astype(np.float64)
    both = places[network.edges].reshape(-1, 4)
    return np.stack((both, both[:, [2, 3, 0, 1]]), axis=1).reshape(-1, 4)


def faces_at(network: Network, points: Floats) -> Whole:
    """The face in which each point lies, −1 for none. A point on a border gets the face to the right of it."""
    segments = halves(network)
    falling = np.flatnonzero(segments[:, 1] > segments[:, 3])
    nobody = np.full(len(points), -1, np.int64)
    found, _ = first_to_the_left(segments[falling], points, nobody, np.zeros(len(falling), np.int64))
    return np.where(found >= 0, network.face[falling[found]], -1) if len(falling) else nobody


def bridges(network: Network, kept: int = 0, met: Callable[[Floats], Whole] | None = None) -> Floats:
    """Two straight lines from each component that lies inside a face of another to what stands around it: after them no
    face has a hole. `kept`: kinds of lines that may be met at their ends only. `met`: how many buildings each of some lines
    would cut; level lines that cut some give way to upright ones that cut fewer.
    """
    if len(network.outlines) < 2:
        return np.empty((0, 4))
    names, rays = (np.concatenate(each) for each in zip(*(_rays(network, kept, turned, False) for turned in (1.0, -1.0)), strict=True))
    if met is None or not (number := met(rays)).any():
        return rays
    more = [_rays(network, kept, turned, True) for turned in (1.0, -1.0)]
    names, rays = np.concatenate((names, *(each[0] for each in more))), np.concatenate((rays, *(each[1] for each in more)))
    number = np.concatenate((number, met(rays[len(number):])))
    order = np.lexsort((np.arange(len(names)), number, names))
    first = np.searchsorted(names[order], names[order])
    chosen: Floats = rays[np.sort(order[np.arange(len(order)) - first < 2])]
    return chosen


def _rays(network: Network, kept: int, turned: float, upright: bool) -> tuple[Whole, Floats]:
    """From the leftmost point of each component to the left, turned about as told; and which component that is."""
    axes = [1, 0, 3, 2] if upright else [0, 1, 2, 3]
    lines = np.ascontiguousarray(halves(network)[::2][:, axes]) * turned
    ends, corners = _leftmost(lines, network.components[::2])
    hit, place = first_to_the_left(lines, corners, ends, network.components[::2])
    met = hit >= 0
    rays = np.column_stack((place[met], corners[met, 1], corners[met]))
    stays = (network.kinds[hit[met]] & kept) > 0
    both = lines[hit[met][stays]].reshape(-1, 2, 2)
    nearer = np.hypot(*(both - rays[stays, None, 2:]).transpose(2, 0, 1)).argmin(axis=1)
    rays[stays, :2] = both[np.arange(len(both)), nearer]
    return ends[met], (rays * turned)[:, axes]


def _leftmost(lines: Floats, owner: Whole) -> tuple[Whole, Floats]:
    """Each component and its leftmost end, the lowest of several."""
    x = np.concatenate((lines[:, 0], lines[:, 2]))
    y = np.concatenate((lines[:, 1], lines[:, 3]))
    owners = np.concatenate((owner, owner))
    order = np.lexsort((y, x, owners))
    names, firsts = np.unique(owners[order], return_index=True)
    chosen = order[firsts]
    return names, np.column_stack((x[chosen], y[chosen]))
