"""Parts from files: taken, refused row by row, resumed, written out and taken again (CAT-02, CAT-03)."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.catalogue.commands import set_setting
from jingwei.formats.errors import FormatError, ShapeError
from jingwei.formats.tables import read_table
from jingwei.formats.workbook_writing import workbook_bytes
from jingwei.journal import queries as journal
from jingwei.journal.commands import number_entries
from jingwei.kernel.errors import ErrorCode
from jingwei.registry import commands, queries
from jingwei.registry.commands.import_files import parts_of_file
from jingwei.registry.errors import PartError
from jingwei.registry.http_imports import router
from jingwei.registry.models import Part, PartChange
from jingwei.registry.parts import fields
from jingwei.registry.queries import PartFilter
from jingwei.registry.queries.exporting import rows_of
from tests import matrix
from tests.cases.conftest import Centre, expect_refusal
from tests.cases.townsfolk import Townsfolk
from tests.matrix import Ask
from tests.registry.conftest import MANHOLE, OLD, SCHEME, add, part
from tests.uploads import sent, standing, upload

pytestmark = pytest.mark.django_db

HEAD = "管理部件标识码,管理部件名称,主管部门代码,主管部门名称,权属单位代码,权属单位名称,所在单元网格标识码,管理部件状态,初始日期,数据来源,备注,精度等级,经度,纬度\n"
ROWS = ("99010101001000001,供水井盖,SC,监督中心,HW,,990101001001001,完好,20260701,实测,,A,102.0005,40.0005\n"
        "99010101004000001,雨水箅子,,,12990101MB1X000010,某排水公司,990101001001001,破损,2026-07-02,实测,缺两根,B,102.0015,40.0005\n")
TABLE = HEAD + ROWS


def layer(*features: tuple[shapely.Geometry, dict[str, Any]], crs: str = "") -> bytes:
    named = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    return json.dumps({"type": "FeatureCollection", **named, "features": [
        {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(shape))}
        for shape, properties in features]}).encode()


def counts(told: Any) -> tuple[int, int, int, int]:
    return told.counts.added, told.counts.changed, told.counts.unchanged, told.counts.rejected


def codes(told: Any) -> list[str]:
    return [reject.code for reject in told.rejects]


def test_a_table_is_taken_and_the_same_again_changes_nothing(centre: Centre) -> None:
    actor = centre.act("admin")
    told = parts_of_file(actor, TABLE.encode())
    assert counts(told) == (2, 0, 0, 0)
    assert sorted(each.code for each in told.findings) == ["part.row.credit_code", "part.row.other_grid"]
    first, second = Part.objects.order_by("number")
    assert (first.owner_name, first.owner.code, first.accuracy, first.state) == ("环卫所", "HW", "A", "intact")
    assert (second.owner_name, second.owner_id, second.state, second.note) == ("某排水公司", None, "damaged", "缺两根")
    assert second.area_now_id == centre.areas["990101001001002"], "the place decides, and the difference is told"
    before = standing()
    assert counts(parts_of_file(actor, TABLE.encode())) == (0, 0, 2, 0)
    assert standing() == before


def test_a_dry_run_foretells_and_writes_nothing(centre: Centre) -> None:
    before = standing()
    told = parts_of_file(centre.act("admin"), (TABLE + ROWS).encode(), dry_run=True)
    assert counts(told) == (2, 0, 0, 2)
    assert standing() == before


def test_what_the_file_says_otherwise_is_brought_up_to_it(centre: Centre) -> None:
    actor = centre.act("admin")
    parts_of_file(actor, TABLE.encode())
    moved = TABLE.replace("完好", "破损").replace("A,102.0005", "A,102.0006")
    assert counts(parts_of_file(actor, moved.encode())) == (0, 1, 1, 0)
    found = Part.objects.get(number="99010101001000001")
    assert (found.state, found.lon, found.changed_on is not None) == ("damaged", 102.0006, True)
    last = queries.part_detail(actor, found.id).history[-1]
    assert (last.said, last.by) == ("由文件导入", "admin示例")
    assert {each["name"] for each in last.what} == {"管理部件状态", "经度", "变更日期"}
    assert counts(parts_of_file(actor, moved.encode())) == (0, 0, 2, 0)


def test_an_empty_cell_leaves_what_is_entered(centre: Centre) -> None:
    actor = centre.act("admin")
    parts_of_file(actor, TABLE.encode())
    assert counts(parts_of_file(actor, TABLE.replace("SC,监督中心,HW", ",,").encode())) == (0, 0, 2, 0)
    assert Part.objects.get(number="99010101001000001").owner_code == "HW"


def test_a_retired_part_is_not_brought_back_by_a_file(centre: Centre) -> None:
    actor = centre.act("admin")
    parts_of_file(actor, TABLE.encode())
    commands.retire(actor, Part.objects.get(number="99010101001000001").id, reason="拆除")
    told = parts_of_file(actor, TABLE.encode())
    assert counts(told) == (0, 0, 1, 1)
    assert codes(told) == ["part.retired"]


@pytest.mark.parametrize(("change", "code"), [
    (("99010101001000001", "99010201001000001"), "part.other_county"), (("99010101001000001", "9901010101000001"), "part.class_digits"),
    (("99010101001000001", "99010101777000001"), "part.unknown_class"), (("99010101001000001", ""), "part.bad_number"),
    (("99010101001000001", "9901010100100000１"), "part.bad_number"), (("完好", "好"), "part.bad_state"), (("20260701", "20260732"), "part.bad_days"),
    (("102.0005,40.0005", "40.0005,102.0005"), "formats.lonlat_swapped"), (("102.0005,40.0005", ","), "formats.lonlat_not_number"),
    (("102.0005,40.0005", "nan,nan"), "formats.lonlat_not_number"), (("102.0005,40.0005", "500123.4,4429123.5"), "formats.lonlat_not_number"),
    (("102.0005,40.0005", "110,30"), "part.no_area"), (("102.0005,40.0005", "103.0005,40.0005"), "part.outside"),
    (("A,102.0005", "D,102.0005"), "part.bad_accuracy"), (("SC,监督中心", "没有,"), "part.unknown_unit"), (("供水井盖", "长" * 31), "part.bad_text"),
    (("供水井盖", "电话 13800138000"), "part.personal_number"), (("实测,,A", "实测,\u202e,A"), "part.bad_text")])
def test_a_row_that_will_not_do_is_refused_by_name_and_the_others_are_taken(centre: Centre, change: tuple[str, str], code: str) -> None:
    told = parts_of_file(centre.act("admin"), TABLE.replace(*change, 1).encode())
    assert (counts(told), codes(told)) == ((1, 0, 0, 1), [code])
    assert told.rejects[0].row == 2
    assert told.rejects[0].cells["数据来源"] == "实测"
    assert told.rejects_csv.count("\n") == 2


def test_a_file_without_one_good_row_is_refused_with_its_first_reason(centre: Centre) -> None:
    with expect_refusal(PartError.NOTHING_TAKEN):
        parts_of_file(centre.act("admin"), TABLE.replace("实测", "长" * 31).encode())


def test_the_same_number_twice_in_a_file_is_taken_once(centre: Centre) -> None:
    told = parts_of_file(centre.act("admin"), (TABLE + ROWS).encode())
    assert (counts(told), set(codes(told))) == ((2, 0, 0, 2), {"part.row.repeated"})


BARE = "部件分类代码,管理部件名称,经度,纬度\n" + "".join(f"01001,供水井盖,102.{n:04d},40.0005\n" for n in range(1, 6))


def test_rows_without_number_are_numbered_and_found_again_by_place(centre: Centre) -> None:
    actor = centre.act("admin")
    add(centre, number="99010101001000002")
    assert counts(parts_of_file(actor, BARE.encode())) == (4, 0, 1, 0), "one stands there already"
    assert sorted(number[-6:] for number in Part.objects.values_list("number", flat=True)) == [f"{n:06d}" for n in range(1, 6)]
    assert counts(parts_of_file(actor, BARE.encode())) == (0, 0, 5, 0)


def test_a_number_that_a_later_row_bears_is_given_to_no_other(centre: Centre) -> None:
    mixed = "管理部件标识码,部件分类代码,经度,纬度\n,01001,102.0001,40.0005\n,01001,102.0002,40.0005\n99010101001000001,,102.0003,40.0005\n"
    assert counts(parts_of_file(centre.act("admin"), mixed.encode())) == (3, 0, 0, 0)
    assert Part.objects.get(number="99010101001000001").lon == 102.0003


@pytest.mark.parametrize(("name", "key"), [(name, column.key) for column in fields.COLUMNS for name in (column.zh, column.abbr)])
def test_every_field_comes_by_either_of_its_names(centre: Centre, name: str, key: str) -> None:
    """Standards §3.3, table 2."""
    values = {"class_code": "01001", "lon": "102.0005", "lat": "40.0005", "number": "99010101001000001", "name": "井盖", "state": "破损",
              "surveyed_on": "20260701", "changed_on": "20260801", "source": "实测", "note": "旁注", "accuracy": "B", "unit_grid": "990101001001001",
              "street_code": "990101001", "street_name": "柳溪街道", "community_code": "990101001001", "community_name": "柳溪社区",
              **{f"{body}_{what}": f"{body}一号"[:20] for body in ("supervisor", "owner", "maintainer") for what in ("code", "name")}}
    headers = {each.key: each.zh if each.key != key else name for each in fields.COLUMNS}
    table = ",".join(headers[each] for each in values) + "\n" + ",".join(values.values()) + "\n"
    told = parts_of_file(centre.act("admin"), table.encode())
    assert (counts(told), told.findings) == ((1, 0, 0, 0), ())
    found, = rows_of(centre.act("admin"), PartFilter())
    assert str(found[key]) == values[key]


def test_a_layer_of_points_lines_and_surfaces(centre: Centre) -> None:
    data = layer((shapely.Point(102.0005, 40.0005), {"GLBJBSM": "99010101001000001", "JDDJ": "A"}),
                 (shapely.LineString([(102.0001, 40.0002), (102.0004, 40.0002)]), {"BJFLDM": "02017", "GLBJMC": "交通护栏"}),
                 (shapely.box(102.0001, 40.0003, 102.0003, 40.0004), {"BJFLDM": "04013"}),
                 (shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1), (0, 0)]), {"BJFLDM": "04013"}),
                 (shapely.Point(102.0005, 40.0006), {"BJFLDM": 1001}))
    told = parts_of_file(centre.act("admin"), data)
    assert counts(told) == (3, 0, 0, 2)
    assert dict(Part.objects.values_list("shape", "name")) == {
        "point": "供水井盖", "line": "交通护栏", "polygon": "绿地"}
    assert [reject.row for reject in told.rejects] == [4, 5]
    assert counts(parts_of_file(centre.act("admin"), data)) == (0, 0, 3, 2)


def test_coordinates_of_a_projection_need_its_name(centre: Centre) -> None:
    """A layer in metres that says so; one that does not; degrees called metres; a table in metres."""
    from pyproj import Transformer

    x, y = Transformer.from_crs("EPSG:4490", "EPSG:4543", always_xy=True).transform(102.0005, 40.0005)
    props = {"GLBJBSM": "99010101001000001"}
    actor = centre.act("admin")
    assert counts(parts_of_file(actor, layer((shapely.Point(x, y), props)), crs="EPSG:4543", dry_run=True)) == (1, 0, 0, 0)
    with expect_refusal(ShapeError.CRS_UNKNOWN):
        parts_of_file(actor, layer((shapely.Point(x, y), props)))
    with expect_refusal(ShapeError.CRS_DOES_NOT_FIT):
        parts_of_file(actor, layer((shapely.Point(102.0005, 40.0005), props)), crs="EPSG:4543")
    with expect_refusal(ShapeError.CRS_NOT_UNDERSTOOD):
        parts_of_file(actor, layer((shapely.Point(x, y), props)), crs="没有这个")
    table = TABLE.replace("102.0005,40.0005", f"{x:.3f},{y:.3f}").replace("102.0015,40.0005", "102.0015,40.0005")
    told = parts_of_file(actor, table.encode(), crs="EPSG:4543")
    assert (counts(told), codes(told)) == ((1, 0, 0, 1), ["formats.crs_does_not_fit"])
    found = Part.objects.get()
    assert (found.lon, found.lat) == pytest.approx((102.0005, 40.0005), abs=1e-7)


def test_shifted_coordinates_are_put_right(centre: Centre) -> None:
    from jingwei.formats.coordinates import wgs84_to_gcj02

    lon, lat = wgs84_to_gcj02(102.0005, 40.0005)
    table = TABLE.replace("102.0005,40.0005", f"{lon:.7f},{lat:.7f}")
    parts_of_file(centre.act("admin"), table.encode(), crs="GCJ-02")
    found = Part.objects.get(number="99010101001000001")
    assert (found.lon, found.lat) == pytest.approx((102.0005, 40.0005), abs=1e-6)


@pytest.mark.parametrize(("data", "reason"), [
    (b"", FormatError.FILE_EMPTY), (b"a,b\n1,2\n", PartError.NO_PLACE_COLUMN), ("经度,纬度\n1,2\n".encode(), PartError.NO_CLASS_COLUMN),
    (b"%PDF-1.7", FormatError.TABLE_KIND), (b"PK\x03\x04broken", FormatError.ARCHIVE_BROKEN), (b'{"type":"Feature"', ShapeError.LAYER_BROKEN),
    (b"SQLite format 3\x00" + b"\x00" * 200, ShapeError.LAYER_BROKEN)])
def test_a_file_that_is_none_is_refused_with_a_code(centre: Centre, data: bytes, reason: ErrorCode) -> None:
    with expect_refusal(reason):
        parts_of_file(centre.act("admin"), data)


def test_a_nul_in_a_cell_stays_out_of_the_database(centre: Centre) -> None:
    told = parts_of_file(centre.act("admin"), layer((shapely.Point(102.0005, 40.0005), {"GLBJBSM": "99010101001000001", "BZ": "a\x00b"}),
                                                    (shapely.Point(102.0005, 40.0006), {"GLBJBSM": "9901010100\x00000002"}),
                                                    (shapely.Point(102.0005, 40.0007), {"GLBJBSM": "99010101001000003"})))
    assert (counts(told), sorted(codes(told))) == ((1, 0, 0, 2), ["part.bad_number", "part.bad_text"])


def test_numbers_that_a_spreadsheet_spoiled_are_not_guessed(centre: Centre) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(HEAD.strip().split(","))
    book.active.append([99010101001000001, "供水井盖", "", "", "", "", "", "完好", "20260701", "", "", "A", 102.0005, 40.0005])
    book.active.append(["99010101001000002", "供水井盖", "", "", "", "", "", "完好", "20260701", "", "", "A", 102.0006, 40.0005])
    made = io.BytesIO()
    book.save(made)
    told = parts_of_file(centre.act("admin"), made.getvalue())
    assert (counts(told), codes(told)) == ((1, 0, 0, 1), ["formats.number_spoiled"])


def test_thousands_of_rows_go_in_batches_each_with_an_entry(centre: Centre) -> None:
    rows = [f"01001,供水井盖,{102.0001 + n % 40 * 0.00002:.7f},{40.0001 + n // 40 * 0.00001:.7f}" for n in range(1200)]
    actor, table = centre.act("admin"), "部件分类代码,管理部件名称,经度,纬度\n" + "\n".join(rows) + "\n"
    seen: list[tuple[int, int]] = []
    parts_of_file(actor, table.encode(), dry_run=True)  # warms what is kept in memory
    with CaptureQueriesContext(connection) as caught:
        told = parts_of_file(actor, table.encode(), progress=lambda done, total: seen.append((done, total)))
    assert counts(told) == (1200, 0, 0, 0)
    assert seen == [(500, 1200), (1000, 1200), (1200, 1200)]
    assert len(caught) < 120, "by the batch, not by the row"
    number_entries()
    entries = [entry for entry in journal.since(0, 10_000) if entry.verb == "parts.imported"]
    assert [json.loads(entry.data)["added"] for entry in entries] == [500, 500, 200]
    assert PartChange.objects.count() == 1200
    assert Part.objects.order_by("-number").first().number == "99010101001001200"  # type: ignore[union-attr]


def test_a_run_that_was_cut_off_is_repeated(centre: Centre) -> None:
    rows = "".join(f"01001,井盖,{102.0001 + n * 0.000001:.7f},40.0005\n" for n in range(600))
    actor, table = centre.act("admin"), ("部件分类代码,管理部件名称,经度,纬度\n" + rows).encode()

    def die(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        parts_of_file(actor, table, progress=die)
    assert Part.objects.count() == 500, "whole batches stand"
    assert counts(parts_of_file(actor, table)) == (100, 0, 500, 0)


def test_the_scheme_is_named_where_several_are_offered(both: Centre, operator: Any) -> None:
    set_setting(operator, "offered_schemes", f"{SCHEME},{OLD}")
    actor = both.act("admin")
    old = TABLE.replace("99010101001000001", "9901010101000001").replace("99010101004000001", "9901010104000001")
    with expect_refusal(PartError.WHICH_SCHEME):
        parts_of_file(actor, old.encode())
    with expect_refusal(PartError.UNKNOWN_SCHEME):
        parts_of_file(actor, old.encode(), scheme="没有")
    assert counts(parts_of_file(actor, old.encode(), scheme=OLD)) == (2, 0, 0, 0)


@pytest.mark.parametrize("form", ["csv", "xlsx", "gpkg"])
def test_what_was_exported_is_taken_again_without_change(centre: Centre, form: str, tmp_path: Path) -> None:
    actor = centre.act("admin")
    parts_of_file(actor, TABLE.encode())
    line = shapely.to_wkb(shapely.LineString([(102.0001, 40.0002), (102.0004, 40.0002)]))
    from jingwei.kernel.ids import new_id

    if form == "gpkg":
        commands.add(actor, new_id(), f"{SCHEME}/component/02017", commands.Where(wkb=line), {"note": "=1+1"})
    client = centre.client("boss")
    answer = client.get(f"/api/parts/export?format={form}")
    assert answer.status_code == 200
    assert f"parts.{form}" in answer["Content-Disposition"]
    again = parts_of_file(actor, answer.content, layer="part_points" if form == "gpkg" else "")
    assert counts(again) == (0, 0, 2, 0)
    if form == "gpkg":
        assert counts(parts_of_file(actor, answer.content, layer="part_lines")) == (0, 0, 1, 0)


def test_the_columns_of_the_export_are_those_of_the_standard(centre: Centre) -> None:
    add(centre, note="=cmd()")
    client = centre.client("supervisor")
    table = read_table(client.get("/api/parts/export?format=csv").content)
    assert table.columns == fields.headers()
    row = next(iter(table)).values
    assert (row["所在街道代码"], row["所在街道名称"], row["所在社区代码"], row["所在社区名称"], row["所在单元网格标识码"]) == (
        "990101001", "柳溪街道", "990101001001", "柳溪社区", "990101001001001")
    assert row["初始日期"] == "20260701"
    assert read_table(client.get("/api/parts/export?format=csv&abbreviated=true").content).columns == fields.headers(abbreviated=True)
    assert client.get("/api/parts/export?format=doc").json()["code"] == "part.unknown_format"
    assert centre.client("sysadmin").get("/api/parts/export").status_code == 403


def test_an_export_costs_the_same_few_statements_for_many(centre: Centre, tmp_path: Path) -> None:
    costs = []
    for many in (2, 60):
        for _ in range(many - Part.objects.count()):
            add(centre)
        with CaptureQueriesContext(connection) as caught:
            assert queries.write_parts(centre.act("boss"), PartFilter(), tmp_path / f"{many}.csv", "csv") == many
        costs.append(len(caught))
    assert costs[0] == costs[1]


def test_a_workbook_holds_text_as_text() -> None:
    data = workbook_bytes("部件[1]", ("甲", "乙"), [{"甲": "=1+1", "乙": 2.5}, {"甲": "0012", "乙": None}], lines=["标题"], landscape=True)
    rows = list(read_table(data, required=("甲", "乙")))
    assert [row.values for row in rows] == [{"甲": "=1+1", "乙": "2.5"}, {"甲": "0012", "乙": ""}]


TABLE_OF_RIGHTS = """
endpoint              stranger  dismissed  roleless  others  area_admin  area_admin@*  system_admin@*
POST /import/parts    401       401        403       403     200         200           403
"""
REQUESTS: dict[str, matrix.Request] = {
    "POST /import/parts": lambda cast, where, caller: Ask(form={"file": sent(TABLE), "dry_run": "0"}),
}


def test_every_role_gets_what_the_table_says(centre: Centre) -> None:
    wanted = matrix.expected(TABLE_OF_RIGHTS)
    assert {endpoint for endpoint, _, _ in wanted} == matrix.endpoints(router)
    found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}


def test_an_upload_is_previewed_then_taken(centre: Centre) -> None:
    client = centre.client("admin")
    before = standing()
    foretold = upload(client, "parts", TABLE).json()
    assert standing() == before
    done = upload(client, "parts", TABLE, dry_run="0").json()
    assert {**foretold, "dry_run": False} == done
    assert done["counts"]["added"] == 2
    assert part(Part.objects.earliest("number").id).class_entry.code == MANHOLE[-5:]
    outside = upload(client, "parts", HEAD + ROWS.replace("102.0005", "103.0005").replace("102.0015", "103.0005").replace("990101010", "990102010"), dry_run="1").json()
    assert {reject["code"] for reject in outside["rejects"]} == {"part.outside"}


def test_a_file_of_far_too_many_rows_is_refused_at_once(centre: Centre, monkeypatch: Any) -> None:
    from jingwei.registry.commands import reading_files

    monkeypatch.setattr(reading_files, "MOST_ROWS", 3)
    with expect_refusal(PartError.TOO_MANY_ROWS):
        parts_of_file(centre.act("admin"), BARE.encode())


def test_an_upload_past_the_bound_is_refused_while_it_arrives(centre: Centre, monkeypatch: Any) -> None:
    from jingwei.kernel import uploads

    monkeypatch.setattr(uploads, "LARGEST_IMPORT", 1024)
    answer = upload(centre.client("admin"), "parts", TABLE + "\n" * 5000)
    assert (answer.status_code, answer.json()["code"]) == (413, "request.upload_too_large")
    assert not Part.objects.exists()
