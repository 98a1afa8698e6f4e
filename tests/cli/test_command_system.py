"""`jingwei system`: list, set up from a template, compare with its rules; one point in all systems; a rota from a table."""

from collections.abc import Callable
from pathlib import Path

import pytest
import shapely

from jingwei.accounts.commands import users
from jingwei.accounts.queries import operator
from jingwei.grids import commands, queries
from jingwei.grids.models import Area, Shift
from tests.grids.conftest import EAST, TREE, WEST, box

Command = Callable[..., str]


@pytest.fixture
def ground(command: Command, tmp_path: Path) -> dict[str, int]:
    (tmp_path / "divisions.csv").write_text(TREE, "utf-8")
    command("import", "divisions", tmp_path / "divisions.csv")
    ids = dict(Area.objects.values_list("code", "id"))
    commands.create_area(operator(), f"{WEST}001", "1号单元", "unit", parent_id=ids[WEST], wkb=shapely.to_wkb(box(0, 0)))
    return ids


def test_a_system_is_listed_set_up_filled_and_checked(command: Command, ground: dict[str, int], tmp_path: Path) -> None:
    """GRD-21, GRD-42."""
    listed = command("system", "list")
    assert "labour" in listed
    assert "已设立" not in listed
    assert "已设立网格体系 labour" in command("system", "setup", "labour")
    assert "labour             劳动监察网格（已设立）" in command("system", "list")
    assert "已在用" in command("system", "setup", "labour", status=1)
    assert "没有“moon”" in command("system", "setup", "moon", status=1)
    (tmp_path / "labour.csv").write_text("code,name,parent_code\nL,示例区,\nL1,东片,L\n", "utf-8")
    command("import", "divisions", tmp_path / "labour.csv", "--system", "labour")
    grid = queries.place_by_code("L1", system="labour")
    assert grid
    said = command("system", "check", "labour", status=1)
    assert "L1 东片：没有责任人" in said
    assert "L1 东片：含 0 个基础区域，按规定为 2 至 3 个基础区域" in said
    commands.set_members(operator(), grid.area_id, [ground[WEST], ground[EAST]])
    users.create(operator(), "wang", "王示例")
    (tmp_path / "staff.csv").write_text("网格编码,登录名,岗位,开始\nL1,wang,主责,2026-01-01\n", "utf-8")
    command("import", "staffing", tmp_path / "staff.csv", "--system", "labour")
    assert "都合规则" in command("system", "check", "labour")
    said = command("locate", "--all", "120.0005", "23.0005")
    assert f"基础网格体系　{WEST}001 1号单元　没有人负责" in said
    assert "劳动监察网格　L1 东片　王示例" in said
    assert "不在任何区域里" in command("locate", "--all", "100", "10")


def test_a_rota_is_tried_imported_and_known_again(command: Command, ground: dict[str, int], tmp_path: Path) -> None:
    users.create(operator(), "wang", "王示例")
    table = tmp_path / "rota.csv"
    table.write_text(f"网格编码,登录名,日期,上班,下班\n{WEST},wang,2026-01-05,06:30,13:30\n{WEST},ghost,2026-01-05,13:30,20:30\n", "utf-8")
    command("import", "rota", table, "--dry-run")
    assert Shift.objects.count() == 0
    assert "新排班 1" in command("import", "rota", table)
    assert "不变 1" in command("import", "rota", table)
