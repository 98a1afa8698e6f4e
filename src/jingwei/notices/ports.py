"""What notices asks of rooms above: the ways out of the house, and which kinds of things are told. Wired by config."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from jingwei.kernel.errors import Refusal

WAYS = ("mail", "sms", "chat")
WAY_NAMES = {"mail": "邮件", "sms": "短信", "chat": "群机器人"}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a connector must be told. `secret`: never shown again."""

    name: str
    zh: str
    needed: bool = True
    secret: bool = False
    default: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a sending: sent | later (try again) | refused (trying again would not help). `why` unless sent.

    `receiver`: the refusal is about this receiver alone, the connector itself works.
    """

    state: str
    why: Refusal | None = None
    receiver: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What is sent. `link`: the whole address, '' where the installation has not set its own."""

    title: str
    lines: tuple[str, ...] = ()
    link: str = ""


class Connector(Protocol):
    """A way out. `way`: mail, sms or chat; a chat robot speaks to its group, so `to` is ''."""

    kind: str
    name: str
    way: str
    fields: tuple[Field, ...]

    def check(self, settings: Mapping[str, str]) -> None:
        """Refuse settings that cannot work, before anything is sent."""

    def send(self, settings: Mapping[str, str], to: str, words: Words, key: str) -> Outcome:
        """Send once, within seconds. `key`: the same for every attempt, so that the other side may know it again."""
        ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that is told. `ways`: those by which it goes beside the list where nothing else is set."""

    code: str
    name: str
    whom: str
    active: bool
    urgent: bool
    ways: tuple[str, ...]


@dataclass(slots=True)
class _Wired:
    connectors: Mapping[str, Connector] = field(default_factory=dict)
    kinds: Sequence[Kind] = ()
    address: str = ""


_wired = _Wired()


def wire(*, connectors: Mapping[str, Connector], kinds: Sequence[Kind], address: str) -> None:
    """Called once at start. `address`: under which people reach this installation, for links in what goes out."""
    _wired.connectors, _wired.kinds, _wired.address = connectors, kinds, address.rstrip("/")


def connectors() -> Mapping[str, Connector]:
    """Every kind of connector there is, by its code."""
    return _wired.connectors


def kinds() -> Sequence[Kind]:
    """Every kind of thing that is told, in the order they are shown."""
    return _wired.kinds


def whole(link: str) -> str:
    """A link of ours as somebody outside can open it, '' where the installation has not set its address."""
    return _wired.address + link if _wired.address and link.startswith("/") else ""
