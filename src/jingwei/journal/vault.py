"""Personal values sealed under a key of their subject: deleting the key deletes the values, wherever they lie.

A sealed value is: version (1 byte, 1), tag of the data key (8), nonce (12), AES-256-GCM ciphertext of the JSON.
The subject is bound in as associated data, so that a ciphertext cannot be moved to another subject.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any

import orjson
from django.db import connection

from jingwei.journal import keys
from jingwei.journal.errors import JournalError
from jingwei.journal.models import SubjectKey
from jingwei.kernel.errors import Refusal

_VERSION = b"\x01"
_VALUES = b"jingwei values\x00"
_WRAP = b"jingwei subject key\x00"


def seal(subject: str, values: dict[str, Any]) -> bytes:
    """The values as ciphertext. One statement, two at the subject's first seal; call it inside the write."""
    key = _data_key(subject) or _new_data_key(subject)
    nonce = secrets.token_bytes(12)
    text = orjson.dumps(values, option=orjson.OPT_SORT_KEYS)
    sealed: bytes = _aes(key).encrypt(nonce, text, _VALUES + subject.encode())
    return _VERSION + _tag(key) + nonce + sealed


def unseal(subject: str, sealed: bytes) -> dict[str, Any]:
    """What `seal` was given. Refuses with `journal.sealed_forever` once the subject was forgotten."""
    return _values(subject, bytes(sealed), _data_key(subject))


def unseal_many(sealed: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """The values of many subjects in one statement; those that were forgotten are left out."""
    wrapped = dict(SubjectKey.objects.filter(subject__in=list(sealed)).values_list("subject", "wrapped")) if sealed else {}
    keys_of = {subject: _open(keys.master_key(), bytes(key), _WRAP + subject.encode()) for subject, key in wrapped.items()}
    return {subject: _values(subject, bytes(sealed[subject]), key) for subject, key in keys_of.items()}


def _values(subject: str, sealed: bytes, key: bytes | None) -> dict[str, Any]:
    if key is None:
        raise Refusal(JournalError.SEALED_FOREVER)
    if sealed[:1] != _VERSION or len(sealed) < 37:
        raise Refusal(JournalError.SEAL_BROKEN)
    if sealed[1:9] != _tag(key):  # sealed under a key that was deleted before this one was made
        raise Refusal(JournalError.SEALED_FOREVER)
    values: dict[str, Any] = orjson.loads(_open(key, sealed[9:], _VALUES + subject.encode()))
    return values


def forget(subject: str) -> bool:
    """Delete the subject's key, hence all that was sealed for it. The caller journals it. False: there was none."""
    return bool(SubjectKey.objects.filter(subject=subject).delete()[0])


def keyed_hash(kind: str, text: str) -> str:
    """HMAC-SHA256 (hex) to search sealed numbers by, whole or by their last four digits.

    `kind` ('phone', 'phone.last4', …) keeps equal texts of different meaning apart; the caller normalises `text`.
    """
    return hmac.new(keys.hash_key(), f"{kind}\x1f{text}".encode(), hashlib.sha256).hexdigest()


def _data_key(subject: str) -> bytes | None:
    wrapped = SubjectKey.objects.filter(subject=subject).values_list("wrapped", flat=True).first()
    if wrapped is None:
        return None
    return _open(keys.master_key(), bytes(wrapped), _WRAP + subject.encode())


def _new_data_key(subject: str) -> bytes:
    """Two first seals at once end with one key: whoever comes second is given the first one's."""
    key, nonce = secrets.token_bytes(32), secrets.token_bytes(12)
    wrapped = nonce + _aes(keys.master_key()).encrypt(nonce, key, _WRAP + subject.encode())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_subject_key (subject, wrapped) VALUES (%s, %s) ON CONFLICT (subject)"
            " DO UPDATE SET wrapped = journal_subject_key.wrapped RETURNING wrapped", [subject, wrapped])
        kept = bytes(cursor.fetchone()[0])
    return _open(keys.master_key(), kept, _WRAP + subject.encode())


def _open(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag

    try:
        text: bytes = _aes(key).decrypt(sealed[:12], sealed[12:], bound)
    except InvalidTag as error:
        raise Refusal(JournalError.SEAL_BROKEN) from error
    return text


def _tag(key: bytes) -> bytes:
    return hashlib.sha256(_WRAP + key).digest()[:8]


def _aes(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
