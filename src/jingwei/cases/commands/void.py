"""Void (作废): filed by mistake. It leaves the figures and stays in the ledger."""

from uuid import UUID

from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.cases.models import Adjustment
from jingwei.kernel.actor import Actor


def void(actor: Actor, case_id: UUID, *, reason: str) -> Taken:
    """End the case as void; an open suspension ends with it."""

    def change(moving: Moving) -> None:
        Adjustment.objects.filter(case_id=case_id, kind="suspension", state="granted", ended_at=None).update(
            ended_at=moving.now)
        moving.set(ended_at=moving.now, person=None)

    return take(actor, case_id, "void", reason=reason, change=change)
