"""What is due of an order, on the list of everything due: one row for each unit it was served on."""

from jingwei.cases import orders
from jingwei.cases.models import Case, Order, Served
from jingwei.worklist import commands as worklist


def put_due(served: Served, order: Order, case: Case, unit_path: str) -> None:
    """Say who has to do what next with the order at this unit, or that nobody has."""
    subject, kind = f"order:{served.id}", orders.STATES[served.state][1]
    if not kind:
        worklist.drop(subject)
        return
    with_unit = served.state in orders.WITH_UNIT
    worklist.put(subject, kind, area_path=case.area_path, unit_path=unit_path if with_unit else "",
                 due_at=order.due_at if with_unit else None, since=served.state_at, place=case.place,
                 posts=orders.SERVED if with_unit else orders.ISSUING)
