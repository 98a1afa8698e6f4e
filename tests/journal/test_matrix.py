"""Every endpoint of the journal × role (T4). Nothing here belongs to an area: a parked entry is a matter of the system."""

import pytest

from jingwei.journal import jobs
from jingwei.journal.commands import record_new
from jingwei.journal.events import JournalEvent
from jingwei.journal.http import router
from jingwei.journal.models import Parked
from jingwei.journal.queries import VERIFICATION
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.ids import new_id
from tests import matrix
from tests.cast import Cast, Person, cast
from tests.matrix import INSIDE, Ask

pytestmark = pytest.mark.django_db
__all__ = ["cast"]

TABLE = """
endpoint                                   stranger  dismissed  roleless  others  system_admin  system_admin@*  security_admin  audit_admin  audit_admin@*
GET /journal/position                      401       401        200       200     200           200             200             200          200
GET /journal/parked                        401       401        403       403     200           200             403             403          403
POST /journal/parked/{parked_id}/release   401       401        403       403     200/404       200/404         403             403          403
GET /jobs                                  401       401        403       403     200           200             403             403          403
POST /journal/verify                       401       401        403       403     403           403             403             200          200
GET /journal/verify/{job}                  401       401        403       403     403           403             403             200/404      200/404
"""


def _parked(cast: Cast, where: str, caller: Person | None) -> Ask:
    """Inside: there is such an entry; outside: there is none."""
    row = Parked.objects.create(reader="cases.copies", position=10**6, subject="case:none", tries=5, error="x",
                                at=clock.now())
    return Ask({"parked_id": row.id if where == INSIDE else row.id + 1}, {"skip": True})


def _job(cast: Cast, where: str, caller: Person | None) -> Ask:
    found = jobs.enqueue(VERIFICATION, [], {})
    return Ask({"job": found if where == INSIDE else new_id()})


REQUESTS: dict[str, matrix.Request] = {
    "GET /journal/position": lambda cast, where, caller: Ask(),
    "GET /journal/parked": lambda cast, where, caller: Ask(),
    "POST /journal/parked/{parked_id}/release": _parked,
    "GET /jobs": lambda cast, where, caller: Ask(query="state=ready"),
    "POST /journal/verify": lambda cast, where, caller: Ask(),
    "GET /journal/verify/{job}": _job,
}


def test_every_role_gets_what_the_matrix_says(cast: Cast) -> None:
    record_new(Actor(None, "", via="cli"), "journal:keys", JournalEvent.KEYS_EXPORTED, {})
    wanted = matrix.expected(TABLE)
    assert {endpoint for endpoint, _, _ in wanted} == matrix.endpoints(router)
    found = matrix.actual(cast, wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
