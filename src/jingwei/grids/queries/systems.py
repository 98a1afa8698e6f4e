"""Grid systems over the same ground: which there are, their levels, rules and trees."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from jingwei.accounts.queries import Right, narrow
from jingwei.grids import system_rules, teams
from jingwei.grids.models import Area, GridSystem
from jingwei.grids.placing import BASE
from jingwei.grids.queries.tree import BASE_LEVELS
from jingwei.grids.system_rules import BOUNDED, Asks, Rule
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal

BASE_NAME = "基础网格体系"


@dataclass(frozen=True, slots=True)
class LevelLine:
    """`areas`: those in use within the actor's reach."""

    level: int
    name: str
    areas: int


@dataclass(frozen=True, slots=True)
class RuleLine:
    """`said`: the rule in words. `source`: the requirement it was taken from."""

    asks: str
    level: int
    low: int | None
    high: int | None
    value: str
    said: str
    source: str


@dataclass(frozen=True, slots=True)
class SystemLine:
    code: str
    name: str
    levels: list[LevelLine]
    rules: list[RuleLine]


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A system that came with the product. `set_up`: one with its code stands already."""

    code: str
    name: str
    levels: list[str]
    rules: list[RuleLine]
    note: str
    set_up: bool


def systems(actor: Actor) -> list[SystemLine]:
    """The base system first, then the others by code. Two statements."""
    rows = {row[0]: row[1:] for row in GridSystem.objects.order_by("code").values_list("code", "name", "levels", "rules")}
    rows = {BASE: rows.get(BASE, (BASE_NAME, [], []))} | rows
    counted: defaultdict[str, dict[int, int]] = defaultdict(dict)
    areas: Any = narrow(Area.objects.filter(plan__state="published", status="active"), actor, Right.AREA_READ, area="path")
    for system, level, count in areas.values_list("system", "level").annotate(n=Count("id")).order_by("system", "level"):
        counted[system][level] = count
    return [_line(code, name, levels or (list(BASE_LEVELS) if code == BASE else []), rules, counted[code])
            for code, (name, levels, rules) in rows.items()]


def system(actor: Actor, code: str) -> SystemLine:
    found = next((line for line in systems(actor) if line.code == code), None)
    if found is None:
        raise Refusal(KernelError.NOT_FOUND)
    return found


def _line(code: str, name: str, levels: list[str], rules: list[dict[str, Any]], counts: dict[int, int]) -> SystemLine:
    deepest = max([len(levels), *counts])
    names = [*levels, *(f"第 {level} 级" for level in range(len(levels) + 1, deepest + 1))]
    read = system_rules.read(rules, deepest)
    own = read if isinstance(read, list) else []
    return SystemLine(code, name, [LevelLine(place + 1, each, counts.get(place + 1, 0)) for place, each in enumerate(names)],
                      [rule_line(rule, names) for rule in own])


def rule_line(rule: Rule, names: list[str]) -> RuleLine:
    level = names[rule.level - 1] if rule.level <= len(names) else f"第 {rule.level} 级"
    return RuleLine(rule.asks.value, rule.level, rule.low, rule.high, rule.value, _said(rule, level), rule.source)


_SAYING = {
    Asks.AREAS: "{level}共{bounds} 个", Asks.MAIN: "每个{level}有一名责任人", Asks.ONE_TO_ONE: "{level}一格一人一份职责",
    Asks.PEOPLE: "每个{level}有{bounds} 人", Asks.MEMBERS: "每个{level}含{bounds} 个基础区域",
    Asks.HOUSEHOLDS: "每个{level}有{bounds} 户", Asks.TEAM: "每个{level}有一支{value}",
    Asks.CAPACITY: "每名{value}负责{bounds} 户", Asks.CERTIFICATE: "{level}的人员须有{value}", Asks.COVER: "{level}每天 {value} 有人值守",
}


def _said(rule: Rule, level: str) -> str:
    value, low, high = rule.value, rule.low, rule.high
    if rule.asks is Asks.TEAM:
        value = teams.kinds()[rule.value].name
    if rule.asks is Asks.CAPACITY:
        ratio = next(ratio for ratio in teams.ratios() if ratio.function == rule.value)
        value, low, high = ratio.name, ratio.low, ratio.high
    bounds = teams.bounds_words(low, high) if rule.asks in BOUNDED or rule.asks is Asks.CAPACITY else ""
    return _SAYING[rule.asks].format(level=level, bounds=bounds, value=value)


def templates() -> list[TemplateLine]:
    """The systems that came with the product. One statement."""
    standing = set(GridSystem.objects.values_list("code", flat=True))
    return [TemplateLine(one.code, one.name, list(one.levels), [rule_line(rule, list(one.levels)) for rule in one.rules],
                         one.note, one.code in standing) for one in system_rules.templates().values()]


def system_names(codes: Iterable[str]) -> dict[str, str]:
    return {BASE: BASE_NAME} | dict(GridSystem.objects.filter(pk__in=list(codes)).values_list("code", "name"))
