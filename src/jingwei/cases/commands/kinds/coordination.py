"""Coordination (协调类, CAS-18): the town's office takes note of the result, the community replies to the citizen."""

from collections.abc import Sequence
from uuid import UUID

from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.kernel.actor import Actor


def note(actor: Actor, case_id: UUID, *, text: str = "") -> Taken:
    """The town has read the result. `text`: what the reply should say, if anything."""
    return take(actor, case_id, "note", text=text)


def reply_to_people(actor: Actor, case_id: UUID, *, text: str, files: Sequence[UUID] = ()) -> Taken:
    """What the citizen was told ends the case."""

    def change(moving: Moving) -> None:
        moving.set(ended_at=moving.now, person=None)

    return take(actor, case_id, "reply", text=text, change=change, files=files)
