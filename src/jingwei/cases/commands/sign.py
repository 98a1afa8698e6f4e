"""Sign for a task (签收): the unit says that it has it."""

from uuid import UUID

from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.kernel.actor import Actor


def sign(actor: Actor, case_id: UUID) -> Taken:
    """Signing twice keeps the first time."""

    def change(moving: Moving) -> None:
        moving.set(signed_at=moving.case.signed_at or moving.now)

    return take(actor, case_id, "sign", change=change)
