"""Passwords become argon2 hashes; how many are computed at a time is bounded, for each takes memory and a core."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.contrib.auth import hashers
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from jingwei.accounts import words
from jingwei.accounts.errors import AccountError
from jingwei.kernel.errors import KernelError, Refusal

_AT_ONCE = 2
_WAIT = 5.0  # seconds, then 503: better than a queue that starves every other request
_IMPOSSIBLE = "!"  # no password fits; checking one against it takes as long as against a real hash
_slots = BoundedSemaphore(_AT_ONCE)


@contextmanager
def _slot() -> Iterator[None]:
    if not _slots.acquire(timeout=_WAIT):
        raise Refusal(KernelError.BUSY)
    try:
        yield
    finally:
        _slots.release()


def fits(password: str, encoded: str) -> tuple[bool, str]:
    """Whether the password is the one encoded, and a fresh hash if the old one is weaker than today's ('' if not).

    `encoded` '' takes the same time and is never right.
    """
    fresh: list[str] = []
    with _slot():
        right = hashers.check_password(
            words.folded_password(password), encoded or _IMPOSSIBLE,
            setter=lambda folded: fresh.append(hashers.make_password(folded)))
    return right, fresh[0] if fresh else ""


def encode(password: str, login: str) -> str:
    """The hash of a new password; refuses one that breaks the rules (length, common, digits alone, the login)."""
    folded = words.new_password(password, login)
    try:
        validate_password(folded)
    except ValidationError as error:
        raise Refusal(AccountError.WEAK_PASSWORD, shortest=words.SHORTEST_PASSWORD,
                      longest=words.LONGEST_PASSWORD) from error
    with _slot():
        return hashers.make_password(folded)


def encode_code(code: str) -> str:
    """The hash of a recovery code, which is ours and not chosen: no rule to keep."""
    with _slot():
        return hashers.make_password(code)
