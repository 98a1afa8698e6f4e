"""`jingwei clock due`: the first line begins with the instant, the reasons follow."""

from datetime import datetime
from pathlib import Path

import pytest

from jingwei.cli.main import main


@pytest.fixture(autouse=True)
def no_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JINGWEI_HOME", str(tmp_path / "none"))


def due(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert main(["clock", "due", *words]) == 0
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(("words", "at", "gloss"), [
    (["--start", "2026-11-20T09:00", "--limit", "4 work_hour"], "2026-11-20T15:00:00+08:00", "lunch 12–14 left out"),
    (["--start", "2026-11-20T17:00", "--limit", "4 work_hour"], "2026-11-23T11:00:00+08:00", "over a weekend"),
    (["--start", "2026-11-20T17:00", "--limit", "4 urgent_hour"], "2026-11-20T21:00:00+08:00", "without a break"),
    (["--start", "2026-09-30T16:00", "--limit", "4 work_hour"], "2026-10-08T10:00:00+08:00", "over National Day"),
    (["--start", "2026-11-20T01:00Z", "--limit", "4 work_hour"], "2026-11-20T15:00:00+08:00", "a start in UTC"),
    (["--start", "2026-11-20T09:00", "--limit", "4 work_hour", "--pause", "2026-11-20T10:00/2026-11-20T11:30"],
     "2026-11-20T16:30:00+08:00", "a pause moves it"),
    (["--start", "2026-11-20T09:00", "--limit", "4 work_hour", "--extend", "2 work_hour", "--extend", "1 work_hour"],
     "2026-11-20T18:00:00+08:00", "two extensions"),
    (["--start", "2026-11-20T09:00", "--limit", "1 work_day", "--convention", "end_of_day"],
     "2026-11-23T18:00:00+08:00", "the close of the next working day"),
    (["--start", "2026-11-20T09:00", "--limit", "4 work_hour", "--hours", "09:00-12:00,13:00-17:00"],
     "2026-11-20T14:00:00+08:00", "other hours"),
    (["--start", "2026-11-20T09:00", "--limit", "1 natural_day", "--zone", "Asia/Urumqi"],
     "2026-11-21T09:00:00+06:00", "another zone"),
])
def test_the_instant_begins_the_first_line(
        words: list[str], at: str, gloss: str, capsys: pytest.CaptureFixture[str]) -> None:
    first, *reasons = due(capsys, *words)
    assert first.split()[0] == at, gloss
    assert datetime.fromisoformat(first.split()[0]).utcoffset() is not None
    assert reasons, "it says why"


def test_it_says_what_was_counted_and_what_was_not(capsys: pytest.CaptureFixture[str]) -> None:
    told = "\n".join(due(capsys, "--start", "2026-09-30T16:00", "--limit", "4 work_hour"))
    assert "国庆节，不计" in told
    assert "计 2 小时" in told


def test_lunch_and_nights_of_several_days_have_lines_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    told = due(capsys, "--start", "2026-11-18T09:00", "--limit", "3 work_day")
    assert sum("午休，不计" in line for line in told) == 3
    assert sum("下班时间，不计" in line for line in told) == 4
    assert sum("：计 " in line for line in told) == 7


def test_an_open_pause_has_no_instant(capsys: pytest.CaptureFixture[str]) -> None:
    first, *reasons = due(capsys, "--start", "2026-11-20T09:00", "--limit", "4 work_hour", "--pause", "2026-11-20T10:00/")
    assert first.startswith("暂停中")
    assert "尚余" in reasons[-1]


@pytest.mark.parametrize(("words", "said"), [
    (["--start", "gestern", "--limit", "4 work_hour"], "--start"),
    (["--start", "2026-11-20T09:00", "--limit", "4"], "--limit"),
    (["--start", "2026-11-20T09:00", "--limit", "4 hours"], "--limit"),
    (["--start", "2026-11-20T09:00", "--limit", "０4 work_hour"], "--limit"),
    (["--start", "2026-11-20T09:00", "--limit", "-1 work_hour"], "大于零"),
    (["--start", "2026-11-20T09:00", "--limit", "1e400 work_hour"], "二十年"),
    (["--start", "2026-11-20T09:00", "--limit", "4 work_hour", "--pause", "2026-11-20T10:00"], "用 / 隔开"),
    (["--start", "2026-11-20T09:00", "--limit", "4 work_hour", "--pause", "2026-11-21T10:00/2026-11-20T10:00"], "早于开始"),
    (["--start", "2026-11-20T09:00", "--limit", "4 work_hour", "--extend", "soon"], "--extend"),
    (["--start", "2026-11-20T09:00", "--limit", "4 work_hour", "--hours", "morning"], "--hours"),
    (["--start", "2026-11-20T09:00", "--limit", "4 work_hour", "--zone", "Mars/Base"], "时区"),
    (["--start", "9999-12-31T23:00", "--limit", "4 work_hour"], "范围"),
])
def test_bad_values_are_refused_in_words(
        words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clock", "due", *words]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""
