"""Solve on the spot (当场处置): the worker who found it puts it right, records it, and it is closed (CAS-17)."""

from collections.abc import Sequence
from uuid import UUID

from jingwei.cases.commands.proof import NOTHING, Proof
from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.kernel.actor import Actor


def solve(actor: Actor, case_id: UUID, *, text: str, files: Sequence[UUID] = (), proof: Proof = NOTHING) -> Taken:
    """Only one's own report; counted apart from cases that were filed."""

    def change(moving: Moving) -> None:
        moving.set(ended_at=moving.now, person=None)

    return take(actor, case_id, "solve", text=text, change=change, files=files, proof=proof)
