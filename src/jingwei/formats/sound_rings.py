"""Which of many polygons `rings.check_polygon` would hand back untouched: asked of all of them at once.

Nearly all of a layer's polygons are sound, and looking at them one by one takes longer than all the rest of an import.
"""

from typing import TYPE_CHECKING

from jingwei.formats.rings import NO_AREA, turns_back

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Shapes = NDArray[np.object_]


def sound(shapes: "Shapes") -> "NDArray[np.bool_]":
    """True: `check_polygon` gives (shape, ()). False: ask it what it finds."""
    import numpy as np
    import shapely

    kinds = shapely.get_type_id(shapes)
    found: NDArray[np.bool_] = ((kinds == 3) | (kinds == 6)) & ~shapely.is_empty(shapes) & ~shapely.has_z(shapes)
    boxes = shapely.bounds(shapes)
    with np.errstate(invalid="ignore"):
        found &= (np.abs(boxes) <= (180.0, 90.0, 180.0, 90.0)).all(axis=1)
    some = np.flatnonzero(found)
    found[some] = shapely.is_valid(shapes[some]) & (shapely.area(shapes[some]) >= NO_AREA) & _tidy(shapes[some])
    return found


def _tidy(shapes: "Shapes") -> "NDArray[np.bool_]":
    """No ring has a point twice in a row, a spike, or fewer than three corners; no part is empty."""
    import numpy as np
    import shapely

    tidy = np.ones(len(shapes), dtype=bool)
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    tidy[of_shape[shapely.is_empty(parts)]] = False
    rings, of_part = shapely.get_rings(parts, return_index=True)
    if not len(rings):
        return tidy
    of_ring = of_shape[of_part]
    places, ring = shapely.get_coordinates(rings, return_index=True)
    # the last place of a ring is its first again
    last = np.append(ring[1:] != ring[:-1], True)
    places, ring = places[~last], ring[~last]
    begins = np.append(True, ring[1:] != ring[:-1])
    starts = np.flatnonzero(begins)
    ends = np.append(starts[1:], len(ring)) - 1
    before, after = np.arange(len(ring)) - 1, np.arange(len(ring)) + 1
    before[starts], after[ends] = ends, starts
    odd = (places == places[before]).all(axis=1) | turns_back(places, places[before], places[after])
    tidy[of_ring[ring[odd]]] = False
    few = np.bincount(ring, minlength=len(rings)) < 3
    tidy[of_ring[few]] = False
    return tidy
