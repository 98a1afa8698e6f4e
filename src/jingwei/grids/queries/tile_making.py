"""One tile of the map from the tables: rows by the tree of tiles, in portions, straight into the tile's bytes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from jingwei.grids import quadtree
from jingwei.grids.layer_fields import BASE_LAYERS, EARLIEST
from jingwei.grids.models import BaseFeature, Boundary, LayerVersion
from jingwei.grids.placing import BASE

if TYPE_CHECKING:
    from jingwei.formats.vector_tile import TileLayer

_PORTION = 1_000  # rows in memory at once
_HALF_PIXEL = 4.0  # units of a tile; the deepest tiles are drawn larger and stay as they are
_LEVELS_FROM = {0: 3, 8: 4, 10: 5, 13: 6, 14: 99}
"""Zoom → the deepest level shown: counties, then streets, communities, responsibility grids, unit grids."""


def encoded(z: int, x: int, y: int, inside: Q) -> bytes:
    """The bytes of a tile. `inside`: the condition on outlines that whoever asks may know of."""
    from jingwei.formats.vector_tile import TileLayer, tile

    tolerance = 0.0 if z >= quadtree.DEEPEST else _HALF_PIXEL
    shown = dict(LayerVersion.objects.filter(state="current").values_list("layer", "id"))
    layers = []
    for name in BASE_LAYERS:
        if name in shown and z >= EARLIEST[name]:
            layers.append(TileLayer(name, z, x, y, tolerance=tolerance))
            _add_features(layers[-1], shown[name])
    areas, labels = TileLayer("areas", z, x, y, tolerance=tolerance), TileLayer("area_labels", z, x, y)
    _add_areas(areas, labels, inside)
    return tile([*layers, areas, labels])


def newest_outlines(inside: Q) -> QuerySet[Boundary]:
    """The present outlines of the areas that stand in the base system."""
    standing = Boundary.objects.filter(inside, area__system=BASE, area__status="active",
                                       area__plan__state="published", plan__state="published")
    later = Boundary.objects.filter(area=OuterRef("area"), plan__state="published", plan__number__gt=OuterRef("plan__number"))
    return standing.filter(~Exists(later))


def level_at(z: int) -> int:
    """The deepest level of areas shown at a zoom."""
    return max(level for zoom, level in _LEVELS_FROM.items() if zoom <= z)


def _add_features(layer: "TileLayer", version_id: int) -> None:
    rows = BaseFeature.objects.filter(version_id=version_id, zoom__lte=layer.address[0])
    columns = ("wkb", "name", "kind") if layer.name == "streets" else ("wkb", "name")
    for portion in portions(rows, layer.address, *columns):
        layer.add(_shapes(portion), [{key: value for key, value in zip(columns[1:], row[1:], strict=True) if value}
                                     for row in portion])


def _add_areas(areas: "TileLayer", labels: "TileLayer", inside: Q) -> None:
    import shapely

    rows = newest_outlines(inside).filter(area__level__lte=level_at(areas.address[0]))
    columns = ("area_id", "area__code", "area__name", "area__kind", "area__level")
    for portion in portions(rows, areas.address, "wkb", *columns):
        shapes = _shapes(portion)
        told = [dict(zip(("id", "code", "name", "kind", "level"), row[1:], strict=True)) for row in portion]
        ids = [row[1] for row in portion]
        areas.add(shapes, told, ids)
        labels.add_points(shapely.point_on_surface(shapes), told, ids)


def _shapes(rows: list[tuple[Any, ...]]) -> Any:
    import shapely

    return shapely.from_wkb([bytes(row[0]) for row in rows])


def portions(rows: QuerySet[Any], address: tuple[int, int, int], *columns: str) -> Iterator[list[tuple[Any, ...]]]:
    """The rows whose box meets a tile: those filed below it, and the larger ones filed above it."""
    west, south, east, north = quadtree.box(*address)
    near = rows.filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)
    portion: list[tuple[Any, ...]] = []
    for some in (near.filter(spot__range=quadtree.within(*address)), near.filter(spot__in=quadtree.above(*address))):
        for row in some.order_by("id").values_list(*columns).iterator(chunk_size=_PORTION):
            portion.append(row)
            if len(portion) >= _PORTION:
                yield portion
                portion = []
    if portion:
        yield portion
