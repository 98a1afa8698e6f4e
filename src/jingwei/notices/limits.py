"""How much may go out now, when what failed is tried again, and when a way out is left alone. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

PER_MINUTE = {"mail": 60, "sms": 30, "chat": 20}
WINDOW = timedelta(seconds=60)
GIVE_UP = timedelta(days=1)
_FIRST, _LONGEST = timedelta(seconds=30), timedelta(hours=1)
_FAILURES = 3
_OPEN, _OPEN_LONGEST = timedelta(minutes=1), timedelta(minutes=30)
LISTED = 20

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Parcel(Generic[Row]):
    """What goes out by one sending: one message, or several of one receiver gathered into a digest."""

    receiver: object
    rows: tuple[Row, ...]


def pause(tries: int) -> timedelta:
    """Before the next attempt after so many failed ones: 30 s, 2 min, 8 min, 32 min, then every hour."""
    return min(_FIRST * int(4 ** max(0, min(tries, 10) - 1)), _LONGEST)


def left_alone(failures: int) -> timedelta | None:
    """How long a connector is left alone after so many failures one after another: 1, 2, 4 … 30 minutes from the third on."""
    if failures < _FAILURES:
        return None
    return min(_OPEN * int(2 ** min(failures - _FAILURES, 10)), _OPEN_LONGEST)


def parcels(rows: Sequence[tuple[object, bool, Row]], allowed: int) -> tuple[list[Parcel[Row]], list[Row]]:
    """What goes out now in so many sendings, and what waits to be gathered. `rows`: (receiver, gathered?, row), oldest first.

    What was held back of one receiver goes as one. Of what is left over nothing is lost: it is gathered, and goes as
    one sending as soon as there is room.
    """
    together: dict[object, list[Row]] = {}
    singles: list[Parcel[Row]] = []
    for receiver, gathered, row in rows:
        if gathered:
            together.setdefault(receiver, []).append(row)
        else:
            singles.append(Parcel(receiver, (row,)))
    ready = [Parcel(receiver, tuple(held)) for receiver, held in together.items()] + singles
    now, later = ready[:max(0, allowed)], ready[max(0, allowed):]
    return now, [row for parcel in later for row in parcel.rows]


def gathered(titles: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The title and the lines of a digest."""
    lines = tuple(titles[:LISTED])
    if len(titles) > LISTED:
        lines += (f"另有 {len(titles) - LISTED} 条，请登录后查看。",)
    return f"{len(titles)} 条新消息", lines
