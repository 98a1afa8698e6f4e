"""Cells a spreadsheet would run as formulas, disarmed on the way out and restored on the way in.

Source of the rule: OWASP, CSV Injection. Full-width signs count too: Chinese and Japanese spreadsheets take
them for their ASCII forms.
"""

import re

_RISKY = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r\n]")
# a lone dash is how people write "none"; it starts no formula
_HARMLESS = re.compile(r"\s*(?:[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?%?|-+)\s*")


def guard_cell(text: str) -> str:
    """The text with ' before it if a spreadsheet could take it for a formula; numbers stay as they are."""
    return f"'{text}" if _needs_guard(text) else text


def unguard_cell(text: str) -> str:
    """The exact reverse of `guard_cell`."""
    return text[1:] if text.startswith("'") and _needs_guard(text[1:]) else text


def _needs_guard(text: str) -> bool:
    return _RISKY.match(text) is not None and _HARMLESS.fullmatch(text) is None
