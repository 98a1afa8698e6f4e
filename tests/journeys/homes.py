"""A data folder of its own, driven by the command line as a person would, and read as its database has it."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


def environment(**more: str) -> dict[str, str]:
    """The environment of a fresh terminal: nothing of the test's own settings."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("JINGWEI_", "DJANGO_", "PYTHON", "COV", "PORT"))}
    return {**kept, "LANG": "C.UTF-8", **more}


@dataclass
class Folder:
    """`said`: what each named step printed. `took`: how many seconds it ran."""

    home: Path
    database: str
    said: dict[str, str] = field(default_factory=dict)
    took: dict[str, float] = field(default_factory=dict)

    def command(self, *words: object) -> list[str]:
        return [sys.executable, "-m", "jingwei.cli.main", "--home", str(self.home), *map(str, words)]

    def run(self, name: str, *words: object, status: int = 0) -> str:
        """Run one command to its end in the folder beside the home; what it says is kept under `name`."""
        began = time.monotonic()
        done = subprocess.run(self.command(*words), env=environment(), capture_output=True, text=True, check=False,
                              timeout=600, cwd=self.home.parent)
        self.took[name] = time.monotonic() - began
        self.said[name] = done.stdout + done.stderr
        assert done.returncode == status, f"{name}: {self.said[name]}"
        return self.said[name]

    def run_until(self, holds: Callable[[], bool], *words: object) -> bool:
        """Begin a command and kill it (SIGKILL) once `holds`; whether it was still running then."""
        with subprocess.Popen(self.command(*words), env=environment(), stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, cwd=self.home.parent) as running:
            while running.poll() is None:
                if holds():
                    running.kill()
                    return running.wait() < 0
                time.sleep(0.05)
        return False

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """Rows straight from the database, past the program."""
        if self.database == "sqlite":
            with closing(sqlite3.connect(f"file:{self.home}/jingwei.sqlite3?mode=ro", uri=True, timeout=30)) as opened:
                return opened.execute(statement).fetchall()
        import psycopg

        with psycopg.connect(self.database) as opened:
            return opened.execute(statement).fetchall()  # type: ignore[arg-type]

    def one(self, statement: str) -> Any:
        return self.ask(statement)[0][0]


def counts(said: str) -> dict[str, int]:
    """The sums of an import's last words: '已导入：新增 3，退回 0' → {'新增': 3, '退回': 0}."""
    line = next(line for line in said.splitlines() if line.startswith(("已导入：", "试运行，没有写入：")))
    return {name: int(number) for name, number in re.findall(r"(\w+) ([0-9]+)", line.partition("：")[2])}
