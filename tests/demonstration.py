"""A home with the demonstration, made once for whoever asks, and what was said when it was made.

A run from another seed was killed halfway in the same folder before: what every test sees has survived that.
"""

import atexit
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.cli.conftest import environment

SEED = 1
_CARD = re.compile(r"^ {2}(\S+) +(\S+) +((?:[a-z2-9]{4}-){2}[a-z2-9]{4}) +(\S+) +(\S+)$", re.MULTILINE | re.ASCII)


@dataclass(frozen=True)
class Demonstration:
    """Read it, copy it; nobody changes it. `left`: files and outlines that the killed run had left."""

    home: Path
    said: str
    left: frozenset[str]
    left_outlines: tuple[bytes, ...]

    @property
    def accounts(self) -> dict[str, str]:
        """Passwords by login, as they were printed."""
        return {login: password for _, login, password, _, _ in _CARD.findall(self.said)}

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        return ask(self.home, statement)

    def outlines(self) -> tuple[bytes, ...]:
        return outlines(self.home)


def ask(home: Path, statement: str) -> list[tuple[Any, ...]]:
    """Rows straight from the database's file."""
    with closing(sqlite3.connect(f"file:{home / 'jingwei.sqlite3'}?mode=ro", uri=True)) as database:
        return database.execute(statement).fetchall()


def outlines(home: Path) -> tuple[bytes, ...]:
    return tuple(wkb for wkb, in ask(home, "SELECT wkb FROM grids_boundary ORDER BY id"))


def command(home: Path, *words: object) -> list[str]:
    return [sys.executable, "-m", "jingwei.cli.main", "--home", str(home), *map(str, words)]


@cache
def demonstration() -> Demonstration:
    """The one of seed 1."""
    folder = Path(tempfile.mkdtemp(prefix="jingwei-demo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    home = folder / "home"
    with started(home, "demo", "--no-serve", "--seed", SEED + 1) as killed:
        assert killed.stdout
        assert any(line.startswith("区划：") for line in killed.stdout)
        killed.kill()
    left = frozenset(path.name for path in home.iterdir()), outlines(home)
    made = subprocess.run(command(home, "demo", "--no-serve", "--seed", SEED), env=environment(),
                          capture_output=True, text=True, check=False, timeout=300)
    assert (made.returncode, made.stderr) == (0, ""), made.stderr
    return Demonstration(home, made.stdout, *left)


@contextmanager
def started(home: Path, *words: object) -> Iterator[subprocess.Popen[str]]:
    """`jingwei …` as a process that is told to end when the block does."""
    main = subprocess.Popen(command(home, *words), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            text=True)
    try:
        yield main
    finally:
        if main.poll() is None:
            main.terminate()
        main.wait(30)
        assert main.stdout
        main.stdout.close()
