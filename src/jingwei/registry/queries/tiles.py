"""Parts as a layer of the map's tiles, made when asked for: what was entered a moment ago is on the next one."""

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from jingwei.accounts.queries import Right, narrow, require
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.registry.models import Part
from jingwei.registry.parts.states import RETIRED

if TYPE_CHECKING:
    from jingwei.formats.vector_tile import TileLayer

NEAREST, DEEPEST = 15, grids.quadtree.DEEPEST
"""Zooms that have tiles: from farther away parts are too many to be told apart."""
_PORTION = 1_000
_HALF_PIXEL = 4.0


def tile(actor: Actor, z: int, x: int, y: int) -> tuple[bytes, str] | None:
    """The bytes of a tile and their name (an ETag), b"" where nothing stands. None where there is no such tile.

    Layer `parts`: points, and lines and surfaces under the same properties. Three statements beside signing in.
    """
    from jingwei.formats.vector_tile import TileLayer
    from jingwei.formats.vector_tile import tile as bytes_of

    require(actor, Right.PART_READ)
    if not NEAREST <= z <= DEEPEST or not grids.quadtree.exists(z, x, y):
        return None
    layer = TileLayer("parts", z, x, y, tolerance=0.0 if z >= DEEPEST else _HALF_PIXEL)
    rows = narrow(Part.objects.all(), actor, Right.PART_READ, area="area_path").exclude(state__in=RETIRED)
    classes = catalogue.book(generations()).classes
    for portion in _portions(rows, (z, x, y)):
        _put(layer, portion, classes)
    data = bytes_of([layer])
    return data, hashlib.sha256(data).hexdigest()[:24]


def _portions(rows: QuerySet[Part], address: tuple[int, int, int]) -> Iterator[list[tuple[Any, ...]]]:
    west, south, east, north = grids.quadtree.box(*address)
    near = rows.filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)
    portion: list[tuple[Any, ...]] = []
    for some in (near.filter(spot__range=grids.quadtree.within(*address)), near.filter(spot__in=grids.quadtree.above(*address))):
        columns = ("wkb", "id", "number", "name", "class_entry_id", "state", "shape")
        for row in some.order_by("number").values_list(*columns).iterator(chunk_size=_PORTION):
            portion.append(row)
            if len(portion) >= _PORTION:
                yield portion
                portion = []
    if portion:
        yield portion


def _put(layer: "TileLayer", portion: list[tuple[Any, ...]], classes: Any) -> None:
    import numpy as np
    import shapely

    shapes = shapely.from_wkb([bytes(row[0]) for row in portion])
    told = [{"id": str(row[1]), "number": row[2], "name": row[3], "class": classes[row[4]].code if row[4] in classes else "",
             "state": row[5]} for row in portion]
    pointed = np.array([row[6] == "point" for row in portion])
    for chosen, put in ((pointed, layer.add_points), (~pointed, layer.add)):
        places = np.flatnonzero(chosen)
        if len(places):
            put(shapes[places], [told[place] for place in places])
