"""T1: killed under load, a hundred times and PostgreSQL itself ten times; then the database is held against the answers."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bench import ground
from bench.audit import audit
from bench.kill import Killer
from bench.measure import line
from bench.service import Service, service
from bench.traffic import Traffic

KILLS, BREAKS = 50, 10  # on each database; of PostgreSQL
LONGEST = 330.0         # seconds of killing on each database
PATIENCE = 90.0         # seconds for the readers to come to the end, after the last kill
MUST = "0 acknowledged cases lost, 0 doubled, 0 entries skipped by a reader, chains verify, ready without a human"


@dataclass(frozen=True, slots=True)
class Struck:
    """`behind`: entries that some reader has not passed although nobody kills any more. `seconds`: of load and kills."""

    traffic: Traffic
    killer: Killer
    behind: int
    seconds: float
    until_read: float


def strike(held: Service, kills: int, breaks: int = 0, *, between: tuple[float, float] = (1.5, 3.0),
           threads: int = 8) -> Struck:
    """Load and kills over a home that has just been made, until all is answered and read. The service runs on."""
    known = held.inside("bench.ground", "small")
    held.start()
    traffic = Traffic(held.port, known, ground.MIDDLE, threads)
    killer = Killer(held, between=between)
    began = time.monotonic()
    traffic.start()
    killer.run(kills, breaks=breaks, until=began + LONGEST)
    last = time.monotonic()
    traffic.stop()
    behind = 0
    try:
        held.caught_up(PATIENCE)
    except RuntimeError:
        behind = held.lag()
    until_read = time.monotonic() - last
    killer.end()
    held.wait()
    return Struck(traffic, killer, behind, last - began, until_read)


def run() -> Iterator[dict[str, Any]]:
    for database in ("sqlite", "postgresql"):
        with service(database) as held:
            yield _told(held, BREAKS if database == "postgresql" else 0)


def _told(held: Service, breaks: int) -> dict[str, Any]:
    struck = strike(held, KILLS, breaks)
    found = audit(held, struck.traffic)
    counts = Counter(kill.what for kill in struck.killer.kills)
    kills = counts["web"] + counts["worker"] + counts["main"]
    ready = struck.killer.readiness(struck.traffic)
    return line(
        "T1", found.lost + found.doubled + found.skipped, "cases or entries", MUST,
        ok=found.sound and not struck.behind and kills >= KILLS and counts["database"] >= breaks,
        database=held.database, kills=kills, killed=dict(counts), started_by_systemd=struck.killer.restarts,
        acknowledged=found.acknowledged, steps=found.steps,
        sent_again=sum(one.tries > 1 for one in struck.traffic.sent),
        lost=found.lost, doubled=found.doubled, skipped=found.skipped, entries=found.entries, copies=found.copies,
        ready_s=ready, all_read_s=round(struck.until_read, 2), seconds=round(struck.seconds), faults=found.faults[:10])
