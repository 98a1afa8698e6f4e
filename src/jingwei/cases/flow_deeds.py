"""What the code of each action bears: from where to where, what it is remembered as, what may and must be given. Pure.

A flow chooses from this; it cannot ask an action to do what its command does not do. A new action needs its line here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from jingwei.cases.workflow import START


@dataclass(frozen=True, slots=True)
class Bears:
    """`ways`: state → states it may lead to. `duty`: state → what it is remembered as ("*": wherever else).

    `needs`: facts without which the command must not run. `must`: what has to be given always; `may`: what can be asked besides.
    `levels`: only in a flow with levels (True), only in one without (False).
    """

    ways: Mapping[str, tuple[str, ...]]
    duty: Mapping[str, str]
    needs: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    levels: bool | None = None


def _stays(state: str) -> dict[str, tuple[str, ...]]:
    return {state: (state,)}


_VOIDABLE = ("filed", "handling", "suspended", "passed_up", "reviewing", "publicising", "fed_back", "replying", "checking", "checked")
_ACCEPT, _HANDLE, _COMMAND, _CHECK, _CLOSE, _FILE, _VERIFY = (
    {"*": duty} for duty in ("accept", "handle", "command", "check", "close", "file", "verify"))

BEARS: dict[str, Bears] = {
    "report": Bears({START: ("reported",)}, {"*": "report"}, must=("place", "text")),
    "ask_verify": Bears({"reported": ("verifying",), "verified": ("verifying",)}, {"*": "accept"}),
    "verify_true": Bears({"verifying": ("verified", "reported")}, _VERIFY, may=("reason",)),
    "verify_false": Bears({"verifying": ("reported", "verified")}, _VERIFY, must=("reason",)),
    "solve": Bears({"reported": ("closed",)}, {"*": "solve"}, needs=("own_report",), must=("text",)),
    "accept": Bears({"reported": ("handling",)}, _HANDLE, levels=True),
    "file": Bears({"reported": ("filed",), "verified": ("filed",)}, _FILE, needs=("verified_if_public",), must=("class",)),
    "refuse": Bears({"reported": ("refused",), "verified": ("refused",), "reviewing": ("refused",)}, _FILE, must=("reason",)),
    "dispatch": Bears({"reported": ("handling",), "filed": ("handling",)}, _COMMAND, may=("unit",)),
    "sign": Bears(_stays("handling"), _HANDLE),
    "hand_on": Bears({"reported": ("filed",), "handling": ("filed", "handling")}, {"reported": "accept", "*": "handle"},
                     must=("reason",), may=("unit",)),
    "pass_up": Bears({"reported": ("passed_up",), "filed": ("passed_up",), "handling": ("passed_up",), "checked": ("passed_up",)}, _COMMAND,
                     must=("reason",), levels=True),
    "submit": Bears({"reported": ("reviewing",)}, _ACCEPT, must=("text",), levels=True),
    "approve": Bears({"reviewing": ("publicising",)}, _FILE, must=("text",), levels=True),
    "object": Bears({"publicising": ("reviewing",)}, _ACCEPT, must=("reason",), levels=True),
    "grant": Bears({"publicising": ("closed",)}, _CLOSE, needs=("publicity_over",), may=("text",), levels=True),
    "follow": Bears(_stays("handling") | _stays("passed_up"), {"*": "report"}, must=("text",), levels=True),
    "note": Bears({"fed_back": ("replying",)}, _CHECK, may=("text",), levels=True),
    "reply": Bears({"replying": ("closed",)}, _HANDLE, must=("text",), levels=True),
    "ask_extension": Bears(_stays("handling"), _HANDLE, needs=("nothing_asked",), must=("reason", "limit")),
    "extend": Bears(_stays("handling"), _COMMAND, needs=("extension_asked_or_given",), must=("reason", "limit")),
    "ask_suspension": Bears(_stays("handling"), _HANDLE, needs=("nothing_asked",), must=("reason",)),
    "suspend": Bears({"handling": ("suspended",)}, _COMMAND, needs=("suspension_asked_or_given",), must=("reason",)),
    "decline": Bears(_stays("handling"), _COMMAND, needs=("something_asked",), must=("reason",)),
    "resume": Bears({"suspended": ("handling",)}, _COMMAND),
    "feed_back": Bears({"handling": ("fed_back", "checking"), "passed_up": ("fed_back", "checking")}, _HANDLE, must=("text",)),
    "confirm": Bears({"fed_back": ("checking",)}, _COMMAND),
    "check_pass": Bears({"checking": ("checked",)}, _CHECK, may=("reason",)),
    "check_fail": Bears({"checking": ("checked",)}, _CHECK, must=("reason",)),
    "rework": Bears({"fed_back": ("handling",), "checked": ("handling",)}, {"fed_back": "command", "*": "close"}, must=("reason",)),
    "return": Bears(
        {"verifying": ("reported",), "filed": ("verified", "reported"), "handling": ("filed",), "passed_up": ("filed",),
         "reviewing": ("reported",), "replying": ("fed_back",), "checking": ("fed_back",), "checked": ("checking",)},
        {"verifying": "verify", "filed": "command", "handling": "handle", "passed_up": "handle", "reviewing": "file", "replying": "handle",
         "checking": "check", "*": "close"},
        must=("reason",)),
    "close": Bears({"checked": ("closed",)}, _CLOSE, needs=("check_passed",), may=("text",)),
    "reopen": Bears({"closed": ("filed",), "refused": ("reported",)}, _CLOSE, must=("reason",)),
    "void": Bears(dict.fromkeys(_VOIDABLE, ("void",)), _CLOSE, must=("reason",)),
}

# Where a case that was closed on the spot has nothing to go back to.
NEEDS_IN: dict[tuple[str, str], tuple[str, ...]] = {("closed", "reopen"): ("filed_before",)}


def duty_of(state: str, action: str) -> str:
    """What an action done in a state is remembered as."""
    duty = BEARS[action].duty
    return duty.get(state, duty["*"])


def must_need(state: str, action: str) -> tuple[str, ...]:
    """The facts without which an action must not be done in a state."""
    return NEEDS_IN.get((state, action), BEARS[action].needs)


def targets(state: str, action: str, *, levels: bool) -> tuple[str, ...]:
    """Where an action may lead from a state in a flow with or without levels; () where its code cannot do it."""
    bears = BEARS[action]
    if bears.levels is not None and bears.levels != levels:
        return ()
    found = bears.ways.get(state, ())
    if action == "hand_on":  # with levels up to the town, without them within the unit's own tree
        return tuple(to for to in found if (to == "filed") == levels)
    return found
