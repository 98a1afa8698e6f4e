"""Sudden events (突发类, CAS-19): the grid worker tells from the scene how it goes, as often as needed."""

from collections.abc import Sequence
from uuid import UUID

from jingwei.cases.commands.step import Taken, take
from jingwei.kernel.actor import Actor


def follow_up(actor: Actor, case_id: UUID, *, text: str, files: Sequence[UUID] = ()) -> Taken:
    """The case stays where it is, and its clock runs on."""
    return take(actor, case_id, "follow", text=text, files=files)
