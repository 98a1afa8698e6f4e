"""Meetings × role × inside and outside the scope (T4), written by hand, found by calling.

A meeting of 柳溪街道 to which 环卫所 was asked and that gave it a task (outside: one of the next district; to it
环卫所 was asked, too, so that somebody of that unit sees it there as well).
"""

from collections.abc import Callable
from typing import Any

import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases.models import AgendaItem, Attending, Decision, Meeting
from jingwei.grids import queries as grids
from jingwei.kernel.ids import new_id
from tests import matrix
from tests.cases.conftest import MONDAY_NINE
from tests.cases.test_matrix import Stand
from tests.cases.townsfolk import NEXT, STREET, Townsfolk
from tests.cast import Cast, Person
from tests.matrix import INSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                                       stranger  dismissed  roleless  system_admin  security_admin  audit_admin  area_admin  leader   evaluator  supervisor  community_officer  town_officer  county_officer  acceptor  shift_leader  dispatcher  handler  handler@unit
GET /meetings                                  401       401        200       200           200             200          200         200      200        200         200                200           200             200       200           200         200      200
GET /meetings/kinds                            401       401        200       200           200             200          200         200      200        200         200                200           200             200       200           200         200      200
GET /decisions                                 401       401        200       200           200             200          200         200      200        200         200                200           200             200       200           200         200      200
POST /meetings                                 401       401        422       422           422             422          403/422     201/422  403/422    403/422     201/422            201/422       403/422         403/422   201/422       201/422     403/422  422
GET /meetings/people                           401       401        422       422           422             422          422         200/422  422        422         200/422            200/422       422             422       200/422       200/422     422      422
GET /meetings/{meeting_id}                     401       401        404       404           404             404          200/404     200/404  200/404    200/404     200/404            200/404       200/404         200/404   200/404       200/404     200/404  200
PUT /meetings/{meeting_id}                     401       401        404       404           404             404          403/404     200/404  403/404    403/404     200/404            200/404       403/404         403/404   200/404       200/404     403/404  403
POST /meetings/{meeting_id}/settle             401       401        404       404           404             404          403/404     200/404  403/404    403/404     200/404            200/404       403/404         403/404   200/404       200/404     403/404  403
POST /meetings/{meeting_id}/cancel             401       401        404       404           404             404          403/404     200/404  403/404    403/404     200/404            200/404       403/404         403/404   200/404       200/404     403/404  403
POST /meetings/{meeting_id}/gather             401       401        404       404           404             404          403/404     200/404  403/404    403/404     200/404            200/404       403/404         403/404   200/404       200/404     403/404  403
POST /meetings/{meeting_id}/items              401       401        404       404           404             404          403/404     201/404  403/404    403/404     201/404            201/404       403/404         403/404   201/404       201/404     403/404  403
PUT /meetings/{meeting_id}/items/{item_id}     401       401        404       404           404             404          403/404     200/404  403/404    403/404     200/404            200/404       403/404         403/404   200/404       200/404     403/404  403
DELETE /meetings/{meeting_id}/items/{item_id}  401       401        404       404           404             404          403/404     200/404  403/404    403/404     200/404            200/404       403/404         403/404   200/404       200/404     403/404  403
POST /meetings/{meeting_id}/decisions          401       401        404       404           404             404          403/404     201/404  403/404    403/404     201/404            201/404       403/404         403/404   201/404       201/404     403/404  403
POST /decisions/{decision_id}/finish           401       401        404       404           404             404          403/404     200/404  403/404    403/404     200/404            200/404       403/404         403/404   200/404       200/404     403/404  200
POST /decisions/{decision_id}/reopen           401       401        404       404           404             404          403/404     200/404  403/404    403/404     200/404            200/404       403/404         403/404   200/404       200/404     403/404  403
POST /decisions/{decision_id}/withdraw         401       401        404       404           404             404          403/404     200/404  403/404    403/404     200/404            200/404       403/404         403/404   200/404       200/404     403/404  403
GET /cases/{case_id}/decisions                 401       401        404       404           404             404          200/404     200/404  200/404    200/404     200/404            200/404       200/404         200/404   200/404       200/404     200/404  200/404
"""
HELD = {"held_at": "2026-11-23T09:00:00+08:00"}
REASON = {"reason": "改期"}


def _meeting(where: str) -> Meeting:
    place = grids.place_by_code(STREET if where == INSIDE else NEXT)
    assert place is not None
    meeting = Meeting.objects.create(id=new_id(), number=f"HY-{Meeting.objects.count()}", kind="joint", title="联席会议", area_id=place.area_id,
                                     area_path=place.path, held_at=MONDAY_NINE, minutes="记录", made_at=MONDAY_NINE)
    Attending.objects.create(meeting=meeting, unit_id=_unit().id)
    return meeting


def _unit() -> Any:
    return next(row for row in accounts.unit_book().values() if row.code == "HW")


def _deed(body: Callable[[], dict[str, Any]] | dict[str, Any] | None = None) -> matrix.Request:
    return lambda cast, where, caller: Ask({"meeting_id": _meeting(where).id}, body() if callable(body) else body)


def _item(body: dict[str, Any] | None = None) -> matrix.Request:
    def request(cast: Cast, where: str, caller: Person | None) -> Ask:
        item = AgendaItem.objects.create(meeting=_meeting(where), source="own", text="积雪", added_at=MONDAY_NINE)
        return Ask({"meeting_id": item.meeting_id, "item_id": item.pk}, body)
    return request


def _decision(state: str, body: dict[str, Any]) -> matrix.Request:
    def request(cast: Cast, where: str, caller: Person | None) -> Ask:
        one = Decision.objects.create(
            id=new_id(), meeting=_meeting(where), position=1, way="task", text="清理", unit_id=_unit().id, unit_path=_unit().path, state=state,
            ended_at=MONDAY_NINE if state == "done" else None, made_at=MONDAY_NINE)
        return Ask({"decision_id": one.id}, body)
    return request


def _nothing(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask()


REQUESTS: dict[str, matrix.Request] = {
    "GET /meetings": _nothing, "GET /meetings/kinds": _nothing, "GET /decisions": _nothing,
    "POST /meetings": lambda cast, where, caller: Ask({}, HELD | {
        "id": str(new_id()), "kind": "joint", "area": STREET if where == INSIDE else NEXT}),
    "GET /meetings/people": lambda cast, where, caller: Ask({}, None, f"area={STREET if where == INSIDE else NEXT}"),
    "GET /meetings/{meeting_id}": _deed(),
    "PUT /meetings/{meeting_id}": _deed(HELD | {"version": 1}),
    "POST /meetings/{meeting_id}/settle": _deed(),
    "POST /meetings/{meeting_id}/cancel": _deed(REASON),
    "POST /meetings/{meeting_id}/gather": _deed(),
    "POST /meetings/{meeting_id}/items": _deed({"text": "积雪"}),
    "PUT /meetings/{meeting_id}/items/{item_id}": _item({"note": "分片包干"}),
    "DELETE /meetings/{meeting_id}/items/{item_id}": _item(),
    "POST /meetings/{meeting_id}/decisions": _deed(lambda: {"id": str(new_id()), "way": "task", "text": "清理", "unit_code": "HW"}),
    "POST /decisions/{decision_id}/finish": _decision("open", {"text": "已办"}),
    "POST /decisions/{decision_id}/reopen": _decision("done", REASON),
    "POST /decisions/{decision_id}/withdraw": _decision("open", REASON),
    "GET /cases/{case_id}/decisions": lambda cast, where, caller: Ask({"case_id": Stand("checking").case(where, caller, "city").id}),
}


def test_every_role_gets_what_the_table_of_meetings_says(centre: Any) -> None:
    wanted = matrix.expected(TABLE)
    found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
