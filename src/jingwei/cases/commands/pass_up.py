"""Pass up to the county (township flow, CAS-12): within one working day, with the reason."""

from uuid import UUID

from jingwei.cases.commands.holder import held_by_nobody
from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.kernel.actor import Actor


def pass_up(actor: Actor, case_id: UUID, *, reason: str) -> Taken:
    """The county answers for it from now on; its result comes back as feedback."""

    def change(moving: Moving) -> None:
        moving.set(level="county", filed_at=moving.case.filed_at or moving.now, dispatched_at=moving.now, fed_back_at=None, checked=None)
        held_by_nobody(moving)

    return take(actor, case_id, "pass_up", reason=reason, change=change)
