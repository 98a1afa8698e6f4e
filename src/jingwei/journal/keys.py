"""The keys of a home: files beside the database, never in it and never in its backup.

`checkpoint.pem` signs checkpoints (Ed25519), `vault.key` wraps the subjects' data keys (32 bytes), `hash.key`
makes the hashes that personal numbers are searched by (32 bytes). Rooms above may put further `*.key` files beside
them; they go into the key backup too.
"""

import base64
import hashlib
import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings

from jingwei.journal import checkpoint
from jingwei.journal.errors import JournalError
from jingwei.journal.outfile import new_file
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words, of_system

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

CHECKPOINT, VAULT, HASH = "checkpoint.pem", "vault.key", "hash.key"
NAMES = (CHECKPOINT, VAULT, HASH)
LEAST_PASSPHRASE = 12
_PASSING = "secret.key"  # signs forms that are open in a browser: made anew at no loss, so it stays out of the backup
_LARGEST = 4096
_FORMAT = "jingwei-keys"
_SCRYPT = {"name": "scrypt", "n": 1 << 17, "r": 8, "p": 1}  # 128 MiB and about half a second per guess

_read: dict[Path, tuple[tuple[int, int], bytes]] = {}


def create_missing(folder: Path) -> list[str]:
    """Make the key files that are not there yet and return their names. Never touches one that is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return [name for name in NAMES if not (folder / name).exists() and _place(folder / name, _new(name))]


def signing_key() -> "Ed25519PrivateKey":
    return _parse_signing_key(_load(CHECKPOINT))


def public_key() -> bytes:
    """The 32 raw bytes that whoever checks a checkpoint needs."""
    return signing_key().public_key().public_bytes_raw()


def key_id() -> str:
    """The id of the key that signs here."""
    return checkpoint.id_of(public_key())


def master_key() -> bytes:
    return _load(VAULT)


def hash_key() -> bytes:
    return _load(HASH)


def export_keys(path: Path, passphrase: str) -> None:
    """Write all keys into one file, sealed with AES-256-GCM under a key that scrypt makes of the passphrase."""
    if len(passphrase) < LEAST_PASSPHRASE:
        raise Refusal(JournalError.PASSPHRASE_SHORT, least=LEAST_PASSPHRASE)
    held = orjson.dumps({name: base64.b64encode(_load(name)).decode() for name in _present()})
    kdf = {**_SCRYPT, "salt": secrets.token_hex(16)}
    head = {"format": _FORMAT, "version": 1, "key_id": key_id(), "kdf": kdf}
    nonce = secrets.token_bytes(12)
    sealed = _cipher(kdf, passphrase).encrypt(nonce, held, _canonical(head))
    with new_file(path) as stream:
        stream.write(orjson.dumps({**head, "nonce": nonce.hex(), "sealed": base64.b64encode(sealed).decode()},
                                  option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def import_keys(path: Path, passphrase: str, folder: Path | None = None) -> list[str]:
    """Put the keys of a backup in place and return the names of those that were missing.

    Refuses before the first write if a different key of the same name is there.
    """
    folder = folder or _folder()
    held = _unsealed(path, passphrase)
    for name, key in held.items():
        if (folder / name).exists() and (folder / name).read_bytes() != key:
            raise Refusal(JournalError.KEYS_PRESENT, name=name)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return [name for name, key in held.items() if not (folder / name).exists() and _place(folder / name, key)]


def _unsealed(path: Path, passphrase: str) -> dict[str, bytes]:
    from cryptography.exceptions import InvalidTag

    try:
        box = orjson.loads(path.read_bytes())
        head = {name: box[name] for name in ("format", "version", "key_id", "kdf")}
        nonce, sealed = bytes.fromhex(box["nonce"]), base64.b64decode(box["sealed"], validate=True)
        if (head["format"], head["version"]) != (_FORMAT, 1):
            raise ValueError("format")
        cipher = _cipher(head["kdf"], passphrase)
    except OSError as error:
        raise Refusal(JournalError.KEYS_UNREADABLE, path=path, why=of_system(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refusal(JournalError.KEYS_UNREADABLE, path=path, why=Words("不是约定的格式", "not in the form agreed")) from error
    try:
        held = orjson.loads(cipher.decrypt(nonce, sealed, _canonical(head)))
        keys = {name: base64.b64decode(text, validate=True) for name, text in held.items()}
    except (InvalidTag, ValueError) as error:
        raise Refusal(JournalError.PASSPHRASE_WRONG) from error
    except (AttributeError, TypeError) as error:
        raise Refusal(JournalError.KEYS_UNREADABLE, path=path, why=Words("不是约定的格式", "not in the form agreed")) from error
    # names come from outside: none may point out of the folder
    if set(NAMES) - set(keys) or not all(re.fullmatch(r"[a-z][a-z0-9_-]{0,40}\.(key|pem)", name) for name in keys):
        raise Refusal(JournalError.KEYS_UNREADABLE, path=path, why=Words("里面的密钥名称不对", "the names of the keys in it"))
    for name, key in keys.items():
        _check(name, key)
    return keys


def _present() -> list[str]:
    """The keys every home has, and those that rooms above have put beside them."""
    beside = {path.name for path in _folder().glob("*.key")} - {*NAMES, _PASSING}
    return [*NAMES, *sorted(beside)]


def _cipher(kdf: dict[str, Any], passphrase: str) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if {name: kdf[name] for name in _SCRYPT} != _SCRYPT:  # also keeps a forged file from asking for all memory
        raise ValueError("kdf")
    return AESGCM(hashlib.scrypt(
        passphrase.encode(), salt=bytes.fromhex(kdf["salt"]), n=kdf["n"], r=kdf["r"], p=kdf["p"],
        maxmem=256 << 20, dklen=32))


def _canonical(head: dict[str, Any]) -> bytes:
    return orjson.dumps(head, option=orjson.OPT_SORT_KEYS)


def _folder() -> Path:
    return Path(settings.HOME.keys)


def _load(name: str) -> bytes:
    """The file's bytes, read again only when the file is another one."""
    path = _folder() / name
    try:
        found = path.stat()
        seen = (found.st_ino, found.st_mtime_ns)
        kept = _read.get(path)
        if kept and kept[0] == seen:
            return kept[1]
        key = path.read_bytes()
    except OSError as error:
        raise Refusal(JournalError.KEYS_MISSING, name=name) from error
    _check(name, key)
    _read[path] = (seen, key)
    return key


def _check(name: str, key: bytes) -> None:
    if name == CHECKPOINT:
        _parse_signing_key(key)
    elif len(key) != 32 if name in NAMES else not 1 <= len(key) <= _LARGEST:
        raise Refusal(JournalError.KEYS_DAMAGED, name=name)


def _parse_signing_key(pem: bytes) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise Refusal(JournalError.KEYS_DAMAGED, name=CHECKPOINT) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise Refusal(JournalError.KEYS_DAMAGED, name=CHECKPOINT)
    return key


def _new(name: str) -> bytes:
    if name != CHECKPOINT:
        return secrets.token_bytes(32)
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _place(path: Path, key: bytes) -> bool:
    """Write a key whole or not at all, readable by its owner alone. False if another process was first."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(key)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(name, path)  # unlike a rename it never replaces a key that is already in use
    except FileExistsError:
        return False
    finally:
        os.unlink(name)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return True
