"""Every endpoint × role × one's own file and somebody else's (T4)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import MULTIPART_CONTENT

from jingwei.files.commands import add
from jingwei.files.http import router
from jingwei.kernel.actor import Actor, Grant
from tests import matrix
from tests.cast import Cast, Person, cast
from tests.files.pictures import photo
from tests.matrix import INSIDE, Ask

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.files.urls")]
__all__ = ["cast"]

TABLE = """
endpoint                    stranger  dismissed  roleless  others   area_admin  leader   evaluator  system_admin  security_admin  audit_admin
POST /files                 401       401        403       201      201         403      403        403           403             403
GET /files/{file_id}        401       401        200/404   200/404  200/404     200/404  200/404    200/404       200/404         200/404
GET /files/{file_id}/thumb  401       401        200/404   200/404  200/404     200/404  200/404    200/404       200/404         200/404
"""


def _file(cast: Cast, where: str, caller: Person | None) -> Ask:
    """Inside: uploaded by the caller, whatever became of the right to upload; outside: by somebody else."""
    owner = caller if where == INSIDE and caller else cast.hire(f"other{len(cast.people)}")
    actor = Actor(owner.id, owner.login, (Grant("supervisor", "", frozenset({"file.add"})),))
    return Ask({"file_id": add(actor, photo(40, 30), "现场.jpg").id})


def _upload(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask(body=SimpleUploadedFile("现场.jpg", photo(40, 30), "image/jpeg"))


REQUESTS: dict[str, matrix.Request] = {
    "POST /files": _upload, "GET /files/{file_id}": _file, "GET /files/{file_id}/thumb": _file}


def _call(client: Any, endpoint: str, ask: Ask, prefix: str) -> int:
    """An upload is a form with a file, everything else as in every matrix."""
    if endpoint != "POST /files":
        return plain_call(client, endpoint, ask, prefix)
    return client.post(f"{prefix}/files", {"file": ask.body}, content_type=MULTIPART_CONTENT).status_code


plain_call = matrix._call


def test_every_role_gets_what_the_matrix_says(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "_call", _call)
    wanted = matrix.expected(TABLE)
    assert {endpoint for endpoint, _, _ in wanted} == matrix.endpoints(router)
    found = matrix.actual(cast, wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
