"""Sets the day up, lets the seats work at once, and counts."""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jingwei.cases.events import EVENT_OF
from tests.exchange.imap import imap_server
from tests.journeys.centre.__main__ import ROOT, serving
from tests.journeys.centre.__main__ import run as run_centre
from tests.journeys.centre.desk import Asked, Desk
from tests.journeys.centre.ground import classes, places
from tests.journeys.centre.worker import People
from tests.journeys.day import channels
from tests.journeys.day.count import compare, plain
from tests.journeys.day.ground import set_up
from tests.journeys.day.seats import seated, work
from tests.journeys.homes import Folder, environment

ZONE = ZoneInfo("Asia/Taipei")


def module(name: str, *words: object) -> str:
    done = subprocess.run([sys.executable, "-m", f"tests.journeys.day.{name}", *map(str, words)], cwd=ROOT, env=environment(),
                          check=True, capture_output=True, text=True)
    return done.stdout


def lived(made: Folder, logs: Path, test_data: Path, cases: int, seed: int, most: float) -> dict[str, Any]:
    """The day itself; what was acknowledged, what was answered, and both sides of every count."""
    with imap_server() as box:
        told = set_up(made, test_data, max(2, round(cases * channels.IMPORTED)), mail_port=box.port)
        module("ground", made.home, logs / "told.json", box.port)
        told |= json.loads((logs / "told.json").read_text("utf-8"))
        run_centre("admit", made.home, logs / "people.json")
        held = json.loads((logs / "people.json").read_text("utf-8"))
        began = datetime.now(ZONE)
        with serving(made) as base:
            desk = Desk(base, {login: tokens[0] for login, tokens in held["tokens"].items()})
            people = People(desk, random.Random(seed), places(made.home.parent / "cases.csv"), classes(made.home.parent / "classes.csv"))
            day = channels.Day(base, desk, people, box, told)
            seats = seated(day, channels.plan(cases), seed)
            with subprocess.Popen([sys.executable, "-m", "tests.journeys.day.postman", str(made.home), told["box"]], cwd=ROOT,
                                  env=environment()) as postman:
                took = work(day, seats, most=most)
                postman.terminate()
            behind = settled(made)
            since = began.isoformat().replace("+", "%2B")
            found = compare(made, desk, since)
            noticed = {verb: _differing(compare(made, desk, since, verb))
                       for verb in ("case.closed", "referral.ended", "letter.taken")}
            if datetime.now(ZONE).date() != began.date():
                del found["sides"]["overview ended"]  # it says what ended today, and today is over
        return {"took": took, "cases": found["cases"], "count": found, "behind": behind, "noticed": noticed, "filed": day.filed, "by": day.by,
                "steps": {seat.name: seat.steps for seat in seats}, "left": sum(len(seat.ways) for seat in seats),
                "answers": answered(desk), "lost": lost(found, day, held["ids"])}


def _differing(found: dict[str, Any]) -> list[str]:
    return [name for name, both in found["sides"].items() if both[0] != both[1]] + found["faults"]


def settled(made: Folder, patience: float = 120) -> dict[str, Any]:
    """Once every reader of the journal has come to its end; what is still missing then, and what was put aside."""
    until = time.monotonic() + patience
    while True:
        last = made.one("SELECT COUNT(*) FROM journal_entry")
        behind = made.ask(f"SELECT reader, position FROM journal_cursor WHERE position < {last}")
        if not behind or time.monotonic() > until:
            return {"readers": behind, "parked": made.ask("SELECT reader, position, error FROM journal_parked")}
        time.sleep(0.3)


def answered(desk: Desk) -> dict[str, Any]:
    return {"status": Counter(str(each.status) for each in desk.done), "codes": Counter(each.code for each in desk.done if each.code),
            "faults": desk.faults, "requests": len(desk.done) + sum(desk.reads.values()),
            "refused": Counter(f"{each.action} {each.code}" for each in desk.done if each.code),
            "slowest": max(each.seconds for each in desk.done), "broken": sum(each.broken for each in desk.done),
            "deeds": Counter(each.action for each in desk.done if each.status in (200, 201))}


def lost(found: dict[str, Any], day: channels.Day, ids: dict[str, str]) -> list[str]:
    """What was acknowledged to somebody and is not in the journal as often, or is there without having been."""
    verb = {name: event.value for name, event in EVENT_OF.items()}
    people = {plain(key) for key in ids.values()}
    told: Counter[tuple[str, str, str]] = Counter()
    for each in day.desk.done:
        if _is_step(each, verb):
            told[plain(each.case), verb[each.action], plain(ids[each.who])] += 1
    kept = {(plain(case), name, who): count for case, name, who, count in found["by"]}
    missing = [f"{key}: acknowledged {count}, written {kept.get(key, 0)}" for key, count in told.items() if kept.get(key, 0) != count]
    steps = set(verb.values()) - {verb["report"]}
    more = [f"{key}: written {count} and never acknowledged" for key, count in kept.items()
            if key[1] in steps and key[2] in people and key not in told]
    cases = {key[0] for key in kept if key[1] == verb["report"]}
    return missing + more + [f"{case}: acknowledged and not there" for case in day.ids if plain(case) not in cases]


def _is_step(each: Asked, verb: dict[str, str]) -> bool:
    return each.status in (200, 201) and bool(each.case) and each.action in verb


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--home", type=Path, required=True)
    asked.add_argument("--data", type=Path, required=True, help="the folder of real input")
    asked.add_argument("--database", default="sqlite")
    asked.add_argument("--cases", type=int, default=60)
    asked.add_argument("--most", type=float, default=0, help="seconds after which everybody goes home")
    asked.add_argument("--seed", type=int, default=2026)
    asked.add_argument("--report", type=Path, required=True)
    options = asked.parse_args()
    made = Folder(options.home, options.database)
    logs = made.home.parent / "logs"
    logs.mkdir(parents=True)
    began = time.monotonic()
    report = lived(made, logs, options.data, options.cases, options.seed, options.most or 60 + options.cases * 4)
    report["served"] = (made.home.parent / "serve.log").read_text()
    report["verified"] = made.run("verify", "journal", "verify")
    report["seconds"] = time.monotonic() - began
    options.report.write_text(json.dumps(report, ensure_ascii=False, indent=1, default=str), "utf-8")


if __name__ == "__main__":
    os.umask(0o077)
    main()
