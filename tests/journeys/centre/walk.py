"""What the people want to do next: a seeded choice; they do it if the service offers them the button."""

import random
from collections.abc import Iterable
from typing import Any

from jingwei.cases.shipped import flows

REASONS = ("情况不清，请补充", "需要重新安排", "现场条件不允许", "按规定办理")
# How often a thing is wished beside the others. A case that has gone on for long is only driven forward.
WEIGHTS = {
    "ask_verify": 9, "file": 9, "refuse": 0.7, "verify_true": 9, "verify_false": 1, "return": 1, "dispatch": 9, "void": 0.1,
    "sign": 2, "hand_on": 1.2, "ask_extension": 2, "ask_suspension": 2, "extend": 0.3, "suspend": 0.3, "decline": 0.1,
    "resume": 9, "feed_back": 5, "confirm": 8, "rework": 1.2, "check_pass": 8, "check_fail": 1.5, "close": 9, "reopen": 1,
    "solve": 1,
}
ASKED = {"extension": {"extend": 12, "decline": 5, "suspend": 0.5}, "suspension": {"suspend": 12, "decline": 5, "extend": 0.5}}
FORWARD = {"ask_verify", "verify_true", "file", "dispatch", "feed_back", "resume", "confirm", "check_pass", "close", "decline"}
ADDRESS = {"verify_true": "verify", "verify_false": "verify", "check_pass": "check", "check_fail": "check"}
STAYS = {row.action for row in flows()["city"].rows if row.state == row.to} - {"hand_on"}
ONCE = {"ask_extension", "ask_suspension", "decline"}  # stays where it is, and still only one may do it


def actions_in(state: str) -> dict[str, tuple[str, ...]]:
    """What may happen in a state, and which posts do it."""
    return {row.action: row.posts for row in flows()["city"].rows_in(state)}


def wish(rng: random.Random, actions: Iterable[str], steps: int, asked: str) -> str:
    """What somebody wants to do next. `asked`: what the unit waits to hear about."""
    names = list(actions)
    weights = [ASKED.get(asked, {}).get(name, WEIGHTS[name]) for name in names]
    if steps > 22:
        weights = [weight * 40 if name in FORWARD else weight / 40 for name, weight in zip(names, weights, strict=True)]
    return rng.choices(names, weights)[0]


def path_of(case: str, action: str) -> str:
    return f"/api/cases/{case}/{ADDRESS.get(action, action).replace('_', '-')}"


def body_of(rng: random.Random, action: str, case: dict[str, Any]) -> dict[str, Any]:
    """What the action asks for, but for a class with conditions and for photos."""
    reason = {"reason": rng.choice(REASONS)}
    if action in ("verify_true", "verify_false", "check_pass", "check_fail"):
        found = action in ("verify_true", "check_pass")
        return {"yes": found} if found else {"yes": found, **reason}
    if action in ("ask_extension", "extend"):
        return {**reason, "value": rng.choice(("1", "2", "0.5")), "unit": rng.choice(("work_day", "work_hour"))}
    if action == "hand_on":
        return {**reason, "unit_code": "JT-1" if case.get("unit") == "JT" else "SZ"}
    if action in ("feed_back", "solve"):
        return {"text": "已到现场处理完毕，联系人 13800138000"}
    if action in ("close", "sign", "resume", "ask_verify", "confirm", "dispatch", "file"):
        return {}
    return reason


def wins_alone(action: str) -> bool:
    """Whether of two who press the same button at once exactly one may succeed, though neither says what they saw."""
    return action in ONCE or action not in (*STAYS, "return")
