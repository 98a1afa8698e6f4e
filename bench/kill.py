"""Kills without asking: web, background worker, now and then the supervisor, and PostgreSQL itself."""

import random
import signal
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

from bench.service import Service
from bench.traffic import Traffic

AGAIN = 1.0  # seconds after which systemd starts a service again (RestartSec)


@dataclass(frozen=True, slots=True)
class Kill:
    """`what`: web, worker, main or database. `at`: monotonic, when it was dead. `position`: the journal's last then."""

    what: str
    at: float
    position: int


@dataclass
class Killer:
    """Kills at random moments. The main process is started again as systemd would: as often as it ends, after a second."""

    held: Service
    seed: int = 1
    between: tuple[float, float] = (1.5, 3.0)
    kills: list[Kill] = field(default_factory=list)
    restarts: int = 0
    samples: list[tuple[float, int, int]] = field(default_factory=list)  # when, last position, slowest reader
    _over: threading.Event = field(default_factory=threading.Event)

    def run(self, count: int, *, breaks: int = 0, until: float) -> None:
        """So many kills, of them breaks × PostgreSQL beside, evenly strewn; ends at `until` (monotonic) in any case."""
        chance = random.Random(self.seed)
        threads = [threading.Thread(target=work, daemon=True) for work in (self._keep_running, self._watch)]
        for thread in threads:
            thread.start()
        done = broken = 0
        while done < count and time.monotonic() < until:
            time.sleep(chance.uniform(*self.between))
            if broken * count < done * breaks:
                self.held.break_postgresql()
                self._note("database")
                broken += 1
            done += self._kill(chance.choices(("web", "worker", "main"), (10, 8, 2))[0])
        while broken < breaks and time.monotonic() < until:
            time.sleep(chance.uniform(*self.between))
            self.held.break_postgresql()
            self._note("database")
            broken += 1

    def end(self) -> None:
        """Stop watching. What still lies down is started a last time."""
        self._over.set()
        if self.held.main is not None and self.held.main.poll() is not None:
            self.held.begin()

    def _kill(self, what: str) -> int:
        for process in self._targets(what):
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
                self._note(what)
                return 1
        return 0  # it is not there just now: another moment, another target

    def _targets(self, what: str) -> list[psutil.Process]:
        if self.held.main is None or self.held.main.poll() is not None:
            return []
        with suppress(psutil.Error):
            main = psutil.Process(self.held.main.pid)
            if what == "main":
                return [main]
            return [child for child in main.children() if child.status() != psutil.STATUS_ZOMBIE
                    and ("worker" in child.cmdline()) == (what == "worker")]
        return []

    def _note(self, what: str) -> None:
        at = time.monotonic()
        self.kills.append(Kill(what, at, self._positions()[0]))

    def _keep_running(self) -> None:
        while not self._over.wait(0.1):
            if self.held.main is not None and self.held.main.poll() is not None:
                self._over.wait(AGAIN)
                self.held.begin()
                self.restarts += 1

    def _watch(self) -> None:
        while not self._over.wait(0.25):
            last, slowest = self._positions()
            if last:
                self.samples.append((time.monotonic(), last, slowest))

    def _positions(self) -> tuple[int, int]:
        """The last position and that of the slowest reader; zeros while the database cannot be read."""
        with suppress(Exception), self.held.connect() as reading:
            last, slowest = reading.execute(
                "SELECT (SELECT MAX(position) FROM journal_position), (SELECT MIN(position) FROM journal_cursor)").fetchone()
            return int(last or 0), int(slowest or 0)
        return 0, 0

    def readiness(self, traffic: Traffic) -> dict[str, float | None]:
        """Seconds from a kill until all was well again, the longest.

        `web`: until a write that was sent after it was acknowledged; `readers`: until every reader had passed what had
        been written by then. Each alone (no other kill fell into that time), and `web_all`, `readers_all` in spite of
        further kills.
        """
        acknowledged = sorted((one.tried_at, one.done) for one in traffic.sent)
        web, readers = [], []
        for kill in self.kills:
            if kill.what != "worker":
                web.append((kill.at, min((done for tried, done in acknowledged if tried > kill.at), default=None)))
            if kill.what != "web":
                readers.append((kill.at, next((at for at, _, slowest in self.samples if at > kill.at
                                               and slowest >= kill.position), None)))
        return {"web": self._longest(web, alone=True), "web_all": self._longest(web),
                "readers": self._longest(readers, alone=True), "readers_all": self._longest(readers)}

    def _longest(self, waits: list[tuple[float, float | None]], *, alone: bool = False) -> float | None:
        """Without an end: the last ones, when the load was over."""
        known = [well - at for at, well in waits if well is not None
                 and not (alone and any(at < other.at < well for other in self.kills))]
        return round(max(known), 2) if known else None
