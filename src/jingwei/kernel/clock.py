"""The one place that asks what time it is. Commands call `now()`; pure rules are handed the time instead."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_held: ContextVar[datetime | None] = ContextVar("held", default=None)


def now() -> datetime:
    """The present instant, aware, UTC."""
    return _held.get() or datetime.now(UTC)


@contextmanager
def held_at(instant: datetime) -> Iterator[None]:
    """Hold the clock at `instant` (aware): for tests, demonstrations and the replay of imported history."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a zone")
    token = _held.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _held.reset(token)
