"""Who is answered what about recounting deadlines (T4). Outside: the next district."""

from typing import Any

import pytest

from jingwei.cases.models import Recount
from jingwei.files.keys import ensure_key
from jingwei.grids import queries as grids
from jingwei.kernel.ids import new_id
from tests import matrix
from tests.cases.conftest import MONDAY_NINE
from tests.cases.townsfolk import NEXT, STREET, Townsfolk
from tests.cast import Cast, Person
from tests.matrix import INSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                            stranger  dismissed  roleless  system_admin  security_admin  audit_admin  others   area_admin
POST /calendar/effects              401       401        422       403/422       403/422         403/422      403/422  200/422
POST /recounts                      401       401        422       403/422       403/422         403/422      403/422  201/422
GET /recounts                       401       401        403       403           403             403          403      200
GET /recounts/{recount_id}/lines    401       401        404       404           404             404          404      200/404
GET /recounts/{recount_id}/table    401       401        404       404           404             404          404      200/404
"""


def _area(where: str) -> str:
    return STREET if where == INSIDE else NEXT


def _run(cast: Cast, where: str, caller: Person | None) -> Ask:
    path = grids.path_of_code(_area(where)) or ""
    run = Recount.objects.create(id=new_id(), area_path=path, version="v1", asked_at=MONDAY_NINE, phase="done")
    return Ask({"recount_id": run.id})


REQUESTS: dict[str, matrix.Request] = {
    "POST /calendar/effects": lambda cast, where, caller: Ask(body={"area": _area(where)}),
    "POST /recounts": lambda cast, where, caller: Ask(body={"area": _area(where), "id": str(new_id())}),
    "GET /recounts": lambda cast, where, caller: Ask(),
    "GET /recounts/{recount_id}/lines": _run, "GET /recounts/{recount_id}/table": _run,
}


def test_every_role_gets_what_the_table_says(centre: Any) -> None:
    ensure_key()
    wanted = matrix.expected(TABLE)
    found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
