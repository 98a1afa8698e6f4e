"""Names and lines of the streets, as a survey would deliver them: not noded, with overshoots and dead ends."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from jingwei.cli.demo.cutting import LANE, STREET, YARD, Cut, Cutting, stretched
from jingwei.cli.demo.projection import Points
from jingwei.cli.demo.skeleton import BRIDGES, GRID, Skeleton

ARTERIAL = 1
WIDTH = {ARTERIAL: 28.0, STREET: 14.0, LANE: 6.0}      # metres between the kerbs
KIND = {ARTERIAL: "主干路", STREET: "街道", LANE: "巷"}
BANK_ROADS = ("柳溪西路", "柳溪东路")
LEAVES_BY = 40.0        # metres that the through roads go on beyond the district's border

_PAIRS = (
    "梧桐银杏海棠丁香紫薇玉兰桂花白桦青松翠竹红杉石榴芦苇晨曦晓风清泉溪畔云锦星河明月长虹远帆"
    "流霞碧波听雨鹿鸣雁栖白鹭黄鹂画眉采薇织锦研墨弘文敏学知行百草杏林车前麦穗谷雨立夏小满白露"
    "霜降惊蛰春分清和秋实丰禾金穗牧歌渔歌帆影船坞石桥古井钟鼓染坊盐仓米市铁匠豆香茶亭蓝田青禾"
    "松涛柏叶榆荫槐香莲池荷塘菱角菊圃兰苑竹影梅坞桑园柿林枣园杨柳橘颂榕荫椿庭楸木楝花荻花蒲苇"
)
_NAMES = [_PAIRS[start : start + 2] for start in range(0, len(_PAIRS), 2)]

# How likely a line through the yards of such a block is walked in from the street and ends there.
_DEAD_END_SHARE = {"housing": 0.24, "old_lanes": 0.6, "village": 0.45, "workshops": 0.35}


@dataclass(frozen=True, slots=True)
class Street:
    """`line` in metres. `bridge`: the name of the bridge that this stretch is, or ''."""

    name: str
    level: int
    line: Any
    dead_end: bool = False
    bridge: str = ""

    @property
    def width_m(self) -> float:
        return 4.5 if self.dead_end else WIDTH[self.level]


def lay_streets(skeleton: Skeleton, cutting: Cutting, rng: np.random.Generator) -> list[Street]:
    """All streets by level, those of one level in the order of their names' rank."""
    through = _through_roads(skeleton)
    named = _named_streets(cutting, rng)
    hosts = through + named
    lanes = [(line, False, use) for line, use in _chains(cutting, LANE)]
    lanes += [(line, True, use) for line, use in _dead_ends(cutting, [s.line for s in hosts] + [x[0] for x in lanes], rng)]
    streets = hosts + _named_lanes(lanes, hosts)
    return [_overshot(street, rng) if street.level != ARTERIAL and street.name not in BANK_ROADS else street for street in streets]


def _through_roads(skeleton: Skeleton) -> list[Street]:
    """Arterials, cut at their bridges, and the two roads along the banks."""
    reach = shapely.buffer(skeleton.outline, LEAVES_BY)
    over_water = shapely.buffer(skeleton.water, 7)
    found = []
    for name, line in skeleton.arterials.items():
        road = shapely.intersection(line, reach, grid_size=GRID)
        if name not in BRIDGES:
            found.append(Street(name, ARTERIAL, road))
            continue
        deck = shapely.line_merge(shapely.intersection(road, over_water, grid_size=GRID))
        found += [Street(name, ARTERIAL, part) for part in shapely.get_parts(shapely.difference(road, deck, grid_size=GRID))]
        found.append(Street(name, ARTERIAL, deck, bridge=BRIDGES[name]))
    for name, line in zip(BANK_ROADS, skeleton.banks, strict=True):
        found.append(Street(name, STREET, shapely.line_merge(shapely.intersection(line, reach, grid_size=GRID))))
    return found


def _chains(cutting: Cutting, level: int) -> list[tuple[Any, str]]:
    """The pieces that go on from each other, as one line each, in the order in which they were laid."""
    pieces: dict[int, list[Cut]] = {}
    for cut in cutting.cuts:
        if cut.level == level:
            pieces.setdefault(cut.chain, []).append(cut)
    lines = []
    for cuts in pieces.values():
        merged = shapely.line_merge(shapely.multilinestrings([shapely.linestrings(cut.points) for cut in cuts]))
        lines += [(part, cuts[0].use) for part in shapely.get_parts(merged)]
    return lines


def _named_streets(cutting: Cutting, rng: np.random.Generator) -> list[Street]:
    lines = sorted((line for line, _ in _chains(cutting, STREET)), key=lambda line: -float(line.length))
    names = [_NAMES[index] for index in rng.permutation(len(_NAMES))]
    names += [f"{way}{name}" for way in "东西南北" for name in names]
    streets = []
    for name, line in zip(names, lines, strict=False):
        way = np.abs(np.ptp(shapely.get_coordinates(line)[[0, -1]], axis=0))
        streets.append(Street(f"{name}{'街' if way[0] > way[1] else '路'}", STREET, line))
    return streets


def _dead_ends(cutting: Cutting, streets: list[Any], rng: np.random.Generator) -> list[tuple[Any, str]]:
    tree = shapely.STRtree(streets)
    found = []
    for cut in cutting.cuts:
        chance, ratio = rng.random(), rng.uniform(0.48, 0.72)
        if cut.level != YARD or chance > _DEAD_END_SHARE.get(cut.use, 0.0):
            continue
        way = cut.points if _touches(tree, cut.points[0]) else cut.points[::-1]
        tip = way[0] + (way[-1] - way[0]) * ratio
        if _touches(tree, way[0]) and np.hypot(*(tip - way[0])) > 30 and not tree.query(
            shapely.points(tip), predicate="dwithin", distance=20
        ).size:
            found.append((shapely.linestrings(np.round([way[0], tip], 2)), cut.use))
    return found


def _touches(tree: Any, point: Points) -> bool:
    return bool(tree.query(shapely.points(point), predicate="dwithin", distance=0.3).size)


def _named_lanes(lanes: list[tuple[Any, bool, str]], hosts: list[Street]) -> list[Street]:
    """Lanes are numbered along the street they leave: 枫林路3巷. Field tracks have numbers of their own."""
    tree = shapely.STRtree([host.line for host in hosts])
    leaving: dict[str, list[tuple[float, Any, bool]]] = {}
    for line, dead, use in lanes:
        ends = shapely.points(shapely.get_coordinates(line)[[0, -1]])
        nearest = tree.nearest(ends)
        away = [float(shapely.distance(hosts[i].line, end)) for i, end in zip(nearest, ends, strict=True)]
        host = hosts[int(nearest[int(np.argmin(away))])]
        place = float(shapely.line_locate_point(host.line, shapely.line_interpolate_point(line, 0.5, normalized=True)))
        leaving.setdefault("新垦机耕" if use == "fields" else host.name, []).append((place, line, dead))
    named = []
    for host_name, group in leaving.items():
        ending = "路" if host_name == "新垦机耕" else "巷"
        for number, (_, line, dead) in enumerate(sorted(group, key=lambda item: item[0]), 1):
            named.append(Street(f"{host_name}{number}{ending}", LANE, line, dead_end=dead))
    return named


def _overshot(street: Street, rng: np.random.Generator) -> Street:
    """Ends that meet another street reach past it by 0.2–1.5 m; the tip of a dead end stays where it is."""
    points = shapely.get_coordinates(street.line)
    before, after = stretched(points, float(rng.uniform(0.2, 1.5))), stretched(points, float(rng.uniform(0.2, 1.5)))
    tip = points[-1] if street.dead_end else after[-1]
    line = shapely.linestrings(np.round(np.vstack([before[:1], points[1:-1], tip]), 2))
    return Street(street.name, street.level, line, street.dead_end, street.bridge)
