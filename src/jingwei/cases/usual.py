"""The usual next step of a case, and the posts that a case waits for because they have it to do. Pure.

A row is (state, action, signs): in this state, where all the signs hold, this is what ordinarily happens next; the
first row that fits counts. Asking for time, handing on, voiding and returning are ways out, so nothing waits for them.
"""

from collections.abc import Collection

from jingwei.cases.workflow import find

# What a case may show beside its state.
SIGNS = ("unsigned", "extension_asked", "suspension_asked", "verify_missing", "verify_denied", "check_failed")

_COMMON = (
    ("handling", "extend", ("extension_asked",)),
    ("handling", "suspend", ("suspension_asked",)),
    ("handling", "sign", ("unsigned",)),
    ("handling", "feed_back", ()),
    ("suspended", "resume", ()),
    ("checking", "check_pass", ()),
)
USUAL = {
    "city": (
        ("reported", "refuse", ("verify_denied",)),
        ("reported", "ask_verify", ("verify_missing",)),
        ("reported", "file", ()),
        ("verifying", "verify_true", ()),
        ("verified", "file", ()),
        ("filed", "dispatch", ()),
        *_COMMON,
        ("fed_back", "confirm", ()),
        ("checked", "rework", ("check_failed",)),
        ("checked", "close", ()),
    ),
    "township": (
        ("reported", "accept", ()),
        ("filed", "dispatch", ()),
        *_COMMON,
        ("passed_up", "feed_back", ()),
        ("checked", "rework", ("check_failed",)),
        ("checked", "pass_up", ("check_failed",)),
        ("checked", "close", ()),
    ),
}

# While a unit of the town handles a case, a community's officer has no part in it (see commands/step.py).
_BESIDE = {"handling": frozenset({"community_officer"}), "suspended": frozenset({"community_officer"})}


def usual(profile: str, state: str, possible: Collection[str], signs: Collection[str] = ()) -> str:
    """Which of the actions that a person may take now is the usual one, '' where none of them is."""
    for row_state, action, needed in USUAL[profile]:
        if row_state == state and action in possible and all(sign in signs for sign in needed):
            return action
    return ""


def waits_for_posts(profile: str, state: str, signs: Collection[str] = (), *, in_community: bool = False) -> frozenset[str]:
    """The posts that have a usual step to take now. Who holds one of them may still be kept off it by another duty."""
    posts: set[str] = set()
    for row_state, action, needed in USUAL[profile]:
        row = find(profile, state, action)
        if row_state == state and row is not None and all(sign in signs for sign in needed):
            posts.update(row[2])
    return frozenset(posts if in_community else posts - _BESIDE.get(state, frozenset()))


def waiting_states(profile: str, role: str) -> frozenset[str]:
    """The states in which a case may wait for a post, whatever else it shows."""
    return frozenset(state for state, _, _ in USUAL[profile]
                     if role in waits_for_posts(profile, state, SIGNS, in_community=True))
