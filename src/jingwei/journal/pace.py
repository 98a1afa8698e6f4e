"""Who writes thousands of entries at once goes no faster than the readers: those who report meanwhile are not to wait behind them."""

import time

from jingwei.journal import readers, tables
from jingwei.journal.models import Cursor, Unnumbered

MOST = 100        # entries that the slowest reader may be behind before one waits
PATIENCE = 1.0    # seconds without a step of it, after which nobody seems to read
_LOOK = 0.02


class Pace:
    """One for each import. `keep` between two of its transactions."""

    def __init__(self) -> None:
        self._place, self._reading = -1, True

    def keep(self) -> None:
        """Wait until the readers have come close. Where none reads, as before the service is started, nobody waits for it."""
        until = time.monotonic() + PATIENCE
        while True:
            place, behind = _slowest()
            if place != self._place:
                self._place, self._reading, until = place, True, time.monotonic() + PATIENCE
            if behind <= MOST or not self._reading:
                return
            if time.monotonic() > until:
                self._reading = False
            time.sleep(_LOOK)


def _slowest() -> tuple[int, int]:
    """Where the slowest reader is, and how many entries there are after that."""
    place = Cursor.objects.filter(reader__in=list(readers.known())).order_by("position").values_list("position", flat=True).first() or 0
    return place, tables.last_position() + Unnumbered.objects.count() - place
