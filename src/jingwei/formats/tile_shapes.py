"""Shapes in degrees as a map tile holds them: projected, simplified, clipped, in whole numbers. Vectorised."""

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Shapes = NDArray[np.object_]

EXTENT = 4096    # units along a side of a tile
BUFFER = 64      # units beyond it, so that lines do not end in sight
_NORTHERNMOST = 85.0511287798066

_SURFACES, _COLLECTION = (3, 6), 7  # shapely's numbers of Polygon, MultiPolygon and GeometryCollection

Ring = list[tuple[int, int]]


def on_tile(shapes: "Shapes", z: int, x: int, y: int, *, tolerance: float = 0.0) -> "Shapes":
    """Shapes in the units of tile (z, x, y), y downwards, simplified by up to `tolerance` units and clipped.

    Simplified before it is clipped: the same shape meets itself where two tiles meet.
    """
    import numpy as np
    import shapely

    flat = projected(shapes, z, x, y)
    if tolerance:
        flat = shapely.simplify(flat, tolerance, preserve_topology=True)
    low, high = -BUFFER, EXTENT + BUFFER
    clipped: Shapes = np.asarray(shapely.clip_by_rect(flat, low, low, high, high), dtype=object)
    return clipped


def projected(shapes: "Shapes", z: int, x: int, y: int) -> "Shapes":
    """Shapes in the units of a tile (Web Mercator), nothing left away."""
    import numpy as np
    import shapely

    scale = float(EXTENT * (1 << z))

    def units(places: "NDArray[np.float64]") -> "NDArray[np.float64]":
        lat = np.radians(np.clip(places[:, 1], -_NORTHERNMOST, _NORTHERNMOST))
        right = (places[:, 0] + 180) / 360 * scale - x * EXTENT
        down = (0.5 - np.arcsinh(np.tan(lat)) / (2 * math.pi)) * scale - y * EXTENT
        return np.column_stack([right, down])

    return np.asarray(shapely.transform(np.asarray(shapes, dtype=object), units), dtype=object)


def polygons(shapes: "Shapes") -> list[list[list[Ring]]]:
    """Per shape its polygons, each a list of rings in whole numbers: the outer one clockwise on the screen, holes against it.

    Rings are open (the last place is not the first again). What is less than a unit is left out.
    """
    import numpy as np
    import shapely

    found: list[list[list[Ring]]] = [[] for _ in range(len(shapes))]
    parts, of_shape = shapely.get_parts(_snapped(shapes), return_index=True)
    parts, of_shape = _only(parts, of_shape, shapely.GeometryType.POLYGON)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    places, of_ring = shapely.get_coordinates(rings, return_index=True)
    ends = np.searchsorted(of_ring, np.arange(len(rings) + 1))
    whole = np.rint(places).astype(int).tolist()
    last = -1
    for ring, part in enumerate(of_part.tolist()):
        closed = [(right, down) for right, down in whole[ends[ring]:ends[ring + 1]]]
        outer = part != last
        last = part
        if outer:
            found[of_shape[part]].append([])
        found[of_shape[part]][-1].append(_turned(closed[:-1], clockwise=outer))
    return found


def lines(shapes: "Shapes") -> list[list[Ring]]:
    """Per shape its lines in whole numbers, without places that repeat the one before."""
    import numpy as np
    import shapely

    found: list[list[Ring]] = [[] for _ in range(len(shapes))]
    parts, of_shape = _flattened(shapes)
    parts, of_shape = _only(parts, of_shape, shapely.GeometryType.LINESTRING)
    places, of_line = shapely.get_coordinates(parts, return_index=True)
    ends = np.searchsorted(of_line, np.arange(len(parts) + 1))
    whole = np.rint(places).astype(int).tolist()
    for line, shape in enumerate(of_shape.tolist()):
        run = [(right, down) for right, down in whole[ends[line]:ends[line + 1]]]
        kept = [place for place, before in zip(run, [None, *run], strict=False) if place != before]
        if len(kept) > 1:
            found[shape].append(kept)
    return found


def _snapped(shapes: "Shapes") -> "Shapes":
    """The surfaces of the shapes on whole numbers, valid."""
    import numpy as np
    import shapely

    sound = np.array(shapes, dtype=object)
    kinds = shapely.get_type_id(sound)
    for index in np.flatnonzero(kinds == _COLLECTION).tolist():
        sound[index] = _surfaces_of(sound[index])
    sound[~np.isin(shapely.get_type_id(sound), _SURFACES)] = None
    broken = ~shapely.is_valid(sound) & ~shapely.is_missing(sound)  # clipping may leave a ring that touches itself
    for index in np.flatnonzero(broken).tolist():
        sound[index] = _surfaces_of(shapely.make_valid(sound[index]))
    return np.asarray(shapely.set_precision(sound, 1.0), dtype=object)


def _surfaces_of(shape: Any) -> Any:
    import shapely

    return shapely.union_all([part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")])


def _flattened(shapes: "Shapes") -> Any:
    """Single parts, collections of collections too, with the index of their shape."""
    import shapely

    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    again, of_part = shapely.get_parts(parts, return_index=True)
    return again, of_shape[of_part]


def _only(parts: Any, of_shape: Any, kind: Any) -> Any:
    import shapely

    kept = (shapely.get_type_id(parts) == kind) & ~shapely.is_empty(parts)
    return parts[kept], of_shape[kept]


def _turned(ring: Ring, *, clockwise: bool) -> Ring:
    """The ring in the wanted direction as seen on the screen, where y grows downwards."""
    double = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True))
    return ring if (double > 0) == clockwise else ring[::-1]
