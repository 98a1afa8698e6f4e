"""How like two reports are, by place, time and words, and what speaks for it. Pure; the class of a case plays no part.

Reports of one place share the words of the place, which say nothing about the problem: what stands in most of the
reports around counts little (`weigh`), what only these two have in common counts most.
"""

import math
import struct
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple

MOST = 5
METRES = 100.0     # how far around is looked: GPS between houses errs by half of that, and people say where they stand
LEAST = 0.4        # below, it is not worth anybody's look
ALIKE = 0.1        # words: without so much in common only what is near in place and time is shown
SAME_WORDS = 0.4   # words: what must be common for a problem that came back

# Tried on a year of a city's hotline and on the same told anew (bench/rows/b15.py).
_PLACE, _TIME, _WORDS = 0.15, 0.5, 0.35
_NEAR, _SOON = 40.0, 36.0  # metres, hours: at that distance half of the point is left
_HERE, _NOW = 50.0, 24.0
_FOLDED = str.maketrans({"臺": "台", "裏": "里", "裡": "里"})
_DEGREE = 111_195.0  # metres


Pairs = frozenset[int]
"""Every two signs of a text that stand side by side, each pair as one number."""


class Told(NamedTuple):
    """What is compared of a report. `key`: whatever the caller finds it by again; `second`: its time, since 1970."""

    key: Hashable
    lon: float
    lat: float
    second: float
    pairs: Pairs


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` from 0 to 1. `metres`, `hours` apart; `likeness`: of the words."""

    key: Hashable
    score: float
    metres: float
    hours: float
    likeness: float


def pairs(text: str) -> Pairs:
    """Neighbouring pairs of signs, without blanks and punctuation, however letters are written."""
    return frozenset((ord(one) << 16 ^ ord(other)) & 0xFFFFFFFF for one, other in pairwise(folded(text)))


def packed(some: Pairs) -> bytes:
    """Pairs as they are kept beside a case, four bytes each."""
    return struct.pack(f"<{len(some)}I", *sorted(some))


def unpacked(kept: bytes) -> Pairs:
    return frozenset(struct.unpack(f"<{len(kept) // 4}I", kept))


def folded(text: str) -> str:
    """Letters and digits alone, wide and narrow ones alike."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return "".join(filter(str.isalnum, text.lower().translate(_FOLDED)))


def metres_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Across a few kilometres, to a few parts in a thousand."""
    wide = (other_lon - lon + 180) % 360 - 180
    return math.hypot(wide * math.cos(math.radians((lat + other_lat) / 2)), other_lat - lat) * _DEGREE


def weigh(some: Sequence[Pairs]) -> Callable[[Iterable[int]], float]:
    """How much pairs say that stand in any of `some`, by how few have each of them."""
    count = len(some)
    weights = [math.log((count + 1) / (often + 0.4)) + 0.1 for often in range(count + 1)]
    weight = {pair: weights[often] for pair, often in Counter(chain.from_iterable(some)).items()}.__getitem__
    return lambda these: sum(map(weight, these))


def ranked(new: Told, near: Sequence[Told], *, least: float = LEAST) -> list[Likeness]:
    """The reports like the new one, best first, none below `least`."""
    around = [(metres, one) for one in near if (metres := metres_between(new.lon, new.lat, one.lon, one.lat)) <= METRES]
    own = new.pairs
    said = weigh([own, *(one.pairs for _, one in around)])
    weight = said(own)
    found = []
    for metres, one in around:
        hours = abs(new.second - one.second) / 3600
        placed = _PLACE / (1 + (metres / _NEAR) ** 2) + _TIME / (1 + hours / _SOON)
        if placed + _WORDS < least:
            continue
        both = said(own & one.pairs)
        # A short report may be wholly contained in a long one.
        alike = both / _larger_part(weight, said(one.pairs)) if both else 0.0
        score = _WORDS * min(1.0, alike) + placed
        if score >= least and (alike >= ALIKE or (metres <= _HERE and hours <= _NOW)):
            found.append((-score, -one.second, metres, hours, alike, one.key))
    found.sort(key=lambda each: (*each[:2], str(each[5])))
    return [Likeness(key, round(-score, 3), metres, hours, alike) for score, _, metres, hours, alike, key in found]


def _larger_part(one: float, other: float) -> float:
    return 0.6 * one + 0.4 * other if one < other else 0.6 * other + 0.4 * one


def likeness(text: str, other: str) -> float:
    """How much of two texts is common, from 0 to 1, apart from place and time."""
    one, two = pairs(text), pairs(other)
    return min(1.0, len(one & two) / _larger_part(len(one), len(two))) if one and two else 0.0


def common(text: str, other: str, most: int = 3) -> tuple[str, ...]:
    """The longest pieces of two or more signs that stand in both, the longest first, none of digits alone."""
    one, two = folded(text), folded(other)
    pieces: list[str] = []
    start = 0
    while start < len(one) - 1:
        end = start + 2
        if one[start:end] not in two:
            start += 1
            continue
        while end < len(one) and one[start:end + 1] in two:
            end += 1
        pieces.append(one[start:end])
        start = end
    named = [piece for piece in dict.fromkeys(pieces) if not piece.isdecimal()]
    return tuple(sorted(named, key=len, reverse=True)[:most])
