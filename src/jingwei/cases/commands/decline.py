"""Decline (不同意申请): the unit's request for an extension or a suspension is answered with no, and why."""

from uuid import UUID

from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.cases.models import Adjustment
from jingwei.kernel.actor import Actor


def decline(actor: Actor, case_id: UUID, *, reason: str) -> Taken:
    """The clock runs on unchanged."""

    def change(moving: Moving) -> None:
        Adjustment.objects.filter(case_id=case_id, state="asked").update(
            state="declined", decided_by=actor.user_id, at=moving.now)
        moving.told["asked"] = moving.case.asked
        moving.set(asked="")

    return take(actor, case_id, "decline", reason=reason, change=change)
