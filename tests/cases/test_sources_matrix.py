"""Who is answered what about systems that send by themselves (T4). Signing in opens no way in of theirs."""

from typing import Any
from uuid import UUID

import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases import commands
from jingwei.files.keys import ensure_key
from jingwei.kernel.ids import new_id
from tests import matrix
from tests.cases.townsfolk import Townsfolk
from tests.cast import Cast, Person
from tests.matrix import Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                            stranger  dismissed  roleless  system_admin  security_admin  audit_admin  others
POST /intake/sms                    401       401        401       401           401             401          401
POST /intake/camera                 401       401        401       401           401             401          401
GET /sources                        401       401        403       200           403             403          403
PUT /sources/{source_id}            401       401        403       200           403             403          403
DELETE /sources/{source_id}         401       401        403       200           403             403          403
POST /sources/{source_id}/secret    401       401        403       200           403             403          403
"""
SETTINGS = {"kind": "sms", "name": "短信平台", "area_code": "990101001001"}


def _made() -> UUID:
    return commands.set_source(accounts.operator(), new_id(), active=True, trusted=False, **SETTINGS)


def _there(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"source_id": _made()}, {})


REQUESTS: dict[str, matrix.Request] = {
    "POST /intake/sms": lambda cast, where, caller: Ask(body={"id": "1", "phone": "13912345678", "text": "路灯不亮"}),
    "POST /intake/camera": lambda cast, where, caller: Ask(body={"id": "1", "camera": "A", "title": "积水"}),
    "GET /sources": lambda cast, where, caller: Ask(), "PUT /sources/{source_id}": lambda cast, where, caller: Ask({"source_id": new_id()}, SETTINGS),
    "DELETE /sources/{source_id}": _there, "POST /sources/{source_id}/secret": _there,
}


def test_every_role_gets_what_the_table_says(centre: Any) -> None:
    ensure_key()
    wanted = matrix.expected(TABLE)
    found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
