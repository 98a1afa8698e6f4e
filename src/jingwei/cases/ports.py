"""What cases ask of a room above: a reader of mailboxes. Wired by config."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Attached:
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """A message taken apart: nothing active is left in it. `key`: the same for the same message, however often it comes.

    `by_machine`: an automatic answer, a list, a failure of delivery. `left_out`: names of what was attached and not taken.
    """

    key: str
    sender: str
    name: str
    subject: str
    text: str
    by_machine: bool = False
    cut: bool = False
    attached: tuple[Attached, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message, or without `letter` only how far the mailbox was read. `validity`: of the numbers of its messages."""

    validity: int
    uid: int
    letter: Opened | None = None


class MailReader(Protocol):
    def check(self, settings: Mapping[str, str]) -> None:
        """Refuse settings that cannot work, before anything is asked."""

    def read(self, settings: Mapping[str, str], *, validity: int, after: int, since: date, most: int) -> Iterator[Incoming]:
        """The messages after `after`, at most so many, oldest first; the mailbox is left as it is. Refuses in words."""
        ...


_wired: list[MailReader] = []


def wire(reader: MailReader) -> None:
    """Called once at start."""
    _wired[:] = [reader]


def mail_reader() -> MailReader:
    return _wired[0]
