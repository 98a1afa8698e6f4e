"""Return (退回): one step back, with the reason."""

from uuid import UUID

from jingwei.cases.commands.holder import held_by_nobody
from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.kernel.actor import Actor


def send_back(actor: Actor, case_id: UUID, *, reason: str) -> Taken:
    """Where to, the flow says; a unit that returns a case no longer holds it."""

    def change(moving: Moving) -> None:
        state = moving.case.state
        moving.set(returns=moving.case.returns + 1, person=None)
        if state == "checked":
            moving.set(checked=None)
        if state in ("handling", "passed_up"):
            held_by_nobody(moving)
            moving.set(dispatched_at=None)
            if moving.flow.levels:
                moving.set(level="town")
        if state == "filed":
            moving.set(filed_at=None)
            if moving.flow.levels:
                moving.set(level="")

    return take(actor, case_id, "return", reason=reason, change=change)
