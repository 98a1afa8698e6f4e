"""Areas that are there already (villages, unit grids) are grouped into larger ones; their own borders are not touched."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import shapely

from jingwei.grids.partition.borders import Borders, from_pairs, pieces
from jingwei.grids.partition.compiled import Floats, Shapes, Whole
from jingwei.grids.partition.grouping import Grouping, group_units
from jingwei.grids.partition.measures import measure_groups
from jingwei.grids.partition.peaks import lightest
from jingwei.grids.partition.progress import Progress, Stage, Watch
from jingwei.grids.partition.remarks import Remark
from jingwei.grids.partition.report import GroupMeasures, Hindrance
from jingwei.grids.partition.searching import Piece
from jingwei.grids.partition.settings import PartitionError, Settings

_POLYGONS = (3, 6)
_HEAP, _HEAP_SHARE = 50, 0.005  # cases at one and the same point that are likely to be where somebody did not know better
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class GivenReport:
    """`bound_alone`: no grouping into so many groups can have a smaller imbalance, for the heaviest unit weighs so much alone.
    `bound`: with the lightest neighbours that can be found to bring its group to the least size; `bound_unit` is its name.
    """

    units: int
    work: float
    heaviest: float
    heaviest_unit: str
    bound_alone: float
    bound: float
    bound_unit: str
    groups: GroupMeasures
    hindrances: tuple[Hindrance, ...]
    remarks: tuple[Remark, ...]
    settings: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class GivenGroups:
    """`units`: as given, repaired where needed; `group`: of each, −1 for those that have no ground."""

    units: Shapes
    group: Whole
    groups: Shapes
    work: Floats
    cases: Floats
    households: Floats
    report: GivenReport


def group_given(units: Sequence[Any] | Shapes, *, cases: Floats | None = None, weight: Sequence[float] | Floats | None = None,
                households: Sequence[float] | Floats | None = None, names: Sequence[str] = (), settings: Settings | None = None,
                progress: Progress | None = None) -> GivenGroups:
    """In metres. The workload to be balanced is `weight`, or else the number of `cases` (points) in each unit, or else what the
    settings make of a unit and its `households`. Groups may be of any units that lie side by side.
    """
    settings, watch = replace(settings or Settings(), across=True), Watch(progress)
    remarks: list[Remark] = []
    watch.at(Stage.PREPARING)
    shapes, used = _usable(units, remarks)
    if not len(used):
        raise PartitionError("要分组的图层里没有一个有面积的面，没有可以分组的。请核对图层。")
    called = [names[unit] if unit < len(names) else f"第{unit + 1}个" for unit in range(len(shapes))]
    _overlaps(shapes, used, called, remarks)
    watch.at(Stage.COUNTING)
    living = _column(households, len(shapes), "户数")
    happened = np.zeros(len(shapes)) if cases is None else _counted(shapes, used, cases, called, remarks)
    work = _column(weight, len(shapes), "工作量") if weight is not None else happened if cases is not None else (
        settings.per_unit + settings.per_household * living)
    if not work[used].sum() > 0:
        raise PartitionError("所有单元的工作量都是零，没有可以均衡的。请核对案件图层或工作量字段。")
    borders = neighbours(shapes[used], max(settings.gap_width, 1e-3))
    watch.at(Stage.GROUPING)
    sizes = living[used] if settings.measure == "households" else np.ones(len(used))
    middles = shapely.get_coordinates(shapely.centroid(shapes[used]))
    found = group_units(borders, np.zeros(len(used), np.int64), sizes, work[used], middles, ["全区"], settings, watch)
    watch.at(Stage.MEASURING)
    group = np.full(len(shapes), -1, np.int64)
    group[used] = found.group
    drawn = _drawn(shapes[used], found, settings.gap_width)
    report = _report(found, borders, sizes, work[used], [called[unit] for unit in used.tolist()], drawn, middles, remarks, settings)
    watch.at(Stage.MEASURING, 1.0)
    return GivenGroups(shapes, group, drawn, work, happened, living, report)


def _usable(units: Sequence[Any] | Shapes, remarks: list[Remark]) -> tuple[Shapes, Whole]:
    shapes: Shapes = np.empty(len(units), object)
    shapes[:] = units
    missing = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    other = ~missing & ~np.isin(shapely.get_type_id(shapes), _POLYGONS)
    wrong = ~missing & ~other & ~shapely.is_valid(shapes)
    for index in np.flatnonzero(wrong).tolist():
        parts = shapely.get_parts(shapely.make_valid(shapes[index]))
        shapes[index] = shapely.union_all(parts[np.isin(shapely.get_type_id(parts), _POLYGONS)])
    for code, which, text in (("empty", missing, "没有图形，没有分组"), ("kind", other, "不是面，没有分组"),
                              ("invalid", wrong, "边界自相交，已修复")):
        if which.any():
            remarks.append(Remark(code, "units", int(which.sum()), f"单元图层有{int(which.sum())}个{text}。"))
    return shapes, np.flatnonzero(~missing & ~other & (shapely.area(np.where(missing | other, shapely.Polygon(), shapes)) > 0))


def _overlaps(shapes: Shapes, used: Whole, called: Sequence[str], remarks: list[Remark]) -> None:
    one, two = shapely.STRtree(shapes[used]).query(shapes[used], predicate="intersects")
    one, two = used[one[one < two]], used[two[one < two]]
    shared = shapely.area(shapely.intersection(shapes[one], shapes[two]))
    if (count := int((shared > 0.01).sum())) == 0:
        return
    worst = int(shared.argmax())
    remarks.append(Remark("overlap", "units", count, f"单元之间有{count}对重叠，共{shared.sum():.0f}平方米；最大的是{called[one[worst]]}"
                          f"和{called[two[worst]]}，{shared[worst]:.0f}平方米。重叠处的案件归入排在前面的单元。"))


def _column(values: Sequence[float] | Floats | None, count: int, name: str) -> Floats:
    if values is None:
        return np.zeros(count)
    found = np.asarray(values, np.float64)
    if len(found) != count:
        raise PartitionError(f"有{count}个单元，却给了{len(found)}个{name}。两者要一一对应。")
    return np.where(np.isfinite(found) & (found > 0), found, 0.0)


def _counted(shapes: Shapes, used: Whole, cases: Floats, called: Sequence[str], remarks: list[Remark]) -> Floats:
    """How many cases lie in each unit; one on a border or in two belongs to the first."""
    points = np.asarray(cases, np.float64).reshape(-1, 2)
    at, unit = shapely.STRtree(shapes[used]).query(shapely.points(points), predicate="intersects")
    order = np.lexsort((unit, at))
    inside, firsts = np.unique(at[order], return_index=True)
    home = used[unit[order][firsts]]
    twice, outside = len(np.unique(at[np.bincount(at, minlength=len(points))[at] > 1])), len(points) - len(inside)
    if outside:
        remarks.append(Remark("outside", "cases", outside, f"有{outside}件案件不在任何单元里，没有计入。"))
    if twice:
        remarks.append(Remark("twice", "cases", twice, f"有{twice}件案件落在两个单元里，归入排在前面的单元。"))
    places, where, number = np.unique(points[inside], axis=0, return_inverse=True, return_counts=True)
    heaps = np.flatnonzero((number >= _HEAP) & (number >= _HEAP_SHARE * len(points)))
    if len(heaps):
        homes = [int(home[np.flatnonzero(where.ravel() == heap)[0]]) for heap in heaps.tolist()]
        order = np.argsort(-number[heaps], kind="stable").tolist()
        told = "；".join(f"{called[homes[one]]}有{number[heaps[one]]}件在同一点（{places[heaps[one]][0]:.1f}, {places[heaps[one]][1]:.1f}）"
                        for one in order[:_SHOWN])
        remarks.append(Remark("heaped", "cases", len(heaps), f"有{len(heaps)}个点各堆了许多案件，可能是定位不到时填的默认坐标，请核对：{told}。"))
    return np.bincount(home, minlength=len(shapes)).astype(np.float64)


def neighbours(shapes: Shapes, near: float) -> Borders:
    """Units side by side, though they overlap by slivers or leave gaps up to `near` metres."""
    one, two = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=near)
    pairs = np.column_stack((one, two))[one < two]
    along = shapely.intersection(shapely.buffer(shapes[pairs[:, 0]], near, quad_segs=2), shapely.boundary(shapes[pairs[:, 1]]))
    lengths = shapely.length(along)
    # two that meet in a corner only are no neighbours
    side = lengths > 4 * near
    return from_pairs(pairs[side], lengths[side], len(shapes))


def _drawn(shapes: Shapes, found: Grouping, gap: float) -> Shapes:
    """The groups as areas, without the gaps between their units."""
    drawn: Shapes = np.empty(found.count, object)
    for one in range(found.count):
        whole = shapely.union_all(shapes[found.group == one])
        closed = shapely.buffer(shapely.buffer(whole, gap / 2, join_style="mitre"), -gap / 2, join_style="mitre")
        drawn[one] = shapely.union(whole, closed) if gap > 0 else whole
    return drawn


def _report(found: Grouping, borders: Borders, sizes: Floats, work: Floats, called: Sequence[str], drawn: Shapes, middles: Floats,
            remarks: list[Remark], settings: Settings) -> GivenReport:
    measured = measure_groups(drawn, found.group, found.piece, sizes, work, borders, np.ones(found.count, bool), settings)
    whole = len(np.unique(pieces(borders, found.group))) == found.count
    mean = float(work.sum()) / found.count
    heaviest, bound, unit, text = int(work.argmax()), 1.0, "", ""
    if work.max() > mean:
        piece = Piece(borders.starts, borders.around, borders.lengths, sizes, work, middles, settings.group_least,
                      settings.group_most, settings.balance, settings.effort, settings.seed)
        bound, unit, text = _forced(piece, mean, called)
    hindrances = [Hindrance("全区", one.reason, one.text) for one in found.obstacles]
    if bound > settings.balance:
        hindrances.append(Hindrance(unit, "heavy", text))
    return GivenReport(len(work), float(work.sum()), float(work[heaviest]), called[heaviest],
                       max(float(work.max()) / mean, 1.0), bound, unit,
                       replace(measured, contiguous_share=1.0 if whole else measured.contiguous_share), tuple(hindrances),
                       tuple(remarks), asdict(settings))


def _forced(piece: Piece, mean: float, called: Sequence[str]) -> tuple[float, str, str]:
    """The bound, the unit that forces it, and the arithmetic in words."""
    most, unit, told = 0.0, "", ""
    nobody = np.zeros(len(piece.sizes), bool)
    for one in np.flatnonzero(piece.weights > mean).tolist():
        groups = lightest(piece, one, nobody)
        needed = float(piece.weights[list(groups[0])].sum()) if groups else float(piece.weights[one])
        if needed > most:
            most, unit = needed, called[one]
            alone, with_ = float(piece.weights[one]), len(groups[0]) - 1 if groups else 0
            more = f"加上凑够下限所需的{with_}个相邻单元，能找到的最轻的一组也有{needed:g}，" if with_ else ""
            told = (f"{unit}一个的工作量就有{alone:g}，是平均每个责任网格{mean:.0f}的{alone / mean:.2f}倍；{more}"
                    f"所以最大与平均之比只能到{needed / mean:.2f}。要更均衡，请把它分开、减少责任网格数，或放宽每个责任网格的单元数。")
    return max(most / mean, 1.0), unit, told
