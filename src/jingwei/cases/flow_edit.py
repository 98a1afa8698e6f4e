"""Changes of a flow, one at a time, each giving a new one; and what is different between two. Pure.

What a step is remembered as is never chosen: it follows from the step (`flow_deeds.py`).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from jingwei.cases.flow import Flow, Row, Usual
from jingwei.cases.flow_deeds import duty_of
from jingwei.cases.flow_document import (
    ROWS_MOST,
    Unreadable,
    fields_of,
    items_of,
    limit_of,
    name_of,
    row_of,
    usual_of,
    word,
    words_of,
)
from jingwei.cases.workflow import ACTIONS, ASKS, CHANNEL_NAMES, DUTIES, NEEDS, ROLE_NAMES, SIGNS, START, STATES

NO_STATE = "开始"


class NoSuchRow(Exception):
    """The edit names a row that the flow does not have, or (`there`) has already."""

    def __init__(self, state: str, action: str, *, there: bool = False) -> None:
        super().__init__(state, action)
        self.state, self.action, self.there = state, action, there


def apply(flow: Flow, edit: Any) -> Flow:
    """The flow after one edit, told as data: `what` and what belongs to it. Raises Unreadable or NoSuchRow, never anything else."""
    what = edit.get("what") if isinstance(edit, dict) else None
    fields, done = _EDITS[word(what, "edit.what", _EDITS)]
    told = fields_of(edit, "edit", {"what", *fields}, set())
    after = done(flow, *(told[name] for name in fields))
    if len(after.rows) > ROWS_MOST:
        raise Unreadable("rows", len(after.rows))
    return after


def _steps(flow: Flow, state: Any, steps: Any) -> Flow:
    state = word(state, "edit.state", STATES)
    named = [{**each, "state": state} if isinstance(each, dict) else each for each in items_of(steps, "edit.steps")]
    return set_usual(flow, state, [usual_of(each, f"edit.steps[{number}]") for number, each in enumerate(named)])


def _apart(flow: Flow, duty: Any, other: Any, apart: Any) -> Flow:
    if not isinstance(apart, bool):
        raise Unreadable("edit.apart", apart)
    first, second = words_of([duty, other], "edit.duty", DUTIES)
    return set_apart(flow, first, second, apart=apart)


_EDITS: dict[str, tuple[tuple[str, ...], Callable[..., Flow]]] = {
    "row": (("row",), lambda flow, row: put_row(flow, row_of(row, "edit.row"))),
    "new_row": (("row",), lambda flow, row: put_row(flow, row_of(row, "edit.row"), new=True)),
    "remove_row": (("state", "action"), lambda flow, state, action: remove_row(
        flow, word(state, "edit.state", (START, *STATES)), word(action, "edit.action", ACTIONS))),
    "clock": (("state", "limit"), lambda flow, state, limit: set_clock(
        flow, word(state, "edit.state", STATES), "" if limit == "" else limit_of(limit, "edit.limit"))),
    "apart": (("duty", "other", "apart"), _apart),
    "usual": (("state", "steps"), _steps),
    "name": (("name",), lambda flow, name: rename(flow, name_of(name))),
    "verify_first": (("channels",), lambda flow, channels: set_verify_first(flow, words_of(channels, "edit.channels", CHANNEL_NAMES))),
}
"""What can be edited, with the fields it takes."""


def put_row(flow: Flow, row: Row, *, new: bool = False) -> Flow:
    """The row of the same state and action anew; `new`: one more, after the others of its state."""
    row = row._replace(duty=duty_of(row.state, row.action))
    at = next((place for place, each in enumerate(flow.rows) if (each.state, each.action) == (row.state, row.action)), None)
    if (at is not None) == new:
        raise NoSuchRow(row.state, row.action, there=new)
    rows = list(flow.rows)
    if at is not None:
        rows[at] = row
    else:
        last = max((place for place, each in enumerate(rows) if each.state == row.state), default=len(rows) - 1)
        rows.insert(last + 1, row)
    return replace(flow, rows=tuple(rows))


def remove_row(flow: Flow, state: str, action: str) -> Flow:
    """Without a row, and without what was told to do it."""
    if flow.find(state, action) is None:
        raise NoSuchRow(state, action)
    return replace(
        flow, rows=tuple(row for row in flow.rows if (row.state, row.action) != (state, action)),
        usual=tuple(step for step in flow.usual if (step.state, step.action) != (state, action)))


def set_clock(flow: Flow, state: str, limit: str) -> Flow:
    """Which limit runs in a state; '' for none."""
    clocks = {name: kept for name, kept in flow.clocks.items() if name != state}
    wanted = clocks | ({state: limit} if limit else {})
    return replace(flow, clocks={name: wanted[name] for name in STATES if name in wanted})


def set_apart(flow: Flow, duty: str, other: str, *, apart: bool) -> Flow:
    """Whether two duties are kept apart on one case."""
    rest = tuple(pair for pair in flow.apart if set(pair) != {duty, other})
    return replace(flow, apart=(*rest, (duty, other)) if apart else rest)


def set_usual(flow: Flow, state: str, steps: Sequence[Usual]) -> Flow:
    """For what a case in a state waits, in the order in which it is asked."""
    before = [place for place, step in enumerate(flow.usual) if step.state == state]
    rest = [step for step in flow.usual if step.state != state]
    at = before[0] if before else len(rest)
    return replace(flow, usual=(*rest[:at], *steps, *rest[at:]))


def rename(flow: Flow, name: str) -> Flow:
    return replace(flow, name=name.strip())


def set_verify_first(flow: Flow, channels: Sequence[str]) -> Flow:
    """The channels whose reports are verified on the spot before filing."""
    return replace(flow, verify_first=tuple(channel for channel in CHANNEL_NAMES if channel in channels))


def differences(before: Flow, after: Flow) -> list[dict[str, str]]:
    """What is different in words: `what` it is, where (`state`, `action`), `before` and `after` ('' where there is none)."""
    found = [_told("name", "", "", before.name, after.name),
             _told("verify_first", "", "", _listed(before.verify_first, CHANNEL_NAMES), _listed(after.verify_first, CHANNEL_NAMES))]
    old, new = ({(row.state, row.action): row for row in flow.rows} for flow in (before, after))
    found += [_told("row", *at, _row_said(old.get(at)), _row_said(new.get(at))) for at in dict.fromkeys([*old, *new])]
    found += [_told("clock", state, "", before.clocks.get(state, ""), after.clocks.get(state, "")) for state in STATES]
    pairs = [{frozenset(pair): " / ".join(DUTIES[duty] for duty in pair) for pair in flow.apart} for flow in (before, after)]
    found += [_told("apart", "", "", pairs[0].get(pair, ""), pairs[1].get(pair, "")) for pair in {**pairs[0], **pairs[1]}]
    found += [_told("usual", state, "", _usual_said(before, state), _usual_said(after, state)) for state in STATES]
    return [each for each in found if each["before"] != each["after"]]


def _told(what: str, state: str, action: str, before: str, after: str) -> dict[str, str]:
    named = {"state_name": STATES[state][0] if state else NO_STATE if what == "row" else "",
             "action_name": ACTIONS[action][0] if action else ""}
    return {"what": what, "state": state, "action": action, **named, "before": before, "after": after}


def _row_said(row: Row | None) -> str:
    """谁 · 做什么 · 之后到哪里 · 条件 · 必须填什么, but for the state and the action."""
    if row is None:
        return ""
    parts = [_listed(row.posts, ROLE_NAMES), f"到“{STATES[row.to][0]}”" if row.to != row.state else "留在原环节"]
    if row.needs:
        parts.append(f"条件：{_listed(row.needs, NEEDS)}")
    if row.asks:
        parts.append(f"须填：{_listed(row.asks, ASKS)}")
    return "；".join(parts)


def _usual_said(flow: Flow, state: str) -> str:
    return "，".join(f"{_listed(step.signs, SIGNS)}时{ACTIONS[step.action][0]}" if step.signs else ACTIONS[step.action][0]
                    for step in flow.usual if step.state == state)


def _listed(codes: Sequence[str], names: dict[str, str]) -> str:
    return "、".join(names[code] for code in codes)


