"""`jingwei suggest`: learned from closed cases, judged in words, and seen again by `status`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from jingwei.kernel import clock
from tests.cases.closed_cases import close_many
from tests.cases.conftest import MONDAY_NINE, build

Command = Callable[..., str]


@pytest.fixture
def town(own_home: Path) -> Path:
    """A data folder with the small district and its closed cases."""
    build()
    with clock.held_at(MONDAY_NINE):
        close_many(520)
    return own_home


def test_it_is_learned_judged_reported_and_seen_again(command: Command, town: Path) -> None:
    assert "还没有学习过" in command("suggest", "status")
    told = command("suggest", "train")
    for words in ("已结案件 520 件", "分类：检验", "首选对", "责任单位：检验", "对照：每件都报最常见的分类", "无照经营游商", "已启用"):
        assert words in told
    assert "分类：检验" in (town / "suggestions" / "report.txt").read_text("utf-8")
    state = command("suggest", "status")
    assert "由 520 件已结案件学成" in state
    assert "现在不需要重新学习" in state


def test_it_can_be_judged_from_a_day_without_being_put_in_force(command: Command, town: Path) -> None:
    told = command("suggest", "train", "--until", "2026-09-01", "--judge-only")
    assert "学 2026-09-01 之前的" in told
    assert "只做了检验，没有启用" in told
    assert not (town / "suggestions").exists()


def test_what_cannot_be_done_is_said_in_words(command: Command, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from jingwei.cases.models import Case
    from jingwei.cli.main import main

    assert main(["suggest", "train", "--until", "明天"]) == 2
    assert "应为 2026-09-01 这样的日期" in capsys.readouterr().err
    Case.objects.all().delete()
    assert main(["suggest", "train"]) == 1
    assert "已结案件只有 0 件" in capsys.readouterr().err
