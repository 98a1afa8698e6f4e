"""B2: a list of 50, state in three, one class, newest first, pages 1 and 20 by keyset, as people of three scopes ask for it.

100,000 and 1,000,000 cases stand in two services side by side and are asked in turn; the worst combination counts.
`JINGWEI_BENCH_CASES=100000,1000000` names other sizes.
"""

import itertools
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlencode

from bench.client import Client
from bench.measure import Measured, alternate, line
from bench.service import Service, service

COUNT, UNMEASURED, PAGE = 60, 25, 20
MUST = "≤ 8 ms, ≤ 4 statements; largest ≤ 1.3 × smallest"
SCOPES = ("county", "street", "worker")
STATES = {"open": ("reported", "filed", "handling"), "late": ("fed_back", "checking", "checked"), "ended": ("closed", "refused", "checked")}
Way = tuple[str, ...]  # scope, states, class, page
CLASSES = {"common": 0, "rare": 24}


def run() -> Iterator[dict[str, Any]]:
    sizes = [int(size) for size in os.environ.get("JINGWEI_BENCH_CASES", "100000,1000000").split(",")]
    with ExitStack() as stack:
        listers = {size: _Lister(stack.enter_context(_loaded("postgresql", size))) for size in sizes}
        largest = listers[sizes[-1]]
        scouted = _scouted(listers.values(), largest)
        way, found, bare = _worst(listers, sorted(scouted, key=lambda each: -scouted[each])[:2])
        statements = max(_statements(largest, scope) for scope in SCOPES)
    sqlite = _beside(sizes[0], way)
    most, least = found[sizes[-1]], found[sizes[0]]
    yield line(
        "B2", most.figure, "CPU ms", MUST, peer="the SQL of the rows alone, sent by psycopg", peer_figure=bare.figure,
        peer_command="python -m bench B2", ratio=bare.figure / most.figure, bare=bare.told(), statements=statements, worst=" ".join(way), sizes=sizes,
        growth=round(most.figure / least.figure, 3), dream="≤ 4 ms",
        ok=most.figure <= 8 and statements <= 4 and not most.void and most.figure <= 1.3 * least.figure,
        postgresql={size: measured.told() for size, measured in found.items()}, sqlite=sqlite,
        scouted_raw_ms={" ".join(each): round(cost, 2) for each, cost in sorted(scouted.items(), key=lambda one: -one[1])})


class _Lister:
    """One service with its cases and every way of asking for a list."""

    def __init__(self, loaded: tuple[Service, dict[str, Any]]) -> None:
        self.held, self.known = loaded
        self.clients = {scope: Client(self.held.port, self.known["people"][scope]["token"]) for scope in SCOPES}
        self.addresses = {(*way, page): address for way in itertools.product(SCOPES, STATES, CLASSES)
                          for page, address in self._pages(*way)}

    def _pages(self, scope: str, states: str, which: str) -> Iterator[tuple[str, str]]:
        """Page 1, and page 20 or the last one there is."""
        asked = [("limit", "50"), ("class_code", self.known["classes"][CLASSES[which]])]
        asked += [("state", state) for state in STATES[states]]
        first = address = f"/api/cases?{urlencode(asked)}"
        for _ in range(PAGE - 1):
            following = self.clients[scope].get(address)["next"]
            if following is None:
                break
            address = f"{first}&after={following}"
        yield "first", first
        yield "deep", address

    def ask(self, way: Way, count: int) -> float:
        """CPU seconds of web and database."""
        client, address = self.clients[way[0]], self.addresses[way]
        self.held.pause_worker()
        began = self.held.cpu()
        for _ in range(count):
            client.get(address)
        spent = self.held.cpu() - began
        self.held.resume_worker()
        return spent


def _scouted(listers: Iterable[_Lister], largest: _Lister) -> dict[Way, float]:
    """What every combination costs, roughly, where there is most; all caches warm."""
    for lister in listers:
        for way in lister.addresses:
            lister.ask(way, UNMEASURED)
    return {way: largest.ask(way, COUNT) * 1000 / COUNT for way in largest.addresses}


class _Bare:
    """The peer: psycopg sends the statement that finds the rows, and fetches them."""

    def __init__(self, lister: _Lister, way: Way) -> None:
        import psycopg

        token = lister.known["people"][way[0]]["token"]
        sent = lister.held.statements(token, [("GET", lister.addresses[way], None)])[-1]
        self._sql = next(sql for sql in sent if "FROM cases_case" in sql)
        self._held, self._connection = lister.held, psycopg.connect(lister.held.dsn(), autocommit=True)

    def ask(self, count: int) -> float:
        """CPU seconds of this process and of the database."""
        self._held.pause_worker()
        began = time.process_time() + self._held.database_cpu()
        for _ in range(count):
            self._connection.execute(self._sql).fetchall()
        spent = time.process_time() + self._held.database_cpu() - began
        self._held.resume_worker()
        return spent


def _worst(listers: dict[int, _Lister], ways: list[Way]) -> tuple[Way, dict[int, Measured], Measured]:
    """The costliest of these, measured in full at every size, and its bare peer at the largest."""
    works: dict[str, Any] = {
        f"{' '.join(way)} {size}": (lambda count, way=way, lister=lister: lister.ask(way, count), 2 * COUNT)
        for way in ways for size, lister in listers.items()}
    works |= {f"{' '.join(way)} bare": (_Bare(listers[max(listers)], way).ask, 4 * COUNT) for way in ways}
    found = alternate(works)
    of = {way: {size: found[f"{' '.join(way)} {size}"] for size in listers} for way in ways}
    way = max(ways, key=lambda each: of[each][max(listers)].figure)
    return way, of[way], found[f"{' '.join(way)} bare"]


def _statements(lister: _Lister, scope: str) -> int:
    ways = [way for way in lister.addresses if way[0] == scope]
    requests: list[tuple[str, str, None]] = [("GET", lister.addresses[way], None) for way in ways]
    sent = lister.held.statements(lister.known["people"][scope]["token"], requests * 2)
    return max(map(len, sent[len(ways):]))


def _beside(size: int, way: Way) -> dict[str, Any]:
    with ExitStack() as stack:
        lister = _Lister(stack.enter_context(_loaded("sqlite", size)))
        lister.ask(way, UNMEASURED)
        return {"cases": size, **alternate({"list": (lambda count: lister.ask(way, count), COUNT)})["list"].told()}


@contextmanager
def _loaded(database: str, size: int) -> Iterator[tuple[Service, dict[str, Any]]]:
    """A running service with so many cases."""
    with service(database) as held:
        known = held.inside("bench.ground")
        held.start()   # the readers' cursors are made
        held.caught_up()
        held.stop()
        held.inside("bench.load", str(size), told=known)
        held.start()
        held.caught_up()
        yield held, known
