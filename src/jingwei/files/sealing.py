"""Originals at rest: AES-256-GCM in chunks. Pure.

STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015): the nonce is 7 random bytes, 4 of counter and 1 that
marks the last chunk, so a chunk that was changed, moved, dropped or cut off does not open. Every file has its own
key, drawn from the master key by HKDF-SHA256 (RFC 5869) with a random salt; its address is authenticated with it.
"""

import hashlib
import hmac
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from jingwei.files.errors import FileError
from jingwei.kernel.errors import Refusal

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
RANDOM_BYTES = 16 + 7  # salt of the file's key, beginning of its nonces
CHUNK = 64 * 1024
_MAGIC = b"JWF1"
_TAG = 16


def keyed_hash(master: bytes, content: bytes) -> str:
    """The address of an original (64 hex digits): equal photos are one, yet nobody without the key can test a guess."""
    return hmac.new(_derived(master, b"address"), content, hashlib.sha256).hexdigest()


def seal(master: bytes, address: str, content: bytes, random: bytes) -> Iterator[bytes]:
    """The encrypted file in pieces. `random`: RANDOM_BYTES fresh random bytes, never used twice."""
    salt, prefix = random[:16], random[16:RANDOM_BYTES]
    cipher = _cipher(master, salt)
    yield _MAGIC + salt + prefix
    view = memoryview(content)
    count = max(1, -(-len(content) // CHUNK))
    for number in range(count):
        piece = view[number * CHUNK:(number + 1) * CHUNK]
        yield cipher.encrypt(_nonce(prefix, number, number == count - 1), piece, address.encode())


def unseal(master: bytes, address: str, sealed: BinaryIO) -> Iterator[bytes]:
    """The content in pieces, each proven before it is given. Refused where anything differs from what was sealed."""
    from cryptography.exceptions import InvalidTag

    head = sealed.read(len(_MAGIC) + RANDOM_BYTES)
    if len(head) != len(_MAGIC) + RANDOM_BYTES or not head.startswith(_MAGIC):
        raise Refusal(FileError.CONTENT_DAMAGED)
    salt, prefix = head[4:20], head[20:]
    cipher = _cipher(master, salt)
    piece, number = sealed.read(CHUNK + _TAG), 0
    while True:
        following = sealed.read(CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(prefix, number, not following), piece, address.encode())
        except InvalidTag:
            raise Refusal(FileError.CONTENT_DAMAGED) from None
        if not following:
            return
        piece, number = following, number + 1


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\x01" if last else b"\x00")


def _cipher(master: bytes, salt: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(_derived(master, b"original", salt))


def _derived(master: bytes, purpose: bytes, salt: bytes | None = None) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt, b"jingwei files " + purpose).derive(master)
