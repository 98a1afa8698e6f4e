"""The key of the originals: one file beside, never inside, the database and its backup."""

import os
import secrets
from pathlib import Path

from django.conf import settings

from jingwei.files.sealing import KEY_BYTES
from jingwei.journal.errors import JournalError
from jingwei.kernel.errors import Refusal

NAME = "files.key"


def ensure_key() -> bool:
    """Make `keys/files.key` (32 bytes, owner only) where there is none. True if it was made.

    Only setting up a home calls this: a key made silently beside a restored database would lock its originals away.
    """
    folder: Path = settings.HOME.keys
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = folder / f".{NAME}.{secrets.token_hex(8)}"
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(secrets.token_bytes(KEY_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        os.link(part, folder / NAME)  # unlike a rename it never replaces a key made meanwhile
    except FileExistsError:
        return False
    finally:
        part.unlink(missing_ok=True)
    return True


def master() -> bytes:
    """The key, 32 bytes. Refused where the file is missing or is not one of ours."""
    try:
        key: bytes = (settings.HOME.keys / NAME).read_bytes()
    except OSError as problem:
        raise Refusal(JournalError.KEYS_MISSING, name=NAME) from problem
    if len(key) != KEY_BYTES:
        raise Refusal(JournalError.KEYS_DAMAGED, name=NAME)
    return key
