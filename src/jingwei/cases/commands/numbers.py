"""Case numbers: county-year-sequence. Each process takes them by the block, so that no report waits for another."""

import threading
from datetime import datetime
from functools import partial

from django.db import connection, transaction

BLOCK = 50
_TAKE = (
    "INSERT INTO cases_number_block (name, next) VALUES (%s, %s)"
    " ON CONFLICT (name) DO UPDATE SET next = cases_number_block.next + %s RETURNING next"
)

_lock = threading.Lock()
_free: dict[str, list[int]] = {}


def next_number(county: str, at: datetime) -> str:
    """The next number of the county in the year of `at` (local time), such as 990101-2026-000123.

    Numbers are unique and grow roughly with time; those of a block that a process did not use up are left out.
    """
    name = f"{county}-{at.year}"
    with _lock:
        free = _free.get(name)
        found = free.pop() if free else None
    if found is None:
        found = _take_block(name)
    return f"{name}-{found:06d}"


def forget_blocks() -> None:
    """Drop what was taken but not used: for a database that was put back or emptied under a running process."""
    with _lock:
        _free.clear()


def _take_block(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [name, BLOCK + 1, BLOCK])
        after = int(cursor.fetchone()[0])
    # The rest may only be used once the taking is committed: a rolled back block is taken again by somebody else.
    transaction.on_commit(partial(_keep, name, list(range(after - 1, after - BLOCK, -1))))
    return after - BLOCK


def _keep(name: str, numbers: list[int]) -> None:
    with _lock:
        _free[name] = numbers + _free.get(name, [])
