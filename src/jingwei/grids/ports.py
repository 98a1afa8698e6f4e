"""What grids tells rooms that keep copies of paths. Wired by config."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol


class PathsChanged(Protocol):
    def __call__(self, moves: Sequence[tuple[str, str]], /) -> None:
        """Rewrite a small number of kept paths, each from `old...` to `new...`, inside the transaction of the moves.

        Tables that grow follow the journal (`area.moved`, `plan.published`) in batches instead.
        """


_listeners: tuple[PathsChanged, ...] = ()


def wire(*, paths_changed: Iterable[PathsChanged] = ()) -> None:
    """Called once at start."""
    global _listeners
    _listeners = tuple(paths_changed)


def tell_paths_changed(moves: Sequence[tuple[str, str]]) -> None:
    """(old, new) paths of areas that moved, none of them inside another."""
    for listener in _listeners if moves else ():
        listener(moves)


Progress = Callable[[int, int], None]
"""Rows done and rows in all."""
