"""B4: one case in full: 12 entries, 3 photos, one extension, one pause."""

from collections.abc import Iterator
from typing import Any

from bench.client import Client
from bench.measure import Measured, alternate, line
from bench.service import service

CASES, COUNT, UNMEASURED = 40, 300, 60
MUST = "≤ 6 ms, ≤ 6 statements"


def run() -> Iterator[dict[str, Any]]:
    sqlite, _ = _measure("sqlite")
    measured, (statements, cold) = _measure("postgresql")
    yield line(
        "B4", measured.figure, "CPU ms", MUST, ok=measured.figure <= 6 and statements <= 6 and not measured.void,
        statements=statements, statements_cold=cold, postgresql=measured.told(), sqlite=sqlite.told())


def _measure(database: str) -> tuple[Measured, tuple[int, int]]:
    with service(database) as held:
        known = held.inside("bench.ground")
        addresses = [f"/api/cases/{case_id}" for case_id in held.inside("bench.prepared", "detail", str(CASES), told=known)]
        token = known["people"]["county"]["token"]
        held.start()
        client = Client(held.port, token)
        asked = 0

        def read(count: int) -> None:
            nonlocal asked
            for _ in range(count):
                told = client.get(addresses[asked % CASES])
                asked += 1
                if (len(told["timeline"]), len(told["files"]), len(told["adjustments"])) != (12, 3, 2):
                    raise RuntimeError(f"not the case that was meant: {told}")

        def spent(count: int) -> float:
            held.pause_worker()
            began = held.cpu()
            read(count)
            taken = held.cpu() - began
            held.resume_worker()
            return taken

        # asked twice: the name of a place is read once and then kept in memory
        sent = held.statements(token, [("GET", address, None) for address in addresses[:10]] * 2)
        read(UNMEASURED)
        held.caught_up()
        return alternate({"detail": (spent, COUNT)})["detail"], (max(map(len, sent[10:])), max(map(len, sent[3:10])))
