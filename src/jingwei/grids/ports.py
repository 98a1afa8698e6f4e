"""What grids tells rooms that keep copies of paths, and what it asks of those above. Wired by config."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from jingwei.kernel.actor import Actor


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


@dataclass(frozen=True, slots=True)
class Waiting:
    """A piece of work that waits for one person. `key` names it for `OpenWork`; `number` and `stage` are shown."""

    key: str
    number: str
    stage: str
    title: str
    due_at: datetime | None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a piece of work: who has it now, None where it waits for whoever comes first."""

    key: str
    to: UUID | None


class OpenWork(Protocol):
    """Work that names a person, in whichever room it stands. `kept`: paths below which the person goes on working."""

    def waiting(self, user_id: UUID, area_path: str, kept: Sequence[str], /) -> list[Waiting]:
        """What waits for this person at and below a path, soonest due first."""

    def pass_on(self, actor: Actor, user_id: UUID, area_path: str, kept: Sequence[str], heir: UUID | None, /) -> list[Moved]:
        """Give all of it to the heir, or to nobody in particular where the heir may not do it or is None.

        Inside the transaction of the hand-over; each piece gets its own journal entry.
        """


class DaysOff(Protocol):
    def __call__(self, first: date, last: date, area_path: str, /) -> frozenset[date]:
        """The official holidays between two days at a place."""


_listeners: tuple[PathsChanged, ...] = ()
_case_places: CasePlaces | None = None
_cases_of: CasesOf | None = None
_work: tuple[OpenWork, ...] = ()
_days_off: DaysOff | None = None


def wire(*, paths_changed: Iterable[PathsChanged] = (), case_places: CasePlaces | None = None) -> None:
    """Called once at start."""
    global _listeners, _case_places
    _listeners, _case_places = tuple(paths_changed), case_places


def wire_staffing(*, open_work: Iterable[OpenWork] = (), days_off: DaysOff | None = None) -> None:
    """Called once at start: work that a hand-over sees to, and the holidays of a rota."""
    global _work, _days_off
    _work, _days_off = tuple(open_work), days_off


def waiting_for(user_id: UUID, area_path: str, kept: Sequence[str] = ()) -> list[Waiting]:
    return [each for work in _work for each in work.waiting(user_id, area_path, kept)]


def pass_on(actor: Actor, user_id: UUID, area_path: str, kept: Sequence[str], heir: UUID | None) -> list[Moved]:
    return [each for work in _work for each in work.pass_on(actor, user_id, area_path, kept, heir)]


def days_off(first: date, last: date, area_path: str) -> frozenset[date]:
    """Without a calendar no day is off."""
    return _days_off(first, last, area_path) if _days_off else frozenset()


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
