"""House numbers: odd on the left of the street, even on the right, counted along it; compounds have their buildings."""

from collections.abc import Sequence

import shapely

from jingwei.cli.demo.buildings import House
from jingwei.cli.demo.streets import Street

_COMPOUND = {"多层住宅", "高层住宅"}       # one number for all houses of a unit grid, then 1号楼, 2号楼 …


def addresses(houses: Sequence[House], streets: Sequence[Street]) -> list[str]:
    """One address per house, in the houses' order; all different."""
    broad = [street for street in streets if street.level < 3 and not street.bridge]
    compounds: dict[int, list[int]] = {}
    doors: list[list[int]] = []
    for index, house in enumerate(houses):
        if house.kind in _COMPOUND:
            compounds.setdefault(house.cell, []).append(index)
        else:
            doors.append([index])
    found = [""] * len(houses)
    for text, members in _numbered([*compounds.values()], houses, broad):
        for number, index in enumerate(members, 1):
            found[index] = f"{text}院{number}号楼"
    for text, members in _numbered(doors, houses, list(streets)):
        found[members[0]] = text
    return found


def _numbered(groups: list[list[int]], houses: Sequence[House], streets: Sequence[Street]) -> list[tuple[str, list[int]]]:
    tree = shapely.STRtree([street.line for street in streets])
    sides: dict[tuple[str, int], list[tuple[float, list[int]]]] = {}
    middles = [shapely.centroid(shapely.geometrycollections([houses[i].shape for i in group])) for group in groups]
    for group, middle, nearest in zip(groups, middles, tree.nearest(middles), strict=True):
        street = streets[int(nearest)]
        along = float(shapely.line_locate_point(street.line, middle))
        a, b = shapely.get_coordinates(shapely.line_interpolate_point(street.line, [max(0.0, along - 1), along + 1]))
        x, y = shapely.get_coordinates(middle)[0]
        right = (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]) < 0
        # Stretches of one street are numbered on, from one into the next.
        sides.setdefault((street.name, int(right)), []).append((int(nearest) * 1e5 + along, group))
    numbered = []
    for (name, right), doors in sides.items():
        for count, (_, group) in enumerate(sorted(doors, key=lambda door: door[0])):
            numbered.append((f"{name}{2 * count + 1 + right}号", group))
    return numbered
