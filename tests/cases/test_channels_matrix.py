"""Rules of channels × role × inside and outside the scope (T4), written by hand, found by calling."""

from typing import Any

import pytest

from tests import matrix
from tests.cases.townsfolk import NEXT, STREET, Townsfolk
from tests.matrix import INSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                  stranger  dismissed  roleless  system_admin  security_admin  audit_admin  area_admin  others   supervisor  handler  handler@unit
GET /channels             401       401        403       403           403             403          200/404     200/404  200/404     200/404  404
PUT /channels/{channel}   401       401        404       403/404       403/404         403/404      200/404     403/404  403/404     403/404  404
"""

REQUESTS: dict[str, matrix.Request] = {
    "GET /channels": lambda cast, where, caller: Ask(query=f"area={STREET if where == INSIDE else NEXT}"),
    "PUT /channels/{channel}": lambda cast, where, caller: Ask(
        {"channel": "letter"}, {"call_back": True, "silent": False, "area": STREET if where == INSIDE else NEXT}),
}


def test_every_role_gets_what_the_table_says(centre: Any) -> None:
    wanted = matrix.expected(TABLE)
    found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
