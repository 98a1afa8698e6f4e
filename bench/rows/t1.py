"""T1: killed under load, a hundred times and PostgreSQL itself ten times; then the database is held against the answers."""

import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bench import ground
from bench.audit import audit
from bench.kill import Killer
from bench.measure import line
from bench.service import Service, service
from bench.traffic import Traffic

KILLS, BREAKS = 50, 10  # on each database; of PostgreSQL
LONGEST = 330.0         # seconds of killing on each database
MUST = "0 acknowledged cases lost, 0 doubled, 0 entries skipped by a reader, chains verify, ready without a human"


def run() -> Iterator[dict[str, Any]]:
    for database in ("sqlite", "postgresql"):
        with service(database) as held:
            yield trial(held, KILLS, BREAKS if database == "postgresql" else 0)


def trial(held: Service, kills: int, breaks: int, *, between: tuple[float, float] = (1.5, 3.0), seed: int = 1,
          pause: float = 0.0) -> dict[str, Any]:
    """Load, kills, and what is found afterwards. The home has just been made."""
    known = held.inside("bench.ground", "small")
    held.start()
    traffic = Traffic(held.port, known, ground.MIDDLE, pause=pause, seed=seed)
    killer = Killer(held, seed, between)
    began = time.monotonic()
    traffic.start()
    killer.run(kills, breaks=breaks, until=began + LONGEST)
    last = time.monotonic()
    traffic.stop()
    try:
        held.caught_up(90)
        behind = 0
    except RuntimeError:
        behind = held.lag()
    ready = time.monotonic() - last
    killer.end()
    found = audit(held, traffic)
    counts = Counter(kill.what for kill in killer.kills)
    struck = counts["web"] + counts["worker"] + counts["main"]
    told = killer.readiness(traffic)
    return line(
        "T1", found.lost + found.doubled + found.skipped, "cases or entries", MUST,
        ok=found.sound and not behind and struck >= kills and counts["database"] >= breaks,
        database=held.database, kills=struck, killed=dict(counts), started_by_systemd=killer.restarts,
        acknowledged=found.acknowledged, steps=found.steps, sent_again=sum(one.tries > 1 for one in traffic.sent),
        lost=found.lost, doubled=found.doubled, skipped=found.skipped, entries=found.entries, copies=found.copies,
        ready_web_s=told["web"], ready_worker_s=told["worker"], all_read_s=round(ready, 2), seconds=round(last - began),
        faults=found.faults[:10])
