"""Which verb of the journal tells whom, in which words: the table `data/telling.csv`. Pure."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

WHOM = {"due": "等着办的人", "asker": "提出申请的人", "reporter": "上报人", "units": "所指的单位", "rung": "升级规则所指的人", "given": "被交办的单位或个人",
        "reviewers": "审核申诉的人", "appellant": "提出申诉的人", "sides": "该签收或该收到答复的一方"}
SOON, LATE = "late.soon", "late.late"
MANY = {"soon": "{count} 件案件快到期", "late": "{count} 件案件已超时"}
PLACEHOLDERS = frozenset({"number", "class", "area", "unit", "due"})


@dataclass(frozen=True, slots=True)
class Rule:
    """`to`: only where the deed led into this state. `whom`: a key of WHOM. `ways`: beside the list."""

    kind: str
    name: str
    verb: str
    to: str
    whom: str
    active: bool
    urgent: bool
    ways: tuple[str, ...]
    title: str
    body: str


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """Every rule by its verb."""
    found: dict[str, list[Rule]] = defaultdict(list)
    text = files("jingwei.cases").joinpath("data/telling.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        found[row["verb"]].append(Rule(
            row["kind"], row["name"], row["verb"], row["to"], row["whom"], row["active"] == "1", row["urgent"] == "1",
            tuple(row["ways"].split()), row["title"], row["body"]))
    return {verb: tuple(some) for verb, some in found.items()}


def fitting(verb: str, to: str) -> tuple[Rule, ...]:
    """What a deed that led into this state tells: at most one thing a kind."""
    kinds: dict[str, Rule] = {}
    for rule in rules().get(verb, ()):
        if rule.to in ("", to):
            kinds.setdefault(rule.kind, rule)
    return tuple(kinds.values())


def by_kind() -> dict[str, list[Rule]]:
    """The rules of each kind, in the order of the table."""
    found: dict[str, list[Rule]] = {}
    for rule in (rule for some in rules().values() for rule in some):
        found.setdefault(rule.kind, []).append(rule)
    return found


def whom(rules_of_kind: Iterable[Rule]) -> str:
    """Who hears of a kind, in words."""
    return "、".join(dict.fromkeys(WHOM[rule.whom] for rule in rules_of_kind))
