"""B16: 200 questions of 2 to 6 signs to a million real texts with variation, the newest 50, as people of three scopes ask.

The questions are of three kinds: strings that make up the most frequent third of all that is written, the middle third,
the rarest. The peer is LIKE on the masked text: it must give the same ids. The costliest scope counts.
`JINGWEI_BENCH_CASES=100000` names another size; SQLite stands beside with a tenth of it.
"""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlencode

from bench.client import Client
from bench.measure import Measured, alternate, line
from bench.service import Service, service
from bench.words import questions

COUNT, PAGE = 200, 50
MUST = "≤ 8 ms, recall and precision 1"
SCOPES = ("county", "street", "worker")
_LIKE = ("SELECT id FROM cases_case WHERE (text LIKE %s OR place LIKE %s) AND {} ORDER BY reported_at DESC, id DESC LIMIT 50")


def run() -> Iterator[dict[str, Any]]:
    size = int(os.environ.get("JINGWEI_BENCH_CASES", "1000000"))
    asked = questions(COUNT)
    words = [word for many in asked.values() for word in many]
    with _loaded("postgresql", size) as (held, known):
        seeker = _Seeker(held, known, words)
        peer = _Like(held, known)
        same, like_ms = peer.compare(seeker, asked)
        found = alternate({scope: (seeker.of(scope), COUNT) for scope in SCOPES})
        by_third = {name: round(one.figure, 2) for name, one in alternate(
            {name: (_Seeker(held, known, some).of("county"), len(some)) for name, some in asked.items()}, rounds=3).items()}
        statements = max(map(len, held.statements(known["people"]["street"]["token"], [
            ("GET", address, None) for address in seeker.addresses] * 2)[COUNT:]))
    worst = max(SCOPES, key=lambda scope: found[scope].figure)
    most = found[worst]
    yield line(
        "B16", most.figure, "CPU ms", MUST, peer="LIKE on the masked text, raw CPU ms of the database by thirds", peer_figure=like_ms["rare"],
        peer_command="python -m bench B16", ratio=like_ms["rare"] / most.figure, cases=size, worst=worst, like_raw_ms=like_ms,
        recall=same["recall"], precision=same["precision"], compared=same["compared"], statements=statements,
        ok=most.figure <= 8 and not most.void and same["recall"] == same["precision"] == 1 and statements <= 5,
        county_by_thirds=by_third, postgresql={scope: one.told() for scope, one in found.items()}, sqlite=_beside(size // 10, asked))


class _Seeker:
    """Asks the service, one question after the other, round and round."""

    def __init__(self, held: Service, known: dict[str, Any], words: list[str]) -> None:
        self._held = held
        self._clients = {scope: Client(held.port, known["people"][scope]["token"]) for scope in SCOPES}
        self.addresses = [f"/api/cases?{urlencode({'words': word, 'limit': PAGE})}" for word in words]
        self._turn = 0
        for address in self.addresses:  # unmeasured, and it fills the caches
            for client in self._clients.values():
                client.get(address)

    def ids(self, scope: str, word: str) -> list[str]:
        return [row["id"] for row in self._clients[scope].get(f"/api/cases?{urlencode({'words': word, 'limit': PAGE})}")["rows"]]

    def of(self, scope: str) -> Any:
        def ask(count: int) -> float:
            """CPU seconds of web and database."""
            client = self._clients[scope]
            self._held.pause_worker()
            began = self._held.cpu()
            for _ in range(count):
                client.get(self.addresses[self._turn % len(self.addresses)])
                self._turn += 1
            spent = self._held.cpu() - began
            self._held.resume_worker()
            return spent
        return ask


class _Like:
    """The peer, sent by psycopg to the same database."""

    def __init__(self, held: Service, known: dict[str, Any]) -> None:
        import psycopg

        self._held, self._connection = held, psycopg.connect(held.dsn(), autocommit=True)
        self._connection.execute("SET max_parallel_workers_per_gather = 0")
        self._scopes = {}
        for scope in SCOPES:
            sent = held.statements(known["people"][scope]["token"], [("GET", "/api/cases?number=none", None)])[-1]
            sql = next(each for each in sent if "FROM cases_case" in each)
            self._scopes[scope] = _scope_of(sql)

    def compare(self, seeker: _Seeker, asked: dict[str, list[str]]) -> tuple[dict[str, Any], dict[str, float]]:
        hits = ours = theirs = compared = 0
        cost: dict[str, float] = {}
        for third, words in asked.items():
            began = time.process_time() + self._held.database_cpu()
            wanted = {word: self._ask("county", word) for word in words}
            cost[third] = round((time.process_time() + self._held.database_cpu() - began) * 1000 / len(words), 2)
            for word in words:
                for scope in SCOPES:
                    told = seeker.ids(scope, word)
                    due = wanted[word] if scope == "county" else self._ask(scope, word)
                    compared += 1
                    hits += len(set(told) & set(due)) if told == due else 0
                    ours, theirs = ours + len(told), theirs + len(due)
        return {"recall": hits / theirs, "precision": hits / ours, "compared": compared}, cost

    def _ask(self, scope: str, word: str) -> list[str]:
        sql = _LIKE.format(self._scopes[scope].replace("%", "%%"))
        return [str(one) for (one,) in self._connection.execute(sql, [f"%{word}%"] * 2).fetchall()]


def _scope_of(sql: str) -> str:
    """The condition of somebody's reach as the service itself sends it."""
    inside = sql.split("WHERE ", 1)[1].split(" ORDER BY", 1)[0]
    return inside.replace('AND "cases_case"."number" = \'none\'', "")


def _beside(size: int, asked: dict[str, list[str]]) -> dict[str, Any]:
    with _loaded("sqlite", size) as (held, known):
        seeker = _Seeker(held, known, [word for many in asked.values() for word in many])
        found = alternate({scope: (seeker.of(scope), COUNT) for scope in SCOPES}, rounds=3)
        return {"cases": size, **{scope: _short(one) for scope, one in found.items()}}


def _short(measured: Measured) -> dict[str, Any]:
    return {"figure": round(measured.figure, 2), "spread": round(measured.spread, 2)}


@contextmanager
def _loaded(database: str, size: int) -> Iterator[tuple[Service, dict[str, Any]]]:
    """A running service with so many cases and what they are searched by."""
    with ExitStack() as stack:
        held = stack.enter_context(service(database))
        known = held.inside("bench.ground")
        held.start()   # the readers' cursors are made
        held.caught_up()
        held.stop()
        held.inside("bench.load", str(size), "texts", told=known)
        held.inside("bench.words", "fill")
        held.start()
        held.caught_up()
        yield held, known
