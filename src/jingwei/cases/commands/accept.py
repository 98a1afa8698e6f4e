"""Accept and handle in the community (township flow): the community's own unit answers for it."""

from uuid import UUID

from jingwei.cases.commands.holder import active_unit, hold_by
from jingwei.cases.commands.part import name_part
from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.cases.errors import CaseError
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words


def accept(actor: Actor, case_id: UUID, *, part: UUID | None = None) -> Taken:
    """Take the case on in the community, to be handled within its limit (CAS-09: 3 working days).

    `part`: what it is about, of the parts register.
    """

    def change(moving: Moving) -> None:
        if moving.actor.unit_id is None:
            raise Refusal(CaseError.MISSING, action=Words("受理并办理", "accept"), what=Words(
                "您的所属单位（请管理员在人员信息中补上）", "your unit, which an administrator enters with your account"))
        moving.set(level="community", dispatched_at=moving.now, filed_at=moving.now)
        name_part(moving, part)
        hold_by(moving, active_unit(moving, unit_id=moving.actor.unit_id))

    return take(actor, case_id, "accept", change=change)
