"""Appeal against an overrun (超期申诉) as a small table: asked by who overran, reviewed by two others, one after the other. Pure.

A row is (state, deed, posts, next state, duty). Duties are kept apart on one appeal: nobody reviews what they asked
for, nobody reviews twice, and whoever handled the case or overran reviews nothing.
"""

from collections.abc import Collection

START = ""

STATES = {
    "asked": ("待初审", "open"), "agreed": ("待复审", "open"),
    "granted": ("已同意豁免", "ended"), "refused": ("未同意", "ended"), "withdrawn": ("已撤回", "ended"),
}

# deed -> name on the button
DEEDS = {
    "ask": "超期申诉", "agree": "初审同意", "refuse_first": "初审不同意", "grant": "复审同意豁免", "refuse": "复审不同意",
    "withdraw": "撤回申诉",
}

ASKERS = ("handler", "community_officer", "county_officer", "dispatcher", "town_officer")
FIRST = ("dispatcher", "town_officer")    # the directing axis
SECOND = ("shift_leader", "evaluator")    # the supervising and evaluating axis

Row = tuple[str, str, tuple[str, ...], str, str]

ROWS: tuple[Row, ...] = (
    (START, "ask", ASKERS, "asked", "ask"),
    ("asked", "agree", FIRST, "agreed", "first"),
    ("asked", "refuse_first", FIRST, "refused", "first"),
    ("asked", "withdraw", ASKERS, "withdrawn", "ask"),
    ("agreed", "grant", SECOND, "granted", "second"),
    ("agreed", "refuse", SECOND, "refused", "second"),
    ("agreed", "withdraw", ASKERS, "withdrawn", "ask"),
)

# Who did the first may not do the second. `handled` and `overran` are what somebody did on the case, not on the appeal.
APART = (("ask", "first"), ("ask", "second"), ("first", "second"), ("handled", "first"), ("handled", "second"),
         ("overran", "first"), ("overran", "second"))

DONE = {"ask": "提出申诉", "first": "初审", "handled": "处置", "overran": "超期环节的办理"}


def find(state: str, deed: str) -> Row | None:
    """The row for a deed in a state, or None: there is at most one."""
    return next((row for row in ROWS if row[0] == state and row[1] == deed), None)


def decide(state: str, deed: str, posts: Collection[str], done: Collection[str]) -> tuple[str, Row | str | tuple[str, ...]]:
    """("yes", row), or why not: wrong_state (the state), wrong_role (posts that may), apart (the earlier), not_own.

    `done`: what this person did before: on this appeal `ask`, `first`; on the case `handled`, `overran`.
    """
    row = find(state, deed)
    if row is None:
        return "wrong_state", state
    if not set(posts) & set(row[2]):
        return "wrong_role", row[2]
    if deed == "withdraw" and "ask" not in done:
        return "not_own", state
    for earlier, later in APART:
        if later == row[4] and earlier in done:
            return "apart", earlier
    return "yes", row


def possible(state: str, posts: Collection[str], done: Collection[str]) -> list[str]:
    """The deeds that this person may do now, in the order of the table."""
    return [row[1] for row in ROWS if row[0] == state and decide(state, row[1], posts, done)[0] == "yes"]
