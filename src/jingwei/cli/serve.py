"""`jingwei serve`: three processes. This one listens and watches; the web and the background worker are its children.

This process imports nothing of Django. A child that ends is started again; children end when this one is gone.
"""

import argparse
import errno
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from jingwei.cli.errors import CliError
from jingwei.cli.ready import home_ready
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import of_system

THREADS = 8
_PATIENCE = 10      # seconds that a child is given to finish what it has begun
_BREATH = 1.0       # seconds between the end of a child and its successor
_LONGEST_BREATH = 15.0
_STABLE = 5.0       # seconds after which a child's end is an accident and not a fault at start


def define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=os.environ.get("PORT") or 8000, help="端口，默认 8000")
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="监听的地址，默认只限本机 127.0.0.1")
    parser.add_argument("--threads", type=int, default=THREADS, metavar="数", help=f"同时处理的请求数，默认 {THREADS}")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    home = home_ready()
    if not 1 <= options.threads <= 64:
        raise Refusal(CliError.VALUE, name="--threads", value=options.threads, why="1 至 64")
    check_port(options.host, options.port)
    ready = subprocess.run([*command("init"), "--upgrade-only"], check=False)
    if ready.returncode:
        return ready.returncode
    supervise(options.host, options.port, options.threads,
              f"经纬已启动：{address(options.host, options.port)}  数据目录 {home.root}  按 Ctrl+C 停止")
    return 0


def supervise(host: str, port: int, threads: int, ready: str) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is printed once the service answers."""
    threading.Thread(target=_announce, args=(host, port, ready), daemon=True).start()
    Supervisor(host, port, threads).serve()
    print("已停止。", flush=True)


def _announce(host: str, port: int, ready: str) -> None:
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    while True:
        with suppress(OSError):
            socket.create_connection((shown, port), timeout=1).close()
            print(ready, flush=True)
            return
        time.sleep(0.1)


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds the service."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


def command(*words: str) -> list[str]:
    """The command line of this program in another process, over the same home."""
    return [sys.executable, "-m", "jingwei.cli.main", *words]


def check_port(host: str, port: int, patience: float = 3.0) -> None:
    """Raises `cli.port_taken` or `cli.host_unknown`. Waits a moment for children of a service just killed."""
    if not 1 <= port <= 65535:
        raise Refusal(CliError.VALUE, name="--port", value=port, why="1 至 65535")
    until = time.monotonic() + patience
    while (problem := _try_to_listen(host, port)) is not None:
        if problem.errno != errno.EADDRINUSE:
            raise Refusal(CliError.HOST_UNKNOWN, host=host, why=of_system(problem))
        if time.monotonic() > until:
            raise Refusal(CliError.PORT_TAKEN, host=host, port=port)
        time.sleep(0.2)


def _try_to_listen(host: str, port: int) -> OSError | None:
    """The server itself shares its port (SO_REUSEPORT), so that two of them would not notice each other."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
            trial.listen(1)
    except OSError as problem:
        return problem
    return None


class Supervisor:
    """Keeps one web worker (granian) and one background worker running until it is told to stop."""

    def __init__(self, host: str, port: int, threads: int) -> None:
        self.host = host
        self.port = port
        self.threads = threads
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None
        self._web: Any = None

    def serve(self) -> None:
        """Returns after SIGTERM or SIGINT, when both children have ended."""
        if sys.platform == "linux":
            # spawn would add a fourth process that tracks resources; nothing here has threads of its own yet
            multiprocessing.set_start_method("fork", force=True)
        self._hear()
        watcher = threading.Thread(target=self._keep_worker, name="background", daemon=True)
        watcher.start()
        try:
            while not self._stopping.is_set():
                self._serve_web()
                self._stopping.wait(_BREATH)
        finally:
            self._stopping.set()
            self._end_worker()
            watcher.join(_PATIENCE)

    def _hear(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        if self._stopping.is_set():
            self._stop()

    def _stop(self, *_: object) -> None:
        self._stopping.set()
        if self._web is not None:
            self._web.signal_handler_interrupt()

    def _serve_web(self) -> None:
        """One life of granian. It gives up when its worker fails twice within seconds; the loop above does not."""
        self._web = self._granian()
        self._web.on_startup(self._hear)  # granian has just put its own handlers in place of ours
        with suppress(SystemExit):
            self._web.serve()
        if self._web.interrupt_signal:
            self._stopping.set()

    def _granian(self) -> Any:
        from granian import Granian
        from granian.constants import Interfaces
        from granian.log import LogLevels

        os.environ["JINGWEI_SUPERVISOR"] = str(os.getpid())
        return Granian(
            "jingwei.cli.web:application", address=self.host, port=self.port, interface=Interfaces.WSGI,
            workers=1, blocking_threads=self.threads, backlog=1024, respawn_failed_workers=True,
            workers_kill_timeout=_PATIENCE, log_level=LogLevels.error,
        )

    def _keep_worker(self) -> None:
        pause = _BREATH
        while not self._stopping.is_set():
            with self._lock:
                if self._stopping.is_set():
                    return
                self._worker = subprocess.Popen([*command("worker"), "--parent", str(os.getpid())])
            began = time.monotonic()
            status = self._worker.wait()
            pause = _BREATH if time.monotonic() - began > _STABLE else min(2 * pause, _LONGEST_BREATH)
            if not self._stopping.wait(pause):
                print(f"后台任务意外结束（{status}），正在重新启动。", file=sys.stderr, flush=True)

    def _end_worker(self) -> None:
        with self._lock:
            worker = self._worker
        if worker is None:
            return
        worker.terminate()
        try:
            worker.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            worker.kill()
