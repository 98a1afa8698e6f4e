"""How far a proposal has come, told to whoever waits for it; who is told may call it off by raising."""

import time
from collections.abc import Callable
from enum import StrEnum

Progress = Callable[[str, float], None]
"""Is told the code of a stage and the share of the whole that is done, 0 … 1, never falling."""

_SELDOM = 0.05  # seconds between two words within a stage


class Stage(StrEnum):
    """The codes are stable. In the order in which they come."""

    PREPARING = "preparing"
    NODING = "noding"
    DIVIDING = "dividing"
    DRAWING = "drawing"
    COUNTING = "counting"
    GROUPING = "grouping"
    MEASURING = "measuring"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Stage.PREPARING: "核对图层", Stage.NODING: "求各条线的交点", Stage.DIVIDING: "合并碎块、切分大块", Stage.DRAWING: "画出单元网格",
    Stage.COUNTING: "统计建筑、户数和案件", Stage.GROUPING: "组成责任网格", Stage.MEASURING: "核对结果、写报告",
}
# the share of the whole at which each ends: as measured on a city of 100 km²
_ENDS = {Stage.PREPARING: 0.05, Stage.NODING: 0.1, Stage.DIVIDING: 0.35, Stage.DRAWING: 0.4, Stage.COUNTING: 0.42,
         Stage.GROUPING: 0.7, Stage.MEASURING: 1.0}


class Watch:
    """Passes on what happens, not more often than somebody can see."""

    def __init__(self, tell: Progress | None = None) -> None:
        self._tell = tell
        self._stage: Stage | None = None
        self._done = 0.0
        self._next = 0.0

    def at(self, stage: Stage, share: float = 0.0) -> None:
        """`share`: of this stage, 0 … 1."""
        if self._tell is None:
            return
        now = time.monotonic()
        if stage is self._stage and now < self._next and (stage, share) != (Stage.MEASURING, 1.0):
            return
        ends = list(_ENDS.values())
        place = list(_ENDS).index(stage)
        begin = ends[place - 1] if place else 0.0
        self._done = max(self._done, begin + (ends[place] - begin) * min(share, 1.0))
        self._stage = stage
        self._tell(stage.value, self._done)
        self._next = time.monotonic() + _SELDOM


QUIET = Watch()
