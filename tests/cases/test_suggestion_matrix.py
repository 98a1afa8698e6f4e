"""Who is answered what about proposals (T4). Outside: of the next district's case, or another unit's."""

from typing import Any

import pytest

from jingwei.files.keys import ensure_key
from tests import matrix
from tests.cases.conftest import IN_FIRST
from tests.cases.test_matrix import Stand
from tests.cases.townsfolk import Townsfolk
from tests.cast import Cast, Person
from tests.matrix import Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                          stranger  dismissed  roleless  system_admin  security_admin  audit_admin  area_admin  leader   evaluator  others   handler@unit
POST /suggestions                 401       401        403       403           403             403          403         403      403        200      200
GET /suggestions/state            401       401        403       403           403             403          200         200      200        200      200
GET /cases/{case_id}/suggestion   401       401        404       404           404             404          200/404     200/404  200/404    200/404  200/404
"""


def _case(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"case_id": Stand("handling").case(where, caller, "city").id})


REQUESTS: dict[str, matrix.Request] = {
    "POST /suggestions": lambda cast, where, caller: Ask(body={"text": "路灯不亮", "lon": IN_FIRST[0], "lat": IN_FIRST[1]}),
    "GET /suggestions/state": lambda cast, where, caller: Ask(),
    "GET /cases/{case_id}/suggestion": _case,
}


def test_every_role_gets_what_the_table_says(centre: Any) -> None:
    ensure_key()
    wanted = matrix.expected(TABLE)
    found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
