"""Parks, banks, gardens, sports grounds and fields; and the pond in the park. All in metres."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely import affinity

from jingwei.cli.demo.projection import Points
from jingwei.cli.demo.skeleton import GRID, Skeleton, smooth
from jingwei.cli.demo.streets import Street
from jingwei.cli.demo.units import Cell

Green = tuple[Any, str, str]        # (polygon, kind, name)
PARK, RIVER = "柳溪公园", "柳溪"
_CROPS = ("稻田", "麦田", "菜地", "果园")


def lay_greens(skeleton: Skeleton, cells: Sequence[Cell], streets: Sequence[Street], built: Sequence[Green],
               rng: np.random.Generator) -> tuple[list[Green], list[Green]]:
    """(green, water): green first what belongs to the river and the park, then gardens and fields."""
    roads = shapely.union_all([shapely.buffer(s.line, s.width_m / 2 + 2, quad_segs=3) for s in streets])
    park = _whole([cell for cell in cells if cell.use == "park"], roads)
    pond = _pond(park, rng)
    strip = _whole([cell for cell in cells if cell.use == "riverside"], shapely.union(roads, skeleton.water))
    greens: list[Green] = [(part, "滨河绿带", f"{RIVER}滨河绿带") for part in _parts(strip, 300)]
    greens += [(part, "公园", PARK) for part in _parts(shapely.difference(park, pond, grid_size=GRID), 300)]
    greens += [(part, kind, name) for shape, kind, name in built for part in _parts(shape, 100)]
    greens += _fields([cell for cell in cells if cell.use == "fields"], roads, rng)
    water: list[Green] = [(part, "河流", RIVER) for part in _parts(skeleton.water, 1)]
    return greens, [*water, (pond, "池塘", f"{PARK}荷花池")]


def _whole(cells: Sequence[Cell], without: Any) -> Any:
    return shapely.difference(shapely.coverage_union_all([cell.polygon for cell in cells]), without, grid_size=GRID)


def _parts(shape: Any, least: float) -> list[Any]:
    """The polygons of at least so many m²."""
    return [part for part in shapely.get_parts(shape) if shapely.get_type_id(part) == 3 and part.area >= least]


def _pond(park: Any, rng: np.random.Generator) -> Any:
    """A rounded pond, longer than wide, where the park has most room."""
    room = max(_parts(park, 1), key=lambda part: float(part.area))
    box = shapely.get_coordinates(shapely.minimum_rotated_rectangle(room))
    turn = float(np.arctan2(*(box[1] - box[0])[::-1]))
    inner = shapely.buffer(room, -22)
    middle = shapely.get_coordinates(shapely.point_on_surface(inner if not inner.is_empty else room))[0]
    angle = np.linspace(0, 2 * np.pi, 9)[:-1]
    reach = rng.uniform(0.75, 1.2, len(angle))
    long, short = (46.0, 26.0) if np.hypot(*(box[1] - box[0])) > np.hypot(*(box[2] - box[1])) else (26.0, 46.0)
    ring: Points = np.column_stack([long * reach * np.cos(angle), short * reach * np.sin(angle)])
    blob = affinity.rotate(shapely.polygons(smooth(ring, step=6.0, closed=True)), turn, origin=(0, 0), use_radians=True)
    return shapely.intersection(affinity.translate(blob, *middle), shapely.buffer(room, -8), grid_size=GRID)


def _fields(cells: Sequence[Cell], roads: Any, rng: np.random.Generator) -> list[Green]:
    """Each field in long parcels side by side, with a path between them."""
    parcels: list[Green] = []
    for cell in cells:
        land = shapely.buffer(shapely.difference(cell.polygon, roads), -3, join_style="mitre")
        box = shapely.get_coordinates(shapely.minimum_rotated_rectangle(land))
        turn = float(np.degrees(np.arctan2(*(box[1] - box[0])[::-1])))
        turned = affinity.rotate(land, -turn, origin=(0, 0))
        left, bottom, right, top = shapely.bounds(turned)
        columns = np.linspace(left, right, max(2, round((right - left) / 130)) + 1)
        for west, east in pairwise(columns):
            y = float(bottom)
            while y < top:
                height = float(rng.uniform(32, 62))
                crop = str(rng.choice(_CROPS, p=[0.4, 0.25, 0.25, 0.1]))
                piece = shapely.intersection(turned, shapely.box(west + 2, y + 1.2, east - 2, y + height - 1.2))
                parcels += [(affinity.rotate(part, turn, origin=(0, 0)), crop, "") for part in _parts(piece, 250)]
                y += height
    return parcels
