"""The kinds of event that somebody may report."""

from dataclasses import dataclass

from jingwei.accounts.queries import Right
from jingwei.cases import flow_book
from jingwei.cases.kinds import KINDS
from jingwei.catalogue import queries as catalogue
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.kernel.paths import within


@dataclass(frozen=True, slots=True)
class EventKind:
    code: str
    name: str
    said: str


def kinds_for(actor: Actor) -> list[EventKind]:
    """All of them where cases of any area that one reports in go between levels, else none. One statement."""
    known = generations()
    book = catalogue.book(known)
    for path in {grant.area_path for grant in actor.grants if Right.CASE_REPORT.value in grant.rights}:
        places = {path, *(at for name, at in book.settings if name == "flow_profile" and within(at, path))}
        if any(flow_book.in_force(book.setting("flow_profile", at), at, known).levels for at in places):
            return [EventKind(code, name, said) for code, (name, said) in KINDS.items()]
    return []
