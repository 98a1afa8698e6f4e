"""What accounts needs to know from a room above: which area a code names, how areas are called. Wired by config."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from jingwei.kernel.actor import Actor


class AreaPathOf(Protocol):
    def __call__(self, code: str, /) -> str | None:
        """The path of the area with this code, or None."""


class AreaNames(Protocol):
    def __call__(self, paths: Iterable[str], /) -> Mapping[str, str]:
        """Names by path, of those that are known."""


def _unknown(code: str, /) -> str | None:
    return None


def _nameless(paths: Iterable[str], /) -> Mapping[str, str]:
    return {}


_area_path_of: AreaPathOf = _unknown
_area_names: AreaNames = _nameless


def wire(*, area_path_of: AreaPathOf, area_names: AreaNames | None = None) -> None:
    """Called once at start. Until then every area code is unknown, so no role can be given over one."""
    global _area_path_of, _area_names
    _area_path_of = area_path_of
    _area_names = area_names or _area_names


def area_names(paths: Iterable[str]) -> Mapping[str, str]:
    """Names of areas by path, by the wired room; unknown ones are left out."""
    return _area_names(paths)


def area_path_of(code: str) -> str | None:
    """The path of the area with this code by the wired room, or None."""
    return _area_path_of(code)


class UnitWork(Protocol):
    """What a unit holds in the rooms above: open cases and supervision orders, and the rules that name it."""

    def held(self, unit_id: int, /) -> Mapping[str, int]:
        """How many by kind: cases, orders, rules."""

    def pass_on(self, actor: Actor, unit_id: int, heir_id: int, /) -> None:
        """All of it goes to another unit, in the caller's transaction."""


_unit_work: list[UnitWork] = []


def wire_units(*work: UnitWork) -> None:
    """Called once at start. Until then a unit holds nothing."""
    _unit_work[:] = work


def held_by_unit(unit_id: int) -> dict[str, int]:
    """What a unit holds in all wired rooms, by kind; only what there is."""
    found: dict[str, int] = {}
    for work in _unit_work:
        for kind, count in work.held(unit_id).items():
            found[kind] = found.get(kind, 0) + count
    return {kind: count for kind, count in found.items() if count}


def pass_unit_on(actor: Actor, unit_id: int, heir_id: int) -> None:
    """Every wired room gives what the unit holds to its heir."""
    for work in _unit_work:
        work.pass_on(actor, unit_id, heir_id)
