"""The ground of the demonstration: seamless, coded, plainly invented, the same for the same seed."""

import csv
import hashlib
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from jingwei.cli.demo.district import District, chinese, make_district
from jingwei.cli.demo.projection import metres
from jingwei.cli.demo.units import ROW
from jingwei.grids.codes import Kind, division, unit_code

NATURAL = {"农田"}


def digest(district: District) -> str:
    told = hashlib.sha256()
    for name, rows in sorted(district.layers().items()):
        for row in rows:
            told.update(f"{name}{sorted(row.properties.items())}".encode())
            told.update(shapely.to_wkb(row.geometry))
    return told.hexdigest()


@pytest.fixture(scope="module", params=[1, 20_261_120])
def ground(request: pytest.FixtureRequest, district: District) -> District:
    return district if request.param == 1 else make_district(request.param)


def shapes(rows: Any) -> Any:
    return metres(np.array([row.geometry for row in rows]))


def streets(ground: District, *levels: int) -> Any:
    return shapes([street for street in ground.streets if street.properties["level"] in levels])


def test_every_shape_is_valid_and_named(ground: District) -> None:
    for name, rows in ground.layers().items():
        assert all(shapely.is_valid([row.geometry for row in rows])), name
        assert not any(shapely.is_empty([row.geometry for row in rows])), name
        assert all(row.properties.get("name") or row.properties.get("code") for row in rows), name


def test_unit_grids_cover_the_district_without_gap_or_overlap(ground: District) -> None:
    """GRD-06"""
    units = [unit.geometry for unit in ground.unit_grids]
    whole = shapely.union_all(units)
    assert shapely.coverage_is_valid(units)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    assert sum(unit.area for unit in units) == pytest.approx(whole.area, rel=1e-9)
    assert ground.areas[2].geometry.area == pytest.approx(whole.area, rel=1e-9)


def test_the_district_is_of_a_size_to_be_walked(ground: District) -> None:
    area = sum(unit.area_m2 for unit in ground.unit_grids)
    assert 6_000_000 < area < 8_500_000
    assert 1_500 <= len(ground.buildings) <= 2_500


def test_no_unit_grid_crosses_a_community(ground: District) -> None:
    """GRD-04"""
    communities = {area.code: area for area in ground.communities}
    for code, community in communities.items():
        inside = [unit.geometry for unit in ground.unit_grids if unit.community == code]
        assert shapely.equals(shapely.union_all(inside), community.geometry)
    assert shapely.coverage_is_valid([area.geometry for area in communities.values()])


def test_nearly_all_built_up_unit_grids_have_about_ten_thousand_square_metres(ground: District) -> None:
    """GRD-05"""
    built_up = [unit for unit in ground.unit_grids if unit.land_use not in NATURAL]
    fitting = [unit for unit in built_up if 5_000 <= unit.area_m2 <= 15_000]
    assert len(fitting) >= 0.95 * len(built_up)
    assert all(unit.note for unit in ground.unit_grids if not 5_000 <= unit.area_m2 <= 15_000)


def test_areas_agree_with_the_national_projection(ground: District) -> None:
    from pyproj import Transformer

    national = Transformer.from_crs(4490, 4543, always_xy=True)
    for unit in ground.unit_grids[::60]:
        east, north = national.transform(*shapely.get_coordinates(unit.geometry).T)
        planar = shapely.polygons(np.column_stack([east, north])).area
        assert planar == pytest.approx(unit.area_m2, rel=2e-4)


def test_codes_count_row_by_row_from_the_north_and_eastwards_in_each(ground: District) -> None:
    codes = [unit.code for unit in ground.unit_grids]
    assert len(set(codes)) == len(codes)
    for community in ground.communities:
        mine = [unit for unit in ground.unit_grids if unit.community == community.code]
        assert [unit_code(unit.code).sequence for unit in mine] == list(range(1, len(mine) + 1))
        centres = shapely.get_coordinates(shapely.centroid(shapes(mine)))
        # a millimetre of rounding must not make two rows of one
        rows = (centres[:, 1].max() - centres[:, 1]) / ROW
        for (row, x), (next_row, next_x) in pairwise(zip(rows, centres[:, 0], strict=True)):
            assert int(next_row + 1e-4) > int(row - 1e-4) or next_x > x


def test_every_area_stands_under_its_parent_and_has_the_kind_its_code_says(ground: District) -> None:
    seen = {""}
    for area in ground.areas:
        assert area.parent in seen
        seen.add(area.code)
        assert division(area.code.ljust(12, "0")).kind == Kind(area.level)
    assert {area.level for area in ground.areas} == {
        "province", "city", "county", "street", "town", "community", "village"}


def test_the_county_code_is_nobodys(ground: District, test_data: Path) -> None:
    with (test_data / "divisions" / "provinces.csv").open(encoding="utf-8") as rows:
        assert "99" not in {row["code"] for row in csv.DictReader(rows)}
    assert all(unit.code.startswith("990101") for unit in ground.unit_grids)


def test_one_community_has_an_exclave(ground: District) -> None:
    split = [area for area in ground.communities if area.geometry.geom_type == "MultiPolygon"]
    assert [area.name for area in split] == ["渡口社区"]
    parts = shapely.get_parts(metres(split[0].geometry))
    assert len(parts) == 2
    assert shapely.distance(*parts) > 100
    assert "飞地" in split[0].note


def test_one_community_is_fields_and_nothing_else(ground: District) -> None:
    village = next(area for area in ground.communities if area.name == "新垦村")
    assert {unit.land_use for unit in ground.unit_grids if unit.community == village.code} == {"农田"}
    assert not [house for house in ground.buildings if house.unit_grid.startswith(village.code)]
    assert not shapely.intersects(village.geometry, [house.geometry for house in ground.buildings]).any()


def test_streets_come_in_three_levels_and_some_end_blind(ground: District) -> None:
    assert {street.properties["level"] for street in ground.streets} == {1, 2, 3}
    lines = shapes(ground.streets)
    blind = [index for index, street in enumerate(ground.streets) if street.properties["dead_end"]]
    assert len(blind) >= 20
    tree = shapely.STRtree(lines)
    for index in blind:
        tip = shapely.points(shapely.get_coordinates(lines[index])[-1])
        assert set(tree.query(tip, predicate="dwithin", distance=8).tolist()) == {index}


def test_streets_are_delivered_raw_with_overshoots(ground: District) -> None:
    """What a survey gives is not noded: the partition engine has to cope."""
    lines = streets(ground, 2, 3)
    tree = shapely.STRtree(lines)
    over = 0
    for index, line in enumerate(lines):
        for end in shapely.points(shapely.get_coordinates(line)[[0, -1]]):
            near = [i for i in tree.query(end, predicate="dwithin", distance=1.6) if i != index]
            over += any(shapely.crosses(line, lines[i]) and shapely.distance(end, lines[i]) > 0.1 for i in near)
    assert over > 80


def test_two_bridges_alone_cross_the_river(ground: District) -> None:
    river = metres(next(row.geometry for row in ground.water if row.properties["kind"] == "河流"))
    across = [street for street in ground.streets if shapely.length(shapely.intersection(metres(street.geometry), river)) > 1]
    assert sorted(street.properties["bridge"] for street in across) == ["枫林桥", "稻香桥"]
    assert {street.properties["level"] for street in across} == {1}


def test_houses_are_of_many_kinds_and_do_not_overlap(ground: District) -> None:
    kinds = {house.kind for house in ground.buildings}
    assert kinds >= {"多层住宅", "高层住宅", "老巷住宅", "农家院落", "办公楼", "厂房", "学校", "医院", "市场"}
    assert all((house.households > 0) == (house.kind in {"多层住宅", "高层住宅", "老巷住宅", "农家院落", "过街楼"})
               for house in ground.buildings)
    outlines = shapely.buffer(shapes(ground.buildings), -0.05)
    first, second = shapely.STRtree(outlines).query(outlines, predicate="intersects")
    assert (first == second).all()
    addresses = [house.address for house in ground.buildings]
    assert len(set(addresses)) == len(addresses)


def test_a_few_houses_lie_across_the_border_of_two_blocks_and_no_other_is_cut(ground: District) -> None:
    units = shapes(ground.unit_grids)
    tree = shapely.STRtree(units)
    across = 0
    for house, outline in zip(ground.buildings, shapely.buffer(shapes(ground.buildings), -0.05), strict=True):
        under = tree.query(outline, predicate="intersects")
        home = max(under, key=lambda i: shapely.area(shapely.intersection(units[i], outline)))
        assert ground.unit_grids[home].code == house.unit_grid
        assert len(under) == 1 or house.kind == "过街楼"
        across += len(under) > 1
    assert across >= 8


def test_houses_keep_off_streets_and_water(ground: District) -> None:
    wet = shapely.union_all(shapes(ground.water))
    roads = shapely.union_all([shapely.buffer(metres(street.geometry), street.properties["width_m"] / 2)
                               for street in ground.streets])
    for house, outline in zip(ground.buildings, shapes(ground.buildings), strict=True):
        assert house.kind == "过街楼" or not shapely.intersects(roads, outline), house.address
        assert not shapely.intersects(wet, outline)


def test_there_is_a_park_with_a_pond_and_green_along_the_river(ground: District) -> None:
    assert {"公园", "滨河绿带"} <= {row.properties["kind"] for row in ground.green}
    assert {row.properties["kind"] for row in ground.water} == {"河流", "池塘"}


def test_responsibility_grids_are_ten_to_sixteen_neighbours_or_say_why_not(ground: District) -> None:
    """GRD-08"""
    members = [code for grid in ground.responsibility_grids for code in grid.units]
    assert sorted(members) == [unit.code for unit in ground.unit_grids]
    for grid in ground.responsibility_grids:
        assert grid.geometry.geom_type == "Polygon"
        assert {code[:12] for code in grid.units} == {grid.community}
        assert (10 <= len(grid.units) <= 16) == (not grid.note), grid.name
    assert sum(bool(grid.note) for grid in ground.responsibility_grids) <= 3
    names = [grid.name for grid in ground.responsibility_grids]
    assert len(set(names)) == len(names)
    assert "柳溪第一网格" in names


def test_households_of_the_grids_add_up_to_those_of_the_houses(ground: District) -> None:
    assert sum(grid.households for grid in ground.responsibility_grids) == sum(
        house.households for house in ground.buildings)


def test_the_same_seed_gives_the_same_bytes_in_another_process(district: District) -> None:
    """Another hash seed too: no order may hang on how sets of texts happen to lie in memory."""
    code = "\n".join([
        "from jingwei.cli.demo.district import make_district",
        "from tests.cli.demo.test_demo_district import digest",
        "print(digest(make_district(1)))",
    ])
    told = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": "77"}, cwd=Path(__file__).parents[3],
        capture_output=True, text=True, check=True)
    assert told.stdout.strip() == digest(district)


def test_another_seed_gives_another_district(ground: District, district: District) -> None:
    assert (digest(ground) == digest(district)) == (ground.seed == district.seed)


@pytest.mark.parametrize(("number", "words"), [
    (1, "一"), (9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (34, "三十四"), (99, "九十九"),
])
def test_numerals_read_as_people_write_them(number: int, words: str) -> None:
    assert chinese(number) == words
