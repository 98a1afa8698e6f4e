"""The tree of organisations (ORG-01)."""

import pytest
from django.db import transaction

from jingwei.accounts import queries
from jingwei.accounts.commands import grants, units, users
from jingwei.accounts.errors import AccountError
from jingwei.accounts.models import Unit
from jingwei.accounts.queries import Role
from jingwei.journal import queries as journal
from jingwei.kernel.errors import KernelError
from tests.accounts.asking import refused, send
from tests.cast import EVERYWHERE, TOWN

pytestmark = pytest.mark.django_db


def paths(*codes: str) -> list[str]:
    return [Unit.objects.get(code=code).path for code in codes]


def test_a_unit_stands_below_its_parent(cast, operator):
    bureau, station = cast.units["B-1"], cast.units["B-1-1"]
    assert paths("B-1", "B-1-1") == [f"{bureau}/", f"{bureau}/{station}/"]
    tree = queries.units(operator)
    assert [unit.code for unit in tree] == ["C-1", "C-2", "B-1", "B-1-1", "B-2"]
    assert tree[3].parent_id == bureau


def test_it_refuses_a_second_unit_with_the_same_code_however_it_is_typed(cast, operator):
    refused(lambda: units.create(operator, "Ｂ－１", "又一个"), AccountError.UNIT_CODE_TAKEN)


@pytest.mark.parametrize("code", ["", "B 1", "B/1", "局-1", "b\0", "x" * 41, "-1", "x" * 10_000])
def test_it_refuses_a_code_that_is_none(cast, operator, code):
    refused(lambda: units.create(operator, code, "某局"), AccountError.BAD_CODE)


def test_moving_a_unit_moves_all_below_and_nothing_else(cast, operator):
    team = units.create(operator, "B-1-1-1", "一班", parent_code="B-1-1")
    station = cast.units["B-1-1"]
    others = paths("B-1", "B-2", "C-1")
    units.move(operator, station, "B-2")
    water = cast.units["B-2"]
    assert paths("B-1-1", "B-1-1-1") == [f"{water}/{station}/", f"{water}/{station}/{team}/"]
    units.move(operator, station, "")
    assert paths("B-1-1", "B-1-1-1") == [f"{station}/", f"{station}/{team}/"]
    assert paths("B-1", "B-2", "C-1") == others
    assert [entry.verb for entry in journal.history(f"unit:{station}")] == [
        "unit.created", "unit.moved", "unit.moved"]


def test_it_refuses_a_circle(cast, operator):
    refused(lambda: units.move(operator, cast.units["B-1"], "B-1-1"), AccountError.UNIT_CYCLE)
    refused(lambda: units.move(operator, cast.units["B-1"], "B-1"), AccountError.UNIT_CYCLE)


def test_it_refuses_levels_without_end(cast, operator):
    def go_down() -> None:
        code = "B-1-1"
        for depth in range(200):
            units.create(operator, f"D-{depth}", "又一级", parent_code=code)
            code = f"D-{depth}"

    refused(go_down, AccountError.UNIT_TOO_DEEP)


def test_a_role_tied_to_a_unit_follows_it_when_it_moves(cast, operator):
    """The cached roles of its holder end with the move."""
    handler = cast.of(Role.HANDLER, TOWN, unit="B-1-1")
    before = cast.actor(handler).grants[0].unit_path
    units.move(operator, cast.units["B-1"], "B-2")
    assert before == f"{cast.units['B-1']}/{cast.units['B-1-1']}/"
    assert cast.actor(handler).grants[0].unit_path == paths("B-1-1")[0] != before


def test_a_unit_with_people_roles_or_units_below_stays_in_use(cast, operator):
    water = cast.units["B-2"]
    person = cast.hire("bo.an", home="B-2")
    told = refused(lambda: units.deactivate(operator, water), AccountError.UNIT_IN_USE)
    assert told.details == {"children": 0, "people": 1, "roles": 0}
    users.transfer(operator, person.id, "")
    grant = grants.give(operator, person.id, "handler", "*", unit_code="B-2")
    refused(lambda: units.deactivate(operator, water), AccountError.UNIT_IN_USE)
    grants.withdraw(operator, grant)
    units.deactivate(operator, water)
    refused(lambda: units.deactivate(operator, cast.units["B-1"]), AccountError.UNIT_IN_USE)
    for act in (lambda: users.transfer(operator, person.id, "B-2"),
                lambda: units.create(operator, "B-2-1", "分站", parent_code="B-2"),
                lambda: units.move(operator, cast.units["B-1"], "B-2"),
                lambda: grants.give(operator, person.id, "handler", "*", unit_code="B-2")):
        refused(act, AccountError.UNIT_INACTIVE)
    units.activate(operator, water)
    users.transfer(operator, person.id, "B-2")


def test_a_manager_tied_to_a_unit_keeps_to_it(cast):
    manager = cast.actor(cast.of(Role.AREA_ADMIN, TOWN, unit="B-1"))
    made = units.create(manager, "B-1-2", "二站", parent_code="B-1")
    for act in (lambda: units.create(manager, "X-1", "新局"),
                lambda: units.move(manager, made, ""),
                lambda: units.move(manager, made, "B-2"),
                lambda: units.rename(manager, cast.units["B-2"], "改名局")):
        refused(act, AccountError.RIGHT_ELSEWHERE)
    refused(lambda: units.rename(manager, 999_999, "不存在"), KernelError.NOT_FOUND)


def test_a_change_is_all_or_nothing_and_seen_at_once(cast):
    client = cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    station = cast.units["B-1-1"]
    assert {unit["name"] for unit in send(client, "GET /units").json()} >= {"环卫站"}
    answer = send(client, f"PATCH /units/{station}", {"name": "新名站", "parent_code": "没有"})
    assert answer.json()["code"] == "account.unit_unknown"
    assert {unit["name"] for unit in send(client, "GET /units").json()} >= {"环卫站"}
    assert send(client, f"PATCH /units/{station}", {"name": "新名站", "parent_code": "B-2"}).status_code == 200
    by_code = {unit["code"]: unit for unit in send(client, "GET /units").json()}
    assert by_code["B-1-1"]["name"] == "新名站"
    assert by_code["B-1-1"]["parent_id"] == cast.units["B-2"]


def test_the_tree_costs_one_statement_while_nothing_changes(cast, operator, django_assert_num_queries):
    queries.units(operator)
    with django_assert_num_queries(1):
        queries.units(operator)


def test_a_repeated_request_makes_one_unit(cast):
    client = cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    body = {"code": "N-1", "name": "新局"}
    answers = [send(client, "POST /units", body, **{"Idempotency-Key": "key-00000001"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    with transaction.atomic():
        assert send(client, "POST /units", body).json()["code"] == "account.unit_code_taken"
