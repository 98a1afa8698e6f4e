"""T6: six manipulations of the journal past the program, each named by the program and by an offline check of an export.

The checkpoint was written to a file before, as somebody would keep it elsewhere; the offline check has no home.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import audit
from bench.measure import line
from bench.service import Service, jingwei, service
from bench.traffic import Traffic
from jingwei.journal.chain import Link, link_hash

MUST = "each named, also by an offline check of an export"
SECONDS = 3.0  # of traffic before, and again after, yesterday's copy was taken


@dataclass
class Client:
    """Somebody who may write to the database. `subjects()`: cases with the entries 1 to 4."""

    sqlite: bool
    connection: Any

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        done = self.connection.execute(statement.replace("%s", "?") if self.sqlite else statement, values)
        return list(done.fetchall()) if done.description else []

    def subjects(self) -> list[str]:
        return [row[0] for row in self.sql(
            "SELECT subject FROM journal_head WHERE subject LIKE 'case:' || %s AND number = 4 ORDER BY subject", "%")]

    def entry(self, subject: str, number: int) -> tuple[Any, ...]:
        """id, data, hash, position."""
        return self.sql("SELECT e.id, e.data, e.hash, p.position FROM journal_entry e JOIN journal_position p"
                        " ON p.entry_id = e.id WHERE e.subject = %s AND e.number = %s", subject, number)[0]


Tampering = Callable[[Client], list[str]]
"""Changes the database and returns what verification must say of it, each in a line of its own."""


def alter(client: Client) -> list[str]:
    subject = client.subjects()[0]
    pk, data, _, position = client.entry(subject, 2)
    client.sql("UPDATE journal_entry SET data = %s WHERE id = %s", data.replace('"filed"', '"void"'), pk)
    return [f"{subject} 第 2 条（位置 {position}）被改动"]


def delete_last(client: Client) -> list[str]:
    subject = client.subjects()[0]
    pk, _, _, position = client.entry(subject, 4)
    client.sql("DELETE FROM journal_entry WHERE id = %s", pk)
    return [f"{subject} 缺最后的第 4 条（共缺 1 条，位置 {position}）"]


def delete_subject(client: Client) -> list[str]:
    subject = client.subjects()[0]
    places = "、".join(str(client.entry(subject, number)[-1]) for number in range(1, 5))
    client.sql("DELETE FROM journal_entry WHERE subject = %s", subject)
    client.sql("DELETE FROM journal_head WHERE subject = %s", subject)
    return [f"记录全部被删除（4 条，位置 {places}）"]


def insert(client: Client) -> list[str]:
    """By somebody who knows how hashes are made."""
    subject, at = client.subjects()[0], datetime.now(UTC)
    link = Link(subject, 5, "case.voided", "", "cli", at, "", "{}", client.entry(subject, 4)[2])
    client.sql("INSERT INTO journal_entry (subject, number, verb, via, at, area_path, data, previous, hash)"
               " VALUES (%s, 5, %s, 'cli', %s, '', '{}', %s, %s)", subject, link.verb,
               at.strftime("%Y-%m-%d %H:%M:%S.%f") if client.sqlite else at, link.previous, link_hash(link))
    return [f"{subject} 第 5 条（位置 不明）是绕过系统插入的"]


def exchange(client: Client) -> list[str]:
    one, other = client.subjects()[:2]
    first, second = client.entry(one, 1), client.entry(other, 1)
    client.sql("UPDATE journal_entry SET data = %s WHERE id = %s", second[1], first[0])
    client.sql("UPDATE journal_entry SET data = %s WHERE id = %s", first[1], second[0])
    return [f"{subject} 第 1 条（位置 {found[-1]}）被调换" for subject, found in ((one, first), (other, second))]


TAMPERINGS: dict[str, Tampering] = {
    "an entry altered": alter, "the last of a subject deleted": delete_last, "a whole subject deleted": delete_subject,
    "one inserted": insert, "two exchanged": exchange}


class Copies:
    """Copies of a stopped service: a folder for each, and on PostgreSQL a database for each."""

    def __init__(self, held: Service) -> None:
        self.held = held
        self._count = 0

    def take(self) -> dict[str, str]:
        """The environment in which a command works on a new copy."""
        self._count += 1
        home = self.held.home.parent / f"copy-{self._count}"
        shutil.copytree(self.held.home, home)
        more = {"JINGWEI_HOME": str(home)}
        if self.held.database == "postgresql":
            more["JINGWEI_DATABASE"] = self.held.copy_database(f"copy_{self._count}")
        return {**os.environ, **more}

    @contextmanager
    def client(self, environment: dict[str, str]) -> Iterator[Client]:
        if self.held.database == "postgresql":
            import psycopg

            connection: Any = psycopg.connect(environment["JINGWEI_DATABASE"], autocommit=True)
        else:
            import sqlite3

            connection = sqlite3.connect(Path(environment["JINGWEI_HOME"]) / "jingwei.sqlite3", isolation_level=None)
        try:
            yield Client(self.held.database == "sqlite", connection)
        finally:
            connection.close()


def run() -> Iterator[dict[str, Any]]:
    for database in ("sqlite", "postgresql"):
        with service(database) as held:
            yield _trial(held)


def _trial(held: Service) -> dict[str, Any]:
    known = held.inside("bench.ground", "small")
    copies = Copies(held)
    _some_traffic(held, known, 1)
    yesterday = copies.take()
    _some_traffic(held, known, 2)
    kept = held.home.parent / "kept-elsewhere.json"
    jingwei(held.home, "journal", "checkpoint", str(kept))
    position = _last(held)
    sound = _verify(copies.take(), kept)
    named = {}
    for name, does in TAMPERINGS.items():
        copy = copies.take()
        with copies.client(copy) as client:
            expected = does(client)
        named[name] = _named(expected, _verify(copy, kept))
    with copies.client(yesterday) as client:
        old = client.sql("SELECT MAX(position) FROM journal_position")[0][0]
    named["yesterday's database put back"] = _named(
        [f"日志比检查点少 {position - old} 条（从位置 {old + 1} 起）"], _verify(yesterday, kept))
    found = sum(all(one.values()) for one in named.values())
    clean = all("✔ 日志完好" in said for said in sound.values())
    return line("T6", found, "of 6 named", MUST, ok=found == len(named) == 6 and clean, database=held.database,
                shown=f"{found}/6", untouched_is_sound=clean, entries=position, named=named)


def _some_traffic(held: Service, known: dict[str, Any], seed: int) -> None:
    held.start()
    traffic = Traffic(held.port, known, threads=4, seed=seed)
    traffic.start()
    time.sleep(SECONDS)
    traffic.stop()
    held.caught_up()
    held.stop()
    if traffic.wrong:
        raise RuntimeError(traffic.wrong[0])


def _last(held: Service) -> int:
    with held.connect() as reading:
        return int(reading.execute("SELECT MAX(position) FROM journal_position").fetchone()[0])


def _verify(environment: dict[str, str], kept: Path) -> dict[str, str]:
    """What the program says of a database, and what an export of it shows where there is no home."""
    home = Path(environment["JINGWEI_HOME"])
    said = audit.run(home, "journal", "verify", "--checkpoint", str(kept), env=environment).stdout
    export = home / "journal.jsonl.gz"
    audit.run(home, "journal", "export", str(export), env=environment)
    nowhere = {name: value for name, value in os.environ.items() if not name.startswith("JINGWEI_")}
    offline = audit.run(home / "nowhere", "journal", "verify", "--checkpoint", str(kept), "--export", str(export),
                        env=nowhere)
    return {"by_verify": said, "offline": offline.stdout}


def _named(expected: list[str], said: dict[str, str]) -> dict[str, bool]:
    return {way: all(any(words in line for line in text.splitlines() if line.startswith("✘")) for words in expected)
            for way, text in said.items()}
