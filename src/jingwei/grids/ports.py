"""What grids tells rooms that keep copies of paths. Wired by config."""

from collections.abc import Callable, Iterable
from typing import Protocol


class PathChanged(Protocol):
    def __call__(self, old: str, new: str, /) -> None:
        """Rewrite a small number of kept paths from `old...` to `new...`, inside the transaction of the move.

        Tables that grow follow the journal (`area.moved`, `plan.published`) in batches instead.
        """


_listeners: tuple[PathChanged, ...] = ()


def wire(*, path_changed: Iterable[PathChanged] = ()) -> None:
    """Called once at start."""
    global _listeners
    _listeners = tuple(path_changed)


def tell_path_changed(old: str, new: str) -> None:
    for listener in _listeners:
        listener(old, new)


Progress = Callable[[int, int], None]
"""Rows done and rows in all."""
