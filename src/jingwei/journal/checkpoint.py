"""Signed statements of what the journal held at a position, and their file. Pure but for the file."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from jingwei.journal.errors import JournalError
from jingwei.journal.outfile import new_file
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words, of_system

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FORMAT = "jingwei-checkpoint"
_LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Signed:
    """`root`: the fold over positions 1 to `position` (`chain.fold_root`); `count`: how many entries that are.

    `key_id`, `root`: hex of 32 bytes; `signature`: hex of 64; `public_key`: hex of 32, '' when taken from the table.
    """

    position: int
    count: int
    root: str
    at: datetime
    key_id: str
    signature: str = ""
    public_key: str = ""

    def statement(self) -> bytes:
        """The signed bytes: canonical JSON (sorted names, no spaces)."""
        return orjson.dumps({
            "format": FORMAT, "version": 1, "position": self.position, "count": self.count, "root": self.root,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"), "key_id": self.key_id,
        }, option=orjson.OPT_SORT_KEYS)

    def as_dict(self) -> dict[str, Any]:
        return {**orjson.loads(self.statement()), "signature": self.signature, "public_key": self.public_key}


def id_of(public: bytes) -> str:
    """A public key's name: SHA-256 of its 32 raw bytes, hex."""
    return hashlib.sha256(public).hexdigest()


def sign(key: "Ed25519PrivateKey", position: int, root: str, at: datetime) -> Signed:
    """Positions are gap-free, hence the count is the position."""
    public = key.public_key().public_bytes_raw()
    bare = Signed(position, position, root, at, id_of(public))
    return replace(bare, signature=key.sign(bare.statement()).hex(), public_key=public.hex())


def with_key(signed: Signed, public: bytes) -> Signed:
    """The statement together with the key that checks it, as it goes into a file."""
    return replace(signed, public_key=public.hex())


def is_signed_by(public: bytes, signed: Signed) -> bool:
    """Whether the statement carries this key's signature."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(signed.signature), signed.statement())
    except (InvalidSignature, ValueError):
        return False
    return True


def write_file(path: Path, signed: Signed) -> None:
    with new_file(path) as stream:
        stream.write(orjson.dumps(signed.as_dict(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def read_file(path: Path) -> Signed:
    """The statement of a checkpoint file, its signature not yet checked."""
    try:
        with path.open("rb") as stream:
            text = stream.read(_LARGEST)
        return from_dict(orjson.loads(text))
    except OSError as error:
        raise Refusal(JournalError.CHECKPOINT_UNREADABLE, path=path, why=of_system(error)) from error
    except ValueError as error:
        raise Refusal(JournalError.CHECKPOINT_UNREADABLE, path=path, why=Words("不是约定的格式", str(error)[:80])) from error


def from_dict(found: Any) -> Signed:
    """Raises ValueError with the name of the first part that is missing or malformed. The public key may be ''."""
    if not isinstance(found, dict) or (found.get("format"), found.get("version")) != (FORMAT, 1):
        raise ValueError("format")
    for name in ("position", "count"):
        if type(found.get(name)) is not int or found[name] < 0:
            raise ValueError(name)
    for name, length in (("root", "{64}"), ("key_id", "{64}"), ("signature", "{128}"), ("public_key", "{0}|[0-9a-f]{64}")):
        text = found.get(name)
        if not isinstance(text, str) or not re.fullmatch(f"[0-9a-f]{length}", text):
            raise ValueError(name)
    if not isinstance(found.get("at"), str):
        raise ValueError("at")
    at = datetime.fromisoformat(found["at"])
    if at.tzinfo is None:
        raise ValueError("at")
    return Signed(found["position"], found["count"], found["root"], at, found["key_id"], found["signature"],
                  found["public_key"])
