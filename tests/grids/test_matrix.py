"""Every endpoint of the ground × role × inside and outside the scope (T4).

A point is told within one's own district, wherever in it one works: any staff may report anywhere there (PB-19).
"""

from collections.abc import Iterator

import pytest
import shapely

from jingwei.accounts import ports
from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import grants, users
from jingwei.accounts.queries import Role
from jingwei.grids import commands, finding_places, queries
from jingwei.grids.http import router
from tests import matrix
from tests.cast import EVERYWHERE, OTHER_TOWN, TOWN, Cast, Person, fresh_caches
from tests.matrix import INSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint               stranger  dismissed  roleless  others   area_admin  area_admin@*  supervisor@*  leader@*
GET /areas             401       401        404       200/404  200/404     200           200           200
GET /areas/{area_id}   401       401        404       200/404  200/404     200           200           200
GET /locate            401       401        404       200/404  200/404     200           200           200
GET /staffing/gaps     401       401        200       200      200         200           200           200
"""
CODES = {TOWN: "990101001000", OTHER_TOWN: "990102001000", EVERYWHERE: "*"}
GROUND = (  # code, name, kind, code above
    ("990000000000", "示例省", "province", ""), ("990100000000", "示例市", "city", "990000000000"),
    ("990101000000", "示例区", "county", "990100000000"), ("990101001000", "柳溪街道", "street", "990101000000"),
    ("990101001001", "柳溪社区", "community", "990101001000"), ("990101002000", "河西街道", "street", "990101000000"),
    ("990101002001", "河西社区", "community", "990101002000"), ("990102000000", "邻区", "county", "990100000000"),
    ("990102001000", "邻街道", "street", "990102000000"), ("990102001001", "邻社区", "community", "990102001000"))
WEST = {"990101001001": 102.0, "990101002001": 102.01, "990102001001": 103.0}  # of each outline, a hundred metres wide


class Townsfolk(Cast):
    """The cast's people, over areas that are drawn."""

    def hire(self, login: str, role: Role | None = None, area: str = TOWN, *, unit: str = "", home: str = "",
             name: str = "") -> Person:
        user = users.create(accounts.operator(), login, "郑示例")
        given = grants.give(accounts.operator(), user, role.code, CODES[area]) if role else 0
        return Person(user, login, "郑示例", role.code if role else "", area, unit, given)


@pytest.fixture
def townsfolk(db: None) -> Iterator[Townsfolk]:
    fresh_caches()
    finding_places.forget()
    wired = ports.area_path_of
    ports.wire(area_path_of=queries.path_of_code)
    made: dict[str, int] = {}
    for code, name, kind, above in GROUND:
        west = WEST.get(code)
        made[code] = commands.create_area(
            accounts.operator(), code, name, kind, parent_id=made.get(above), note="样例",
            wkb=shapely.to_wkb(shapely.box(west, 40.0, west + 0.001, 40.001)) if west else None)
    commands.create_area(accounts.operator(), "990101001001R01", "第一网格", "responsibility",
                         parent_id=made["990101001001"])
    commands.create_area(accounts.operator(), "990102001001R01", "邻一网格", "responsibility",
                         parent_id=made["990102001001"])
    yield Townsfolk(units=made)
    ports.wire(area_path_of=wired)
    fresh_caches()
    finding_places.forget()


def _code(where: str) -> str:
    return "990101001001" if where == INSIDE else "990102001001"


REQUESTS: dict[str, matrix.Request] = {
    "GET /areas": lambda cast, where, caller: Ask(query=f"parent={cast.units[_code(where)]}"),
    "GET /areas/{area_id}": lambda cast, where, caller: Ask({"area_id": cast.units[_code(where)]}),
    "GET /locate": lambda cast, where, caller: Ask(query=f"lon={WEST[_code(where)] + 0.0005}&lat=40.0005"),
    "GET /staffing/gaps": lambda cast, where, caller: Ask(query=f"area={cast.units[_code(where)]}"),
}


def test_every_role_gets_what_the_matrix_says(townsfolk: Townsfolk) -> None:
    wanted = matrix.expected(TABLE)
    assert {endpoint for endpoint, _, _ in wanted} == matrix.endpoints(router)
    found = matrix.actual(townsfolk, wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.LEADER, Role.AREA_ADMIN, Role.SYSTEM_ADMIN])
def test_no_list_shows_what_lies_outside(townsfolk: Townsfolk, role: Role) -> None:
    client = townsfolk.client(townsfolk.of(role))
    roots = client.get("/api/areas").json()["items"]
    assert [line["code"] for line in roots] == [CODES[TOWN]]
    for query in ("", f"?area={townsfolk.units['990102000000']}", f"?area={townsfolk.units['990100000000']}"):
        gaps = client.get(f"/api/staffing/gaps{query}").json()["items"]
        assert {line["code"] for line in gaps} <= {"990101001001R01"}
    assert [line["code"] for line in client.get("/api/staffing/gaps").json()["items"]] == ["990101001001R01"]


def test_a_point_elsewhere_in_ones_own_district_is_told(townsfolk: Townsfolk) -> None:
    """PB-19: whoever works in a district may report anywhere in it, and must see where that is."""
    place = townsfolk.client(townsfolk.of(Role.SUPERVISOR)).get("/api/locate?lon=102.0105&lat=40.0005")
    assert (place.status_code, place.json()["code"]) == (200, "990101002001")
