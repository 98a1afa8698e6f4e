"""Sets the centre up, lets its people work while a backup is taken, counts, restores elsewhere and counts again."""

import argparse
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.journeys.centre.cast import PROCESSES
from tests.journeys.centre.ground import classes, places, plan, set_up
from tests.journeys.homes import Folder, environment

ROOT = Path(__file__).parents[3]
LEAVE_AT = ("handling", "suspended", "checking", "filed", "fed_back")


def module(name: str, *words: object) -> list[str]:
    return [sys.executable, "-m", f"tests.journeys.centre.{name}", *map(str, words)]


def run(name: str, *words: object) -> None:
    subprocess.run(module(name, *words), cwd=ROOT, env=environment(), check=True)


@contextmanager
def serving(made: Folder) -> Iterator[str]:
    """The service as anybody starts it, on a free port of the loopback; its address."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    with (made.home.parent / "serve.log").open("w") as log, subprocess.Popen(
            made.command("serve", "--port", port), env=environment(), stdout=log, stderr=log) as service:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            service.send_signal(signal.SIGTERM)
            service.wait(30)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.1)
    raise TimeoutError("the service does not answer")


def shares(made: Folder, seed: int, count: int) -> list[list[tuple[str, str]]]:
    """Which cases each process drives, and where some are left: a tenth of them goes to two processes at once."""
    rng = random.Random(seed)
    ids = sorted(str(case) for (case,) in made.ask("SELECT id FROM cases_case"))
    ids = sorted(rng.sample(ids, count))
    ids = [f"{case[:8]}-{case[8:12]}-{case[12:16]}-{case[16:20]}-{case[20:]}" if "-" not in case else case for case in ids]
    each: list[list[tuple[str, str]]] = [[] for _ in range(PROCESSES)]
    for number, case in enumerate(ids):
        leave_at = rng.choice(LEAVE_AT) if rng.random() < 0.15 else ""
        for process in {number % PROCESSES, rng.randrange(PROCESSES) if rng.random() < 0.1 else number % PROCESSES}:
            each[process].append((case, leave_at))
    return each


def work(made: Folder, logs: Path, base: str, seed: int, count: int) -> dict[str, Any]:
    """Eight processes of people, and a backup in the middle of it; how long it took and what stood in the backup."""
    people = json.loads((logs / "people.json").read_text())
    points = places(made.home.parent / "cases.csv")
    codes, running = classes(made.home.parent / "classes.csv"), []
    for number, cases in enumerate(shares(made, seed, count)):
        told = plan(logs / f"plan-{number}.json", base=base, cases=cases, places=points, classes=codes, seed=seed + number,
                    tokens={login: each[number] for login, each in people["tokens"].items()}, report_every=8,
                    out=str(logs / f"done-{number}.jsonl"))
        running.append(subprocess.Popen(module("worker", told), cwd=ROOT, env=environment()))
    began = time.monotonic()
    start = made.one("SELECT COUNT(*) FROM journal_entry")
    goal = start + 5 * count
    while made.one("SELECT COUNT(*) FROM journal_entry") < goal and any(each.poll() is None for each in running):
        time.sleep(0.2)
    meanwhile = sum(each.poll() is None for each in running)
    made.run("backup", "backup", made.home.parent / "centre.tar")
    ended = [each.wait() for each in running]
    return {"seconds": time.monotonic() - began, "ended": ended, "working_at_backup": meanwhile,
            "position_at_start": start}


def answers(logs: Path) -> dict[str, Any]:
    """What the service said, as the people noted it."""
    status: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    races: dict[str, list[dict[str, Any]]] = {}
    found: dict[str, Any] = {"requests": 0, "busy": 0, "broken": 0, "faults": [], "slowest": 0.0, "without_due": []}
    for path in sorted(logs.glob("done-*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            asked = json.loads(line)
            if "reads" in asked:
                found["requests"] += sum(asked["reads"].values())
                found["faults"] += asked["faults"]
                continue
            found["requests"] += 1 + asked["busy"] + asked["broken"]
            found["busy"] += asked["busy"]
            found["broken"] += asked["broken"]
            found["slowest"] = max(found["slowest"], asked["seconds"])
            status[str(asked["status"])] += 1
            codes[asked["code"]] += bool(asked["code"])
            if asked["answer"] and asked["answer"].get("state") == "suspended" and asked["answer"]["due_at"]:
                found["without_due"].append(asked["case"])
            if asked["race"]:
                races.setdefault(asked["race"], []).append(asked)
    return found | {"status": status, "codes": codes, "races": judged(races, shared(logs))}


def shared(logs: Path) -> set[str]:
    """The cases that two processes drive: there a third may come between the two of a race."""
    driven = Counter(case for path in logs.glob("plan-*.json") for case, _ in json.loads(path.read_text("utf-8"))["cases"])
    return {case for case, times in driven.items() if times > 1}


def judged(races: dict[str, list[dict[str, Any]]], apart: set[str]) -> dict[str, Any]:
    """How each race ended. `doubled`: both won where one may. `differing`: one request, sent twice, answered differently."""
    from tests.journeys.centre.walk import wins_alone

    found: dict[str, Any] = {"doubled": [], "differing": [], "lonely": [], "kinds": Counter(), "won_by_one": 0,
                             "both_allowed": Counter()}
    for name, both in races.items():
        kind = name.partition(":")[0]
        found["kinds"][kind] += 1
        won = [each for each in both if each["status"] in (200, 201)]
        if len(both) != 2:
            found["lonely"].append(both)
        if kind == "repeat":
            same = {(each["status"], json.dumps(each["answer"], sort_keys=True)) for each in both}
            if won and len(same) != 1:
                found["differing"].append(both)
        elif len(won) > 1 and (both[0]["seen"] or (both[0]["case"] not in apart and wins_alone(both[0]["action"]))):
            found["doubled"].append(both)
        elif len(won) > 1:
            found["both_allowed"][both[0]["action"]] += 1
        else:
            found["won_by_one"] += len(won) == 1
    return found


def audited(home: Path, out: Path, *logs: Path, patience: float = 120) -> dict[str, Any]:
    run("audit", home, out, patience, *logs)
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def entries_up_to(made: Folder, position: int) -> list[tuple[Any, ...]]:
    return made.ask("SELECT p.position, e.subject, e.number, e.verb, e.data, e.hash FROM journal_position p"
                    f" JOIN journal_entry e ON e.id = p.entry_id WHERE p.position <= {position} ORDER BY p.position")


def restore(made: Folder, database: str) -> dict[str, Any]:
    """The backup in another place: the same entries up to its position, a sound journal, readers that go on."""
    there = Folder(made.home.parent / "elsewhere" / "home", database)
    shutil.copytree(made.home / "keys", there.home / "keys")
    target = ["--database", database] if database != "sqlite" else []
    said = there.run("restore", "restore", made.home.parent / "centre.tar", *target)
    position = there.one("SELECT MAX(position) FROM journal_position")
    cursor = there.one("SELECT MAX(position) FROM journal_cursor WHERE reader = 'cases.copies'")
    same = entries_up_to(made, position) == entries_up_to(there, position)
    verified = there.run("verify", "journal", "verify")
    added = there.run("add", "user", "add", "newcomer", "新人示例")
    with subprocess.Popen(there.command("worker"), env=environment()) as worker:
        try:
            found = audited(there.home, there.home.parent / "audit.json")
        finally:
            worker.terminate()
    after = there.one("SELECT MAX(position) FROM journal_position")
    went_on = there.one("SELECT MAX(position) FROM journal_cursor WHERE reader = 'cases.copies'")
    # On PostgreSQL the backup also holds entries that were written and not numbered yet: they come first.
    new = [subject for (subject,) in there.ask(
        "SELECT e.subject FROM journal_position p JOIN journal_entry e ON e.id = p.entry_id"
        f" WHERE p.position > {position} ORDER BY p.position")]
    run("spoil", there.home)
    return {"said": said, "backup_said": made.said["backup"], "position": position, "same": same, "verified": verified,
            "cursor_before": cursor, "cursor_after": went_on, "position_after": after, "new": new,
            "added": added, "audit": found, "spoiled": audited(there.home, there.home.parent / "spoiled.json", patience=0.1)}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--home", type=Path, required=True)
    asked.add_argument("--data", type=Path, required=True, help="the folder of real input")
    asked.add_argument("--database", default="sqlite")
    asked.add_argument("--elsewhere", default="sqlite", help="an empty database of the same kind for the restore")
    asked.add_argument("--cases", type=int, default=300, help="how many are driven")
    asked.add_argument("--whole", action="store_true", help="among all 29,534 and all divisions of the country")
    asked.add_argument("--seed", type=int, default=2016)
    asked.add_argument("--report", type=Path, required=True)
    options = asked.parse_args()
    made = Folder(options.home, options.database)
    logs = made.home.parent / "logs"
    logs.mkdir(parents=True)
    set_up(made, options.data, options.cases, whole=options.whole)
    run("admit", made.home, logs / "people.json")
    with serving(made) as base:
        worked = work(made, logs, base, options.seed, options.cases)
        found = audited(made.home, logs / "audit.json", logs)
    report = {"took": made.took, "work": worked, "answers": answers(logs), "audit": found,
              "served": (made.home.parent / "serve.log").read_text(), "verified": made.run("verify", "journal", "verify")}
    report["restored"] = restore(made, options.elsewhere)
    options.report.write_text(json.dumps(report, ensure_ascii=False, indent=1, default=str), "utf-8")


if __name__ == "__main__":
    os.umask(0o077)
    main()
