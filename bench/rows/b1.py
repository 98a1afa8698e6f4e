"""B1: one report over HTTP, without a photo, by a signed-in grid worker; then what follows it in the background."""

import random
from collections.abc import Iterator
from typing import Any

from bench import ground
from bench.bare import BareLoop
from bench.client import Client
from bench.measure import alternate, line
from bench.service import Service, service
from jingwei.kernel.ids import new_id

COUNT, UNMEASURED = 1000, 100
BESIDE = 300  # reports a round where SQLite or the background is told beside
MUST = "≤ 6 ms, ≤ 10 statements, ≤ 12 ms with background"
_SIGNS = "枫林路口东侧人行道井盖破损有积水影响行人通行请尽快派人处理旁边还堆放建筑垃圾已有多日无人清运居民反映强烈夜间没有照明"


class Reporter:
    """Posts reports at random places, one after another."""

    def __init__(self, held: Service, known: dict[str, Any], seed: int) -> None:
        self.held = held
        self._chance = random.Random(seed)
        self._classes = known["classes"]
        self._client = Client(held.port, known["people"]["worker"]["token"])

    def body(self) -> dict[str, Any]:
        lon, lat = ground.point(self._chance)
        text = "".join(self._chance.choice(_SIGNS) for _ in range(60))
        return {"id": str(new_id()), "text": text, "lon": lon, "lat": lat, "class_code": self._chance.choice(self._classes)}

    def post(self, count: int) -> None:
        for _ in range(count):
            self._client.post("/api/cases", self.body(), 201)

    def alone(self, count: int) -> float:
        """CPU seconds of web and database; the background worker stands still meanwhile."""
        self.held.pause_worker()
        began = self.held.cpu()
        self.post(count)
        spent = self.held.cpu() - began
        self.held.resume_worker()
        self.held.caught_up()
        return spent

    def with_background(self, count: int) -> float:
        """CPU seconds of web, database and worker until every reader has seen every entry."""
        began = self.held.cpu() + self.held.background_cpu()
        self.post(count)
        self.held.caught_up()
        return self.held.cpu() + self.held.background_cpu() - began


def run() -> Iterator[dict[str, Any]]:
    sqlite = _measure_sqlite()
    with service("postgresql") as held:
        known = held.inside("bench.ground")
        target = held.copy_database("peer")
        held.start()
        reporter = Reporter(held, known, 1)
        reporter.post(UNMEASURED)
        held.caught_up()
        sent = held.statements(known["people"]["worker"]["token"], [("POST", "/api/cases", reporter.body()) for _ in range(60)])
        reporter.post(COUNT)
        bare = BareLoop(held.dsn(), target, COUNT)
        bare.send(UNMEASURED)
        held.caught_up()
        found = alternate({
            "alone": (reporter.alone, COUNT), "whole": (reporter.with_background, BESIDE),
            "bare": (lambda count: _with_database(held, bare, count), COUNT)})
    alone, whole, peer = found["alone"], found["whole"], found["bare"]
    statements = max(map(len, sent[5:]))
    usual = sorted(map(len, sent[5:]))[len(sent) // 2]
    yield line(
        "B1", alone.figure, "CPU ms", MUST, peer="bare psycopg loop sending the same rows", peer_figure=peer.figure,
        peer_command=f"python -m bench.bare DSN {COUNT}", ratio=peer.figure / alone.figure,
        ok=alone.figure <= 6 and statements <= 10 and whole.figure <= 12 and not (alone.void or whole.void),
        statements=statements, statements_usual=usual, with_background=round(whole.figure, 3), dream="ratio ≥ 0.5",
        alone=alone.told(), whole=whole.told(), bare=peer.told(), sqlite=sqlite)


def _with_database(held: Service, bare: BareLoop, count: int) -> float:
    held.pause_worker()
    began = held.database_cpu()
    spent = bare.send(count)
    spent += held.database_cpu() - began
    held.resume_worker()
    return spent


def _measure_sqlite() -> dict[str, Any]:
    with service("sqlite") as held:
        known = held.inside("bench.ground")
        held.start()
        reporter = Reporter(held, known, 1)
        reporter.post(UNMEASURED)
        held.caught_up()
        found = alternate({"alone": (reporter.alone, BESIDE), "whole": (reporter.with_background, BESIDE)})
    return {"alone": found["alone"].told(), "whole": found["whole"].told()}
