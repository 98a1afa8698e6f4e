"""Text as it is searched: one way of writing for all, cut into overlapping pairs of signs, and stretches of time. Pure.

A database that knows pairs finds every text that may hold what is sought; whether it does is looked up in the text
itself. So a pair is any two signs side by side, and no word list decides what can be found.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import log

from jingwei.cases.search_errors import SearchError
from jingwei.kernel.errors import Refusal
from jingwei.kernel.paths import lineage

MOST = 60          # signs of a question
_PIECES = 8
_TAIL = 4          # digits of a number by which its case is found
_NUMBER = re.compile(rf"[0-9-]*[0-9]{{{_TAIL}}}")
_LEAST = 2         # stretches of one length: each costs a look into the index, and what is rare is looked for in all
_BASE, _STEP, LEVELS = 14, 2, 7  # the finest stretch is 2**14 seconds (4.5 hours), each next one four times as long
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SAFE = {sign: 0xE000 + sign for sign in range(33, 127)}  # what a database would read as grammar, as signs of nobody's


@dataclass(frozen=True, slots=True)
class Sought:
    """A question: pieces that must all stand in the text. `numbers`: those that may be the end of a number instead."""

    pieces: tuple[str, ...]
    numbers: frozenset[str] = frozenset()

    def clauses(self) -> list[tuple[list[str], str]]:
        """For each piece the tokens that a text with it must have, and the token of a number instead, or ''."""
        return [(pairs(piece), number_token(piece) if piece in self.numbers else "") for piece in self.pieces]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some time to look in. `tokens`: any of them marks it; none: whatever lies before `until`."""

    tokens: tuple[str, ...]
    until: datetime | None = None


@cache
def _simplified() -> dict[int, str]:
    lines = files("jingwei.cases").joinpath("data", "simplified.txt").read_text("utf-8").splitlines()
    return {ord(sign): line[0] for line in lines if not line.startswith("#") for sign in line[1:]}


def fold(text: str) -> str:
    """Small letters, narrow forms, simplified signs, single blanks; nothing that cannot be seen."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_simplified())
    seen = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text
                   if unicodedata.category(sign) not in ("Cf", "Cs"))
    return " ".join(seen.split())


def pairs(folded: str) -> list[str]:
    """Every two signs that stand side by side, once each, in a form that both databases take as they are."""
    found = {one + other: None for one, other in pairwise(folded) if not {one, other} & {" ", "\n"}}
    return [pair.translate(_SAFE) for pair in found]


def number_token(number: str) -> str:
    """The token of a case's number, whole or its end."""
    return f"n{number[-_TAIL:]}"


def area_tokens(path: str) -> list[str]:
    """The tokens of all areas that a case lies in, the smallest last: by each of them it is found."""
    return [f"a{each}" for each in lineage(path)]


def tokens_of(said: str, number: str, at: datetime, area_path: str) -> list[str]:
    """All tokens of a case: of its folded text, of its number, of the time of its report, of its areas."""
    return [*pairs(said), number_token(number), *(_name(level, _place(at, level)) for level in range(LEVELS)), *area_tokens(area_path)]


def sought(words: str) -> Sought:
    """The question in pieces. Refuses what is too long, or has no two signs side by side."""
    if len(words) > MOST:
        raise Refusal(SearchError.WORDS_TOO_LONG, most=MOST)
    pieces = tuple(dict.fromkeys(fold(words).split()))[:_PIECES]
    if not any(len(piece) > 1 for piece in pieces):
        raise Refusal(SearchError.WORDS_TOO_SHORT)
    return Sought(pieces, frozenset(piece for piece in pieces if _NUMBER.fullmatch(piece)))


def fits(question: Sought, said: str, number: str) -> bool:
    """Whether a case has every piece: what both databases are asked, in Python."""
    return all(piece in said or (piece in question.numbers and number.endswith(piece)) for piece in question.pieces)


def excerpt(text: str, question: Sought, most: int) -> str:
    """The beginning of a text; where the words first stand further on, what is around them."""
    plain = text.lower()
    places = [place for piece in question.pieces if (place := plain.find(piece)) >= 0]
    if not places or min(places) + 20 <= most:
        return text[:most]
    start = min(places) - most // 4
    return f"…{text[start:start + most - 1]}"


def stretches(newest: datetime, share: float = 1.0) -> Iterator[Stretch]:
    """Times to look in one after the other, from the newest report back, longer the further back; together all.

    Of each length at least two, wherever the newest report stands: a first stretch of months would be read for nothing
    where a page takes days. `share`: of all cases that are looked through; where they are few, stretches begin longer.
    """
    first = min(LEVELS - 1, max(0, round(-log(max(share, 1e-9), 1 << _STEP))))
    place = _place(newest, first)
    for level in range(first, LEVELS):
        many = 0
        while many < _LEAST or (level + 1 < LEVELS and (place + 1) % (1 << _STEP)):
            yield Stretch((_name(level, place),))
            place, many = place - 1, many + 1
        if level + 1 < LEVELS:
            place = ((place + 1) >> _STEP) - 1
    yield Stretch((), _EPOCH + timedelta(seconds=(place + 1) << (_BASE + _STEP * (LEVELS - 1))))


def _place(at: datetime, level: int) -> int:
    return ((at - _EPOCH) // timedelta(seconds=1)) >> (_BASE + _STEP * level)


def _name(level: int, place: int) -> str:
    return f"t{level}x{place}".replace("-", "m")  # before 1970
