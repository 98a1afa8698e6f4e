"""Case numbers: county-year-sequence. Each process takes them by the block, so that no report waits for another."""

import threading
from datetime import datetime

from django.db import connection, transaction

BLOCK = 50
_TAKE = (
    "INSERT INTO cases_number_block (name, next) VALUES (%s, %s)"
    " ON CONFLICT (name) DO UPDATE SET next = cases_number_block.next + %s RETURNING next"
)

_lock = threading.Lock()
_free: dict[str, list[int]] = {}


class _Block:
    """Numbers taken in a transaction that is not committed yet. The rest may be used by others only afterwards: a
    block that was rolled back is taken again by somebody else. It hangs on the transaction's own list of what to do
    on commit, so it is gone with it.
    """

    def __init__(self, name: str, first: int) -> None:
        self.name = name
        self.numbers = list(range(first + BLOCK - 1, first - 1, -1))

    def keep(self) -> None:
        with _lock:
            _free[self.name] = self.numbers + _free.get(self.name, [])


def next_number(county: str, at: datetime) -> str:
    """The next number of the county in the year of `at` (local time), such as 990101-2026-000123.

    Numbers are unique and grow roughly with time; those of a block that a process did not use up are left out.
    """
    name = f"{county}-{at.year}"
    with _lock:
        free = _free.get(name)
        found = free.pop() if free else None
    if found is None:
        found = (_pending(name) or _take_block(name)).numbers.pop()
    return f"{name}-{found:06d}"


def next_in_order(kind: str, county: str, at: datetime) -> str:
    """The next number of a kind of document of the county, such as DB990101-2026-0012: one by one, without gaps.

    It is taken in the transaction of the document, so that one that was not issued uses up none.
    """
    name = f"{kind}{county}-{at.year}"
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [name, 2, 1])
        return f"{name}-{int(cursor.fetchone()[0]) - 1:04d}"


def forget_blocks() -> None:
    """Drop what was taken but not used: for a database that was put back or emptied under a running process."""
    with _lock:
        _free.clear()


def _pending(name: str) -> _Block | None:
    for waiting in connection.run_on_commit:
        block = getattr(waiting[1], "__self__", None)
        if isinstance(block, _Block) and block.name == name and block.numbers:
            return block
    return None


def _take_block(name: str) -> _Block:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [name, BLOCK + 1, BLOCK])
        block = _Block(name, int(cursor.fetchone()[0]) - BLOCK)
    transaction.on_commit(block.keep)
    return block
