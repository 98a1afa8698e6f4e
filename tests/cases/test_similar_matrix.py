"""Who is answered what about similar cases, merging and repeats (T4). Outside: the next district's case, or another unit's."""

from typing import Any

import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases.events import MergeEvent
from jingwei.cases.models import Merged
from jingwei.files.keys import ensure_key
from jingwei.journal import commands as journal
from tests import matrix
from tests.cases.conftest import IN_FIRST, MONDAY_NINE
from tests.cases.test_matrix import Stand
from tests.cases.townsfolk import Townsfolk
from tests.cast import Cast, Person
from tests.matrix import INSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                        stranger  dismissed  roleless  system_admin  security_admin  audit_admin  others   acceptor  shift_leader  community_officer  town_officer  handler@unit
GET /cases/{case_id}/merged     401       401        404       404           404             404          200/404  200/404   200/404       200/404            200/404       200/404
GET /cases/{case_id}/similar    401       401        404       404           404             404          200/404  200/404   200/404       200/404            200/404       200/404
GET /cases/{case_id}/repeats    401       401        404       404           404             404          200/404  200/404   200/404       200/404            200/404       200/404
POST /similar-cases             401       401        403       403           403             403          200      200       200           200                200           200
POST /cases/{case_id}/merge     401       401        404       404           404             404          403/404  200/404   200/404       200/404            200/404       404
POST /cases/{case_id}/unmerge   401       401        404       404           404             404          403/404  200/404   200/404       200/404            200/404       404
"""


def _case(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"case_id": Stand("handling").case(where, caller, "city").id})


def _merge(cast: Cast, where: str, caller: Person | None) -> Ask:
    into = Stand("reported").case(INSIDE, caller, "city")
    return Ask({"case_id": Stand("reported").case(where, caller, "city").id}, {"into": str(into.id)})


def _unmerge(cast: Cast, where: str, caller: Person | None) -> Ask:
    """What its merging would have left stands by hand."""
    case = Stand("merged", columns={"step": 2, "ended_at": None}).case(where, caller, "city")
    leader = Stand("reported", columns={"marks": "|leads|"}).case(INSIDE, caller, "city")
    Merged.objects.create(case=case, leader=leader, into=leader.id, at=MONDAY_NINE)
    journal.record_new(accounts.operator(), f"case:{case.id}", MergeEvent.MERGED, {"before": {"state": "reported", "step": 1}})
    return Ask({"case_id": case.id}, {"reason": "不是同一个问题"})


REQUESTS: dict[str, matrix.Request] = {
    "GET /cases/{case_id}/merged": _case, "GET /cases/{case_id}/similar": _case, "GET /cases/{case_id}/repeats": _case,
    "POST /similar-cases": lambda cast, where, caller: Ask(body={"lon": IN_FIRST[0], "lat": IN_FIRST[1], "text": "井盖松动"}),
    "POST /cases/{case_id}/merge": _merge, "POST /cases/{case_id}/unmerge": _unmerge,
}


def test_every_role_gets_what_the_table_says(centre: Any) -> None:
    ensure_key()
    wanted = matrix.expected(TABLE)
    found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
