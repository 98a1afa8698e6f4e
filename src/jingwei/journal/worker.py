"""The worker: numbers entries, lets the readers read, runs the jobs. Any number of them may run beside each other."""

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable
from time import monotonic

from django.db import close_old_connections, connection
from django.utils.module_loading import autodiscover_modules

from jingwei.journal import commands, jobs, readers
from jingwei.journal.faults import frames, passing, told

log = logging.getLogger(__name__)

_QUICK, _SLOW = 0.02, 0.5  # seconds between two looks: when busy, when idle
_TROUBLE = 2.0
_FAREWELL = 10.0


def run_worker(stop: threading.Event) -> None:
    """Work until `stop` is set. Survives restarts of the database; killed at any point it leaves nothing half-done.

    Numbering, readers and jobs turn in threads of their own: a long job holds up no reader, a slow reader no position.
    """
    autodiscover_modules("jobs", "housekeeping", "readers")
    owner = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(3)}"
    slots: dict[str, int] = {}

    def work() -> bool:
        jobs.enqueue_due(slots)
        return jobs.run_one(owner)

    turns: dict[str, Callable[[], bool]] = {"readers": readers.step, "jobs": work}
    if connection.vendor == "postgresql":
        turns["numbering"] = lambda: commands.number_entries() > 0
    threads = [threading.Thread(target=_keep_turning, args=(stop, name, turn), name=f"worker-{name}", daemon=True)
               for name, turn in turns.items()]
    log.info("worker %s: %s", owner, ", ".join(turns))
    for thread in threads:
        thread.start()
    stop.wait()
    end = monotonic() + _FAREWELL
    for thread in threads:
        thread.join(max(0, end - monotonic()))  # a longer job is left behind: its lease runs out, another takes it


def _keep_turning(stop: threading.Event, name: str, turn: Callable[[], bool]) -> None:
    pause, well = _QUICK, True
    try:
        while not stop.is_set():
            try:
                close_old_connections()
                pause = _QUICK if turn() else min(pause * 2, _SLOW)
                if not well:
                    log.warning("worker %s: going on", name)
                well = True
            except Exception as fault:  # noqa: BLE001 - a fault in one turn must not end the worker
                if well or not passing(fault):
                    log.error("worker %s: %s (%s)", name, told(fault), frames(fault))
                well, pause = False, _TROUBLE if well else min(pause * 2, _TROUBLE * 4)
                connection.close()
            stop.wait(pause)
    finally:
        connection.close()
