"""Refuse to file (不予立案), with the reason that the reporter will be told."""

from uuid import UUID

from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.kernel.actor import Actor


def refuse(actor: Actor, case_id: UUID, *, reason: str) -> Taken:
    """End the case without filing it."""

    def change(moving: Moving) -> None:
        moving.set(ended_at=moving.now, person=None)

    return take(actor, case_id, "refuse", reason=reason, change=change)
