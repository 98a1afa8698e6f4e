"""What accounts needs to know from a room above: which area a code names, how areas are called. Wired by config."""

from collections.abc import Iterable, Mapping
from typing import Protocol


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
