"""The program as a whole: help, usage, exit status, speed of starting."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jingwei.cli import main as program
from tests.cli.conftest import Jingwei
from tests.journeys.homes import environment


def test_it_shows_every_command_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        program.main(["--help"])
    shown = capsys.readouterr().out
    assert end.value.code == 0
    assert shown.startswith("用法：jingwei")
    for name, (_, line) in program.COMMANDS.items():
        assert name in shown
        assert line in shown


@pytest.mark.parametrize("name", program.COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        program.main([name, "--help"])
    shown = capsys.readouterr().out
    assert end.value.code == 0
    assert shown.startswith(f"用法：jingwei {name}")
    assert "show this help" not in shown


@pytest.mark.parametrize(("words", "said"), [
    ([], "缺少参数"),
    (["unheard"], "没有 'unheard' 这一项"),
    (["init", "--unheard"], "不认识的参数：--unheard"),
    (["init", "--zone"], "后面要有一个值"),
    (["serve", "--port", "http"], "不是有效的值"),
    (["--home"], "参数 --home：后面要有一个值"),
])
def test_wrong_usage_is_told_in_words(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        program.main(words)
    told = capsys.readouterr().err
    assert end.value.code == 2
    assert said in told
    assert "--help" in told


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_of_the_environment_that_is_no_number_is_told_in_words(
        command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "八千")
    with pytest.raises(SystemExit) as end:
        program.main([command])
    assert end.value.code == 2
    assert "--port" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["doctor"], ["serve"], ["worker"], ["backup", "b.tar"]])
def test_without_a_data_folder_it_says_how_to_make_one(
        words: list[str], tmp_path: Path, jingwei: Jingwei) -> None:
    done = jingwei(*words, home=tmp_path / "none")
    assert done.returncode == 2
    assert "init" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("words", [["--home", "{}", "doctor"], ["doctor", "--home", "{}"], ["doctor", "--home={}"]])
def test_home_may_stand_anywhere(words: list[str], ready_home: Path, jingwei: Jingwei) -> None:
    done = jingwei(*[word.format(ready_home) for word in words])
    assert str(ready_home) in done.stdout


def test_it_takes_the_home_from_the_environment(ready_home: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "jingwei.cli.main", "doctor"], capture_output=True, text=True,
                          env=environment(JINGWEI_HOME=str(ready_home)), check=False)
    assert str(ready_home) in done.stdout


def test_broken_settings_are_named(tmp_path: Path, jingwei: Jingwei) -> None:
    (tmp_path / "settings.toml").write_text("zone = \n")
    done = jingwei("doctor", home=tmp_path)
    assert done.returncode == 1
    assert "settings.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_has_seen_enough_ends_it_quietly() -> None:
    done = subprocess.run(f"{sys.executable} -m jingwei.cli.main --help | head -c 1", shell=True, capture_output=True,
                          env=environment(), check=False)
    assert done.stderr == b""


def test_a_terminal_without_chinese_gets_question_marks_and_no_failure() -> None:
    done = subprocess.run([sys.executable, "-m", "jingwei.cli.main", "--help"], capture_output=True, check=False,
                          env=environment(PYTHONIOENCODING="ascii"))
    assert done.returncode == 0
    assert b"jingwei" in done.stdout


def test_neither_help_nor_a_deadline_imports_django() -> None:
    """Starting fast is a promise: these two load nothing of the service."""
    code = ("import sys; from jingwei.cli.main import main\n"
            "try: main(sys.argv[1:])\nexcept SystemExit: pass\n"
            "print([name for name in ('django', 'ninja', 'granian', 'numpy', 'shapely') if name in sys.modules])")
    for words in (["--help"], ["clock", "due", "--start", "2026-11-20T09:00", "--limit", "4 work_hour"]):
        done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True,
                              env=environment(JINGWEI_HOME=os.devnull + "/none"))
        assert done.stdout.splitlines()[-1] == "[]"
