"""What accounts needs to know from a room above: which area a code names. Wired by config."""

from typing import Protocol


class AreaPathOf(Protocol):
    def __call__(self, code: str, /) -> str | None:
        """The path of the area with this code, or None."""


def _unknown(code: str, /) -> str | None:
    return None


_area_path_of: AreaPathOf = _unknown


def wire(*, area_path_of: AreaPathOf) -> None:
    """Called once at start. Until then every area code is unknown, so no role can be given over one."""
    global _area_path_of
    _area_path_of = area_path_of


def area_path_of(code: str) -> str | None:
    """The path of the area with this code by the wired room, or None."""
    return _area_path_of(code)
