"""How polygons lie beside each other, in square metres."""

import numpy as np
import pytest
import shapely
from pyproj import Geod

from jingwei.grids import seams

GEOD = Geod(ellps="GRS80")


def square(lon: float, lat: float, degrees: float = 0.001) -> shapely.Polygon:
    return shapely.box(lon, lat, lon + degrees, lat + degrees)


@pytest.mark.parametrize("lat", [0.0, 18.2, 31.23, 53.5, -33.0])
def test_areas_are_those_of_the_ellipsoid(lat: float) -> None:
    """Compared with geodesic areas; a small square's edges differ by nothing that matters."""
    expected = abs(GEOD.geometry_area_perimeter(square(121.47, lat))[0])
    assert seams.areas_m2([square(121.47, lat)])[0] == pytest.approx(expected, rel=1e-6)


def test_neighbours_that_share_a_border_do_not_overlap() -> None:
    plane = seams.flat([square(120, 23), square(120.001, 23), square(120.0015, 23)])
    (overlap,) = seams.overlaps(plane)
    assert (overlap.one, overlap.other) == (1, 2)
    assert overlap.share == pytest.approx(0.5, rel=1e-6)
    assert overlap.area == pytest.approx(seams.areas_m2([square(120, 23)])[0] / 2, rel=1e-6)


def test_an_enclosed_gap_is_a_hole_and_a_lake_of_ones_own_is_not() -> None:
    around = [square(120 + x / 1000, 23 + y / 1000) for x in range(3) for y in range(3) if (x, y) != (1, 1)]
    gaps = seams.holes(seams.flat(around))
    assert gaps.count == 1
    assert gaps.area == pytest.approx(seams.areas_m2([square(120.001, 23.001)])[0], rel=1e-6)
    ring = shapely.Polygon(shapely.box(0, 0, 3, 3).exterior, [shapely.box(1, 1, 2, 2).exterior])
    assert seams.holes(seams.flat([ring])).count == 0


def test_what_is_left_uncovered_is_measured() -> None:
    ground = shapely.box(120, 23, 120.002, 23.001)
    gaps = seams.uncovered(seams.flat([ground])[0], seams.flat([square(120, 23)]))
    assert gaps.count == 1
    assert gaps.area == pytest.approx(seams.areas_m2([square(120.001, 23)])[0], rel=1e-6)


def test_shares_tell_the_largest_first() -> None:
    grounds = seams.flat([shapely.box(120, 23, 120.0003, 24), shapely.box(120.0003, 23, 121, 24)])
    (own, nobody) = seams.shares(seams.flat([square(120, 23.5), square(110, 23.5)]), grounds)
    assert [place for place, _ in own] == [1, 0]
    assert [share for _, share in own] == pytest.approx([0.7, 0.3], rel=1e-6)
    assert nobody == []


def test_flat_keeps_the_number_of_polygons() -> None:
    assert isinstance(seams.flat([square(1, 1)]), np.ndarray)
    assert len(seams.flat([square(1, 1)])) == 1
