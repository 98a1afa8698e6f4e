"""The integer cell of about 100 m."""

from math import cos, hypot, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.grids import cells

LON = st.floats(-180, 180)
LAT = st.floats(-90, 90)
METRES = 111_320.0


def test_the_formula_is_the_stated_one() -> None:
    """116.404 E 39.915 N: row floor(129.915 * 1100), column floor(296.404 * 1000)."""
    assert cells.cell_of(116.404, 39.915) == 142906 * 360000 + 296404
    assert cells.cell_of(-180, -90) == 0
    assert cells.cell_of(179.9999, 90) == cells.ROWS * cells.COLUMNS - 1


def test_the_date_line_belongs_to_column_zero() -> None:
    assert cells.cell_of(180, 10) == cells.cell_of(-180, 10)


@pytest.mark.parametrize(("lon", "lat"), [(181, 0), (0, 91), (float("nan"), 0), (0, float("inf"))])
def test_a_place_off_the_earth_has_no_cell(lon: float, lat: float) -> None:
    with pytest.raises(ValueError, match="not a place on earth"):
        cells.cell_of(lon, lat)


@given(LON, LAT)
def test_a_point_lies_in_its_cell(lon: float, lat: float) -> None:
    west, south = cells.corner(cells.cell_of(lon, lat))
    east = (lon - west + 1e-9) % 360  # round the globe: just below 180 E rounds to 180 W
    assert east < 1 / 1000 + 2e-9
    assert south - 1e-9 <= lat <= south + 1 / 1100 + 1e-9


@given(LON, LAT)
def test_being_neighbours_is_mutual(lon: float, lat: float) -> None:
    cell = cells.cell_of(lon, lat)
    around = cells.neighbours(cell)
    assert len(set(around)) == len(around) == (5 if cell // cells.COLUMNS in (0, cells.ROWS - 1) else 8)
    assert all(cell in cells.neighbours(other) for other in around)


@given(st.floats(73, 135), st.floats(18, 54), st.floats(-1, 1), st.floats(-1, 1), st.floats(1, 2000))
def test_a_search_holds_every_point_within_reach(lon: float, lat: float, east: float, north: float,
                                                 metres: float) -> None:
    """Whatever lies within the distance (on the sphere) is in one of the cells that are searched."""
    length = max(hypot(east, north), 1e-9)
    other_lat = lat + north / length * metres * 0.98 / METRES
    other_lon = lon + east / length * metres * 0.98 / (METRES * cos(radians(lat)))
    assert cells.cell_of(other_lon, other_lat) in cells.cells_around(lon, lat, metres)


def test_a_short_search_stays_small() -> None:
    assert len(cells.cells_around(120.2, 23.0, 50)) <= 6
    assert cells.cell_of(120.2, 23.0) in cells.cells_around(120.2, 23.0, 0)


def test_a_search_at_the_pole_and_over_the_date_line_ends() -> None:
    assert len(set(cells.cells_around(0, 90, 10))) == cells.COLUMNS
    assert cells.cell_of(-179.9999, 10) in cells.cells_around(179.9999, 10, 100)
