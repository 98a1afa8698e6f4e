"""Every endpoint of announcements × role × inside and outside the scope (T4)."""

from datetime import timedelta
from uuid import UUID

import pytest

from jingwei.accounts.queries import operator
from jingwei.kernel import clock
from jingwei.kernel.ids import new_id
from jingwei.notices import commands
from jingwei.notices.http import router
from jingwei.notices.models import Delivery
from tests import matrix
from tests.cast import CODE_OF, OTHER_TOWN, TOWN, Cast, Person
from tests.matrix import INSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                                  stranger  dismissed  roleless  others   area_admin  area_admin@*  system_admin@*
GET /announcements                        401       401        200       200      200         200           200
POST /announcements                       401       401        403       403      201/422     201           403
GET /messages/choice                      401       401        200       200      200         200           200
PUT /messages/choice                      401       401        200       200      200         200           200
GET /notices/office                       401       401        403       403      403         403           200
PUT /notices/settings                     401       401        403       403      403         403           200
PUT /notices/rules/{kind}                 401       401        403       403      403         403           200
POST /connectors                          401       401        403       403      403         403           201
PUT /connectors/{connector_id}            401       401        403       403      403         403           200
POST /connectors/{connector_id}/try       401       401        403       403      403         403           200
DELETE /connectors/{connector_id}         401       401        403       403      403         403           200
GET /deliveries/parked                    401       401        403       403      403         403           200
POST /deliveries/{delivery_id}/retry      401       401        403       403      403         403           200
POST /deliveries/{delivery_id}/drop       401       401        403       403      403         403           200
GET /messages                             401       401        200       200      200         200           200
POST /messages/read                       401       401        200       200      200         200           200
DELETE /announcements/{announcement_id}   401       401        404       403/404  200/404     200           403
"""


def _code(where: str) -> str:
    return CODE_OF[TOWN if where == INSIDE else OTHER_TOWN]


def _until() -> str:
    return (clock.now() + timedelta(days=1)).isoformat()


def _standing(cast: Cast, where: str, caller: Person | None) -> Ask:
    made = commands.announce(operator(), "停电通知", "", clock.now() + timedelta(days=1), area_code=_code(where))
    return Ask({"announcement_id": made})


_CONNECTOR: dict[str, object] = {"name": "值班群", "settings": {"url": "https://robot.example.cn/x"}}


def _connected() -> UUID:
    return commands.connect(operator(), "wecom", commands.Described("值班群", {"url": "https://robot.example.cn/x"}))


def _parked() -> UUID:
    now = clock.now()
    return Delivery.objects.create(
        id=new_id(), connector_id=_connected(), kind="late", subject="case:1", title="案件已超时", state="parked",
        event_at=now, due_from=now, next_try=now, at=now).pk


REQUESTS: dict[str, matrix.Request] = {
    "GET /announcements": lambda cast, where, caller: Ask(),
    "POST /announcements": lambda cast, where, caller: Ask(
        body={"title": "停电通知", "text": "今晚八点检修。", "until": _until(), "area_code": _code(where)}),
    "GET /messages/choice": lambda cast, where, caller: Ask(),
    "PUT /messages/choice": lambda cast, where, caller: Ask(body={"digest": "hour"}),
    "GET /notices/office": lambda cast, where, caller: Ask(),
    "PUT /notices/settings": lambda cast, where, caller: Ask(
        body={"quiet_from": "22:00", "quiet_until": "06:00", "soon_minutes": 30}),
    "PUT /notices/rules/{kind}": lambda cast, where, caller: Ask(
        {"kind": "late"}, body={"active": True, "urgent": False, "ways": ["mail"]}),
    "POST /connectors": lambda cast, where, caller: Ask(body=_CONNECTOR | {"kind": "wecom"}),
    "PUT /connectors/{connector_id}": lambda cast, where, caller: Ask({"connector_id": _connected()}, body=_CONNECTOR),
    "POST /connectors/{connector_id}/try": lambda cast, where, caller: Ask({"connector_id": _connected()}, body={}),
    "DELETE /connectors/{connector_id}": lambda cast, where, caller: Ask({"connector_id": _connected()}),
    "GET /deliveries/parked": lambda cast, where, caller: Ask(),
    "POST /deliveries/{delivery_id}/retry": lambda cast, where, caller: Ask({"delivery_id": _parked()}),
    "POST /deliveries/{delivery_id}/drop": lambda cast, where, caller: Ask({"delivery_id": _parked()}),
    "GET /messages": lambda cast, where, caller: Ask(),
    "POST /messages/read": lambda cast, where, caller: Ask(body={"up_to": 1}),
    "DELETE /announcements/{announcement_id}": _standing,
}


def test_every_role_gets_what_the_matrix_says(cast: Cast, boxes: object) -> None:
    wanted = matrix.expected(TABLE)
    assert {endpoint for endpoint, _, _ in wanted} == matrix.endpoints(router)
    found = matrix.actual(cast, wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
