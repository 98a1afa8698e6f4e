"""Reopen (重新打开): a closed or refused case goes back to where it is decided anew; what was done stays told."""

from uuid import UUID

from jingwei.cases.commands.holder import held_by_nobody
from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.kernel.actor import Actor


def reopen(actor: Actor, case_id: UUID, *, reason: str) -> Taken:
    """A closed case waits for dispatch again, a refused one for acceptance."""

    def change(moving: Moving) -> None:
        held_by_nobody(moving)
        moving.set(ended_at=None, fed_back_at=None, dispatched_at=None, checked=None)
        if moving.flow.levels and moving.case.state == "closed":
            moving.set(level="town")

    return take(actor, case_id, "reopen", reason=reason, change=change)
