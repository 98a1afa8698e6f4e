"""What lies in a box: features of the base map, outlines of areas. Not narrowed: for rooms' own commands and papers,
which have made sure that the actor may see the place; the base map is nobody's secret.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from jingwei.grids.models import BaseFeature, Boundary, LayerVersion
from jingwei.grids.near import Box, meeting

_PORTION = 5_000  # rows in memory at once


@dataclass(frozen=True, slots=True)
class Feature:
    name: str
    kind: str
    geometry: Any


@dataclass(frozen=True, slots=True)
class Outlined:
    """An area that stands, with its newest outline."""

    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    parent_name: str
    geometry: Any


@dataclass(frozen=True, slots=True)
class Inside:
    """Buildings in an area, and the households that the base map's file tells of them; None where it tells none."""

    buildings: int
    households: int | None


def widened(box: Box, metres: float) -> Box:
    import math

    lat = metres / 111_320
    lon = lat / max(math.cos(math.radians((box[1] + box[3]) / 2)), 0.01)
    return box[0] - lon, box[1] - lat, box[2] + lon, box[3] + lat


def around(*boxes: Box) -> Box:
    """The box of boxes."""
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def features(layers: tuple[str, ...], box: Box, *, named: bool = False, zoom: int | None = None) -> dict[str, list[Feature]]:
    """Features of the present base map that touch a box, by layer. `zoom`: only those shown from it on. Two statements."""
    import shapely

    shown = dict(LayerVersion.objects.filter(state="current", layer__in=layers).values_list("id", "layer"))
    found: dict[str, list[Feature]] = {layer: [] for layer in layers}
    if not shown:
        return found
    rows = meeting(BaseFeature.objects.filter(version_id__in=list(shown)), box)
    if named:
        rows = rows.exclude(name="")
    if zoom is not None:
        rows = rows.filter(zoom__lte=zoom)
    told = list(rows.order_by("id").values_list("version_id", "name", "kind", "wkb"))
    shapes = shapely.from_wkb([bytes(row[3]) for row in told])
    for (version, name, kind, _), shape in zip(told, shapes, strict=True):
        found[shown[version]].append(Feature(name, kind, shape))
    return found


def buildings_inside(outline: Any) -> Inside | None:
    """Buildings that stand in an outline by a point of theirs; None where the map has no buildings. Two statements."""
    import shapely

    version = LayerVersion.objects.filter(state="current", layer="buildings").values_list("id", flat=True).first()
    if version is None:
        return None
    count, households, told = 0, 0, False
    shapely.prepare(outline)
    rows = meeting(BaseFeature.objects.filter(version_id=version), tuple(shapely.bounds(outline).tolist()))
    for some in _portions(rows.order_by("id").values_list("wkb", "households").iterator(chunk_size=_PORTION)):
        inside = shapely.contains(outline, shapely.point_on_surface(shapely.from_wkb([bytes(row[0]) for row in some])))
        count += int(inside.sum())
        known = [row[1] for row, within in zip(some, inside.tolist(), strict=True) if within and row[1] is not None]
        households, told = households + sum(known), told or bool(known)
    return Inside(count, households if told else None)


def outlined(condition: Q, box: Box | None = None) -> list[Outlined]:
    """Areas in force that fulfil a condition (on `Boundary`), and touch the box; each with its newest outline."""
    import shapely

    rows = Boundary.objects.filter(condition, area__status="active", area__plan__state="published", plan__state="published")
    if box is not None:
        rows = meeting(rows, box)
    newest: dict[int, tuple[Any, ...]] = {}
    for row in rows.order_by("area__code", "plan__number").values_list(
            "area_id", "area__code", "area__name", "area__kind", "area__parent_id", "area__parent__name", "wkb"):
        newest[row[0]] = row
    shapes = shapely.from_wkb([bytes(row[6]) for row in newest.values()])
    return [Outlined(area, code, name, kind, parent, parent_name or "", shape)
            for (area, code, name, kind, parent, parent_name, _), shape in zip(newest.values(), shapes, strict=True)]


def _portions(rows: Iterator[Any]) -> Iterator[list[Any]]:
    portion: list[Any] = []
    for row in rows:
        portion.append(row)
        if len(portion) == _PORTION:
            yield portion
            portion = []
    if portion:
        yield portion
