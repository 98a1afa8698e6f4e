"""The index of words from the command line."""

from collections.abc import Callable

from jingwei.cases.models import Searched
from tests.cases import conftest as district
from tests.cases.conftest import IN_FIRST

Command = Callable[..., str]


def test_what_cases_are_searched_by_is_written_again(command: Command, own_home: object) -> None:
    with district.clock.held_at(district.MONDAY_NINE):
        centre = district.build()
        for text in ("井盖破损", "路灯不亮"):
            centre.report("supervisor", IN_FIRST, text=text)
    assert "已写入 2 件案件" in command("search", "rebuild")
    assert "索引已经齐全" in command("search", "rebuild")
    assert "已写入 2 件案件" in command("search", "rebuild", "--anew")
    assert Searched.objects.count() == 2
