"""A plan that is there already: which of its unit grids may stay as they are on the ground as it is now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from jingwei.grids.partition.compiled import Flags, Floats, Shapes, Whole
from jingwei.grids.partition.remarks import Remark
from jingwei.grids.partition.settings import PartitionError, Settings

_THIN = 0.002   # metres: lines nearer than that to each other are one
_INSIDE = 0.05  # metres: so far from kept borders new lines begin
_REACH = 15.0   # metres: from there they are led to a corner of a kept unit, if one is so near


@dataclass(frozen=True, slots=True)
class Existing:
    """Metres, in the projection of the layers. Of each unit: its polygon, the number of its group (below 0: none), its
    code ("": none), and whether neither its shape nor its group may change.
    """

    units: Sequence[Any] | Shapes
    groups_of_units: Sequence[int] | Whole
    codes: Sequence[str] = ()
    fixed_units: Sequence[bool] | Flags = ()

    def __post_init__(self) -> None:
        for name, told, needed in (("分组", self.groups_of_units, True), ("编码", self.codes, False), ("固定", self.fixed_units, False)):
            if len(told) != len(self.units) and (needed or len(told)):
                raise PartitionError(f"原方案有{len(self.units)}个单元网格，却给了{len(told)}个{name}。两者要一一对应。")

    @property
    def fixed(self) -> Flags:
        return np.asarray(self.fixed_units, bool) if len(self.fixed_units) else np.zeros(len(self.units), bool)

    def name(self, unit: int) -> str:
        """What people call it."""
        return str(self.codes[unit]) if len(self.codes) and self.codes[unit] else f"第{unit + 1}个"


@dataclass(frozen=True, slots=True)
class Held:
    """`shapes`: of the units that stay, `number` their places in the existing plan, `community` where they lie.
    `loose`: outlines of the others, still worth following. `bare`: ground of no unit, or of one that is far too large;
    `ground`: of all that stay.
    """

    shapes: Shapes
    number: Whole
    community: Whole
    fixed: Flags
    loose: Shapes
    bare: Any
    ground: Any


def hold(existing: Existing, communities: Shapes, ground: Any, bounded: bool, opened: Shapes, settings: Settings, remarks: list[Remark]) -> Held:
    """`ground`: all that is to be divided. `bounded`: nothing may lie beyond it, not even a gap that was closed."""
    units: Shapes = np.empty(len(existing.units), object)
    units[:] = existing.units
    whole = (shapely.get_type_id(units) == 3) & shapely.is_valid(units) & (shapely.area(units) > 0)
    units[~whole] = shapely.Polygon()
    community, inside = _homes(units, communities)
    outside = ~_covered(units, ground if bounded else _closed(ground, settings.gap_width), _THIN)
    sized = _sized(units, opened, settings) | existing.fixed
    twice = _twice(units, whole & inside & ~outside, existing.fixed)
    kept = whole & inside & ~outside & sized & ~twice
    for code, wrong, text in (
        ("existing_broken", ~whole, "没有可用的面，已重新划分"), ("existing_outside", whole & outside, "伸到范围之外，已重新划分"),
        ("existing_crossing", whole & ~outside & ~inside, "跨了社区，已重新划分"),
        ("existing_overlap", twice, "与前面的重叠，已重新划分"),
        ("existing_size", whole & inside & ~outside & ~twice & ~sized, "面积不在上下限之内，已重新划分"),
        ("fixed_not_kept", existing.fixed & ~kept, "要求固定，但违反了上面的规则，没有固定"),
    ):
        if wrong.any():
            told = "、".join(existing.name(one) for one in np.flatnonzero(wrong)[:10].tolist())
            remarks.append(Remark(code, "existing", int(wrong.sum()), f"原方案有{int(wrong.sum())}个单元网格{text}：{told}。"))
    number = np.flatnonzero(kept)
    large = shapely.area(units) > settings.unit_most
    bare = shapely.difference(ground, _together(units[kept | (whole & ~large)]))
    return Held(units[kept], number, community[kept], existing.fixed[kept], units[whole & ~kept], bare, _together(units[kept]))


def _closed(ground: Any, width: float) -> Any:
    """With the gaps that are thinner: units may lie in them."""
    return shapely.union(ground, shapely.buffer(shapely.buffer(ground, width / 2, join_style="mitre"), -width / 2, join_style="mitre"))


def _together(units: Shapes) -> Any:
    return shapely.coverage_union_all(units) if shapely.coverage_is_valid(units) else shapely.union_all(units)


def _homes(units: Shapes, communities: Shapes) -> tuple[Whole, Flags]:
    """The community that holds most of each unit, and whether nothing of it lies in another."""
    tree = shapely.STRtree(communities)
    community, inside = np.full(len(units), -1, np.int64), np.zeros(len(units), bool)
    one, home = tree.query(units, predicate="covered_by")
    community[one[::-1]], inside[one] = home[::-1], True
    rest = np.flatnonzero(~inside)
    one, home = tree.query(units[rest], predicate="intersects")
    one = rest[one]
    shared = shapely.area(shapely.intersection(units[one], communities[home]))
    order = np.lexsort((-home, shared))
    community[one[order]] = home[order]
    inside[rest] = community[rest] >= 0
    other = home != community[one]
    foreign = shapely.difference(shapely.intersection(units[one[other]], communities[home[other]]),
                                 communities[community[one[other]]])
    inside[one[other][_thick(foreign, _THIN)]] = False
    return community, inside


def _thick(shapes: Shapes, width: float) -> Flags:
    """Whether there is a part wider than so many metres."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    found = np.zeros(len(shapes), bool)
    found[owner[2 * shapely.area(parts) > width * shapely.length(parts)]] = True
    return found


def _covered(units: Shapes, ground: Any, width: float) -> Flags:
    """Nothing of it lies outside, but for strips so thin."""
    shapely.prepare(ground)
    covered: Flags = shapely.covers(ground, units)
    rest = np.flatnonzero(~covered)
    covered[rest] = ~_thick(shapely.difference(units[rest], ground), width)
    return covered


def _sized(units: Shapes, opened: Shapes, settings: Settings) -> Flags:
    """As the rules have it: within bounds, or open ground that may stay whole."""
    areas = shapely.area(units)
    sized: Flags = (areas >= settings.unit_least) & (areas <= settings.unit_most)
    large = np.flatnonzero(areas > settings.unit_most)
    if settings.open_whole and len(opened) and len(large):
        found = shapely.STRtree(opened).query(shapely.point_on_surface(units[large]), predicate="within")[0]
        sized[large[found]] = True
    return sized


def _twice(units: Shapes, usable: Flags, fixed: Flags) -> Flags:
    """Units that lie on others: of two the later gives way, but never a fixed one to one that is not."""
    away = np.zeros(len(units), bool)
    if shapely.coverage_is_valid(units[usable]):
        return away
    one, two = shapely.STRtree(units).query(units, predicate="intersects")
    pairs = (one < two) & usable[one] & usable[two]
    one, two = one[pairs], two[pairs]
    shared = shapely.area(shapely.intersection(units[one], units[two]))
    thick = shared > _THIN * np.minimum(shapely.length(units[one]), shapely.length(units[two]))
    for first, second in zip(one[thick].tolist(), two[thick].tolist(), strict=True):
        if not (away[first] or away[second]):
            away[first if fixed[second] and not fixed[first] else second] = True
    return away


def within_bare(lines: Shapes, held: Held) -> Shapes:
    """Lines where no unit stands. They end short of the borders of units that stay, or at a corner of one: no border that
    stays gets a point more.
    """
    inner = shapely.buffer(held.bare, -_INSIDE, join_style="mitre")
    if shapely.is_empty(inner) or not len(lines):
        return lines[:0]
    near = lines[shapely.STRtree(lines).query(inner, predicate="intersects")]
    parts = shapely.get_parts(shapely.intersection(near, inner))
    parts = shapely.get_parts(parts[np.isin(shapely.get_type_id(parts), (1, 5))])
    ends = shapely.points(np.concatenate([shapely.get_coordinates(shapely.get_point(parts, place)) for place in (0, -1)]))
    ends = ends[shapely.distance(ends, shapely.boundary(inner)) < _THIN]
    return np.concatenate((parts, _ways(ends, held))) if len(ends) else parts


def beside_held(lines: Shapes, held: Held) -> Shapes:
    """Borders where they still part anything: inside units that stay, and along them, they do not."""
    parts, owner = shapely.get_parts(shapely.difference(lines, held.ground), return_index=True)
    # what is left over in the corners of such units would only give their outlines more points
    found: Shapes = parts[(shapely.length(parts) > _THIN) | (shapely.length(parts) > 0.5 * shapely.length(lines[owner]))]
    return found


def _ways(ends: Shapes, held: Held) -> Shapes:
    """From loose ends to where they may join a border."""
    edge = shapely.boundary(held.bare)
    across = shapely.get_coordinates(shapely.shortest_line(ends, edge)).reshape(-1, 4)
    outlines = shapely.STRtree(shapely.boundary(held.shapes))
    hard = np.zeros(len(ends), bool)
    hard[outlines.query(shapely.points(across[:, 2:]), predicate="dwithin", distance=_THIN)[0]] = True
    straight = across[~hard]
    straight[:, 2:] += 0.5 * (straight[:, 2:] - straight[:, :2])
    corners = shapely.points(np.unique(shapely.get_coordinates(held.shapes), axis=0)) if len(held.shapes) else ends[:0]
    from_, to = shapely.STRtree(corners).query_nearest(ends[hard], max_distance=_REACH, all_matches=False)
    bent = np.column_stack((shapely.get_coordinates(ends[hard][from_]), shapely.get_coordinates(corners[to])))
    ways = shapely.linestrings(np.concatenate((straight, bent)).reshape(-1, 2, 2))
    free = np.ones(len(ways), bool)
    free[len(straight):] = shapely.covers(shapely.buffer(held.bare, _THIN), ways[len(straight):])
    found: Shapes = ways[free]
    return found


def outline_segments(shapes: Shapes) -> Floats:
    """x0, y0, x1, y1 of every side."""
    points, ring = shapely.get_coordinates(shapely.get_rings(shapes), return_index=True)
    same = ring[1:] == ring[:-1]
    found: Floats = np.column_stack((points[:-1], points[1:]))[same]
    return found
