"""Mediation (调解): what may be done in which state and by whom, how it ended, what is promised and visited. Pure.

It stands beside a case and outlives it: visits go on when the case is closed. Who the parties are, what they said and
agreed, is for the mediators and for whoever took it in; everybody else knows that there is one.
"""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Literal
from zoneinfo import ZoneInfo

MEDIATOR, OPENER, STAFF = "mediator", "opener", "staff"
POSTS = ("acceptor", "shift_leader", "dispatcher", "handler", "community_officer", "town_officer")
STATES = {"mediating": "调解中", "visiting": "回访中", "ended": "调解已办结"}
MARK_OF = {"mediating": "mediation", "visiting": "visits", "ended": "mediated"}
FORMS = {"written": "书面协议", "oral": "口头协议"}
ROLES = {"applicant": "申请人", "respondent": "被申请人", "agent": "代理人", "other": "其他有关人"}
RESULTS = {"again": "再约时间", "agreed": "谈成了", "no": "没谈成"}
VISIT_RESULTS = {"kept": "已履行", "partly": "部分履行", "broken": "没有履行", "not_met": "没见到人"}
DROPPED = "dropped"
MOST_PARTIES, MOST_PEOPLE, MOST_SESSIONS, MOST_VISITS, YEARS_AHEAD = 20, 20, 50, 12, 3
TEXT_MOST, REASON_MOST, PLACE_MOST, NAME_MOST, PHONE_MOST = 4000, 1000, 256, 60, 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """`agreed`: something was agreed, so that terms are kept and visits are due."""

    name: str
    name_en: str
    agreed: bool = False


OUTCOMES = {
    "settled": Outcome("达成协议", "settled", agreed=True), "partly": Outcome("部分达成协议", "partly settled", agreed=True),
    "failed": Outcome("没有达成协议", "not settled"), "withdrawn": Outcome("当事人不再调解", "withdrawn"),
    "court": Outcome("转由法院处理", "passed to the court"), "arbitration": Outcome("转由仲裁处理", "passed to arbitration"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """`sides`: who may. `states`: when."""

    name: str
    sides: tuple[str, ...]
    states: tuple[str, ...]


_OPEN, _EVER = ("mediating", "visiting"), ("mediating", "visiting", "ended")
DEEDS = {
    "hold_session": Deed("记录一次调解", (MEDIATOR,), ("mediating",)),
    "conclude": Deed("记录调解结果", (MEDIATOR,), ("mediating",)),
    "visit": Deed("记录回访", (MEDIATOR,), ("visiting",)),
    "set_parties": Deed("改当事人", (MEDIATOR, OPENER), ("mediating",)),
    "set_team": Deed("换调解员或层级", (MEDIATOR, OPENER, STAFF), _OPEN),
    "resume": Deed("再次调解", (MEDIATOR, OPENER), ("visiting", "ended")),
    "reveal": Deed("查看当事人", (MEDIATOR, OPENER), _EVER),
}
Answer = Literal["yes", "state", "side"]


def decide(state: str, deed: str, sides: Collection[str]) -> Answer:
    """Whether somebody on these sides may do this now; otherwise which rule stands against it."""
    row = DEEDS[deed]
    if not set(row.sides) & set(sides):
        return "side"
    return "yes" if state in row.states else "state"


def possible(state: str, sides: Collection[str]) -> list[str]:
    """The deeds open to somebody on these sides, the one that ordinarily comes next first."""
    return [deed for deed in DEEDS if decide(state, deed, sides) == "yes"]


def inside(sides: Collection[str]) -> bool:
    """Whether they read what was said."""
    return MEDIATOR in sides or OPENER in sides


@dataclass(frozen=True, slots=True)
class Choice:
    """`days`: of a kind, within how many it is usually done; of a matter, after how many it is visited."""

    code: str
    name: str
    name_en: str
    days: tuple[int, ...] = ()


@cache
def _read(name: str, days: str) -> dict[str, Choice]:
    text = files("jingwei.cases").joinpath("data", name).read_text("utf-8")
    return {row["code"]: Choice(row["code"], row["name_zh"], row["name_en"], tuple(int(day) for day in row.get(days, "").split("|") if day))
            for row in csv.DictReader(text.splitlines())}


def matters() -> dict[str, Choice]:
    """What people disagree about."""
    return _read("mediation_matters.csv", "visit_days")


def kinds() -> dict[str, Choice]:
    """People's, administrative, judicial (MED-01)."""
    return _read("mediation_kinds.csv", "limit_days")


def levels() -> dict[str, Choice]:
    """Where it is mediated; no step is prescribed, a village may go to a department at once (MED-08)."""
    return _read("mediation_levels.csv", "")


def over(marks: Collection[str]) -> bool:
    """Whether the case's mediation has come to a result, by the case's marks."""
    return MARK_OF["visiting"] in marks or MARK_OF["ended"] in marks


def end_of(day: date, zone: str) -> datetime:
    """The last second of a day at the place."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(zone))


def size_warning(people: int, low: int, high: int) -> str:
    """What to say of a team of that many (AT-06): told, never refused."""
    if people < low:
        return f"现有 {people} 名调解员，一般为 {low} 至 {high} 名，可以再加"
    return f"现有 {people} 名调解员，一般为 {low} 至 {high} 名，可以减少" if people > high else ""
