"""Reveal who reported: asks for a reason and leaves an entry in the journal."""

from typing import Any
from uuid import UUID

from django.db import transaction

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.cases.commands import private
from jingwei.cases.commands.step import REASON_MOST, may_see
from jingwei.cases.errors import CaseError
from jingwei.cases.events import CaseEvent
from jingwei.cases.models import Case
from jingwei.cases.words import blank, checked, without_numbers
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words


def reveal(actor: Actor, case_id: UUID, *, reason: str) -> dict[str, Any]:
    """The contact and the numbers behind the tokens, in clear: {"contact": {…}, "numbers": {token: value}}."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"case:{case_id}")
        case = Case.objects.filter(id=case_id).first()
        if case is None or not may_see(case, actor):
            raise Refusal(KernelError.NOT_FOUND)
        if not actor.covers(Right.CASE_REVEAL.value, case.area_path, case.unit_path):
            raise no_right(actor, Right.CASE_REVEAL)
        if blank(reason):
            raise Refusal(CaseError.MISSING, action=Words("查看联系方式", "show the contact"), what=Words("理由", "reason"))
        said = without_numbers(checked(reason, "理由", REASON_MOST), {})
        journal.record(actor, tail, CaseEvent.REVEALED, {"reason": said}, area_path=case.area_path)
        return private.opened(case)
