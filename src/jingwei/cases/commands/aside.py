"""The one way a deed beside the flow is done: lock, permission by the table, change, journal entry. The case stays where it is."""

from collections.abc import Callable
from enum import Enum
from uuid import UUID

from django.db import transaction

from jingwei.cases import beside, workflow
from jingwei.cases.commands import rows
from jingwei.cases.commands.step import REASON_MOST, Moving, held, roles_towards
from jingwei.cases.errors import CaseError
from jingwei.cases.marks import marks_of
from jingwei.cases.models import Case
from jingwei.cases.words import blank
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words


def aside(actor: Actor, case_id: UUID, deed: str, event: Enum, change: Callable[[Moving], None]) -> Case:
    """Do `deed` to a case: `change` sets columns and says what the entry tells. Refuses in words; nothing is written once it refuses."""
    with transaction.atomic(savepoint=False):
        tail, case = held(actor, case_id)
        permitted(case, actor, deed)
        moving = Moving(actor, case, deed, clock.now(), generations())
        change(moving)
        if moving.changed:
            rows.update(case, moving.changed)
        journal.record(actor, tail, event, moving.told, area_path=case.area_path)
        return case


def needed(moving: Moving, what: str, given: str, most: int = REASON_MOST) -> None:
    """Words that the deed asks for, into the entry, freed of numbers that identify someone. Refuses where nothing is said."""
    if blank(given):
        deed = Words(beside.DEEDS[moving.action].name, moving.action.replace("_", " "))
        raise Refusal(CaseError.MISSING, action=deed, what=Words({"reason": "理由"}.get(what, "说明"), what))
    moving.tell(what, given, most)


def permitted(case: Case, actor: Actor, deed: str) -> None:
    """Nothing, or the refusal that names the rule."""
    answer, words = beside.decide(deed, case.state, roles_towards(case, actor), marks_of(case.marks))
    if answer == "yes":
        return
    named = Words(beside.DEEDS[deed].name, deed.replace("_", " "))
    if answer == "wrong_role":
        posts = Words("、".join(beside.POST_NAMES[post] for post in words), ", ".join(words).replace("_", " "))
        raise Refusal(CaseError.WRONG_ROLE, action=named, roles=posts)
    raise Refusal(CaseError.NOT_NOW, action=named, state=Words(workflow.STATES[case.state][0], case.state.replace("_", " ")))
