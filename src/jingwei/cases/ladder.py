"""Escalation ladders: who is told when a stay nears its limit and when it overruns it. Pure.

A ladder belongs to a profile, a state and a level; its rungs are climbed one after another. `when` is reckoned from
the due instant: "-20%" of the limit before it, "-4 work_hour", "0" at it, "+1 work_day" after it, so that an extension
or a corrected calendar moves every rung with the limit, and what has no clock (挂账) does not climb.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from jingwei.cases.beside import POST_NAMES
from jingwei.cases.clock import ClockRefusal, Limit, Unit, WorkCalendar, due, elapsed_working
from jingwei.cases.clock_words import format_limit
from jingwei.cases.flow import Flow

MOST = 8
_PERCENT = re.compile(r"-([1-9][0-9]?)%", re.ASCII)
_SPAN = re.compile(r"([+-])([0-9]{1,4}(?:\.[0-9]{1,2})?) ([a-z_]+)", re.ASCII)
_LIMIT = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,2})?) ([a-z_]+)", re.ASCII)
_SECOND = timedelta(seconds=1)

# where whoever is told stands towards the case -> its name, and the posts that stand there
WHERE = {
    "holder": ("现在的办理人", ()),
    "unit": ("承办单位", ("leader",)),
    "community": ("本村（社区）", ("community_officer", "leader")),
    "town": ("本镇街", ("town_officer", "leader")),
    "county": ("本区县", ("leader", "shift_leader", "dispatcher", "acceptor", "county_officer")),
}
DOES = {"tell": "提醒", "urge": "催办", "order": "发督办单", "pass_up": "转到上一级"}

LEVELS = ("community", "town")

Key = tuple[str, str, str]  # profile, state, level


@dataclass(frozen=True, slots=True)
class Rung:
    """`gives`: the time limit of the order that it issues, such as "1 work_day"; '' for what issues none."""

    when: str
    where: str
    post: str = ""
    does: str = "tell"
    gives: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a rung (1, 2, …; 0: with the ladder), as a code of FAULTS."""

    rung: int
    code: str


FAULTS = {
    "no_state": ("这个流程里没有这个环节", "the flow has no such stage"),
    "no_clock": ("这个环节不计时，不会升级", "no clock runs in this stage, so nothing climbs"),
    "no_level": ("这个流程里没有这个层级", "the flow has no such level"),
    "too_many": (f"最多 {MOST} 级", f"at most {MOST} rungs"),
    "bad_when": ("时间读不懂，请写成 -20%、0 或 +1 work_day 这样", "the time is not read; write -20%, 0 or +1 work_day"),
    "not_later": ("须晚于上一级", "it must come after the rung before"),
    "no_where": ("没有这个层级可告知", "there is no such place to tell"),
    "no_post": ("那里没有这个岗位，指不到人", "no such post stands there, so it points nowhere"),
    "no_deed": ("不认识的做法", "unknown deed"),
    "no_limit": ("发督办单须写时限，如 1 work_day", "an order needs a limit such as 1 work_day"),
    "no_unit": ("这个环节没有承办单位，发不出督办单", "no unit holds a case in this stage, so no order can be issued"),
    "no_way_up": ("流程规定这个环节不能转到上一级", "the flow has no step up from this stage"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a stay stands on its ladder at an instant: rungs due so far, and when the next one is (None: no more)."""

    due: int
    next_at: datetime | None


def key_of(flow: Flow, state: str, level: str) -> Key:
    """Level matters only while somebody handles the case: a township's community and town have limits of their own."""
    return flow.code, state, level if flow.levels and state == "handling" and level in LEVELS else ""


def step_up(flow: Flow, state: str, level: str) -> tuple[str, str]:
    """The step of the flow that brings a case one level up, and a post that takes it; ('', '') where there is none."""
    for action in ("hand_on", "pass_up"):
        row = flow.find(state, action)
        if flow.levels and row is not None and row.to != state and level != "town":
            return action, row.posts[0]
    return "", ""


def faults(flow: Flow, state: str, level: str, rungs: Sequence[Rung]) -> list[Fault]:
    """Everything that is wrong with a ladder; empty: it may be used."""
    if state not in flow.states:
        return [Fault(0, "no_state")]
    if state not in flow.clocks:
        return [Fault(0, "no_clock")]
    if key_of(flow, state, level) != (flow.code, state, level):
        return [Fault(0, "no_level")]
    found = [Fault(0, "too_many")] if len(rungs) > MOST else []
    before: tuple[int, Decimal] | None = None
    for number, rung in enumerate(rungs, 1):
        found += [Fault(number, code) for code in _wrong(flow, state, level, rung)]
        place = _place(rung.when)
        if place is not None:
            if before is not None and place <= before:
                found.append(Fault(number, "not_later"))
            before = place
    return found


def _wrong(flow: Flow, state: str, level: str, rung: Rung) -> list[str]:
    wrong = [] if _place(rung.when) is not None else ["bad_when"]
    held = _held(state, level)
    posts = WHERE[rung.where][1] if rung.where in WHERE else ()
    if rung.where not in WHERE:
        wrong.append("no_where")
    elif rung.where == "holder":
        wrong += ["no_post"] if rung.post else []
    elif rung.post not in posts or rung.post not in _posts(flow) or (rung.where == "unit" and not held):
        wrong.append("no_post")
    if rung.does not in DOES:
        return [*wrong, "no_deed"]
    if (rung.does == "order") != bool(rung.gives) or (rung.gives and limit_of(rung.gives) is None):
        wrong.append("no_limit")
    if rung.does == "order" and not held:
        wrong.append("no_unit")
    if rung.does == "pass_up" and not step_up(flow, state, level)[0]:
        wrong.append("no_way_up")
    return wrong


def _posts(flow: Flow) -> frozenset[str]:
    """The posts that the flow knows, and the leader, who has no step in any."""
    return frozenset(post for row in flow.rows if row.state for post in row.posts) | {"leader"}


def _held(state: str, level: str) -> bool:
    """Whether a unit holds what stands here. What a community handles itself is held by its officer."""
    return state in ("handling", "fed_back", "checking", "checked") and level != "community"


def limit_of(words: str) -> Limit | None:
    """"1 work_day" as a limit of the clock; None where it is none."""
    found = _LIMIT.fullmatch(words)
    return _limit(found[1], found[2]) if found else None


def _limit(value: str, unit: str) -> Limit | None:
    try:
        limit = Limit(Decimal(value), Unit(unit))
        limit.span(timedelta(hours=8))
    except (ClockRefusal, ValueError):
        return None
    return limit


def _place(when: str) -> tuple[int, Decimal] | None:
    """Where a time stands in the order of a ladder: shares of the limit, times before it, it, times after it."""
    if when == "0":
        return 2, Decimal(0)
    if share := _PERCENT.fullmatch(when):
        return 0, -Decimal(share[1])
    found = _SPAN.fullmatch(when)
    limit = _limit(found[2], found[3]) if found else None
    if found is None or limit is None:
        return None
    minutes = Decimal(limit.span(timedelta(hours=8 if limit.unit is Unit.WORK_DAY else 24)) / timedelta(minutes=1))
    return (3, minutes) if found[1] == "+" else (1, -minutes)


def instant(when: str, began: datetime, due_at: datetime, limit: Limit, calendar: WorkCalendar,
            convention: str) -> datetime:
    """When a rung is due, never before the stay began. `limit`: the one that the stay runs by."""
    if when == "0":
        return due_at
    if share := _PERCENT.fullmatch(when):
        lead = limit.span(calendar.day) * (Decimal(share[1]) / 100).__float__()
        return _before(due_at, timedelta(seconds=round(lead.total_seconds())), limit.unit.working, began, calendar)
    found = _SPAN.fullmatch(when)
    span = _limit(found[2], found[3]) if found else None
    if found is None or span is None:
        raise ValueError(when)
    if found[1] == "-":
        return _before(due_at, span.span(calendar.day), span.unit.working, began, calendar)
    later = due(due_at, span, calendar, convention=convention).at
    return later or due_at


def _before(due_at: datetime, lead: timedelta, working: bool, began: datetime, calendar: WorkCalendar) -> datetime:
    """The last second from which so much (working) time leads to the due instant, not before the stay began."""
    if not working:
        return max(began, due_at - lead)
    if elapsed_working(began, due_at, calendar) <= lead:
        return began
    low, high = began, due_at
    while high - low > _SECOND:
        middle = low + (high - low) // 2
        if elapsed_working(middle, due_at, calendar) >= lead:
            low = middle
        else:
            high = middle
    return low


def standing(rungs: Sequence[Rung], began: datetime, due_at: datetime, limit: Limit, calendar: WorkCalendar,
             convention: str, now: datetime) -> Standing:
    """How many rungs are due by now, and when the next is."""
    for number, rung in enumerate(rungs):
        at = instant(rung.when, began, due_at, limit, calendar, convention)
        if at > now:
            return Standing(number, at)
    return Standing(len(rungs), None)


def said(rung: Rung, number: int) -> str:
    """A rung in words, such as 第 3 级：超过时限 1 个工作日，告知本镇街的镇街网格办."""
    return f"第 {number} 级：{said_when(rung.when)}，{said_whom(rung)}"


def said_when(when: str) -> str:
    """When a rung is due, in Chinese."""
    if when == "0":
        return "已到时限"
    if share := _PERCENT.fullmatch(when):
        return f"离时限还剩 {share[1]}%"
    found = _SPAN.fullmatch(when)
    span = _limit(found[2], found[3]) if found else None
    if found is None or span is None:
        return when
    return f"超过时限 {format_limit(span)}" if found[1] == "+" else f"离时限还有 {format_limit(span)}"


def said_whom(rung: Rung) -> str:
    """What the rung does, and towards whom, in Chinese."""
    where = WHERE[rung.where][0]
    whom = f"{where}的{POST_NAMES[rung.post]}" if rung.post else where
    return {"tell": f"提醒{whom}", "urge": f"催办，并告知{whom}", "order": f"发督办单，并告知{whom}",
            "pass_up": f"转到上一级，并告知{whom}"}[rung.does] if rung.post else {
            "tell": f"提醒{whom}", "urge": f"催办{whom}", "order": f"向{whom}发督办单", "pass_up": "转到上一级"}[rung.does]
