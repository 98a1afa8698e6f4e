"""Measures a plan from its finished geometries, as somebody would who does not know how it was made."""

import numpy as np
import shapely

from jingwei.grids.partition.borders import Borders
from jingwei.grids.partition.compiled import Flags, Floats, Shapes, Whole
from jingwei.grids.partition.dividing import GRID
from jingwei.grids.partition.progress import QUIET, Stage, Watch
from jingwei.grids.partition.report import GroupMeasures, UnitMeasures
from jingwei.grids.partition.settings import Settings

_NOISE = 1e-3  # m²: what adding millions of square metres leaves behind


def compactness(shapes: Shapes) -> Floats:
    """Polsby–Popper: 1 for a circle."""
    found: Floats = 4 * np.pi * shapely.area(shapes) / np.maximum(shapely.length(shapes), 1e-9) ** 2
    return found


def measure_units(units: Shapes, community: Whole, is_open: Flags, communities: Shapes,
                  boundary: shapely.Geometry, buildings: Shapes, settings: Settings, watch: Watch = QUIET) -> UnitMeasures:
    areas = shapely.area(units)
    together = np.empty(len(communities), object)
    for one in range(len(communities)):
        watch.at(Stage.MEASURING, 0.3 * one / len(communities))
        part = units[community == one]
        together[one] = shapely.coverage_union_all(part) if len(part) else shapely.Polygon()
    whole = shapely.coverage_union_all(units)
    watch.at(Stage.MEASURING, 0.4)
    inside = (areas >= settings.unit_least) & (areas <= settings.unit_most)
    cut = np.flatnonzero(~_held(units, buildings))
    watch.at(Stage.MEASURING, 0.6)
    sound = bool(shapely.coverage_is_valid(units))
    watch.at(Stage.MEASURING, 0.8)
    return UnitMeasures(
        count=len(units), expected=float(shapely.area(boundary) / settings.unit_target), smallest=float(areas.min()),
        median=float(np.median(areas)), largest=float(areas.max()), mean=float(areas.mean()),
        in_bounds_share=float((inside | is_open).mean()), open=int(is_open.sum()), coverage_valid=sound,
        gap=_plain(shapely.area(shapely.difference(boundary, whole))), overlap=_plain(areas.sum() - shapely.area(whole)),
        crossing=_plain(_crossing(together, communities)),
        beyond=_plain(shapely.area(shapely.difference(whole, boundary))),
        buildings=len(buildings), buildings_cut=len(cut), buildings_cut_share=len(cut) / max(len(buildings), 1),
        buildings_cut_by_communities=int((~_held(communities, buildings[cut])).sum()),
        polsby_popper_median=float(np.median(compactness(units))))


def _held(areas: Shapes, buildings: Shapes) -> Flags:
    held = np.zeros(len(buildings), bool)
    if len(buildings):
        held[shapely.STRtree(areas).query(buildings, predicate="covered_by")[0]] = True
    return held


def _crossing(together: Shapes, communities: Shapes) -> float:
    """What lies in another community and not in its own, in pieces thicker than the grid on which all is drawn."""
    total = 0.0
    own, other = shapely.STRtree(communities).query(together, predicate="intersects")
    outside = shapely.difference(together, communities)
    foreign = shapely.intersection(outside[own[own != other]], communities[other[own != other]])
    for piece in shapely.get_parts(foreign):
        if shapely.area(piece) > 2 * GRID * shapely.length(piece):
            total += float(shapely.area(piece))
    return total


def _plain(area: float) -> float:
    return 0.0 if abs(area) < _NOISE else float(area)


def measure_groups(groups: Shapes, group: Whole, piece: Whole, sizes: Floats, weights: Floats, borders: Borders,
                   explained: Flags, settings: Settings) -> GroupMeasures:
    """`explained`: of each group, whether its community has a named reason."""
    count = len(groups)
    size, weight = np.bincount(group, weights=sizes, minlength=count), np.bincount(group, weights=weights, minlength=count)
    of_piece = np.zeros(count, np.int64)
    of_piece[group] = piece
    pieces = np.bincount(of_piece)
    mean = np.bincount(of_piece, weights=weight) / pieces
    worst = np.zeros(len(pieces))
    np.maximum.at(worst, of_piece, weight)
    least = _least_imbalance(piece, weights, pieces, mean)
    imbalance = np.where(mean > 0, worst / np.where(mean > 0, mean, 1), 1.0)
    own = np.repeat(np.arange(borders.count), np.diff(borders.starts))
    between = (group[own] != group[borders.around]) & (piece[own] == piece[borders.around])
    legal = (size >= settings.group_least - 1e-9) & (size <= settings.group_most + 1e-9)
    total = float(sizes.sum())
    return GroupMeasures(
        count=count, possible=(int(-(-total // settings.group_most)), int(total // settings.group_least)),
        smallest=float(size.min()), largest=float(size.max()), in_bounds_share=float(legal.mean()),
        contiguous_share=float((shapely.get_type_id(groups) == 3).mean()), unexplained=int((~legal & ~explained).sum()),
        polsby_popper_median=float(np.median(compactness(groups))), imbalance_mean=float(imbalance.mean()),
        imbalance_worst=float(imbalance.max()), imbalance_least=float(least.mean()), cut_metres_per_unit=float(borders.lengths[between].sum() / 2 / len(group)))


def _least_imbalance(piece: Whole, weights: Floats, groups: Whole, mean: Floats) -> Floats:
    """Of each piece: what its heaviest unit forces, and where all weigh alike that 27 units make no two equal groups."""
    number = np.bincount(piece, minlength=len(groups))
    heaviest, lightest = np.zeros(len(groups)), np.full(len(groups), np.inf)
    np.maximum.at(heaviest, piece, weights)
    np.minimum.at(lightest, piece, weights)
    whole = np.where(heaviest == lightest, np.ceil(number / groups) * heaviest, heaviest)
    found: Floats = np.maximum(whole / np.where(mean > 0, mean, 1), 1.0)
    return found
