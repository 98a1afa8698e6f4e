"""The courses that a case can take through a flow, without cases: what a step leaves behind, and what then is possible. Pure.

A `Where` is a case in as far as steps hang on it. It follows the commands; a test walks both beside each other.
"""

from collections import deque
from dataclasses import dataclass, replace
from typing import Any

from jingwei.cases.flow import Flow, Row
from jingwei.cases.workflow import START, STATES


@dataclass(frozen=True, slots=True)
class Where:
    """`public`: came by a channel that is verified first. `own`: reported by somebody who may put it right on the spot."""

    state: str = START
    public: bool = False
    own: bool = False
    held: bool = False
    level: str = ""
    verified: bool | None = None
    checked: bool | None = None
    asked: str = ""
    solved: bool = False
    signed: bool = False

    @property
    def ended(self) -> bool:
        return self.state != START and STATES[self.state][1] == "ended"


def beginnings(flow: Flow) -> list[Where]:
    """What may be reported: by whom, by which kind of channel."""
    first = flow.find(START, "report")
    posts = set(first.posts) if first else set()
    solvers = {post for row in flow.rows if "own_report" in row.needs for post in row.posts}
    own = ([True] if posts & solvers else []) + ([False] if posts - solvers or flow.verify_first else [])
    return [Where(own=mine, public=public) for mine in own for public in ([False, True] if flow.verify_first else [False])]


def facts_at(where: Where) -> frozenset[str]:
    """Which of `workflow.NEEDS` hold."""
    truths = {
        "verified_if_public": not where.public or where.verified is True, "check_passed": where.checked is True,
        "extension_asked_or_given": where.asked in ("", "extension"), "suspension_asked_or_given": where.asked in ("", "suspension"),
        "something_asked": bool(where.asked), "nothing_asked": not where.asked, "own_report": where.own,
        "handled_by_community": where.level == "community", "held_by_unit": where.held, "filed_before": not where.solved,
        "publicity_over": True, "mediated": True,  # time passes by itself, a mediation ends beside the flow
    }
    return frozenset(name for name, holds in truths.items() if holds)


def signs_at(where: Where) -> frozenset[str]:
    """Which of `workflow.SIGNS` the case shows."""
    unverified = where.public and where.verified is not True
    truths = {
        "unsigned": not where.signed, "extension_asked": where.asked == "extension", "suspension_asked": where.asked == "suspension",
        "verify_missing": unverified and where.verified is None, "verify_denied": unverified and where.verified is False,
        "check_failed": where.checked is False,
    }
    return frozenset(name for name, holds in truths.items() if holds)


def rows_at(flow: Flow, where: Where) -> tuple[Row, ...]:
    """What somebody may do here, given that people for it are found."""
    facts = facts_at(where)
    beside = where.state in ("handling", "suspended") and where.level != "community"
    return tuple(row for row in flow.rows_in(where.state)
                 if all(need in facts for need in row.needs) and not (beside and set(row.posts) == {"community_officer"}))


_LEAVES_UNIT = {("return", "handling"), ("return", "passed_up"), ("reopen", "closed"), ("reopen", "refused")}


def after(flow: Flow, where: Where, row: Row) -> Where:
    """The case after a step."""
    action, changed = row.action, dict[str, Any]()
    if action in ("dispatch", "accept"):
        changed = {"held": True, "signed": False, "level": "community" if action == "accept" else "town" if flow.levels else where.level}
    elif action == "pass_up":
        changed = {"held": False, "signed": False, "level": "county", "checked": None}
    elif action == "hand_on":
        changed = {"held": False, "signed": False, "level": "town"} if flow.levels else {"signed": False}
    elif (action, where.state) in _LEAVES_UNIT:
        changed = {"held": False, "signed": False}
        if flow.levels and where.state != "refused":
            changed["level"] = "town"
    elif action == "return" and where.state == "filed" and flow.levels:
        changed = {"level": ""}
    elif action in ("verify_true", "verify_false"):
        changed = {"verified": action == "verify_true"}
    elif action in ("check_pass", "check_fail"):
        changed = {"checked": action == "check_pass"}
    elif action in ("ask_extension", "ask_suspension"):
        changed = {"asked": action.removeprefix("ask_")}
    elif action in ("sign", "solve"):
        changed = {"signed" if action == "sign" else "solved": True}
    if action in ("extend", "suspend", "decline") or row.to != where.state or action == "hand_on":
        changed["asked"] = ""
    if action in ("feed_back", "rework", "reopen") or (action == "return" and where.state == "checked"):
        changed["checked"] = None
    if action == "feed_back":
        changed["signed"] = True
    return replace(where, state=row.to, **changed)


def courses(flow: Flow) -> dict[Where, list[tuple[Row, Where]]]:
    """Every case there can be, with the steps that lead on from it. Some hundreds for the shipped flows."""
    found: dict[Where, list[tuple[Row, Where]]] = {}
    ahead = deque(beginnings(flow))
    while ahead:
        where = ahead.popleft()
        if where in found:
            continue
        found[where] = [(row, after(flow, where, row)) for row in rows_at(flow, where)]
        ahead.extend(then for _, then in found[where])
    return found


def leads_to_end(found: dict[Where, list[tuple[Row, Where]]]) -> set[Where]:
    """Those from which an end can be reached."""
    before: dict[Where, list[Where]] = {}
    for where, steps in found.items():
        for _, then in steps:
            before.setdefault(then, []).append(where)
    good, ahead = set[Where](), deque(where for where in found if where.ended)
    while ahead:
        where = ahead.popleft()
        if where not in good:
            good.add(where)
            ahead.extend(before.get(where, ()))
    return good
