"""`jingwei serve`: three processes that heal each other, and none left behind (T1, S1)."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from tests.cli.conftest import Jingwei
from tests.journeys.homes import environment

pytestmark = pytest.mark.usefixtures("socket_enabled")
PATIENCE = 30.0


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def answers(port: int) -> bool:
    """Whether the service gives any answer of its own."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/openapi.json", timeout=5):
            return True
    except urllib.error.HTTPError as told:
        return told.code < 500
    except OSError:
        return False


def wait_until(holds: Callable[[], object]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.1)
    return False


def children(main: subprocess.Popen[str]) -> dict[str, psutil.Process]:
    """The children by what they do."""
    found = {}
    for process in psutil.Process(main.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if process.status() != psutil.STATUS_ZOMBIE:
                found["worker" if "worker" in process.cmdline() else "web"] = process
    return found


@contextmanager
def serving(home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    main = subprocess.Popen([sys.executable, "-m", "jingwei.cli.main", "--home", str(home), "serve", "--port", str(port)],
                            env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield main
    finally:
        if main.poll() is None:
            main.send_signal(signal.SIGTERM)
            main.wait(PATIENCE)
        assert main.stdout
        main.stdout.close()


def test_it_heals_itself_and_ends_when_told(ready_home: Path) -> None:
    port = free_port()
    with serving(ready_home, port) as main:
        assert main.stdout
        assert str(port) in main.stdout.readline(), "the address is printed once the service answers"
        assert answers(port)
        assert wait_until(lambda: set(children(main)) == {"web", "worker"})
        assert len(psutil.Process(main.pid).children(recursive=True)) == 2
        for name in ("web", "worker", "web"):
            old = children(main)[name].pid
            os.kill(old, signal.SIGKILL)
            assert wait_until(lambda old=old, name=name: children(main).get(name, psutil.Process()).pid not in (
                old, os.getpid())), f"{name} was not started again"
            assert wait_until(lambda: answers(port))
        left = list(children(main).values())
        main.send_signal(signal.SIGTERM)
        assert main.wait(PATIENCE) == 0
        assert not any(process.is_running() for process in left)


def test_nothing_serves_on_when_its_supervisor_is_gone(ready_home: Path) -> None:
    port = free_port()
    with serving(ready_home, port) as main:
        assert main.stdout
        main.stdout.readline()
        assert wait_until(lambda: set(children(main)) == {"web", "worker"})
        left = list(children(main).values())
        main.kill()
        main.wait()
        _, alive = psutil.wait_procs(left, timeout=PATIENCE)
        assert alive == []
        assert not answers(port)


def test_a_port_in_use_is_refused_in_words(ready_home: Path, jingwei: Jingwei) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        done = jingwei("serve", "--port", holder.getsockname()[1], home=ready_home)
    assert done.returncode == 1
    assert "已被别的程序占用" in done.stderr


@pytest.mark.parametrize(("words", "said"), [
    (["--port", "0"], "1 至 65535"),
    (["--port", "70000"], "1 至 65535"),
    (["--threads", "0"], "1 至 64"),
    (["--host", "203.0.113.7", "--port", "18999"], "203.0.113.7"),
])
def test_it_refuses_what_it_cannot_listen_on(
        words: list[str], said: str, ready_home: Path, jingwei: Jingwei) -> None:
    done = jingwei("serve", *words, home=ready_home)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
