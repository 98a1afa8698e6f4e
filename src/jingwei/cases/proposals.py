"""Proposals of deputies and committee members (建议、提案): how one goes on, who may do what, the three rates. Pure.

First visit, draft of the answer, countersigned, second visit with the answer, carried out, closed (CAS-34). A row is
(state, deed, who, next state); `who`: 'unit', the unit that answers; 'office', whoever hands proposals out for the place.
Nobody countersigns a draft of their own.
"""

from collections.abc import Iterable

KIND = "proposal"
KINDS = {"npc": "人大代表建议", "cppcc": "政协委员提案"}
OFFICE = ("shift_leader", "dispatcher", "town_officer")
UNIT = ("handler", "community_officer", "county_officer")

# state -> its name, and with whom it is
STATES = {
    "received": ("待首次走访", "unit"),
    "visited": ("待拟答复", "unit"),
    "drafted": ("待会签", "office"),
    "countersigned": ("待二次走访", "unit"),
    "answered": ("待落实", "unit"),
    "carried_out": ("待办结", "office"),
    "closed": ("已办结", ""),
}
OPEN = tuple(state for state, (_, who) in STATES.items() if who)

DEEDS = {
    "visit": "记录首次走访", "draft": "提交答复稿", "countersign": "会签同意", "return_draft": "退回重拟", "answer": "记录二次走访",
    "carry_out": "报告落实情况", "return_work": "退回再落实", "close": "办结", "assign": "改派单位",
}

ROWS = (
    ("received", "visit", "unit", "visited"),
    ("visited", "draft", "unit", "drafted"),
    ("drafted", "countersign", "office", "countersigned"),
    ("drafted", "return_draft", "office", "visited"),
    ("countersigned", "answer", "unit", "answered"),
    ("answered", "carry_out", "unit", "carried_out"),
    ("carried_out", "return_work", "office", "answered"),
    ("carried_out", "close", "office", "closed"),
    *((state, "assign", "office", "received") for state in ("received", "visited")),
)
WORDLESS = ("countersign", "close")
"""Deeds of which nothing has to be said."""

DISSATISFIED = "visited"
"""Whoever proposed it was not satisfied with the answer: it is drafted anew."""


def find(state: str, deed: str) -> tuple[str, str, str, str] | None:
    """The row for a deed in a state, or None: there is at most one."""
    return next((row for row in ROWS if row[0] == state and row[1] == deed), None)


def possible(state: str, stands: Iterable[str]) -> list[str]:
    """The deeds that are possible now for whoever stands there as 'unit', 'office' or both."""
    held = set(stands)
    return [deed for at, deed, who, _ in ROWS if at == state and who in held]


def rate(part: int, whole: int) -> str:
    """In percent with one decimal, such as 84.6; '' of nothing. Never 100.0 before all are."""
    if not whole:
        return ""
    tenths = min((part * 2000 + whole) // (2 * whole), 1000 if part == whole else 999)
    return f"{tenths // 10}.{tenths % 10}"
