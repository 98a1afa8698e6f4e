"""The door: streets, buildings and borders in, a plan and its report out. The same input and seed give the same plan."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import shapely

from jingwei.grids.partition.asking import Member, read_wishes
from jingwei.grids.partition.borders import Borders, borders_of
from jingwei.grids.partition.carrying import Carried, carry, group_numbers, stability
from jingwei.grids.partition.compiled import Flags, Floats, Shapes, Whole
from jingwei.grids.partition.dividing import GRID, STREET, Division, divide
from jingwei.grids.partition.existing import Existing
from jingwei.grids.partition.grouping import Grouping, group_units
from jingwei.grids.partition.measures import measure_groups, measure_units
from jingwei.grids.partition.outlines import polygons_of, rings_of, united
from jingwei.grids.partition.preparing import Prepared, prepare
from jingwei.grids.partition.progress import QUIET, Progress, Stage, Watch
from jingwei.grids.partition.remarks import Remark
from jingwei.grids.partition.report import Hindrance, Oddity, Report
from jingwei.grids.partition.restoring import exact_places
from jingwei.grids.partition.settings import PartitionError, Settings
from jingwei.grids.partition.wishes import Wishes
from jingwei.grids.partition.workload import Load, load_units


@dataclass(frozen=True, slots=True)
class Plan:
    """Metres. `unit_community` counts through the communities as given, then the places that belong to none; `names`
    names both. `unit_group`: the responsibility grid of each unit; `group_number`: what each of these is called, as in the
    existing plan where it goes on. `unit_was`: the existing unit that goes on in each unit, −1 for none.
    """

    units: Shapes
    unit_community: Whole
    unit_open: Flags
    unit_group: Whole
    groups: Shapes
    group_community: Whole
    names: tuple[str, ...]
    load: Load
    report: Report
    group_number: Whole
    unit_was: Whole
    existing: Existing | None = None


@dataclass(frozen=True, slots=True)
class Units:
    """The unit grids alone, before anything is grouped or measured."""

    prepared: Prepared
    division: Division
    places: Floats
    shapes: Shapes
    carried: Carried | None = None


Layer = Sequence[Any] | Shapes


def propose(streets: Layer, buildings: Layer, boundary: Any = None, communities: Layer = (), *, rivers: Layer = (),
            yards: Layer = (), open_ground: Layer = (), households: Sequence[float] | Floats | None = None,
            cases: Floats | None = None, names: Sequence[str] = (), settings: Settings | None = None,
            progress: Progress | None = None, existing: Existing | None = None, together: Sequence[Sequence[Member]] = (),
            apart: Sequence[Sequence[Member]] = ()) -> Plan:
    """Divide ground into unit grids and those into responsibility grids.

    Geometries are shapely's, in one projection in metres. `boundary`: a polygon, "hull", or None for the communities
    together. `households`: of each building; `cases`: points (n, 2); `names`: of the communities.
    `progress`: is told the stage (`Stage`) and the share done; what it raises calls the proposal off and comes out here.
    `existing`: a plan of which as much is kept as the rules allow. `together`, `apart`: sets of units, by code of the existing
    plan or by point, beside those of the settings.
    """
    settings, watch = settings or Settings(), Watch(progress)
    units = divide_ground(streets, buildings, boundary, communities, rivers=rivers, yards=yards, open_ground=open_ground,
                          settings=settings, watch=watch, existing=existing)
    wishes = read_wishes((*settings.together, *together), (*settings.apart, *apart), units.shapes, existing, units.carried)
    living = np.zeros(len(buildings)) if households is None else np.asarray(households, np.float64)
    if len(living) != len(buildings):
        raise PartitionError(f"给了{len(buildings)}栋建筑，却有{len(living)}个户数。两者要一一对应。")
    living = np.where(np.isfinite(living) & (living > 0), living, 0.0)[units.prepared.building_of]
    happened = np.empty((0, 2)) if cases is None else (np.asarray(cases, np.float64) - units.prepared.origin) / GRID
    watch.at(Stage.COUNTING)
    load = load_units(units.division.network, units.division.unit_of_face, len(units.shapes), units.prepared.ground.middles,
                      living, happened, settings)
    plan = _grouped(units, load, _names(names, units.prepared, units.division), settings, watch, wishes, existing)
    watch.at(Stage.MEASURING, 1.0)
    return plan


def divide_ground(streets: Layer, buildings: Layer, boundary: Any = None, communities: Layer = (), *, rivers: Layer = (),
                  yards: Layer = (), open_ground: Layer = (), settings: Settings, watch: Watch = QUIET,
                  existing: Existing | None = None) -> Units:
    """The first half of `propose`, to be measured by itself."""
    prepared = prepare(streets, buildings, boundary, communities, rivers, yards, open_ground, settings, watch, existing)
    division = divide(prepared.ground, settings, watch)
    if not len(division.community):
        raise PartitionError("范围里一个单元网格也分不出来。请核对范围和社区图层是否重叠、坐标系是否一致。")
    watch.at(Stage.DRAWING)
    rings = rings_of(division.network, division.unit_of_face)
    held = prepared.held
    places = exact_places(division.network, prepared.border, prepared.origin, prepared.kept)
    watch.at(Stage.DRAWING, 0.5)
    shapes = polygons_of(*rings, places, len(division.community))
    carried = None if held is None or existing is None else carry(shapes, division.standing, division.alone, held, existing)
    return Units(prepared, division, places, shapes, carried)


def _names(names: Sequence[str], prepared: Prepared, division: Division) -> tuple[str, ...]:
    """Of all communities given, and of what belongs to none."""
    given = int(prepared.community_of.max(initial=-1)) + 1
    known = [str(name) for name in names] + [f"社区{number + 1}" for number in range(len(names), given)]
    loose = int(division.community.max(initial=-1)) + 1 - len(prepared.communities)
    return (*known, *(f"未划入社区的地块{number + 1}" for number in range(max(loose, 0))))


def _as_given(label: Whole, prepared: Prepared, named: int) -> Whole:
    """Labels count the communities that could be used; the plan counts them as they were given."""
    used = len(prepared.communities)
    given = int(prepared.community_of.max(initial=-1)) + 1
    loose = given + label - used
    return np.where(label < used, prepared.community_of[np.minimum(label, used - 1)], loose).astype(np.int64)


def _grouped(units: Units, load: Load, names: tuple[str, ...], settings: Settings, watch: Watch,
             wishes: Wishes, existing: Existing | None) -> Plan:
    division, count = units.division, len(units.shapes)
    community = _as_given(division.community, units.prepared, len(names))
    borders = borders_of(division.network, division.unit_of_face, count, 1 / GRID)
    sizes = load.households if settings.measure == "households" else np.ones(count)
    middles = shapely.get_coordinates(shapely.centroid(units.shapes))
    grouping = group_units(borders, community, sizes, load.work, middles, names, settings, watch, wishes)
    of_face = np.where(division.unit_of_face >= 0, grouping.group[division.unit_of_face], -1)
    groups = polygons_of(*rings_of(division.network, of_face), units.places, grouping.count)
    if existing is not None:  # units that stay may lie a millimetre beside the network
        groups = united(units.shapes, grouping.group, grouping.count)
    group_community = np.zeros(grouping.count, np.int64)
    group_community[grouping.group] = community
    numbers = np.arange(1, grouping.count + 1)
    if existing is not None and units.carried is not None:
        numbers = group_numbers(grouping.group, grouping.count, units.carried.before, shapely.area(units.shapes), existing)
    report = _report(units, load, community, borders, grouping, groups, group_community, names, settings, watch)
    was = np.full(count, -1, np.int64)
    if existing is not None and units.carried is not None:
        was = units.carried.was
        report = replace(report, stability=stability(units.shapes, grouping.group, numbers, units.carried, existing))
    return Plan(units.shapes, community, division.is_open, grouping.group, groups, group_community, names, load, report,
                numbers, was, existing)


def _report(units: Units, load: Load, community: Whole, borders: Borders, grouping: Grouping, groups: Shapes,
            group_community: Whole, names: tuple[str, ...], settings: Settings, watch: Watch) -> Report:
    watch.at(Stage.MEASURING)
    prepared, division = units.prepared, units.division
    sizes = load.households if settings.measure == "households" else np.ones(len(community))
    boundary = shapely.union_all(prepared.communities) if prepared.boundary is None else prepared.boundary
    hindered = {one.community for one in grouping.obstacles}
    explained = np.array([(settings.across and bool(hindered)) or one in hindered for one in group_community.tolist()], bool)
    measured = measure_units(units.shapes, division.community, division.is_open, prepared.communities, boundary,
                             prepared.buildings, settings, watch)
    return Report(
        units=measured,
        groups=measure_groups(groups, grouping.group, grouping.piece, sizes, load.work, borders, explained, settings),
        oddities=_oddities(units, community, borders, names, settings),
        hindrances=tuple(Hindrance(names[one.community], one.reason, one.text) for one in grouping.obstacles),
        remarks=(*prepared.remarks, *_remarks(division, community, names, prepared, measured.buildings_cut_by_communities)),
        settings=asdict(settings))


def _oddities(units: Units, community: Whole, borders: Borders, names: tuple[str, ...], settings: Settings
              ) -> tuple[Oddity, ...]:
    areas = shapely.area(units.shapes)
    odd = np.flatnonzero((areas < settings.unit_least) | (areas > settings.unit_most))
    found = []
    for unit in odd.tolist():
        around = borders.around[borders.starts[unit]:borders.starts[unit + 1]]
        name, area = names[community[unit]], float(areas[unit])
        if units.division.is_open[unit]:
            reason, text = "open", "水面、农田或山地，按规则整块保留"
        elif not (community[around] == community[unit]).any():
            reason, text = "alone", "同一社区里没有与它相邻的单元网格可以合并或调整"
        else:
            reason, text = "uncut", "没有一条合适的线能把它分合到上下限之间"
        found.append(Oddity(unit, name, area, reason, f"{name}有一个{area:.0f}平方米的单元网格：{text}。"))
    return tuple(found)


def _through(prepared: Prepared) -> int:
    """Buildings in which a street runs, more than a handbreadth inside the walls."""
    ground = prepared.ground
    streets = (ground.segments[(ground.kinds & STREET) > 0] * GRID + np.tile(prepared.origin, 2)).reshape(-1, 2, 2)
    built = prepared.buildings
    if not len(streets):
        return 0
    lines = shapely.linestrings(streets)
    near = np.unique(shapely.STRtree(built).query(lines, predicate="intersects")[1])
    inner = shapely.buffer(shapely.make_valid(built[near]), -0.1)
    return len(np.unique(shapely.STRtree(lines).query(inner, predicate="intersects")[0]))


def _remarks(division: Division, community: Whole, names: tuple[str, ...], prepared: Prepared, on_border: int) -> list[Remark]:
    given = int(prepared.community_of.max(initial=-1)) + 1
    found = []
    square = GRID**2
    if division.labels.overlaps * square > 0.01:
        area = division.labels.overlaps * square
        found.append(Remark("overlap", "communities", 1, f"社区之间有重叠，共{area:.2f}平方米，归入排在前面的社区。"))
    if division.labels.closed * square > 0.01:
        area = division.labels.closed * square
        found.append(Remark("gap", "communities", 1, f"社区之间有细缝，共{area:.2f}平方米，已归入相邻的社区。"))
    wrong = int((~shapely.is_valid(prepared.buildings)).sum())
    if wrong:
        found.append(Remark("invalid", "buildings", wrong, f"建筑图层有{wrong}个边界自相交，避让和统计仍按它的各个角点。"))
    through = _through(prepared)
    if through:
        found.append(Remark("through", "streets", through, f"有{through}栋建筑被道路线穿过：道路或建筑画得有偏差，请核对；这些建筑会被道路分开。"))
    if on_border:
        found.append(Remark("on_border", "buildings", on_border, f"有{on_border}栋建筑压在社区边界上，被边界分到两个单元网格里：请核对社区边界或建筑的位置。"))
    loose = len(names) - given
    if loose > 0:
        found.append(Remark("unclaimed", "communities", loose, f"范围内有{loose}处不属于任何社区，已单独划分，请核对社区边界。"))
    without = sorted(set(prepared.community_of.tolist()) - set(community.tolist()))
    if without:
        told = "、".join(names[one] for one in without[:10])
        found.append(Remark("without_units", "communities", len(without), f"有{len(without)}个社区没有分到单元网格：{told}。"))
    return found
