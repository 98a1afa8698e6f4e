"""Mediation × role × inside and outside the scope (T4), written by hand, found by calling.

The case is handled by 环卫所 (outside: next door; for somebody tied to a unit, by 园林所). Nobody of the table mediates or took the
case in: they are the posts that see it, and those that may begin a mediation or change who mediates. What the mediators and
whoever took it in may do stands in `test_mediation_rules.py` and `test_mediation.py`.
"""

from datetime import timedelta
from typing import Any

import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases import mediation as rules
from jingwei.cases.models import Mediation, MediationFile, MediationVisit, Mediator
from jingwei.files.commands import add
from jingwei.files.keys import ensure_key
from jingwei.kernel.ids import new_id
from tests import matrix
from tests.cases.conftest import MONDAY_NINE
from tests.cases.test_matrix import Stand
from tests.cases.townsfolk import Townsfolk
from tests.cast import Cast, Person
from tests.files.pictures import PDF
from tests.matrix import Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                                         stranger  dismissed  roleless  system_admin  security_admin  audit_admin  area_admin  leader   evaluator  supervisor  community_officer  town_officer  county_officer  acceptor  shift_leader  dispatcher  handler  handler@unit
GET /mediations                                  401       401        200       200           200             200          200         200      200        200         200                200           200             200       200           200         200      200
GET /cases/{case_id}/mediation                   401       401        404       404           404             404          200/404     200/404  200/404    200/404     200/404            200/404       200/404         200/404   200/404       200/404     200/404  200/404
GET /cases/{case_id}/mediation/choices           401       401        404       404           404             404          403/404     403/404  403/404    403/404     403/404            200/404       403/404         200/404   200/404       200/404     200/404  200/404
POST /cases/{case_id}/mediation                  401       401        404       404           404             404          403/404     403/404  403/404    403/404     403/404            201/404       403/404         201/404   201/404       201/404     201/404  201/404
GET /mediations/{mediation_id}                   401       401        404       404           404             404          200/404     200/404  200/404    200/404     200/404            200/404       200/404         200/404   200/404       200/404     200/404  200/404
POST /mediations/{mediation_id}/parties          401       401        404       404           404             404          403/404     403/404  403/404    403/404     403/404            403/404       403/404         403/404   403/404       403/404     403/404  403/404
POST /mediations/{mediation_id}/mediators        401       401        404       404           404             404          403/404     403/404  403/404    403/404     403/404            200/404       403/404         200/404   200/404       200/404     200/404  200/404
POST /mediations/{mediation_id}/sessions         401       401        404       404           404             404          403/404     403/404  403/404    403/404     403/404            403/404       403/404         403/404   403/404       403/404     403/404  403/404
POST /mediations/{mediation_id}/conclude         401       401        404       404           404             404          403/404     403/404  403/404    403/404     403/404            403/404       403/404         403/404   403/404       403/404     403/404  403/404
POST /mediations/{mediation_id}/visits/{number}  401       401        404       404           404             404          403/404     403/404  403/404    403/404     403/404            403/404       403/404         403/404   403/404       403/404     403/404  403/404
POST /mediations/{mediation_id}/resume           401       401        404       404           404             404          403/404     403/404  403/404    403/404     403/404            403/404       403/404         403/404   403/404       403/404     403/404  403/404
POST /mediations/{mediation_id}/reveal           401       401        404       404           404             404          403/404     403/404  403/404    403/404     403/404            403/404       403/404         403/404   403/404       403/404     403/404  403/404
GET /mediations/{mediation_id}/files/{file_id}   401       401        404       404           404             404          404         404      404        404         404                404           404             404       404           404         404      404
"""

PARTY = {"role": "applicant", "name": "甲示例"}


def _mediation(where: str, caller: Person | None, state: str) -> Mediation:
    case = Stand("handling").case(where, caller, "city")
    ended = None if state == "mediating" else MONDAY_NINE
    mediation = Mediation.objects.create(
        id=new_id(), case=case, county="990101", kind="people", level="village", matter="neighbours", state=state, state_at=MONDAY_NINE,
        opened_at=MONDAY_NINE, lead=_mediator(), parties=1, concluded_at=ended)
    Mediator.objects.create(mediation=mediation, user=mediation.lead, since=MONDAY_NINE)
    return mediation


def _mediator() -> Any:
    """Somebody of the village, who may mediate anywhere in the county."""
    return accounts.ids_of_logins(["handler"])["handler"]


def _deed(state: str, body: dict[str, Any] | None = None, **more: Any) -> matrix.Request:
    return lambda cast, where, caller: Ask({"mediation_id": _mediation(where, caller, state).id} | more, body)


def _case(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"case_id": _mediation(where, caller, "mediating").case_id})


def _fresh(body: bool) -> matrix.Request:
    def request(cast: Cast, where: str, caller: Person | None) -> Ask:
        case = Stand("handling").case(where, caller, "city")
        told = {"id": str(new_id()), "matter": "neighbours", "people": [str(_mediator())], "parties": [PARTY]}
        return Ask({"case_id": case.id}, told if body else None)
    return request


def _visit(cast: Cast, where: str, caller: Person | None) -> Ask:
    mediation = _mediation(where, caller, "visiting")
    MediationVisit.objects.create(mediation=mediation, number=1, due_on=MONDAY_NINE.date() + timedelta(days=1))
    return Ask({"mediation_id": mediation.id, "number": 1}, {"result": "kept"})


def _file(cast: Cast, where: str, caller: Person | None) -> Ask:
    mediation = _mediation(where, caller, "ended")
    paper = add(accounts.operator(), PDF, "协议.pdf")
    MediationFile.objects.create(mediation=mediation, file_id=paper.id, deed="conclude")
    return Ask({"mediation_id": mediation.id, "file_id": paper.id})


REASON = {"reason": "约时间"}
REQUESTS: dict[str, matrix.Request] = {
    "GET /mediations": lambda cast, where, caller: Ask(),
    "GET /cases/{case_id}/mediation": _case,
    "GET /cases/{case_id}/mediation/choices": _fresh(False),
    "POST /cases/{case_id}/mediation": _fresh(True),
    "GET /mediations/{mediation_id}": _deed("mediating"),
    "POST /mediations/{mediation_id}/parties": _deed("mediating", {"parties": [PARTY]}),
    "POST /mediations/{mediation_id}/mediators": lambda cast, where, caller: Ask(
        {"mediation_id": _mediation(where, caller, "mediating").id}, {"people": [str(_mediator())], "reason": "换人"}),
    "POST /mediations/{mediation_id}/sessions": _deed(
        "mediating", {"at": MONDAY_NINE.isoformat(), "result": "again", "text": "样例"}),
    "POST /mediations/{mediation_id}/conclude": _deed("mediating", {"outcome": "failed", "text": "样例"}),
    "POST /mediations/{mediation_id}/visits/{number}": _visit,
    "POST /mediations/{mediation_id}/resume": _deed("ended", REASON),
    "POST /mediations/{mediation_id}/reveal": _deed("mediating", REASON),
    "GET /mediations/{mediation_id}/files/{file_id}": _file,
}


@pytest.fixture
def townsfolk(centre: Any) -> Townsfolk:
    ensure_key()
    return Townsfolk()


def test_every_role_gets_what_the_table_of_mediation_says(townsfolk: Townsfolk) -> None:
    wanted = matrix.expected(TABLE)
    found = matrix.actual(townsfolk, wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}


def test_the_table_meets_every_deed() -> None:
    """A deed without an address, or an address without a deed, would be seen here."""
    said = {"hold_session": "sessions", "conclude": "conclude", "visit": "visits/{number}", "set_parties": "parties", "set_team": "mediators",
            "resume": "resume", "reveal": "reveal"}
    assert set(said) == set(rules.DEEDS)
    assert {f"POST /mediations/{{mediation_id}}/{end}" for end in said.values()} <= set(REQUESTS)
