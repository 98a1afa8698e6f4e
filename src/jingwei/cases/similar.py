"""How like two reports are, by place, time and words, and what speaks for it. Pure; the class of a case plays no part.

Reports of one place share the words of the place, which say nothing about the problem: what stands in most of the
reports around counts little (`weigh`), what only these two have in common counts most.
"""

import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
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


class Told(NamedTuple):
    """What is compared of a report. `key`: whatever the caller finds it by again."""

    key: Hashable
    lon: float
    lat: float
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` from 0 to 1. `metres`, `hours` apart; `words`: the longest pieces that both have, as the earlier one writes them."""

    key: Hashable
    score: float
    metres: float
    hours: float
    likeness: float
    words: tuple[str, ...]


def grams(text: str) -> frozenset[str]:
    """Neighbouring pairs of signs, without blanks and punctuation, however letters are written."""
    return frozenset(map("".join, pairwise(folded(text))))


def folded(text: str) -> str:
    """Letters and digits alone, wide and narrow ones alike."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return "".join(filter(str.isalnum, text.lower().translate(_FOLDED)))


def metres_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Across a few kilometres, to a few parts in a thousand."""
    wide = (other_lon - lon + 180) % 360 - 180
    return math.hypot(wide * math.cos(math.radians((lat + other_lat) / 2)), other_lat - lat) * _DEGREE


def weigh(some: Sequence[frozenset[str]]) -> Callable[[Iterable[str]], float]:
    """How much a set of pairs says, by how few of `some` have each of them."""
    count = len(some)
    there = Counter(gram for one in some for gram in one)
    weight = {gram: math.log((count + 1) / (often + 0.4)) + 0.1 for gram, often in there.items()}
    alone = math.log((count + 1) / 0.4) + 0.1
    return lambda these: sum(weight.get(gram, alone) for gram in these)


def ranked(new: Told, near: Sequence[Told], *, most: int = MOST, least: float = LEAST) -> list[Likeness]:
    """The reports most like the new one, best first, none below `least`."""
    around = [(metres, one) for one in near if (metres := metres_between(new.lon, new.lat, one.lon, one.lat)) <= METRES]
    own = grams(new.text)
    theirs = [grams(one.text) for _, one in around]
    said = weigh([own, *theirs])
    weight = said(own)
    found = []
    for (metres, one), other in zip(around, theirs, strict=True):
        hours = abs((new.at - one.at).total_seconds()) / 3600
        placed = _PLACE / (1 + (metres / _NEAR) ** 2) + _TIME / (1 + hours / _SOON)
        if placed + _WORDS < least:
            continue
        both = said(own & other)
        smaller, larger = sorted((weight, said(other)))
        # A short report may be wholly contained in a long one.
        alike = both / (0.6 * smaller + 0.4 * larger) if both else 0.0
        found.append((_WORDS * min(1.0, alike) + placed, alike, metres, hours, one))
    found = [each for each in found if each[0] >= least and (each[1] >= ALIKE or (each[2] <= _HERE and each[3] <= _NOW))]
    found.sort(key=lambda each: (-each[0], -each[4].at.timestamp()))
    return [Likeness(one.key, round(score, 3), metres, hours, alike, common(new.text, one.text))
            for score, alike, metres, hours, one in found[:most]]


def likeness(text: str, other: str) -> float:
    """How much of two texts is common, from 0 to 1, apart from place and time."""
    one, two = grams(text), grams(other)
    if not one or not two:
        return 0.0
    smaller, larger = sorted((len(one), len(two)))
    return min(1.0, len(one & two) / (0.6 * smaller + 0.4 * larger))


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
