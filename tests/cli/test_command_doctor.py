"""`jingwei doctor`: each fault has its line and its way out."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from jingwei.accounts.queries import operator
from jingwei.catalogue import queries
from jingwei.config import checks
from jingwei.journal import commands as journal
from jingwei.journal.events import JournalEvent
from jingwei.kernel import clock


def line(said: str, name: str) -> str:
    return next(each for each in said.splitlines() if each[2:].startswith(f"{name}："))


def test_a_sound_home_passes(command: Callable[..., str], own_home: Path) -> None:
    said = command("doctor")
    assert "✘" not in said
    assert "自检通过" in said
    assert "每次提交都落盘" in line(said, "数据库")
    assert "从未备份" in line(said, "备份")


@pytest.mark.parametrize(("break_it", "name", "way_out"), [
    (lambda home: (home / "keys" / "vault.key").unlink(), "密钥", "keys import"),
    (lambda home: (home / "keys" / "hash.key").chmod(0o644), "密钥", "chmod"),
    (lambda home: home.chmod(0o755), "数据目录", "chmod 700"),
])
def test_each_fault_says_the_way_out(
        break_it: Callable[[Path], None], name: str, way_out: str, command: Callable[..., str],
        own_home: Path) -> None:
    break_it(own_home)
    said = command("doctor", status=1)
    assert line(said, name).startswith("✘")
    assert way_out in line(said, name)


def test_a_clock_behind_the_journal_is_told(command: Callable[..., str]) -> None:
    """Deadlines rest on the clock: an entry from the future means that one of the two is wrong."""
    with clock.held_at(clock.now() + timedelta(hours=2)):
        entry(1)
    journal.number_entries()
    assert "NTP" in line(command("doctor", status=1), "时钟")


def test_an_old_backup_is_told(command: Callable[..., str], own_home: Path) -> None:
    at = (clock.now() - timedelta(days=3)).isoformat()
    (own_home / "last-backup.json").write_text(json.dumps({"at": at, "position": 7, "file": "b.tar"}))
    assert line(command("doctor"), "备份").startswith("！")


def test_a_database_that_was_not_brought_up_is_told(command: Callable[..., str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, app, name, applied FROM django_migrations ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
        cursor.execute("DELETE FROM django_migrations WHERE id = %s", [row[0]])
    try:
        said = command("doctor", status=1)
        assert "init" in said
    finally:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO django_migrations (id, app, name, applied) VALUES (%s, %s, %s, %s)", list(row))


def test_one_check_that_fails_keeps_none_from_running(
        command: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(home: object) -> None:
        raise ValueError("no such thing")

    monkeypatch.setattr(checks, "CHECKS", {"坏的": broken, "磁盘": checks.CHECKS["磁盘"]})
    said = command("doctor", status=1)
    assert "没有查成" in line(said, "坏的")
    assert line(said, "磁盘").startswith(("✔", "！"))


def entry(number: int) -> None:
    from django.db import transaction

    with transaction.atomic():
        journal.record_new(operator(), f"test:{os.getpid()}:{number}", JournalEvent.VERIFY_ASKED, {})


@pytest.mark.parametrize(("setting", "sign", "said"), [
    ("administrators", "✔", "管理员要用"), ("everyone", "✔", "人人要用"), ("off", "！", "只凭密码"), ("admins", "✘", "看不懂"),
])
def test_whether_a_second_factor_is_asked_for_is_told(
        setting: str, sign: str, said: str, command: Callable[..., str], own_home: Path, settings: Any) -> None:
    (own_home / "settings.toml").write_text(f'zone = "Asia/Shanghai"\nsecond_factor = "{setting}"\n')
    settings.JINGWEI_SECOND_FACTOR = setting
    told = line(command("doctor", status=int(sign == "✘")), "两步验证")
    assert told.startswith(sign)
    assert said in told


def test_a_rule_that_points_nowhere_is_found_with_its_way_out(
        command: Callable[..., str], own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bad input: a rule whose unit was taken out of use by other means, or in a database put back."""
    assert line(command("doctor"), "责任单位规则").startswith("✔")
    rule = queries.RuleRow("", "s", "matter", "06", "", "", "", "HW", "环卫所", "", False, "", "", [], "", "", "", False, ["unit"])
    monkeypatch.setattr(queries, "faulty_rules", lambda: [rule])
    said = line(command("doctor", status=1), "责任单位规则")
    assert said.startswith("✘")
    assert "1 条规则" in said
    assert "06 → 环卫所" in said
    assert "责任单位" in said


def test_what_a_killed_backup_left_is_named_until_the_next_one_clears_it(
        command: Callable[..., str], own_home: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    command("backup", away / "first.tar")
    (away / ".second.tar.abcdefgh.jingwei-part").write_bytes(b"half")
    said = line(command("doctor"), "半份文件")
    assert said.startswith("！")
    assert ".second.tar.abcdefgh" in said
    command("backup", away / "third.tar")
    assert sorted(path.name for path in away.iterdir()) == ["first.tar", "third.tar"]
    assert line(command("doctor"), "半份文件").startswith("✔")


def test_a_home_of_a_newer_program_is_written_to_by_nothing_but_told_by_doctor(
        command: Callable[..., str], own_home: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '9999_later', %s)", [clock.now()])
    try:
        for words in (("user", "add", "wangshili", "王示例"), ("worker",), ("locate", "1", "1"),
                      ("export", "cases", "--out", "out.csv"), ("backup", "b.tar")):
            assert "更新的程序版本建立（缺少 cases.9999_later）" in command(*words, status=1)
        assert "cases.9999_later" in line(command("doctor", status=1), "数据库") + command("doctor", status=1)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = '9999_later'")


def test_a_folder_that_cannot_be_written_to_is_told(
        command: Callable[..., str], own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != own_home / "files")
    said = command("doctor", status=1)
    assert f"写不进 {own_home / 'files'}" in said
