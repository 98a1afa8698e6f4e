"""Who is answered what about minutes of meetings (T4). Outside: a matter that lies in the next district."""

from typing import Any

import pytest

from jingwei.files.keys import ensure_key
from jingwei.kernel.ids import new_id
from tests import matrix
from tests.cases.conftest import IN_FIRST, NEXT_DOOR
from tests.cases.townsfolk import Townsfolk
from tests.cast import Cast, Person
from tests.matrix import INSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint             stranger  dismissed  roleless  system_admin  security_admin  audit_admin  area_admin  leader  evaluator  others
POST /minutes/split  401       401        403       403           403             403          403         403     403        200
POST /minutes        401       401        403       403           403             403          403         403     403        201/422
GET /minutes         401       401        403       403           403             403          200         200     200        200
"""


def _file(cast: Cast, where: str, caller: Person | None) -> Ask:
    lon, lat = IN_FIRST if where == INSIDE else NEXT_DOOR
    return Ask(body={"id": str(new_id()), "title": "联席会议", "held_on": "2026-11-20",
                     "matters": [{"id": str(new_id()), "text": "路灯不亮", "lon": lon, "lat": lat}]})


REQUESTS: dict[str, matrix.Request] = {
    "POST /minutes/split": lambda cast, where, caller: Ask(body={"text": "1. 路灯不亮"}), "POST /minutes": _file,
    "GET /minutes": lambda cast, where, caller: Ask(),
}


def test_every_role_gets_what_the_table_says(centre: Any) -> None:
    ensure_key()
    wanted = matrix.expected(TABLE)
    found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
