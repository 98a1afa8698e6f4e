"""Plain geometries become ground to divide: lines with kinds on a fine grid; what cannot be used is named, not hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from jingwei.grids.partition.compiled import Floats, Shapes, Whole
from jingwei.grids.partition.dividing import BORDER, GRID, KEPT, LOOSE, STREET, WATER, YARD, Ground, Standing
from jingwei.grids.partition.existing import Existing, Held, beside_held, hold, outline_segments, within_bare
from jingwei.grids.partition.progress import QUIET, Stage, Watch
from jingwei.grids.partition.remarks import LAYERS, Remark, elsewhere, missing
from jingwei.grids.partition.settings import PartitionError, Settings

_MARGIN = 10.0          # metres between the origin and what is nearest to it
_WIDEST = 2_000_000.0   # metres: half the numbers that a grid of millimetres has
_LINES, _POLYGONS = (1, 2, 3, 5, 6), (3, 6)


@dataclass(frozen=True, slots=True)
class Prepared:
    """`origin`: where the grid begins, in metres. `community_of`: the number in the input of each community kept."""

    ground: Ground
    origin: Floats
    communities: Shapes     # metres
    community_of: Whole
    border: Floats          # metres: the segments of communities and boundary as given
    boundary: Any           # None: the communities together
    buildings: Shapes       # metres
    building_of: Whole
    remarks: tuple[Remark, ...]
    held: Held | None
    kept: Floats            # metres: points that stay to the digit


def prepare(streets: Sequence[Any] | Shapes, buildings: Sequence[Any] | Shapes, boundary: Any, communities: Sequence[Any] | Shapes,
            rivers: Sequence[Any] | Shapes, yards: Sequence[Any] | Shapes, open_ground: Sequence[Any] | Shapes,
            settings: Settings, watch: Watch = QUIET, existing: Existing | None = None) -> Prepared:
    """`boundary` None: the communities together; "hull": around streets and buildings."""
    remarks: list[Remark] = []
    watch.at(Stage.PREPARING)
    street, _ = _lines("streets", streets, remarks)
    river, _ = _lines("rivers", rivers, remarks)
    yard, _ = _lines("yards", yards, remarks)
    watch.at(Stage.PREPARING, 0.3)
    opened, _ = _polygons("open_ground", open_ground, remarks)
    built, building_of = _usable("buildings", buildings, _POLYGONS, remarks)
    watch.at(Stage.PREPARING, 0.5)
    areas, community_of = _polygons("communities", communities, remarks)
    edge = _edge(boundary, areas, np.concatenate((street, built)), remarks)
    if not len(areas):
        areas, community_of = _array([edge]), np.array([0])
    hard = _segments(areas if edge is None else np.concatenate((areas, _array([edge]))))
    low, high = hard.reshape(-1, 2).min(axis=0), hard.reshape(-1, 2).max(axis=0)
    _refuse_odd(low, high)
    box = shapely.bounds(shapely.geometrycollections(areas.tolist()) if edge is None else edge)
    for name, shapes in (("streets", street), ("buildings", built), ("rivers", river), ("yards", yard), ("open_ground", opened),
                         ("communities", areas)):
        remarks += [told] if (told := elsewhere(name, shapes, box[:2], box[2:])) else []
    remarks += missing(len(buildings), len(communities))
    watch.at(Stage.PREPARING, 0.8)
    waters = opened[np.isin(shapely.get_type_id(opened), _POLYGONS)]
    drawn = [street, river, yard, shapely.boundary(waters)]
    held, stays = None, np.empty((0, 4))
    if existing is not None:
        held = hold(existing, areas, shapely.union_all(areas) if edge is None else edge, edge is not None, waters, settings, remarks)
        drawn, stays = [within_bare(lines, held) for lines in drawn], outline_segments(held.shapes)
    soft = [stays, *(_within(_segments(lines), low, high) for lines in (*drawn, [] if held is None else held.loose))]
    parting = hard if held is None else _segments(beside_held(shapely.linestrings(hard.reshape(-1, 2, 2)), held))
    kinds = np.repeat([BORDER, KEPT, STREET, WATER, YARD, WATER, LOOSE], [len(parting), *(len(lines) for lines in soft)])
    every = np.concatenate((parting, *soft))
    kept = stays.reshape(-1, 2) if held is None else np.concatenate((stays.reshape(-1, 2), parting.reshape(-1, 2)))
    origin = np.floor(every.reshape(-1, 2).min(axis=0)) - _MARGIN
    starts, corners = _corners(built)
    ground = Ground(
        _on_grid(every.reshape(-1, 2), origin).reshape(-1, 4), kinds.astype(np.int64), _moved(areas, origin),
        None if edge is None else _moved(_array([edge]), origin)[0], starts, _on_grid(corners, origin), _on_grid(_middles(starts, corners), origin),
        built, origin, _moved(waters, origin), None if held is None else Standing(
            _on_grid(shapely.get_coordinates(shapely.point_on_surface(held.shapes)), origin), held.community, held.fixed))
    return Prepared(ground, origin, areas, community_of, hard, edge, built, building_of, tuple(remarks), held,
                    kept)


def _refuse_odd(low: Floats, high: Floats) -> None:
    if not (high - low < _WIDEST).all():
        raise PartitionError("范围跨度超过两千公里，坐标很可能不是米制投影。请核对图层的坐标系。")
    if (high - low < 1.0).all():
        raise PartitionError("范围不足一米，坐标很可能是经纬度而不是米。请核对图层的坐标系。")


def _array(items: Sequence[Any] | Shapes) -> Shapes:
    array: Shapes = np.empty(len(items), object)
    array[:] = items
    return array


def _usable(layer: str, given: Sequence[Any] | Shapes, types: tuple[int, ...], remarks: list[Remark]) -> tuple[Shapes, Whole]:
    shapes = _array(given)
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    other = ~empty & ~np.isin(shapely.get_type_id(shapes), types)
    broken = ~empty & ~np.isfinite(shapely.bounds(shapes)).all(axis=-1)
    _remark(remarks, "empty", layer, empty, "没有图形，已略去")
    _remark(remarks, "kind", layer, other, "不是所要的图形（如面图层里只有线），已略去")
    _remark(remarks, "not_finite", layer, broken, "坐标不是有限的数，已略去")
    kept = np.flatnonzero(~(empty | other | broken))
    return shapes[kept], kept


def _remark(remarks: list[Remark], code: str, layer: str, which: Any, text: str) -> None:
    count = int(np.count_nonzero(which))
    if count:
        remarks.append(Remark(code, layer, count, f"{LAYERS[layer]}图层有{count}个{text}。"))


def _lines(layer: str, given: Sequence[Any] | Shapes, remarks: list[Remark]) -> tuple[Shapes, Whole]:
    shapes, kept = _usable(layer, given, _LINES, remarks)
    repeated = len(shapes) - len(np.unique(shapely.to_wkb(shapely.normalize(shapes), output_dimension=2))) if len(shapes) else 0
    if repeated:
        _remark(remarks, "repeated", layer, np.ones(repeated), "与别的完全重复，只算一次")
    return shapes, kept


def _polygons(layer: str, given: Sequence[Any] | Shapes, remarks: list[Remark]) -> tuple[Shapes, Whole]:
    shapes, kept = _usable(layer, given, _POLYGONS, remarks)
    wrong = ~shapely.is_valid(shapes)
    if wrong.any():
        _remark(remarks, "invalid", layer, wrong, "边界自相交，已修复")
        shapes = shapes.copy()
        for index in np.flatnonzero(wrong):
            parts = shapely.get_parts(shapely.make_valid(shapes[index]))
            parts = parts[np.isin(shapely.get_type_id(parts), _POLYGONS)]
            shapes[index] = shapely.union_all(parts) if len(parts) else shapely.Polygon()
        whole = ~shapely.is_empty(shapes)
        shapes, kept = shapes[whole], kept[whole]
    return shapes, kept


def _edge(boundary: Any, areas: Shapes, drawn: Shapes, remarks: list[Remark]) -> Any:
    found: Any
    if isinstance(boundary, str):
        if boundary != "hull":
            raise PartitionError(f"不认识的范围“{boundary}”。请给出范围的面，或写 hull。")
        if not len(drawn):
            raise PartitionError("范围写了 hull，但没有道路和建筑可以取外包。请给出范围的面。")
        found = shapely.convex_hull(shapely.geometrycollections(drawn.tolist()))
    elif boundary is not None:
        shapes, _ = _polygons("boundary", [boundary], remarks)
        found = shapes[0] if len(shapes) else None
    elif len(areas):
        return None
    else:
        raise PartitionError("既没有范围，也没有社区。请给出范围的面、社区图层，或写 hull。")
    if found is None or shapely.area(found) <= 0:
        raise PartitionError("范围没有面积。请给出一个面。")
    return found


def _segments(shapes: Shapes) -> Floats:
    """Every straight piece of lines and of polygons' rings."""
    parts = shapely.get_parts(shapes)
    areal = shapely.get_type_id(parts) == 3
    if areal.any():
        parts = np.concatenate((parts[~areal], shapely.get_rings(parts[areal])))
    points, line = shapely.get_coordinates(parts, return_index=True)
    same = line[1:] == line[:-1]
    found: Floats = np.column_stack((points[:-1], points[1:]))[same]
    long: Floats = found[(found[:, :2] != found[:, 2:]).any(axis=1)]
    return long


def _within(segments: Floats, low: Floats, high: Floats) -> Floats:
    """Those that reach into the box, with a margin: ends far outside would only widen the grid."""
    least, greatest = np.minimum(segments[:, :2], segments[:, 2:]), np.maximum(segments[:, :2], segments[:, 2:])
    kept: Floats = segments[((greatest >= low - 1) & (least <= high + 1)).all(axis=1)]
    return kept


def _on_grid(points: Floats, origin: Floats) -> Floats:
    found: Floats = (points - origin) / GRID
    return found


def _moved(shapes: Shapes, origin: Floats) -> Shapes:
    if not len(shapes):
        return shapes
    moved: Shapes = shapely.transform(shapes, lambda points: _on_grid(points, origin))
    return moved


def _corners(built: Shapes) -> tuple[Whole, Floats]:
    """The points of each building's rings."""
    if not len(built):
        return np.zeros(1, np.int64), np.empty((0, 2))
    points, owner = shapely.get_coordinates(built, return_index=True)
    return np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=len(built))))), points


def _middles(starts: Whole, corners: Floats) -> Floats:
    if len(starts) == 1:
        return np.empty((0, 2))
    low, high = np.minimum.reduceat(corners, starts[:-1]), np.maximum.reduceat(corners, starts[:-1])
    middles: Floats = (low + high) / 2
    return middles
