"""Which part of the register a case is about: looked up only where one is named, written with the rest of the row."""

from uuid import UUID

from jingwei.cases.commands.step import Moving
from jingwei.cases.errors import CaseError
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.registry import queries as registry


def known_part(actor: Actor, part: UUID | None) -> UUID | None:
    """The part, if the person who names it may see it. One statement, none where none is named."""
    if part is None:
        return None
    try:
        return registry.seen_part(actor, part).id
    except Refusal as refusal:
        if refusal.reason is not KernelError.NOT_FOUND:
            raise
        raise Refusal(CaseError.UNKNOWN_PART) from refusal


def name_part(moving: Moving, part: UUID | None) -> None:
    """Name it in a step, or another one than before."""
    if part is not None and part != moving.case.part_id:
        moving.set(part_id=known_part(moving.actor, part))
        moving.told["part"] = str(part)
