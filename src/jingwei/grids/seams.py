"""How polygons lie beside each other: areas in square metres, overlaps, gaps, shares of one in another.

Areas are exact on the GRS 80 ellipsoid of CGCS2000: longitude and latitude are laid into the cylindrical
equal-area plane (x = a * lon, y = a * q(lat) / 2, Snyder 1987, equations 3-12 and 10-14), where shapely measures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

DUST = 0.01  # square metres: less is rounding, not an overlap
_A = 6_378_137.0
_E2 = 0.006694380022903416
_E = _E2**0.5

Geometries = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two polygons, by their places in the list, share `area` square metres: `share` of the smaller one."""

    one: int
    other: int
    area: float
    share: float


@dataclass(frozen=True, slots=True)
class Gaps:
    count: int
    area: float


def flat(geometries: Sequence[Any] | Geometries) -> Geometries:
    """The same polygons in the equal-area plane, in metres. Shapes are distorted there, areas are true."""
    return np.atleast_1d(shapely.transform(np.asarray(geometries, dtype=object), _plane))


def _plane(points: NDArray[np.float64]) -> NDArray[np.float64]:
    sine = np.sin(np.radians(points[:, 1]))
    q = (1 - _E2) * (sine / (1 - _E2 * sine**2) + np.arctanh(_E * sine) / _E)
    return np.column_stack((_A * np.radians(points[:, 0]), _A * q / 2))


def areas_m2(geometries: Sequence[Any] | Geometries) -> NDArray[np.float64]:
    """Square metres of polygons in longitude and latitude."""
    return np.asarray(shapely.area(flat(geometries)), dtype=np.float64)


def overlaps(plane: Geometries) -> list[Overlap]:
    """Every pair that shares more than a border (and DUST), by places. `plane`: from `flat`."""
    one, other = shapely.STRtree(plane).query(plane, predicate="intersects")
    once = one < other
    one, other = one[once], other[once]
    shared = shapely.area(shapely.intersection(plane[one], plane[other]))
    smaller = np.minimum(shapely.area(plane[one]), shapely.area(plane[other]))
    order = np.lexsort((other, one))
    return [Overlap(int(one[i]), int(other[i]), float(shared[i]), float(shared[i] / smaller[i]))
            for i in order if shared[i] > DUST]


def holes(plane: Geometries) -> Gaps:
    """What lies enclosed between polygons that ought to touch."""
    rings = [ring for part in shapely.get_parts(shapely.union_all(plane)) for ring in part.interiors]
    if not rings:
        return Gaps(0, 0.0)
    own = _own_holes(plane)
    missing = shapely.difference(shapely.polygons(rings), own)
    sizes = shapely.area(missing)
    return Gaps(int((sizes > 0).sum()), float(sizes.sum()))


def _own_holes(plane: Geometries) -> Any:
    """Holes that a polygon has by itself and nobody fills are meant: a lake, an enclave elsewhere."""
    rings = [ring for part in shapely.get_parts(plane) for ring in part.interiors]
    return shapely.union_all(shapely.polygons(rings)) if rings else shapely.Polygon()


def uncovered(ground: Any, plane: Geometries) -> Gaps:
    """What of `ground` (in the same plane) none of the polygons covers."""
    left = shapely.get_parts(shapely.difference(ground, shapely.union_all(plane)))
    return Gaps(len(left), float(shapely.area(left).sum()))


def shares(plane: Geometries, grounds: Geometries) -> list[list[tuple[int, float]]]:
    """For each polygon the grounds it lies in, by place, with the share of its area there, largest first."""
    found: list[list[tuple[int, float]]] = [[] for _ in plane]
    polygons, places = shapely.STRtree(grounds).query(plane, predicate="intersects")
    shared = shapely.area(shapely.intersection(plane[polygons], grounds[places]))
    whole = shapely.area(plane)
    for polygon, place, area in zip(polygons.tolist(), places.tolist(), shared.tolist(), strict=True):
        if area > 0:
            found[polygon].append((place, area / whole[polygon]))
    return [sorted(own, key=lambda pair: (-pair[1], pair[0])) for own in found]
