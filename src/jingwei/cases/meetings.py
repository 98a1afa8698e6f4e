"""Meetings (晨会、碰头会、联席会议): what they are, who runs them, what becomes of what they decide. Pure.

A meeting is about work: cases, places, tasks. What residents think, ask for or gather for is not recorded.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Kind:
    """`gathers`: its agenda is filled by itself when it is called."""

    name: str
    gathers: bool


KINDS: dict[str, Kind] = {
    "standup": Kind("晨会", gathers=True),
    "debrief": Kind("碰头会", gathers=True),
    "weekly": Kind("工作例会", gathers=True),
    "joint": Kind("联席会议", gathers=False),
    "special": Kind("专题会商", gathers=False),
}
HOLDING = ("leader", "shift_leader", "dispatcher", "community_officer", "town_officer")
"""Posts that call a meeting, keep its minutes and follow what it decided."""

STATES = {"open": "记录中", "settled": "已定稿", "cancelled": "已取消"}
SOURCES = {"late": "超时未办结", "returned": "退回和返工", "unsolved": "网格员没能当场解决", "followed": "以往会议未落实", "own": "其他议题"}
WAYS = {"case": "登记为案件", "tie": "记入已有案件", "task": "交办"}
DECISION_STATES = {"open": "待落实", "done": "已落实", "withdrawn": "已撤回"}

RETURNING = ("return", "rework", "check_fail")
"""Steps after which a case stands where it stood before: what came back."""

LONGEST_AHEAD = timedelta(days=366)
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Deed:
    """`asks`: what has to be written. `answering`: whoever has the task may do it, too, not only who runs the meeting."""

    name: str
    before: str
    after: str
    asks: str
    answering: bool = False


DEEDS: dict[str, Deed] = {
    "finish": Deed("报告已落实", "open", "done", "text", answering=True),
    "reopen": Deed("重新交办", "done", "open", "reason"),
    "withdraw": Deed("撤回", "open", "withdrawn", "reason"),
}


def possible(way: str, state: str, *, runs: bool, answers: bool) -> list[str]:
    """The deeds on a decision for whoever runs the meeting, or has to answer. What became a case goes on as a case."""
    if way != "task":
        return []
    return [deed for deed, found in DEEDS.items() if found.before == state and (runs or (answers and found.answering))]


def since(now: datetime, last: datetime | None) -> datetime:
    """From when on a stand-up looks back: to the one before it, a day at least and a week at most."""
    return now - _DAY if last is None else min(max(last, now - _WEEK), now - _DAY)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Until the day is over."""
    return datetime.combine(day + _DAY, time(), zone)


def day_of(due_at: datetime, zone: ZoneInfo) -> date:
    """The day of which `due_at` is the end."""
    return (due_at - timedelta(microseconds=1)).astimezone(zone).date()


def late(state: str, due_at: datetime | None, ended_at: datetime | None, now: datetime) -> bool:
    """Whether what was decided was not done, or has not been, when its day was over. `state`: open, done, withdrawn."""
    if due_at is None or state == "withdrawn":
        return False
    return (ended_at or now) >= due_at if state == "done" else now >= due_at


def title_of(kind: str, area: str, held_at: datetime, zone: ZoneInfo) -> str:
    """What a meeting is called where nobody gave it a name."""
    local = held_at.astimezone(zone)
    return f"{area}{KINDS[kind].name}（{local.month}月{local.day}日）"


def runs(roles: Collection[str]) -> bool:
    """`roles`: the posts, tied to no unit, that somebody holds where the meeting is."""
    return any(role in HOLDING for role in roles)
