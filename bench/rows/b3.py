"""B3: dispatch, and feed back, each alone over HTTP, on cases that have 8 entries."""

from collections.abc import Iterator
from typing import Any

from bench.client import Client
from bench.measure import ROUNDS, Measured, alternate, line
from bench.service import Service, service

COUNT, UNMEASURED = 200, 50
MUST = "≤ 6 ms, ≤ 10 statements"
STEPS: dict[str, tuple[str, str, dict[str, Any]]] = {  # name: who, address, body
    "dispatch": ("dispatcher", "dispatch", {}),
    "feed_back": ("handler", "feed-back", {"text": "已派人到场更换井盖，清扫完毕，恢复原状，请核查"}),
}


class Stepper:
    """Takes one step after another, each on a case of its own."""

    def __init__(self, held: Service, known: dict[str, Any], step: str, ids: list[str]) -> None:
        login, self._verb, self._body = STEPS[step]
        self._held, self._ids = held, ids
        self.token = known["people"][login]["token"]
        self._client = Client(held.port, self.token)

    def next_request(self) -> tuple[str, str, dict[str, Any]]:
        return "POST", f"/api/cases/{self._ids.pop()}/{self._verb}", self._body

    def post(self, count: int) -> None:
        for _ in range(count):
            _, address, body = self.next_request()
            self._client.post(address, body)

    def spent(self, count: int) -> float:
        """CPU seconds of web and database; the background worker stands still meanwhile."""
        self._held.pause_worker()
        began = self._held.cpu()
        self.post(count)
        spent = self._held.cpu() - began
        self._held.resume_worker()
        self._held.caught_up()
        return spent


def run() -> Iterator[dict[str, Any]]:
    sqlite, _ = _measure("sqlite")
    found, statements = _measure("postgresql")
    for step, measured in found.items():
        sent = statements[step]
        yield line(
            f"B3 {step}", measured.figure, "CPU ms", MUST, ok=measured.figure <= 6 and sent <= 10 and not measured.void,
            statements=sent, dream="≤ 3 ms", postgresql=measured.told(), sqlite=sqlite[step].told())


def _measure(database: str) -> tuple[dict[str, Measured], dict[str, int]]:
    with service(database) as held:
        known = held.inside("bench.ground")
        ids = {step: held.inside("bench.prepared", step, str(ROUNDS * COUNT + UNMEASURED + 10), told=known) for step in STEPS}
        held.start()
        steppers = {step: Stepper(held, known, step, ids[step]) for step in STEPS}
        statements = {}
        for step, stepper in steppers.items():
            sent = held.statements(stepper.token, [stepper.next_request() for _ in range(10)])
            statements[step] = max(map(len, sent[3:]))
            stepper.post(UNMEASURED)
        held.caught_up()
        return alternate({step: (stepper.spent, COUNT) for step, stepper in steppers.items()}), statements
