"""Dispatch (派遣): to the unit that the rules name for this case, or to the one the dispatcher chooses."""

from typing import Any
from uuid import UUID

from django.db import transaction

from jingwei.accounts import queries as accounts
from jingwei.cases import answering
from jingwei.cases.commands.help import ask_by_rule
from jingwei.cases.commands.holder import active_unit, hold_by
from jingwei.cases.commands.step import Moving, Taken, take
from jingwei.cases.errors import CaseError
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal


def dispatch(actor: Actor, case_id: UUID, *, unit_code: str = "", by_itself: bool = False) -> Taken:
    """Give the case to a unit. Without a unit the rule's, and the units that the rule has help are asked, too; without a
    rule the case waits, and the refusal says so. `by_itself`: nobody confirmed it, the rule says so.
    """
    helpers: list[Any] = []

    def change(moving: Moving) -> None:
        if by_itself:
            moving.told["by_itself"] = True
        helpers.extend(_choose(moving, unit_code))

    with transaction.atomic(savepoint=False):
        taken = take(actor, case_id, "dispatch", change=change)
        ask_by_rule(actor, case_id, helpers)
        return taken


def _choose(moving: Moving, unit_code: str) -> list[Any]:
    """Returns the units that the rule asks to help, of those in use."""
    case, helpers = moving.case, []
    if unit_code:
        unit = active_unit(moving, code=unit_code)
    else:
        named = answering.named(case, moving.book, moving.now, moving.generations)
        if named.unit_id is None:
            found = moving.book.classes.get(case.class_entry_id)
            raise Refusal(CaseError.NO_RULE, code=found.code if found else "—")
        unit = active_unit(moving, unit_id=named.unit_id)
        units = accounts.unit_book(moving.generations)
        helpers = [units[one] for one in named.rule.helpers if units[one].active] if named.rule else []
    moving.told["by_rule"] = not unit_code
    if moving.flow.levels:
        moving.set(level="town")
    moving.set(filed_at=case.filed_at or moving.now, dispatched_at=moving.now, fed_back_at=None)
    hold_by(moving, unit)
    return helpers
