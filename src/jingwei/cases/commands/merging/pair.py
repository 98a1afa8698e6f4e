"""Two cases held at once, always in the same order, so that two who join the same pair wait for each other and no longer."""

from collections.abc import Sequence
from uuid import UUID

from jingwei.cases.commands import rows
from jingwei.cases.commands.step import may_see
from jingwei.cases.models import Case
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal


def held(ids: Sequence[UUID]) -> tuple[dict[UUID, journal.Tail], dict[UUID, Case | None]]:
    """The subjects and then the rows of cases, locked until the transaction ends; None for what does not exist."""
    order = sorted(set(ids), key=str)
    tails = {each: journal.hold(f"case:{each}") for each in order}
    return tails, {each: rows.read(each, to_change=True) for each in order}


def seen(actor: Actor, case: Case | None) -> Case:
    """The case, or the same refusal whether it does not exist or cannot be seen."""
    if case is None or not may_see(case, actor):
        raise Refusal(KernelError.NOT_FOUND)
    return case
