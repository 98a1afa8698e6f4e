"""Lines as they come from files: streets and streams. What cannot be used is named; nothing is repaired."""

from typing import TYPE_CHECKING, Any

from jingwei.formats.findings import Finding, finding
from jingwei.formats.shape_errors import ShapeError, shape_name

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def check_line(given: "BaseGeometry | None") -> "tuple[Any, tuple[Finding, ...]]":
    """(line, ()): taken as it stands. (None, findings): not taken."""
    import numpy as np
    from shapely import get_coordinates

    if given is None:
        return None, (finding(ShapeError.GEOMETRY_MISSING),)
    if given.geom_type not in ("LineString", "MultiLineString"):
        return None, (finding(ShapeError.NOT_A_LINE, found=shape_name(given)),)
    places = get_coordinates(given)
    if not np.isfinite(places).all():
        return None, (finding(ShapeError.POINT_NOT_FINITE),)
    outside = (np.abs(places) > (180.0, 90.0)).any(axis=1)
    if outside.any():
        lon, lat = places[outside][0]
        return None, (finding(ShapeError.POINT_OUT_OF_RANGE, lon=f"{lon:.6f}", lat=f"{lat:.6f}"),)
    if not given.length > 0:
        return None, (finding(ShapeError.LINE_WITHOUT_LENGTH),)
    return given, ()
