"""`jingwei partition` from files to files."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyogrio.raw import read, write

from jingwei.grids.partition import Stage
from tests.grids.partition.towns import block_town, strips

Command = Callable[..., str]
SHIFT = (500_000, 2_500_000)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """One GeoPackage with streets, buildings and communities, in CGCS2000 / CM 114E."""
    streets, buildings, boundary = block_town()
    path = tmp_path / "town.gpkg"
    for name, shapes, kind, fields in (
        ("streets", streets, "LineString", {"nr": np.arange(len(streets))}),
        ("buildings", buildings, "Polygon", {"户数": np.arange(len(buildings), dtype=np.int32)}),
        ("communities", strips(boundary, 2), "Polygon", {
            "名称": np.array(["枫林社区", "桂花社区"], dtype=object), "编码": np.array(["990101001001", "990101001002"], dtype=object)}),
    ):
        moved = shapely.transform(np.array(shapes, dtype=object), lambda points: points + SHIFT)
        write(str(path), geometry=shapely.to_wkb(moved), field_data=list(fields.values()), fields=list(fields), layer=name,
              driver="GPKG", geometry_type=kind, crs="EPSG:4547", append=name != "streets")
    return path


def test_a_plan_and_its_report_are_written(command: Command, town: Path, tmp_path: Path) -> None:
    out, report = tmp_path / "plan.gpkg", tmp_path / "report.json"
    said = command("partition", "--streets", f"{town}::streets", "--buildings", town, "--communities", town, "--out", out,
                   "--report", report)
    assert "缝隙 0.00、重叠 0.00 平方米" in said
    assert all(stage.words in said for stage in Stage)
    meta, _, geometry, columns = read(str(out), layer="unit_grids")
    assert meta["crs"] == "EPSG:4547"
    units = shapely.from_wkb(geometry)
    told = json.loads(report.read_text("utf-8"))
    assert told["units"]["count"] == len(units)
    assert shapely.area(units).sum() == pytest.approx(480_000, abs=0.01)
    assert set(columns[list(meta["fields"]).index("community")]) == {"枫林社区", "桂花社区"}
    assert columns[list(meta["fields"]).index("households")].sum() == sum(range(180))
    _, _, grouped, _ = read(str(out), layer="responsibility_grids")
    assert told["groups"]["count"] == len(grouped)
    assert told["settings"]["seed"] == 1


def test_units_get_codes_where_the_communities_have_some(command: Command, town: Path, tmp_path: Path) -> None:
    """Fifteen digits, counted in each community from the north-west; as many as units, none twice (standards 2.2)."""
    out = tmp_path / "plan.gpkg"
    command("partition", "--streets", town, "--buildings", town, "--communities", town, "--code", "编码", "--out", out)
    meta, _, geometry, columns = read(str(out), layer="unit_grids")
    fields = dict(zip(meta["fields"], columns, strict=True))
    assert len(set(fields["code"])) == len(geometry)
    by_name = {"枫林社区": "990101001001", "桂花社区": "990101001002"}
    assert all(code.startswith(by_name[name]) for code, name in zip(fields["code"], fields["community"], strict=True))
    first = shapely.bounds(shapely.from_wkb(geometry))[list(fields["code"]).index("990101001001001")]
    assert first[3] == shapely.total_bounds(shapely.from_wkb(geometry))[3]
    said = command("partition", "--streets", town, "--buildings", town, "--communities", town, "--code", "代码", "--out", out, status=2)
    assert "图层里只有名称、编码" in said


def test_settings_come_from_a_file_and_a_wrong_one_is_refused_by_name(command: Command, town: Path, tmp_path: Path) -> None:
    chosen = tmp_path / "settings.toml"
    chosen.write_text("unit_target = 20000\nunit_least = 10000\nunit_most = 30000\n", "utf-8")
    said = command("partition", "--streets", town, "--buildings", town, "--boundary", "hull", "--settings", chosen, "--seed", 5,
                   "--out", tmp_path / "plan.gpkg")
    assert "单元网格 24 个" in said
    chosen.write_text("unit_size = 20000\n", "utf-8")
    said = command("partition", "--streets", town, "--buildings", town, "--settings", chosen, "--out", tmp_path / "other.gpkg",
                   status=2)
    assert "没有“unit_size”这一项" in said
    assert not (tmp_path / "other.gpkg").exists()


def test_without_a_boundary_it_says_what_is_missing(command: Command, town: Path, tmp_path: Path) -> None:
    assert "既没有范围，也没有社区" in command("partition", "--streets", town, "--buildings", town, "--out", tmp_path / "plan.gpkg",
                                       status=2)


def test_a_proposal_called_off_leaves_no_file_and_the_old_one_as_it_was(
        command: Command, town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, report = tmp_path / "plan.gpkg", tmp_path / "report.json"
    report.write_text("old", "utf-8")

    def stop(_self: object, stage: str, _done: float) -> None:
        if stage == Stage.MEASURING:
            raise KeyboardInterrupt

    monkeypatch.setattr("jingwei.cli.partition_told.Told.__call__", stop)
    said = command("partition", "--streets", town, "--buildings", town, "--communities", town, "--out", out, "--report", report,
                   status=130)
    assert "已中断" in said
    assert sorted(path.name for path in tmp_path.glob("*.gpkg")) == ["town.gpkg"]
    assert report.read_text("utf-8") == "old"


def fields_of(path: Path, layer: str = "unit_grids") -> dict:
    meta, _, geometry, columns = read(str(path), layer=layer)
    return {**dict(zip(meta["fields"], columns, strict=True)), "shape": shapely.from_wkb(geometry)}


def test_a_plan_is_made_from_the_one_before_and_what_stayed_is_told(command: Command, town: Path, tmp_path: Path) -> None:
    """The same layers: the same plan to the last digit, with its codes and its numbers of groups."""
    first, second, report = tmp_path / "first.gpkg", tmp_path / "second.gpkg", tmp_path / "report.json"
    layers = ("--streets", town, "--buildings", town, "--communities", town, "--code", "编码")
    command("partition", *layers, "--out", first)
    said = command("partition", *layers, "--plan", first, "--seed", 7, "--out", second, "--report", report)
    one, two = fields_of(first), fields_of(second)
    assert "单元网格原样保留 48/48（100.0%）" in said
    assert dict(zip(one["code"], shapely.to_wkb(one["shape"]), strict=True)) == dict(
        zip(two["code"], shapely.to_wkb(two["shape"]), strict=True))
    assert dict(zip(one["code"], one["group_nr"], strict=True)) == dict(zip(two["code"], two["group_nr"], strict=True))
    assert json.loads(report.read_text("utf-8"))["stability"]["ground_same_group_share"] == 1.0


def test_units_are_kept_together_and_apart_by_their_codes(command: Command, town: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.gpkg", tmp_path / "second.gpkg"
    layers = ("--streets", town, "--buildings", town, "--communities", town, "--code", "编码")
    command("partition", *layers, "--out", first)
    fields = fields_of(first)
    group = dict(zip(fields["code"], fields["group_nr"], strict=True))
    shape = dict(zip(fields["code"], fields["shape"], strict=True))
    west = sorted(code for code in group if code.startswith("990101001001"))
    mine = next(code for code in west if any(group[other] != group[code] and shape[other].touches(shape[code]) for other in west))
    one = next(code for code in west if group[code] != group[mine] and shape[code].touches(shape[mine]))
    two = next(code for code in west if group[code] == group[mine] and shape[code].disjoint(shape[mine]))
    said = command("partition", *layers, "--plan", first, "--together", f"{mine},{one}", "--apart", f"{mine}，{two}", "--out", second)
    fields = fields_of(second)
    now = dict(zip(fields["code"], fields["group_nr"], strict=True))
    assert now[mine] == now[one] != now[two], said
    said = command("partition", *layers, "--plan", first, "--together", "990101001001999,1", "--out", tmp_path / "no.gpkg", status=2)
    assert "原方案里没有这个编码" in said
    far = f"{mine},{next(code for code in group if code not in west)}"
    assert "责任网格不跨社区" in command("partition", *layers, "--plan", first, "--together", far, "--out", second)


def test_villages_are_grouped_by_the_cases_of_a_table(command: Command, tmp_path: Path) -> None:
    villages = [shapely.box(120 + x / 100, 23 + y / 100, 120 + (x + 1) / 100, 23 + (y + 1) / 100) for y in range(6) for x in range(8)]
    path, cases, out, report = tmp_path / "villages.gpkg", tmp_path / "cases.csv", tmp_path / "plan.gpkg", tmp_path / "report.json"
    write(str(path), geometry=shapely.to_wkb(np.array(villages, dtype=object)), fields=["村名", "编码"], field_data=[
        np.array([f"村{number}" for number in range(48)], dtype=object), np.array([f"{number:03d}" for number in range(48)], dtype=object)],
        layer="villages", driver="GPKG", geometry_type="Polygon", crs="EPSG:4490")
    rows = [f"{shape.centroid.x},{shape.centroid.y}" for number, shape in enumerate(villages) for _ in range(1 + number % 3)]
    cases.write_text("经度,纬度\n" + "\n".join([*rows, "121,25", ","]) + "\n", "utf-8")
    said = command("partition", "--units", path, "--cases", cases, "--name", "村名", "--out", out, "--report", report)
    assert "48 个单元合成责任网格 4 个" in said
    assert "有1件案件不在任何单元里" in said
    units, groups = fields_of(out), fields_of(out, "responsibility_grids")
    assert units["cases"].sum() == groups["workload"].sum() == 96
    assert list(units["code"])[:2] == ["000", "001"]
    assert sorted(set(units["group_nr"])) == sorted(groups["nr"])
    told = json.loads(report.read_text("utf-8"))
    assert told["groups"]["in_bounds_share"] == 1.0
    assert "不能同时给 --boundary" in command("partition", "--units", path, "--cases", cases, "--boundary", "hull", "--out", out, status=2)
    assert "没有说工作量从哪里来" in command("partition", "--units", path, "--out", out, status=2)
    assert "没有说要划分什么" in command("partition", "--out", out, status=2)


@pytest.mark.parametrize("column", ["weight", "households"])
def test_villages_are_grouped_by_a_column(command: Command, tmp_path: Path, column: str) -> None:
    villages = [shapely.box(x * 1000, y * 1000, x * 1000 + 1000, y * 1000 + 1000) for y in range(6) for x in range(8)]
    moved = shapely.transform(np.array(villages, dtype=object), lambda points: points + SHIFT)
    path = tmp_path / "villages.gpkg"
    write(str(path), geometry=shapely.to_wkb(moved), fields=["人数"], field_data=[np.arange(48) % 5 + 1], layer="villages", driver="GPKG",
          geometry_type="Polygon", crs="EPSG:4547")
    said = command("partition", "--units", path, f"--{column}", "人数", "--out", tmp_path / "plan.gpkg")
    assert "合格 100.0%，连成一片 100.0%" in said
    assert "图层里只有人数" in command("partition", "--units", path, f"--{column}", "户", "--out", tmp_path / "no.gpkg", status=2)
