"""Urging and supervision orders × role × inside and outside the scope (T4), written by hand, found by calling.

The case waits to be checked and is held by 环卫所 (outside: next door; for somebody tied to a unit, by 园林所), on which
the order was served. Posts that are tied to no unit work in another one here, so none of them stands for 环卫所.
"""

from typing import Any

import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases.models import Order, Served
from jingwei.kernel.ids import new_id
from tests import matrix
from tests.cases.conftest import MONDAY_NINE
from tests.cases.test_matrix import Stand
from tests.cases.townsfolk import Townsfolk
from tests.cast import Cast, Person
from tests.matrix import OUTSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                          stranger  dismissed  roleless  system_admin  security_admin  audit_admin  area_admin  leader   evaluator  supervisor  community_officer  town_officer  county_officer  acceptor  shift_leader  dispatcher  handler  handler@unit
POST /cases/{case_id}/urge        401       401        404       404           404             404          403/404     200/404  403/404    409/404     200/404            200/404       200/404         403/404   200/404       200/404     403/404  403/404
GET /cases/{case_id}/urgings      401       401        404       404           404             404          200/404     200/404  200/404    200/404     200/404            200/404       200/404         200/404   200/404       200/404     200/404  200/404
POST /cases/{case_id}/orders      401       401        404       404           404             404          403/404     201/404  403/404    403/404     403/404            201/404       403/404         403/404   201/404       201/404     403/404  403/404
GET /orders                       401       401        200       200           200             200          200         200      200        200         200                200           200             200       200           200         200      200
GET /orders/counts                401       401        200       200           200             200          200         200      200        200         200                200           200             200       200           200         200      200
GET /orders/{order_id}            401       401        404       404           404             404          200/404     200/404  200/404    200/404     200/404            200/404       200/404         200/404   200/404       200/404     200/404  200/404
POST /orders/{order_id}/sign      401       401        404       404           404             404          403/404     403/404  403/404    403/404     403/404            403/404       403/404         403/404   403/404       403/404     403/404  200/404
POST /orders/{order_id}/reply     401       401        404       404           404             404          403/404     403/404  403/404    403/404     403/404            403/404       403/404         403/404   403/404       403/404     403/404  200/404
POST /orders/{order_id}/accept    401       401        404       404           404             404          403/404     200/404  403/404    403/404     403/404            200/404       403/404         403/404   200/404       200/404     403/404  403/404
POST /orders/{order_id}/return    401       401        404       404           404             404          403/404     200/404  403/404    403/404     403/404            200/404       403/404         403/404   200/404       200/404     403/404  403/404
POST /orders/{order_id}/withdraw  401       401        404       404           404             404          403/404     200/404  403/404    403/404     403/404            200/404       403/404         403/404   200/404       200/404     403/404  403/404
"""


def _order(state: str, body: dict[str, Any] | None = None) -> matrix.Request:
    def request(cast: Cast, where: str, caller: Person | None) -> Ask:
        case = Stand("checking").case(where, caller, "city")
        number = f"DB990101-2026-{Order.objects.count():04}"
        order = Order.objects.create(
            id=new_id(), number=number, case=case, level="ordinary", demand="样例", limit_value=1, limit_unit="work_day",
            due_at=MONDAY_NINE, issued_at=MONDAY_NINE)
        unit = {row.code: row for row in accounts.unit_book().values()}["YL" if where == OUTSIDE else "HW"]
        signed = None if state == "issued" else MONDAY_NINE
        Served.objects.create(order=order, unit_id=unit.id, state=state, state_at=MONDAY_NINE, signed_at=signed)
        return Ask({"order_id": order.id}, body)
    return request


def _case(body: dict[str, Any] | None = None, *, new: bool = False) -> matrix.Request:
    return lambda cast, where, caller: Ask(
        {"case_id": Stand("checking").case(where, caller, "city").id}, (body or {}) | {"id": str(new_id())} if new else body)


REASON = {"reason": "按规定办理"}
REQUESTS: dict[str, matrix.Request] = {
    "POST /cases/{case_id}/urge": _case({"text": "请尽快"}),
    "GET /cases/{case_id}/urgings": _case(),
    "POST /cases/{case_id}/orders": _case({"demand": "请办理", "value": "1", "unit": "work_day"}, new=True),
    "GET /orders": lambda cast, where, caller: Ask(),
    "GET /orders/counts": lambda cast, where, caller: Ask(),
    "GET /orders/{order_id}": _order("issued"),
    "POST /orders/{order_id}/sign": _order("issued", {}),
    "POST /orders/{order_id}/reply": _order("signed", {"text": "已清理"}),
    "POST /orders/{order_id}/accept": _order("replied", {}),
    "POST /orders/{order_id}/return": _order("replied", REASON),
    "POST /orders/{order_id}/withdraw": _order("signed", REASON),
}


@pytest.fixture
def townsfolk(centre: Any) -> Townsfolk:
    return Townsfolk()


def test_every_role_gets_what_the_table_of_orders_says(townsfolk: Townsfolk) -> None:
    wanted = matrix.expected(TABLE)
    found = matrix.actual(townsfolk, wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
