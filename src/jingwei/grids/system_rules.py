"""What a grid system asks of its areas, as data: how many, how many people, which certificates. Pure.

A rule stands in the system's own row, so that every place has its own numbers; the ones that came with the product
are templates (`data/systems.csv`) with the requirement row they were taken from.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any, NamedTuple
from uuid import UUID

from jingwei.grids import shifts, teams
from jingwei.grids.teams import bounds_words

MOST_RULES = 40
_LONGEST = 60
_LARGEST = 1_000_000


class Asks(StrEnum):
    """What a rule asks of the areas of a level."""

    AREAS = "areas"              # how many of them there are
    MAIN = "main"                # somebody answers for each
    ONE_TO_ONE = "one_to_one"    # one area, one person, one sheet of duties (GRD-24)
    PEOPLE = "people"            # how many people stand on each
    MEMBERS = "members"          # how many areas of the base tree each holds (GRD-21)
    HOUSEHOLDS = "households"    # how many households each has, where known
    TEAM = "team"                # a team of this kind
    CAPACITY = "capacity"        # enough people of a function for the households
    CERTIFICATE = "certificate"  # everybody posted holds this kind; others are passed over
    COVER = "cover"              # times of day without a hole in the rota


BOUNDED = frozenset({Asks.AREAS, Asks.PEOPLE, Asks.MEMBERS, Asks.HOUSEHOLDS})
VALUED = frozenset({Asks.TEAM, Asks.CAPACITY, Asks.CERTIFICATE, Asks.COVER})


@dataclass(frozen=True, slots=True)
class Rule:
    """`low`, `high`: None for no bound. `value`: the kind of team or certificate, the function, the times of day."""

    asks: Asks
    level: int
    low: int | None = None
    high: int | None = None
    value: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A system that came with the product: names of its levels from 1, and its rules."""

    code: str
    name: str
    levels: tuple[str, ...]
    rules: tuple[Rule, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """An area and who stands on it on the day asked about. `duties`: its main has a sheet of duties. `households`:
    None where not known. `teams`: kinds of teams. `functions`: people by function.
    """

    id: int
    code: str
    name: str
    level: int
    mains: tuple[UUID, ...] = ()
    people: frozenset[UUID] = frozenset()
    duties: bool = False
    members: int = 0
    households: int | None = None
    teams: frozenset[str] = frozenset()
    functions: Mapping[str, int] | None = None
    uncertified: tuple[tuple[UUID, str], ...] = ()  # people without a certificate that is asked for, and its kind


@dataclass(frozen=True, slots=True)
class Fault:
    """What is not as a rule asks. `area_id` 0: of the level as a whole. `user_id`: of one posting."""

    asks: Asks
    level: int
    text: str
    area_id: int = 0
    code: str = ""
    name: str = ""
    user_id: UUID | None = None


class BadRule(NamedTuple):
    """Why a rule cannot be taken, in Chinese and English."""

    zh: str
    en: str


def read(given: Iterable[Mapping[str, Any]], levels: int) -> list[Rule] | BadRule:
    """Rules as they were sent or stored. `levels`: how many the system has."""
    rules: list[Rule] = []
    for each in given:
        rule = _rule(each, levels)
        if isinstance(rule, BadRule):
            return rule
        rules.append(rule)
    if len(rules) > MOST_RULES:
        return BadRule(f"规则超过 {MOST_RULES} 条", f"more than {MOST_RULES} rules")
    return rules


def _rule(each: Mapping[str, Any], levels: int) -> Rule | BadRule:
    try:
        asks = Asks(str(each.get("asks", "")))
    except ValueError:
        return BadRule("没有这样的规则", "there is no such rule")
    level, low, high = (each.get(name) for name in ("level", "low", "high"))
    value = str(each.get("value") or "").strip()
    if not isinstance(level, int) or not 1 <= level <= max(levels, 1):
        return BadRule("级别不在体系之内", "the level is none of the system's")
    for bound in (low, high):
        if bound is not None and (not isinstance(bound, int) or not 0 <= bound <= _LARGEST):
            return BadRule("上下限须为 0 至 1000000 的整数", "a bound is a whole number from 0 to 1000000")
    if asks in BOUNDED and low is None and high is None:
        return BadRule("上限、下限至少写一个", "a lower or an upper bound is needed")
    if low is not None and high is not None and high < low:
        return BadRule("上限小于下限", "the upper bound lies below the lower")
    wrong = _wrong_value(asks, value)
    return wrong or Rule(asks, level, low, high, value, str(each.get("source") or "")[:_LONGEST])


def _wrong_value(asks: Asks, value: str) -> BadRule | None:
    if asks in VALUED and (not value or len(value) > 40):
        return BadRule("须写明证件、队伍或时段", "the certificate, team or times are needed")
    if asks is Asks.TEAM and value not in teams.kinds():
        return BadRule("没有这类队伍", "there is no such kind of team")
    if asks is Asks.CAPACITY and value not in {ratio.function for ratio in teams.ratios()}:
        return BadRule("没有这种人员的户数标准", "no number of households is known for this function")
    if asks is Asks.COVER and cover(value) is None:
        return BadRule("时段写法如 06:30-20:30", "times are written as 06:30-20:30")
    return None


def stored(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    return [{"asks": rule.asks.value, "level": rule.level, "low": rule.low, "high": rule.high, "value": rule.value,
             "source": rule.source} for rule in rules]


def cover(value: str) -> shifts.Cover | None:
    """'06:30-20:30' as what must be covered; the same time twice is a whole day. None if written otherwise."""
    first, dash, last = value.replace("—", "-").replace("至", "-").partition("-")
    start, end = shifts.minute_of(first), shifts.minute_of(last)
    if not dash or start is None or end is None or start >= shifts.DAY:
        return None
    return shifts.Cover(start, shifts.length(start, end))


def certificates(rules: Iterable[Rule], level: int) -> frozenset[str]:
    """The kinds that everybody posted on a level must hold."""
    return frozenset(rule.value for rule in rules if rule.asks is Asks.CERTIFICATE and rule.level == level)


def check(rules: Iterable[Rule], areas: Iterable[Standing], level_names: Sequence[str]) -> list[Fault]:
    """What is not as the rules ask, rule by rule, areas by code. A rota is checked by `shifts.holes`."""
    by_level: defaultdict[int, list[Standing]] = defaultdict(list)
    for area in areas:
        by_level[area.level].append(area)
    found: list[Fault] = []
    for rule in rules:
        own = sorted(by_level[rule.level], key=lambda area: area.code)
        name = level_names[rule.level - 1] if rule.level <= len(level_names) else f"第 {rule.level} 级"
        if rule.asks is Asks.AREAS:
            found += _number(rule, len(own), name)
        elif rule.asks is Asks.ONE_TO_ONE:
            found += _one_to_one(rule, own, name)
        else:
            for area in own:
                found += [Fault(rule.asks, rule.level, text, area.id, area.code, area.name, user)
                          for text, user in _OF_ONE[rule.asks](rule, area)]
    return found


def _number(rule: Rule, found: int, name: str) -> list[Fault]:
    if _within(rule, found):
        return []
    return [Fault(rule.asks, rule.level, f"{name}现有 {found} 个，按规定为{bounds_words(rule.low, rule.high)} 个")]


def _one_to_one(rule: Rule, own: Sequence[Standing], name: str) -> list[Fault]:
    """Grids : people : sheets of duties are the same number, and each area is a case of it (GRD-24: 25 : 25 : 25)."""
    held: defaultdict[UUID, list[Standing]] = defaultdict(list)
    for area in own:
        for user in area.mains:
            held[user].append(area)
    sheets = sum(area.duties for area in own)
    found: list[Fault] = []
    if not len(own) == len(held) == sheets:
        found.append(Fault(rule.asks, rule.level, f"{name} {len(own)} 个、责任人 {len(held)} 名、职责 {sheets} 份，三者应相等"))
    for area in own:
        texts = []
        if not area.mains:
            texts.append("没有责任人")
        elif len(held[area.mains[0]]) > 1:
            texts.append(f"责任人同时负责 {len(held[area.mains[0]])} 个网格")
        if area.mains and not area.duties:
            texts.append("没有写明职责")
        found += [Fault(rule.asks, rule.level, text, area.id, area.code, area.name) for text in texts]
    return found


def _within(rule: Rule, number: int) -> bool:
    return (rule.low is None or number >= rule.low) and (rule.high is None or number <= rule.high)


Texts = list[tuple[str, UUID | None]]


def _main(rule: Rule, area: Standing) -> Texts:
    return [] if area.mains else [("没有责任人", None)]


def _bounded(number: Callable[[Standing], int | None], said: str, unit: str) -> Callable[[Rule, Standing], Texts]:
    def check_one(rule: Rule, area: Standing) -> Texts:
        found = number(area)
        if found is None or _within(rule, found):
            return []
        return [(f"{said} {found} {unit}，按规定为{bounds_words(rule.low, rule.high)} {unit}", None)]

    return check_one


def _team(rule: Rule, area: Standing) -> Texts:
    return [] if rule.value in area.teams else [(f"没有{teams.kinds()[rule.value].name}", None)]


def _capacity(rule: Rule, area: Standing) -> Texts:
    if area.households is None:
        return []
    ratio = next(ratio for ratio in teams.ratios() if ratio.function == rule.value)
    wanted = teams.capacity(area.households, ratio)
    found = (area.functions or {}).get(rule.value, 0)
    if wanted.low <= found <= wanted.high:
        return []
    return [(f"{area.households} 户有{wanted.name} {found} 名，按规定为{bounds_words(wanted.low, wanted.high)} 名", None)]


def _certificate(rule: Rule, area: Standing) -> Texts:
    return [(f"没有有效的{rule.value}", user) for user, kind in area.uncertified if kind == rule.value]


_OF_ONE: dict[Asks, Callable[[Rule, Standing], Texts]] = {
    Asks.MAIN: _main,
    Asks.PEOPLE: _bounded(lambda area: len(area.people), "现有", "人"),
    Asks.MEMBERS: _bounded(lambda area: area.members, "含", "个基础区域"),
    Asks.HOUSEHOLDS: _bounded(lambda area: area.households, "现有", "户"),
    Asks.TEAM: _team, Asks.CAPACITY: _capacity, Asks.CERTIFICATE: _certificate,
    Asks.COVER: lambda rule, area: [],
}


@cache
def templates() -> dict[str, Template]:
    """The systems that came with the product, by code."""
    names: dict[str, str] = {}
    notes: dict[str, str] = {}
    levels: defaultdict[str, list[str]] = defaultdict(list)
    rules: defaultdict[str, list[Rule]] = defaultdict(list)
    text = files("jingwei.grids").joinpath("data", "systems.csv").read_text("utf-8")
    for row in csv.DictReader(StringIO(text)):
        code, what = row["system"], row["what"]
        if what == "system":
            names[code], notes[code] = row["name"], row["note"]
        elif what == "level":
            levels[code].append(row["name"])
        else:
            low, high = (int(row[name]) if row[name] else None for name in ("low", "high"))
            rules[code].append(Rule(Asks(what), int(row["level"]), low, high, row["value"], row["source"]))
    return {code: Template(code, name, tuple(levels[code]), tuple(rules[code]), notes[code]) for code, name in names.items()}
