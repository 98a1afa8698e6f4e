"""The offset systems of Chinese maps (standards, section 10) and pairs that cannot be a place (G1, C1)."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.formats.coordinates import (
    bd09_to_gcj02,
    bd09_to_wgs84,
    check_lonlat,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    in_china_box,
    many_to_wgs84,
    read_lonlat,
    wgs84_to_bd09,
    wgs84_to_gcj02,
)
from jingwei.formats.errors import FormatError
from jingwei.kernel.errors import Refusal

LON = st.floats(73.0, 135.0)
LAT = st.floats(3.0, 54.0)


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    east = (one[0] - other[0]) * math.cos(math.radians(one[1]))
    return math.hypot(east, one[1] - other[1]) * 111_320


@pytest.mark.parametrize(
    ("wgs", "gcj"),
    [
        ((121.4737, 31.2304), (121.478223059, 31.228457738)),  # Shanghai
        ((116.404, 39.915), (116.410244499, 39.916404282)),  # Beijing
    ],
)
def test_the_published_vectors_hold(wgs: tuple[float, float], gcj: tuple[float, float]) -> None:
    assert wgs84_to_gcj02(*wgs) == pytest.approx(gcj, abs=1e-8)
    assert gcj02_to_wgs84(*gcj) == pytest.approx(wgs, abs=1e-8)


def test_the_second_offset_follows_its_formula() -> None:
    """Worked by hand from the formula of section 10 for GCJ-02 116.404, 39.915."""
    lon, lat = 116.404, 39.915
    x_pi = math.pi * 3000 / 180
    z = math.sqrt(lon**2 + lat**2) + 0.00002 * math.sin(lat * x_pi)
    theta = math.atan2(lat, lon) + 0.000003 * math.cos(lon * x_pi)
    expected = z * math.cos(theta) + 0.0065, z * math.sin(theta) + 0.006
    assert gcj02_to_bd09(lon, lat) == pytest.approx(expected, abs=1e-12)
    assert gcj02_to_bd09(lon, lat) == pytest.approx((116.41036949, 39.92133699), abs=1e-7)


@given(LON, LAT)
def test_every_conversion_is_undone_by_its_inverse(lon: float, lat: float) -> None:
    assert gcj02_to_wgs84(*wgs84_to_gcj02(lon, lat)) == pytest.approx((lon, lat), abs=1e-9)
    assert bd09_to_gcj02(*gcj02_to_bd09(lon, lat)) == pytest.approx((lon, lat), abs=1e-9)
    assert bd09_to_wgs84(*wgs84_to_bd09(lon, lat)) == pytest.approx((lon, lat), abs=1e-9)


@given(LON, LAT)
def test_the_offset_is_never_mistaken_for_nothing(lon: float, lat: float) -> None:
    """100-700 m in the settled parts of China; the formula goes to about 1.2 km at the box's corners."""
    assert 5 < metres(wgs84_to_gcj02(lon, lat), (lon, lat)) < 1500


@pytest.mark.parametrize(("lon", "lat"), [(139.69, 35.68), (-0.12, 51.5), (100.0, 0.5), (72.0, 30.0)])
def test_nothing_is_shifted_outside_the_box(lon: float, lat: float) -> None:
    assert wgs84_to_gcj02(lon, lat) == (lon, lat) == gcj02_to_wgs84(lon, lat)
    assert not in_china_box(lon, lat)


def test_an_array_is_converted_like_its_points() -> None:
    points = np.array([[116.41, 39.92], [121.478, 31.228], [0.5, 51.5]])
    for system, one in (("GCJ-02", gcj02_to_wgs84), ("BD-09", bd09_to_wgs84)):
        assert many_to_wgs84(system, points) == pytest.approx(np.array([one(*point) for point in points]), abs=1e-12)
    with pytest.raises(ValueError):
        many_to_wgs84("WGS-84", points)


@pytest.mark.parametrize(
    ("lon", "lat", "reason"),
    [
        (math.nan, 39.9, FormatError.LONLAT_NOT_NUMBER),
        (116.4, math.inf, FormatError.LONLAT_NOT_NUMBER),
        (-math.inf, 0.0, FormatError.LONLAT_NOT_NUMBER),
        (180.1, 10.0, FormatError.LONLAT_RANGE),
        (10.0, -90.5, FormatError.LONLAT_RANGE),
        (500_000.0, 2_500_000.0, FormatError.LONLAT_RANGE),  # metres of a projection
        (39.915, 116.404, FormatError.LONLAT_SWAPPED),  # Beijing, latitude first
        (0.0, 0.0, FormatError.LONLAT_NULL_ISLAND),
        (-0.0, 0.0, FormatError.LONLAT_NULL_ISLAND),
    ],
)
def test_it_refuses_what_cannot_be_a_place(lon: float, lat: float, reason: FormatError) -> None:
    with pytest.raises(Refusal) as caught:
        check_lonlat(lon, lat)
    assert caught.value.reason is reason
    assert "?" not in caught.value.text()


@pytest.mark.parametrize(
    ("lon", "lat", "swapped"),
    [
        (116.404, 39.915, False),
        (120.2, 22.99, False),
        (39.5, 75.9, True),  # Kashgar, latitude first: a point of the Arctic that nobody means
        (-0.12, 51.5, False),
        (180.0, 90.0, False),
        (0.0, 51.0, False),
        (80.0, 45.0, False),  # in the box both ways
    ],
)
def test_exchanged_coordinates_of_western_china_are_remarked(lon: float, lat: float, swapped: bool) -> None:
    reasons = [remark.reason for remark in check_lonlat(lon, lat)]
    assert reasons == ([FormatError.LONLAT_SWAPPED] if swapped else [])


def test_cells_become_degrees() -> None:
    assert read_lonlat(" 120.187948 ", "-22.984803") == (120.187948, -22.984803)


@pytest.mark.parametrize("cell", ["", "nan", "inf", "1_0", "１２０.５", "120,5", "1e2", "120°", "0x10", "1200.5", "٣"])
def test_cells_that_only_look_like_numbers_are_refused(cell: str) -> None:
    for pair in ((cell, "22.9"), ("120.1", cell)):
        with pytest.raises(Refusal) as caught:
            read_lonlat(*pair)
        assert caught.value.reason is FormatError.LONLAT_NOT_NUMBER
