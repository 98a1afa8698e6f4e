"""What the fields of a map layer mean, and what a zone allows. Light: commands offer it without loading shapely."""

from dataclasses import dataclass
from typing import Any

from jingwei.grids.codes import Kind

SLIVER = 0.01  # up to this share of a polygon may lie across a border or in a neighbour: drawing, not meaning

BASE_LAYERS = {"water": "水系", "green": "绿地", "buildings": "建筑", "streets": "街巷"}
"""Layers of the base map with their titles, in the order in which they are drawn."""

EARLIEST = {"water": 4, "green": 8, "buildings": 14, "streets": 7}
"""From which zoom anything of a layer may be shown: before it nobody looks through its rows."""


@dataclass(frozen=True, slots=True)
class Above:
    """A level that the layer tells only by fields of its polygons. `code` and `name`: names of those fields."""

    code: str
    name: str
    level: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Fields:
    """What the layer's fields mean.

    `above`: levels to be made, the nearest first. `parent`: field with the code of a parent that exists.
    `under`: one code that everything stands under. `note`: field with the reason of an odd size.
    With none of these, and with `grounds` given to `read`, the parent is found by place.
    """

    code: str
    name: str
    level: int
    kind: Kind
    above: tuple[Above, ...] = ()
    parent: str = ""
    under: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a zone's settings allow without a reason: square metres of a unit, units of a responsibility grid.

    Defaults: 10,000 m² with half as much either way (GRD-05); 10-16 units in dense areas (GRD-08), elsewhere
    20-30 (GRD-09).
    """

    unit_m2: tuple[float, float] = (5_000, 15_000)
    units: tuple[int, int] = (10, 16)


DENSE = Bounds()


@dataclass(frozen=True, slots=True)
class Ground:
    """A possible parent with its polygon (longitude first)."""

    code: str
    geometry: Any
