"""Deeds beside the flow: they leave a case in its state. Who may do which to a case of which kind. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from jingwei.cases import workflow


@dataclass(frozen=True, slots=True)
class Deed:
    """`kinds`: of the states in which it is possible (open, held, ended). `bars`: marks of a case that forbid it."""

    name: str
    posts: tuple[str, ...]
    kinds: tuple[str, ...] = ("open", "held")
    bars: tuple[str, ...] = ()


DEEDS: dict[str, Deed] = {}


def decide(deed: str, state: str, roles: Collection[str], marks: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """("yes", ()), or why not with the words to say: wrong_state, wrong_role (posts that may), barred (the mark)."""
    found = DEEDS[deed]
    if workflow.STATES[state][1] not in found.kinds:
        return "wrong_state", ()
    if not set(roles) & set(found.posts):
        return "wrong_role", found.posts
    barred = tuple(mark for mark in found.bars if mark in marks)
    return ("barred", barred) if barred else ("yes", ())


def possible(state: str, roles: Collection[str], marks: Collection[str]) -> list[str]:
    """The deeds that somebody in these posts may do now, in the order of the table."""
    return [deed for deed in DEEDS if decide(deed, state, roles, marks)[0] == "yes"]
