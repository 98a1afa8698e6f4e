"""How a system that sends us something signs it: who, when, only once, nothing changed on the way. Pure."""

import hashlib
import hmac
import re
from base64 import b64decode
from dataclasses import dataclass
from uuid import UUID

WINDOW = 300
"""Seconds by which its clock may differ from ours; as long a number used once is remembered, twice over."""

SOURCE, TIME, NONCE, SIGNATURE = "X-Jingwei-Source", "X-Jingwei-Time", "X-Jingwei-Nonce", "X-Jingwei-Signature"
_TIME, _NONCE = re.compile(r"[0-9]{9,11}\Z"), re.compile(r"[A-Za-z0-9_-]{8,64}\Z")


@dataclass(frozen=True, slots=True)
class Stamp:
    """By what a request was signed: the source, and the number it used once."""

    source: UUID
    nonce: str


def signature(secret: str, kind: str, time: str, nonce: str, body: bytes) -> str:
    """HMAC-SHA256 in hexadecimal over kind, time and nonce, a line each, and the body as it is sent.

    The kind is in it, so that what was signed for one way in is worth nothing at another.
    """
    return hmac.new(secret.encode(), f"{kind}\n{time}\n{nonce}\n".encode() + body, hashlib.sha256).hexdigest()


def well_formed(time: str, nonce: str) -> bool:
    """Whether time (whole seconds since 1970) and nonce (8 to 64 letters, digits, - and _) are written as agreed."""
    return bool(_TIME.match(time) and _NONCE.match(nonce))


def genuine(secret: str, kind: str, time: str, nonce: str, body: bytes, given: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(signature(secret, kind, time, nonce, body).encode(), given.strip().lower().encode())


def in_time(time: str, now: float) -> bool:
    """Whether it was signed just now."""
    return abs(int(time) - now) <= WINDOW


def picture(text: str) -> bytes:
    """The bytes of a picture sent as base64. Raises ValueError."""
    return b64decode("".join(text.split()), validate=True) if text else b""
