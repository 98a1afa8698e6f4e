"""Every endpoint of announcements × role × inside and outside the scope (T4)."""

from datetime import timedelta

import pytest

from jingwei.accounts.queries import operator
from jingwei.kernel import clock
from jingwei.notices import commands
from jingwei.notices.http import router
from tests import matrix
from tests.cast import CODE_OF, OTHER_TOWN, TOWN, Cast, Person
from tests.matrix import INSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                                  stranger  dismissed  roleless  others   area_admin  area_admin@*  system_admin@*
GET /announcements                        401       401        200       200      200         200           200
POST /announcements                       401       401        403       403      201/422     201           403
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


REQUESTS: dict[str, matrix.Request] = {
    "GET /announcements": lambda cast, where, caller: Ask(),
    "POST /announcements": lambda cast, where, caller: Ask(
        body={"title": "停电通知", "text": "今晚八点检修。", "until": _until(), "area_code": _code(where)}),
    "GET /messages": lambda cast, where, caller: Ask(),
    "POST /messages/read": lambda cast, where, caller: Ask(body={"up_to": 1}),
    "DELETE /announcements/{announcement_id}": _standing,
}


def test_every_role_gets_what_the_matrix_says(cast: Cast) -> None:
    wanted = matrix.expected(TABLE)
    assert {endpoint for endpoint, _, _ in wanted} == matrix.endpoints(router)
    found = matrix.actual(cast, wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
