"""Shapes of the base map near a place, for what is reckoned from them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jingwei.grids.models import BaseFeature, LayerVersion
from jingwei.grids.near import Box, box_of, meeting
from jingwei.grids.weighing import Weight, weigh

_MARGIN = 1e-4  # degrees, some ten metres: a building that only reaches in is looked at too


def buildings(box: Box) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """The buildings that meet a box in degrees, valid, with the households of each (nan: not counted)."""
    import shapely

    rows = list(_in("buildings", box).values_list("wkb", "households"))
    shapes = shapely.make_valid(shapely.from_wkb([bytes(wkb) for wkb, _ in rows])) if rows else np.empty(0, dtype=object)
    surfaces = np.isin(shapely.get_type_id(shapes), (3, 6)) if rows else np.empty(0, dtype=bool)
    living = np.array([np.nan if count is None else count for _, count in rows], dtype=np.float64)
    return np.atleast_1d(shapes)[surfaces], living[surfaces]


def _in(layer: str, box: Box) -> Any:
    shown = LayerVersion.objects.filter(layer=layer, state="current").values("id")[:1]
    return meeting(BaseFeature.objects.filter(version=shown), box, _MARGIN)


def homes(box: Box) -> list[tuple[float, float, float]]:
    """(longitude, latitude, households) of the buildings in a box that somebody counted."""
    import shapely

    shapes, living = buildings(box)
    known = np.flatnonzero(living > 0)
    middles = shapely.get_coordinates(shapely.point_on_surface(shapes[known]))
    return [(float(x), float(y), float(count)) for (x, y), count in zip(middles, living[known], strict=True)]


def weights(shapes: Sequence[Any]) -> list[Weight]:
    """What stands in each of some neighbouring shapes (degrees)."""
    return weigh(shapes, *buildings(box_of(shapes)))


def lines(layer: str, box: Box) -> NDArray[Any]:
    """Streets or waters that meet a box, valid."""
    import shapely

    rows = list(_in(layer, box).values_list("wkb", flat=True))
    return np.atleast_1d(shapely.make_valid(shapely.from_wkb([bytes(wkb) for wkb in rows]))) if rows else np.empty(0, dtype=object)


def counts(box: Box) -> dict[str, int]:
    """How many features of each layer meet a box."""
    return {layer: _in(layer, box).count() for layer in ("streets", "buildings", "water")}
