"""Rota, teams, certificates, hand-overs, grid systems: their rows of the ground's matrix, and what is asked."""

from collections.abc import Callable

from jingwei.accounts import queries as accounts
from jingwei.grids import commands
from jingwei.grids.days import today
from tests import matrix
from tests.cast import Cast, Person
from tests.matrix import OUTSIDE, Ask

ROWS = """\
GET /staffing/{staffing_id}/work        401       401        404       403/404  200/404     200           403           403
GET /staffing/sheets                    401       401        404       200/404  200/404     200           200           200
GET /staffing/sheets/{sheet_id}         401       401        404       404      200/404     200           404           404
GET /staffing/vacancies                 401       401        404       200/404  200/404     200           200           200
GET /staffing/pairing                   401       401        404       200/404  200/404     200           200           200
GET /certificates                       401       401        200       200      200         200           200           200
GET /certificates/kinds                 401       401        200       200      200         200           200           200
GET /certificates/lacking               401       401        200       200      200         200           200           200
POST /certificates                      401       401        404       403/404  201/404     201           403           403
DELETE /certificates/{certificate_id}   401       401        404       403/404  204/404     204           403           403
GET /rota                               401       401        404       200/404  200/404     200           200           200
POST /rota/shifts                       401       401        404       403/404  201/404     201           403           403
DELETE /rota/shifts/{shift_id}          401       401        404       403/404  204/404     204           403           403
POST /rota/pattern                      401       401        404       403/404  201/404     201           403           403
PUT /rota/cover                         401       401        404       403/404  204/404     204           403           403
GET /team-kinds                         401       401        200       200      200         200           200           200
GET /teams                              401       401        404       200/404  200/404     200           200           200
POST /teams                             401       401        404       403/404  201/404     201           403           403
PATCH /teams/{team_id}                  401       401        404       403/404  204/404     204           403           403
POST /teams/{team_id}/end               401       401        404       403/404  204/404     204           403           403
POST /teams/{team_id}/members           401       401        404       403/404  201/404     201           403           403
POST /teams/members/{member_id}/end     401       401        404       403/404  204/404     204           403           403
GET /areas/{area_id}/capacity           401       401        404       200/404  200/404     200           200           200
PUT /areas/{area_id}/households         401       401        404       403/404  204/404     204           403           403
GET /systems                            401       401        200       200      200         200           200           200
POST /systems                           401       401        403       403      403         201           403           403
GET /systems/{code}                     401       401        200       200      200         200           200           200
PATCH /systems/{code}                   401       401        403       403      403         204           403           403
GET /systems/{code}/faults              401       401        200       200      200         200           200           200
POST /systems/{code}/areas              401       401        403       403      403         201           403           403
GET /areas/{area_id}/members            401       401        404       404      404         200           200           200
PUT /areas/{area_id}/members            401       401        404       404      404         204           403           403
GET /areas/{area_id}/also               401       401        404       200/404  200/404     200           200           200
GET /locate/all                         401       401        404       200/404  200/404     200           200           200
"""


def requests(code: Callable[[str], str], posted: Callable[[Cast, str], tuple[int, Person]],
             worker: Callable[[Cast, str], Person]) -> dict[str, matrix.Request]:
    """`code`: of the community inside or outside; `posted`: a posting there and whose; `worker`: somebody without a role."""
    def _certified(cast: Cast, where: str, caller: Person | None) -> Ask:
        given = commands.certify(accounts.operator(), posted(cast, where)[1].id, "网格员证", today())
        return Ask({"certificate_id": given}, query=where)

    def _certify(cast: Cast, where: str, caller: Person | None) -> Ask:
        return Ask(body={"user_id": str(posted(cast, where)[1].id), "kind": "网格员证", "since": str(today())})

    def _shift(cast: Cast, where: str, caller: Person | None) -> Ask:
        body = {"area_id": cast.units[code(where)], "user_id": str(worker(cast, "on.shift").id), "day": str(today()),
                "start": "06:30", "end": "13:30"}
        return Ask(body=body)

    def _shift_there(cast: Cast, where: str, caller: Person | None) -> Ask:
        shift = commands.add_shift(accounts.operator(), cast.units[code(where)], worker(cast, "on.shift").id, today(), "06:30", "13:30")
        return Ask({"shift_id": shift}, query=where)

    def _pattern(cast: Cast, where: str, caller: Person | None) -> Ask:
        return Ask(body={"area_id": cast.units[code(where)], "users": [str(worker(cast, "on.shift").id)],
                         "times": [{"start": "06:30", "end": "20:30"}], "first": str(today()), "last": str(today())})

    def _team(cast: Cast, where: str) -> int:
        return commands.make_team(accounts.operator(), "squad", "巡查队", [cast.units[code(where)]], since=today())

    def _join(cast: Cast, where: str, caller: Person | None) -> Ask:
        return Ask({"team_id": _team(cast, where)}, {"user_id": str(worker(cast, "in.team").id), "function": "head",
                                                     "since": str(today())})

    def _leave(cast: Cast, where: str, caller: Person | None) -> Ask:
        member = commands.join_team(accounts.operator(), _team(cast, where), worker(cast, "in.team").id, "head", since=today())
        return Ask({"member_id": member}, {}, query=where)

    def _system(where: str) -> str:
        return commands.set_up_from(accounts.operator(), "labour", code=f"labour_{where}")

    def _grid(cast: Cast, where: str, body: object = None) -> Ask:
        """A labour grid of one community: a tree beside the districts, for who works everywhere."""
        grid = commands.add_grid(accounts.operator(), _system(where), f"L{where}", "劳动网格", members=[cast.units[code(where)]])
        return Ask({"area_id": grid}, body, query=where)

    def _sheet(cast: Cast, where: str, caller: Person | None) -> Ask:
        return Ask({"sheet_id": commands.unstaff(accounts.operator(), posted(cast, where)[0]).sheet}, query=where)

    return {
        "GET /staffing/{staffing_id}/work": lambda cast, where, caller: Ask({"staffing_id": posted(cast, where)[0]}, query=where),
        "GET /staffing/sheets": lambda cast, where, caller: Ask(query=f"area={cast.units[code(where)]}"),
        "GET /staffing/sheets/{sheet_id}": _sheet,
        "GET /staffing/vacancies": lambda cast, where, caller: Ask(query=f"area={cast.units[code(where)]}"),
        "GET /staffing/pairing": lambda cast, where, caller: Ask(query=f"area={cast.units[code(where)]}"),
        "GET /certificates": lambda cast, where, caller: Ask(),
        "GET /certificates/kinds": lambda cast, where, caller: Ask(),
        "GET /certificates/lacking": lambda cast, where, caller: Ask(),
        "POST /certificates": _certify,
        "DELETE /certificates/{certificate_id}": _certified,
        "GET /rota": lambda cast, where, caller: Ask(query=f"area={cast.units[code(where)]}"),
        "POST /rota/shifts": _shift,
        "DELETE /rota/shifts/{shift_id}": _shift_there,
        "POST /rota/pattern": _pattern,
        "PUT /rota/cover": lambda cast, where, caller: Ask(body={
            "area_id": cast.units[code(where)], "start": "06:30", "end": "20:30"}),
        "GET /team-kinds": lambda cast, where, caller: Ask(),
        "GET /teams": lambda cast, where, caller: Ask(query=f"area={cast.units[code(where)]}"),
        "POST /teams": lambda cast, where, caller: Ask(body={
            "kind": "squad", "name": "巡查队", "areas": [cast.units[code(where)]], "since": str(today())}),
        "PATCH /teams/{team_id}": lambda cast, where, caller: Ask({"team_id": _team(cast, where)}, {"name": "新队"}, query=where),
        "POST /teams/{team_id}/end": lambda cast, where, caller: Ask({"team_id": _team(cast, where)}, {}, query=where),
        "POST /teams/{team_id}/members": _join,
        "POST /teams/members/{member_id}/end": _leave,
        "GET /areas/{area_id}/capacity": lambda cast, where, caller: Ask({"area_id": cast.units[code(where)]}),
        "PUT /areas/{area_id}/households": lambda cast, where, caller: Ask(
            {"area_id": cast.units[code(where)]}, {"count": 500}),
        "GET /systems": lambda cast, where, caller: Ask(),
        "POST /systems": lambda cast, where, caller: Ask(body={"template": "lab"}),
        "GET /systems/{code}": lambda cast, where, caller: Ask({"code": _system(where)}),
        "PATCH /systems/{code}": lambda cast, where, caller: Ask({"code": _system(where)}, {"name": "劳动监察"}),
        "GET /systems/{code}/faults": lambda cast, where, caller: Ask({"code": _system(where)}),
        "POST /systems/{code}/areas": lambda cast, where, caller: Ask({"code": _system(where)}, {"code": "L", "name": "示例区"}),
        "GET /areas/{area_id}/members": lambda cast, where, caller: _grid(cast, where),
        "PUT /areas/{area_id}/members": lambda cast, where, caller: _grid(cast, where, {"members": [cast.units[code(where)]]}),
        "GET /areas/{area_id}/also": lambda cast, where, caller: Ask({"area_id": cast.units[code(where)]}),
        "GET /locate/all": lambda cast, where, caller: Ask(query=f"lon={103.0005 if where == OUTSIDE else 102.0005}&lat=40.0005"),
    }
