"""`jingwei import look`: what a map file holds, in words, before anything is imported."""

from collections.abc import Callable
from pathlib import Path

import pytest

from jingwei.accounts.queries import operator
from jingwei.grids import commands
from jingwei.grids.codes import Kind
from jingwei.grids.layers import Fields
from tests.formats.drawing import block, drawing, polyline, text
from tests.grids.conftest import TREE, WEST, box, layer
from tests.grids.test_looking import HOUSES, metres

Command = Callable[..., str]


@pytest.fixture
def ground(db: object) -> None:
    commands.import_divisions(operator(), TREE.encode())
    outline = layer([(box(0, 0, 3), {"code": WEST, "name": "枫林社区"})])
    commands.import_areas(operator(), outline, Fields("code", "name", 5, Kind.COMMUNITY), publish=True)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "城区.dxf"
    rings = [list(shape.exterior.coords)[:-1] for shape in metres(4549, HOUSES[:4])]
    path.write_bytes(drawing(*[polyline("房屋", ring, closed=True) for ring in rings], text("房屋", "一号"), block("房屋"),
                             polyline("道路", rings[0][:2])))
    return path


def test_a_drawing_is_told_and_the_option_to_copy_stands_beside(command: Command, ground: None, plan: Path) -> None:
    said = command("import", "look", plan)
    for words in ("DXF 图纸，有 2 个图层，导入时用 --layer 指明", "图层 房屋：4 个要素：线 4", "→ --crs EPSG:4549",
                  "CGCS2000 3 度带，中央经线 120°", "100% 在辖区内", "1 处文字没有采用", "1 个图块没有采用", "文字编码 GBK"):
        assert words in said, said
    done = command("import", "layer", plan, "--as", "建筑", "--layer", "房屋", "--crs", "EPSG:4549")
    assert "建筑图层已换成第 1 版" in done
    assert "1 处，整个文件起：图纸里的 1 处文字没有采用" in done


def test_a_zone_off_by_one_is_told_before_and_refused_after(command: Command, ground: None, plan: Path) -> None:
    assert "在辖区外约" in command("import", "look", plan)
    said = command("import", "layer", plan, "--as", "建筑", "--layer", "房屋", "--crs", "EPSG:4550", status=1)
    assert "没有导入：按坐标系 EPSG:4550" in said
    assert "公里" in said


def test_degrees_are_asked_for(command: Command, ground: None, tmp_path: Path) -> None:
    path = tmp_path / "楼.geojson"
    path.write_bytes(layer([(HOUSES[0], {"户数": 12, "名称": "甲楼"})]))
    said = command("import", "look", path)
    for words in ("GeoJSON", "字段 户数（整数，1 个有值）：12", "按规定是 WGS-84", "--crs GCJ-02", "--crs BD-09"):
        assert words in said, said
    done = command("import", "layer", path, "--as", "buildings", "--name", "名称")
    assert "户数取自字段“户数”，共 12 户" in done


def test_what_is_no_map_is_refused_in_words(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.dwg").write_bytes(b"AC1032\x00\x00\x00" + bytes(99))
    assert "另存为文本（ASCII）格式的 DXF" in command("import", "look", tmp_path / "a.dwg", status=1)
    assert "不存在" in command("import", "look", tmp_path / "none.shp", status=1)
