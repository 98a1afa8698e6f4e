"""From degrees to millimetres on paper: a round scale at which a ground fits its frame."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

_METRES = 111_320.0  # of a degree of latitude
_ROUND = (1, 1.2, 1.5, 1.8, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 9)


@dataclass(frozen=True, slots=True)
class Frame:
    """`width`, `height`: millimetres of the map. `scale`: the n of 1:n. `lon`, `lat`: what lies in its middle."""

    width: float
    height: float
    scale: int
    lon: float
    lat: float

    def laid(self, geometries: Any) -> Any:
        """Shapes in millimetres from the upper left corner, y downwards; distances are true within a district."""
        per_degree = 1000 * _METRES / self.scale
        shrink = math.cos(math.radians(self.lat))

        def place(points: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.column_stack(((points[:, 0] - self.lon) * shrink * per_degree + self.width / 2,
                                    (self.lat - points[:, 1]) * per_degree + self.height / 2))

        return shapely.transform(geometries, place)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north of what is seen, in degrees."""
        half_y = self.height / 2 * self.scale / 1000 / _METRES
        half_x = self.width / 2 * self.scale / 1000 / _METRES / math.cos(math.radians(self.lat))
        return self.lon - half_x, self.lat - half_y, self.lon + half_x, self.lat + half_y

    def bar(self, longest: float = 45.0) -> tuple[int, float]:
        """Metres of a round scale bar of at most so many millimetres, and its millimetres."""
        most = longest * self.scale / 1000
        power = 10 ** math.floor(math.log10(most))
        metres = next(times * power for times in (5, 2, 1) if times * power <= most)
        return int(max(metres, 1)), metres * 1000 / self.scale


def fit(outline: Any, width: float, height: float, margin: float = 6.0) -> Frame:
    """The largest round scale at which an outline in degrees stands in a frame with a margin around it."""
    west, south, east, north = shapely.bounds(outline).tolist()
    lat = (south + north) / 2
    metres_x = (east - west) * _METRES * math.cos(math.radians(lat))
    metres_y = (north - south) * _METRES
    least = max(metres_x * 1000 / (width - 2 * margin), metres_y * 1000 / (height - 2 * margin), 100.0)
    return Frame(width, height, round_scale(least), (west + east) / 2, lat)


def round_scale(least: float) -> int:
    """The next round n of 1:n at or above a number."""
    power = 10 ** math.floor(math.log10(least))
    return int(next((times * power for times in _ROUND if times * power >= least - 1e-6), 10 * power))
