"""Identifiers. Clients and server alike make UUIDv7 (RFC 9562): sortable by time, no round trip needed."""

import os
import time
import uuid

from jingwei.kernel.errors import KernelError, Refusal


def new_id(at_ms: int | None = None) -> uuid.UUID:
    """A fresh UUIDv7. `at_ms`: milliseconds since 1970 (UTC), the present by default."""
    stamp = (time.time_ns() // 1_000_000 if at_ms is None else at_ms) & ((1 << 48) - 1)
    tail = int.from_bytes(os.urandom(10), "big")
    value = (stamp << 80) | (0x7 << 76) | ((tail >> 62 & 0xFFF) << 64) | (0b10 << 62) | (tail & ((1 << 62) - 1))
    return uuid.UUID(int=value)


def client_id(given: uuid.UUID) -> uuid.UUID:
    """An id that a client made. Any version is taken, for old phones make version 4; nil and max name nothing."""
    if given.int in (0, (1 << 128) - 1):
        raise Refusal(KernelError.NIL_ID)
    return given


def ascii_digits(text: str) -> bool:
    """True for a non-empty run of 0-9. `str.isdigit` also accepts full-width and superscript digits."""
    return bool(text) and all("0" <= sign <= "9" for sign in text)
