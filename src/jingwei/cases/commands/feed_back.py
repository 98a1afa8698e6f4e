"""Feed back (反馈): the unit says what it did, with photos where it has them."""

from collections.abc import Sequence
from uuid import UUID

from jingwei.cases.commands.proof import NOTHING, Proof
from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.kernel.actor import Actor


def feed_back(actor: Actor, case_id: UUID, *, text: str, files: Sequence[UUID] = (), proof: Proof = NOTHING) -> Taken:
    """The handling clock stops here; if the work is sent back, it runs on with what was left."""

    def change(moving: Moving) -> None:
        moving.set(fed_back_at=moving.now, signed_at=moving.case.signed_at or moving.now, checked=None)

    return take(actor, case_id, "feed_back", text=text, change=change, files=files, proof=proof)
