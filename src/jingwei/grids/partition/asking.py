"""What was wished for units, told in codes and points, as the units of the new plan that it means."""

from collections.abc import Sequence

import numpy as np
import shapely

from jingwei.grids.partition.carrying import Carried
from jingwei.grids.partition.compiled import Shapes
from jingwei.grids.partition.existing import Existing
from jingwei.grids.partition.settings import PartitionError
from jingwei.grids.partition.wishes import Wishes

Member = str | tuple[float, float]
"""A unit: by its code in the existing plan, or by a point in it, in metres."""


def read_wishes(together: Sequence[Sequence[Member]], apart: Sequence[Sequence[Member]], shapes: Shapes,
                existing: Existing | None, carried: Carried | None) -> Wishes:
    finder = _Finder(shapes, existing, carried)
    joined, parted = (tuple(tuple(finder.unit(member) for member in members) for members in sets) for sets in (together, apart))
    if existing is None or carried is None:
        return Wishes(joined, parted, called=finder.called)
    stands = carried.was >= 0
    fixed = np.zeros(len(shapes), bool)
    fixed[stands] = existing.fixed[carried.was[stands]]
    for unit in np.flatnonzero(stands).tolist():
        finder.called.setdefault(unit, existing.name(int(carried.was[unit])))
    return Wishes(joined, parted, carried.before, fixed, finder.called)


class _Finder:
    def __init__(self, shapes: Shapes, existing: Existing | None, carried: Carried | None) -> None:
        self._shapes, self._existing = shapes, existing
        self._tree = shapely.STRtree(shapes)
        self._codes = {str(code): at for at, code in enumerate(existing.codes)} if existing else {}
        self._new = {int(was): at for at, was in enumerate(carried.was.tolist())} if carried else {}
        self.called: dict[int, str] = {}

    def unit(self, member: Member) -> int:
        if isinstance(member, str):
            if self._existing is None or member not in self._codes:
                why = "没有给出原方案" if self._existing is None else "原方案里没有这个编码"
                raise PartitionError(f"要求分在一起或分开的单元网格“{member}”找不到：{why}。")
            old = self._codes[member]
            unit = self._new[old] if old in self._new else self._at(
                shapely.point_on_surface(shapely.make_valid(self._existing.units[old])), member)
        else:
            unit = self._at(shapely.Point(member), f"{member[0]:.1f}, {member[1]:.1f}")
        self.called.setdefault(unit, member if isinstance(member, str) else f"点 {member[0]:.1f}, {member[1]:.1f} 处的单元网格")
        return unit

    def _at(self, point: shapely.Point, told: str) -> int:
        found = self._tree.query(point, predicate="intersects")
        if not len(found):
            raise PartitionError(f"要求分在一起或分开的单元网格“{told}”找不到：它不在这次划分的范围里。")
        return int(found.min())
