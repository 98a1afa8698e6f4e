"""Unit grids: node the lines, merge what is too small, cut what is too large, node once more, until all fit."""

from dataclasses import dataclass, replace

import numpy as np
import shapely

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

BORDER, STREET, WATER, YARD, CUT, BRIDGE = 1, 2, 4, 8, 16, 32
_ROUNDS = 3
_TOGETHER = 500  # pieces cut at once
_PER_SQUARE_METRE = 1 / GRID**2


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
    open_ground: Shapes     # waters, fields, hills: may stay whole


@dataclass(frozen=True, slots=True)
class Division:
    """Faces and the unit each belongs to (−1: outside), and for each unit its community and whether it is open ground."""

    network: Network
    unit_of_face: Whole
    community: Whole
    is_open: Flags
    labels: Labels


def divide(ground: Ground, settings: Settings, watch: Watch = QUIET) -> Division:
    watch.at(Stage.NODING)
    noded = node(ground.segments, ground.kinds)
    watch.at(Stage.NODING, 0.4)
    network = _connected(trace(*noded))
    watch.at(Stage.NODING, 0.7)
    network, labels, is_open = _labelled(network, ground, settings)
    drawn = labels  # later the lines that showed gaps and overlaps are gone
    for turn in range(_ROUNDS):
        watch.at(Stage.DIVIDING, turn / _ROUNDS)
        group = _merged(network, labels, is_open, settings)
        lines = _cuts(network, group, labels, is_open, ground, settings, watch, turn)
        kept = _between(network, group)
        if not len(lines):
            break
        watch.at(Stage.DIVIDING, (turn + 0.8) / _ROUNDS)
        network = _connected(trace(*node(
            np.concatenate((_segments(network)[kept], lines)),
            np.concatenate((network.kinds[kept], np.full(len(lines), CUT, np.int64))))))
        network, labels, is_open = _labelled(network, ground, settings)
    group = _merged(network, labels, is_open, settings)
    return _numbered(network, group, replace(drawn, of_face=labels.of_face), is_open)


def _connected(network: Network) -> Network:
    """With lines to every island of lines, so that no face has a hole."""
    for _ in range(_ROUNDS):
        lines = bridges(network)
        if not len(lines):
            return network
        network = trace(*node(
            np.concatenate((_segments(network), lines)),
            np.concatenate((network.kinds, np.full(len(lines), BRIDGE, np.int64)))))
    return network


def _labelled(network: Network, ground: Ground, settings: Settings) -> tuple[Network, Labels, Flags]:
    """Without the lines that lie outside."""
    thinnest = settings.gap_width / GRID
    labels = label_faces(network, BORDER, ground.communities, ground.boundary, thinnest)
    inside = np.where(network.face >= 0, labels.of_face[network.face], -1).reshape(-1, 2).max(axis=1, initial=-1) >= 0
    if not inside.all():
        network = network.kept(inside)
        labels = label_faces(network, BORDER, ground.communities, ground.boundary, thinnest)
    return network, labels, _open(network, ground)


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


def _merged(network: Network, labels: Labels, is_open: Flags, settings: Settings) -> Whole:
    # open ground and built ground are kept apart while both are large enough to stand alone
    least, most = settings.unit_least * _PER_SQUARE_METRE, settings.unit_most * _PER_SQUARE_METRE
    large = is_open & (network.areas >= least)
    return merge_small(network, labels.of_face, least, most, large)


def _between(network: Network, group: Whole) -> Flags:
    """Edges with two groups beside them."""
    sides = np.where(network.face >= 0, group[network.face], -1).reshape(-1, 2)
    different: Flags = sides[:, 0] != sides[:, 1]
    return different


def _segments(network: Network) -> Floats:
    segments: Floats = network.points.astype(np.float64)[network.edges].reshape(-1, 4)
    return segments


def _cuts(network: Network, group: Whole, labels: Labels, is_open: Flags, ground: Ground, settings: Settings, watch: Watch,
          turn: int) -> Floats:
    count = int(group.max(initial=-1)) + 1
    firsts = np.unique(group, return_index=True)[1]
    wanted = (labels.of_face[firsts] >= 0) & ~(is_open[firsts] & settings.open_whole)
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
    for begin in range(0, len(chosen), _TOGETHER):
        watch.at(Stage.DIVIDING, (turn + 0.1 + 0.7 * begin / len(chosen)) / _ROUNDS)
        some = slice(begin, begin + _TOGETHER + 1)
        bounds = every[begin:begin + _TOGETHER]
        found.append(cut_all(starts[some], places, building_starts[some], order, ground.corner_starts, ground.corners,
                             bounds * settings.unit_target, bounds * settings.unit_least, bounds * settings.unit_most))
    return np.concatenate(found)


def _numbered(network: Network, group: Whole, labels: Labels, is_open: Flags) -> Division:
    """Units counted from 0 by community, and in it by their lowest face."""
    firsts = np.unique(group, return_index=True)[1]
    inside = labels.of_face[firsts] >= 0
    order = np.flatnonzero(inside)[np.argsort(labels.of_face[firsts][inside], kind="stable")]
    number = np.full(len(firsts), -1, np.int64)
    number[order] = np.arange(len(order))
    return Division(network, number[group], labels.of_face[firsts][order], is_open[firsts][order], labels)
