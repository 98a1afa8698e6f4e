"""Several reports of one problem, handled as one case: whose duties meet, and who goes along with whom. Pure.

Separation of duties holds for the whole (STF-14, AT-09): whoever reported, handled or checked one of the cases did so
for the case that leads them. So two cases are not joined where somebody would then have exercised two duties that are
apart, and after un-merging the leading case still remembers whom it met. Who handled or checked a case may not end its
way by merging it away.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Case = TypeVar("Case", bound=Hashable)
Duties = Mapping[str, Sequence[str]]

ENDING = "close"
"""The duty under which merging a case away is judged: it ends that case's own way."""


def together(leading: Duties, joining: Duties) -> dict[str, list[str]]:
    """The duties of both, each person once, those of the leading case first."""
    return {duty: list(dict.fromkeys([*leading.get(duty, ()), *joining.get(duty, ())]))
            for duty in dict.fromkeys([*leading, *joining])}


def clash(apart: Iterable[tuple[str, str]], leading: Duties, joining: Duties) -> tuple[str, str] | None:
    """Two duties that are apart and that one person would hold once the cases are one, where it holds in neither alone."""
    for first, second in apart:
        for one, other in ((leading, joining), (joining, leading)):
            both = set(one.get(first, ())) & set(other.get(second, ()))
            if both - (set(one.get(first, ())) & set(one.get(second, ()))) - (set(other.get(first, ())) & set(other.get(second, ()))):
                return first, second
    return None


def going_along(joined_to: Mapping[Case, Case], case: Case) -> set[Case]:
    """Of cases and what each was joined to by hand: those that became part of `case`, directly or through others."""
    found: set[Case] = set()
    waiting = [case]
    while waiting:
        one = waiting.pop()
        more = {each for each, into in joined_to.items() if into == one} - found
        found |= more
        waiting += more
    return found - {case}
