"""Houses: rows of slabs and towers, old lanes, offices, workshops, farmsteads, and the few that a district has one of."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely import affinity

from jingwei.cli.demo.cutting import LANE, Cutting
from jingwei.cli.demo.projection import Points
from jingwei.cli.demo.skeleton import Skeleton
from jingwei.cli.demo.streets import Street
from jingwei.cli.demo.units import Cell

PAVEMENT = 5.0      # metres between kerb and plot
YARD_SIDE = 3.5     # metres between a plot's edge and the first wall
SCAN = 1.5          # metres between the lines on which a row is tried
ACROSS = 14         # houses built over a lane, from one block into the next


@dataclass(frozen=True, slots=True)
class Row:
    """How houses of a kind stand: width, depth, gaps along and between rows, all in metres, and their storeys."""

    kind: str
    width: tuple[float, float]
    depth: float
    gap: float
    between: float
    floors: tuple[int, int]
    missing: float = 0.03


_ROWS = {
    "slabs": Row("多层住宅", (38, 58), 12.5, 8, 17, (5, 7), 0.02),
    "towers": Row("高层住宅", (28, 38), 16, 18, 30, (16, 31), 0.03),
    "old_lanes": Row("老巷住宅", (10, 15), 9.5, 1.2, 4.2, (1, 3), 0.10),
    "village": Row("农家院落", (12, 15), 11, 9, 13, (2, 3), 0.12),
    "offices": Row("办公楼", (36, 50), 25, 18, 24, (6, 24), 0.06),
    "workshops": Row("厂房", (52, 76), 28, 15, 18, (1, 3), 0.06),
}
_KEEP = {"riverside", "park", "fields", "green"}   # nothing is built there


@dataclass(frozen=True, slots=True)
class House:
    """`shape` in metres. `households` is 0 where nobody lives."""

    shape: Any
    kind: str
    name: str
    floors: int
    households: int
    cell: int           # index of the unit grid in which most of it lies


@dataclass(frozen=True, slots=True)
class Built:
    houses: list[House]
    greens: list[tuple[Any, str, str]]      # (polygon in metres, kind, name)


def build(skeleton: Skeleton, cutting: Cutting, cells: Sequence[Cell], streets: Sequence[Street],
          rng: np.random.Generator) -> Built:
    """Houses in every unit grid, clear of the streets; a few over a lane; sports grounds and pocket gardens."""
    kerbs = [shapely.buffer(street.line, street.width_m / 2 + PAVEMENT * (street.level < 3) + 1.5, quad_segs=3)
             for street in streets]
    tree = shapely.STRtree(kerbs)
    uses = _uses(cells, rng)
    slopes = _slopes(cells)
    houses: list[House] = []
    greens: list[tuple[Any, str, str]] = []
    for index, cell in enumerate(cells):
        use = uses[cell.block, cell.use]
        plot = _plot(cell.polygon, kerbs, tree, skeleton.water)
        if use == "green":
            greens.append((plot, "街头绿地", ""))
        if use in _KEEP or shapely.is_empty(plot):
            continue
        shapes, kind = _single(use, cell, cells, plot, slopes[cell.block])
        if kind:
            houses += [House(shape, kind, name, floors, 0, index) for shape, name, floors in shapes]
            continue
        row = _ROWS[use]
        for shape in _in_rows(plot, row, slopes[cell.block], rng):
            floors = int(rng.integers(row.floors[0], row.floors[1] + 1))
            houses.append(House(shape, row.kind, "", floors, _households(row.kind, shape, floors, rng), index))
    greens += [(ground, "运动场", "") for ground in _sports_grounds(cells, houses, kerbs, tree, slopes, skeleton.water)]
    houses = _with_houses_across(houses, cutting, cells, streets, rng)
    return Built(houses, greens)


def _uses(cells: Sequence[Cell], rng: np.random.Generator) -> dict[tuple[int, str], str]:
    """What stands in each block: housing is slabs, towers or, in a few small blocks, a pocket garden."""
    sizes = Counter((cell.block, cell.use) for cell in cells)
    uses: dict[tuple[int, str], str] = {}
    for key in sorted(sizes):
        draw = str(rng.choice(["slabs", "towers", "green"], p=[0.56, 0.38, 0.06]))
        if draw == "green" and sizes[key] > 1:
            draw = "slabs"
        uses[key] = draw if key[1] in {"housing", "exclave"} else key[1]
    return uses


def _slopes(cells: Sequence[Cell]) -> dict[int, float]:
    """For each block the angle in degrees by which its rows turn away from east–west: along its sides, facing south."""
    blocks: dict[int, list[Any]] = {}
    for cell in cells:
        blocks.setdefault(cell.block, []).append(cell.polygon)
    slopes = {}
    for block, polygons in blocks.items():
        box = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shapely.union_all(polygons)))
        angle = float(np.degrees(np.arctan2(*(box[1] - box[0])[::-1])))
        slopes[block] = (angle + 45) % 90 - 45
    return slopes


def _plot(polygon: Any, kerbs: list[Any], tree: Any, water: Any) -> Any:
    """What can be built on: the unit grid without streets and water, less a strip along its edges."""
    near = [kerbs[i] for i in sorted(tree.query(polygon, predicate="intersects").tolist())]
    left = shapely.buffer(shapely.difference(polygon, shapely.union_all([*near, water])), -YARD_SIDE, join_style="mitre")
    parts = shapely.get_parts(left)
    return max(parts, key=lambda part: float(part.area)) if len(parts) else left


def _in_rows(plot: Any, row: Row, slope: float, rng: np.random.Generator) -> list[Any]:
    """Rectangles in rows along the plot's own direction, from the north edge down, as many as find room."""
    turned = affinity.rotate(plot, -slope, origin=(0, 0))
    left, bottom, right, top = shapely.bounds(turned)
    levels = np.arange(top - 0.5, bottom, -SCAN)
    spans = _spans(turned, levels, left - 1, right + 1)
    deep = int(np.ceil(row.depth / SCAN))
    shapes: list[Any] = []
    at = 0
    while at + deep < len(levels):
        placed: list[Any] = []
        for west, east in _common(_common(spans[at], spans[at + deep // 2]), spans[at + deep]):
            placed += _filled(west, east, float(levels[at]) - row.depth, row.depth, row, rng)
        shapes += placed
        at += int(np.ceil((row.depth + row.between) / SCAN)) if placed else 1
    if not shapes:
        return []
    keep = shapely.contains(turned, shapely.buffer(shapes, -0.2, join_style="mitre"))
    return [affinity.rotate(shape, slope, origin=(0, 0)) for shape, inside in zip(shapes, keep, strict=True) if inside]


Spans = list[tuple[float, float]]


def _spans(area: Any, levels: Points, left: float, right: float) -> list[Spans]:
    """For each y the stretches of x that lie inside."""
    across = shapely.linestrings([[(left, y), (right, y)] for y in levels])
    parts, owner = shapely.get_parts(shapely.intersection(area, across), return_index=True)
    found: list[Spans] = [[] for _ in levels]
    for (west, _, east, _), level in zip(shapely.bounds(parts).tolist(), owner.tolist(), strict=True):
        if east - west > 1:
            found[level].append((west, east))
    return found


def _common(one: Spans, other: Spans) -> Spans:
    both = [(max(a, c), min(b, d)) for a, b in one for c, d in other]
    return [(west, east) for west, east in both if east > west]


def _filled(west: float, east: float, y: float, depth: float, row: Row, rng: np.random.Generator) -> list[Any]:
    """Houses side by side between two x; the widths stretch or shrink to fill, and some plots stay empty."""
    wish = float(rng.uniform(*row.width))
    room = east - west
    count = max(1, int((room + row.gap) // (wish + row.gap)))
    if room < row.width[0] * 0.62:
        return []
    width = min((room - (count - 1) * row.gap) / count, row.width[1] * 1.1)
    gap = (room - count * width) / (count - 1) if count > 1 else 0.0
    start = west if count > 1 else west + (room - width) / 2
    shapes = []
    for number in range(count):
        x = start + number * (width + gap)
        inset = float(rng.uniform(0, 0.9)) if row.gap < 4 else 0.0
        if rng.random() >= row.missing:
            shapes.append(shapely.box(x, y + inset, x + width, y + depth - inset))
    return shapes


def _households(kind: str, shape: Any, floors: int, rng: np.random.Generator) -> int:
    if kind == "多层住宅":
        return floors * 2 * max(1, round(float(shape.area) / 12.5 / 15))      # a staircase every 15 m, two doors a floor
    if kind == "高层住宅":
        return floors * int(rng.integers(2, 5))
    if kind == "老巷住宅":
        return int(rng.integers(1, 5))
    return 1 if kind == "农家院落" else 0


# Plans of the houses that there is one of: boxes (x, y, width, depth) in metres about the plot's middle, and storeys.
_PLANS: dict[str, tuple[str, str, list[tuple[str, int, list[tuple[float, float, float, float]]]]]] = {
    "primary_school": ("学校", "书院小学", [
        ("教学楼", 4, [(-36, 12, 72, 13), (-36, -18, 13, 32), (23, -18, 13, 32)]),
    ]),
    "middle_school": ("学校", "望山中学", [
        ("教学楼", 5, [(-40, 14, 80, 13), (-40, -4, 80, 11), (-6, 5, 12, 12)]), ("体育馆", 2, [(-40, -38, 34, 24)]),
    ]),
    "hospital": ("医院", "示例区人民医院", [
        ("门诊楼", 5, [(-38, -30, 76, 18), (-8, -14, 16, 14)]), ("住院楼", 14, [(-38, 8, 76, 20)]),
    ]),
    "market": ("市场", "柳溪农贸市场", [("交易大厅", 2, [(-30, -22, 60, 44)])]),
    "town_market": ("市场", "稻香集市", [("交易大厅", 1, [(-34, -16, 68, 14), (-34, 4, 68, 14), (-34, -16, 10, 34)])]),
}


def _single(use: str, cell: Cell, cells: Sequence[Cell], plot: Any, slope: float) -> tuple[list[tuple[Any, str, int]], str]:
    """The houses of a school, hospital or market, in the largest unit grid of its block; '' as kind for other uses."""
    if use not in _PLANS:
        return [], ""
    kind, name, parts = _PLANS[use]
    if cell is not max((c for c in cells if (c.block, c.use) == (cell.block, use)), key=lambda c: float(c.polygon.area)):
        return [], kind
    middle = shapely.get_coordinates(shapely.centroid(plot))[0]
    shapes = []
    for part, floors, boxes in parts:
        plan = shapely.union_all([shapely.box(x, y, x + w, y + d) for x, y, w, d in boxes])
        for scale in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5):
            sized = affinity.scale(plan, scale, scale, origin=(0, 0))
            placed = affinity.translate(affinity.rotate(sized, slope, origin=(0, 0)), *middle)
            if shapely.contains(plot, placed):
                shapes.append((placed, f"{name}{part}", floors))
                break
    return shapes, kind


def _sports_grounds(cells: Sequence[Cell], houses: list[House], kerbs: list[Any], tree: Any, slopes: dict[int, float],
                    water: Any) -> list[Any]:
    """A running track in the free unit grid of each school's block."""
    grounds: list[Any] = []
    for use in ("primary_school", "middle_school"):
        taken = {house.cell for house in houses}
        free = [cell for index, cell in enumerate(cells) if cell.use == use and index not in taken]
        if not free:
            continue
        cell = max(free, key=lambda c: float(c.polygon.area))
        plot = _plot(cell.polygon, kerbs, tree, water)
        middle = shapely.get_coordinates(shapely.centroid(plot))[0]
        for reach in (26.0, 22.0, 18.0, 14.0):
            track = shapely.buffer(shapely.linestrings([(-reach * 1.1, 0), (reach * 1.1, 0)]), reach)
            for turn in (slopes[cell.block], slopes[cell.block] + 90):
                placed = affinity.translate(affinity.rotate(track, turn, origin=(0, 0)), *middle)
                if shapely.contains(plot, placed) and (not grounds or shapely.distance(grounds[-1], placed) > 100):
                    grounds.append(placed)
    return grounds


def _with_houses_across(houses: list[House], cutting: Cutting, cells: Sequence[Cell], streets: Sequence[Street],
                        rng: np.random.Generator) -> list[House]:
    """Some houses stand over a lane, in two blocks at once, and so across the border of two unit grids."""
    lanes = [cut for cut in cutting.cuts if cut.level == LANE and cut.use in {"housing", "old_lanes", "offices"}]
    through = shapely.STRtree([street.line for street in streets if street.level < 3])
    tree = shapely.STRtree([cell.polygon for cell in cells])
    added: list[House] = []
    for index in rng.permutation(len(lanes)):
        points = shapely.get_coordinates(shapely.line_interpolate_point(
            shapely.linestrings(lanes[index].points), [0.45, 0.55], normalized=True))
        shape = _over(points, 34.0, 13.0)
        under = tree.query(shape, predicate="intersects")
        sides = {cells[i].block for i in under}
        if len(sides) < 2 or len({(cells[i].community, cells[i].detached) for i in under}) > 1 or through.query(
            shape, predicate="dwithin", distance=14
        ).size or any(shapely.distance(shape, other.shape) < 60 for other in added):
            continue
        home = max(under.tolist(), key=lambda i: float(shapely.area(shapely.intersection(cells[i].polygon, shape))))
        added.append(House(shape, "过街楼", "", 3, int(rng.integers(6, 13)), home))
        if len(added) == ACROSS:
            break
    clear = shapely.union_all([shapely.buffer(house.shape, 4) for house in added])
    return [house for house in houses if not shapely.intersects(clear, house.shape)] + added


def _over(way: Points, length: float, depth: float) -> Any:
    """A rectangle about the middle of two points, its long side across the line between them."""
    along = (way[1] - way[0]) / np.hypot(*(way[1] - way[0])) * depth / 2
    across = np.array([-along[1], along[0]]) * length / depth
    middle = way.mean(axis=0)
    return shapely.polygons([middle - along - across, middle + along - across, middle + along + across,
                             middle - along + across])
