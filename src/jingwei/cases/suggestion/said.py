"""What a text holds for a model: short runs of signs, each with where in the text it stands.

Two blocks that are weighed apart: what is left of the text without its address (`c`, and `=` for all of it), and the
whole of it with the place (`a`). Numbers are one sign, for 12 号 and 14 号 say the same of what is wrong there.
Traditional and simplified signs are one.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MOST = 1500  # signs of a text that are read
_LONGEST_WHOLE = 12
_RUNS = {"c": (1, 2, 3, 4), "a": (1, 2, 3)}
_ADDRESS = re.compile(r"[一-鿿]{1,3}(?:市(?![场容政])|县|区|里|路(?![灯面树边口沿牌障人基])|街(?![面边])|大道)|[一二三四五六七八九十]+段|#(?:巷|弄|号|段|楼)|〔[^〕]*〕")
_WORD = re.compile(r"[一-鿿a-z]")
_NUMBER = re.compile(r"[0-9]+(?:[之~、-][0-9]+)*")


@dataclass(frozen=True, slots=True)
class Told:
    """A case as it was told, with what it was found to be. `day`: of its report, as an ordinal."""

    text: str
    place: str
    label: str
    day: int


@dataclass(frozen=True, slots=True)
class Feature:
    """A run of signs and where it stands: places in the text as it was given, without its marks of begin and end."""

    name: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A text ready to be weighed. `body`: places of what is no address."""

    given: str
    features: tuple[Feature, ...]
    body: frozenset[int]
    left: str


@cache
def _simplified() -> dict[str, str]:
    lines = files("jingwei.cases").joinpath("data", "simplified.txt").read_text("utf-8").splitlines()
    return {sign: line[0] for line in lines if not line.startswith("#") for sign in line[1:]}


def read(text: str, place: str = "") -> Said:
    """The features of a text and of the place it names, if that does not stand in the text already."""
    given = text[:MOST] + (f" {place}" if place and place not in text else "")
    signs = _one_sign_for_numbers(_folded(given))
    line = "".join(sign for sign, _ in signs)
    bare = list(line)
    for found in _ADDRESS.finditer(line):
        bare[found.start():found.end()] = " " * (found.end() - found.start())
    body = _joined([(sign, place_) for sign, (_, place_) in zip(bare, signs, strict=True)])
    left = "".join(sign for sign, _ in body if sign != "|")
    features = [*_runs("c", body), *_runs("a", signs)]
    if 0 < len(left) <= _LONGEST_WHOLE:
        features.append(Feature("=" + left, tuple(at for _, at in body if at >= 0)))
    return Said(given, tuple(features), frozenset(at for _, at in body if at >= 0), left)


_Signs = list[tuple[str, int]]


def _folded(text: str) -> _Signs:
    """Small, narrow, simplified signs, single blanks; each with the place that it came from."""
    simplified = _simplified()
    signs: _Signs = []
    for at, sign in enumerate(text):
        narrow = simplified.get(sign, sign) if "一" <= sign <= "鿿" else unicodedata.normalize("NFKC", sign).lower()
        for one in narrow:
            shown = " " if one.isspace() else simplified.get(one, one)
            if shown != " " or (signs and signs[-1][0] != " "):
                signs.append((shown, at))
    return signs


def _one_sign_for_numbers(signs: _Signs) -> _Signs:
    line, kept, end = "".join(sign for sign, _ in signs), [], 0
    for found in _NUMBER.finditer(line):
        kept += [*signs[end:found.start()], ("#", signs[found.start()][1])]
        end = found.end()
    return kept + signs[end:]


def _joined(signs: _Signs) -> _Signs:
    """Letters only; what stood between two pieces of them is one mark."""
    kept: _Signs = []
    for sign, at in signs:
        if _WORD.match(sign):
            kept.append((sign, at))
        elif kept and kept[-1][0] != "|":
            kept.append(("|", -1))
    return kept[:-1] if kept and kept[-1][0] == "|" else kept


def _runs(block: str, signs: _Signs) -> Iterator[Feature]:
    framed = [("^", -1), *signs, ("$", -1)]
    line = "".join(sign for sign, _ in framed)
    for length in _RUNS[block]:
        for start in range(len(framed) - length + 1):
            yield Feature(block + line[start:start + length], tuple(at for _, at in framed[start:start + length] if at >= 0))
