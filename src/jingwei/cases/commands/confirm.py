"""Confirm a feedback (批转): the directing centre finds it sound and asks for the check on the spot."""

from uuid import UUID

from jingwei.cases.commands.step import Taken, take
from jingwei.cases.commands.task import give_to
from jingwei.kernel.actor import Actor


def confirm(actor: Actor, case_id: UUID, *, person: UUID | None = None) -> Taken:
    """Pass the case on to be checked, by the named grid worker or by any of the place."""
    return take(actor, case_id, "confirm", change=lambda moving: give_to(moving, person, "check"))
