"""Unit grids: node the lines, merge what is too small, cut what is too large, node once more, until all fit."""

from dataclasses import dataclass, replace

import numpy as np
import shapely

from jingwei.grids.partition.alleys import alleys
from jingwei.grids.partition.compiled import Flags, Floats, Shapes, Whole
from jingwei.grids.partition.cutting import cut_all
from jingwei.grids.partition.labelling import Labels, label_faces
from jingwei.grids.partition.merging import merge_small
from jingwei.grids.partition.noding import node
from jingwei.grids.partition.outlines import rings_of
from jingwei.grids.partition.progress import QUIET, Stage, Watch
from jingwei.grids.partition.settings import Settings
from jingwei.grids.partition.tracing import Network, bridges, faces_at, trace

GRID = 0.001
"""Metres: the grid on which everything meets."""

BORDER, STREET, WATER, YARD, CUT, BRIDGE, KEPT, LOOSE = 1, 2, 4, 8, 16, 32, 64, 128
_ROUNDS = 3
_NOISE = 4.0  # grid units: thinner strips beside units that stay are left from drawing them before
_TOGETHER = 500  # pieces cut at once
_PER_SQUARE_METRE = 1 / GRID**2


@dataclass(frozen=True, slots=True)
class Standing:
    """Units of an existing plan that are to stay: a point inside each, in grid units; their outlines are lines of kind
    `KEPT`.
    """

    insides: Floats
    community: Whole
    fixed: Flags


@dataclass(frozen=True, slots=True)
class Ground:
    """What is to be divided, in grid units: lines with their kinds, communities, buildings' corners, open ground."""

    segments: Floats
    kinds: Whole
    communities: Shapes
    boundary: shapely.Geometry | None
    corner_starts: Whole
    corners: Floats
    middles: Floats         # of the buildings
    buildings: Shapes       # metres
    origin: Floats          # metres: where the grid begins
    open_ground: Shapes     # waters, fields, hills: may stay whole
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """Faces and the unit each belongs to (−1: outside), and for each unit its community, whether it is open ground,
    the standing unit that it is (−1: none), and whether it is that alone.
    """

    network: Network
    unit_of_face: Whole
    community: Whole
    is_open: Flags
    labels: Labels
    standing: Whole
    alone: Flags


def divide(ground: Ground, settings: Settings, watch: Watch = QUIET) -> Division:
    watch.at(Stage.NODING)
    noded = node(ground.segments, ground.kinds)
    watch.at(Stage.NODING, 0.4)
    network = _connected(trace(*noded), ground)
    watch.at(Stage.NODING, 0.7)
    network, labels, is_open, standing = _labelled(network, ground, settings)
    drawn = labels  # later the lines that showed gaps and overlaps are gone
    grown: set[int] = set()
    for turn in range(_ROUNDS):
        watch.at(Stage.DIVIDING, turn / _ROUNDS)
        group = _merged(network, labels, is_open, standing, ground, settings)
        grown |= _grown(standing, group)
        standing = _lasting(standing, group, network.areas, settings)
        lines = _cuts(network, group, labels, is_open, standing, ground, settings, watch, turn)
        kept = _between(network, group)
        if not len(lines):
            break
        watch.at(Stage.DIVIDING, (turn + 0.8) / _ROUNDS)
        network = _connected(trace(*node(
            np.concatenate((_segments(network)[kept], lines)),
            np.concatenate((network.kinds[kept], np.full(len(lines), CUT, np.int64))))), ground)
        network, labels, is_open, standing = _labelled(network, ground, settings, standing)
    group = _merged(network, labels, is_open, standing, ground, settings)
    found = _numbered(network, group, replace(drawn, of_face=labels.of_face), is_open, standing)
    return replace(found, alone=(found.standing >= 0) & ~np.isin(found.standing, list(grown | _grown(standing, group))))


def _grown(standing: Whole, group: Whole) -> set[int]:
    """Standing units into which something was dissolved."""
    more = (standing >= 0) & (np.bincount(group, minlength=1)[group] > 1) if len(group) else standing >= 0
    return set(standing[more].tolist())


def _standing(network: Network, units: Standing | None, before: Whole | None) -> Whole:
    """For each face the standing unit that it is, −1 for none. `before`: of the faces of the last round; those only."""
    found = np.full(network.count, -1, np.int64)
    if units is None or not len(units.insides):
        return found
    face = faces_at(network, units.insides)
    mine = np.flatnonzero(face >= 0)
    if before is not None:
        mine = mine[np.isin(mine, before)]
    found[face[mine]] = mine
    return found


def _lasting(standing: Whole, group: Whole, areas: Floats, settings: Settings) -> Whole:
    """Without those that are too large with what was dissolved into them."""
    if not (standing >= 0).any():
        return standing
    sizes = np.bincount(group, weights=areas)[group]
    return np.where((np.bincount(group)[group] == 1) | (sizes <= settings.unit_most * _PER_SQUARE_METRE), standing, -1)


def _connected(network: Network, ground: Ground) -> Network:
    """With lines to every island of lines, so that no face has a hole."""
    for _ in range(_ROUNDS):
        lines = bridges(network, KEPT, lambda rays: _met(ground, rays))
        if not len(lines):
            return network
        network = trace(*node(
            np.concatenate((_segments(network), lines)),
            np.concatenate((network.kinds, np.full(len(lines), BRIDGE, np.int64)))))
    return network


def _labelled(network: Network, ground: Ground, settings: Settings, before: Whole | None = None
              ) -> tuple[Network, Labels, Flags, Whole]:
    """Without the lines that lie outside."""
    labels, standing = _labels(network, ground, settings, before)
    inside = np.where(network.face >= 0, labels.of_face[network.face], -1).reshape(-1, 2).max(axis=1, initial=-1) >= 0
    if not inside.all():
        network = network.kept(inside)
        labels, standing = _labels(network, ground, settings, before)
    return network, labels, _open(network, ground), standing


def _labels(network: Network, ground: Ground, settings: Settings, before: Whole | None) -> tuple[Labels, Whole]:
    standing = _standing(network, ground.standing, before)
    parting = BORDER if ground.standing is None else BORDER | KEPT
    labels = label_faces(network, parting, ground.communities, ground.boundary, settings.gap_width / GRID,
                         0.0 if ground.standing is None else _NOISE)
    if ground.standing is not None and len(ground.standing.community):
        labels = replace(labels, of_face=np.where(standing >= 0, ground.standing.community[standing], labels.of_face))
    return labels, standing


def _open(network: Network, ground: Ground) -> Flags:
    """Faces that are open ground: a point inside them lies in it, and lines around it keep faces apart."""
    found = np.zeros(network.count, bool)
    if not len(ground.open_ground):
        return found
    from jingwei.grids.partition.outlines import polygons_of

    shapes = polygons_of(*rings_of(network, np.arange(network.count)), network.points.astype(np.float64), network.count)
    tree = shapely.STRtree(ground.open_ground)
    found[tree.query(shapely.point_on_surface(shapes), predicate="within")[0]] = True
    return found


def _merged(network: Network, labels: Labels, is_open: Flags, standing: Whole, ground: Ground, settings: Settings) -> Whole:
    # open ground and built ground are kept apart while both are large enough to stand alone; what has no other neighbour
    # in its community is dissolved into open ground and is some of it
    least, most = settings.unit_least * _PER_SQUARE_METRE, settings.unit_most * _PER_SQUARE_METRE
    whole, fixed = is_open & (network.areas >= least), np.zeros(network.count, bool)
    if ground.standing is not None and len(ground.standing.fixed):
        fixed = (standing >= 0) & ground.standing.fixed[standing]
    group = merge_small(network, labels.of_face, least, most, fixed, (standing >= 0) | whole)
    is_open |= np.isin(group, group[whole])
    return group


def _between(network: Network, group: Whole) -> Flags:
    """Edges with two groups beside them."""
    sides = np.where(network.face >= 0, group[network.face], -1).reshape(-1, 2)
    different: Flags = sides[:, 0] != sides[:, 1]
    return different


def _segments(network: Network) -> Floats:
    segments: Floats = network.points.astype(np.float64)[network.edges].reshape(-1, 4)
    return segments


def _cuts(network: Network, group: Whole, labels: Labels, is_open: Flags, standing: Whole, ground: Ground, settings: Settings, watch: Watch,
          turn: int) -> Floats:
    count = int(group.max(initial=-1)) + 1
    firsts = np.unique(group, return_index=True)[1]
    stays = np.zeros(count, bool)
    stays[group[standing >= 0]] = True
    wanted = (labels.of_face[firsts] >= 0) & ~(is_open[firsts] & settings.open_whole) & ~stays
    offsets, points, owners, areas = rings_of(network, group)
    simple = np.bincount(owners, minlength=count)[owners] == 1
    target = settings.unit_target * _PER_SQUARE_METRE
    chosen = np.flatnonzero(simple & wanted[owners] & (areas > 1.2 * target))
    if not len(chosen):
        return np.empty((0, 4))
    lengths = np.diff(offsets)[chosen]
    starts = np.concatenate(([0], np.cumsum(lengths)))
    at = np.repeat(offsets[chosen] - starts[:-1], lengths) + np.arange(starts[-1])
    home = np.full(count + 1, -1, np.int64)
    home[owners[chosen]] = np.arange(len(chosen))
    face = faces_at(network, ground.middles)
    ring_of_building = np.where(face >= 0, home[group[face]], -1) if len(face) else face
    order = np.argsort(ring_of_building, kind="stable")
    building_starts = np.searchsorted(ring_of_building[order], np.arange(len(chosen) + 1))
    every = np.ones(len(chosen)) * _PER_SQUARE_METRE
    places, found = network.points.astype(np.float64)[points[at]], []
    closed = _kept_sides(network, standing, points[at], starts)
    for begin in range(0, len(chosen), _TOGETHER):
        watch.at(Stage.DIVIDING, (turn + 0.1 + 0.7 * begin / len(chosen)) / _ROUNDS)
        some = slice(begin, begin + _TOGETHER + 1)
        bounds = every[begin:begin + _TOGETHER]
        lines, corners, ring_starts, members, inside_starts = cut_all(
            starts[some], places, closed, building_starts[some], order, ground.corner_starts, ground.corners,
            bounds * settings.unit_target, bounds * settings.unit_least, bounds * settings.unit_most, turn > 0)
        found.append(lines)
        if len(ring_starts) > 1:
            inside = np.split(members, inside_starts[1:-1])
            found.append(alleys(np.split(corners, ring_starts[1:-1]), [_placed(ground, mine) for mine in inside],
                                settings.unit_most * _PER_SQUARE_METRE))
    return np.concatenate(found)


def _met(ground: Ground, rays: Floats) -> Whole:
    """How many buildings each line runs through."""
    lines = shapely.linestrings((rays * GRID + np.tile(ground.origin, 2)).reshape(-1, 2, 2))
    found = shapely.STRtree(ground.buildings).query(lines, predicate="crosses")[0] if len(ground.buildings) else np.empty(0, np.int64)
    return np.bincount(found, minlength=len(rays))


def _placed(ground: Ground, chosen: Whole) -> Shapes:
    """Buildings in grid units."""
    moved: Shapes = shapely.transform(ground.buildings[chosen], lambda points: (points - ground.origin) / GRID)
    return moved


def _kept_sides(network: Network, standing: Whole, points: Whole, starts: Whole) -> Flags:
    """For each side of the rings (from its point to the next) whether a standing unit lies across it."""
    beside = np.where(network.face >= 0, standing[network.face], -1).reshape(-1, 2).max(axis=1, initial=-1) >= 0
    if not beside.any():
        return np.zeros(len(points), bool)
    after = np.arange(1, len(points) + 1)
    after[starts[1:] - 1] = starts[:-1]
    total = len(network.points)
    low, high = np.minimum(points, points[after]), np.maximum(points, points[after])
    kept: Flags = np.isin(low * total + high, network.edges[beside] @ np.array([total, 1]))
    return kept


def _numbered(network: Network, group: Whole, labels: Labels, is_open: Flags, standing: Whole) -> Division:
    """Units counted from 0 by community, and in it by their lowest face."""
    firsts = np.unique(group, return_index=True)[1]
    inside = labels.of_face[firsts] >= 0
    order = np.flatnonzero(inside)[np.argsort(labels.of_face[firsts][inside], kind="stable")]
    number = np.full(len(firsts), -1, np.int64)
    number[order] = np.arange(len(order))
    stood = np.full(len(firsts), -1, np.int64)
    np.maximum.at(stood, group, standing)
    return Division(network, number[group], labels.of_face[firsts][order], is_open[firsts][order], labels, stood[order],
                    stood[order] >= 0)
