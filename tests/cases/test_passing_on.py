"""Tasks that name somebody who leaves a grid: with the hand-over they go to the heir, or to whoever comes first."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import grants
from jingwei.cases import commands, queries
from jingwei.cases.models import Case
from jingwei.grids import commands as grids
from jingwei.grids import queries as ground
from jingwei.grids.jobs import move_work
from jingwei.grids.models import HandOver
from jingwei.journal import jobs
from jingwei.journal.queries import history
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError
from jingwei.worklist.models import Item
from tests.cases.conftest import IN_SECOND, MONDAY_NINE, Centre, expect_refusal

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
COMMUNITY = "990101001001"


@pytest.fixture
def posted(centre: Centre) -> int:
    """`supervisor` is main of the community."""
    return grids.staff(accounts.operator(), centre.areas[COMMUNITY], centre.ids["supervisor"], "main", TODAY - 30 * DAY)


def to_check(centre: Centre, person: str = "supervisor", **more: Any) -> UUID:
    """A case that waits for one grid worker's check."""
    case_id = centre.handled(**more)
    commands.feed_back(centre.act("handler"), case_id, text="已清理")
    commands.confirm(centre.act("dispatcher"), case_id, person=centre.ids[person])
    return case_id


def to_verify(centre: Centre, person: str = "supervisor") -> UUID:
    case_id = centre.report("acceptor", channel="hotline")
    commands.ask_verify(centre.act("acceptor"), case_id, person=centre.ids[person])
    return case_id


def person_of(case_id: UUID) -> UUID | None:
    due = Item.objects.get(subject=f"case:{case_id}").person
    assert due == Case.objects.get(pk=case_id).person, "the list of what is due says the same"
    return due


def test_what_waits_is_shown_before_and_passed_on_with_the_hand_over(centre: Centre, posted: int) -> None:
    check, verify, other = to_check(centre), to_verify(centre), to_check(centre, "supervisor2", at=IN_SECOND)
    boss = centre.act("admin")
    shown = ground.open_work(boss, posted)
    assert {(one.number, one.stage) for one in shown.items} == {
        (Case.objects.get(pk=check).number, "核查中"), (Case.objects.get(pk=verify).number, "核实中")}
    done = grids.hand_over(boss, posted, centre.ids["supervisor2"], TODAY)
    assert done.moved == 2
    assert {person_of(one) for one in (check, verify, other)} == {centre.ids["supervisor2"]}
    last = history(f"case:{check}")[-1]
    assert (last.verb, last.actor, json.loads(last.data)) == ("case.task_passed", centre.ids["admin"], {
        "from": str(centre.ids["supervisor"]), "to": str(centre.ids["supervisor2"]), "state": "checking"})
    assert "因人员交接转交了任务" in [line["said"] for line in queries.detail(boss, check).timeline]
    commands.check(centre.act("supervisor2"), check, passed=True)


def test_the_sheet_tells_what_was_handed_over_and_who_has_it(centre: Centre, posted: int) -> None:
    check = to_check(centre)
    done = grids.hand_over(centre.act("admin"), posted, centre.ids["supervisor2"], TODAY)
    sheet = ground.sheet(centre.act("supervisor"), done.sheet)
    assert (sheet.from_name, sheet.to_name, sheet.on, sheet.work, sheet.area_name) == (
        "supervisor示例", "supervisor2示例", TODAY, "pass", "柳溪社区")
    (item,) = sheet.items
    assert (item.number, item.stage, item.to_name, item.done) == (
        Case.objects.get(pk=check).number, "核查中", "supervisor2示例", False)
    assert [line.id for line in ground.sheets(centre.act("admin"))[0]] == [done.sheet]
    with expect_refusal(KernelError.NOT_FOUND):
        ground.sheet(centre.act("villager"), done.sheet)
    assert ground.sheets(centre.act("supervisor"))[0] == []


def test_a_task_the_heir_may_not_do_waits_for_whoever_comes_first(centre: Centre, posted: int) -> None:
    """STF-14: nobody checks what they directed; and who is no grid worker of the place gets nothing."""
    apart = to_check(centre)
    case = Case.objects.get(pk=apart)
    case.duties["command"] = [*case.duties.get("command", []), str(centre.ids["supervisor2"])]
    case.save(update_fields=["duties"])
    free = to_check(centre)
    grids.hand_over(centre.act("admin"), posted, centre.ids["supervisor2"], TODAY)
    assert (person_of(apart), person_of(free)) == (None, centre.ids["supervisor2"])


def test_an_heir_from_elsewhere_gets_none_of_the_tasks(centre: Centre, posted: int) -> None:
    check = to_check(centre)
    grids.hand_over(centre.act("admin"), posted, centre.ids["villager"], TODAY)
    assert person_of(check) is None
    assert json.loads(history(f"case:{check}")[-1].data)["to"] is None


def test_who_leaves_without_an_heir_releases_their_tasks_or_keeps_them(centre: Centre, posted: int) -> None:
    check = to_check(centre)
    kept = grids.unstaff(centre.act("admin"), posted, TODAY - DAY, work="keep")
    assert (kept.moved, person_of(check)) == (1, centre.ids["supervisor"])
    again = grids.staff(accounts.operator(), centre.areas[COMMUNITY], centre.ids["supervisor"], "member", TODAY - DAY)
    grids.unstaff(centre.act("admin"), again, TODAY - DAY)
    assert person_of(check) is None
    assert [one.work for one in HandOver.objects.order_by("id")] == ["keep", "release"]


def test_a_hand_over_of_a_day_to_come_moves_the_tasks_when_that_day_begins(centre: Centre, posted: int) -> None:
    check = to_check(centre)
    done = grids.hand_over(centre.act("admin"), posted, centre.ids["supervisor2"], TODAY + 2 * DAY)
    assert person_of(check) == centre.ids["supervisor"]
    assert ground.sheet(centre.act("admin"), done.sheet).moved_at is None
    late = to_check(centre)
    with clock.held_at(MONDAY_NINE + 1.6 * DAY):  # 23:24 of the evening before, in Shanghai
        assert not jobs.run_one("tester")
    with clock.held_at(MONDAY_NINE + 1.7 * DAY):
        assert jobs.run_one("tester")
    assert {person_of(one) for one in (check, late)} == {centre.ids["supervisor2"]}, "those that came meanwhile, too"
    assert [entry.verb for entry in history(f"area_staffing:{centre.areas[COMMUNITY]}")][-1] == "staffing.work_moved"
    assert move_work.func(done.sheet) == 0, "once"


def test_a_task_that_was_done_before_the_day_is_told_as_done(centre: Centre, posted: int) -> None:
    check = to_check(centre)
    done = grids.hand_over(centre.act("admin"), posted, centre.ids["supervisor2"], TODAY + DAY)
    commands.check(centre.act("supervisor"), check, passed=True)
    with clock.held_at(MONDAY_NINE + DAY):
        grids.move_work(accounts.operator(), done.sheet)
    assert [(one.done, one.to_name) for one in ground.sheet(centre.act("admin"), done.sheet).items] == [(True, "")]


def test_who_goes_on_working_there_in_another_post_keeps_the_tasks(centre: Centre, posted: int) -> None:
    grids.staff(accounts.operator(), centre.areas["990101001001001"], centre.ids["supervisor"], "deputy", TODAY)
    first, second = to_check(centre), to_check(centre, at=IN_SECOND)
    assert [one.number for one in ground.open_work(centre.act("admin"), posted).items] == [Case.objects.get(pk=second).number]
    grids.hand_over(centre.act("admin"), posted, centre.ids["supervisor2"], TODAY)
    assert (person_of(first), person_of(second)) == (centre.ids["supervisor"], centre.ids["supervisor2"])


def test_a_second_main_by_hand_over_takes_the_work_along(centre: Centre, posted: int) -> None:
    check = to_check(centre)
    grids.staff(accounts.operator(), centre.areas[COMMUNITY], centre.ids["supervisor2"], "main", TODAY, hand_over=True)
    assert person_of(check) == centre.ids["supervisor2"]


def test_a_hand_over_that_is_refused_moves_nothing(centre: Centre, posted: int) -> None:
    check = to_check(centre)
    grants.give(accounts.operator(), centre.ids["boss"], "supervisor", COMMUNITY)
    with expect_refusal(KernelError.NOT_FOUND):
        grids.hand_over(centre.act("villager"), posted, centre.ids["boss"], TODAY)
    assert person_of(check) == centre.ids["supervisor"]
    assert HandOver.objects.count() == 0


def test_looking_at_the_work_costs_the_same_however_much_waits(centre: Centre, posted: int) -> None:
    counts = []
    for many in (1, 4):
        for _ in range(many):
            to_check(centre)
        ground.open_work(centre.act("admin"), posted)
        boss = centre.act("admin")
        with CaptureQueriesContext(connection) as caught:
            ground.open_work(boss, posted)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 7
