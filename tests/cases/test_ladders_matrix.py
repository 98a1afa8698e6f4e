"""Escalation ladders × role × inside and outside the scope (T4), written by hand, found by calling.

A post that is tied to a unit covers no area as a whole, so an area is none of its own.
"""

from typing import Any

import pytest

from tests import matrix
from tests.cases.townsfolk import NEXT, STREET, Townsfolk
from tests.matrix import INSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint      stranger  dismissed  roleless  system_admin  security_admin  audit_admin  area_admin  others   supervisor  handler  handler@unit
GET /ladders  401       401        403       403           403             403          200/404     200/404  200/404     200/404  404
PUT /ladders  401       401        404       403/404       403/404         403/404      200/404     403/404  403/404     403/404  404
"""

REQUESTS: dict[str, matrix.Request] = {
    "GET /ladders": lambda cast, where, caller: Ask(query=f"area={STREET if where == INSIDE else NEXT}"),
    "PUT /ladders": lambda cast, where, caller: Ask(body={
        "profile": "city", "state": "handling", "rungs": [], "area": STREET if where == INSIDE else NEXT}),
}


@pytest.fixture
def townsfolk(centre: Any) -> Townsfolk:
    return Townsfolk()


def test_every_role_gets_what_the_table_of_ladders_says(townsfolk: Townsfolk) -> None:
    wanted = matrix.expected(TABLE)
    found = matrix.actual(townsfolk, wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
