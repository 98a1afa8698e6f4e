"""Data folders of their own for commands that run as processes of their own."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases import flow_book
from jingwei.cases.commands.numbers import forget_blocks
from jingwei.catalogue import queries as catalogue
from jingwei.cli.main import main
from jingwei.config.home import Home
from jingwei.files.keys import ensure_key
from jingwei.grids import finding_places
from jingwei.journal.keys import create_missing
from tests.journeys.homes import environment

Jingwei = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def jingwei() -> Jingwei:
    """`jingwei(*words, home=…, database=…)`: the command line as a process, its output as text."""

    def run(*words: object, home: Path | None = None, database: str = "", given: str = "",
            folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        before = ["--home", str(home)] if home else []
        more = {"JINGWEI_DATABASE": database} if database else {}
        return subprocess.run(
            [sys.executable, "-m", "jingwei.cli.main", *before, *map(str, words)], env=environment(**more),
            input=given, capture_output=True, text=True, check=False, timeout=120, cwd=folder)

    return run


@pytest.fixture(scope="session")
def ready_home(tmp_path_factory: pytest.TempPathFactory, jingwei: Jingwei,
               fresh_database: Callable[[], str]) -> Path:
    """A data folder that has been set up; tests only read it, or add what disturbs nobody."""
    home = tmp_path_factory.mktemp("ready") / "home"
    done = jingwei("init", "--database", fresh_database(), home=home)
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def own_home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch,
             transactional_db: None) -> Iterator[Path]:
    """A data folder for commands run inside the test's own process, over the test's own database."""
    root = tmp_path / "home"
    for folder in (root, root / "keys", root / "files", root / "index"):
        folder.mkdir(mode=0o700)
    (root / "settings.toml").write_text('zone = "Asia/Shanghai"\n')
    settings.HOME = Home(root)
    monkeypatch.setenv("JINGWEI_HOME", str(root))
    monkeypatch.chdir(tmp_path)
    _forget()
    create_missing(root / "keys")
    ensure_key()
    yield root
    _forget()


def _forget() -> None:
    """What is cached by generation belongs to a database that has been emptied since."""
    accounts.forget()
    catalogue.forget()
    flow_book.forget()
    finding_places.forget()
    forget_blocks()


@pytest.fixture
def command(own_home: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """`command(words…, status=0)`: run it here, return all it said; the working folder is that of the test."""

    def run(*words: object, status: int = 0) -> str:
        capsys.readouterr()
        try:
            ended = main([str(word) for word in words])
        except SystemExit as end:
            ended = int(end.code or 0)
        said = capsys.readouterr()
        assert ended == status, said.out + said.err
        return said.out + said.err

    return run
