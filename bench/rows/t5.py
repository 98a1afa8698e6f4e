"""T5: a backup while the load runs, put back elsewhere, held against the source at the position that the backup prints."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import httpx

from bench.audit import COPIED
from bench.measure import line
from bench.service import Service, free_port, jingwei, service
from bench.traffic import Traffic

MUST = ("equal to the source at the position printed in the backup; files and keys checked; cursors go on;"
        " a drill report printed")
SECONDS = 4.0   # of traffic before the backup begins, and after it
PHOTOS = 0.3
_ENTRY = "e.subject, e.number, e.verb, e.actor, e.via, e.at, e.area_path, e.data, e.previous, e.hash"
_STEP = "case_id, number, state, unit_id, began_at, limit_value, limit_unit, due_at, ended_at, action, actor"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds. `entries`: position or None, and the columns; `reached`: subject → its last number."""

    entries: list[tuple[Any, ...]]
    cases: dict[str, dict[str, Any]]
    steps: set[tuple[Any, ...]]
    copies: dict[int, tuple[Any, ...]]
    cursors: dict[str, int]

    @property
    def reached(self) -> dict[str, int]:
        last: dict[str, int] = {}
        for _, subject, number, *_ in self.entries:
            last[subject] = max(number, last.get(subject, 0))
        return last


def contents(held: Service) -> Contents:
    with held.connect() as reading:
        def rows(statement: str) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in reading.execute(statement).fetchall()]

        found = reading.execute("SELECT * FROM cases_case")
        names = [column[0] for column in found.description]
        cases = {str(UUID(str(row[0]))): dict(zip(names, row, strict=True)) for row in found.fetchall()}
        return Contents(
            rows(f"SELECT p.position, {_ENTRY} FROM journal_entry e LEFT JOIN journal_position p ON p.entry_id = e.id"
                 " ORDER BY p.position"),
            cases, set(rows(f"SELECT {_STEP} FROM cases_step")),
            {row[0]: row[1:] for row in rows("SELECT entry_position, case_id, action, at FROM cases_copy")},
            dict(rows("SELECT reader, position FROM journal_cursor")))


def run() -> Iterator[dict[str, Any]]:
    for database in ("sqlite", "postgresql"):
        with service(database) as held:
            yield _trial(held)


def _trial(held: Service) -> dict[str, Any]:
    known = held.inside("bench.ground", "small")
    held.start()
    traffic = Traffic(held.port, known, threads=4, photos=PHOTOS)
    traffic.start()
    time.sleep(SECONDS)
    folder = held.home.parent
    before = len(traffic.sent)
    told = jingwei(held.home, "backup", str(folder / "backup.tar")).stdout
    during = len(traffic.sent) - before
    time.sleep(SECONDS)
    traffic.stop()
    held.caught_up()
    source = contents(held)
    (folder / "passphrase").write_text("an invented passphrase, long enough\n")
    jingwei(held.home, "keys", "export", str(folder / "keys.box"), "--passphrase-file", str(folder / "passphrase"))
    held.stop()
    printed = re.search(r"日志位置 ([0-9]+)", told)
    position = int(printed[1]) if printed else -1
    with _elsewhere(held) as (other, drill):
        faults = [*traffic.wrong, *_compare(source, restored := contents(other), position)]
        later = source.entries[-1][0] - position
        faults += _go_on(other, restored, traffic, known)
    report = [text for text in drill.splitlines() if text.startswith(("✔", "✘", "！", "结论"))]
    held_well = not faults and not any(text.startswith(("✘", "！")) for text in report) and later > 0 and during > 0
    return line(
        "T5", len(faults), "differences", MUST, ok=held_well, database=held.database, position=position,
        entries_later=later, answered_during_backup=during, cases=len(restored.cases), steps=len(restored.steps),
        files=sum("files" in one.body for one in traffic.reports()), faults=faults[:10], drill=report)


@contextmanager
def _elsewhere(held: Service) -> Iterator[tuple[Service, str]]:
    """The restored service, not started, and the drill's report. Keys come first, as somebody would do in a drill."""
    folder = held.home.parent
    other = replace(held, home=folder / "elsewhere" / "home", port=free_port(), main=None, _files=[])
    other.home.parent.mkdir()
    words = []
    if held.database == "postgresql":
        import psycopg

        with psycopg.connect(held.dsn(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE elsewhere TEMPLATE template0")
        other.postgresql = _At(held.postgresql, "elsewhere")
        words = ["--database", other.dsn()]
    jingwei(other.home, "keys", "import", str(folder / "keys.box"), "--passphrase-file", str(folder / "passphrase"))
    drill = jingwei(other.home, "restore", str(folder / "backup.tar"), *words).stdout
    try:
        yield other, drill
    finally:
        other.stop()


class _At:
    """The same PostgreSQL, another database."""

    def __init__(self, server: Any, name: str) -> None:
        self._server, self._name = server, name

    def get_uri(self) -> str:
        return str(self._server.get_uri(self._name))


def _compare(source: Contents, restored: Contents, position: int) -> Iterator[str]:
    """Entries to the last column, cases by their own history, steps row by row."""
    upto = [entry for entry in source.entries if entry[0] is not None and entry[0] <= position]
    placed = [entry for entry in restored.entries if entry[0] is not None]
    if placed != upto or len(upto) != position:
        yield f"{len(placed)} placed entries were restored, {len(upto)} were written up to position {position}"
    everything = {entry[1:] for entry in source.entries}
    # committed when the copy was taken, numbered a moment later
    if not {entry[1:] for entry in restored.entries if entry[0] is None} <= everything:
        yield "an entry without position is none of the source"
    reached, now = restored.reached, source.reached
    stood: dict[str, tuple[str, int]] = {}
    for entry in sorted(restored.entries, key=lambda entry: entry[2]):
        if entry[1].startswith("case:"):
            data = json.loads(entry[8])
            stood[entry[1].removeprefix("case:")] = (data["to"], data["step"])
    if stood.keys() != restored.cases.keys():
        yield f"{len(restored.cases)} cases were restored, the entries tell of {len(stood)}"
    for case, row in restored.cases.items():
        if stood.get(case) != (row["state"], row["step"]):
            yield f"case {case} stands at {row['state']}, step {row['step']}; its entries say {stood.get(case)}"
        if reached[f"case:{case}"] == now[f"case:{case}"] and row != source.cases[case]:
            yield f"case {case} has not moved since and differs"
    steps = {step for step in source.steps if step[1] < restored.cases.get(
        str(UUID(str(step[0]))), {"step": 0})["step"]}
    if restored.steps != steps:
        yield f"{len(restored.steps)} steps were restored, {len(steps)} had ended by then"
    if any(source.copies.get(place) != copy for place, copy in restored.copies.items()):
        yield "a copy differs from that of the source"


def _go_on(other: Service, restored: Contents, traffic: Traffic, known: dict[str, Any]) -> Iterator[str]:
    """The restored service runs: readers go on from their cursors, files and sealed values can be read, work goes on."""
    other.start()
    other.caught_up()
    later = Traffic(other.port, known, threads=2, seed=2)
    later.start()
    time.sleep(1.5)
    later.stop()
    other.caught_up()
    yield from later.wrong
    found = contents(other)
    last = found.entries[-1][0]
    owed = {entry[0] for entry in found.entries if entry[3] in COPIED}
    if set(found.copies) != owed:
        yield f"{len(found.copies)} copies, {len(owed)} are owed"
    if any(found.copies.get(place) != copy for place, copy in restored.copies.items()):
        yield "a copy made before was changed"
    begun = restored.cursors["cases.copies"]
    if any(place <= begun for place in found.copies.keys() - restored.copies.keys()):
        yield "a copy was made again for an entry before the cursor"
    yield from (f"reader {name} stands at {at} of {last}" for name, at in found.cursors.items() if at != last)
    yield from _read_sealed(other, restored, traffic, known)


def _read_sealed(other: Service, restored: Contents, traffic: Traffic, known: dict[str, Any]) -> Iterator[str]:
    """Photos come back as pictures, telephone numbers as they were given: the keys are the right ones."""
    token = known["people"]["worker"]["token"]
    asking = {"Authorization": f"Bearer {token}"}
    seen = 0
    for one in traffic.reports():
        if "files" not in one.body or one.case not in restored.cases:
            continue
        seen += 1
        answer = httpx.get(f"{other.url}/api/cases/{one.case}/files/{one.body['files'][0]}", headers=asking, timeout=20)
        if answer.status_code != 200 or not answer.headers["content-type"].startswith("image/"):
            yield f"photo of case {one.case}: {answer.status_code} {answer.text[:100]}"
        if seen <= 10:
            answer = httpx.post(f"{other.url}/api/cases/{one.case}/contact", json={"reason": "恢复演练"},
                                headers={"Authorization": f"Bearer {known['people']['leader']['token']}"}, timeout=20)
            if answer.status_code != 200 or one.body["contact_phone"] not in answer.text:
                yield f"telephone of case {one.case}: {answer.status_code} {answer.text[:100]}"
    if not seen:
        yield "no photo was restored"
