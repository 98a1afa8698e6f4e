"""Who is answered what about tables of new reports (T4). Outside: a table whose rows lie in the next district, or somebody else's."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jingwei.cases.models import Batch
from jingwei.files.keys import ensure_key
from jingwei.kernel.ids import new_id
from tests import matrix
from tests.cases.conftest import IN_FIRST, MONDAY_NINE, NEXT_DOOR
from tests.cases.townsfolk import Townsfolk
from tests.cast import Cast, Person
from tests.matrix import INSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                        stranger  dismissed  roleless  system_admin  security_admin  audit_admin  area_admin  leader  evaluator  others
GET /batches/template           401       401        403       403           403             403          403         403     403        200
POST /batches/check             401       401        403       403           403             403          403         403     403        200/200
POST /batches                   401       401        403       403           403             403          403         403     403        201/422
GET /batches                    401       401        403       403           403             403          403         403     403        200
GET /batches/{batch_id}         401       401        200/404   200/404       200/404         200/404      200/404     200/404 200/404    200/404
GET /batches/{batch_id}/table   401       401        200/404   200/404       200/404         200/404      200/404     200/404 200/404    200/404
POST /batches/{batch_id}/stop   401       401        200/404   200/404       200/404         200/404      200/404     200/404 200/404    200/404
"""


def _file(where: str) -> SimpleUploadedFile:
    lon, lat = IN_FIRST if where == INSIDE else NEXT_DOOR
    return SimpleUploadedFile("表.csv", f"情况说明,经度,纬度\n路灯不亮,{lon},{lat}\n".encode())


def _check(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask(form={"file": _file(where)})


def _begin(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask(form={"file": _file(where), "id": str(new_id())})


def _batch(where: str, caller: Person | None) -> UUID:
    """The caller's own, or somebody else's. One that lost the post may still look at what they sent, and stop it."""
    batch_id = new_id()
    owner = caller.id if caller and where == INSIDE else new_id()
    Batch.objects.create(id=batch_id, by=owner, at=MONDAY_NINE, name="表", file_hash="x" * 64, state="running", rows=1)
    return batch_id


def _own(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"batch_id": _batch(where, caller)})


REQUESTS: dict[str, matrix.Request] = {
    "GET /batches/template": lambda cast, where, caller: Ask(), "POST /batches/check": _check, "POST /batches": _begin,
    "GET /batches": lambda cast, where, caller: Ask(), "GET /batches/{batch_id}": _own, "GET /batches/{batch_id}/table": _own,
    "POST /batches/{batch_id}/stop": _own,
}


def test_every_role_gets_what_the_table_says(centre: Any) -> None:
    ensure_key()
    wanted = matrix.expected(TABLE)
    found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
