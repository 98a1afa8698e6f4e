"""Dispatch (派遣): to the unit that the rules name for this class and place, or to the one the dispatcher chooses."""

from uuid import UUID

from jingwei.cases.commands.holder import active_unit, hold_by
from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.cases.errors import CaseError
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal


def dispatch(actor: Actor, case_id: UUID, *, unit_code: str = "") -> Taken:
    """Give the case to a unit. Without a unit the rule's; without a rule the case waits, and the refusal says so."""
    return take(actor, case_id, "dispatch", change=lambda moving: _choose(moving, unit_code))


def _choose(moving: Moving, unit_code: str) -> None:
    case = moving.case
    if unit_code:
        unit = active_unit(moving, code=unit_code)
    else:
        named = moving.book.responsible(case.class_entry_id, case.area_path) if case.class_entry_id else None
        if named is None:
            found = moving.book.classes.get(case.class_entry_id)
            raise Refusal(CaseError.NO_RULE, code=found.code if found else "—")
        unit = active_unit(moving, unit_id=named)
    moving.told["by_rule"] = not unit_code
    if moving.flow.levels:
        moving.set(level="town")
    moving.set(filed_at=case.filed_at or moving.now, dispatched_at=moving.now, fed_back_at=None)
    hold_by(moving, unit)
