"""What lies in a box: features of the base map, outlines of areas. Not narrowed: for rooms' own commands and papers,
which have made sure that the actor may see the place; the base map is nobody's secret.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from jingwei.grids import quadtree
from jingwei.grids.models import BaseFeature, Boundary, LayerVersion

Box = tuple[float, float, float, float]


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
    rows = _near(BaseFeature.objects.filter(version_id__in=list(shown)), box)
    if named:
        rows = rows.exclude(name="")
    if zoom is not None:
        rows = rows.filter(zoom__lte=zoom)
    told = list(rows.order_by("id").values_list("version_id", "name", "kind", "wkb"))
    shapes = shapely.from_wkb([bytes(row[3]) for row in told])
    for (version, name, kind, _), shape in zip(told, shapes, strict=True):
        found[shown[version]].append(Feature(name, kind, shape))
    return found


def count_inside(layer: str, outline: Any) -> int | None:
    """How many features of a layer lie in an outline by a point of theirs; None where the map has no such layer."""
    import shapely

    version = LayerVersion.objects.filter(state="current", layer=layer).values_list("id", flat=True).first()
    if version is None:
        return None
    count = 0
    shapely.prepare(outline)
    box: Box = tuple(shapely.bounds(outline).tolist())
    rows = _near(BaseFeature.objects.filter(version_id=version), box).order_by("id").values_list("wkb", flat=True)
    for some in _portions(rows.iterator(chunk_size=5_000), 5_000):
        count += int(shapely.contains(outline, shapely.point_on_surface(shapely.from_wkb(some))).sum())
    return count


def outlined(condition: Q, box: Box | None = None) -> list[Outlined]:
    """Areas in force that fulfil a condition (on `Boundary`), and touch the box; each with its newest outline."""
    import shapely

    rows = Boundary.objects.filter(condition, area__status="active", area__plan__state="published", plan__state="published")
    if box is not None:
        rows = _near(rows, box)
    newest: dict[int, tuple[Any, ...]] = {}
    for row in rows.order_by("area__code", "plan__number").values_list(
            "area_id", "area__code", "area__name", "area__kind", "area__parent_id", "area__parent__name", "wkb"):
        newest[row[0]] = row
    shapes = shapely.from_wkb([bytes(row[6]) for row in newest.values()])
    return [Outlined(area, code, name, kind, parent, parent_name or "", shape)
            for (area, code, name, kind, parent, parent_name, _), shape in zip(newest.values(), shapes, strict=True)]


def _near(rows: QuerySet[Any], box: Box) -> QuerySet[Any]:
    west, south, east, north = box
    near = rows.filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)
    z, x, y = _tile(box)
    return near.filter(Q(spot__range=quadtree.within(z, x, y)) | Q(spot__in=quadtree.above(z, x, y)))


def _tile(box: Box) -> tuple[int, int, int]:
    """The smallest tile that holds a box: what touches the box is filed below it or above it."""
    z, x, y = 0, 0, 0
    wanted = quadtree.home(*box)
    while z < quadtree.DEEPEST:
        for column, row in ((2 * x, 2 * y), (2 * x + 1, 2 * y), (2 * x, 2 * y + 1), (2 * x + 1, 2 * y + 1)):
            first, last = quadtree.within(z + 1, column, row)
            if first <= wanted <= last:
                z, x, y = z + 1, column, row
                break
        else:
            break
    return z, x, y


def _portions(rows: Iterator[Any], size: int) -> Iterator[list[bytes]]:
    portion: list[bytes] = []
    for wkb in rows:
        portion.append(bytes(wkb))
        if len(portion) == size:
            yield portion
            portion = []
    if portion:
        yield portion
