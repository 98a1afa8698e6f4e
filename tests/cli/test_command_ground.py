"""Base map layers and plans from the command line."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from jingwei.accounts.queries import operator
from jingwei.grids import commands, queries
from jingwei.grids.models import LayerVersion
from tests.grids.conftest import TREE

Command = Callable[..., str]
LINE = {"type": "LineString", "coordinates": [[120.0, 23.0], [120.001, 23.0]]}
AREA = {"type": "Polygon", "coordinates": [[[120.0, 23.0], [120.001, 23.0], [120.001, 23.001], [120.0, 23.0]]]}


def geojson(path: Path, *features: tuple[dict[str, object], dict[str, object] | None]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": properties, "geometry": geometry} for properties, geometry in features]}), "utf-8")
    return path


@pytest.fixture
def streets(tmp_path: Path) -> Path:
    return geojson(tmp_path / "streets.geojson", ({"MC": "柳溪路", "DJ": "主干路"}, LINE), ({"MC": "面", "DJ": ""}, AREA),
                   ({"MC": "空", "DJ": ""}, None))


def test_a_layer_is_tried_imported_and_known_again(command: Command, streets: Path, tmp_path: Path) -> None:
    how = ("import", "layer", streets, "--as", "streets", "--name", "MC", "--kind", "DJ")
    assert "可采用 1，退回 2" in command(*how, "--dry-run")
    assert LayerVersion.objects.count() == 0
    said = command(*how)
    assert "街巷 1，退回 2" in said
    assert "街巷图层已换成第 1 版" in said
    with (tmp_path / "streets.geojson.rejects.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [(row["原文件行号"], row["退回原因代码"]) for row in csv.DictReader(stream)]
    assert rows == [("2", "formats.not_a_line"), ("3", "formats.geometry_missing")]
    assert "没有变化" in command(*how)
    assert "街巷图层已换成第 2 版" in command("import", "layer", streets, "--as", "街巷")


def test_what_cannot_be_a_layer_is_refused_in_words(command: Command, streets: Path, tmp_path: Path) -> None:
    lines = geojson(tmp_path / "lines.geojson", ({}, LINE))
    assert "没有一行可以采用" in command("import", "layer", lines, "--as", "buildings", status=1)
    assert "名称" in command("import", "layer", streets, "--as", "streets", "--name", "名称", status=1)
    assert "--as" in command("import", "layer", streets, "--as", "clouds", status=2)
    assert "--as" in command("import", "layer", streets, status=2)


def test_a_draft_is_listed_published_and_another_dropped(command: Command, tmp_path: Path) -> None:
    command("import", "divisions", _written(tmp_path / "divisions.csv", TREE))
    draft, other = commands.open_plan(operator(), "调整网格"), commands.open_plan(operator(), "另一稿")
    first = queries.plans(operator())[-1].id
    area = queries.place_by_code("990101001001")
    assert area
    commands.create_area(operator(), "990101001001R01", "第一网格", "responsibility", parent_id=area.area_id, plan_id=draft)
    listed = command("plan", "list").splitlines()
    assert [line.split()[:3] for line in listed] == [
        [str(other), "草案", "—"], [str(draft), "草案", "—"], [str(first), "第", "1"]]
    assert listed[1].endswith("调整网格（新增 1）")
    assert listed[2].endswith("区划导入（新增 6）")
    assert queries.place_by_code("990101001001R01") is None
    assert "已发布为第 2 版" in command("plan", "publish", draft)
    assert queries.place_by_code("990101001001R01") is not None
    assert f"已放弃方案 {other}" in command("plan", "drop", other)
    assert "已放弃" not in command("plan", "drop", draft, status=1)
    assert command("plan", "publish", 99_999, status=1)
    assert command("plan", "publish", "x", status=2)
    assert [line.split()[0] for line in command("plan", "list").splitlines()] == [str(draft), str(first)]


def test_without_plans_the_list_says_how_to_begin(command: Command) -> None:
    assert "还没有划分方案" in command("plan", "list")


def _written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path
