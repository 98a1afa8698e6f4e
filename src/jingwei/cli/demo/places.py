"""Where something is, in words: 枫林路与书院路路口东侧. From the names of the nearest streets and houses."""

from typing import Any

import numpy as np
import shapely

from jingwei.cli.demo.district import District, UnitGrid
from jingwei.cli.demo.projection import Points, metres, to_lonlat

AT_CROSSING = 75.0      # metres
BY_HOUSE = 45.0
_SIDES = ("东侧", "东北角", "北侧", "西北角", "西侧", "西南角", "南侧", "东南角")
_USES = {
    "river": {"滨河绿地"}, "park": {"公园", "滨河绿地"}, "market": {"市场"}, "site": {"工业", "商务", "居住"},
    "housing": {"居住"}, "street": {"居住", "商务", "工业", "学校", "医院", "市场"},
}


class Places:
    """Points and their descriptions. Built once per district."""

    def __init__(self, district: District) -> None:
        broad = [street for street in district.streets if street.properties["level"] < 3]
        self._names = [street.properties["name"] for street in broad]
        self._lines = metres(np.array([street.geometry for street in broad]))
        self._street_tree = shapely.STRtree(self._lines)
        self._crossings = self._find_crossings()
        self._crossing_tree = shapely.STRtree(shapely.points([point for point, _, _ in self._crossings]))
        self._houses = metres(np.array([building.geometry for building in district.buildings]))
        self._addresses = [building.address for building in district.buildings]
        self._house_tree = shapely.STRtree(self._houses)
        self._units = district.unit_grids
        self._shapes = metres(np.array([unit.geometry for unit in district.unit_grids]))
        self._by_use = {use: [i for i, unit in enumerate(self._units) if unit.land_use in uses]
                        for use, uses in _USES.items()}

    def _find_crossings(self) -> list[tuple[Points, str, str]]:
        """Where two streets of different names meet, overshoots included."""
        found: dict[tuple[str, str, int, int], tuple[Points, str, str]] = {}
        one, other = self._street_tree.query(self._lines, predicate="dwithin", distance=1.0)
        for a, b in zip(one.tolist(), other.tolist(), strict=True):
            if a < b and self._names[a] != self._names[b]:
                meeting = shapely.get_coordinates(shapely.shortest_line(self._lines[a], self._lines[b]))[0]
                first, second = self._names[a], self._names[b]
                found.setdefault((first, second, round(meeting[0] / 40), round(meeting[1] / 40)),
                                 (meeting, first, second))
        return list(found.values())

    def somewhere(self, where: str, prefix: str, rng: np.random.Generator) -> tuple[UnitGrid, float, float, str]:
        """A unit grid whose code begins with `prefix`, a point in it (longitude, latitude), and the point in words."""
        fitting = [i for i in self._by_use[where] if self._units[i].code.startswith(prefix)]
        index = int(rng.choice(fitting or [i for i in self._by_use["street"] if self._units[i].code.startswith(prefix)]))
        spot = self._spot(index, where, rng)
        lon, lat = to_lonlat(spot[None])[0].tolist()
        return self._units[index], lon, lat, self.describe(spot, street=where != "housing")

    def _spot(self, index: int, where: str, rng: np.random.Generator) -> Points:
        """For the street a point some metres in from the grid's border, else beside a house, clear of the border."""
        shape = self._shapes[index]
        inner = shapely.buffer(shape, -9 if where in {"street", "market", "site"} else -14)
        inner = inner if not inner.is_empty else shapely.buffer(shape, -2)
        if where in {"street", "market", "site"}:
            line = shapely.boundary(inner)
            return np.asarray(shapely.get_coordinates(shapely.line_interpolate_point(line, rng.random(), normalized=True))[0])
        left, bottom, right, top = shapely.bounds(inner)
        for _ in range(40):
            point = np.array([rng.uniform(left, right), rng.uniform(bottom, top)])
            if shapely.contains_xy(inner, *point) and not self._house_tree.query(
                shapely.points(point), predicate="intersects"
            ).size:
                return point
        return np.asarray(shapely.get_coordinates(shapely.point_on_surface(inner))[0])

    def describe(self, spot: Points, street: bool = True) -> str:
        """The point (metres) in words: a house nearby, a crossing nearby, else the street and the next one across."""
        point = shapely.points(spot)
        house = int(self._house_tree.nearest(point))
        if not street and shapely.distance(self._houses[house], point) < BY_HOUSE:
            return f"{self._addresses[house]}{self._side_of(self._houses[house], spot)}"
        meeting, first, second = self._crossings[int(self._crossing_tree.nearest(point))]
        if np.hypot(*(spot - meeting)) < AT_CROSSING:
            return f"{first}与{second}路口{_side(spot - meeting)}"
        name = self._names[int(self._street_tree.nearest(point))]
        if shapely.distance(self._houses[house], point) < BY_HOUSE:
            return f"{self._addresses[house]}附近"
        near = [(float(np.hypot(*(spot - m))), b if a == name else a) for m, a, b in self._crossings if name in (a, b)]
        return f"{name}近{min(near)[1]}" if near else f"{name}沿线"

    def _side_of(self, house: Any, spot: Points) -> str:
        return _side(spot - shapely.get_coordinates(shapely.centroid(house))[0])


def _side(way: Points) -> str:
    return _SIDES[round(float(np.arctan2(way[1], way[0])) / (np.pi / 4)) % 8]
