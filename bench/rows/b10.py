"""B10: from a fresh clone to the first case filed over HTTP, as a newcomer would; then processes and memory after 100 more.

Package caches are as they are on the machine (warm, unless it is the first run); the clone starts without anything.
"""

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import psutil

from bench.measure import line
from bench.service import cpu_seconds, free_port
from jingwei.kernel.ids import new_id

MUST = "≤ 60 s, ≤ 3 processes, PSS ≤ 300 MB after 100 cases"
PEER = "Signalen (5 min, 3–12 services, 1.2 GiB)"
MORE = 100
LONGEST = 600.0  # seconds until this is given up
ROOT = Path(__file__).parents[2]


class Browser:
    """Signed in as one of the accounts that the demonstration prints: a session cookie and the CSRF header."""

    def __init__(self, address: str, login: str, password: str) -> None:
        self._client = httpx.Client(base_url=address, timeout=60, headers={"Referer": f"{address}/"})
        answer = self._client.post("/api/session", json={"login": login, "password": password})
        answer.raise_for_status()
        self._client.headers["X-CSRFToken"] = self._client.cookies["csrftoken"]

    def get(self, address: str) -> Any:
        return self._client.get(address).raise_for_status().json()

    def post(self, address: str, body: dict[str, Any]) -> Any:
        answer = self._client.post(address, json=body, headers={"Idempotency-Key": str(new_id())})
        if answer.status_code >= 300:
            raise RuntimeError(f"{address}: {answer.status_code} {answer.text[:500]}")
        return answer.json()


def run() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="jingwei-bench-") as folder:
        clone, home, port = Path(folder) / "jingwei", Path(folder) / "home", free_port()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        began = time.monotonic()
        with _demo(clone, home, port) as make:
            accounts = _accounts(home, make, port, began)
            answered = time.monotonic() - began
            state = _file_one(port, accounts)
            seconds = time.monotonic() - began
            spent = cpu_seconds([psutil.Process(make.pid), *psutil.Process(make.pid).children(recursive=True)],
                                with_ended=True)
            _report(port, accounts, MORE)
            processes = _processes(make)
            memory = {_word(process): round(_pss(process.pid) / 1024, 1) for process in processes}
    total = round(sum(memory.values()), 1)
    yield line(
        "B10", seconds, "s", MUST, peer=PEER, peer_figure=300.0, peer_command="its documented Docker Compose set-up",
        ratio=300.0 / seconds, ok=seconds <= 60 and len(processes) <= 3 and total <= 300 and state == "filed",
        answered_s=round(answered, 1), cpu_s=round(spent, 1), processes=len(memory), pss_mb=total, pss=memory, load=round(os.getloadavg()[0], 1),
        dream="≤ 30 s")


@contextmanager
def _demo(clone: Path, home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """`make demo` in the clone with an environment that knows nothing of this one."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("JINGWEI_", "DJANGO_", "PYTHON", "VIRTUAL_ENV", "MAKE"))}
    python = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    with (home.parent / "demo.log").open("wb") as log:
        make = subprocess.Popen(["make", "demo", f"PORT={port}", f"JINGWEI_HOME={home}", f"PYTHON={python}"], cwd=clone,
                                env=kept, stdout=log, stderr=log)
        try:
            yield make
        finally:
            _end(make)


def _end(make: subprocess.Popen[bytes]) -> None:
    """Ask the service to stop; whatever is left of what was started here is killed, process by process."""
    with suppress(psutil.NoSuchProcess):
        started = psutil.Process(make.pid).children(recursive=True)
        for process in started:
            with suppress(psutil.NoSuchProcess):
                process.terminate()
        _, left = psutil.wait_procs(started, timeout=15)
        for process in left:
            with suppress(psutil.NoSuchProcess):
                process.kill()
    with suppress(subprocess.TimeoutExpired):
        make.wait(10)


def _accounts(home: Path, make: subprocess.Popen[bytes], port: int, began: float) -> dict[str, tuple[str, str]]:
    """Role in Chinese → login and password, once the service answers."""
    printed = home / "demo" / "accounts.txt"
    while time.monotonic() - began < LONGEST and make.poll() is None:
        with suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=5).status_code == 200:
                rows = (re.split(r" {2,}", text.strip()) for text in printed.read_text("utf-8").splitlines())
                return {row[0]: (row[1], row[2]) for row in rows if len(row) == 5}
        time.sleep(0.1)
    raise RuntimeError((home.parent / "demo.log").read_text("utf-8")[-3000:])


def _browser(port: int, accounts: dict[str, tuple[str, str]], role: str) -> Browser:
    account = next(account for name, account in accounts.items() if role in name)
    return Browser(f"http://127.0.0.1:{port}", *account)


def _report_one(worker: Browser, lon: float, lat: float) -> str:
    case = str(new_id())
    worker.post("/api/cases", {"id": case, "text": "井盖破损", "lon": lon, "lat": lat})
    return case


def _file_one(port: int, accounts: dict[str, tuple[str, str]]) -> str:
    """A grid worker reports, the acceptor files under the class of another case; the state it then has."""
    acceptor = _browser(port, accounts, "受理员")
    like = next(row for row in acceptor.get("/api/cases")["rows"] if row["class_code"])
    case = _report_one(_browser(port, accounts, "网格员"), like["lon"], like["lat"])
    conditions = acceptor.get(f"/api/classes/{like['class_code']}")["conditions"]
    filed = acceptor.post(f"/api/cases/{case}/file", {
        "class_code": like["class_code"], "condition_id": conditions[0]["id"] if conditions else None})
    return str(filed["state"])


def _report(port: int, accounts: dict[str, tuple[str, str]], count: int) -> None:
    worker, acceptor, chance = _browser(port, accounts, "网格员"), _browser(port, accounts, "受理员"), random.Random(1)
    places = [(row["lon"], row["lat"]) for row in acceptor.get("/api/cases")["rows"]]
    for _ in range(count):
        _report_one(worker, *chance.choice(places))


def _processes(make: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """Those of the service; `make` and its shell only wait for it."""
    return [process for process in psutil.Process(make.pid).children(recursive=True)
            if process.name() not in ("make", "sh", "bash", "dash")]


def _word(process: psutil.Process) -> str:
    if "worker" in process.cmdline():
        return "worker"
    return "main" if "demo" in process.cmdline() and process.children() else f"web {process.pid}"


def _pss(pid: int) -> int:
    """Kilobytes that are this process's own share of memory."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8")
    found = re.search(r"^Pss: +([0-9]+) kB$", text, re.MULTILINE)
    assert found is not None
    return int(found[1])
