"""What files asks of the rooms above: which files somebody still refers to. `config` wires the answers."""

from typing import Protocol
from uuid import UUID


class UsedFiles(Protocol):
    """One room that refers to files."""

    def used(self, ids: set[UUID]) -> set[UUID]:
        """Those of `ids` that a row of the room refers to."""
        ...


_rooms: list[UsedFiles] = []


def wire(*rooms: UsedFiles) -> None:
    """Name every room that refers to files, replacing what was wired before."""
    _rooms[:] = rooms


def wired() -> bool:
    """Whether anybody can say what is used. Where nobody can, nothing is discarded."""
    return bool(_rooms)


def used(ids: set[UUID]) -> set[UUID]:
    """Those of `ids` that any room refers to."""
    return {found for room in _rooms for found in room.used(ids)}
