"""Who is answered what about units that help with a case (T4). Outside: of the next district's case, or another unit's."""

from typing import Any
from uuid import UUID

import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases.models import Helping
from jingwei.files.keys import ensure_key
from jingwei.kernel.ids import new_id
from tests import matrix
from tests.cases.conftest import MONDAY_NINE
from tests.cases.test_matrix import Stand
from tests.cases.townsfolk import Townsfolk
from tests.cast import Cast, Person
from tests.matrix import INSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                            stranger  dismissed  roleless  system_admin  security_admin  audit_admin  others   dispatcher  handler  handler@unit  town_officer
GET /todo/others                    401       401        200       200           200             200          200      200         200      200  200
GET /cases/{case_id}/helpers        401       401        404       404           404             404          200/404  200/404     200/404  200/404  200/404
POST /cases/{case_id}/helpers       401       401        404       404           404             404          403/404  201/404     403/404  403/404  201/404
POST /helpers/{help_id}/sign        401       401        404       404           404             404          403/404  403/404     200/404  200/404  403/404
POST /helpers/{help_id}/finish      401       401        404       404           404             404          403/404  403/404     200/404  200/404  403/404
POST /helpers/{help_id}/decline     401       401        404       404           404             404          403/404  403/404     200/404  200/404  403/404
POST /helpers/{help_id}/release     401       401        404       404           404             404          403/404  200/404     403/404  403/404  200/404
"""


def _case(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"case_id": Stand("handling").case(where, caller, "city").id},
               {"id": str(new_id()), "unit_code": "ZF", "task": "修补绿篱"})


def _task(body: dict[str, str]) -> matrix.Request:
    """Of the unit that the handler is tied to; outside, of another one, or in the next district."""

    def request(cast: Cast, where: str, caller: Person | None) -> Ask:
        return Ask({"help_id": _made(where, caller)}, body)

    return request


def _made(where: str, caller: Person | None) -> UUID:
    case = Stand("handling", columns={"marks": "|helped|"}).case(where, caller, "city")
    unit = next(row for row in accounts.unit_book().values() if row.code == ("HW" if where == INSIDE else "ZF"))
    task = Helping.objects.create(id=new_id(), case=case, unit_id=unit.id, unit_path=unit.path, state="asked", task="修补绿篱",
                                  asked_by=new_id(), asked_at=MONDAY_NINE)
    return task.id


REQUESTS: dict[str, matrix.Request] = {
    "GET /todo/others": lambda cast, where, caller: Ask(),
    "GET /cases/{case_id}/helpers": _case, "POST /cases/{case_id}/helpers": _case,
    "POST /helpers/{help_id}/sign": _task({}), "POST /helpers/{help_id}/finish": _task({"text": "已补种"}),
    "POST /helpers/{help_id}/decline": _task({"reason": "不是本单位养护"}),
    "POST /helpers/{help_id}/release": _task({"reason": "已一并处理"}),
}


def test_every_role_gets_what_the_table_says(centre: Any) -> None:
    ensure_key()
    wanted = matrix.expected(TABLE)
    found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
