"""What somebody at a seat does: bring in what comes to it, take up what waits for them, and some things beside."""

import random
import threading
import time
from typing import Any

from tests.journeys.centre.walk import FORWARD, WEIGHTS
from tests.journeys.day import beside
from tests.journeys.day.cast import SEATS, person
from tests.journeys.day.channels import TELLS, WAYS, Day

HOW = WEIGHTS | {"accept": 9, "submit": 9, "approve": 9, "object": 1, "follow": 0.5, "note": 9, "reply": 9, "pass_up": 0.4,
                 "sign": 1, "ask_extension": 0.5, "ask_suspension": 0.4, "return": 0.5, "extend": 2, "suspend": 1.5, "decline": 0.5}
ON = FORWARD | {"accept", "submit", "approve", "object", "note", "reply", "extend"}
SAYING, SILENT = ("submit", "approve", "follow", "reply", "feed_back", "solve"), ("note", "accept")
DRIVEN_ON, MOST_ENTRIES = 14, 50
"""Entries after which a case is driven forward, and after which it stays for tomorrow."""


class Seat(threading.Thread):
    """One chair. `steps`: how many were taken from it. `ways`: what will come to it today. `idle`: how often in a row it found nothing to do."""

    def __init__(self, name: str, logins: tuple[str, ...], day: Day, ways: list[str], seed: int) -> None:
        super().__init__(name=f"{name} {seed}", daemon=True)
        self.seat, self.logins, self.day, self.ways = name, logins, day, ways
        self.rng = random.Random(seed)
        self.idle = self.steps = 0
        self.over = threading.Event()

    def run(self) -> None:
        whole = False
        try:
            self._work()
            whole = True
        finally:
            if not whole:
                self.day.desk.faults.append(f"{self.name} broke off, see what was printed")

    def _work(self) -> None:
        while not self.over.is_set():
            came = self._bring_in()
            did = sum(self._take_up(login) for login in self.logins)
            self.idle = 0 if came or did else self.idle + 1
            if not came and not did:
                time.sleep(0.5)

    def _bring_in(self) -> bool:
        if not self.ways:
            return False
        way = self.ways.pop()
        logins = [who for who in self.logins if way != "kind" or "town" in who] or [""]
        WAYS[way].come(self.day, self.rng, self.rng.choice(logins))
        return True

    def _take_up(self, login: str) -> int:
        """Some of what waits for this person, as the list on the desk has it; then something beside."""
        waiting = (self.day.desk.read(login, "/api/todo?limit=50") or {}).get("rows", [])
        rows = [row for row in waiting if row["state"] != self.day.left_at.get(row["id"])]
        done = sum(self._step(login, row["id"], rows) for row in self.rng.sample(rows, min(2, len(rows))))
        return done + beside.look_around(self.seat, login, self.day, self.rng, often=1 if self.idle else 0.4)

    def _step(self, login: str, case: str, rows: list[dict[str, Any]]) -> int:
        shown = self.day.desk.read(login, f"/api/cases/{case}")
        if shown is None or len(shown["timeline"]) > MOST_ENTRIES:
            return 0
        for deed in shown["beside"]:
            if beside.wanted(deed["deed"], self.day, self.rng) and beside.do(deed["deed"], login, shown, self.day, self.rng, rows):
                return 1
        action = self._wish([each["action"] for each in shown["actions"]], shown)
        if not action:
            return 0
        asked = self.day.people.attempt(person(login), action, _As(case), shown, body=self._body(login, action, shown["case"]),
                                        seen=shown["seen"])
        if asked.status != 200:
            return 0
        self.day.done.add(action)
        self.steps += 1
        return 1

    def _wish(self, names: list[str], shown: dict[str, Any]) -> str:
        known = [name for name in names if name in HOW and name != "grant"]  # a publicity runs for days
        if not known:
            return ""
        fresh = [name for name in known if name not in self.day.done]
        if fresh and self.rng.random() < 0.7:
            return self.rng.choice(fresh)
        asked = shown["case"].get("asked") or ""
        weights = [HOW[name] * (6 if asked and name in ("extend", "suspend", "decline") else 1) for name in known]
        if len(shown["timeline"]) > DRIVEN_ON:
            weights = [weight * 40 if name in ON else weight / 40 for name, weight in zip(known, weights, strict=True)]
        return self.rng.choices(known, weights)[0]

    def _body(self, login: str, action: str, case: dict[str, Any]) -> dict[str, Any]:
        if action in SAYING:
            files = [sent] if self.rng.random() < 0.1 and (sent := self.day.desk.upload(login, self.day.people.photo())) else []
            return {"text": f"{self.rng.choice(TELLS)}：已处理完毕"} | ({"files": files} if files and action not in ("submit", "approve") else {})
        if action in SILENT:
            return {}
        return self.day.people.body(person(login), action, case)


class _As:
    """The case as `People` know it."""

    def __init__(self, case: str) -> None:
        self.id = case


def seated(day: Day, plan: dict[str, list[str]], seed: int) -> list[Seat]:
    """Everybody at their places. Acceptors are two, and share what comes in."""
    found = []
    rng = random.Random(seed)
    for name, logins in SEATS.items():
        ways = plan.get(name, [])
        rng.shuffle(ways)
        chairs = [logins[:1], logins[1:]] if name == "acceptors" else [logins]
        for number, chair in enumerate(chairs):
            found.append(Seat(name, chair, day, ways[number::len(chairs)], seed + len(found)))
    return found


def work(day: Day, seats: list[Seat], *, most: float) -> float:
    """Until nobody finds anything more to do, or `most` seconds are over. Returns how long it took."""
    began = time.monotonic()
    for seat in seats:
        seat.start()
    while time.monotonic() - began < most and any(seat.is_alive() and seat.idle < 3 for seat in seats if seat.logins or seat.ways):
        time.sleep(0.5)
    for seat in seats:
        seat.over.set()
    for seat in seats:
        seat.join(120)
    return time.monotonic() - began


