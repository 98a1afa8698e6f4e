"""Suspension (挂账): asked by the unit, granted by the directing centre; the handling clock stands still."""

from uuid import UUID

from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.cases.models import Adjustment
from jingwei.kernel.actor import Actor


def ask_suspension(actor: Actor, case_id: UUID, *, reason: str) -> Taken:
    """Ask that the clock be stopped. It runs on until that is granted."""

    def change(moving: Moving) -> None:
        Adjustment.objects.create(case_id=case_id, kind="suspension", state="asked", reason=moving.told["reason"],
                                  asked_by=actor.user_id, at=moving.now)
        moving.set(asked="suspension")
        moving.told["asked_at"] = moving.now

    return take(actor, case_id, "ask_suspension", reason=reason, change=change)


def suspend(actor: Actor, case_id: UUID, *, reason: str) -> Taken:
    """Stop the clock until somebody resumes the case. No countdown is shown meanwhile."""

    def change(moving: Moving) -> None:
        given = {"state": "granted", "decided_by": actor.user_id, "began_at": moving.now, "at": moving.now}
        asked = Adjustment.objects.filter(case_id=case_id, state="asked").update(**given)
        if not asked:
            Adjustment.objects.create(case_id=case_id, kind="suspension", reason=moving.told["reason"], **given)
        moving.set(asked="")

    return take(actor, case_id, "suspend", reason=reason, change=change)


def resume(actor: Actor, case_id: UUID) -> Taken:
    """Let the clock run on with what was left; extensions granted before count on."""

    def change(moving: Moving) -> None:
        Adjustment.objects.filter(case_id=case_id, kind="suspension", state="granted", ended_at=None).update(
            ended_at=moving.now)
        moving.go_on()

    return take(actor, case_id, "resume", change=change)
