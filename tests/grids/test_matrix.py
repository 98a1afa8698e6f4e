"""Every endpoint of the ground × role × inside and outside the scope (T4).

A point is told within one's own district, wherever in it one works: any staff may report anywhere there (PB-19).
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely
from PIL import Image

from jingwei.accounts import ports
from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import grants, users
from jingwei.accounts.queries import Role
from jingwei.config.home import Home
from jingwei.files import commands as files
from jingwei.files import keys
from jingwei.grids import commands, finding_places, quadtree, queries
from jingwei.grids.days import today
from jingwei.grids.http import router
from jingwei.journal import keys as journal_keys
from jingwei.kernel import clock
from tests import matrix
from tests.cast import EVERYWHERE, OTHER_TOWN, TOWN, Cast, Person, fresh_caches
from tests.grids import standing_matrix
from tests.grids.conftest import layer
from tests.matrix import INSIDE, OUTSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                                stranger  dismissed  roleless  others   area_admin  area_admin@*  supervisor@*  leader@*
GET /areas                              401       401        404       200/404  200/404     200           200           200
GET /areas/find                         401       401        200       200      200         200           200           200
GET /areas/{area_id}                    401       401        404       200/404  200/404     200           200           200
GET /areas/{area_id}/shape              401       401        404       200/404  200/404     200           200           200
GET /areas/{area_id}/archive            401       401        404       200/404  200/404     200           200           200
GET /areas/{area_id}/archive.pdf        401       401        404       200/404  200/404     200           200           200
GET /areas/{area_id}/map.pdf            401       401        404       200/404  200/404     200           200           200
GET /areas/{area_id}/board.pdf          401       401        404       200/404  200/404     200           200           200
GET /areas/{area_id}/card.pdf           401       401        404       200/404  200/404     200           200           200
GET /areas/{area_id}/staffing.pdf       401       401        404       200/404  200/404     200           200           200
POST /areas/{area_id}/four-bounds       401       401        404       403/404  200/404     200           403           403
POST /areas/{area_id}/four-bounds/below  401      401        404       403/404  200/404     200           403           403
PUT /areas/{area_id}/board              401       401        404       403/404  204/404     204           403           403
GET /staffing/people/{user_id}/contact  401       401        404       404      200/404     200           404           404
GET /staffing/people/{user_id}/contact/photo  401  401       404       404      200/404     200           404           404
PUT /staffing/people/{user_id}/contact  401       401        404       404      204/404     204           404           404
DELETE /staffing/people/{user_id}/contact  401    401        404       404      204/404     204           404           404
GET /locate                             401       401        404       200/404  200/404     200           200           200
GET /map                                401       401        403       200      200         200           200           200
GET /map/{version}/{z}/{x}/{y}.mvt      401       401        404       200/404  200/404     200           200           200
GET /staffing                           401       401        404       200/404  200/404     200           200           200
POST /staffing                          401       401        404       403/404  201/404     201           403           403
POST /staffing/{staffing_id}/end        401       401        404       403/404  200/404     200           403           403
POST /staffing/{staffing_id}/hand-over  401       401        404       403/404  201/404     201           403           403
GET /staffing/gaps                      401       401        200       200      200         200           200           200
GET /staffing/people                    401       401        404       403/404  200/404     200           403           403
GET /absences                           401       401        200       200      200         200           200           200
POST /absences                          401       401        404       404      201/404     201           404           404
DELETE /absences/{absence_id}           401       401        404       404      204/404     204           404           404
GET /plans                              401       401        200       200      200         200           200           200
POST /plans                             401       401        403       403      403         201           403           403
DELETE /plans/{plan_id}/schedule        401       401        403       403      403         204           403           403
POST /plans/{plan_id}/publish           401       401        403       403      403         200           403           403
DELETE /plans/{plan_id}                 401       401        403       403      403         204           403           403
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
def townsfolk(db: None, settings: Any, tmp_path: Path) -> Iterator[Townsfolk]:
    settings.HOME = Home(tmp_path / "home")  # phones and photos of the staff are sealed with its keys
    settings.HOME.keys.mkdir(parents=True)
    settings.HOME.files.mkdir()
    journal_keys.create_missing(settings.HOME.keys)
    keys.ensure_key()
    fresh_caches()
    finding_places.forget()
    wired = ports._area_path_of
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
    street = shapely.LineString([(101.9, 40.00105), (103.1, 40.00105)])
    commands.import_layer(accounts.operator(), layer([(street, {"name": "北街"})]), "streets")
    yield Townsfolk(units=made)
    ports.wire(area_path_of=wired)
    fresh_caches()
    finding_places.forget()


def _code(where: str) -> str:
    return "990101001001" if where == INSIDE else "990102001001"


def _worker(cast: Cast, login: str) -> Person:
    """Somebody without a role, to be posted or away; nobody of the table."""
    return cast.hire(login)


def _posted(cast: Cast, where: str) -> tuple[int, Person]:
    worker = _worker(cast, "posted.one")
    return commands.staff(accounts.operator(), cast.units[_code(where)], worker.id, "main", today()), worker


def _tile(cast: Cast, where: str, caller: Person | None) -> Ask:
    """The tile of a place under the version that the caller is told, or that somebody else is."""
    shown = cast.client(caller or cast.of(Role.LEADER)).get("/api/map").json()
    x = int((WEST[_code(where)] + 0.0005 + 180) / 360 * 2**14)
    y = next(y for y in range(2**14) if quadtree.box(14, x, y)[1] <= 40.0005)
    return Ask({"version": shown.get("version", "0-0-all"), "z": 14, "x": x, "y": y})


def _post(cast: Cast, where: str, caller: Person | None) -> Ask:
    body = {"area_id": cast.units[_code(where)], "user_id": str(_worker(cast, "to.post").id), "post": "main",
            "since": str(today())}
    return Ask(body=body)


def _end(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"staffing_id": _posted(cast, where)[0]}, {}, query=where)  # ids come again after a rollback


def _hand_over(cast: Cast, where: str, caller: Person | None) -> Ask:
    heir = _worker(cast, "to.post")
    return Ask({"staffing_id": _posted(cast, where)[0]}, {"user_id": str(heir.id), "on": str(today())})


def _be_away(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask(body={"user_id": str(_posted(cast, where)[1].id), "since": clock.now().isoformat()})


def _come_back(cast: Cast, where: str, caller: Person | None) -> Ask:
    worker = _posted(cast, where)[1]
    return Ask({"absence_id": commands.set_absent(accounts.operator(), worker.id, clock.now())}, query=where)


def _plan(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"plan_id": commands.open_plan(accounts.operator(), "样稿")}, {})


def _public(cast: Cast, where: str, caller: Person | None) -> Ask:
    """Somebody posted whose photo and phone are public by a signed form."""
    worker = _posted(cast, where)[1]
    out = io.BytesIO()
    Image.new("RGB", (30, 40), "green").save(out, "jpeg")
    photo = files.add(accounts.operator(), out.getvalue(), "头像.jpg").id
    commands.give_contact(accounts.operator(), worker.id, consent=True, form=True, phone="12345", photo=photo)
    return Ask({"user_id": worker.id}, query=where)


def _sign(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"user_id": _posted(cast, where)[1].id}, {"consent": True, "form": True, "phone": "12345"})


def _of_area(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"area_id": cast.units[_code(where)]})


TABLE_OF_RIGHTS = TABLE + standing_matrix.ROWS

REQUESTS: dict[str, matrix.Request] = {
    "GET /areas/{area_id}/archive": _of_area,
    "GET /areas/{area_id}/archive.pdf": _of_area,
    "GET /areas/{area_id}/map.pdf": _of_area,
    "GET /areas/{area_id}/board.pdf": _of_area,
    "GET /areas/{area_id}/card.pdf": _of_area,
    "GET /areas/{area_id}/staffing.pdf": _of_area,
    "POST /areas/{area_id}/four-bounds": lambda cast, where, caller: Ask({"area_id": cast.units[_code(where)]}, {}),
    "POST /areas/{area_id}/four-bounds/below": lambda cast, where, caller: Ask({"area_id": cast.units[_code(where)]}, {}),
    "PUT /areas/{area_id}/board": lambda cast, where, caller: Ask({"area_id": cast.units[_code(where)]}, {"office_phone": "12345"}),
    "GET /staffing/people/{user_id}/contact": _public,
    "GET /staffing/people/{user_id}/contact/photo": _public,
    "PUT /staffing/people/{user_id}/contact": _sign,
    "DELETE /staffing/people/{user_id}/contact": _public,
    "GET /areas": lambda cast, where, caller: Ask(query=f"parent={cast.units[_code(where)]}"),
    "GET /areas/find": lambda cast, where, caller: Ask(query=f"words={_code(where)}"),
    "GET /areas/{area_id}": lambda cast, where, caller: Ask({"area_id": cast.units[_code(where)]}),
    "GET /areas/{area_id}/shape": lambda cast, where, caller: Ask({"area_id": cast.units[_code(where)]}),
    "GET /locate": lambda cast, where, caller: Ask(query=f"lon={WEST[_code(where)] + 0.0005}&lat=40.0005"),
    "GET /map": lambda cast, where, caller: Ask(),
    "GET /map/{version}/{z}/{x}/{y}.mvt": _tile,
    "GET /staffing": lambda cast, where, caller: Ask(query=f"area={cast.units[_code(where)]}"),
    "POST /staffing": _post,
    "POST /staffing/{staffing_id}/end": _end,
    "POST /staffing/{staffing_id}/hand-over": _hand_over,
    "GET /staffing/gaps": lambda cast, where, caller: Ask(query=f"area={cast.units[_code(where)]}"),
    "GET /staffing/people": lambda cast, where, caller: Ask(query=f"area={cast.units[_code(where)]}"),
    "GET /absences": lambda cast, where, caller: Ask(),
    "POST /absences": _be_away,
    "DELETE /absences/{absence_id}": _come_back,
    "GET /plans": lambda cast, where, caller: Ask(),
    "POST /plans": lambda cast, where, caller: Ask(body={"title": "样稿"}),
    "DELETE /plans/{plan_id}/schedule": _plan,
    "POST /plans/{plan_id}/publish": _plan,
    "DELETE /plans/{plan_id}": _plan,
    **standing_matrix.requests(_code, _posted, _worker),
}


def test_every_role_gets_what_the_matrix_says(townsfolk: Townsfolk) -> None:
    wanted = matrix.expected(TABLE_OF_RIGHTS)
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


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.LEADER, Role.AREA_ADMIN])
def test_no_search_and_no_posting_shows_what_lies_outside(townsfolk: Townsfolk, role: Role) -> None:
    for where in (INSIDE, OUTSIDE):
        commands.staff(accounts.operator(), townsfolk.units[_code(where)], townsfolk.hire(f"posted.{where}").id, "main", today())
    client = townsfolk.client(townsfolk.of(role))
    assert {line["area_code"] for line in client.get("/api/staffing").json()["items"]} == {_code(INSIDE)}
    found = client.get("/api/areas/find?words=社区").json()["items"]
    assert {line["code"] for line in found} == {_code(INSIDE)}


def test_a_point_elsewhere_in_ones_own_district_is_told(townsfolk: Townsfolk) -> None:
    """PB-19: whoever works in a district may report anywhere in it, and must see where that is."""
    place = townsfolk.client(townsfolk.of(Role.SUPERVISOR)).get("/api/locate?lon=102.0105&lat=40.0005")
    assert (place.status_code, place.json()["code"]) == (200, "990101002001")
