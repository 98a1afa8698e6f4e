"""Close (结案): only what was checked on the spot and passed."""

from uuid import UUID

from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.kernel.actor import Actor


def close(actor: Actor, case_id: UUID, *, text: str = "") -> Taken:
    """End the case. `text`: a closing remark, if any."""

    def change(moving: Moving) -> None:
        moving.set(ended_at=moving.now, person=None)

    return take(actor, case_id, "close", text=text, change=change)
