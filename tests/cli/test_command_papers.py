"""Papers and four bounds from the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest
import shapely

from jingwei.accounts.queries import operator
from jingwei.formats import pdf
from jingwei.grids import commands
from jingwei.grids.models import Area
from jingwei.kernel.errors import Refusal
from tests.grids.conftest import TREE, WEST, box, layer

Command = Callable[..., str]


@pytest.fixture
def drawn(command: Command) -> None:
    commands.import_divisions(operator(), TREE.encode())
    west = Area.objects.get(code=WEST)
    commands.redraw(operator(), west.id, shapely.to_wkb(box(0, 0, 3)))
    commands.import_layer(operator(), layer([
        (shapely.LineString([(119.99, 23.00105), (120.02, 23.00105)]), {"name": "北大街"})]), "streets")


@pytest.mark.parametrize("what", ["map", "board", "card", "archive", "staffing"])
def test_every_paper_is_written_to_a_file(command: Command, drawn: None, tmp_path: Path, what: str) -> None:
    try:
        pdf.chinese_font()
    except Refusal:
        pytest.skip("no Chinese font on this machine")
    out = tmp_path / "纸.pdf"
    assert "枫林社区" in command("print", what, WEST, "--out", out)
    assert out.read_bytes().startswith(b"%PDF")
    assert "已经存在" in command("print", what, WEST, "--out", out, status=1)


def test_what_cannot_be_printed_is_refused_in_words(command: Command, drawn: None, tmp_path: Path,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "纸.pdf"
    assert "没有编码为 nope" in command("print", "map", "nope", "--out", out, status=1)
    assert "还没有画边界" in command("print", "map", "990101001000", "--out", out, status=1)
    command("print", "map", WEST, "--out", out, "--paper", "A0", status=2)

    class Latin:
        def families(self) -> list[str]:
            return ["DejaVu Sans"]

    monkeypatch.setattr(pdf, "_fonts", Latin)
    assert "fonts-noto-cjk" in command("print", "map", WEST, "--out", out, status=1)
    assert not out.exists()


def test_four_bounds_are_written_and_hand_written_ones_left(command: Command, drawn: None) -> None:
    """GRD-01."""
    assert "已写四至 1 个" in command("plan", "bounds", "990101000000")
    assert Area.objects.get(code=WEST).four_bounds == "北至北大街"
    assert "没有变化 1 个" in command("plan", "bounds", "990101000000")
    commands.describe(operator(), Area.objects.get(code=WEST).id, four_bounds="东至老槐树")
    assert "人工填写未改 1 个" in command("plan", "bounds", "990101000000")
    assert "人工填写" in command("plan", "bounds", WEST, "--only", status=1)
    assert "北至北大街" in command("plan", "bounds", WEST, "--only", "--replace")
    assert "nope" in command("plan", "bounds", "nope", status=1)
