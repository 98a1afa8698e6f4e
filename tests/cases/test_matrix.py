"""Every endpoint of cases × role × inside and outside the scope (T4), written by hand, found by calling.

The city's tables are asked about 柳溪街道, the township's about 稻香镇. Outside: the next district's case (for a handler
tied to a unit: another unit's case of the same street).
"""

import importlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Role
from jingwei.cases import workflow
from jingwei.cases.commands.step import show_due
from jingwei.cases.events import CaseEvent
from jingwei.cases.http import router
from jingwei.cases.models import Adjustment, Case, CaseFile
from jingwei.catalogue import queries as catalogue
from jingwei.config.api import api
from jingwei.files.commands import add
from jingwei.files.keys import ensure_key
from jingwei.grids.models import Area
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel.ids import new_id
from jingwei.registry import commands as registry
from tests import matrix
from tests.accounts import test_http_imports as of_account_files
from tests.accounts import test_matrix as of_accounts
from tests.cases import referrals_of_matrix as referrals
from tests.cases.conftest import GARBAGE, IN_FIRST, MONDAY_NINE, NEXT_DOOR, SCHEME
from tests.cases.rights import CITY, TOWNSHIP
from tests.cases.townsfolk import Townsfolk
from tests.cast import Cast, Person
from tests.catalogue import test_http_imports as of_catalogue_files
from tests.catalogue import test_matrix as of_catalogue
from tests.config import test_matrix as of_config
from tests.files import test_matrix as of_files
from tests.files.pictures import photo
from tests.grids import test_http_imports as of_grid_files
from tests.grids import test_matrix as of_grids
from tests.grids.workbench import test_matrix as of_workbench
from tests.journal import test_matrix as of_journal
from tests.matrix import INSIDE, OUTSIDE, Ask
from tests.notices import test_matrix as of_notices
from tests.registry import test_importing as of_registry_files
from tests.registry import test_matrix as of_registry

pytestmark = pytest.mark.django_db

PLACES = {"city": "990101001001001", "township": "990101100200001"}
BESIDE = "990102001001001"
HELD = ("handling", "suspended", "fed_back", "checking", "checked", "closed")
REASON = {"reason": "按规定办理"}
MORE = {"reason": "等材料", "value": "1", "unit": "work_day"}


@pytest.fixture
def townsfolk(centre: Any) -> Townsfolk:
    ensure_key()
    return Townsfolk()


@dataclass
class Stand:
    """How a case must stand for a deed, and what is sent. `own`: reported by the caller, inside."""

    state: str
    body: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)
    own: bool = False

    def case(self, where: str, caller: Person | None, profile: str) -> Case:
        """A case in this state: inside, next door, or (for somebody tied to a unit) held by another unit."""
        beside = where == OUTSIDE and not (caller and caller.unit)
        area = Area.objects.get(code=BESIDE if beside else PLACES[profile])
        units = {row.code: row for row in accounts.unit_book().values()}
        unit = units["YL" if where == OUTSIDE else "HW" if profile == "city" else "TD"] if self.state in HELD else None
        mine = self.own and where == INSIDE and caller and caller.role == "supervisor"
        number = Case.objects.count()
        case = Case.objects.create(**{
            "id": new_id(), "number": f"990101-2026-9{number:05}", "county": "990101", "profile": profile, "state": self.state,
            "channel": "supervisor", "text": "样例", "lon": IN_FIRST[0], "lat": IN_FIRST[1], "cell": 1, "area_then": area,
            "area_now": area, "area_path": area.path, "class_entry_id": catalogue.book(generations()).by_code[GARBAGE].id, "unit_id": unit.id if unit else None,
            "unit_path": unit.path if unit else "", "reported_by": caller.id if mine and caller else None,
            "reported_at": MONDAY_NINE, "state_at": MONDAY_NINE, "dispatched_at": MONDAY_NINE if unit else None,
            "handle_value": 4, "handle_unit": "work_hour", "level": "town" if profile == "township" and unit else "",
            "ended_at": MONDAY_NINE if workflow.STATES[self.state][1] == "ended" else None, **self.columns})
        if self.state == "suspended":
            Adjustment.objects.create(case=case, kind="suspension", state="granted", began_at=MONDAY_NINE, at=MONDAY_NINE,
                                      until=date(2026, 12, 3))
        return case


EITHER = {
    "solve": Stand("reported", {"text": "已扶正"}, own=True), "refuse": Stand("reported", REASON),
    "sign": Stand("handling"), "ask-extension": Stand("handling", MORE), "ask-suspension": Stand("handling", REASON),
    "extend": Stand("handling", MORE, {"asked": "extension"}), "decline": Stand("handling", REASON, {"asked": "extension"}),
    "suspend": Stand("handling", REASON), "resume": Stand("suspended"), "check": Stand("checking", {"yes": True}),
    "rework": Stand("checked", REASON), "close": Stand("checked", {}, {"checked": True}),
    "reopen": Stand("closed", REASON), "void": Stand("handling", REASON), "dispatch": Stand("filed", {"unit_code": "TD"}),
}
IN_CITY = EITHER | {
    "ask-verify": Stand("reported"), "verify": Stand("verifying", {"yes": True}), "file": Stand("reported"),
    "hand-on": Stand("handling", {**REASON, "unit_code": "HW-1"}), "return": Stand("handling", REASON),
    "feed-back": Stand("handling", {"text": "已清理"}), "confirm": Stand("fed_back"), "contact": Stand("handling", REASON),
    "undo": Stand("handling"),  # seen, and nobody's last step
}
IN_TOWNSHIP = EITHER | {
    "accept": Stand("reported"), "hand-on": Stand("reported", REASON), "pass-up": Stand("filed", REASON),
    "return": Stand("passed_up", REASON), "feed-back": Stand("passed_up", {"text": "已清淤"}),
}


def _deed(stand: Stand, profile: str) -> matrix.Request:
    return lambda cast, where, caller: Ask({"case_id": stand.case(where, caller, profile).id}, stand.body)


def _look(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"case_id": Stand("handling").case(where, caller, "city").id})


def _candidates(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"case_id": Stand("reported").case(where, caller, "city").id}, query="action=ask_verify")


def _part(cast: Cast, where: str, caller: Person | None) -> Ask:
    beside = where == OUTSIDE and not (caller and caller.unit)  # parts are held by no unit
    place = registry.Where(*(NEXT_DOOR if beside else IN_FIRST))
    return Ask({"part_id": registry.add(accounts.operator(), new_id(), f"{SCHEME}/component/01001", place, {}).id})


def _report(cast: Cast, where: str, caller: Person | None) -> Ask:
    lon, lat = IN_FIRST if where == INSIDE else NEXT_DOOR
    return Ask(body={"id": str(new_id()), "text": "井盖松动", "lon": lon, "lat": lat})


def _photo(cast: Cast, where: str, caller: Person | None) -> Ask:
    case = Stand("handling").case(where, caller, "city")
    sent = add(accounts.operator(), photo(40, 30), "现场.jpg")
    CaseFile.objects.create(case=case, file_id=sent.id, action="report")
    return Ask({"case_id": case.id, "file_id": sent.id})


def _requests(stands: dict[str, Stand], profile: str) -> dict[str, matrix.Request]:
    return {f"POST /cases/{{case_id}}/{name}": _deed(stand, profile) for name, stand in stands.items()}


CITY_REQUESTS: dict[str, matrix.Request] = _requests(IN_CITY, "city") | {
    "GET /cases": lambda cast, where, caller: Ask(),
    "GET /cases/count": lambda cast, where, caller: Ask(),
    "GET /cases/points": lambda cast, where, caller: Ask(),
    "GET /overview": lambda cast, where, caller: Ask(),
    "GET /looking": lambda cast, where, caller: Ask(),
    "GET /views": lambda cast, where, caller: Ask(),
    "POST /views": lambda cast, where, caller: Ask(body={"name": "超期", "query": "late=true"}),
    "GET /views/shared": lambda cast, where, caller: Ask(),
    "POST /views/shared": lambda cast, where, caller: Ask(
        body={"name": "超期", "query": "late=true", "area": "990101001000" if where == "inside" else "990102001000"}),
    "PUT /views/shared/{view_id}": lambda cast, where, caller: Ask(
        {"view_id": new_id()}, body={"name": "超期", "query": "late=true", "area": "990101001000"}),
    "DELETE /views/shared/{view_id}": lambda cast, where, caller: Ask({"view_id": new_id()}),
    "DELETE /views/{view_id}": lambda cast, where, caller: Ask({"view_id": new_id()}),  # nobody else's can be dropped
    "GET /parts/failing": lambda cast, where, caller: Ask(),
    "GET /parts/{part_id}/failures": _part,
    "GET /cases/{case_id}/candidates": _candidates,
    "POST /cases/{case_id}/looking": _look,
    "DELETE /cases/{case_id}/looking": _look,
    "GET /todo": lambda cast, where, caller: Ask(),
    "GET /todo/counts": lambda cast, where, caller: Ask(),
    "GET /changes": lambda cast, where, caller: Ask(query="after=0"),
    "GET /referrals": lambda cast, where, caller: Ask(),
    "GET /referrals/counts": lambda cast, where, caller: Ask(),
    "GET /referrals/choices": lambda cast, where, caller: Ask(),
    "GET /referrals/figures": lambda cast, where, caller: Ask(query="month=2026-11"),
    "POST /referrals": referrals.sending,
    "GET /referrals/{referral_id}": referrals.standing,
    "GET /referrals/{referral_id}/files/{file_id}": referrals.with_file,
    **{f"POST /referrals/{{referral_id}}/{deed}": referrals.deed(state, body) for deed, state, body in referrals.DEEDS},
    "GET /cases/{case_id}/referrals": _look,
    "GET /cases/{case_id}": _look,
    "GET /cases/{case_id}/clock": _look,
    "GET /cases/{case_id}/qr": _look,
    "GET /cases/{case_id}/files/{file_id}": _photo,
    "POST /cases": _report,
}


def _compare(cast: Townsfolk, table: str, requests: dict[str, matrix.Request]) -> None:
    wanted = matrix.expected(table)
    found = matrix.actual(cast, wanted, requests)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}


def test_every_role_gets_what_the_citys_table_says(townsfolk: Townsfolk) -> None:
    _compare(townsfolk, CITY, CITY_REQUESTS)


def test_every_role_gets_what_the_townships_table_says(townsfolk: Townsfolk) -> None:
    townsfolk.town, townsfolk.tied = "990101100000", "TD"
    _compare(townsfolk, TOWNSHIP, _requests(IN_TOWNSHIP, "township"))


def test_every_endpoint_of_the_whole_interface_stands_in_a_matrix() -> None:
    """T4. A new endpoint is written into the table of its room, or this fails."""
    beside = [importlib.import_module(f"tests.cases.{path.stem}").TABLE for path in Path(__file__).parent.glob("test_*_matrix.py")]
    named = {"cases": {endpoint for table in (CITY, TOWNSHIP, *beside) for endpoint, _, _ in matrix.expected(table)}}
    for room, module in (("accounts", of_accounts), ("catalogue", of_catalogue), ("files", of_files),
                         ("grids", of_grids), ("workbench", of_workbench), ("journal", of_journal), ("config", of_config), ("notices", of_notices),
                         ("registry", of_registry), ("registry files", of_registry_files),
                         ("account files", of_account_files), ("catalogue files", of_catalogue_files),
                         ("grid files", of_grid_files)):
        named[room] = {endpoint for endpoint, _, _ in matrix.expected(getattr(module, "TABLE_OF_RIGHTS", module.TABLE))}
    assert named["cases"] == matrix.endpoints(router)
    every = set().union(*(matrix.endpoints(each) for _, each in api._routers))
    assert every
    assert set().union(*named.values()) == every


ADDRESSES = [endpoint for endpoint in sorted(CITY_REQUESTS) if "{case_id}" in endpoint]


@pytest.mark.parametrize("endpoint", ADDRESSES)
def test_what_lies_outside_is_answered_as_what_does_not_exist(townsfolk: Townsfolk, endpoint: str) -> None:
    """404 alike: the same status, the same words, whoever asks and whatever is sent."""
    method, _, template = endpoint.partition(" ")
    for role in (Role.SUPERVISOR, Role.SHIFT_LEADER, Role.DISPATCHER, Role.LEADER, Role.SYSTEM_ADMIN):
        person = townsfolk.of(role)
        client = townsfolk.client(person)
        asked = CITY_REQUESTS[endpoint](townsfolk, OUTSIDE, person)
        answers = set()
        for case_id in (asked.path["case_id"], new_id()):
            path = "/api" + template.format(**{**asked.path, "case_id": case_id}) + f"?{asked.query}"
            sent = {} if method == "GET" else {"data": asked.body, "content_type": "application/json"}
            with transaction.atomic():
                answer = getattr(client, method.lower())(path, **sent)
                transaction.set_rollback(True)
            answers.add((answer.status_code, answer.content))
        assert len(answers) == 1
        assert next(iter(answers))[0] == 404


LISTS = ("state_since=2020-01-01T00:00:00Z", "ended_since=2020-01-01T00:00:00Z", "ended_late=false",
         "filed_since=2020-01-01T00:00:00Z", "due_before=2030-01-01T00:00:00Z", "",
         "state=handling&state=reported&state=closed", "area=990102000000", "area=990102001001001", "unit=HW", "unit=YL",
         "channel=supervisor", "late=true", "since=2020-01-01T00:00:00Z", "limit=200", "number={outside}", "mine=true",
         f"class_code={GARBAGE}")


@pytest.mark.parametrize("column", ["supervisor", "acceptor", "shift_leader", "dispatcher", "handler", "handler@unit",
                                    "leader", "evaluator", "area_admin", "system_admin", "audit_admin", "roleless"])
def test_no_list_shows_what_lies_outside(townsfolk: Townsfolk, column: str) -> None:
    """T4: whatever is filtered by, only what lies in the scope is in a list; the change feed likewise."""
    person = matrix._person(townsfolk, column)
    client = townsfolk.client(person)
    inside = [Stand(state).case(INSIDE, person, "city") for state in ("reported", "handling", "closed")]
    outside = [Stand(state).case(OUTSIDE, person, "city") for state in ("reported", "handling", "closed")]
    if column == "handler@unit":  # what waits at the centre is held by no unit
        outside += [inside.pop(0)]
    sees = column not in ("system_admin", "audit_admin", "roleless")
    for query in LISTS:
        asked = query.format(outside=outside[0].number)
        answer = client.get("/api/cases?" + asked)
        if answer.status_code == 422:  # a place of which this person knows nothing is like one that is not there
            assert asked.startswith("area=990102")
            unknown = client.get("/api/cases?area=998877000000").json()
            assert {answer.json()["code"], unknown["code"]} == {"case.unknown_filter"}
            continue
        shown = answer.json()["rows"]
        assert {row["id"] for row in shown} <= {str(case.id) for case in inside if sees}, query
        assert client.get("/api/cases/count?" + asked).json() == {"count": len(shown)}, query
        on_map = client.get("/api/cases/points?" + asked).json()["points"]
        assert {point["id"] for point in on_map} == {row["id"] for row in shown}, query
    for case in (*inside, *outside):
        show_due(case) if case.ended_at is None else None
    assert {row["id"] for row in client.get("/api/todo").json()["rows"]} <= {str(case.id) for case in inside if sees}
    assert sum(row["count"] for row in client.get("/api/todo/counts").json()) <= len(inside)
    everything = client.get("/api/cases").json()["rows"]
    assert {row["id"] for row in everything} == {str(case.id) for case in inside if sees}

    for case in (*inside, *outside):
        journal.record_new(accounts.operator(), f"case:{case.id}", CaseEvent.IMPORTED, {}, area_path=case.area_path)
    journal.number_entries()
    told = client.get("/api/changes?after=0").json()
    seen, after = set(), -1
    while told["position"] != after:
        seen |= {change["case_id"] for change in told["changes"]}
        after = told["position"]
        told = client.get(f"/api/changes?after={after}").json()
    assert seen == {str(case.id) for case in inside if sees}
