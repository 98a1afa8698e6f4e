"""B13: from the commit of a case to what every reader makes of it, at 20 cases a second, with an import of 30 seconds beside.

The clock begins when the report is sent, so that no wait is left out, and ends when the slowest reader has passed its entry.
`JINGWEI_BENCH_SECONDS=60` makes it shorter.
"""

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench import ground
from bench.client import Client
from bench.measure import line
from bench.service import Service, service
from jingwei.kernel.ids import new_id

RATE, THREADS, LOOK = 20, 4, 0.02
IMPORT_SECONDS, ROWS = 30, 60_000
MUST = "p99 ≤ 1 s, largest ≤ 5 s"
_MAPPING = """source = "measured"
zone = "Asia/Shanghai"
time_formats = ["%Y-%m-%d %H:%M"]
[columns]
id = "编号"
text = "情况"
lon = "经度"
lat = "纬度"
class = "类别"
state = "状态"
reported_at = "上报"
[classes]
"甲" = "{code}"
[states]
"办结" = "closed"
"""


def run() -> Iterator[dict[str, Any]]:
    seconds = int(os.environ.get("JINGWEI_BENCH_SECONDS", "600"))
    with service("postgresql") as held:
        known = held.inside("bench.ground", "small")
        held.start()
        held.caught_up()
        table = _table(held.home.parent, known["classes"][0])
        seen, stopping, all_sent = _Seen(), threading.Event(), threading.Event()
        threads = [threading.Thread(target=_report, args=(held, known, seen, stopping, number)) for number in range(THREADS)]
        watching = threading.Thread(target=_watch, args=(held, seen, all_sent))
        for thread in (watching, *threads):
            thread.start()
        time.sleep(seconds / 3)
        began = time.monotonic()
        _import(held, table)
        ended = time.monotonic()
        time.sleep(max(0.0, seconds * 2 / 3 - (ended - began)))
        stopping.set()
        for thread in threads:
            thread.join()
        all_sent.set()
        watching.join()
        imported = held.ask("SELECT COUNT(*) FROM journal_entry WHERE verb = 'case.imported'")[0][0]
    waits = sorted(seen.read[case] - at for case, at in seen.sent.items() if case in seen.read)
    beside = sorted(seen.read[case] - at for case, at in seen.sent.items() if case in seen.read and began <= at <= ended)
    lost = len(seen.sent) - len(waits)
    yield line(
        "B13", _at(waits, 0.99), "s", MUST, ok=_at(waits, 0.99) <= 1 and waits[-1] <= 5 and not lost, largest_s=round(waits[-1], 3),
        median_s=round(_at(waits, 0.5), 3), cases=len(waits), never_read=lost, seconds=seconds, imported_beside=imported,
        beside_import={"cases": len(beside), "p99_s": round(_at(beside, 0.99), 3), "largest_s": round(beside[-1], 3)})


@dataclass
class _Seen:
    """When a case was sent and when the slowest reader had passed it, monotonic."""

    sent: dict[str, float] = field(default_factory=dict)
    read: dict[str, float] = field(default_factory=dict)


def _report(held: Service, known: dict[str, Any], seen: _Seen, stopping: threading.Event, number: int) -> None:
    """A part of the reports, each at its time."""
    chance, client = random.Random(number), Client(held.port, known["people"]["worker"]["token"])
    turn = time.monotonic() + number / RATE
    while not stopping.is_set():
        time.sleep(max(0.0, turn - time.monotonic()))
        turn += THREADS / RATE
        lon, lat = ground.point(chance, ground.MIDDLE)
        case = str(new_id())
        began = time.monotonic()
        client.post("/api/cases", {"id": case, "text": f"枫林路{chance.randrange(900)}号井盖破损有积水影响行人通行请尽快处理", "lon": lon,
                                   "lat": lat, "class_code": chance.choice(known["classes"])}, 201)
        seen.sent[case] = began


def _watch(held: Service, seen: _Seen, all_sent: threading.Event) -> None:
    """Look where the slowest reader is, again and again; at the end until it has caught up."""
    with held.connect() as connection:
        def slowest() -> int:
            return int(connection.execute("SELECT COALESCE(MIN(position), 0) FROM journal_cursor").fetchone()[0])

        last, patience = slowest(), time.monotonic() + 1e9
        while time.monotonic() < patience:
            place, now = slowest(), time.monotonic()
            for (subject,) in connection.execute(
                    "SELECT e.subject FROM journal_position p JOIN journal_entry e ON e.id = p.entry_id"
                    " WHERE p.position > %s AND p.position <= %s AND e.verb = 'case.reported'", [last, place]).fetchall():
                seen.read[subject.removeprefix("case:")] = now
            last = place
            if all_sent.is_set():
                patience = min(patience, now + 60)
                if seen.sent.keys() <= seen.read.keys():
                    return
            time.sleep(LOOK)


def _table(folder: Path, code: str) -> tuple[Path, Path]:
    """What another system would hand over: more rows than can be read in the time."""
    table, mapping = folder / "cases.csv", folder / "cases.toml"
    mapping.write_text(_MAPPING.format(code=code), "utf-8")
    chance, first = random.Random(13), datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 - as the table writes it
    with table.open("w", encoding="utf-8") as file:
        file.write("编号,情况,经度,纬度,类别,状态,上报\n")
        for number in range(ROWS):
            lon, lat = ground.point(chance, ground.MIDDLE)
            at = first + timedelta(minutes=number % 100_000)
            file.write(f"M{number},垃圾堆放多日无人清运{number},{lon:.6f},{lat:.6f},甲,办结,{at:%Y-%m-%d %H:%M}\n")
    return table, mapping


def _import(held: Service, told: tuple[Path, Path]) -> None:
    """For half a minute; stopped then, which an import bears."""
    importing = subprocess.Popen(
        [sys.executable, "-m", "jingwei.cli.main", "--home", str(held.home), "import", "cases", str(told[0]), "--mapping", str(told[1]),
         "--rejects", str(told[0].with_suffix(".rejects.csv"))],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        output, _ = importing.communicate(timeout=IMPORT_SECONDS)
    except subprocess.TimeoutExpired:
        importing.terminate()
        importing.communicate()
        return
    if importing.returncode:
        raise RuntimeError(output.decode(errors="replace")[-2000:])


def _at(waits: list[float], share: float) -> float:
    return waits[min(len(waits) - 1, int(share * len(waits)))]
