"""Rounds that alternate with their peer, CPU time in units of the yardstick, and the line that is printed."""

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.yardstick import RECORD_MS, yardstick

ROUNDS = 5
PIECES = 12
WIDEST = 0.25  # a row whose rounds spread more proves nothing

Work = Callable[[int], float]
"""Does so many units of work and returns the CPU seconds they took."""


@dataclass(frozen=True, slots=True)
class Round:
    """CPU milliseconds per unit of work as the clock gave them, and the yardsticks run before, between and after."""

    raw: float
    yardsticks: tuple[float, ...]

    @property
    def normal(self) -> float:
        return self.raw * RECORD_MS / statistics.fmean(self.yardsticks)


@dataclass(slots=True)
class Measured:
    rounds: list[Round] = field(default_factory=list)

    @property
    def figure(self) -> float:
        return statistics.median(one.normal for one in self.rounds)

    @property
    def spread(self) -> float:
        values = [one.normal for one in self.rounds]
        return (max(values) - min(values)) / self.figure

    @property
    def void(self) -> bool:
        return self.spread > WIDEST

    def told(self) -> dict[str, Any]:
        return {
            "figure": round(self.figure, 3), "spread": round(self.spread, 3), "void": self.void,
            "raw_ms": [round(one.raw, 3) for one in self.rounds],
            "yardstick_ms": [[round(value, 1) for value in one.yardsticks] for one in self.rounds],
        }


def one_round(work: Work, count: int) -> Round:
    """`count` units of work in pieces with a yardstick before, between and after them: other people's load on the
    machine changes from second to second, and both shall feel the same of it.
    """
    yardsticks, seconds = [yardstick()], 0.0
    for piece in _pieces(count):
        seconds += work(piece)
        yardsticks.append(yardstick())
    return Round(seconds * 1000 / count, tuple(yardsticks))


def _pieces(count: int) -> Iterator[int]:
    left = count
    for number in range(PIECES, 0, -1):
        piece = left // number
        left -= piece
        if piece:
            yield piece


def alternate(works: dict[str, tuple[Work, int]], rounds: int = ROUNDS) -> dict[str, Measured]:
    """Each of the works in turn, so many rounds. Value: the work and how many units a round has."""
    found = {name: Measured() for name in works}
    for _ in range(rounds):
        for name, (work, count) in works.items():
            found[name].rounds.append(one_round(work, count))
    return found


def line(row: str, figure: float, unit: str, must: str, *, ok: bool, peer: str = "", peer_figure: float | None = None,
         peer_command: str = "", ratio: float | None = None, **more: Any) -> dict[str, Any]:
    """What a row prints. `ratio`: peer through ours for costs, ours through peer for rates: more is better."""
    return {"id": row, "figure": _short(figure), "unit": unit, "peer": peer, "peer_figure": _short(peer_figure),
            "peer_command": peer_command, "ratio": _short(ratio), "must": must, "ok": ok, **more}


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
