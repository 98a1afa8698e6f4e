"""Who is answered what about appeals (T4). Outside: the next district's case, or another unit's."""

from typing import Any

import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases.models import Appeal, Step
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
endpoint                            stranger  dismissed  roleless  system_admin  security_admin  audit_admin  others   dispatcher  town_officer  handler  handler@unit  county_officer  community_officer
GET /appeals                        401       401        200       200           200             200          200      200         200           200      200           200             200
GET /cases/{case_id}/overruns       401       401        404       404           404             404          200/404  200/404     200/404       200/404  200/404       200/404         200/404
POST /cases/{case_id}/appeals       401       401        404       404           404             404          403/404  201/404     201/404       201/404  201/404       201/404         403/404
POST /appeals/{appeal_id}/{deed}    401       401        404       404           404             404          403/404  200/404     200/404       403/404  403/404       403/404         403/404
"""


def _case(where: str, caller: Person | None) -> Any:
    case = Stand("fed_back", columns={"step": 4}).case(where, caller, "city")
    units = {row.code: row for row in accounts.unit_book().values()}
    Step.objects.create(case=case, number=3, state="handling", unit_id=case.unit_id or units["HW"].id, began_at=MONDAY_NINE,
                        due_at=MONDAY_NINE, ended_at=MONDAY_NINE.replace(hour=9), action="feed_back")
    return case


def _overran(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"case_id": _case(where, caller).id}, {"id": str(new_id()), "step": 3, "reason": "封路"})


def _appeal(cast: Cast, where: str, caller: Person | None) -> Ask:
    case = _case(where, caller)
    made = Appeal.objects.create(id=new_id(), case=case, step=3, stage="handling", unit_id=case.unit_id, due_at=MONDAY_NINE,
                                 ended_at=MONDAY_NINE, state="asked", reason="封路", asked_by=new_id(), asked_at=MONDAY_NINE)
    return Ask({"appeal_id": made.id, "deed": "agree"}, {})


REQUESTS: dict[str, matrix.Request] = {
    "GET /appeals": lambda cast, where, caller: Ask(),
    "GET /cases/{case_id}/overruns": _overran, "POST /cases/{case_id}/appeals": _overran,
    "POST /appeals/{appeal_id}/{deed}": _appeal,
}


def test_every_role_gets_what_the_table_says(centre: Any) -> None:
    ensure_key()
    wanted = matrix.expected(TABLE)
    found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
