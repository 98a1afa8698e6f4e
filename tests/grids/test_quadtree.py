"""Tiles as a tree: numbers in one range below each, and every box under a tile that holds it."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jingwei.grids import quadtree

tiles = st.integers(0, quadtree.DEEPEST).flatmap(
    lambda z: st.tuples(st.just(z), st.integers(0, 2**z - 1), st.integers(0, 2**z - 1)))


@pytest.mark.parametrize(("tile", "number"), [
    ((0, 0, 0), 0), ((1, 0, 0), 1), ((2, 0, 0), 2), ((quadtree.DEEPEST, 0, 0), quadtree.DEEPEST)])
def test_the_tree_is_walked_from_its_root(tile: tuple[int, int, int], number: int) -> None:
    assert quadtree.number(*tile) == number


@given(tiles)
def test_the_four_below_fill_the_range_of_a_tile(tile: tuple[int, int, int]) -> None:
    z, x, y = tile
    first, last = quadtree.within(z, x, y)
    if z == quadtree.DEEPEST:
        assert first == last
        return
    ranges = sorted(quadtree.within(z + 1, 2 * x + right, 2 * y + down) for right in (0, 1) for down in (0, 1))
    assert [low for low, _ in ranges] == [first + 1, *(high + 1 for _, high in ranges[:-1])]
    assert ranges[-1][1] == last


@given(tiles)
def test_those_above_hold_a_tile_in_their_range(tile: tuple[int, int, int]) -> None:
    number = quadtree.number(*tile)
    above = quadtree.above(*tile)
    assert len(above) == tile[0]
    assert above == sorted(above)
    for z, one in enumerate(above):
        assert quadtree.within(z, tile[1] >> (tile[0] - z), tile[2] >> (tile[0] - z))[0] == one < number


@given(tiles, st.floats(0.001, 0.999), st.floats(0.001, 0.999), st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_a_box_inside_a_tile_is_found_by_its_range(tile: tuple[int, int, int], a: float, b: float, c: float, d: float) -> None:
    west, south, east, north = quadtree.box(*tile)
    lons = sorted((west + (east - west) * a, west + (east - west) * b))
    lats = sorted((south + (north - south) * c, south + (north - south) * d))
    first, last = quadtree.within(*tile)
    assert first <= quadtree.home(lons[0], lats[0], lons[1], lats[1]) <= last


def test_a_box_across_the_middle_of_the_world_is_filed_under_the_world() -> None:
    assert quadtree.home(-0.1, -0.1, 0.1, 0.1) == 0
    assert quadtree.home(-180, -90, 180, 90) == 0


@pytest.mark.parametrize(("tile", "there"), [
    ((0, 0, 0), True), ((0, 1, 0), False), ((16, 65535, 65535), True), ((16, 65536, 0), False), ((17, 0, 0), False),
    ((-1, 0, 0), False), ((3, -1, 0), False), ((10**30, 0, 0), False)])
def test_only_tiles_on_the_globe_exist(tile: tuple[int, int, int], there: bool) -> None:
    assert quadtree.exists(*tile) is there


def test_the_zoom_of_a_size() -> None:
    assert quadtree.zoom_for(360, 512) == 0
    assert quadtree.zoom_for(360 / 2**10, 512) == 10
    assert (quadtree.zoom_for(0, 3), quadtree.zoom_for(1e-9, 3)) == (quadtree.DEEPEST, quadtree.DEEPEST)


@given(st.floats(-179, 178), st.floats(-80, 79), st.floats(0, 0.9), st.floats(0, 0.9), st.floats(-0.9, 0.9), st.floats(-0.9, 0.9),
       st.floats(0, 0.9), st.floats(0, 0.9))
def test_whatever_meets_a_box_is_filed_where_one_looks(west: float, south: float, width: float, height: float, right: float,
                                                      up: float, other_width: float, other_height: float) -> None:
    """A shape whose box meets another is filed in one of its ranges or under one of its single numbers."""
    box = west, south, west + width, south + height
    other = west + right, south + up, west + right + other_width, south + up + other_height
    assume(box[0] <= other[2] and other[0] <= box[2] and box[1] <= other[3] and other[1] <= box[3])
    ranges, single = quadtree.numbers(*box)
    filed = quadtree.home(*other)
    assert filed in single or any(low <= filed <= high for low, high in ranges)
    assert len(ranges) <= 4
