"""What identifies people, apart from the case's words: sealed under the case's own key."""

from typing import TYPE_CHECKING, Any

from jingwei.cases.models import Case, Referral
from jingwei.cases.words import without_numbers
from jingwei.journal import commands as journal
from jingwei.journal import queries as journaled
from jingwei.kernel.ids import ascii_digits

if TYPE_CHECKING:
    from jingwei.cases.commands.step import Moving


def opened(case: Case) -> dict[str, Any]:
    """The sealed values of a case: {"numbers": {token: value}, "contact": {…}}; empty where there are none."""
    return journaled.unseal(f"case:{case.id}", bytes(case.private)) if case.private else {}


def keep_numbers(moving: "Moving", text: str) -> str:
    """The text with tokens; numbers found in it join the sealed ones of the case."""
    numbers: dict[str, Any] = {}
    if without_numbers(text, numbers) == text:
        return text
    values = opened(moving.case)
    masked = without_numbers(text, values)
    moving.set(private=journal.seal(f"case:{moving.case.id}", values))
    return masked


def contact_columns(case: Case | Referral, values: dict[str, Any], subject: str = "") -> None:
    """Set the sealed values and the keyed hashes by which a caller is found again (whole number, last four)."""
    if not values:
        return
    case.private = journal.seal(subject or f"case:{case.id}", values)
    phone = "".join(sign for sign in values.get("contact", {}).get("phone", "") if ascii_digits(sign))
    if phone:
        case.phone_hash = journaled.keyed_hash("phone", phone)
        case.phone_tail_hash = journaled.keyed_hash("phone_tail", phone[-4:])
