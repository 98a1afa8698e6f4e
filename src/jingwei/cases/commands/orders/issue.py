"""Issue a supervision order: numbered, to one unit or several, with a demand and a limit of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from jingwei.cases import clock as clocks
from jingwei.cases import ladder, orders, timing
from jingwei.cases.commands.aside import aside
from jingwei.cases.commands.holder import active_unit
from jingwei.cases.commands.numbers import next_in_order
from jingwei.cases.commands.orders.due import put_due
from jingwei.cases.commands.step import TEXT_MOST, Moving
from jingwei.cases.errors import CaseError
from jingwei.cases.events import OrderEvent
from jingwei.cases.marks import with_mark, without_mark
from jingwei.cases.models import Order, Served
from jingwei.cases.order_errors import OrderError
from jingwei.cases.words import blank
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

MOST_UNITS = 20
KIND = "DB"


@dataclass(frozen=True, slots=True)
class Issued:
    """The answer to issuing: which order it became, and by when it is to be answered."""

    id: UUID
    number: str
    due_at: datetime


def issue_order(actor: Actor, case_id: UUID, *, order_id: UUID, demand: str, value: str, unit: str,
                level: str = "ordinary", unit_codes: Sequence[str] = ()) -> Issued:
    """Issue an order on a case; without units to the one that holds it. `value`, `unit`: how long it may take."""
    made: list[Order] = []

    def change(moving: Moving) -> None:
        if blank(demand):
            raise Refusal(CaseError.MISSING, action=Words("发督办单", "issue an order"), what=Words("督办要求", "demand"))
        if level not in orders.LEVELS:
            raise Refusal(OrderError.UNKNOWN_ORDER_LEVEL, level=level[:20], possible="、".join(orders.LEVELS))
        limit = ladder.limit_of(f"{value} {unit}")
        if limit is None:
            raise Refusal(CaseError.BAD_LIMIT, value=value[:20], unit=unit[:20], why=Words(
                "最多四位整数、两位小数，单位须认识", "at most four digits and two decimals, of a known unit"))
        if len(unit_codes) > MOST_UNITS:
            raise Refusal(OrderError.ORDER_UNITS_MANY, most=MOST_UNITS)
        moving.tell("text", demand, TEXT_MOST)
        made.append(issue(moving, order_id, level, moving.told["text"], limit, units_of(moving, unit_codes)))

    aside(actor, case_id, "order", OrderEvent.ISSUED, change)
    return Issued(made[0].id, made[0].number, made[0].due_at)


def units_of(moving: Moving, codes: Sequence[str] = ()) -> list[Any]:
    """The units an order goes to: those named, else whoever holds the case. Refuses one that is not in use."""
    if codes:
        return [active_unit(moving, code=code) for code in dict.fromkeys(codes)]
    if moving.case.unit_id is None:
        raise Refusal(OrderError.ORDER_NO_UNIT)
    return [active_unit(moving, unit_id=moving.case.unit_id)]


def issue(moving: Moving, order_id: UUID, level: str, demand: str, limit: clocks.Limit, units: Sequence[Any]) -> Order:
    """Write the order and serve it on its units; the caller's entry tells of it."""
    case, now = moving.case, moving.now
    if Order.objects.filter(id=order_id).exists():
        raise Refusal(CaseError.EXISTS)
    calendar = timing.calendar_in_force(moving.generations, case.area_path)
    due = clocks.due(now, limit, calendar, convention=moving.book.setting("work_day_convention", case.area_path))
    assert due.at is not None
    order = Order.objects.create(
        id=order_id, number=next_in_order(KIND, case.county, now.astimezone(ZoneInfo(timing.zone()))), case_id=case.id, level=level, demand=demand,
        limit_value=limit.value, limit_unit=limit.unit.value, calendar=calendar.version, due_at=due.at,
        issued_by=moving.actor.user_id, issued_at=now)
    for unit in units:
        served = Served.objects.create(order=order, unit_id=unit.id, state_at=now)
        put_due(served, order, case, unit.path)
    moving.told |= {"order": str(order.id), "number": order.number, "units": [unit.id for unit in units],
                    "due_at": order.due_at, "level": level}
    if "|order|" not in case.marks:
        moving.set(marks=with_mark(without_mark(case.marks, "ordered"), "order"))
    return order
