"""What a photo proves, sealed under a key of the file alone: forgetting the key forgets place and time for good."""

from datetime import datetime
from typing import Any
from uuid import UUID

from jingwei.formats.evidence import Evidence
from jingwei.journal import vault

__all__ = ["Evidence", "seal_evidence", "subject_of", "unseal_evidence", "unseal_evidence_of"]

_TIMES = ("taken_at", "located_at")
_PLAIN = ("taken_local", "lon", "lat", "accuracy_m")


def subject_of(file_id: UUID) -> str:
    """The file's name in the journal and the vault."""
    return f"file:{file_id}"


def seal_evidence(file_id: UUID, evidence: Evidence | None) -> bytes | None:
    """The ciphertext for the row, or None where the photo tells neither time nor place. Call it inside the write."""
    if evidence is None:
        return None
    told = {name: value for name in (*_TIMES, *_PLAIN) if (value := getattr(evidence, name)) is not None}
    return vault.seal(subject_of(file_id), told) if told else None


def unseal_evidence(file_id: UUID, sealed: bytes) -> Evidence:
    """What was sealed; `findings` are not kept, since the original is."""
    return _read(vault.unseal(subject_of(file_id), sealed))


def unseal_evidence_of(sealed: dict[UUID, bytes]) -> dict[UUID, Evidence]:
    """The same of several files in one statement; what was forgotten is left out."""
    told = vault.unseal_many({subject_of(file_id): content for file_id, content in sealed.items()})
    return {file_id: _read(told[subject_of(file_id)]) for file_id in sealed if subject_of(file_id) in told}


def _read(told: dict[str, Any]) -> Evidence:
    times: dict[str, Any] = {name: datetime.fromisoformat(told[name]) for name in _TIMES if name in told}
    return Evidence(**told | times)
