"""About where China lies: enough to tell a coordinate system that cannot be from one that may, and for nothing else.

Bands of latitude with the westernmost and easternmost longitude of land and islands, drawn wide on purpose.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BANDS = (  # up to which latitude, from, to which longitude
    (3.0, 181.0, -181.0), (16.0, 105.0, 120.0), (20.0, 106.5, 120.0), (24.0, 96.5, 123.5), (28.0, 85.5, 125.5),
    (32.0, 77.5, 125.0), (36.0, 73.5, 125.0), (40.0, 73.0, 126.5), (44.0, 73.0, 132.5), (48.0, 78.5, 135.5),
    (54.0, 84.5, 136.0))


def in_china(places: "NDArray[np.float64]") -> "NDArray[np.bool_]":
    """For each longitude and latitude: may it be."""
    import numpy as np

    lon, lat = places[:, 0], places[:, 1]
    tops, west, east = (np.array(column) for column in zip(*_BANDS, strict=True))
    band = np.searchsorted(tops, np.where(np.isfinite(lat), lat, 99.0), side="right")
    known = band < len(_BANDS)
    at = np.minimum(band, len(_BANDS) - 1)
    found: NDArray[np.bool_] = known & (lon >= west[at]) & (lon <= east[at])
    return found
