"""Where a part stands and what follows from it: grid, county, scope, the columns of its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.formats.findings import Finding, reason_of
from jingwei.grids import queries as grids
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.registry.errors import PartError
from jingwei.registry.parts import shapes
from jingwei.registry.parts.shapes import Shaped


@dataclass(frozen=True, slots=True)
class Where:
    """A place as it is given: longitude and latitude, or a shape, as WKB or as a GeoJSON geometry."""

    lon: float | None = None
    lat: float | None = None
    wkb: bytes | None = None
    geometry: Mapping[str, Any] | None = None


def shaped(where: Where) -> tuple[Shaped, tuple[Finding, ...]]:
    """The shape that is meant. Refuses what is none."""
    if where.wkb is not None:
        shape, remarks = shapes.from_wkb(where.wkb)
    elif where.geometry is not None:
        shape, remarks = shapes.from_geojson(where.geometry)
    elif where.lon is not None and where.lat is not None:
        shape, remarks = shapes.point(where.lon, where.lat)
    else:
        shape, remarks = None, ()
    if shape is None:
        raise Refusal(PartError.BAD_SHAPE, why=reason_of(remarks))
    return shape, remarks


def located(actor: Actor, shape: Shaped, known: dict[str, int]) -> Any:
    """The grid that holds a shape. Refuses ground that nobody drew or that this person does not manage."""
    return within_reach(actor, grids.locate(shape.lon, shape.lat, known), shape)


def within_reach(actor: Actor, place: Any, shape: Shaped) -> Any:
    if place is None:
        raise Refusal(PartError.NO_AREA, lon=shape.lon, lat=shape.lat)
    if not actor.covers(Right.PART_MANAGE.value, place.path):
        if not actor.holds(Right.PART_MANAGE.value):
            raise no_right(actor, Right.PART_MANAGE)
        raise Refusal(PartError.OUTSIDE, area=place.name)
    return place


def columns(shape: Shaped, place: Any) -> dict[str, Any]:
    """The columns of a part that hang on where it stands, but for `area_then` and the county."""
    west, south, east, north = shape.box
    return {"shape": shape.kind, "wkb": shape.wkb, "lon": shape.lon, "lat": shape.lat, "west": west, "south": south,
            "east": east, "north": north, "cell": grids.cell(shape.lon, shape.lat),
            "spot": grids.quadtree.home(west, south, east, north), "area_now_id": place.area_id, "area_path": place.path}
