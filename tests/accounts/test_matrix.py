"""Every endpoint × role × inside and outside the scope (T4), written by hand and compared with what calling finds."""

import pytest

from jingwei.accounts import queries
from jingwei.accounts.commands import invitations, tokens, users
from jingwei.accounts.http import router
from jingwei.accounts.models import SecondFactor
from jingwei.accounts.queries import Role
from jingwei.kernel import clock
from tests import matrix
from tests.cast import CODE_OF, NEXT_VILLAGE, OTHER_TOWN, OTHER_VILLAGE, PASSWORD, VILLAGE, Cast, Person
from tests.matrix import INSIDE, Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                         stranger  dismissed  roleless  others  area_admin  area_admin@unit  area_admin@*  system_admin  system_admin@*  security_admin  security_admin@*  audit_admin  audit_admin@*
POST /session                    200       200        200       200     200         200              200           200           200             200             200               200          200
DELETE /session                  401       401        200       200     200         200              200           200           200             200             200               200          200
POST /session/second-factor      401       401        409       409     409         409              409           409           409             409             409               409          409
POST /me/second-factor           401       401        200       200     200         200              200           200           200             200             200               200          200
POST /me/second-factor/confirm   401       401        409       409     409         409              409           409           409             409             409               409          409
POST /invitations                200       200        200       200     200         200              200           200           200             200             200               200          200
GET /me                          401       401        200       200     200         200              200           200           200             200             200               200          200
POST /me/password                401       401        422       422     422         422              422           422           422             422             422               422          422
POST /tokens                     401       401        201       201     201         201              201           201           201             201             201               201          201
DELETE /tokens/{token_id}        401       401        200/404   200/404 200/404     200/404          200/404       200/404       200/404         200/404         200/404           200/404      200/404
GET /roles                       401       401        200       200     200         200              200           200           200             200             200               200          200
GET /units                       401       401        403       200     200         200              200           200           200             200             200               403          403
POST /units                      401       401        403       403     403         201/403          201           403           201             403             403               403          403
PATCH /units/{unit_id}           401       401        403       403     403         200/403          200           403           200             403             403               403          403
GET /users                       401       401        403       403     200         200              200           200           200             200             200               403          403
POST /users                      401       401        403       403     403         403              403           201           201             403             403               403          403
GET /users/{user_id}             401       401        403       403     200/404     200/404          200           200/404       200             200/404         200               403          403
PATCH /users/{user_id}           401       401        403       403     403         403              403           200/404       200             403             403               403          403
POST /users/{user_id}/grants     401       401        403       403     403         403              403           403           403             201/404         201               403          403
DELETE /grants/{grant_id}        401       401        403       403     403         403              403           403           403             200/404         200               403          403
POST /users/{user_id}/reset      401       401        403       403     403         403              403           200/404       200             403             403               403          403
POST /users/{user_id}/dismiss    401       401        403       403     403         403              403           403           403             200/404         200               403          403
DELETE /users/{user_id}/second-factor  401  401       403       403     403         403              403           200/404       200             403             403               403          403
DELETE /users/{user_id}/sessions  401       401        403       403     403         403              403           403           403             200/404         200               403          403
GET /online                      401       401        403       403     403         403              403           403           403             200             200               403          403
GET /audit/signins               401       401        403       403     403         403              403           403           403             403             403               200          200
"""


def _target(cast: Cast, where: str) -> Person:
    login = f"target.{where}"
    if (login, "", "") not in cast.people:
        inside = where == INSIDE
        cast.people[login, "", ""] = cast.hire(
            login, Role.SUPERVISOR, VILLAGE if inside else OTHER_VILLAGE, home="B-1-1" if inside else "B-2")
    return cast.people[login, "", ""]


def _unit(where: str) -> str:
    return "B-1-1" if where == INSIDE else "B-2"


def _token(cast: Cast, where: str, caller: Person | None) -> Ask:
    owner = caller if where == INSIDE and caller and caller.login != "dismissed.one" else _target(cast, where)
    return Ask({"token_id": tokens.issue_token(cast.actor(owner), "平板").id})


def _invitation(cast: Cast, where: str, caller: Person | None) -> Ask:
    token = users.reset(queries.operator(), _target(cast, where).id).token
    return Ask({}, {"token": token, "password": PASSWORD})


def _grant(cast: Cast, where: str, caller: Person | None) -> Ask:
    area = CODE_OF[NEXT_VILLAGE if where == INSIDE else OTHER_TOWN]
    return Ask({"user_id": _target(cast, where).id}, {"role": "supervisor", "area_code": area})


def _to_target(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"user_id": _target(cast, where).id}, {})


def _with_second_factor(cast: Cast, where: str, caller: Person | None) -> Ask:
    target = _target(cast, where).id
    SecondFactor.objects.create(user_id=target, sealed=b"sealed", last_step=0, set_at=clock.now())
    return Ask({"user_id": target})


REQUESTS: dict[str, matrix.Request] = {
    "POST /session/second-factor": lambda cast, where, caller: Ask({}, {"code": "123456"}),
    "POST /me/second-factor": lambda cast, where, caller: Ask({}, {}),
    "POST /me/second-factor/confirm": lambda cast, where, caller: Ask({}, {"code": "123456"}),
    "DELETE /users/{user_id}/second-factor": _with_second_factor,
    "POST /session": lambda cast, where, caller: Ask({}, {"login": "door", "password": PASSWORD}),
    "DELETE /session": lambda cast, where, caller: Ask(),
    "POST /invitations": _invitation,
    "GET /me": lambda cast, where, caller: Ask(),
    "POST /me/password": lambda cast, where, caller: Ask({}, {"present": "不是这个", "new": PASSWORD}),
    "POST /tokens": lambda cast, where, caller: Ask({}, {"name": "手机"}),
    "DELETE /tokens/{token_id}": _token,
    "GET /roles": lambda cast, where, caller: Ask(),
    "GET /units": lambda cast, where, caller: Ask(),
    "POST /units": lambda cast, where, caller: Ask({}, {"code": "N-1", "name": "新站", "parent_code": _unit(where)}),
    "PATCH /units/{unit_id}": lambda cast, where, caller: Ask(
        {"unit_id": cast.units[_unit(where)]}, {"name": "改名站"}),
    "GET /users": lambda cast, where, caller: Ask(),
    "POST /users": lambda cast, where, caller: Ask(
        {}, {"login": "new.one", "name": "吴样例", "unit_code": _unit(where)}),
    "GET /users/{user_id}": _to_target,
    "PATCH /users/{user_id}": lambda cast, where, caller: Ask(
        {"user_id": _target(cast, where).id}, {"name": "改名样例"}),
    "POST /users/{user_id}/grants": _grant,
    "DELETE /grants/{grant_id}": lambda cast, where, caller: Ask({"grant_id": _target(cast, where).grant}),
    "POST /users/{user_id}/reset": _to_target,
    "POST /users/{user_id}/dismiss": _to_target,
    "DELETE /users/{user_id}/sessions": _to_target,
    "GET /online": lambda cast, where, caller: Ask(),
    "GET /audit/signins": lambda cast, where, caller: Ask(),
}


def test_the_matrix_names_every_endpoint_of_the_router():
    assert {endpoint for endpoint, _, _ in matrix.expected(TABLE)} == matrix.endpoints(router)


def test_every_role_gets_what_the_matrix_says_inside_and_outside_its_scope(cast, home_keys):
    door = cast.hire("door", Role.LEADER)
    invitations.accept(users.reset(queries.operator(), door.id).token, PASSWORD)
    for where in (matrix.INSIDE, matrix.OUTSIDE):
        _target(cast, where)
    wanted = matrix.expected(TABLE)
    found = matrix.actual(cast, wanted, REQUESTS)
    assert {key: found[key] for key in wanted if found[key] != wanted[key]} == {}
    assert set(found.values()) == {200, 201, 401, 403, 404, 409, 422}
