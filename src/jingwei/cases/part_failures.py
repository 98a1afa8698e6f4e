"""How often a part failed, and whether it failed again soon after it was mended. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

NO_FAILURE = ("refused", "void", "merged")
"""Cases that ended so tell of no failure of their own: nothing was found, entered by mistake, or told by another case."""


class Reported(NamedTuple):
    """A case about the part. `ended_at`: when it was closed, None while it is open."""

    reported_at: datetime
    ended_at: datetime | None
    state: str


def repeats(reported: Sequence[Reported], days: int) -> list[bool]:
    """For each case, in the order given, whether it came within so many days after an earlier one was closed.

    What is reported while an earlier case is still open is the same failure told twice, not another one.
    """
    found = []
    for place, each in enumerate(reported):
        ends = [other.ended_at for there, other in enumerate(reported)
                if there != place and other.ended_at is not None and other.ended_at <= each.reported_at and other.state not in NO_FAILURE]
        soon = bool(ends) and each.reported_at - max(ends) <= timedelta(days=days)
        found.append(soon and each.state not in NO_FAILURE)
    return found
