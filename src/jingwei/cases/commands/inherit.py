"""Inherit (接手): what a unit that is taken out of use holds goes to another unit.

No step of the flow: the case stays where it is, its clock runs on, the heir has not signed for it yet. Part of taking
the unit out of use, in its transaction; whoever does that has been asked for the right.
"""

from uuid import UUID

from django.db import transaction

from jingwei.accounts import queries as accounts
from jingwei.cases import workflow
from jingwei.cases.commands import rows
from jingwei.cases.commands.meetings.following import inherit_decisions, tasks_of_unit
from jingwei.cases.commands.orders.due import put_due
from jingwei.cases.commands.orders.going_on import as_a_whole
from jingwei.cases.commands.proposals.step import inherited
from jingwei.cases.commands.step import Moving, show_due
from jingwei.cases.events import UnitCaseEvent
from jingwei.cases.models import Case, Served
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor

_OPEN = [state for state, (_, kind) in workflow.STATES.items() if kind != "ended"]
_OWED = ("issued", "signed", "returned", "replied")


def held_by_unit(unit_id: int) -> dict[str, int]:
    """How many open cases a unit holds, how many supervision orders and tasks of meetings are open with it. Three statements."""
    return {"cases": Case.objects.filter(unit_id=unit_id, state__in=_OPEN).count(),
            "orders": Served.objects.filter(unit_id=unit_id, state__in=_OWED).count(), "tasks": tasks_of_unit(unit_id).count()}


def inherit(actor: Actor, unit_id: int, heir_id: int) -> int:
    """Give every open case and order of the unit to its heir. Returns how many cases went."""
    known, moved = generations(), 0
    heir = accounts.unit_book(known)[heir_id]
    with transaction.atomic(savepoint=False):
        cases = set(Case.objects.filter(unit_id=unit_id, state__in=_OPEN).values_list("id", flat=True))
        ordered = set(Served.objects.filter(unit_id=unit_id, state__in=_OWED).values_list("order__case_id", flat=True))
        for case_id in sorted(cases | ordered):
            tail = journal.hold(f"case:{case_id}")
            case = rows.read(case_id, to_change=True)
            if case is None:
                continue
            moving = Moving(actor, case, "inherit", clock.now(), known)
            moving.told |= {"unit_before": unit_id, "unit": heir_id, "state": case.state}
            if case.unit_id == unit_id and case.state in _OPEN:
                moving.set(unit_id=heir_id, unit_path=heir.path, signed_at=None)
                moved += 1
            _orders(moving, case_id, unit_id, heir_id, heir.path)
            if moving.changed:
                rows.update(case, moving.changed)
                if workflow.STATES[case.state][1] != "ended":
                    show_due(case)
            journal.record(actor, tail, UnitCaseEvent.INHERITED, moving.told, area_path=case.area_path)
        inherited(actor, unit_id, heir_id, heir.path)
        inherit_decisions(actor, unit_id, heir_id, heir.path)
    return moved


def _orders(moving: Moving, case_id: UUID, unit_id: int, heir_id: int, heir_path: str) -> None:
    """The heir signs anew. An order that was served on the heir as well is withdrawn from the unit that is no more."""
    owed = Served.objects.select_related("order").filter(order__case_id=case_id, unit_id=unit_id, state__in=_OWED)
    for served in list(owed):
        every = list(Served.objects.filter(order=served.order).order_by("id"))
        mine = next(one for one in every if one.id == served.id)
        if any(one.unit_id == heir_id for one in every):
            mine.state, mine.reason = "withdrawn", "承办单位已停用"
        else:
            mine.unit_id = heir_id
            if mine.state != "replied":
                mine.state, mine.signed_by, mine.signed_at = "issued", None, None
        mine.state_at = moving.now
        mine.save()
        put_due(mine, served.order, moving.case, heir_path)
        as_a_whole(moving, served.order, every)
