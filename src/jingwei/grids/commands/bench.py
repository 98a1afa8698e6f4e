"""What a deed on a draft looks at: its units with their grids and communities, neighbours, codes that are free."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jingwei.grids import plan_rows
from jingwei.grids.codes import Kind
from jingwei.grids.errors import GridError
from jingwei.grids.lineage import lineage, outlines
from jingwei.grids.models import Area, PlanVersion
from jingwei.grids.near import box_of, meeting
from jingwei.kernel.errors import Refusal

_BESIDE = 1e-7  # degrees, a centimetre


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit grid in a draft. `group`: its responsibility grid, None where it hangs below its community at once."""

    area: Area
    shape: Any
    group: Area | None
    community: Area


class Bench:
    """A draft as one deed sees it. Reads only; asks the database once for each question."""

    def __init__(self, plan: PlanVersion) -> None:
        self.plan = plan
        self.versions = lineage(plan)

    @cached_property
    def moved(self) -> dict[int, int]:
        return plan_rows.moved(self.plan)

    def units(self, ids: Iterable[int]) -> list[Unit]:
        """The units with these ids, in this order. Refuses others, and units of more than one community."""
        wanted = list(dict.fromkeys(ids))
        rows = {area.pk: area for area in plan_rows.standing(self.plan, self.versions).filter(
            pk__in=wanted, kind=Kind.UNIT.value)}
        drawn = outlines(self.versions, wanted)
        for one in wanted:
            if one not in rows or one not in drawn:
                raise Refusal(GridError.NOT_A_UNIT, id=one)
        above = self._above(rows.values())
        units = [self._unit(rows[one], drawn[one], above) for one in wanted]
        other = next((unit for unit in units if unit.community.pk != units[0].community.pk), None)
        if other is not None:
            raise Refusal(GridError.TWO_COMMUNITIES, first=units[0].community.name, other=other.community.name)
        return units

    def _above(self, areas: Iterable[Area]) -> dict[int, Area]:
        ids = {self.parent_of(area) for area in areas}
        return {area.pk: area for area in Area.objects.filter(pk__in=ids).select_related("parent")}

    def parent_of(self, area: Area) -> int:
        return int(self.moved.get(area.pk, area.parent_id or 0))

    def _unit(self, area: Area, wkb: bytes, above: dict[int, Area]) -> Unit:
        import shapely

        parent = above[self.parent_of(area)]
        shape = shapely.from_wkb(wkb)
        if parent.kind == Kind.RESPONSIBILITY and parent.parent is not None:
            return Unit(area, shape, parent, parent.parent)
        return Unit(area, shape, None, parent)

    def around(self, shapes: Sequence[Any], without: Iterable[int]) -> dict[int, Any]:
        """Units whose outline comes near the shapes, by id."""
        import shapely

        rows = plan_rows.drawn(self.plan, self.versions, kind=Kind.UNIT.value).exclude(area_id__in=list(without))
        rows = meeting(rows, box_of(shapes), _BESIDE)
        return {area: shapely.from_wkb(bytes(wkb)) for area, wkb in rows.values_list("area_id", "wkb")}

    def members(self, group_id: int) -> list[int]:
        """The units of a responsibility grid in the draft."""
        standing = plan_rows.standing(self.plan, self.versions).filter(kind=Kind.UNIT.value)
        away = [area for area, parent in self.moved.items() if parent != group_id]
        come = [area for area, parent in self.moved.items() if parent == group_id]
        here = standing.filter(parent_id=group_id).exclude(pk__in=away)
        return sorted({*here.values_list("pk", flat=True), *standing.filter(pk__in=come).values_list("pk", flat=True)})
