"""Samples of closed cases from the command line: anybody with the data folder draws them again."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases import commands as cases
from jingwei.cases import queries
from jingwei.cases import sampling_cases as rules
from jingwei.cases.models import CaseSample
from jingwei.kernel.ids import new_id
from tests.cases import conftest as district
from tests.cases.closed_cases import close_many

Command = Callable[..., str]


def test_a_sample_is_listed_recomputed_and_its_list_written(command: Command, own_home: object, tmp_path: Path,
                                                            capsys: pytest.CaptureFixture[str]) -> None:
    assert "还没有结案抽查" in command("cases", "sample")
    with district.clock.held_at(district.MONDAY_NINE):
        centre = district.build()
        close_many(40)
        made = cases.announce_sample(centre.act("boss"), cases.Announcing(
            id=new_id(), area="990101", since=district.MONDAY_NINE - timedelta(days=300), until=district.MONDAY_NINE, size=5))
        assert "只核对了名单" in command("cases", "sample", "--check", made.number)
        cases.draw_sample(centre.act("boss"), made.id)
    assert f"{made.number}  复核中" in command("cases", "sample")
    told = command("cases", "sample", "--check", made.number)
    assert "复算与公告一致" in told
    assert told.count("一致  ") == 4
    with district.clock.held_at(district.MONDAY_NINE):
        cases.stop_sample(centre.act("boss"), made.id, reason="演示")
    to = tmp_path / "list.txt"
    command("cases", "sample", "--list", made.number, "--to", str(to))
    assert rules.digest(to.read_text()) == made.digest == queries.case_sample(accounts.operator(), made.id).digest
    CaseSample.objects.update(frame=rules.packed(""))
    command("cases", "sample", "--check", made.number, status=1)
    command("cases", "sample", "--check", "CC990101-2026-9999", status=1)
