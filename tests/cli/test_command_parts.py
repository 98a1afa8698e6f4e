"""Parts from the command line: brought in, written out, converted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from jingwei.accounts.queries import operator
from jingwei.catalogue.commands import install_scheme
from jingwei.formats.tables import read_table
from jingwei.registry.models import Part
from tests.cases.conftest import draw_ground

Command = Callable[..., str]
TABLE = """部件分类代码,权属单位名称,管理部件状态,经度,纬度
01001,示例供水公司,完好,102.0001,40.0005
01037,,破损,102.0002,40.0005
0101,,完好,102.0003,40.0005
"""


@pytest.fixture
def ground(own_home: Path) -> None:
    draw_ground(operator())
    for scheme in ("gbt47678.5-2026", "gbt30428.2-2013"):
        install_scheme(operator(), scheme)


@pytest.fixture
def table(tmp_path: Path, ground: None) -> Path:
    path = tmp_path / "部件.csv"
    path.write_text(TABLE, "utf-8")
    return path


def test_parts_are_tried_imported_and_known_again(command: Command, table: Path, tmp_path: Path) -> None:
    assert "试运行，没有写入：新增 2，更新 0，不变 0，退回 1" in command("import", "parts", table, "--dry-run")
    assert not Part.objects.exists()
    assert "已导入：新增 2，更新 0，不变 0，退回 1" in command("import", "parts", table)
    assert "不变 2" in command("import", "parts", table)
    rejects = (tmp_path / "部件.csv.rejects.csv").read_text("utf-8-sig")
    assert "part.class_digits" in rejects
    assert "02" not in rejects.splitlines()[0]


def test_what_is_no_file_of_parts_is_refused_in_words(command: Command, table: Path, tmp_path: Path) -> None:
    other = tmp_path / "别的.csv"
    other.write_text("名称\n井盖\n", "utf-8")
    assert "没有经度和纬度两列" in command("import", "parts", other, status=1)
    assert "没有装入编码为" in command("import", "parts", table, "--scheme", "没有", status=1)
    assert "CRS" not in command("import", "parts", table, "--crs", "没有", status=1)


@pytest.mark.parametrize("name", ["部件.csv", "部件.xlsx", "部件.gpkg"])
def test_parts_are_written_out_and_never_over_another_file(command: Command, table: Path, tmp_path: Path, name: str) -> None:
    command("import", "parts", table)
    target = tmp_path / f"out-{name}"
    assert f"已导出 2 个部件到 {target}" in command("export", "parts", "--out", target)
    assert target.stat().st_size
    command("export", "parts", "--out", target, status=1)
    assert "没有格式" in command("export", "parts", "--out", tmp_path / "部件.doc", status=1)
    if name != "部件.gpkg":
        assert len(list(read_table(target))) == 2


def test_parts_of_the_old_classes_are_converted(command: Command, table: Path) -> None:
    assert "新增 1" in command("import", "parts", table, "--scheme", "gbt30428.2-2013")
    assert "可转 1 个部件，0 类留下" in command("parts", "convert", "--dry-run")
    assert "已转 1 个部件，0 类留下" in command("parts", "convert")
    assert Part.objects.get().number == "99010101001000001"
    assert "同一个" in command("parts", "convert", "--to", "gbt30428.2-2013", status=1)
