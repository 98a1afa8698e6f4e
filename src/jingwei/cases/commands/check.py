"""Check (核查): before closing, on the spot, whether the work is done."""

from collections.abc import Sequence
from uuid import UUID

from jingwei.cases.commands.proof import NOTHING, Proof
from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.kernel.actor import Actor


def check(actor: Actor, case_id: UUID, *, passed: bool, reason: str = "", files: Sequence[UUID] = (), proof: Proof = NOTHING) -> Taken:
    """Say what was found. Not passed needs a reason; the supervision centre then sends the case back for rework."""

    def change(moving: Moving) -> None:
        moving.set(checked=passed, person=None)

    return take(actor, case_id, "check_pass" if passed else "check_fail", reason=reason, change=change, files=files, proof=proof)
