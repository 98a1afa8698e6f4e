"""Who is answered what about proposals (T4). Outside: of the next district, for somebody tied to a unit: of another unit."""

from typing import Any

import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases.models import Proposal
from jingwei.files.keys import ensure_key
from jingwei.grids import queries as grids
from jingwei.journal import commands as journal
from jingwei.kernel.ids import new_id
from tests import matrix
from tests.cases.conftest import MONDAY_NINE
from tests.cases.townsfolk import NEXT, STREET, Townsfolk
from tests.cast import Cast, Person
from tests.matrix import INSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                              stranger  dismissed  roleless  system_admin  security_admin  audit_admin  others   shift_leader  dispatcher  town_officer  handler  community_officer  county_officer  handler@unit
GET /proposals                        401       401        403       403           403             403          200      200           200         200           200      200                200             200
POST /proposals                       401       401        404       403/404       403/404         403/404      403/404  201/404       201/404     201/404       403/404  403/404            403/404         404
GET /proposals/{proposal_id}          401       401        404       404           404             404          200/404  200/404       200/404     200/404       200/404  200/404            200/404         200/404
POST /proposals/{proposal_id}/steps   401       401        404       404           404             404          403/404  403/404       403/404     403/404       200/404  200/404            200/404         200/404
"""


def _note(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask(body={"id": str(new_id()), "kind": "npc", "year": 2026, "number": "1", "title": "路灯", "proposer": "示例代表",
                     "area_code": STREET if where == INSIDE else NEXT, "unit_code": "HW", "due_on": "2026-12-31"})


def _there(cast: Cast, where: str, caller: Person | None) -> Ask:
    proposal_id, unit = new_id(), next(row for row in accounts.unit_book().values() if row.code == ("HW" if where == INSIDE else "YL"))
    Proposal.objects.create(
        id=proposal_id, kind="npc", year=2026, number=str(proposal_id)[:30], title="路灯", area_path=grids.path_of_code(STREET if where == INSIDE else NEXT) or "",
        unit_id=unit.id, unit_path=unit.path, state_at=MONDAY_NINE, due_at=MONDAY_NINE, sealed=journal.seal(f"proposal:{proposal_id}", {"proposer": "示例代表"}))
    return Ask({"proposal_id": proposal_id}, {"deed": "visit", "text": "已走访"})


REQUESTS: dict[str, matrix.Request] = {
    "GET /proposals": lambda cast, where, caller: Ask(), "POST /proposals": _note,
    "GET /proposals/{proposal_id}": _there, "POST /proposals/{proposal_id}/steps": _there,
}


def test_every_role_gets_what_the_table_says(centre: Any) -> None:
    ensure_key()
    wanted = matrix.expected(TABLE)
    found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
