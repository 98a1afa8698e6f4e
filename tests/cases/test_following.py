"""Cases follow the ground and the units: what was moved, retired or drawn anew after they were reported."""

from datetime import timedelta

import pytest
from django.db import connection

from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import grants, units, users
from jingwei.cases import commands, queries, tokens
from jingwei.cases.models import Case, Searched
from jingwei.config import ports
from jingwei.grids import commands as grids
from jingwei.grids import ports as ground_ports
from jingwei.grids import queries as ground
from jingwei.grids.models import Area, Succession
from jingwei.journal import commands as journal
from jingwei.journal import readers
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError
from jingwei.worklist.models import Item
from tests.cases.conftest import IN_FIRST, IN_SECOND, MONDAY_NINE, expect_refusal, square

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(centre):
    """Whoever changes the ground, with the rooms wired as they are in service."""
    wired = ground_ports._listeners
    ground_ports.wire(paths_changed=[ports.follow_areas])
    yield accounts.operator()
    ground_ports.wire(paths_changed=wired)


def read_on() -> None:
    """The worker reads what the journal tells."""
    journal.number_entries()
    while readers.step():
        pass


def agree(case_id) -> Case:
    """The case, once its path, its due row, what it is searched by and the tree say the same."""
    case = Case.objects.select_related("area_now", "unit").get(id=case_id)
    assert case.area_path == case.area_now.path
    assert case.unit_path == (case.unit.path if case.unit else "")
    due = Item.objects.get(subject=f"case:{case_id}")
    assert (due.area_path, due.unit_path, due.due_at) == (case.area_path, case.unit_path, case.due_at)
    searched = Searched.objects.get(case_id=case_id)
    assert searched.area_path == case.area_path
    assert areas_found_by(searched.doc) == set(tokens.area_tokens(case.area_path))
    return case


def areas_found_by(doc: int) -> set[str]:
    """The tokens of areas by which a row is found."""
    every = [f"a{area}" for area in Area.objects.values_list("id", flat=True)]
    asked = ("SELECT 1 FROM cases_search WHERE doc = %s AND tokens @@ %s::tsquery" if connection.vendor == "postgresql"
             else "SELECT 1 FROM cases_words WHERE rowid = %s AND cases_words MATCH %s")
    with connection.cursor() as cursor:
        return {token for token in every if cursor.execute(asked, [doc, token]) and cursor.fetchone()}


def other_street(centre, boss) -> int:
    return grids.create_area(boss, "990101002000", "东街街道", "street", parent_id=centre.areas["990101000000"])


def test_cases_and_roles_go_along_when_an_area_is_moved(centre, boss):
    """A community comes under another street: its worker still sees its case, nobody sees it twice or not at all."""
    case_id, other = centre.handled(), centre.report("villager", at=(102.0105, 40.0005))
    street = other_street(centre, boss)
    before = Case.objects.get(id=case_id)
    grids.move(boss, centre.areas["990101001001"], street)
    read_on()
    case = agree(case_id)
    assert case.area_path.startswith(ground.path_of_code("990101002"))
    assert (case.area_then_id, case.area_now_id) == (before.area_then_id, before.area_now_id)
    assert case.due_at == before.due_at
    agree(other)
    for login in ("supervisor", "acceptor", "handler"):
        assert queries.detail(centre.act(login), case_id).case["id"] == case_id
    listed = queries.list_cases(centre.act("acceptor"), queries.Filter(area="990101002000"))
    assert [row.id for row in listed.rows] == [case_id]
    assert queries.list_cases(centre.act("acceptor"), queries.Filter(area="990101001000")).rows == []
    commands.feed_back(centre.act("handler"), case_id, text="已清理")
    commands.confirm(centre.act("dispatcher"), case_id, person=centre.ids["supervisor"])
    assert commands.check(centre.act("supervisor"), case_id, passed=True).state == "checked"


def test_a_case_moved_out_of_somebodys_area_is_no_longer_theirs(centre, boss):
    """A community goes to another street: who worked in the first loses it, who works in the second gets it."""
    case_id = centre.report("acceptor")
    street = other_street(centre, boss)
    for login, area in (("old", "990101001"), ("new", "990101002")):
        centre.ids[login] = users.create(boss, f"street.{login}", f"{login}示例")
        grants.give(boss, centre.ids[login], "supervisor", area)
    assert queries.detail(centre.act("old"), case_id).case["id"] == case_id
    with expect_refusal(KernelError.NOT_FOUND):
        queries.detail(centre.act("new"), case_id)
    grids.move(boss, centre.areas["990101001001"], street)
    read_on()
    agree(case_id)
    with expect_refusal(KernelError.NOT_FOUND):
        queries.detail(centre.act("old"), case_id)
    assert queries.list_cases(centre.act("old"), queries.Filter()).rows == []
    assert [row.id for row in queries.list_cases(centre.act("new"), queries.Filter()).rows] == [case_id]


def test_moves_that_are_read_late_are_read_in_order(centre, boss):
    case_id = centre.handled()
    street = other_street(centre, boss)
    for parent in (street, centre.areas["990101001000"], street):
        grids.move(boss, centre.areas["990101001001"], parent)
    later = centre.report("acceptor")
    read_on()
    assert agree(case_id).area_path == agree(later).area_path


def test_cases_of_a_unit_follow_its_move(centre, boss):
    case_id = centre.handled()
    commands.hand_on(centre.act("handler"), case_id, reason="一队负责", unit_code="HW-1")
    team = next(row for row in accounts.unit_book().values() if row.code == "HW-1")
    units.move(boss, team.id, "YL")
    read_on()
    assert agree(case_id).unit.code == "HW-1"
    assert queries.detail(centre.act("otherhandler"), case_id).case["unit"] == "HW-1"
    with expect_refusal(KernelError.NOT_FOUND):
        queries.detail(centre.act("handler"), case_id)


def test_a_published_plan_takes_cases_to_the_grid_that_now_holds_their_point(centre, boss):
    """Then and now: the grid of its day stays for evaluation, the work goes to the new one."""
    first, second, village = centre.handled(), centre.report(at=IN_SECOND), centre.report("villager", at=(102.0105, 40.0005))
    plan = grids.open_plan(boss, "两格合一")
    new = grids.create_area(boss, "990101001001003", "合并单元", "unit", parent_id=centre.areas["990101001001"], note="合并",
                            plan_id=plan)
    for old in ("990101001001001", "990101001001002"):
        grids.retire(boss, centre.areas[old], successors=[new], plan_id=plan)
    read_on()
    assert agree(first).area_now.code == "990101001001001", "a draft moves nothing"
    import shapely

    grids.redraw(boss, new, shapely.to_wkb(shapely.box(102.0, 40.0, 102.002, 40.001)), plan_id=plan)
    with clock.held_at(MONDAY_NINE + timedelta(hours=1)):
        grids.publish_plan(boss, plan)
        read_on()
    for case_id, code in ((first, "990101001001001"), (second, "990101001001002")):
        case = agree(case_id)
        assert (case.area_now_id, case.area_then.code) == (new, code)
    assert agree(village).area_now.code == "990101100200001"


def test_merged_and_split_villages_keep_every_earlier_case_findable(centre, boss):
    """GRD-07, GRD-18: two communities become one, which becomes two: under each of the five codes its cases are found."""
    import shapely

    here = centre.handled()
    old, street = centre.areas["990101001001"], centre.areas["990101001000"]
    with clock.held_at(MONDAY_NINE + timedelta(hours=1)):
        merge = grids.open_plan(boss, "并村")
        whole = grids.create_area(boss, "990101001003", "合并社区", "community", parent_id=street, plan_id=merge,
                                  wkb=shapely.to_wkb(shapely.box(102.0, 40.0, 102.002, 40.001)))
        for unit in ("990101001001001", "990101001001002"):
            grids.retire(boss, centre.areas[unit], successors=[whole], plan_id=merge)
        grids.retire(boss, old, successors=[whole], plan_id=merge)
        grids.publish_plan(boss, merge)
        read_on()
    late = None
    with clock.held_at(MONDAY_NINE + timedelta(hours=2)):
        late = centre.report("acceptor", at=IN_SECOND)
    with clock.held_at(MONDAY_NINE + timedelta(hours=3)):
        split = grids.open_plan(boss, "分村")
        parts = [grids.create_area(boss, f"99010100100{number}", f"分社区{number}", "community", parent_id=street, plan_id=split,
                                   wkb=shapely.to_wkb(shapely.box(102.0 + west, 40.0, 102.001 + west, 40.001)))
                 for number, west in ((4, 0.0), (5, 0.001))]
        grids.retire(boss, whole, plan_id=split)
        grids.publish_plan(boss, split)
        read_on()
    acceptor = centre.act("acceptor")
    found = {code: {row.id for row in queries.list_cases(acceptor, queries.Filter(area=code)).rows}
             for code in ("990101001001", "990101001001001", "990101001003", "990101001004", "990101001005", "990101001000")}
    assert found == {
        "990101001001": {here}, "990101001001001": {here}, "990101001003": {late}, "990101001004": {here},
        "990101001005": {late}, "990101001000": {here, late}}
    shares = Succession.objects.filter(predecessor=whole).order_by("successor__code").values_list("successor_id", "of_old")
    assert [(heir, round(share, 2)) for heir, share in shares] == [(parts[0], 0.5), (parts[1], 0.5)]


def test_a_border_drawn_anew_takes_open_cases_along_and_leaves_closed_ones(centre, boss):
    """Nothing is retired, yet the point lies in the neighbouring grid now."""
    edge = (102.0009, 40.0005)
    closed, open_ = centre.checked(at=edge), centre.report(at=edge)
    commands.close(centre.act("leader1"), closed)
    plan = grids.open_plan(boss, "边界西移")
    import shapely

    for code, west, east in (("001", 102.0, 102.0008), ("002", 102.0008, 102.002)):
        grids.redraw(boss, centre.areas[f"990101001001{code}"], shapely.to_wkb(shapely.box(west, 40.0, east, 40.001)), note="调整",
                     plan_id=plan)
    with clock.held_at(MONDAY_NINE + timedelta(hours=1)):
        grids.publish_plan(boss, plan)
        read_on()
    case = agree(open_)
    assert (case.area_now.code, case.area_then.code) == ("990101001001002", "990101001001001")
    assert Case.objects.get(id=closed).area_now.code == "990101001001001"


def test_a_grid_retired_at_once_gives_its_cases_to_whoever_holds_the_ground(centre, boss):
    case_id = centre.handled(at=IN_FIRST)
    grids.redraw(boss, grids.create_area(boss, "990101002001", "东社区", "community", parent_id=grids.create_area(
        boss, "990101002000", "东街街道", "street", parent_id=centre.areas["990101000000"])), square(101.9995, 39.9995, 0.01))
    read_on()
    assert agree(case_id).area_now.code == "990101001001001", "the deepest grid holds it"
    grids.retire(boss, centre.areas["990101001001001"])
    read_on()
    assert agree(case_id).area_now.code == "990101002001"


def test_an_outline_drawn_at_once_takes_open_cases_along_and_one_of_a_draft_does_not(centre, boss):
    edge = (102.0009, 40.0005)
    case_id, first, second = centre.report(at=edge), "990101001001001", "990101001001002"
    draft = grids.open_plan(boss, "草案")
    grids.redraw(boss, centre.areas[first], square(102.0, 40.0, 0.0008), note="调整", plan_id=draft)
    read_on()
    assert agree(case_id).area_now.code == first
    grids.redraw(boss, centre.areas[first], square(102.0, 40.0, 0.0008), note="调整")
    read_on()
    assert agree(case_id).area_now.code == first, "nobody else has the ground yet"
    grids.redraw(boss, centre.areas[second], square(102.0008, 40.0, 0.001), note="调整")
    read_on()
    assert agree(case_id).area_now.code == second
