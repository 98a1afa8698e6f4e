"""Who is answered what about callers and calls back (T4). Outside: of the next district's case, or another unit's."""

from typing import Any

import pytest

from jingwei.files.keys import ensure_key
from jingwei.kernel.ids import new_id
from tests import matrix
from tests.cases.conftest import MONDAY_NINE
from tests.cases.test_matrix import Stand
from tests.cases.townsfolk import Townsfolk
from tests.cast import Cast, Person
from tests.matrix import Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                            stranger  dismissed  roleless  system_admin  security_admin  audit_admin  others   acceptor  shift_leader  handler@unit
POST /caller-history                401       401        403       403           403             403          403      200       200           403
GET /callbacks                      401       401        403       403           403             403          200      200       200           200
GET /cases/{case_id}/callbacks      401       401        404       404           404             404          200/404  200/404   200/404       200/404
POST /cases/{case_id}/callbacks     401       401        404       404           404             404          403/404  201/404   201/404       403/404
"""


def _case(cast: Cast, where: str, caller: Person | None) -> Ask:
    case = Stand("closed", columns={"marks": "|callback|", "ended_at": MONDAY_NINE}).case(where, caller, "city")
    return Ask({"case_id": case.id}, {"id": str(new_id()), "outcome": "satisfied"})


REQUESTS: dict[str, matrix.Request] = {
    "POST /caller-history": lambda cast, where, caller: Ask(body={"phone": "13912345678"}),
    "GET /callbacks": lambda cast, where, caller: Ask(),
    "GET /cases/{case_id}/callbacks": _case, "POST /cases/{case_id}/callbacks": _case,
}


def test_every_role_gets_what_the_table_says(centre: Any) -> None:
    ensure_key()
    wanted = matrix.expected(TABLE)
    found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
