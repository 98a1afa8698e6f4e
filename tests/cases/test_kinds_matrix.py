"""Who is answered what about kinds of event and what is publicised (T4). Outside: of the next district's case, or another unit's."""

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
endpoint                            stranger  dismissed  roleless  system_admin  security_admin  audit_admin  others   supervisor  handler  handler@unit  community_officer  town_officer  county_officer
GET /kinds                          401       401        200       200           200             200          200      200         200      200           200                200           200
GET /publicity                      401       401        200       200           200             200          200      200         200      200           200                200           200
GET /cases/{case_id}/publicity      401       401        404       404           404             404          200/404  200/404     200/404  404           200/404            200/404       200/404
POST /cases/{case_id}/change-kind   401       401        404       404           404             404          403/404  403/404     403/404  404           200/404            200/404       403/404
POST /cases/{case_id}/submit        401       401        404       404           404             404          403/404  403/404     403/404  404           200/404            403/404       403/404
POST /cases/{case_id}/approve       401       401        404       404           404             404          403/404  403/404     403/404  404           403/404            200/404       403/404
POST /cases/{case_id}/object        401       401        404       404           404             404          403/404  403/404     403/404  404           200/404            200/404       403/404
POST /cases/{case_id}/grant         401       401        404       404           404             404          403/404  403/404     403/404  404           403/404            200/404       403/404
POST /cases/{case_id}/follow        401       401        404       404           404             404          403/404  200/404     403/404  403/404       403/404            403/404       403/404
POST /cases/{case_id}/note          401       401        404       404           404             404          403/404  403/404     403/404  403/404       403/404            200/404       403/404
POST /cases/{case_id}/reply         401       401        404       404           404             404          403/404  403/404     403/404  404           200/404            403/404       403/404
"""
TEXT, REASON = {"text": "同意翻建"}, {"reason": "邻居有异议"}


def _of(kind: str, state: str, body: dict[str, Any]) -> matrix.Request:
    def request(cast: Cast, where: str, caller: Person | None) -> Ask:
        return Ask({"case_id": Stand(state, columns={"profile": kind}).case(where, caller, "township").id}, body)

    return request


REQUESTS: dict[str, matrix.Request] = {
    "GET /kinds": lambda cast, where, caller: Ask(),
    "GET /publicity": lambda cast, where, caller: Ask(),
    "GET /cases/{case_id}/publicity": _of("approval", "publicising", {}),
    "POST /cases/{case_id}/change-kind": _of("township", "reported", {"kind": "sudden"}),
    "POST /cases/{case_id}/submit": _of("approval", "reported", TEXT),
    "POST /cases/{case_id}/approve": _of("approval", "reviewing", TEXT),
    "POST /cases/{case_id}/object": _of("approval", "publicising", REASON),
    "POST /cases/{case_id}/grant": _of("approval", "publicising", {}),
    "POST /cases/{case_id}/follow": _of("sudden", "handling", TEXT),
    "POST /cases/{case_id}/note": _of("coordination", "fed_back", {}),
    "POST /cases/{case_id}/reply": _of("coordination", "replying", TEXT),
}


def test_every_role_gets_what_the_table_says(centre: Any) -> None:
    ensure_key()
    people = Townsfolk()
    people.town, people.tied = "990101100000", "TD"
    wanted = matrix.expected(TABLE)
    found = matrix.actual(people, wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
