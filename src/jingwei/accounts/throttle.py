"""A limit on tries per key, in bounded memory of this process. Pure: the time is handed in.

It slows guessing down; what stops it is the lock-out kept in the database, which holds for all processes.
"""

from threading import Lock


class Throttle:
    """At most `tries` per key within `seconds`, counted from the key's first try. Remembers `capacity` keys."""

    def __init__(self, tries: int, seconds: float, capacity: int = 10_000) -> None:
        self.tries = tries
        self.seconds = seconds
        self.capacity = capacity
        self._begun: dict[str, tuple[float, int]] = {}  # key -> first try, tries since; oldest first
        self._lock = Lock()

    def take(self, key: str, now: float) -> bool:
        """Count one try; False when the key has used up its tries. A refused try is not counted."""
        with self._lock:
            begun, used = self._begun.get(key, (now, 0))
            if not 0 <= now - begun < self.seconds:
                begun, used = now, 0
            if used >= self.tries:
                return False
            if not used:
                self._begun.pop(key, None)
                while len(self._begun) >= self.capacity:
                    del self._begun[next(iter(self._begun))]
            self._begun[key] = (begun, used + 1)
            return True

    def give_back(self, key: str) -> None:
        """The try succeeded and does not count."""
        with self._lock:
            begun, used = self._begun.get(key, (0.0, 0))
            if used > 1:
                self._begun[key] = (begun, used - 1)
            else:
                self._begun.pop(key, None)

    def forget(self) -> None:
        with self._lock:
            self._begun.clear()

    def __len__(self) -> int:
        return len(self._begun)
