"""Real streets, buildings and villages. Needs JINGWEI_TEST_DATA."""

import csv
import gzip
import io
from pathlib import Path

import numpy as np
import shapely

from jingwei.formats.layers import read_layer
from jingwei.grids.partition import Settings, propose
from jingwei.grids.partition.borders import from_pairs
from jingwei.grids.partition.grouping import group_units
from jingwei.grids.partition.projecting import metric_crs, to_metres
from tests.grids.partition.towns import in_one_piece


def shapes(path: Path, crs: str = "") -> tuple[np.ndarray, str]:
    layer = read_layer(path)
    drawn = np.array([one.geometry for one in layer], dtype=object)
    low_high = shapely.total_bounds(drawn)
    crs = crs or metric_crs(low_high[:2], low_high[2:])
    return to_metres(drawn, crs), crs


def test_a_dense_city_is_divided_without_gap_or_overlap(test_data: Path) -> None:
    """20 km² with 83 km of roads and 5,438 buildings."""
    streets, crs = shapes(test_data / "nanshan" / "roads_exploded.geojson.gz")
    buildings, _ = shapes(test_data / "nanshan" / "buildings_exploded.geojson.gz", crs)
    assert crs == "EPSG:4547"
    plan = propose(streets, buildings, "hull")
    units, groups = plan.report.units, plan.report.groups
    assert (units.gap, units.overlap, units.coverage_valid) == (0.0, 0.0, True)
    assert units.in_bounds_share >= 0.999
    assert (groups.in_bounds_share, groups.contiguous_share) == (1.0, 1.0)
    assert groups.polsby_popper_median >= 0.35
    assert in_one_piece(plan)


def test_752_villages_are_grouped_into_larger_grids_by_case_load(test_data: Path) -> None:
    """Borders that overlap by slivers; balanced by the cases of a year."""
    villages, crs = shapes(test_data / "tainan" / "villages.geojson.gz")
    villages = shapely.make_valid(villages)
    tree = shapely.STRtree(villages)
    with gzip.open(test_data / "tainan" / "cases_2016.csv.gz") as stream:
        rows = list(csv.DictReader(io.TextIOWrapper(stream, "utf-8-sig")))
    places = [(float(row["lng"]), float(row["lat"])) for row in rows if row["lng"] and row["lat"]]
    at, village = tree.query(to_metres(shapely.points(places), crs), predicate="within")
    _, first = np.unique(at, return_index=True)
    work = 1.0 + np.bincount(village[first], minlength=len(villages))
    one, two = tree.query(villages, predicate="dwithin", distance=5.0)
    beside = one < two
    pairs = np.column_stack((one[beside], two[beside]))
    lengths = np.maximum(shapely.length(shapely.intersection(shapely.buffer(villages[pairs[:, 0]], 5), shapely.boundary(
        villages[pairs[:, 1]]))), 1.0)
    borders = from_pairs(pairs, lengths, len(villages))
    settings = Settings(across=True, group_least=6, group_most=20, balance=1.1, effort=3)
    found = group_units(borders, np.zeros(len(villages), np.int64), np.ones(len(villages)), work,
                        shapely.get_coordinates(shapely.centroid(villages)), ["全市"], settings)
    size, load = np.bincount(found.group), np.bincount(found.group, weights=work)
    assert (size.sum(), found.obstacles) == (752, ())
    assert size.min() >= 6
    assert size.max() <= 20
    # a village that alone has more than a group's share cannot be balanced away
    assert load.max() <= max(2 * load.mean(), 1.6 * work.max())
