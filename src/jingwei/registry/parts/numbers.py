"""Numbers of parts: 6 digits of the county, the class, 6 of a sequence. 16 digits by the scheme of 2013, 17 by that of
2026, another length by a city's own. Pure.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

COUNTY, SEQUENCE = 6, 6
LAST = 10**SEQUENCE - 1
_CODE = re.compile(r"[0-9]{3,8}", re.ASCII)


class Number(NamedTuple):
    """A number taken apart. `sequence` 0 is none that could be given."""

    county: str
    class_code: str
    sequence: int


def apart(number: str) -> Number | None:
    """A number in its three parts; None where it cannot be one. The class is what stands between county and sequence."""
    if not (number.isascii() and number.isdigit()) or not COUNTY + SEQUENCE + 3 <= len(number) <= COUNTY + SEQUENCE + 8:
        return None
    return Number(number[:COUNTY], number[COUNTY:-SEQUENCE], int(number[-SEQUENCE:]))


def length(class_code: str) -> int:
    """How many digits the numbers of a class have."""
    return COUNTY + len(class_code) + SEQUENCE


def prefix(county: str, class_code: str) -> str:
    """What all numbers of a class in a county begin with."""
    if not (len(county) == COUNTY and county.isascii() and county.isdigit() and _CODE.fullmatch(class_code)):
        raise ValueError(f"no prefix of numbers: {county!r}, {class_code!r}")
    return county + class_code


def made(before: str, sequence: int) -> str:
    """The number with this prefix and sequence, 1 to 999999."""
    if not 1 <= sequence <= LAST:
        raise ValueError(f"no sequence: {sequence}")
    return f"{before}{sequence:0{SEQUENCE}d}"


def free(first: int, taken: Iterable[int], count: int) -> list[int]:
    """The first `count` sequences from `first` on that are not `taken`; fewer where they run out at 999999."""
    used = set(taken)
    found: list[int] = []
    sequence = max(first, 1)
    while len(found) < count and sequence <= LAST:
        if sequence not in used:
            found.append(sequence)
        sequence += 1
    return found
