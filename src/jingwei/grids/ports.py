"""What grids tells rooms that keep copies of paths, and what it asks of those above. Wired by config."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class PathsChanged(Protocol):
    def __call__(self, moves: Sequence[tuple[str, str]], /) -> None:
        """Rewrite a small number of kept paths, each from `old...` to `new...`, inside the transaction of the moves.

        Tables that grow follow the journal (`area.moved`, `plan.published`) in batches instead.
        """


class CasePlaces(Protocol):
    def __call__(self, west: float, south: float, east: float, north: float, /) -> Sequence[tuple[float, float]]:
        """Where cases happened in a box in degrees, longitude first: what grids are balanced by. No more of them."""


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """Cases at and below an area: open now, and reported and closed in each of the months asked for."""

    open: int
    months: tuple[tuple[int, int], ...]


class CasesOf(Protocol):
    def __call__(self, area_path: str, months: Sequence[tuple[datetime, datetime]], /) -> CaseFigures:
        """`months`: from, and up to but not including, as instants."""


_listeners: tuple[PathsChanged, ...] = ()
_case_places: CasePlaces | None = None
_cases_of: CasesOf | None = None


def wire(*, paths_changed: Iterable[PathsChanged] = (), case_places: CasePlaces | None = None) -> None:
    """Called once at start."""
    global _listeners, _case_places
    _listeners, _case_places = tuple(paths_changed), case_places


def wire_figures(cases_of: CasesOf | None) -> None:
    """Called once at start where a room above keeps cases."""
    global _cases_of
    _cases_of = cases_of


def cases_of(area_path: str, months: Sequence[tuple[datetime, datetime]]) -> CaseFigures | None:
    """By the wired room; None where no room above keeps cases."""
    return _cases_of(area_path, months) if _cases_of else None


def case_places(box: tuple[float, float, float, float]) -> Sequence[tuple[float, float]]:
    """None where nothing is wired."""
    return _case_places(*box) if _case_places else ()


def tell_paths_changed(moves: Sequence[tuple[str, str]]) -> None:
    """(old, new) paths of areas that moved, none of them inside another."""
    for listener in _listeners if moves else ():
        listener(moves)


Progress = Callable[[int, int], None]
"""Rows done and rows in all."""
