"""Who is answered what about complaints with a sum (T4). Outside: of the next district's case, or another unit's."""

from typing import Any

import pytest

from jingwei.cases.models import Claim
from jingwei.files.keys import ensure_key
from tests import matrix
from tests.cases.conftest import MONDAY_NINE
from tests.cases.test_matrix import Stand
from tests.cases.townsfolk import Townsfolk
from tests.cast import Cast, Person
from tests.matrix import Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                           stranger  dismissed  roleless  system_admin  security_admin  audit_admin  others   acceptor  shift_leader  dispatcher  handler  handler@unit  town_officer  county_officer
GET /claims                        401       401        403       403           403             403          200      200       200           200         200      200           200           200
GET /cases/{case_id}/claim         401       401        404       404           404             404          200/404  200/404   200/404       200/404     200/404  200/404       200/404       200/404
POST /cases/{case_id}/claim        401       401        404       404           404             404          403/404  200/404   200/404       200/404     200/404  200/404       200/404       200/404
POST /cases/{case_id}/claim/settle 401       401        404       404           404             404          403/404  200/404   200/404       200/404     200/404  200/404       200/404       200/404
"""


def _case(cast: Cast, where: str, caller: Person | None) -> Ask:
    case = Stand("handling", columns={"marks": "|claim|"}).case(where, caller, "city")
    Claim.objects.create(case_id=case.id, kind="wages", claimed=10_000, month="2026-11", at=MONDAY_NINE)
    return Ask({"case_id": case.id}, {"kind": "wages", "amount": "100"})


def _settled(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask(_case(cast, where, caller).path, {"amount": "50"})


REQUESTS: dict[str, matrix.Request] = {
    "GET /claims": lambda cast, where, caller: Ask(), "GET /cases/{case_id}/claim": _case,
    "POST /cases/{case_id}/claim": _case, "POST /cases/{case_id}/claim/settle": _settled,
}


def test_every_role_gets_what_the_table_says(centre: Any) -> None:
    ensure_key()
    wanted = matrix.expected(TABLE)
    found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
