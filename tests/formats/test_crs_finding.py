"""Which coordinate systems the numbers of a layer may stand in, and what is asked about it."""

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from jingwei.formats.china import in_china
from jingwei.formats.coordinates import wgs84_to_bd09, wgs84_to_gcj02
from jingwei.formats.crs import reference
from jingwei.formats.crs_finding import candidates, exchanged, in_degrees, landing, places_of, title_of
from jingwei.formats.crs_question import Asked, ask

PLACES = np.array([(113.94, 22.50), (113.95, 22.51), (113.93, 22.52), (113.96, 22.49)])
DISTRICT = (113.90, 22.45, 114.00, 22.60)
WEST = np.array([(75.98, 39.46), (75.99, 39.47), (76.00, 39.48)])
WEST_DISTRICT = (75.9, 39.4, 76.1, 39.5)


def to(crs: str | int, places: Any = PLACES) -> Any:
    if crs in ("GCJ-02", "BD-09"):
        shift = wgs84_to_gcj02 if crs == "GCJ-02" else wgs84_to_bd09
        return np.array([shift(*place) for place in places])
    return np.column_stack(Transformer.from_crs(4490, crs, always_xy=True).transform(*places.T))


@pytest.mark.parametrize(("given_in", "found"), [
    (4547, "EPSG:4547"),   # 3 degrees, meridian 114
    (4526, "EPSG:4526"),   # 3 degrees, zone 38 before the easting
    (4497, "EPSG:4497"),   # 6 degrees, zone 19 before the easting
    (3857, "EPSG:3857"),
])
def test_the_only_system_that_fits_the_district_is_proposed(given_in: int, found: str) -> None:
    asked = ask(to(given_in), district=DISTRICT)
    assert (asked.asked, asked.proposed, asked.exchanged) == (Asked.ONE, found, False)
    first = asked.candidates[0]
    assert (first.crs, first.meets, first.in_china, first.inside, first.km) == (found, True, True, 1.0, 0.0)
    assert first.box == pytest.approx((113.93, 22.49, 113.96, 22.52), abs=1e-6)
    assert all(not other.meets and other.km > 100 for other in asked.candidates[1:])


@pytest.mark.parametrize("given_in", [4547, 4526, 4497, 3857])
def test_axes_the_wrong_way_round_are_found_and_said(given_in: int) -> None:
    asked = ask(to(given_in)[:, ::-1], district=DISTRICT)
    assert (asked.asked, asked.proposed, asked.exchanged) == (Asked.ONE, f"yx:EPSG:{given_in}", True)
    assert "反" in asked.text.zh
    system = reference(asked.proposed)
    assert system.to_lonlat(to(given_in)[:, ::-1][:, ::-1]) == pytest.approx(PLACES, abs=1e-8)


@pytest.mark.parametrize(("places", "district"), [(PLACES, DISTRICT), (WEST, WEST_DISTRICT)])
def test_degrees_are_asked_for_and_never_guessed(places: Any, district: Any) -> None:
    """WGS-84, GCJ-02 and BD-09 cannot be told apart by numbers."""
    for system in (4490, "GCJ-02", "BD-09"):
        asked = ask(to(system, places), district=district)
        assert (asked.asked, asked.proposed) == (Asked.DEGREES, "")
        assert {one.crs for one in asked.candidates} == {"EPSG:4490", "GCJ-02", "BD-09"}
        assert "分不出" in asked.text.zh
    asked = ask(places[:, ::-1], district=district)
    assert (asked.asked, asked.exchanged) == (Asked.DEGREES, True)
    assert {one.crs for one in asked.candidates} == {"yx:EPSG:4490", "yx:GCJ-02", "yx:BD-09"}
    assert asked.candidates[0].meets


def test_equal_numbers_of_wide_zones_and_utm_are_asked_for() -> None:
    """Beyond a narrow zone; UTM lies a mile from Gauss-Krüger on the same meridian."""
    asked = ask(to(4508), district=DISTRICT)
    assert (asked.asked, asked.proposed) == (Asked.SEVERAL, "")
    assert [one.crs for one in asked.candidates if one.meets] == ["EPSG:4508", "EPSG:32649"]


def test_without_a_district_china_decides_and_that_is_said() -> None:
    asked = ask(to(4547))
    assert (asked.asked, asked.proposed) == (Asked.SEVERAL, "")
    assert {"EPSG:4547", "EPSG:4548", "EPSG:4546"} <= {one.crs for one in asked.candidates}
    assert all(one.inside is None and one.in_china for one in asked.candidates)
    assert "辖区还没有画" in asked.text.zh
    assert ask(to(4526)).proposed == "EPSG:4526"


@pytest.mark.parametrize(("written", "given_in", "asked", "first"), [
    ("EPSG:4547", 4547, Asked.WRITTEN, "EPSG:4547"),
    ("EPSG:4548", 4547, Asked.ELSEWHERE, "EPSG:4547"),   # a zone off by one
    ("EPSG:4527", 4526, Asked.ELSEWHERE, "EPSG:4526"),     # the zone's number says another zone
    ("EPSG:4547", 4490, Asked.NOT_FIT, "EPSG:4490"),     # degrees called metres
    ("EPSG:4490", 4547, Asked.NOT_FIT, "EPSG:4547"),     # metres called degrees
    ("EPSG:4326", 4490, Asked.WRITTEN, "EPSG:4326"),
    ("nonsense", 4547, Asked.NOT_KNOWN, "EPSG:4547"),
    ("x" * 30_000, 4547, Asked.NOT_KNOWN, "EPSG:4547"),
])
def test_what_a_file_says_of_itself_is_held_against_its_numbers(written: str, given_in: int, asked: Asked, first: str) -> None:
    found = ask(to(given_in), written=written, district=DISTRICT)
    assert (found.asked, found.candidates[0].crs) == (asked, first)
    assert (found.proposed == written) == (asked is Asked.WRITTEN)
    assert found.text.zh
    assert found.text.en
    assert "?" not in found.text.zh + found.text.en


def test_a_zone_off_by_one_is_said_with_its_distance_and_the_better_one() -> None:
    found = ask(to(4547), written="EPSG:4548", district=DISTRICT)
    assert found.proposed == ""
    assert 295 < found.candidates[-1].km < 310  # three degrees of longitude, less the district's own width
    assert f"约 {found.candidates[-1].km:.0f} 公里" in found.text.zh
    assert "中央经线 114°" in found.text.zh
    assert "meridian 114° E" in found.text.en


def test_axes_the_wrong_way_round_in_spite_of_what_is_written() -> None:
    found = ask(to(4547)[:, ::-1], written="EPSG:4547", district=DISTRICT)
    assert (found.asked, found.proposed, found.exchanged) == (Asked.NOT_FIT, "yx:EPSG:4547", True)


def test_geojson_without_a_word_keeps_its_rule_and_leaves_the_choice() -> None:
    found = ask(PLACES, written="OGC:CRS84", by_rule=True, district=DISTRICT)
    assert (found.asked, found.proposed) == (Asked.RULE, "OGC:CRS84")
    assert [one.crs for one in found.candidates] == ["OGC:CRS84", "GCJ-02", "BD-09"]


@pytest.mark.parametrize("points", [
    np.array([(12.0, 5.0), (100.0, 80.0)]), np.array([(1e9, 1e9)]), np.array([(-5e5, 2.5e6)]), np.array([(5e5, 9.9e6)])])
def test_numbers_of_no_usual_system_are_said_to_be_so(points: Any) -> None:
    found = ask(points, district=DISTRICT)
    assert found.asked in (Asked.NONE, Asked.DEGREES)
    assert found.proposed == ""
    assert found.asked is Asked.NONE
    assert "地方坐标系" in found.text.zh


def test_a_layer_without_a_place_asks_nothing() -> None:
    assert ask(np.empty((0, 2)), district=DISTRICT).asked is Asked.EMPTY


def test_what_is_read_is_little_and_the_corners_are_of_the_whole() -> None:
    box = (*to(4547, np.array([(113.91, 22.46)]))[0], *to(4547, np.array([(113.99, 22.59)]))[0])
    found = landing("EPSG:4547", to(4547), DISTRICT, box)
    assert found is not None
    assert found.box == pytest.approx((113.91, 22.46, 113.99, 22.59), abs=2e-3)


@pytest.mark.parametrize(("lon", "lat", "found"), [
    (116.4, 39.9, True), (87.6, 43.8, True), (121.5, 25.0, True), (112.3, 16.8, True), (75.9, 39.4, True), (134.7, 48.3, True),
    (110.3, 20.0, True), (139.7, 35.7, False), (77.2, 28.6, False), (100.5, 13.7, False), (37.6, 55.7, False), (2.3, 48.9, False),
    (126.98, 37.57, False), (float("nan"), 30.0, False)])
def test_about_where_china_lies(lon: float, lat: float, found: bool) -> None:
    assert in_china(np.array([(lon, lat)])).tolist() == [found]


@given(st.integers(25, 45), st.floats(-1.4, 1.4), st.floats(19, 52))
def test_a_zone_with_its_number_is_always_found(zone: int, off: float, lat: float) -> None:
    places = np.array([(zone * 3 + off, lat)])
    crs = f"EPSG:{4513 + zone - 25}"
    points = to(crs, places)
    found = landing(crs, points, None)
    assert found is not None
    assert found.box[:2] == pytest.approx(places[0], abs=1e-7)
    if found.in_china:
        assert crs in [one.crs for one in candidates(points, None)]


@given(st.lists(st.tuples(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12)), min_size=1, max_size=5))
def test_any_numbers_are_answered(pairs: list[tuple[float, float]]) -> None:
    with np.errstate(all="ignore"):
        points = np.array(pairs)
        asked = ask(points, district=DISTRICT)
    assert asked.text.zh
    assert isinstance(exchanged(points), bool)
    assert isinstance(in_degrees(points), bool)


def test_what_is_no_place_on_any_map_is_left_out() -> None:
    strange = [(float("nan"), 1.0), (float("inf"), 1.0), (1e308, -1e308), (1e12, 1.0), (3.0, 4.0)]
    assert places_of([shapely.Point(place) for place in strange] + [None, shapely.Polygon()]).tolist() == [[3.0, 4.0]]
    many = places_of([shapely.LineString([(n, n), (n + 1, n)]) for n in range(10_000)])
    assert len(many) == 2_000
    assert many[-1][0] > 9_900, "evenly taken"


def test_systems_have_names_that_people_use() -> None:
    assert title_of("EPSG:4547").zh == "CGCS2000 3 度带，中央经线 114°"
    assert title_of("EPSG:4526").zh == "CGCS2000 3 度带，38 带（横坐标前有带号）"
    assert title_of("EPSG:4497").en == "CGCS2000, 6-degree zone 19, its number before the easting"
    assert title_of("yx:EPSG:4547").zh == "CGCS2000 3 度带，中央经线 114°（先纵坐标后横坐标）"
    assert title_of("EPSG:2383") == "EPSG:2383"
