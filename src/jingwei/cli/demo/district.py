"""The demonstration district 示例区: ground, streets, houses, communities and grids of a place that does not exist.

The county code 990101 belongs to no province, and the ground is open desert (see `projection`): a demonstration can
never be taken for somebody's town. Same seed, same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from jingwei.cli.demo.addresses import addresses
from jingwei.cli.demo.buildings import House, build
from jingwei.cli.demo.cutting import cut_faces
from jingwei.cli.demo.greens import lay_greens
from jingwei.cli.demo.grouping import HIGH, LOW, group_units
from jingwei.cli.demo.projection import degrees
from jingwei.cli.demo.skeleton import COUNTY, lay_skeleton
from jingwei.cli.demo.streets import KIND, lay_streets
from jingwei.cli.demo.streets import Street as Line
from jingwei.cli.demo.units import LEAST, MOST, Cell, borders, in_reading_order, partition

# key → (12-digit code, name): 001–199 residents' committees, 200–399 villages.
_COMMUNITIES = {
    "枫林": ("990101001001", "枫林社区"), "书院": ("990101001002", "书院社区"), "柳溪": ("990101001003", "柳溪社区"),
    "观澜": ("990101001004", "观澜社区"), "望山": ("990101001005", "望山社区"), "稻香": ("990101100001", "稻香社区"),
    "渡口": ("990101100002", "渡口社区"), "新垦": ("990101100201", "新垦村"),
}
_ABOVE = (
    ("990000", "示例省", "province", ""), ("990100", "示例市", "city", "990000"), (COUNTY, "示例区", "county", "990100"),
    ("990101001", "柳溪街道", "street", COUNTY), ("990101100", "稻香镇", "town", COUNTY),
)
_LAND_USE = {
    "housing": "居住", "exclave": "居住", "old_lanes": "居住", "village": "居住", "offices": "商务", "workshops": "工业",
    "park": "公园", "riverside": "滨河绿地", "fields": "农田", "primary_school": "学校", "middle_school": "学校",
    "hospital": "医院", "market": "市场", "town_market": "市场",
}


@dataclass(frozen=True, slots=True)
class Area:
    """A node of the area tree, province to community. `geometry`: degrees, None above the county."""

    code: str
    name: str
    level: str          # province | city | county | street | town | community | village
    parent: str         # code, '' at the top
    geometry: Any = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitGrid:
    """`code`: 15 digits, the community's 12 and a sequence from the north-west, row by row, each row eastwards."""

    code: str
    community: str
    geometry: Any       # Polygon, degrees
    area_m2: int
    land_use: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ResponsibilityGrid:
    """`note` says why the grid has not the 10–16 unit grids of the rule, '' where it has."""

    code: str           # the community's 12 digits, 'R', two digits
    name: str           # 柳溪第一网格
    community: str
    units: tuple[str, ...]
    geometry: Any       # Polygon, degrees
    households: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Building:
    id: str
    address: str
    name: str
    kind: str
    floors: int
    households: int
    unit_grid: str      # in which most of it lies
    geometry: Any


@dataclass(frozen=True, slots=True)
class Feature:
    """One row of a map layer. `geometry` in degrees (CGCS2000), longitude first."""

    properties: dict[str, Any]
    geometry: Any


@dataclass(frozen=True, slots=True)
class District:
    seed: int
    areas: tuple[Area, ...]             # parents before children
    unit_grids: tuple[UnitGrid, ...]    # by code
    responsibility_grids: tuple[ResponsibilityGrid, ...]
    buildings: tuple[Building, ...]
    streets: tuple[Feature, ...]
    water: tuple[Feature, ...]
    green: tuple[Feature, ...]

    @property
    def communities(self) -> tuple[Area, ...]:
        return tuple(area for area in self.areas if area.level in {"community", "village"})

    def layers(self) -> dict[str, list[Feature]]:
        """The map layers by name, each row with properties of plain values and a geometry in degrees."""
        return {
            "streets": list(self.streets),
            "water": list(self.water),
            "green": list(self.green),
            "buildings": [_row(building, "id", "address", "name", "kind", "floors", "households", "unit_grid")
                          for building in self.buildings],
            "communities": [_row(area, "code", "name", "level", "parent", "note") for area in self.communities],
            "unit_grids": [_row(unit, "code", "community", "area_m2", "land_use", "note") for unit in self.unit_grids],
            "responsibility_grids": [_row(grid, "code", "name", "community", "households", "note")
                                     for grid in self.responsibility_grids],
        }


def _row(thing: Any, *names: str) -> Feature:
    return Feature({name: getattr(thing, name) for name in names}, thing.geometry)


def make_district(seed: int) -> District:
    """The whole district from one number; some five seconds."""
    rng = np.random.default_rng(seed)
    skeleton = lay_skeleton(rng)
    cutting = cut_faces(skeleton, rng)
    lines = lay_streets(skeleton, cutting, rng)
    cells = partition(skeleton, cutting)
    built = build(skeleton, cutting, cells, lines, rng)
    greens, water = lay_greens(skeleton, cells, lines, built.greens, rng)
    codes = _codes(cells)
    order = sorted(range(len(cells)), key=codes.__getitem__)
    shapes = degrees(np.array([cell.polygon for cell in cells]))
    units = tuple(_unit(codes[i], cells[i], shapes[i]) for i in order)
    return District(
        seed=seed,
        areas=_areas(units, [cells[i] for i in order]),
        unit_grids=units,
        responsibility_grids=_responsibility_grids([cells[i] for i in order], units, built.houses, codes, rng),
        buildings=_buildings(built.houses, lines, codes),
        streets=tuple(_street(number, line) for number, line in enumerate(lines, 1)),
        water=_surfaces(water, "W"),
        green=_surfaces(greens, "G"),
    )


def _codes(cells: Sequence[Cell]) -> list[str]:
    codes = [""] * len(cells)
    for key, (community, _) in _COMMUNITIES.items():
        mine = [index for index, cell in enumerate(cells) if cell.community == key]
        centres = shapely.get_coordinates(shapely.centroid([cells[index].polygon for index in mine]))
        for number, place in enumerate(in_reading_order(centres), 1):
            codes[mine[place]] = f"{community}{number:03d}"
    return codes


def _unit(code: str, cell: Cell, shape: Any) -> UnitGrid:
    area = round(float(cell.polygon.area))
    note = ""
    if not LEAST <= area <= MOST:
        note = "农田，按地块划分，不受一万平方米约束" if cell.use == "fields" else "零散地块，面积不合一万平方米要求"
    return UnitGrid(code, code[:12], shape, area, _LAND_USE[cell.use], note)


def _areas(units: Sequence[UnitGrid], cells: Sequence[Cell]) -> tuple[Area, ...]:
    """The tree; every area is exactly the union of its unit grids."""
    def ground(prefix: str) -> Any:
        inside = [unit.geometry for unit in units if unit.code.startswith(prefix)]
        return shapely.normalize(shapely.coverage_union_all(inside)) if inside else None

    areas = [Area(code, name, level, parent, ground(code)) for code, name, level, parent in _ABOVE]
    apart = {unit.community for unit, cell in zip(units, cells, strict=True) if cell.detached}
    for code, name in _COMMUNITIES.values():
        note = "由两块不相连的地组成，其中一块为飞地" if code in apart else ""
        note = "全部为农田，无建筑" if name == "新垦村" else note
        areas.append(Area(code, name, "village" if name.endswith("村") else "community", code[:9], ground(code), note))
    return tuple(areas)


def _responsibility_grids(cells: Sequence[Cell], units: Sequence[UnitGrid], houses: Sequence[House],
                          codes: Sequence[str], rng: np.random.Generator) -> tuple[ResponsibilityGrid, ...]:
    """Community by community, the exclave by itself, numbered like the unit grids. `cells` and `units` in one order."""
    households: dict[str, int] = {}
    for house in houses:
        households[codes[house.cell]] = households.get(codes[house.cell], 0) + house.households
    centres = shapely.get_coordinates(shapely.centroid([cell.polygon for cell in cells]))
    neighbours: list[dict[int, float]] = [{} for _ in cells]
    for (a, b), length in borders([cell.polygon for cell in cells]).items():
        if length > 3 and cells[a].community == cells[b].community:
            # A border between groups should run along a street rather than through the yards of a block.
            neighbours[a][b] = neighbours[b][a] = length * (1.0 if cells[a].block == cells[b].block else 0.4)
    grids = []
    for key, (community, _) in _COMMUNITIES.items():
        groups: list[list[int]] = []
        for detached in (False, True):
            mine = [i for i, cell in enumerate(cells) if cell.community == key and cell.detached == detached]
            place = {unit: number for number, unit in enumerate(mine)}
            near = [{place[n]: cost for n, cost in neighbours[unit].items() if n in place} for unit in mine]
            groups += [[mine[i] for i in group] for group in (group_units(near, centres[mine], rng) if mine else [])]
        middles = np.array([centres[group].mean(axis=0) for group in groups])
        for number, which in enumerate(in_reading_order(middles), 1):
            group = [units[i] for i in sorted(groups[which])]
            grids.append(ResponsibilityGrid(
                f"{community}R{number:02d}", f"{key}第{chinese(number)}网格", community, tuple(u.code for u in group),
                shapely.normalize(shapely.coverage_union_all([u.geometry for u in group])),
                sum(households.get(u.code, 0) for u in group), _remainder(len(group)),
            ))
    return tuple(grids)


def _remainder(size: int) -> str:
    if LOW <= size <= HIGH:
        return ""
    return f"相连的单元网格只有 {size} 个，不足 {LOW} 个，单独成格" if size < LOW else f"共 {size} 个单元网格，不能再分成合规的网格"


def chinese(number: int) -> str:
    """1–99 in Chinese numerals: 一, 十, 十二, 三十."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十") + ("" if tens and not ones else digits[ones])


def _buildings(houses: Sequence[House], lines: Sequence[Line], codes: Sequence[str]) -> tuple[Building, ...]:
    shapes = degrees(np.array([house.shape for house in houses]))
    rows = []
    for house, address, shape in zip(houses, addresses(houses, lines), shapes, strict=True):
        rows.append((codes[house.cell], address, house, shape))
    rows.sort(key=lambda row: (row[0], row[1]))
    return tuple(
        Building(f"B{number:05d}", address, house.name or address, house.kind, house.floors, house.households, code, shape)
        for number, (code, address, house, shape) in enumerate(rows, 1)
    )


def _street(number: int, line: Line) -> Feature:
    properties = {
        "id": f"S{number:04d}", "name": line.name, "level": line.level, "kind": "桥" if line.bridge else KIND[line.level],
        "width_m": line.width_m, "dead_end": line.dead_end, "bridge": line.bridge,
    }
    return Feature(properties, degrees(line.line))


def _surfaces(rows: Sequence[tuple[Any, str, str]], letter: str) -> tuple[Feature, ...]:
    return tuple(
        Feature({"id": f"{letter}{number:04d}", "name": name or kind, "kind": kind}, degrees(shape))
        for number, (shape, kind, name) in enumerate(rows, 1)
    )
