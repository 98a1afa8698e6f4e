"""The four bounds (四至, GRD-01) as tables: squares, concave and diagonal grounds, islands, rivers, split sides."""

import gzip
import json
from pathlib import Path

import shapely
import shapely.geometry
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.grids.four_bounds import LONGEST, SIDES, Bound, Named, Settings, Surroundings, four_bounds, words

LON, LAT = 113.0, 28.0
EAST, NORTH = 1 / (111_320 * 0.882947592858927), 1 / 111_320  # degrees a metre, at 28° north

Points = list[tuple[float, float]]


def at(points: Points) -> Points:
    return [(LON + x * EAST, LAT + y * NORTH) for x, y in points]


def ground(*points: tuple[float, float]) -> shapely.Polygon:
    """A polygon in metres from a corner."""
    return shapely.Polygon(at(list(points)))


def square(x: float = 0, y: float = 0, side: float = 100) -> shapely.Polygon:
    return ground((x, y), (x + side, y), (x + side, y + side), (x, y + side))


def street(name: str, *points: tuple[float, float]) -> Named:
    return Named(name, shapely.LineString(at(list(points))))


def surface(name: str, shape: shapely.Polygon) -> Named:
    return Named(name, shape)


def read(outline: shapely.Geometry, *streets: Named, waters: tuple[Named, ...] = (), beside: tuple[Named, ...] = ()) -> str:
    return words(four_bounds(outline, Surroundings(streets, waters, beside)))


EAST_ROAD = street("东风路", (105, -300), (105, 400))
SOUTH_ROAD = street("南门街", (-300, -8), (400, -8))
WEST_ROAD = street("西巷", (-5, -300), (-5, 400))
NORTH_ROAD = street("人民路", (-300, 112), (400, 112))


def test_a_square_between_four_streets() -> None:
    assert read(square(), EAST_ROAD, SOUTH_ROAD, WEST_ROAD, NORTH_ROAD) == "东至东风路，南至南门街，西至西巷，北至人民路"


def test_a_street_too_far_away_is_no_bound() -> None:
    assert read(square(), EAST_ROAD, street("远路", (-300, 130), (400, 130))) == "东至东风路"


def test_a_street_that_crosses_or_ends_at_the_border_is_no_bound() -> None:
    through = street("穿城路", (-300, 50), (400, 50))
    ending = street("断头巷", (50, 100), (50, 300))
    assert read(square(), through, ending, NORTH_ROAD) == "北至人民路"


def test_a_split_side_has_two_names_the_longer_first() -> None:
    west_half, east_half = street("人民路", (-300, 110), (60, 110)), street("解放路", (60, 110), (400, 110))
    assert read(square(), west_half, east_half) == "北至人民路、解放路"
    assert read(square(), street("人民路", (-300, 110), (40, 110)), street("解放路", (40, 110), (400, 110))) == "北至解放路、人民路"


def test_a_name_along_a_small_part_of_a_side_is_left_out() -> None:
    assert read(square(), street("人民路", (-300, 110), (85, 110)), street("短街", (85, 110), (400, 110))) == "北至人民路"


def test_pieces_of_a_street_of_one_name_count_together() -> None:
    pieces = [street("人民路", (x, 108), (x + 20, 108)) for x in (0, 25, 50, 75)]
    assert read(square(), *pieces) == "北至人民路"


def test_of_two_streets_side_by_side_the_nearer_bounds() -> None:
    assert read(square(), street("辅路", (-300, 104), (400, 104)), NORTH_ROAD) == "北至辅路"


def test_a_river_bounds_one_side_as_a_surface_or_as_a_line() -> None:
    river = surface("清河", ground((-300, 103), (400, 103), (400, 160), (-300, 160)))
    assert read(square(), SOUTH_ROAD, waters=(river,)) == "南至南门街，北至清河"
    assert read(square(), SOUTH_ROAD, waters=(street("清河", (-300, 110), (400, 110)),)) == "南至南门街，北至清河"


def test_a_border_in_the_middle_of_a_river_is_bounded_by_it() -> None:
    river = surface("清河", ground((-300, 80), (400, 80), (400, 120), (-300, 120)))
    assert read(square(), waters=(river,)).endswith("北至清河")


def test_where_no_street_runs_the_neighbours_are_named() -> None:
    beside = (surface("枫林社区", square(100)), surface("书院社区", square(0, 100)), surface("河西社区", square(-100, -100)))
    assert read(square(), WEST_ROAD, beside=beside) == "东至枫林社区，西至西巷，北至书院社区", "a corner is no neighbour"


def test_neighbours_do_not_stand_beside_streets() -> None:
    half = street("人民路", (-300, 110), (50, 110))
    assert read(square(), half, beside=(surface("书院社区", square(0, 100)),)) == "北至人民路"


def test_two_neighbours_share_a_side() -> None:
    beside = (surface("甲村", square(100, 0, 60)), surface("乙村", square(100, 60, 60)))
    assert read(square(), beside=beside) == "东至甲村、乙村"


def test_a_diamond_faces_two_sides_with_each_border() -> None:
    diamond = ground((100, 0), (200, 100), (100, 200), (0, 100))
    east = street("东北路", (205, 100), (100, 205)), street("东南路", (100, -5), (205, 100))
    assert read(diamond, *east) == "东至东北路、东南路，南至东南路，北至东北路"


def test_a_ground_turned_a_little_has_one_street_a_side() -> None:
    """20° off: the street along the long side does not bound the short one."""
    from shapely.affinity import rotate

    turned = rotate(square(), 20, origin=(LON, LAT))
    streets = [Named(one.name, rotate(one.geometry, 20, origin=(LON, LAT)))
               for one in (EAST_ROAD, SOUTH_ROAD, WEST_ROAD, NORTH_ROAD)]
    assert read(turned, *streets) == "东至东风路，南至南门街，西至西巷，北至人民路"


def test_the_inner_wall_of_a_courtyard_is_no_outer_border() -> None:
    """A ground like a U, open to the north: what lies in its yard bounds it neither east nor west."""
    yard = ground((0, 0), (100, 0), (100, 100), (70, 100), (70, 30), (30, 30), (30, 100), (0, 100))
    lane = street("院内巷", (40, 35), (40, 100))
    assert read(yard, lane, EAST_ROAD, WEST_ROAD) == "东至东风路，西至西巷"


def test_a_step_in_the_border_counts_on_the_side_it_faces() -> None:
    """A ground like an L: its east side is the end of the arm and the wall of the step."""
    step = ground((0, 0), (100, 0), (100, 50), (50, 50), (50, 100), (0, 100))
    assert read(step, street("内东街", (55, 50), (55, 300)), EAST_ROAD).startswith("东至东风路、内东街")


def test_a_triangle_without_a_northern_side_names_what_faces_north_most() -> None:
    triangle = ground((0, 0), (100, 0), (50, 86.6))
    assert read(triangle, street("右街", (103, 0), (53, 86.6)), street("左街", (-3, 0), (47, 86.6))) == (
        "东至右街，西至左街，北至右街、左街")


def test_islands_are_bounded_together() -> None:
    islands = shapely.MultiPolygon([square(), square(300)])
    assert read(islands, street("东堤", (406, -100), (406, 300)), WEST_ROAD) == "东至东堤，西至西巷"


def test_a_hole_is_no_border_outwards() -> None:
    ring = shapely.Polygon(square().exterior.coords, [square(40, 40, 20).exterior.coords])
    assert read(ring, street("洞中路", (50, 40), (50, 60)), NORTH_ROAD) == "北至人民路"


def test_nothing_around_gives_no_text() -> None:
    assert four_bounds(square(), Surroundings()) == [Bound(side, ()) for side in SIDES]
    assert words(four_bounds(square(), Surroundings())) == ""


def test_the_reach_and_the_share_are_settings() -> None:
    wide = four_bounds(square(), Surroundings([street("远路", (-300, 130), (400, 130))]), Settings(reach=35))
    assert words(wide) == "北至远路"
    thirds = [street(name, (x, 108), (x + 33, 108)) for name, x in (("甲街", 0), ("乙街", 33.4), ("丙街", 67))]
    assert words(four_bounds(square(), Surroundings(thirds), Settings(most=3, share=0.2))).count("、") == 2
    assert words(four_bounds(square(), Surroundings(thirds), Settings(share=0.5))) == ""


def test_a_text_never_exceeds_its_column() -> None:
    long = [street(f"{'长' * 99}{n}", (-300, 105 + n), (400, 105 + n)) for n in range(3)]
    sides = [Bound(side, ("很" * 100, "长" * 100)) for side in SIDES]
    assert len(words(sides)) <= LONGEST
    assert len(read(square(), *long)) <= LONGEST


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(-150, 250), st.integers(-150, 250), st.integers(-150, 250), st.integers(-150, 250),
                          st.sampled_from("甲乙丙丁")), max_size=6), st.integers(0, 359))
def test_any_streets_give_at_most_two_names_a_side_and_the_same_again(lines: list[tuple[int, int, int, int, str]], turn: int) -> None:
    from shapely.affinity import rotate

    outline = rotate(square(), turn)
    streets = [street(name, (a, b), (c, d)) for a, b, c, d, name in lines if (a, b) != (c, d)]
    found = four_bounds(outline, Surroundings(streets))
    assert [bound.side for bound in found] == list("东南西北")
    assert all(len(bound.names) <= 2 for bound in found)
    assert four_bounds(outline, Surroundings(list(reversed(streets)))) == found


def test_real_streets_bound_a_real_block(test_data: Path) -> None:
    """GRD-01 on the roads of a real district, which have a class and no name: it stands for one here."""
    with gzip.open(test_data / "nanshan" / "roads_exploded.geojson.gz", "rt", encoding="utf-8") as stream:
        features = json.load(stream)["features"]
    named = [Named(feature["properties"]["highway"], shapely.geometry.shape(feature["geometry"])) for feature in features
             if feature["properties"].get("highway")]
    assert len(named) > 100
    lines = shapely.line_merge(shapely.union_all([one.geometry for one in named]))
    blocks = [block for block in shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.node(lines)))).tolist()
              if 2e-6 < block.area < 2e-5]
    assert blocks
    tree = shapely.STRtree([one.geometry for one in named])
    sides = known = 0
    for block in blocks[:40]:
        near = [named[place] for place in tree.query(block.buffer(0.0005)).tolist()]
        found = four_bounds(block, Surroundings(near))
        sides += 4
        known += sum(bool(bound.names) for bound in found)
    assert known / sides > 0.95, f"{known} of {sides} sides are named: each of these blocks lies between named roads"
