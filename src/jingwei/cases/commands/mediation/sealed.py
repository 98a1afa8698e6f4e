"""The one ciphertext of a mediation: parties, what was said and agreed, what visits found; under a key of its own."""

from typing import Any
from uuid import UUID

from jingwei.cases.mediation_errors import MediationError
from jingwei.cases.models import Mediation
from jingwei.cases.words import blank, checked, without_numbers
from jingwei.journal import commands as journal
from jingwei.journal import queries as journaled
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words


def subject_of(mediation_id: UUID) -> str:
    """Of the key. Entries stand on the chain of the case."""
    return f"mediation:{mediation_id}"


def opened(mediation: Mediation) -> dict[str, Any]:
    """{"parties": […], "numbers": {token: value}, "sessions": {number: …}, "conclusions": […], "visits": {…}}."""
    return journaled.unseal(subject_of(mediation.id), bytes(mediation.private)) if mediation.private else {}


def keep(mediation: Mediation, values: dict[str, Any]) -> None:
    """Set the column; the caller saves the row."""
    mediation.private = journal.seal(subject_of(mediation.id), values)


def said(values: dict[str, Any], deed: Words, what: Words, text: str, most: int, *, needed: bool = False) -> str:
    """The words, their numbers put apart. Refuses where something has to be said and is not."""
    if blank(text):
        if needed:
            raise Refusal(MediationError.MISSING, deed=deed, what=what)
        return ""
    return without_numbers(checked(text, what.zh, most), values)
