"""Real streets, buildings and villages. Needs JINGWEI_TEST_DATA."""

import csv
import gzip
import io
from pathlib import Path

import numpy as np
import pytest
import shapely

from jingwei.formats.layers import read_layer
from jingwei.grids.partition import Settings, group_given, propose
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
    # 46 buildings are larger than half a unit and stand wall to wall with others
    assert units.buildings_cut_share <= 0.025
    assert groups.imbalance_worst == pytest.approx(groups.imbalance_least)
    assert "through" in {one.code for one in plan.report.remarks}
    assert in_one_piece(plan)


@pytest.mark.parametrize(("least", "most"), [(10, 16), (6, 20), (3, 40)])
def test_752_villages_are_grouped_by_case_load_as_evenly_as_the_heaviest_allows(test_data: Path, least: int, most: int) -> None:
    """One village has 1,419 of 29,529 cases, far more than a group's share: that bound is reached, and named."""
    layer = read_layer(test_data / "tainan" / "villages.geojson.gz")
    villages, crs = shapes(test_data / "tainan" / "villages.geojson.gz")
    with gzip.open(test_data / "tainan" / "cases_2016.csv.gz") as stream:
        rows = list(csv.DictReader(io.TextIOWrapper(stream, "utf-8-sig")))
    places = to_metres(shapely.points([(float(row["lng"]), float(row["lat"])) for row in rows if row["lng"] and row["lat"]]), crs)
    names = [str(one.properties["VILLNAME"]) for one in layer]
    found = group_given(villages, cases=shapely.get_coordinates(places), names=names,
                        settings=Settings(group_least=least, group_most=most))
    report = found.report
    sizes, work = np.bincount(found.group), np.bincount(found.group, weights=found.work)
    assert (report.units, sizes.sum(), found.work.sum()) == (752, 752, 29_529)
    assert (sizes.min() >= least, sizes.max() <= most) == (True, True)
    assert (report.groups.in_bounds_share, report.groups.contiguous_share) == (1.0, 1.0)
    assert (report.heaviest_unit, report.heaviest) == ("公正里", 1419.0)
    assert report.bound_alone == pytest.approx(1419 / work.mean())
    assert report.groups.imbalance_worst == pytest.approx(work.max() / work.mean())
    assert report.groups.imbalance_worst <= report.bound + 1e-9
    assert [(one.community, one.reason) for one in report.hindrances] == [("公正里", "heavy")]
    assert {"overlap", "outside", "twice", "heaped"} <= {one.code for one in report.remarks}
