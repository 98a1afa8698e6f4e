"""Load from several threads that never give up: each request is sent again, unchanged, until it is answered.

What was answered is remembered, so that the database can be held against it afterwards (`bench.audit`).
"""

import http.client
import io
import json
import random
import socket
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from bench import ground
from jingwei.kernel.ids import new_id

THREADS = 8
DRIVEN = 0.5    # share of the reports that are filed, dispatched and fed back
PATIENCE = 90.0 # seconds after which a request counts as never answered
_ROAD = (("file", "acceptor", {}, "filed"), ("dispatch", "dispatcher", {"unit_code": "HW"}, "handling"),
         ("feed-back", "handler", {"text": "已处置"}, "fed_back"))
ACTION = {"report": "case.reported", "file": "case.filed", "dispatch": "case.dispatched", "feed-back": "case.fed_back"}
"""Verb of the interface → verb of the journal."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An acknowledged request. `tried_at`: when the try began that was answered; both times monotonic."""

    verb: str
    case: str
    person: str
    key: str
    body: dict[str, Any]
    answer: dict[str, Any]
    tries: int
    began: float
    tried_at: float
    done: float


@dataclass
class Traffic:
    """`start`, later `stop`; then `sent` holds everything acknowledged and `wrong` every answer that none expects."""

    port: int
    known: dict[str, Any]
    drawn: range = ground.MIDDLE
    threads: int = THREADS
    pause: float = 0.0                  # seconds between two reports of a thread
    photos: float = 0.0                 # share of the reports that come with a photo and somebody's telephone number
    seed: int = 1
    sent: list[Sent] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _running: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self._running = [threading.Thread(target=self._run, args=(number,), name=f"client-{number}", daemon=True)
                         for number in range(self.threads)]
        for thread in self._running:
            thread.start()

    def stop(self) -> None:
        """Begin nothing new and wait until everything begun is answered."""
        self._stopping.set()
        for thread in self._running:
            thread.join(2 * PATIENCE)
            if thread.is_alive():
                self.wrong.append(f"{thread.name} still waits for an answer")

    def reports(self) -> list[Sent]:
        return [one for one in self.sent if one.verb == "report"]

    def _run(self, number: int) -> None:
        chance = random.Random(f"{self.seed}/{number}")
        people = {name: Stubborn(self.port, person["token"], self.wrong)
                  for name, person in self.known["people"].items()}
        while not self._stopping.is_set():
            case = self._report(chance, people["worker"])
            if case and chance.random() < DRIVEN:
                for verb, person, body, state in _ROAD:
                    address = f"/api/cases/{case}/{verb}"
                    if not self._send(people[person], person, verb, case, address, body, 200, state):
                        break
            self._stopping.wait(self.pause * (0.5 + chance.random()))
        for client in people.values():
            client.hang_up()

    def _report(self, chance: random.Random, client: "Stubborn") -> str:
        case = str(new_id())
        lon, lat = ground.point(chance, self.drawn)
        body: dict[str, Any] = {"id": case, "text": f"井盖破损 {chance.randrange(10_000)}", "lon": lon, "lat": lat,
                                "class_code": self.known["classes"][0]}
        if chance.random() < self.photos:
            file = str(new_id())
            if client.upload(file, photo(chance)) is None:
                return ""
            body |= {"files": [file], "contact_name": "王示例", "contact_phone": f"139{chance.randrange(10**8):08d}"}
        return case if self._send(client, "worker", "report", case, "/api/cases", body, 201, "reported") else ""

    def _send(self, client: "Stubborn", person: str, verb: str, case: str, address: str, body: dict[str, Any],
              expected: int, state: str) -> bool:
        key, began = str(uuid.uuid4()), time.monotonic()
        found = client.post(address, body, expected, key)
        if found is None:
            return False
        answer, tries, tried_at = found
        if (answer["id"], answer["state"]) != (case, state):
            self.wrong.append(f"{verb} {case} was answered {answer}")
        self.sent.append(Sent(verb, case, person, key, body, answer, tries, began, tried_at, time.monotonic()))
        return True


class Stubborn:
    """One person's device on a bad line. An answer that is neither the expected one nor 503 goes to `wrong`."""

    def __init__(self, port: int, token: str, wrong: list[str]) -> None:
        self._port, self._wrong = port, wrong
        self._headers = {"Authorization": f"Bearer {token}"}
        self._connection: http.client.HTTPConnection | None = None

    def post(self, address: str, body: dict[str, Any], expected: int, key: str) -> tuple[Any, int, float] | None:
        """The answer, the number of tries and when the last began. None: none that was hoped for."""
        return self._insist(address, json.dumps(body).encode(), "application/json", expected, key)

    def upload(self, file: str, content: bytes) -> Any:
        edge = uuid.uuid4().hex
        parts = [f'--{edge}\r\nContent-Disposition: form-data; name="id"\r\n\r\n{file}\r\n'.encode(),
                 f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
                 "Content-Type: image/jpeg\r\n\r\n".encode(), content, f"\r\n--{edge}--\r\n".encode()]
        return self._insist("/api/files", b"".join(parts), f"multipart/form-data; boundary={edge}", 201, str(uuid.uuid4()))

    def _insist(self, address: str, body: bytes, kind: str, expected: int, key: str) -> tuple[Any, int, float] | None:
        headers = {**self._headers, "Content-Type": kind, "Idempotency-Key": key}
        until, tries = time.monotonic() + PATIENCE, 0
        while (tried_at := time.monotonic()) < until:
            tries += 1
            try:
                status, told = self._ask(address, body, headers)
            except (OSError, http.client.HTTPException):
                self.hang_up()
                time.sleep(0.1)
                continue
            if status == expected:
                return json.loads(told), tries, tried_at
            if status != 503:
                self._wrong.append(f"{address}: {status} {told[:300].decode(errors='replace')}")
                return None
            time.sleep(0.2)
        self._wrong.append(f"{address}: no answer within {PATIENCE:.0f} s")
        return None

    def _ask(self, address: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
            self._connection.connect()
            self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._connection.request("POST", address, body, headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def photo(chance: random.Random) -> bytes:
    """A small photo unlike any other."""
    from PIL import Image

    out = io.BytesIO()
    Image.frombytes("RGB", (64, 48), chance.randbytes(64 * 48 * 3)).save(out, "JPEG")
    return out.getvalue()
