"""The pure arithmetic of the chain: what is hashed, in which order, and the running root over positions."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64
_UNIT = "\x1f"


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the chain sees it. `data` is the stored text, character for character."""

    subject: str
    number: int
    verb: str
    actor: str
    via: str
    at: datetime
    area_path: str
    data: str
    previous: str


def link_hash(link: Link) -> str:
    """SHA-256 (hex) over the previous hash, every column and the stored text."""
    head = _UNIT.join((
        link.previous, link.subject, str(link.number), link.verb, link.actor, link.via,
        link.at.astimezone(UTC).isoformat(timespec="microseconds"), link.area_path,
    ))
    digest = hashlib.sha256(head.encode())
    digest.update(b"\x1e")
    digest.update(link.data.encode())
    return digest.hexdigest()


def fold_root(root: str, entry_hash: str) -> str:
    """The root after one more position: it depends on every entry up to there and on their order."""
    return hashlib.sha256(f"{root}{entry_hash}".encode()).hexdigest()
