"""Verify (核实): before filing, on the spot, whether what the public reported is there."""

from collections.abc import Sequence
from uuid import UUID

from jingwei.cases.commands.proof import NOTHING, Proof
from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.cases.commands.task import give_to
from jingwei.kernel.actor import Actor


def ask_verify(actor: Actor, case_id: UUID, *, person: UUID | None = None) -> Taken:
    """Send a verification task to a grid worker of the place, or to all of them where nobody is named."""
    return take(actor, case_id, "ask_verify", change=lambda moving: give_to(moving, person, "verify"))


def verify(actor: Actor, case_id: UUID, *, found: bool, reason: str = "", files: Sequence[UUID] = (), proof: Proof = NOTHING) -> Taken:
    """Say what was found on the spot. `found` False needs a reason and leaves the decision to the acceptor."""

    def change(moving: Moving) -> None:
        moving.set(verified=found, person=None)

    return take(actor, case_id, "verify_true" if found else "verify_false", reason=reason, change=change, files=files, proof=proof)
