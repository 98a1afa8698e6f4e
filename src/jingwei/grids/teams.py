"""Teams on an area or on several: how many people, which functions, how many households each can look after. Pure.

Kinds of teams and the households per person are data (`data/team_kinds.csv`, `data/capacity.csv`).
"""

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from io import StringIO


@dataclass(frozen=True, slots=True)
class TeamKind:
    """`low`, `high`: people (0: no bound). `areas_low`: over how many areas at least. `required`: functions that must
    be filled, out of `functions` (code: name).
    """

    code: str
    name: str
    low: int
    high: int
    areas_low: int
    functions: Mapping[str, str]
    required: tuple[str, ...]
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Ratio:
    """One person of a function looks after `low` to `high` households."""

    function: str
    name: str
    low: int
    high: int
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many people of a function some households ask for."""

    function: str
    name: str
    low: int
    high: int


class Flaw(StrEnum):
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    FUNCTION_OPEN = "function_open"
    FEW_AREAS = "few_areas"
    APART = "apart"


_SAID = {
    Flaw.TOO_FEW: "现有 {found} 人，按规定为{bounds} 人",
    Flaw.TOO_MANY: "现有 {found} 人，按规定为{bounds} 人",
    Flaw.FUNCTION_OPEN: "还没有{name}",
    Flaw.FEW_AREAS: "只有 {found} 个区域，至少 {low} 个",
    Flaw.APART: "所辖区域不相连",
}


@dataclass(frozen=True, slots=True)
class Warned:
    """What is not as the kind of team wants it. A warning: the team stands all the same."""

    flaw: Flaw
    text: str


def warnings(kind: TeamKind, people: int, filled: Collection[str], areas: int, *, adjoining: bool = True) -> list[Warned]:
    """`people`: persons, each counted once. `filled`: functions that somebody has. `adjoining`: all areas touch."""
    found: list[Warned] = []
    if people < kind.low:
        found.append(_warned(Flaw.TOO_FEW, found=people, bounds=bounds_words(kind.low, kind.high)))
    if kind.high and people > kind.high:
        found.append(_warned(Flaw.TOO_MANY, found=people, bounds=bounds_words(kind.low, kind.high)))
    found += [_warned(Flaw.FUNCTION_OPEN, name=kind.functions[one]) for one in kind.required if one not in filled]
    if areas < kind.areas_low:
        found.append(_warned(Flaw.FEW_AREAS, found=areas, low=kind.areas_low))
    if kind.areas_low > 1 and not adjoining:
        found.append(_warned(Flaw.APART))
    return found


def _warned(flaw: Flaw, **details: object) -> Warned:
    return Warned(flaw, _SAID[flaw].format(**details))


def bounds_words(low: int | None, high: int | None) -> str:
    """' 3 至 5', ' 25', '不少于 1', '不超过 4': as it follows a Chinese word."""
    if low and high:
        return f" {low}" if low == high else f" {low} 至 {high}"
    return f"不少于 {low}" if low else f"不超过 {high}"


def capacity(households: int, ratio: Ratio) -> Wanted:
    """How many people look after some households, at `ratio.low` to `ratio.high` each (AT-06); one at the least."""
    fewest = max(1, -(-households // ratio.high))
    return Wanted(ratio.function, ratio.name, fewest, max(fewest, households // ratio.low))


@cache
def kinds() -> dict[str, TeamKind]:
    """The kinds of teams that came with the product, by code."""
    found = {}
    for row in _rows("team_kinds.csv"):
        functions = dict(part.split("=", 1) for part in row["functions"].split("|"))
        found[row["code"]] = TeamKind(
            row["code"], row["name"], int(row["low"]), int(row["high"]), int(row["areas_low"]), functions,
            tuple(part for part in row["required"].split("|") if part), row["source"], row["confidence"])
    return found


@cache
def ratios() -> tuple[Ratio, ...]:
    return tuple(Ratio(row["function"], row["name"], int(row["low"]), int(row["high"]), row["source"], row["confidence"])
                 for row in _rows("capacity.csv"))


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(StringIO(files("jingwei.grids").joinpath("data", name).read_text("utf-8")))
