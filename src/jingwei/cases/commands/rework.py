"""Rework (返工): the work is not done; the unit goes on with what was left of its time."""

from uuid import UUID

from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.kernel.actor import Actor


def rework(actor: Actor, case_id: UUID, *, reason: str) -> Taken:
    """Back to the unit that fed it back."""

    def change(moving: Moving) -> None:
        moving.set(reworks=moving.case.reworks + 1, checked=None, fed_back_at=None, person=None)
        moving.go_on()

    return take(actor, case_id, "rework", reason=reason, change=change)
