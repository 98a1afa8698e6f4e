"""What there is to divide below an area: communities with outlines, streets, buildings."""

from dataclasses import dataclass
from typing import Any

from jingwei.grids import base_shapes, plan_rows
from jingwei.grids.codes import Kind, Level
from jingwei.grids.lineage import lineage, shapes
from jingwei.grids.models import Area, PlanVersion
from jingwei.grids.near import box_of
from jingwei.grids.placing import BASE
from jingwei.kernel.paths import span
from jingwei.kernel.wording import Words


@dataclass(frozen=True, slots=True)
class GroundFound:
    """`outlines`: shapes by area id. `layers`: features of the base map by layer. `missing`: what must be imported first."""

    communities: list[Area]
    outlines: dict[int, Any]
    layers: dict[str, int]
    units: int
    missing: list[Words]


def ground_of(area: Area) -> GroundFound:
    """The communities below an area, which of them are drawn, and what of the base map lies there."""
    plan = PlanVersion.objects.filter(system=BASE, state="published").order_by("-number").first()
    if plan is None:
        return GroundFound([], {}, {}, 0, [_NO_COMMUNITIES])
    standing = plan_rows.standing(plan).filter(path__range=span(area.path))
    communities = list(standing.filter(level=int(Level.VILLAGE)).order_by("code"))
    drawn = shapes(lineage(plan), [one.pk for one in communities])
    layers = base_shapes.counts(box_of(drawn.values())) if drawn else {}
    units = standing.filter(kind=Kind.UNIT.value).count()
    missing = [words for wrong, words in (
        (not communities, _NO_COMMUNITIES), (bool(communities) and not drawn, _NO_OUTLINES),
        (bool(drawn) and not layers.get("streets"), _NO_STREETS)) if wrong]
    return GroundFound(communities, drawn, layers, units, missing)


_NO_COMMUNITIES = Words("社区或村（区划表）", "its communities or villages (a table of divisions)")
_NO_OUTLINES = Words("社区或村的边界（图层）", "outlines of its communities or villages (a layer)")
_NO_STREETS = Words("道路（底图图层）", "streets (a layer of the base map)")
