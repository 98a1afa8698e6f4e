"""A flow of cases as data: who may do what in which state, and where it leads. Pure.

A flow is read from a document (`flow_document.py`); its words are those of `workflow.py`, and code knows what each
action does. What a case waits for, its clocks and whose duties are kept apart stand in the flow, too.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from jingwei.cases.workflow import ACTIONS

Words = Collection[str]
# While a unit of the town handles a case, a community's officer has no part in it (see commands/step.py).
_BESIDE = {"handling": frozenset({"community_officer"}), "suspended": frozenset({"community_officer"})}


class Row(NamedTuple):
    """`posts` may do `action` in `state`, and it leads `to` another, or the same.

    `duty`: the axis that the deed exercises, remembered by person (separation of duties, STF-14, AT-09).
    `needs`: facts about the case that must hold. `asks`: what the person must give with it.
    """

    state: str
    action: str
    posts: tuple[str, ...]
    to: str
    duty: str
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


class Usual(NamedTuple):
    """In this state, where all the signs hold, this is what ordinarily happens next; the first that fits counts.

    Asking for time, handing on, voiding and returning are ways out, so nothing waits for them.
    """

    state: str
    action: str
    signs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flow:
    """One version of a flow. It never changes once cases run by it.

    `apart`: nobody does both on the same case, whichever comes first and whatever posts they hold.
    `clocks`: which limit runs in a state: a stage limit of the catalogue ("stage:…"), that of the level which handles
    the case ("level:…"), or that of the filing standard ("class").
    `verify_first`: channels whose reports are verified on the spot before filing (product C1).
    `levels`: cases go between community, town and county.
    """

    code: str
    name: str
    version: int
    rows: tuple[Row, ...]
    apart: tuple[tuple[str, str], ...]
    clocks: Mapping[str, str]
    usual: tuple[Usual, ...]
    verify_first: tuple[str, ...] = ()
    levels: bool = False

    @cached_property
    def _by_deed(self) -> dict[tuple[str, str], Row]:
        return {(row.state, row.action): row for row in self.rows}

    @cached_property
    def _by_state(self) -> dict[str, tuple[Row, ...]]:
        return {state: tuple(row for row in self.rows if row.state == state) for state in {row.state for row in self.rows}}

    @cached_property
    def states(self) -> frozenset[str]:
        """The states that a case can be in."""
        return frozenset(row.to for row in self.rows)

    @cached_property
    def actions(self) -> frozenset[str]:
        return frozenset(row.action for row in self.rows)

    @cached_property
    def _kept_off(self) -> dict[str, frozenset[str]]:
        both = [*self.apart, *((later, earlier) for earlier, later in self.apart)]
        return {duty: frozenset(other for other, later in both if later == duty) for _, duty in both}

    def find(self, state: str, action: str) -> Row | None:
        """The row for an action in a state, or None: there is at most one."""
        return self._by_deed.get((state, action))

    def rows_in(self, state: str) -> tuple[Row, ...]:
        """What may happen in a state, in the order of the flow."""
        return self._by_state.get(state, ())

    def keeps_off(self, duty: str) -> frozenset[str]:
        """The duties that keep whoever exercised them from exercising this one on the same case."""
        return self._kept_off.get(duty, frozenset())

    def decide(self, state: str, action: str, posts: Words, *, duties: Words = (),
               facts: Words = ()) -> tuple[str, Row | tuple[str, ...] | str]:
        """Whether a person may do `action` now: ("yes", row), or (why not, detail).

        `posts`: those held towards this case. `duties`: what this person did on it before.
        `facts`: the names in NEEDS that hold. Why not is one of: unknown_action, wrong_state (detail: actions
        possible now), wrong_role (detail: posts that may), apart (detail: the earlier duty), or a name of NEEDS.
        """
        if action not in ACTIONS:
            return "unknown_action", action
        row = self.find(state, action)
        if row is None:
            return "wrong_state", tuple(other.action for other in self.rows_in(state))
        if not any(post in posts for post in row.posts):
            return "wrong_role", row.posts
        for earlier in self.keeps_off(row.duty):
            if earlier in duties:
                return "apart", earlier
        for need in row.needs:
            if need not in facts:
                return need, row
        return "yes", row

    def possible(self, state: str, posts: Words, *, duties: Words = (), facts: Words = ()) -> tuple[Row, ...]:
        """The rows that this person may do now, in the order of the flow: exactly the buttons of the screen."""
        return tuple(row for row in self.rows_in(state)
                     if self.decide(state, row.action, posts, duties=duties, facts=facts)[0] == "yes")

    def usual_step(self, state: str, possible: Words, signs: Words = ()) -> str:
        """Which of the actions that a person may take now is the usual one, '' where none of them is."""
        for step in self.usual:
            if step.state == state and step.action in possible and all(sign in signs for sign in step.signs):
                return step.action
        return ""

    def waits_for_posts(self, state: str, signs: Words = (), *, in_community: bool = False) -> frozenset[str]:
        """The posts that have a usual step to take now. Who holds one may still be kept off it by another duty."""
        posts: set[str] = set()
        for step in self.usual:
            row = self.find(state, step.action)
            if step.state == state and row is not None and all(sign in signs for sign in step.signs):
                posts.update(row.posts)
        return frozenset(posts if in_community else posts - _BESIDE.get(state, frozenset()))
