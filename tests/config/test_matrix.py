"""Every endpoint of the installation × role (T4). None belongs to an area but the operation log, which is narrowed."""

from typing import Any

import pytest

from jingwei.config.home import Home
from jingwei.config.http import router
from tests import matrix
from tests.cast import Cast
from tests.matrix import Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                stranger  dismissed  roleless  others  system_admin  system_admin@*  security_admin@*  audit_admin  audit_admin@*
GET /system             401       401        403       403     200           200             403               403          403
GET /backups            401       401        403       403     200           200             403               403          403
POST /backups           401       401        403       403     202           202             403               403          403
GET /audit/operations   401       401        403       403     403           403             403               200          200
GET /dictionary         401       401        200       200     200           200             200               200          200
"""


def _plain(cast: Cast, where: str, caller: Any) -> Ask:
    return Ask()


def test_every_role_gets_what_the_matrix_says(cast: Cast, home: Home) -> None:
    wanted = matrix.expected(TABLE)
    assert {endpoint for endpoint, _, _ in wanted} == matrix.endpoints(router)
    found = matrix.actual(cast, wanted, dict.fromkeys(matrix.endpoints(router), _plain))
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
