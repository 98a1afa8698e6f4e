"""Who is answered what about suspended cases (T4). Outside: the next district's case, or another unit's."""

from typing import Any

import pytest

from jingwei.files.keys import ensure_key
from tests import matrix
from tests.cases.test_matrix import Stand
from tests.cases.townsfolk import Townsfolk
from tests.cast import Cast, Person
from tests.matrix import Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                            stranger  dismissed  roleless  system_admin  security_admin  audit_admin  others   dispatcher  handler  handler@unit  town_officer  community_officer
GET /suspensions                    401       401        200       200           200             200          200      200         200      200           200           200
POST /cases/{case_id}/ask-renewal   401       401        404       404           404             404          403/404  403/404     200/404  200/404       403/404       403/404
POST /cases/{case_id}/renew         401       401        404       404           404             404          403/404  200/404     403/404  403/404       200/404       403/404
"""


def _suspended(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"case_id": Stand("suspended").case(where, caller, "city").id}, {"reason": "配件未到", "until": "2026-12-10"})


REQUESTS: dict[str, matrix.Request] = {
    "GET /suspensions": lambda cast, where, caller: Ask(),
    "POST /cases/{case_id}/ask-renewal": _suspended, "POST /cases/{case_id}/renew": _suspended,
}


def test_every_role_gets_what_the_table_says(centre: Any) -> None:
    ensure_key()
    wanted = matrix.expected(TABLE)
    found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
