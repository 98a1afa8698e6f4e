"""Holds the database against what clients were told: nothing lost, nothing doubled, nobody left behind."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from bench.service import Service
from bench.traffic import ACTION, Sent, Traffic

COPIED = ("case.reported", "case.dispatched", "case.fed_back", "case.closed")


@dataclass
class Found:
    """Counts that must be 0, counts that tell how much was examined, and each fault in words (the first of them)."""

    acknowledged: int = 0
    steps: int = 0
    entries: int = 0
    copies: int = 0
    lost: int = 0
    doubled: int = 0
    skipped: int = 0
    faults: list[str] = field(default_factory=list)

    def fault(self, words: str) -> int:
        self.faults.append(words)
        return 1

    @property
    def sound(self) -> bool:
        return not (self.lost or self.doubled or self.skipped or self.faults)


def audit(held: Service, traffic: Traffic) -> Found:
    """Everything; the service runs, the load has ended and the readers have come to the end."""
    found = compare(held, traffic)
    _ask_program(held, found)
    return found


def compare(held: Service, traffic: Traffic) -> Found:
    """The database alone."""
    found = Found(acknowledged=len(traffic.reports()), steps=len(traffic.sent) - len(traffic.reports()))
    for wrong in traffic.wrong:
        found.fault(wrong)
    with held.connect() as reading:
        _compare_cases(reading, traffic, found)
        _compare_entries(reading, traffic, found)
        _compare_answers(reading, traffic, found)
        _follow_readers(reading, found)
        if held.database == "sqlite" and (said := reading.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            found.fault(f"integrity_check: {said}")
    return found


def _compare_cases(reading: Any, traffic: Traffic, found: Found) -> None:
    there = {str(UUID(str(case))): (number, state) for case, number, state in reading.execute(
        "SELECT id, number, state FROM cases_case").fetchall()}
    last: dict[str, Sent] = {}
    for one in traffic.sent:
        last[one.case] = one
    for one in traffic.reports():
        if one.case not in there:
            found.lost += found.fault(f"case {one.case} was acknowledged and is not there")
        elif there[one.case] != (one.answer["number"], last[one.case].answer["state"]):
            found.lost += found.fault(f"case {one.case} stands at {there[one.case]}, told was {last[one.case].answer}")
    if not traffic.wrong:
        for case in there.keys() - last.keys():
            found.doubled += found.fault(f"case {case} is there and nobody was told so")
    for number, count in Counter(number for number, _ in there.values()).items():
        if count > 1:
            found.doubled += found.fault(f"{count} cases have the number {number}")


def _compare_entries(reading: Any, traffic: Traffic, found: Found) -> None:
    there = Counter((subject.removeprefix("case:"), verb) for subject, verb in reading.execute(
        "SELECT subject, verb FROM journal_entry WHERE subject LIKE 'case:%'").fetchall())
    expected = Counter((one.case, ACTION[one.verb]) for one in traffic.sent)
    for deed, count in expected.items():
        if there[deed] < count:
            found.lost += found.fault(f"{deed} was acknowledged and has no entry")
    for deed, count in there.items():
        if count > expected[deed] and not traffic.wrong:
            found.doubled += found.fault(f"{deed} has {count} entries, {expected[deed]} were acknowledged")


def _compare_answers(reading: Any, traffic: Traffic, found: Found) -> None:
    people = {name: person["id"] for name, person in traffic.known["people"].items()}
    kept: dict[tuple[str, str], list[Any]] = {}
    for user, key, body in reading.execute('SELECT "user", key, body FROM journal_answer').fetchall():
        kept.setdefault((str(UUID(str(user))), key), []).append(json.loads(bytes(body)))
    for one in traffic.sent:
        answers = kept.get((people[one.person], one.key), [])
        if answers != [one.answer]:
            words = f"the key of {one.verb} {one.case} keeps {answers}, told was {one.answer}"
            if len(answers) > 1:
                found.doubled += found.fault(words)
            else:
                found.lost += found.fault(words)


def _follow_readers(reading: Any, found: Found) -> None:
    found.entries, positions, last, waiting = reading.execute(
        "SELECT (SELECT COUNT(*) FROM journal_entry), COUNT(*), COALESCE(MAX(position), 0),"
        " (SELECT COUNT(*) FROM journal_unnumbered) FROM journal_position").fetchone()
    if not found.entries == positions == last or waiting:
        found.skipped += found.fault(f"{found.entries} entries, {positions} positions up to {last}, {waiting} waiting")
    for name, position in reading.execute("SELECT reader, position FROM journal_cursor").fetchall():
        if position != last:
            found.skipped += found.fault(f"reader {name} stands at {position} of {last}")
    for name, position, error in reading.execute("SELECT reader, position, error FROM journal_parked").fetchall():
        found.skipped += found.fault(f"reader {name} parked position {position}: {error}")
    verbs = ", ".join(f"'{verb}'" for verb in COPIED)
    owed = {row[0] for row in reading.execute(
        "SELECT p.position FROM journal_position p JOIN journal_entry e ON e.id = p.entry_id"
        f" WHERE e.verb IN ({verbs})").fetchall()}
    copied = [row[0] for row in reading.execute("SELECT entry_position FROM cases_copy").fetchall()]
    found.copies = len(copied)
    for position in owed - set(copied):
        found.skipped += found.fault(f"position {position} was not copied")
    for position in set(copied) - owed:
        found.doubled += found.fault(f"position {position} was copied and is not to be")


def _ask_program(held: Service, found: Found) -> None:
    verified = run(held.home, "journal", "verify")
    if verified.returncode or "✔ 日志完好" not in verified.stdout:
        found.fault(f"journal verify: {verified.stdout}{verified.stderr}")
    answer = httpx.get(f"{held.url}/healthz", timeout=20)
    if answer.status_code != 200:
        found.fault(f"healthz: {answer.status_code} {answer.text}")


def run(home: Path, *words: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """The command line over a home, whatever its exit status."""
    return subprocess.run([sys.executable, "-m", "jingwei.cli.main", "--home", str(home), *words], capture_output=True,
                          text=True, check=False, **more)
