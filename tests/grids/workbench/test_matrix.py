"""Every endpoint of the workbench × role (T4): a draft is for who manages the ground everywhere, a plan in force for who reads it there."""

from collections.abc import Iterator

import pytest

from jingwei.accounts import ports
from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import grants, users
from jingwei.accounts.queries import Role
from jingwei.grids import commands, finding_places, queries
from jingwei.grids.http import workbench_router
from jingwei.grids.models import Area, Proposal
from jingwei.kernel import clock
from tests import matrix
from tests.cast import EVERYWHERE, OTHER_TOWN, TOWN, Cast, Person, fresh_caches
from tests.grids.conftest import STREET, WEST, middle
from tests.grids.workbench.conftest import lay_town, unit
from tests.matrix import Ask

pytestmark = pytest.mark.django_db

TABLE = """
endpoint                                             stranger  dismissed  roleless  others  area_admin  area_admin@*  leader@*  supervisor@*
GET /plans/{plan_id}/view                            401       401        404       404     404         200           404       404
GET /plans/{plan_id}/scores                          401       401        404       404     404         200           404       404
GET /plans/{plan_id}/communities                     401       401        404       404     404         200           404       404
GET /plans/{plan_id}/groups                          401       401        404       404     404         200           404       404
GET /plans/{plan_id}/units                           401       401        404       404     404         200           404       404
GET /plans/{plan_id}/at                              401       401        404       404     404         200           404       404
GET /plans/{plan_id}/shapes                          401       401        404       404     404         200           404       404
GET /plans/{plan_id}/compare                         401       401        404       404     404         200           404       404
GET /plans/{plan_id}/check                           401       401        404       404     404         200           404       404
GET /plans/{plan_id}/tiles/{version}/{z}/{x}/{y}.mvt 401       401        404       404     404         200           404       404
POST /plans/{plan_id}/split                          401       401        403       403     403         200           403       403
POST /plans/{plan_id}/merge                          401       401        403       403     403         200           403       403
POST /plans/{plan_id}/border                         401       401        403       403     403         200           403       403
POST /plans/{plan_id}/move                           401       401        403       403     403         200           403       403
POST /plans/{plan_id}/note                           401       401        403       403     403         200           403       403
POST /plans/{plan_id}/undo                           401       401        403       403     403         200           403       403
POST /plans/{plan_id}/redo                           401       401        403       403     403         200           403       403
GET /plans/proposals                                 401       401        403       403     403         200           403       403
GET /plans/proposals/ground                          401       401        403       403     403         200           403       403
POST /plans/proposals                                401       401        403       403     403         422           403       403
GET /plans/proposals/{proposal_id}                   401       401        403       403     403         200           403       403
POST /plans/proposals/{proposal_id}/cancel           401       401        403       403     403         204           403       403
"""
CODES = {TOWN: STREET, OTHER_TOWN: STREET, EVERYWHERE: "*"}


class Townsfolk(Cast):
    """The cast's people over a town that is divided."""

    def hire(self, login: str, role: Role | None = None, area: str = TOWN, *, unit: str = "", home: str = "",
             name: str = "") -> Person:
        user = users.create(accounts.operator(), login, "郑示例")
        given = grants.give(accounts.operator(), user, role.code, CODES[area]) if role else 0
        return Person(user, login, "郑示例", role.code if role else "", area, unit, given)


@pytest.fixture
def townsfolk(db: None) -> Iterator[Townsfolk]:
    fresh_caches()
    finding_places.forget()
    wired = ports._area_path_of
    ports.wire(area_path_of=queries.path_of_code)
    lay_town(accounts.operator())
    yield Townsfolk(units=dict(Area.objects.values_list("code", "id")))
    ports.wire(area_path_of=wired)
    fresh_caches()
    finding_places.forget()


def _draft() -> int:
    return commands.open_plan(accounts.operator(), "样稿")


def _on(query: str = "", **path: object) -> matrix.Request:
    return lambda cast, where, caller: Ask({"plan_id": _draft(), **path}, query=query.format(
        west=cast.units[WEST], unit=cast.units[unit(1)], lon=middle(1, 1)[0], lat=middle(1, 1)[1]))


def _tile(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"plan_id": _draft(), "version": "0-0", "z": 0, "x": 0, "y": 0})


def _deed(**body: object) -> matrix.Request:
    def ask(cast: Cast, where: str, caller: Person | None) -> Ask:
        units = {"one": [cast.units[unit(1)]], "two": [cast.units[unit(1)], cast.units[unit(2)]]}
        told = {key: units[value] if key == "units" else value for key, value in body.items()}
        if told.get("unit") is True:
            told["unit"] = cast.units[unit(1)]
        return Ask({"plan_id": _draft()}, told)

    return ask


def _turned(*, undone: bool) -> matrix.Request:
    def ask(cast: Cast, where: str, caller: Person | None) -> Ask:
        draft = _draft()
        commands.note_unit(accounts.operator(), draft, cast.units[unit(1)], "样例")
        if undone:
            commands.undo(accounts.operator(), draft)
        return Ask({"plan_id": draft}, {})

    return ask


def _proposal(cast: Cast, where: str, caller: Person | None) -> Ask:
    made = Proposal.objects.create(area_id=cast.units[STREET], title="样例", rules={}, created_at=clock.now())
    return Ask({"proposal_id": made.pk}, {})


REQUESTS: dict[str, matrix.Request] = {
    "GET /plans/{plan_id}/view": _on(), "GET /plans/{plan_id}/scores": _on(), "GET /plans/{plan_id}/communities": _on(),
    "GET /plans/{plan_id}/groups": _on("community={west}"), "GET /plans/{plan_id}/units": _on(),
    "GET /plans/{plan_id}/at": _on("lon={lon}&lat={lat}"), "GET /plans/{plan_id}/shapes": _on("ids={unit}"),
    "GET /plans/{plan_id}/compare": _on(), "GET /plans/{plan_id}/check": _on(),
    "GET /plans/{plan_id}/tiles/{version}/{z}/{x}/{y}.mvt": _tile,
    "POST /plans/{plan_id}/split": _deed(unit=True), "POST /plans/{plan_id}/merge": _deed(units="two"),
    "POST /plans/{plan_id}/border": _deed(units="two", line=[[120.0009, 23.0015], [120.0009, 23.0035]]),
    "POST /plans/{plan_id}/move": _deed(units="one"), "POST /plans/{plan_id}/note": _deed(unit=True, note="样例"),
    "POST /plans/{plan_id}/undo": _turned(undone=False), "POST /plans/{plan_id}/redo": _turned(undone=True),
    "GET /plans/proposals": _on(), "GET /plans/proposals/ground": lambda cast, where, caller: Ask(query=f"area={cast.units[STREET]}"),
    "POST /plans/proposals": lambda cast, where, caller: Ask(body={"area": cast.units[STREET]}),
    "GET /plans/proposals/{proposal_id}": _proposal, "POST /plans/proposals/{proposal_id}/cancel": _proposal,
}


def test_every_role_gets_what_the_matrix_says(townsfolk: Townsfolk) -> None:
    wanted = matrix.expected(TABLE)
    assert {endpoint for endpoint, _, _ in wanted} == matrix.endpoints(workbench_router)
    found = matrix.actual(townsfolk, wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
