"""Metres on the ground of the invented district, and degrees on the ellipsoid.

The district stands at 102°E 40.5°N, in open sand desert where there is no town: nobody can mistake its streets
for their own. 102°E is also the central meridian of a 3-degree zone (EPSG:4543), so planar areas measured there
agree with ours.

The projection is the sinusoidal one on the CGCS2000 ellipsoid, taken about the centre: northing follows the
meridian, easting the parallel. It keeps areas; over 3 km its lengths are right to some 2·10⁻⁴.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Points = npt.NDArray[np.float64]

CENTRE_LON = 102.0
CENTRE_LAT = 40.5
DECIMALS = 8  # about a millimetre: every vertex is rounded alike, so shared borders stay shared

_SEMI_MAJOR = 6_378_137.0
_FLATTENING = 1 / 298.257222101
_E2 = _FLATTENING * (2 - _FLATTENING)


def _radii(lat_deg: Any) -> tuple[Any, Any]:
    """Radii of curvature in metres at a latitude: along the meridian, and across it."""
    root = 1 - _E2 * np.sin(np.radians(lat_deg)) ** 2
    return _SEMI_MAJOR * (1 - _E2) / root**1.5, _SEMI_MAJOR / np.sqrt(root)


def to_lonlat(metres: Points) -> Points:
    """(n, 2) metres east and north of the centre → (n, 2) degrees, longitude first."""
    meridian, _ = _radii(CENTRE_LAT)
    lat = CENTRE_LAT + np.degrees(metres[:, 1] / meridian)
    _, across = _radii(lat)
    lon = CENTRE_LON + np.degrees(metres[:, 0] / (across * np.cos(np.radians(lat))))
    return np.round(np.column_stack([lon, lat]), DECIMALS)


def to_metres(lonlat: Points) -> Points:
    """The inverse of `to_lonlat`, to the millimetre of its rounding."""
    meridian, _ = _radii(CENTRE_LAT)
    north = np.radians(lonlat[:, 1] - CENTRE_LAT) * meridian
    _, across = _radii(lonlat[:, 1])
    east = np.radians(lonlat[:, 0] - CENTRE_LON) * across * np.cos(np.radians(lonlat[:, 1]))
    return np.column_stack([east, north])


def degrees(geometries: Any) -> Any:
    """One geometry or an array of them, from metres to degrees."""
    return shapely.transform(geometries, to_lonlat)


def metres(geometries: Any) -> Any:
    """One geometry or an array of them, from degrees to metres."""
    return shapely.transform(geometries, to_metres)
