"""Referral with signature (报送签收): who does what in which state, who stands on which side, and how a sending came
out. Pure tables and rules.

A referral is passed to one unit at a time; each passing is a *sending* with a signing clock of its own. What a
sending came to is never taken back: signed after its limit it stays late, whatever is done later.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Literal, Protocol
from uuid import UUID

from jingwei.kernel.actor import Actor

READ, SEND, SIGN = "referral.read", "referral.send", "referral.sign"
SENDER, RECEIVER = "sender", "receiver"
GRID_POST = "supervisor"
URGENCIES = {"ordinary": "一般", "urgent": "紧急"}
STATES = {"sent": "待签收", "signed": "办理中", "refused": "已退回", "answered": "已答复", "ended": "已办结"}
OPEN = ("sent", "signed", "refused", "answered")
TEXT_MOST, REASON_MOST, PLACE_MOST = 4000, 1000, 256


@dataclass(frozen=True, slots=True)
class Category:
    """What is referred. `receivers`: who usually takes it, as a hint."""

    code: str
    name: str
    name_en: str
    receivers: str


@cache
def categories() -> dict[str, Category]:
    """Every category by code, in the order of the file."""
    text = files("jingwei.cases").joinpath("data", "referral_categories.csv").read_text("utf-8")
    return {row["code"]: Category(row["code"], row["name_zh"], row["name_en"], row["receivers"])
            for row in csv.DictReader(text.splitlines())}


def offered(setting: str) -> dict[str, Category]:
    """The categories that a place offers. `setting`: their codes between commas; empty for all."""
    wanted = {code.strip() for code in setting.split(",") if code.strip()}
    return {code: row for code, row in categories().items() if not wanted or code in wanted}


def stage_of(deed: Literal["sign", "answer"], category: str, urgency: str) -> str:
    """The name of the limit (catalogue) by which a unit signs or answers."""
    return "referral_sign_urgent" if deed == "sign" and urgency == "urgent" else f"referral_{deed}_{category}"


# --- deeds


@dataclass(frozen=True, slots=True)
class Deed:
    """`states`: where it is possible. `reasoned`: the states in which a reason or text must be given."""

    name: str
    said: str
    side: str
    states: tuple[str, ...]
    to: str
    reasoned: tuple[str, ...] = ()


DEEDS = {
    "sign": Deed("签收", "签收了", RECEIVER, ("sent",), "signed"),
    "refuse": Deed("退回并说明", "没有签收，退回报送人", RECEIVER, ("sent",), "refused", ("sent",)),
    "answer": Deed("答复结果", "答复了办理结果", RECEIVER, ("signed",), "answered", ("signed",)),
    "pass_on": Deed("改送其他单位", "改送其他单位", SENDER, OPEN, "sent", ("sent", "signed", "answered")),
    "end": Deed("办结", "办结", SENDER, OPEN, "ended", ("sent", "signed", "refused")),
}
Answer = Literal["yes", "unknown", "state", "side"]


def decide(state: str, deed: str, sides: frozenset[str]) -> Answer:
    """Whether somebody on these sides may do this now; otherwise which rule stands against it."""
    row = DEEDS.get(deed)
    if row is None:
        return "unknown"
    if row.side not in sides:
        return "side"
    return "yes" if state in row.states else "state"


def possible(state: str, sides: frozenset[str]) -> list[str]:
    """The deeds open to somebody on these sides, the one that ordinarily comes next first."""
    return [deed for deed in DEEDS if decide(state, deed, sides) == "yes"]


# --- sides


class Sides(Protocol):
    """What of a referral tells who stands where. `from_post`: the path of the grid post it was sent from, '' for a unit.
    `from_unit_path`, `unit_path`: of the sender's and the receiving unit.
    """

    sent_by: UUID | None
    handled_by: UUID | None
    from_unit_id: int | None
    from_unit_path: str
    from_post: str
    unit_id: int
    unit_path: str
    area_path: str


def sides_of(referral: Sides, actor: Actor) -> frozenset[str]:
    """On which sides this person stands: whoever sent it, holds the same grid post or works in the unit that sent it;
    whoever signs for the unit it went to. Nobody answers what they sent, nobody ends what they answered.
    """
    found = set()
    own = actor.user_id is not None and referral.sent_by == actor.user_id
    handled = actor.user_id is not None and referral.handled_by == actor.user_id
    if not handled and ((own and actor.holds(SEND)) or _same_post(referral, actor)):
        found.add(SENDER)
    if not own and _works_for(actor, SIGN, referral.unit_id, referral.unit_path):
        found.add(RECEIVER)
    return frozenset(found)


def _same_post(referral: Sides, actor: Actor) -> bool:
    if referral.from_post:
        return any(grant.role == GRID_POST and grant.area_path == referral.from_post and SEND in grant.rights
                   for grant in actor.grants)
    return referral.from_unit_id is not None and _works_for(actor, SEND, referral.from_unit_id, referral.from_unit_path)


def _works_for(actor: Actor, right: str, unit_id: int, unit_path: str) -> bool:
    """In the unit itself, not in one above: a bureau does not read what went to its station."""
    return (actor.unit_id == unit_id and actor.holds(right)) or any(
        grant.unit_path == unit_path and right in grant.rights for grant in actor.grants)


def sees(referral: Sides, actor: Actor) -> Literal["all", "outline", ""]:
    """`all`: what it says; `outline`: that it exists, from whom to whom, since when; '' nothing."""
    if sides_of(referral, actor) or (actor.user_id is not None and actor.user_id in (referral.sent_by, referral.handled_by)):
        return "all"
    return "outline" if actor.covers(READ, referral.area_path, referral.unit_path) else ""


# --- how a sending came out

OUTCOMES = {
    "signed": "按时签收", "signed_late": "逾期签收", "unsigned": "逾期未签收", "waiting": "待签收",
    "refused": "按时退回", "refused_late": "逾期退回", "withdrawn": "签收前撤回",
}
RED = frozenset({"signed_late", "unsigned", "refused_late"})
OWED = ("signed", "signed_late", "unsigned", "refused_late")
"""What a unit had to sign for. What it gave back in time, what was taken back from it in time and what is still
within its limit counts neither for nor against it."""


class Sent(Protocol):
    due_at: datetime | None
    signed_at: datetime | None
    refused_at: datetime | None
    withdrawn_at: datetime | None


def outcome(sending: Sent, now: datetime) -> str:
    """What a sending has come to by `now`. The instant it falls due is still in time."""
    for at, in_time, late in ((sending.signed_at, "signed", "signed_late"), (sending.refused_at, "refused", "refused_late"),
                              (sending.withdrawn_at, "withdrawn", "unsigned"), (now, "waiting", "unsigned")):
        if at is not None:
            return in_time if sending.due_at is None or at <= sending.due_at else late
    raise AssertionError("now is an instant")


def rate(counts: Mapping[str, int]) -> float | None:
    """Signed in time of what had to be signed for, in per cent; None where nothing had to be yet."""
    owed = sum(counts.get(name, 0) for name in OWED)
    return 100 * counts.get("signed", 0) / owed if owed else None


def rate_words(counts: Mapping[str, int]) -> str:
    """The rate as a cell of the sheet says it. No report at all is a finding of its own, never 0 % (AT-27)."""
    if not any(counts.values()):
        return "未报送"
    share = rate(counts)
    if share is None:
        return "未到期" if counts.get("waiting") else "不计"
    return f"{share:.1f}%".replace(".0%", "%")
