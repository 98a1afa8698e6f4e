"""An order goes on at one unit: signed for, answered, accepted or sent back, withdrawn."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction

from jingwei.accounts import queries as accounts
from jingwei.cases import beside, orders
from jingwei.cases.commands import rows
from jingwei.cases.commands.orders.due import put_due
from jingwei.cases.commands.step import REASON_MOST, TEXT_MOST, Moving
from jingwei.cases.errors import CaseError
from jingwei.cases.events import OrderEvent
from jingwei.cases.marks import with_mark, without_mark
from jingwei.cases.models import Case, Order, Served
from jingwei.cases.order_errors import OrderError
from jingwei.cases.queries.standing import sees_order, stands_towards
from jingwei.cases.words import blank
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words

Change = Callable[[Moving, Served], None]

_DID = {"issued_by": "签发", "replied_by": "报告办理情况", "signed_by": "签收"}


def sign_order(actor: Actor, order_id: UUID, *, unit_code: str = "") -> UUID:
    """Proof of receipt: who of the unit signed, and when; returns the order. `unit_code`: where somebody works for several."""

    def change(moving: Moving, served: Served) -> None:
        served.signed_by, served.signed_at = actor.user_id, moving.now

    return _go_on(actor, order_id, unit_code, "sign", OrderEvent.SIGNED, change)


def reply(actor: Actor, order_id: UUID, *, text: str, unit_code: str = "") -> UUID:
    """Report what was done about it."""

    def change(moving: Moving, served: Served) -> None:
        _say(moving, "reply", "text", text, TEXT_MOST, Words("办理情况", "what was done"))
        served.reply, served.replied_by, served.replied_at = moving.told["text"], actor.user_id, moving.now
        served.reason = ""

    return _go_on(actor, order_id, unit_code, "reply", OrderEvent.REPLIED, change)


def accept_reply(actor: Actor, order_id: UUID, *, unit_code: str = "") -> UUID:
    """The order is done at this unit."""
    return _go_on(actor, order_id, unit_code, "accept", OrderEvent.ACCEPTED, _judged)


def return_reply(actor: Actor, order_id: UUID, *, reason: str, unit_code: str = "") -> UUID:
    """Not enough: the unit has it again, by the same date."""

    def change(moving: Moving, served: Served) -> None:
        _say(moving, "return", "reason", reason, REASON_MOST, Words("理由", "reason"))
        _judged(moving, served)
        served.reason, served.returns = moving.told["reason"], served.returns + 1

    return _go_on(actor, order_id, unit_code, "return", OrderEvent.RETURNED, change)


def withdraw(actor: Actor, order_id: UUID, *, reason: str, unit_code: str = "") -> UUID:
    """Take the order back from a unit: issued by mistake, or overtaken."""

    def change(moving: Moving, served: Served) -> None:
        _say(moving, "withdraw", "reason", reason, REASON_MOST, Words("理由", "reason"))
        served.reason = moving.told["reason"]

    return _go_on(actor, order_id, unit_code, "withdraw", OrderEvent.WITHDRAWN, change)


def _judged(moving: Moving, served: Served) -> None:
    served.judged_by, served.judged_at = moving.actor.user_id, moving.now


def _say(moving: Moving, deed: str, what: str, text: str, most: int, named: Words) -> None:
    if blank(text):
        raise Refusal(CaseError.MISSING, action=Words(orders.DEEDS[deed], deed), what=named)
    moving.tell(what, text, most)


def _go_on(actor: Actor, order_id: UUID, unit_code: str, deed: str, event: OrderEvent, change: Change) -> UUID:
    """One deed: hold the case, ask the table, change, the due list, one entry beside it."""
    known = generations()
    with transaction.atomic(savepoint=False):
        case_id = Order.objects.filter(id=order_id).values_list("case_id", flat=True).first()
        if case_id is None:
            raise Refusal(KernelError.NOT_FOUND)
        tail = journal.hold(f"case:{case_id}")
        case = rows.read(case_id, to_change=True)
        order = Order.objects.get(id=order_id)
        every = list(Served.objects.filter(order=order).order_by("id"))
        units = accounts.unit_book(known)
        if case is None or not sees_order(actor, case, [one.unit_id for one in every], units):
            raise Refusal(KernelError.NOT_FOUND)
        served = _chosen(actor, case, every, units, unit_code, deed)
        _permit(actor, case, order, served, units, deed)
        moving = Moving(actor, case, deed, clock.now(), known)
        change(moving, served)
        row = orders.find(served.state, deed)
        assert row is not None
        served.state, served.state_at = row[3], moving.now
        served.save()
        put_due(served, order, case, units[served.unit_id].path)
        as_a_whole(moving, order, every)
        if moving.changed:
            rows.update(case, moving.changed)
        moving.told |= {"order": str(order.id), "number": order.number, "unit": served.unit_id}
        journal.record(actor, tail, event, moving.told, area_path=case.area_path)
        return order_id


def _chosen(actor: Actor, case: Case, every: list[Served], units: dict[Any, Any], code: str, deed: str) -> Served:
    """The unit meant: the one named; else the one whose turn it is for this person; else the first."""
    if code:
        found = next((one for one in every if units[one.unit_id].code == code), None)
        if found is None:
            raise Refusal(CaseError.UNKNOWN_UNIT, unit=code[:40])
        return found
    return next((one for one in every if deed in orders.possible(
        one.state, stands_towards(actor, case, units[one.unit_id], units))), every[0])


def _permit(actor: Actor, case: Case, order: Order, served: Served, units: dict[Any, Any], deed: str) -> None:
    """Refuses by state, by post, and where issuing, answering and judging would be done by one person."""
    named, unit = Words(orders.DEEDS[deed], deed), units[served.unit_id]
    row = orders.find(served.state, deed)
    who = row[2] if row else next(row[2] for row in orders.ROWS if row[1] == deed)
    if who not in stands_towards(actor, case, unit, units):
        posts = Words("、".join(beside.POST_NAMES[post] for post in orders.ISSUING), ", ".join(orders.ISSUING))
        raise Refusal(OrderError.ORDER_NOT_YOURS, action=named,
                      who=posts if who == "issuing" else Words(f"“{unit.name}”的人员", f"somebody of {unit.name}"))
    if row is None:
        raise Refusal(OrderError.ORDER_NOT_NOW, action=named, unit=unit.name, state=Words(
            orders.STATES[served.state][0], served.state))
    did = {"issued_by": order.issued_by, "signed_by": served.signed_by, "replied_by": served.replied_by}
    barred = ("issued_by",) if who == "served" else ("signed_by", "replied_by") if deed in ("accept", "return") else ()
    for name in barred:
        if actor.user_id is not None and did[name] == actor.user_id:
            raise Refusal(OrderError.ORDER_OWN_REPLY, action=named, earlier=Words(_DID[name], name.replace("_", " ")))


def as_a_whole(moving: Moving, order: Order, every: list[Served]) -> None:
    """The order ends once no unit owes anything; the case's mark follows the last open order."""
    state = orders.whole([one.state for one in every])
    if state == order.state:
        return
    Order.objects.filter(id=order.id).update(state=state, ended_at=moving.now)
    if not Order.objects.filter(case_id=moving.case.id, state="open").exists():
        moving.set(marks=with_mark(without_mark(moving.case.marks, "order"), "ordered"))
