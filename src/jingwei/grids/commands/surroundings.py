"""What stands already where a layer comes in: outlines of the level above and of the same level."""

from typing import NamedTuple

from django.db.models import QuerySet

from jingwei.formats.layers import Layer
from jingwei.grids.codes import Kind, Level
from jingwei.grids.commands.standing import in_force
from jingwei.grids.layer_fields import Fields, Ground
from jingwei.grids.lineage import lineage, outlines
from jingwei.grids.models import Area, PlanVersion
from jingwei.grids.placing import BASE

Box = tuple[float, float, float, float]


class Surroundings(NamedTuple):
    grounds: list[Ground]
    beside: list[Ground]


def of(system: str, fields: Fields, layer: Layer, *, by_place: bool) -> Surroundings:
    """Outlines near the layer. Unit grids are held against communities, other grids, if `by_place`, against the
    nearest level above that is drawn there.
    """
    import shapely

    shapes = [feature.geometry for feature in layer if feature.geometry is not None]
    plan = in_force(system)
    if plan is None or not shapes:
        return Surroundings([], [])
    west, south, east, north = shapely.total_bounds(shapes)
    box = float(west), float(south), float(east), float(north)
    beside = _drawn(plan, box, fields.level)
    if fields.kind is Kind.UNIT and system == BASE:
        return Surroundings(_drawn(plan, box, Level.VILLAGE), beside)
    if not by_place:
        return Surroundings([], beside)
    above = _near(system, box).filter(level__lt=fields.level).order_by("-level").values_list("level", flat=True).first()
    return Surroundings(_drawn(plan, box, above) if above else [], beside)


def _near(system: str, box: Box) -> QuerySet[Area]:
    west, south, east, north = box
    return Area.objects.filter(
        system=system, status="active", plan__state="published", boundaries__west__lte=east,
        boundaries__east__gte=west, boundaries__south__lte=north, boundaries__north__gte=south)


def _drawn(plan: PlanVersion, box: Box, level: int) -> list[Ground]:
    import shapely

    codes = dict(_near(plan.system_id, box).filter(level=level).values_list("id", "code"))
    drawn = outlines(lineage(plan), list(codes))
    return [Ground(codes[area], shapely.from_wkb(wkb)) for area, wkb in sorted(drawn.items())]
