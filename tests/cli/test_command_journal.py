"""`jingwei journal`: what a check finds, here and in an exported file, is the same (T6)."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Jingwei
from tests.settings import DATABASE

pytestmark = pytest.mark.skipif(DATABASE != "sqlite", reason="tampers with the file; the journal's own tests use both")


@pytest.fixture
def home(tmp_path: Path, jingwei: Jingwei) -> Path:
    assert jingwei("init", home=tmp_path / "home").returncode == 0
    return tmp_path / "home"


def test_a_verification_can_leave_an_export_that_is_checked_without_the_database(home, tmp_path, jingwei):
    done = jingwei("journal", "verify", "--export", tmp_path / "j.jsonl", home=home)
    assert done.returncode == 0, done.stderr
    assert "日志已导出" in done.stdout
    again = jingwei("journal", "verify", "--export", tmp_path / "j.jsonl", home=tmp_path / "none")
    assert again.returncode == 0, again.stderr + again.stdout
    assert "没有核对数据目录里的日志" in again.stdout
    assert "✔ 导出的日志完好" in again.stdout
    assert "没有核对" not in done.stdout


def test_an_altered_entry_is_named_here_and_offline(home, tmp_path, jingwei):
    with closing(sqlite3.connect(home / "jingwei.sqlite3")) as database:
        subject, = database.execute("SELECT subject FROM journal_entry WHERE id = 3").fetchone()
        database.execute("UPDATE journal_entry SET data = replace(data, '{', '{ ') WHERE id = 3")
        database.commit()
    found = jingwei("journal", "verify", "--export", tmp_path / "j.jsonl", home=home)
    assert found.returncode == 1
    assert subject in found.stdout
    offline = jingwei("journal", "verify", "--export", tmp_path / "j.jsonl", home=tmp_path / "none")
    assert offline.returncode == 1
    assert subject in offline.stdout
