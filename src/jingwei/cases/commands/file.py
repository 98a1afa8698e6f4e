"""File (立案): the case is real, has a class and a filing condition, and gets its limit for handling."""

from uuid import UUID

from jingwei.cases.commands.part import name_part
from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.cases.errors import CaseError
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words


def file(actor: Actor, case_id: UUID, *, class_code: str = "", condition_id: int | None = None,
         part: UUID | None = None) -> Taken:
    """File under a class ("scheme/kind/code"; the one given at reporting if left out) and, if known, a condition.

    `part`: what it is about, of the parts register; left out, the one named before stays.
    Without a condition the class's only one is taken; with several, one must be named, since the limit hangs on it.
    """
    return take(actor, case_id, "file", change=lambda moving: _classify(moving, class_code, condition_id, part))


def _classify(moving: Moving, class_code: str, condition_id: int | None, part: UUID | None) -> None:
    book, case = moving.book, moving.case
    found = book.by_code.get(class_code) if class_code else book.classes.get(case.class_entry_id)
    if found is None or not found.active:
        if not class_code:
            raise Refusal(CaseError.MISSING, action=Words("立案", "file"), what=Words("分类", "class"))
        raise Refusal(CaseError.UNKNOWN_CLASS, code=class_code[:80])
    conditions = book.conditions_of(found.id)
    if condition_id is None and len(conditions) == 1:
        condition_id = conditions[0].id
    condition = book.conditions.get(condition_id) if condition_id is not None else None
    if condition_id is not None and (condition is None or condition.class_id != found.id):
        raise Refusal(CaseError.UNKNOWN_CONDITION)
    if condition is None and conditions:
        raise Refusal(CaseError.MISSING, action=Words("立案", "file"), what=Words("立案条件", "condition for filing"))
    moving.set(
        class_entry_id=found.id, condition_id=condition_id, filed_at=moving.now, person=None,
        handle_value=condition.limit_value if condition else None,
        handle_unit=(condition.limit_unit or "") if condition else "")
    name_part(moving, part)
    moving.told |= {"class": found.code, "condition": condition_id}
