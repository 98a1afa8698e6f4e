"""Samples of closed cases × role × inside and outside the scope (T4), written by hand, found by calling.

The sample is of the street (outside: of the next district). Those tied to a unit announce nothing and look at nothing.
"""

from datetime import timedelta
from typing import Any

import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases import sampling_cases as rules
from jingwei.cases.events import SamplingEvent
from jingwei.cases.models import CaseSample, Recheck
from jingwei.grids.models import Area
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.ids import new_id
from tests import matrix
from tests.cases.conftest import MONDAY_NINE
from tests.cases.test_matrix import Stand
from tests.cases.townsfolk import NEXT, STREET, Townsfolk
from tests.cast import Cast, Person
from tests.matrix import OUTSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                              stranger  dismissed  roleless  system_admin  security_admin  audit_admin  leader   evaluator  supervisor  town_officer  shift_leader  others   handler@unit
GET /case-samples                     401       401        403       403           403             403          200      200        200         200           200           200      200
POST /case-samples                    401       401        403       403           403             403          201/422  201/422    403         201/422       201/422       403      403
GET /case-samples/{sample_id}         401       401        404       404           404             404          200/404  200/404    200/404     200/404       200/404       200/404  200/404
POST /case-samples/{sample_id}/draw   401       401        404       404           404             404          200/404  200/404    403/404     200/404       200/404       403/404  404
POST /case-samples/{sample_id}/stop   401       401        404       404           404             404          200/404  200/404    403/404     200/404       200/404       403/404  404
GET /case-samples/{sample_id}/check   401       401        404       404           404             404          200/404  200/404    200/404     200/404       200/404       200/404  200/404
GET /case-samples/{sample_id}/list    401       401        404       404           404             404          200/404  200/404    409/404     200/404       200/404       409/404  409/404
GET /rechecks                         401       401        403       403           403             403          200      200        200         200           200           200      200
GET /rechecks/{recheck_id}/workers    401       401        404       404           404             404          200/404  200/404    403/404     200/404       200/404       403/404  403/404
POST /rechecks/{recheck_id}/hand      401       401        404       404           404             404          422/404  422/404    403/404     422/404       422/404       403/404  404
POST /rechecks/{recheck_id}/result    401       401        404       404           404             404          200/404  200/404    403/404     200/404       200/404       403/404  403/404
GET /cases/{case_id}/rechecks         401       401        404       404           404             404          200/404  200/404    200/404     200/404       200/404       200/404  200/404
"""


def _sample(where: str, caller: Person | None, state: str) -> Recheck:
    case = Stand("closed").case(where, caller, "city")
    area = Area.objects.get(code=NEXT if where == OUTSIDE else STREET)
    text = rules.frame_text([rules.Listed(case.number, "", "")])
    number = f"CC990101-2026-{CaseSample.objects.count():04}"
    sample = CaseSample.objects.create(
        id=new_id(), number=number, title="样例", area=area, area_path=area.path, since=MONDAY_NINE, until=MONDAY_NINE, asked=1, days=5,
        way="public", source="样例", source_at=MONDAY_NINE, frame=rules.packed(text), population=1, digest=rules.digest(text), state=state,
        announced_at=MONDAY_NINE, seed="种子", drawn_at=None if state == "announced" else MONDAY_NINE)
    journal.record_new(accounts.operator(), f"case_sample:{sample.id}", SamplingEvent.ANNOUNCED, {
        "digest": sample.digest, "population": 1, "way": "public", "source": "样例", "source_at": MONDAY_NINE, "size": 1, "by": ""}, area_path=area.path)
    return Recheck.objects.create(id=2 if where == OUTSIDE else 1, sample=sample, place=1, case=case) if state != "announced" else Recheck(sample=sample, case=case)


def _of_sample(state: str, body: dict[str, Any] | None = None) -> matrix.Request:
    return lambda cast, where, caller: Ask({"sample_id": _sample(where, caller, state).sample_id}, body)


def _of_recheck(body: dict[str, Any] | None = None) -> matrix.Request:
    return lambda cast, where, caller: Ask({"recheck_id": _sample(where, caller, "drawn").id}, body)


def _announcing(cast: Cast, where: str, caller: Person | None) -> Ask:
    Stand("closed").case(where, caller, "city")
    return Ask(body={"id": str(new_id()), "area": NEXT if where == OUTSIDE else STREET, "since": "2026-11-01T00:00:00+08:00",
                     "until": "2026-11-23T09:00:01+08:00", "size": 1})


REQUESTS: dict[str, matrix.Request] = {
    "GET /case-samples": lambda cast, where, caller: Ask(), "POST /case-samples": _announcing,
    "GET /case-samples/{sample_id}": _of_sample("drawn"), "POST /case-samples/{sample_id}/draw": _of_sample("announced", {"seed": "样例"}),
    "POST /case-samples/{sample_id}/stop": _of_sample("drawn", {"reason": "样例"}), "GET /case-samples/{sample_id}/check": _of_sample("announced"),
    "GET /case-samples/{sample_id}/list": _of_sample("drawn"), "GET /rechecks": lambda cast, where, caller: Ask(),
    "GET /rechecks/{recheck_id}/workers": _of_recheck(), "POST /rechecks/{recheck_id}/hand": _of_recheck({"person": str(new_id())}),
    "POST /rechecks/{recheck_id}/result": _of_recheck({"outcome": "right"}),
    "GET /cases/{case_id}/rechecks": lambda cast, where, caller: Ask({"case_id": Stand("closed").case(where, caller, "city").id}),
}


def test_every_role_gets_what_the_table_says(centre: Any) -> None:
    wanted = matrix.expected(TABLE)
    with clock.held_at(MONDAY_NINE + timedelta(minutes=1)):
        found = matrix.actual(Townsfolk(), wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
