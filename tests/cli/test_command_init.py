"""`jingwei init`: a data folder, made once, harmless again."""

import os
import stat
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from jingwei.cli.init import settings_text
from tests.cli.conftest import Jingwei


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_makes_a_folder_that_only_its_owner_can_read(
        tmp_path: Path, jingwei: Jingwei, fresh_database: Callable[[], str]) -> None:
    home, database = tmp_path / "deep" / "home", fresh_database()
    done = jingwei("init", "--database", database, "--zone", "Asia/Urumqi", home=home)
    assert done.returncode == 0, done.stderr
    assert mode(home) == 0o700
    assert mode(home / "keys") == 0o700
    assert all(mode(key) == 0o600 for key in (home / "keys").iterdir())
    assert {key.name for key in (home / "keys").iterdir()} >= {"secret.key", "vault.key", "hash.key", "files.key"}
    settings = tomllib.loads((home / "settings.toml").read_text("utf-8"))
    assert (settings["database"], settings["zone"]) == (database, "Asia/Urumqi")
    assert settings["second_factor"] == "administrators"
    assert (home / "jingwei.sqlite3").is_file() == (database == "sqlite")


def test_again_it_changes_nothing(tmp_path: Path, jingwei: Jingwei, fresh_database: Callable[[], str]) -> None:
    home = tmp_path / "home"
    assert jingwei("init", "--database", fresh_database(), home=home).returncode == 0
    before = {path: path.read_bytes() for path in (*home.glob("*.toml"), *(home / "keys").iterdir())}
    done = jingwei("init", home=home)
    assert done.returncode == 0, done.stderr
    assert {path: path.read_bytes() for path in before} == before


def test_an_interrupted_one_is_completed(tmp_path: Path, jingwei: Jingwei, fresh_database: Callable[[], str]) -> None:
    home = tmp_path / "home"
    (home / "keys").mkdir(parents=True)
    (home / ".settings.toml.0a0b0c0d").write_text("cut off")
    done = jingwei("init", "--database", fresh_database(), home=home)
    assert done.returncode == 0, done.stderr
    assert jingwei("doctor", home=home).stdout.count("✔ 数据库") == 1


@pytest.mark.parametrize(("words", "status", "said"), [
    (["--zone", "Asia/Nowhere"], 2, "Asia/Nowhere"),
    (["--zone", "../../etc/passwd"], 2, "时区"),
    (["--database", "mysql://u@h/d"], 2, "postgresql://"),
    (["--database", "postgresql://u@127.0.0.1:1/none"], 1, "连不上数据库"),
])
def test_it_refuses_in_words(words: list[str], status: int, said: str, tmp_path: Path, jingwei: Jingwei) -> None:
    done = jingwei("init", *words, home=tmp_path / "home")
    assert done.returncode == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "home").exists()


def test_it_leaves_a_folder_of_somebody_else_alone(tmp_path: Path, jingwei: Jingwei) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    done = jingwei("init", home=tmp_path)
    assert done.returncode == 1
    assert "letters.txt" in done.stderr
    assert os.listdir(tmp_path) == ["letters.txt"]


def test_another_database_is_not_slipped_under_a_home(ready_home: Path, jingwei: Jingwei) -> None:
    done = jingwei("init", "--database", "postgresql://u@h/other", home=ready_home)
    assert done.returncode == 1
    assert "settings.toml" in done.stderr


@pytest.mark.parametrize("database", [
    "sqlite", 'postgresql://u:p"a\\ss@h/d', "postgresql://用户@h/d", "postgresql://u:\\1@h/d"])
def test_the_settings_file_holds_what_it_was_given(database: str) -> None:
    options = {"zone": "Asia/Shanghai", "hosts": 'a.example,b"c', "https": True, "second_factor": "off", "extra": "\\g<0>"}
    told = tomllib.loads(settings_text(database, options))
    assert {name: told[name] for name in ("database", *options)} == {"database": database, **options}
    assert (told["address"], told["inside_networks"]) == ("", "")  # nothing inside the house is asked unless it is named
