"""How the people of one process ask the service: with their token, a key per deed, patience when it is busy."""

import io
import json
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

TRIES = 8


@dataclass
class Asked:
    """One deed as it was answered in the end. `busy`: how often it was put off first; `broken`: lines that broke."""

    who: str
    action: str
    case: str
    key: str
    status: int
    code: str = ""
    answer: Any = None
    seconds: float = 0.0
    busy: int = 0
    broken: int = 0
    race: str = ""
    seen: str = ""


@dataclass
class Desk:
    base: str
    tokens: dict[str, str]
    done: list[Asked] = field(default_factory=list)
    reads: dict[int, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._client = httpx.Client(base_url=self.base, timeout=60, trust_env=False)
        self._lock = threading.Lock()

    def read(self, who: str, path: str) -> Any:
        """What a GET answers, or None where there is nothing that this person may see."""
        response, _, _ = self._patiently("GET", path, headers=self._headers(who))
        with self._lock:
            self.reads[response.status_code] = self.reads.get(response.status_code, 0) + 1
        if response.status_code == 200:
            told = response.json()
            return told if isinstance(told, list) else {**told, "seen": response.headers.get("ETag", "")}
        self._coded(response, f"GET {path}")
        return None

    def act(self, who: str, action: str, case: str, path: str, body: Any, *, key: str = "", race: str = "",
            start: threading.Barrier | None = None, seen: str = "") -> Asked:
        """Post one deed; both sides of a race wait for each other at `start`. `seen`: only if the case is still that."""
        key = key or str(uuid4())
        if start is not None:
            start.wait()
        more = {"headers": {"If-Match": seen}} if seen else {}
        return self._answered(who, action, case, key, race, "POST", path, json=body, **more)

    def upload(self, who: str, photo: bytes) -> str:
        """Send a photo; its id, or '' where it was refused."""
        asked = self._answered(who, "upload", "", str(uuid4()), "", "POST", "/api/files",
                               files={"file": ("现场.jpg", io.BytesIO(photo), "image/jpeg")})
        return str(asked.answer["id"]) if asked.status == 201 else ""

    def send(self, who: str, path: str, form: dict[str, str], name: str, content: bytes) -> bool:
        """Send a file with a form; whether it was taken."""
        return self._answered(who, "send", "", str(uuid4()), "", "POST", path, data=form,
                              files={"file": (name, io.BytesIO(content), "text/plain")}).status == 201

    def _answered(self, who: str, action: str, case: str, key: str, race: str, method: str, path: str,
                  **more: Any) -> Asked:
        began = time.monotonic()
        headers = {**self._headers(who), "Idempotency-Key": key, **more.pop("headers", {})}
        response, busy, broken = self._patiently(method, path, headers=headers, **more)
        asked = Asked(who, action, case, key, response.status_code, seconds=time.monotonic() - began, busy=busy,
                      broken=broken, race=race, seen=headers.get("If-Match", ""))
        if response.is_success:
            asked.answer = response.json()
        else:
            asked.code = self._coded(response, f"{method} {path}")
        with self._lock:
            self.done.append(asked)
        return asked

    def _patiently(self, method: str, path: str, **more: Any) -> tuple[httpx.Response, int, int]:
        busy = broken = 0
        while True:
            try:
                response = self._client.request(method, path, **more)
            except httpx.TransportError:
                broken += 1
                if busy + broken > TRIES:
                    raise
                time.sleep(0.5)
                continue
            if response.status_code != 503 or busy + broken > TRIES:
                return response, busy, broken
            busy += 1
            if "Retry-After" not in response.headers:
                self.faults.append(f"503 without Retry-After: {method} {path}")
            time.sleep(float(response.headers.get("Retry-After", 2)))

    def _headers(self, who: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[who]}"}

    def _coded(self, response: httpx.Response, what: str) -> str:
        """The code of a refusal. An answer without one, or a 500, is a fault of the service."""
        told: Any = {}
        if response.headers.get("Content-Type", "").startswith("application/problem+json"):
            told = response.json()
        if response.status_code >= 500 or not told.get("code") or not told.get("detail"):
            self.faults.append(f"{response.status_code} {what}: {response.text[:300]}")
        return str(told.get("code", ""))

    def keep(self, path: Path) -> None:
        """Everything that was asked, one line each; then the reads and the faults."""
        with path.open("w", encoding="utf-8") as out:
            for asked in self.done:
                out.write(json.dumps(asdict(asked), ensure_ascii=False) + "\n")
            out.write(json.dumps({"reads": self.reads, "faults": self.faults}, ensure_ascii=False) + "\n")
