"""B15: the same problem among 100,000 open cases, found by place, time and words, without the sub-category."""

import time
from collections.abc import Iterator
from typing import Any

from bench.client import Client
from bench.measure import alternate, line
from bench.service import Service, service

OPEN = 100_000
MUST = "recall@5 ≥ 0.9, precision@1 ≥ 0.6, ≤ 3 ms"
_AROUND = 50.0
_PEER = (
    "SELECT o.id FROM cases_case c JOIN cases_spot s ON s.cell = ANY(%s) AND s.ended_at IS NULL JOIN cases_case o ON o.id = s.case_id"
    " WHERE c.id = %s AND o.id <> c.id AND 6371000 * sqrt(power(radians(o.lon - c.lon) * cos(radians(c.lat)), 2)"
    " + power(radians(o.lat - c.lat), 2)) <= 50 ORDER BY abs(extract(epoch FROM o.reported_at - c.reported_at)) LIMIT 5")

Questions = list[tuple[str, list[str]]]


def run() -> Iterator[dict[str, Any]]:
    with service("postgresql") as held:
        known = held.inside("bench.ground", "small")
        asked: dict[str, Questions] = held.inside("bench.duplicates", str(OPEN), told=known)
        held.start()
        client = Client(held.port, known["people"]["county"]["token"])
        every = [*asked["natural"], *asked["planted"]]
        sent = held.statements(known["people"]["county"]["token"], [("GET", f"/api/cases/{one}/similar", None) for one, _ in every[:40]])
        ours = {name: _judged(some, lambda one: _ours(client, one)) for name, some in asked.items()}
        peer = _Peer(held)
        theirs = {name: _judged(some, peer.ask) for name, some in asked.items()}
        found = alternate({"ours": (_spending(held, every, lambda one: _ours(client, one)), 300),
                           "peer": (_spending(held, every, peer.ask), 300)})
    cost, recall = found["ours"], {name: told["recall_at_5"] for name, told in ours.items()}
    both = _together(ours, asked)
    yield line(
        "B15", both["recall_at_5"], "recall@5", MUST, peer="all within 50 m, the nearest in time first",
        peer_figure=_together(theirs, asked)["recall_at_5"], peer_command="one SELECT by psycopg, see bench/rows/b15.py",
        ratio=both["recall_at_5"] / max(_together(theirs, asked)["recall_at_5"], 1e-9),
        ok=min(recall.values()) >= 0.9 and both["precision_at_1"] >= 0.6 and cost.figure <= 3 and not cost.void,
        precision_at_1=both["precision_at_1"], cost_ms=round(cost.figure, 3), peer_precision_at_1=_together(theirs, asked)["precision_at_1"],
        peer_cost_ms=round(found["peer"].figure, 3), ours=ours, theirs=theirs, statements=max(map(len, sent[5:])), open=OPEN,
        asked={name: len(some) for name, some in asked.items()}, cost=cost.told(), peer_cost=found["peer"].told())


def _ours(client: Client, one: str) -> list[str]:
    return [each["id"] for each in client.get(f"/api/cases/{one}/similar")["items"]]


class _Peer:
    """What one does without looking at words: everything within 50 m, the nearest in time first."""

    def __init__(self, held: Service) -> None:
        import psycopg

        self._connection = psycopg.connect(held.dsn(), autocommit=True)

    def ask(self, one: str) -> list[str]:
        from jingwei.grids.cells import cells_around

        lon, lat = self._connection.execute("SELECT lon, lat FROM cases_case WHERE id = %s", [one]).fetchone() or (0, 0)
        return [str(row[0]) for row in self._connection.execute(_PEER, [cells_around(lon, lat, _AROUND), one]).fetchall()]


def _judged(some: Questions, ask: Any) -> dict[str, float]:
    """Recall@5 (of at most five that there are) and how often the first one shown is right."""
    recalled = right = 0.0
    for one, same in some:
        found = ask(one)
        recalled += len(set(found) & set(same)) / min(len(same), 5)
        right += bool(found) and found[0] in same
    return {"recall_at_5": round(recalled / len(some), 4), "precision_at_1": round(right / len(some), 4)}


def _together(told: dict[str, dict[str, float]], asked: dict[str, Questions]) -> dict[str, float]:
    count = sum(map(len, asked.values()))
    return {figure: round(sum(told[name][figure] * len(some) for name, some in asked.items()) / count, 4)
            for figure in ("recall_at_5", "precision_at_1")}


def _spending(held: Service, every: Questions, ask: Any) -> Any:
    place = 0

    def spend(count: int) -> float:
        nonlocal place
        held.pause_worker()
        began, own = held.cpu(), time.process_time()
        for _ in range(count):
            ask(every[place % len(every)][0])
            place += 7
        spent = held.cpu() - began + (time.process_time() - own if isinstance(getattr(ask, "__self__", None), _Peer) else 0.0)
        held.resume_worker()
        return spent

    return spend
