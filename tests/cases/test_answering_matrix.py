"""Who is told which unit the rules name for a case (T4): whoever may see the case."""

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
endpoint                            stranger  dismissed  roleless  system_admin  security_admin  audit_admin  others   dispatcher  handler  handler@unit  town_officer
GET /cases/{case_id}/responsible    401       401        404       404           404             404          200/404  200/404     200/404  200/404  200/404
"""


def _case(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"case_id": Stand("handling").case(where, caller, "city").id})


REQUESTS: dict[str, matrix.Request] = {"GET /cases/{case_id}/responsible": _case}


def test_every_role_gets_what_the_table_says(centre: Any) -> None:
    ensure_key()
    wanted = matrix.expected(TABLE)
    found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
