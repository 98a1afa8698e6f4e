"""Every endpoint of the registry × role × inside and outside the scope (T4). Asked about 柳溪街道; outside: next door."""

from typing import Any

import pytest

from jingwei.accounts.queries import operator
from jingwei.kernel.ids import new_id
from jingwei.registry import commands
from jingwei.registry.commands import Where
from jingwei.registry.http import router
from tests import matrix
from tests.cases.townsfolk import NEXT, STREET, Townsfolk
from tests.cast import Cast, Person
from tests.matrix import INSIDE, Ask
from tests.registry.conftest import GIVEN, IN_FIRST, IN_SECOND, MANHOLE, NEXT_DOOR, OLD, SCHEME

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                        stranger  dismissed  roleless  others   handler@unit  area_admin  area_admin@*  system_admin  security_admin  audit_admin
GET /parts                      401       401        403       200/422  200/422       200/422     200           403           403             403
GET /parts/counts               401       401        403       200/422  200/422       200/422     200           403           403             403
GET /parts/near                 401       401        403       200      200           200         200           403           403             403
GET /parts/{part_id}            401       401        404       200/404  200/404       200/404     200           404           404             404
GET /parts/tiles/{z}/{x}/{y}.mvt  401     401        403       200      200           200         200           403           403             403
POST /parts                     401       401        403       403      403           201/403     201           403           403             403
GET /parts/export               401       401        403       200/422  200/422       200/422     200           403           403             403
GET /part-samples               401       401        403       200      200           200         200           403           403             403
GET /part-samples/{sample_id}   401       401        404       200/404  200/404       200/404     200           404           404             404
GET /part-samples/{sample_id}/sheet  401  401        404       200/404  200/404       200/404     200           404           404             404
POST /part-samples              401       401        403       403      403           201/422     201           403           403             403
POST /part-samples/{sample_id}/parts/{place}  401  401  404    403/404  403/404       200/404     200           404           404             404
POST /part-samples/{sample_id}/conclude  401  401    404       403/404  403/404       409/404     409           404           404             404
POST /parts/change-scheme       401       401        403       403      403           200         200           403           403             403
POST /parts/{part_id}/correct   401       401        404       403/404  403/404       200/404     200           404           404             404
POST /parts/{part_id}/move      401       401        404       403/404  403/404       200/404     200           404           404             404
POST /parts/{part_id}/state     401       401        404       403/404  403/404       200/404     200           404           404             404
POST /parts/{part_id}/retire    401       401        404       403/404  403/404       200/404     200           404           404             404
"""


def _standing(where: str) -> Any:
    place = Where(*(IN_FIRST if where == INSIDE else NEXT_DOOR))
    return commands.add(operator(), new_id(), MANHOLE, place, GIVEN).id


def _of_area(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask(query=f"area={STREET if where == INSIDE else NEXT}")


def _deed(body: dict[str, Any]) -> matrix.Request:
    return lambda cast, where, caller: Ask({"part_id": _standing(where)}, body)


def _add(cast: Cast, where: str, caller: Person | None) -> Ask:
    lon, lat = IN_FIRST if where == INSIDE else NEXT_DOOR
    return Ask(body={"id": str(new_id()), "class_code": MANHOLE, "lon": lon, "lat": lat})


def _move(cast: Cast, where: str, caller: Person | None) -> Ask:
    lon, lat = IN_SECOND if where == INSIDE else (NEXT_DOOR[0] + 0.0001, NEXT_DOOR[1])
    return Ask({"part_id": _standing(where)}, {"lon": lon, "lat": lat})


def _tile(cast: Cast, where: str, caller: Person | None) -> Ask:
    _standing(INSIDE)
    from jingwei.grids import quadtree

    x = int((IN_FIRST[0] + 180) / 360 * (1 << 16))
    y = next(y for y in range(1 << 16) if quadtree.box(16, x, y)[1] <= IN_FIRST[1])
    return Ask({"z": 16, "x": x, "y": y})


def _sample(where: str) -> Any:
    _standing(where)
    sample_id = new_id()
    commands.draw_sample(operator(), sample_id, "", "种子", 5, area=STREET if where == INSIDE else NEXT)
    return sample_id


def _draw(cast: Cast, where: str, caller: Person | None) -> Ask:
    _standing(where)
    return Ask(body={"id": str(new_id()), "seed": "种子", "size": 5, "area": STREET if where == INSIDE else NEXT})


REQUESTS: dict[str, matrix.Request] = {
    "GET /parts": _of_area, "GET /parts/counts": _of_area,
    "GET /parts/near": lambda cast, where, caller: Ask(query=f"lon={IN_FIRST[0]}&lat={IN_FIRST[1]}"),
    "GET /parts/{part_id}": lambda cast, where, caller: Ask({"part_id": _standing(where)}),
    "GET /parts/tiles/{z}/{x}/{y}.mvt": _tile,
    "GET /parts/export": _of_area,
    "POST /parts/change-scheme": lambda cast, where, caller: Ask(body={"before": OLD, "after": SCHEME}),
    "GET /part-samples": lambda cast, where, caller: Ask(),
    "GET /part-samples/{sample_id}": lambda cast, where, caller: Ask({"sample_id": _sample(where)}),
    "GET /part-samples/{sample_id}/sheet": lambda cast, where, caller: Ask({"sample_id": _sample(where)}),
    "POST /part-samples": _draw,
    "POST /part-samples/{sample_id}/parts/{place}": lambda cast, where, caller: Ask(
        {"sample_id": _sample(where), "place": 1}, {"marks": {"exists": True}}),
    "POST /part-samples/{sample_id}/conclude": lambda cast, where, caller: Ask({"sample_id": _sample(where)}, {}),
    "POST /parts": _add,
    "POST /parts/{part_id}/correct": _deed({"note": "一号井"}), "POST /parts/{part_id}/move": _move,
    "POST /parts/{part_id}/state": _deed({"state": "damaged"}),
    "POST /parts/{part_id}/retire": _deed({"reason": "道路改造"}),
}


@pytest.fixture
def townsfolk(both: Any) -> Townsfolk:
    return Townsfolk()


def test_every_role_gets_what_the_table_says(townsfolk: Townsfolk) -> None:
    wanted = matrix.expected(TABLE)
    assert {endpoint for endpoint, _, _ in wanted} == matrix.endpoints(router)
    found = matrix.actual(townsfolk, wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
