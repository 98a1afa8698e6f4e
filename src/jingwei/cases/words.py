"""What people type: measured, cleaned of signs no database keeps, and freed of numbers that identify someone."""

import re
import unicodedata
from typing import Any

from jingwei.cases.errors import CaseError
from jingwei.kernel.errors import Refusal
from jingwei.kernel.masking import mask

_ALLOWED = {"\n", "\t"}
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # come along unseen with pasted numbers
_DIGITS = "0123456789〕"


def blank(text: str) -> bool:
    """Whether nothing of the text can be seen."""
    return all(sign.isspace() or unicodedata.category(sign) in ("Cf", "Cc") for sign in text)


def checked(text: str, what: str, most: int) -> str:
    """The text without outer blanks and signs that turn text around.

    Refuses control characters (NUL above all) and what is longer than `most`.
    """
    text = text.translate(_TURNING).replace("\r\n", "\n").strip()
    if len(text) > most:
        raise Refusal(CaseError.TOO_LONG, what=what, most=most)
    if any((ord(sign) < 32 and sign not in _ALLOWED) or 0xD800 <= ord(sign) <= 0xDFFF for sign in text):
        raise Refusal(CaseError.BAD_TEXT, what=what)
    return text


def without_numbers(text: str, private: dict[str, Any]) -> str:
    """The text with phone and identity numbers as tokens; the numbers themselves are added to `private`.

    Tokens are numbered through the whole case, so that those of two texts are never the same.
    """
    masked = mask(text)
    if not masked.values:
        return text
    numbers: dict[str, str] = private.setdefault("numbers", {})
    names: dict[str, str] = {}
    for found in masked.values:
        known = next((token for token, value in numbers.items() if value == found.text), None)
        names[found.token] = known or f"{found.token.rstrip(_DIGITS)}{len(numbers) + 1}〕"
        numbers[names[found.token]] = found.text
    return re.sub("|".join(map(re.escape, names)), lambda token: names[token.group()], masked.text)
