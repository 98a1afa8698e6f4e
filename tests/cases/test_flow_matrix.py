"""Who is answered what about flows (T4). Inside: the town of the person's post; outside: the next district."""

from typing import Any

import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases import commands
from jingwei.files.keys import ensure_key
from tests import matrix
from tests.cases.townsfolk import Townsfolk
from tests.cast import Cast, Person
from tests.matrix import INSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                          stranger  dismissed  others  area_admin  area_admin@*
GET /flows                        401       401        200     200         200
GET /flow-words                   401       401        200     200         200
GET /flows/{profile}              401       401        200     200         200
GET /flows/{code}/sheet           401       401        200     200         200
GET /flows/{code}/document        401       401        200     200         200
GET /flows/{code}/versions        401       401        403     200/422     200
GET /flows/{code}/draft           401       401        403     200/422     200
POST /flows/{code}/draft          401       401        403     201/422     201
DELETE /flows/{code}/draft        401       401        403     200/422     200
POST /flows/{code}/draft/edits    401       401        403     200/422     200
POST /flows/{code}/draft/undo     401       401        403     200/422     200
POST /flows/{code}/draft/publish  401       401        403     200/422     200
POST /flows/{code}/retire         401       401        403     200/422     200
"""
SHIFT = {"what": "clock", "state": "checking", "limit": "stage:close"}


@pytest.fixture
def townsfolk(centre: Any) -> Townsfolk:
    ensure_key()
    return Townsfolk()


def _area(where: str) -> str:
    return "990101001000" if where == INSIDE else "990102000000"


def _read(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"code": "city", "profile": "city"}, query=f"area={_area(where)}")


def _drafted(edits: int, body: dict[str, Any]) -> matrix.Request:
    """With a draft of so many edits in the area."""

    def request(cast: Cast, where: str, caller: Person | None) -> Ask:
        commands.draft_flow(accounts.operator(), "city", area_code=_area(where))
        for seen in range(edits):
            commands.edit_flow(accounts.operator(), "city", SHIFT, seen=seen, area_code=_area(where))
        return Ask({"code": "city"}, {"area": _area(where), **body}, query=f"area={_area(where)}")

    return request


def _published(cast: Cast, where: str, caller: Person | None) -> Ask:
    asked = _drafted(1, {"reason": "不再需要"})(cast, where, caller)
    commands.publish_flow(accounts.operator(), "city", seen=1, reason="试行", area_code=_area(where))
    return asked


REQUESTS: dict[str, matrix.Request] = {
    "GET /flows": _read, "GET /flow-words": _read, "GET /flows/{profile}": _read, "GET /flows/{code}/sheet": _read,
    "GET /flows/{code}/document": _read, "GET /flows/{code}/versions": _read, "GET /flows/{code}/draft": _drafted(0, {}),
    "POST /flows/{code}/draft": lambda cast, where, caller: Ask({"code": "city"}, {"area": _area(where)}),
    "DELETE /flows/{code}/draft": _drafted(0, {}), "POST /flows/{code}/draft/edits": _drafted(0, {"seen": 0, "edit": SHIFT}),
    "POST /flows/{code}/draft/undo": _drafted(1, {"seen": 1}),
    "POST /flows/{code}/draft/publish": _drafted(1, {"seen": 1, "reason": "试行"}), "POST /flows/{code}/retire": _published,
}


def test_every_role_gets_what_the_table_says(townsfolk: Townsfolk) -> None:
    wanted = matrix.expected(TABLE)
    found = matrix.actual(townsfolk, wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
