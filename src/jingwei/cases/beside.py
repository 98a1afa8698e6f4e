"""Deeds beside the flow: they leave a case in its state. Who may do which to a case of which kind. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from jingwei.cases import appeal, calling_back, claims, mediation, meetings, orders, workflow


@dataclass(frozen=True, slots=True)
class Deed:
    """`kinds`: of the states in which it is possible (open, held, ended), or `states` by name. `bars`: marks that forbid it.

    `held_posts`: who may instead, once a unit has it in hand (HELD). `shown_with`: offered only beside this mark. `offered`: on
    the case itself; other deeds are offered where that what they concern is shown.
    """

    name: str
    posts: tuple[str, ...]
    kinds: tuple[str, ...] = ("open", "held")
    bars: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    held_posts: tuple[str, ...] = ()
    offered: bool = True
    shown_with: str = ""


HELD = frozenset({"handling", "suspended", "passed_up", "fed_back", "checking", "checked"})
_COMMAND = ("dispatcher", "town_officer")
_ABOVE = ("leader", "shift_leader", "dispatcher", "town_officer", "county_officer")
_MERGING = ("acceptor", "shift_leader", "community_officer", "town_officer")
_MONEY = (*_MERGING, "dispatcher", "handler", "county_officer")

DEEDS: dict[str, Deed] = {
    "urge": Deed("催办", (*_ABOVE, "community_officer", "supervisor"), kinds=("open",)),
    "order": Deed("发督办单", orders.ISSUING),
    "change_kind": Deed("改事件类别", ("community_officer", "town_officer"), states=("reported",)),
    "ask_help": Deed("请单位协办", _COMMAND, states=("handling", "suspended")),
    "release_help": Deed("不再协办", _COMMAND, offered=False),
    "merge": Deed("并案", _MERGING, held_posts=("shift_leader", "town_officer")),
    "unmerge": Deed("拆分并案", _MERGING, states=("merged",)),
    "ask_renewal": Deed("申请续挂", ("handler", "community_officer"), kinds=("held",), bars=("renewal",)),
    "appeal": Deed("超期申诉", appeal.ASKERS, kinds=("open", "held", "ended"), shown_with="overran"),
    "call_back": Deed("记录回访", calling_back.POSTS, states=("closed",), shown_with=calling_back.MARK),
    "claim": Deed("登记诉求金额", _MONEY),
    "settle": Deed("登记落实金额", _MONEY, kinds=("open", "held", "ended"), shown_with=claims.MARK),
    "mediate": Deed("开始调解", mediation.POSTS, bars=tuple(mediation.MARK_OF.values())),
    "add_letter": Deed("并入来信", (*_MERGING, "dispatcher"), kinds=("open", "held", "ended"), offered=False),
    "decide": Deed("会议决定", meetings.HOLDING, offered=False),
    "renew": Deed("续挂", _COMMAND, kinds=("held",)),
    "refer": Deed("报送签收", ("supervisor", "acceptor", "shift_leader", "dispatcher", "handler", "community_officer",
                           "town_officer", "county_officer")),
}

POST_NAMES = workflow.ROLE_NAMES | {"leader": "领导"}
"""Posts that act beside the flow only have no place in it."""


def decide(deed: str, state: str, roles: Collection[str], marks: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """("yes", ()), or why not with the words to say: wrong_state, wrong_role (posts that may), barred (the mark)."""
    found = DEEDS[deed]
    if state not in found.states if found.states else workflow.STATES[state][1] not in found.kinds:
        return "wrong_state", ()
    posts = found.held_posts if found.held_posts and state in HELD else found.posts
    if not set(roles) & set(posts):
        return "wrong_role", posts
    barred = tuple(mark for mark in found.bars if mark in marks)
    return ("barred", barred) if barred else ("yes", ())


def possible(state: str, roles: Collection[str], marks: Collection[str]) -> list[str]:
    """The deeds that somebody in these posts may do now, in the order of the table."""
    return [deed for deed, found in DEEDS.items() if found.offered and (not found.shown_with or found.shown_with in marks)
            and decide(deed, state, roles, marks)[0] == "yes"]
