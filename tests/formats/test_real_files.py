"""Real files of real offices: what was learnt from them holds (C2, R2, G1). Needs JINGWEI_TEST_DATA."""

import gzip
from collections import Counter
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import shapely

from jingwei.formats.coordinates import check_lonlat, read_lonlat
from jingwei.formats.layers import read_layer
from jingwei.formats.rings import check_polygon
from jingwei.formats.tables import read_table, sheet_names
from jingwei.formats.text_tables import read_text_table
from jingwei.formats.times import parse_local
from jingwei.kernel.errors import Refusal

VILLAGES, BUILDINGS = "tainan/villages.geojson.gz", "nanshan/buildings_exploded.geojson.gz"
ROADS = "nanshan/roads_exploded.geojson.gz"


def test_the_divisions_of_a_country_stream_by(test_data: Path) -> None:
    table = read_table(test_data / "divisions/division_2019.csv.gz", required=["code", "name", "parent_code", "level"])
    levels: Counter[str] = Counter()
    number = 0
    for row in table:
        levels[row.values["level"]] += 1
        number = row.number
    assert levels.total() == 704_749
    assert number == 704_750, "the header is the first row"
    assert set(levels) == {"1", "2", "3", "4", "5"}


def test_a_years_hotline_cases_have_times_and_places(test_data: Path) -> None:
    table = read_table(test_data / "tainan/cases_2016.csv.gz", required=["id", "requested_at", "lat", "lng"])
    count, outside, years = 0, 0, Counter[int]()
    for row in table:
        count += 1
        assert row.findings == ()
        years[parse_local(row.values["requested_at"], "Asia/Taipei").year] += 1
        try:
            assert check_lonlat(*read_lonlat(row.values["lng"], row.values["lat"])) == ()
        except Refusal:
            outside += 1
    assert count == 29_534
    assert outside == 0
    assert set(years) <= {2015, 2016, 2017}


def test_those_cases_saved_by_other_programs_read_the_same(test_data: Path) -> None:
    """As GBK; as Big5 they are refused rather than garbled."""
    text = gzip.decompress((test_data / "tainan/cases_2016.csv.gz").read_bytes()).decode()
    head = "".join(text.splitlines(keepends=True)[:2000])
    same = [row.values for row in read_table(head.encode("gb18030"))]
    assert same == [row.values for row in read_table(head.encode())]
    with pytest.raises(Refusal):
        read_table(head.encode("big5", "ignore"))


def test_a_workbook_with_a_title_and_merged_cells(test_data: Path) -> None:
    path = test_data / "standards_yuncheng/muban.xlsx"
    needed = ["大类代码", "小类代码", "小类名称", "立案条件", "处置时限"]
    assert sheet_names(path) == ["部件", "事件"]
    for sheet, first, last in (("部件", 3, 377), ("事件", 3, 149)):
        table = read_table(path, required=needed, sheet=sheet, fill_merged=True)
        rows = list(table)
        assert table.header_number == 2
        assert (rows[0].number, rows[-1].number) == (first, last)
        assert all(row.values["小类名称"].strip() for row in rows), "merged names reach every row"
    plain = list(read_table(path, required=needed, sheet="部件"))
    assert sum(not row.values["小类名称"].strip() for row in plain) > 100


def test_a_table_with_a_title_row_and_cells_of_several_lines(test_data: Path) -> None:
    path = test_data / "standards_yuncheng/standards_preview.csv"
    table = read_table(path, required=["大类代码", "小类名称", "处置时限"])
    rows = list(table)
    assert table.header_number == 2
    assert [row.number for row in rows] == list(range(3, 3 + len(rows)))
    assert rows[-1].line > rows[-1].number, "text lines run ahead of rows"
    lines = path.read_text("utf-8-sig").splitlines()
    for row in rows[::40]:
        assert lines[row.line - 1].startswith(row.values["大类代码"]), "the line is where the row begins"


def test_the_flat_standard_has_its_rows(test_data: Path) -> None:
    table = read_text_table(test_data / "standards_yuncheng/standards_flat.csv", required=["类别", "处置时限"])
    assert sum(1 for _ in table) == 522


@pytest.mark.parametrize(("name", "count"), [(VILLAGES, 752), (BUILDINGS, 5_438), (ROADS, 272)])
def test_the_layers_read_the_same_with_and_without_gdal(name: str, count: int, test_data: Path) -> None:
    layer = read_layer(test_data / name)
    meta, _, geometries, columns = pyogrio.raw.read(
        gzip.decompress((test_data / name).read_bytes()), datetime_as_string=True, force_2d=True,
    )
    assert len(layer) == count
    assert layer.fields == tuple(meta["fields"])
    ours = np.array([feature.geometry for feature in layer], dtype=object)
    assert shapely.equals_exact(ours, shapely.from_wkb(geometries), 0).all()
    for field, column in zip(meta["fields"], columns, strict=True):
        theirs = [None if value is None or value != value else value for value in column]
        assert [feature.properties[field] for feature in layer] == theirs


@pytest.mark.parametrize(
    ("name", "remarked"),
    [(VILLAGES, {}), (BUILDINGS, {"formats.points_repeated": 7, "formats.spike": 1})],
)
def test_every_polygon_is_taken(name: str, remarked: dict[str, int], test_data: Path) -> None:
    """The stored copies hold no invalid polygon any more; a few buildings repeat a point or carry a spike."""
    codes: Counter[str] = Counter()
    for feature in read_layer(test_data / name):
        polygon, findings = check_polygon(feature.geometry)
        assert polygon is not None
        assert polygon.is_valid
        codes.update(finding.code for finding in findings)
    assert codes == remarked


@pytest.mark.parametrize(("name", "broken"), [(VILLAGES, 1), (BUILDINGS, 14)])
def test_polygons_broken_by_rounding_are_repaired(name: str, broken: int, test_data: Path) -> None:
    """Rounded to five digits (a metre), as exports do, real outlines cross, touch and collapse."""
    found = 0
    for feature in read_layer(test_data / name):
        rounded = shapely.transform(feature.geometry, lambda places: np.round(places, 5))
        found += not rounded.is_valid
        polygon, findings = check_polygon(rounded)
        assert polygon is not None
        assert polygon.is_valid
        assert polygon.area == pytest.approx(rounded.area, rel=0.005)
        assert bool(findings) or polygon is rounded
        assert bool(findings) or rounded.is_valid
    assert found == broken


def test_roads_are_lines_and_no_polygons(test_data: Path) -> None:
    for feature in read_layer(test_data / ROADS):
        polygon, [finding] = check_polygon(feature.geometry)
        assert polygon is None
        assert finding.code == "formats.not_a_polygon"


def test_the_villages_survive_a_shapefile_in_gbk(test_data: Path, tmp_path: Path) -> None:
    layer = read_layer(test_data / VILLAGES)
    shapes = np.array([feature.geometry for feature in layer], dtype=object)
    names = np.array([feature.properties["VILLNAME"] for feature in layer], dtype=object)
    path = tmp_path / "村里.shp"
    pyogrio.raw.write(
        path, shapely.to_wkb(shapes), field_data=[names], fields=np.array(["村里名"], dtype=object),
        geometry_type="MultiPolygon", crs="EPSG:4490", encoding="GB18030",
    )
    path.with_suffix(".cpg").unlink()
    again = read_layer(path)
    assert [feature.properties["村里名"] for feature in again] == list(names)
    theirs = np.array([feature.geometry for feature in again], dtype=object)
    assert np.allclose(shapely.area(theirs), shapely.area(shapes), rtol=1e-12)
