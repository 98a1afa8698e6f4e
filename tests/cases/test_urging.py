"""Urging (催办): words to the holder, counted and shown first; the clock is never touched."""

from datetime import timedelta

import pytest

from jingwei.cases import commands, queries
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, Urging
from jingwei.cases.order_errors import OrderError
from jingwei.kernel import clock
from tests.cases.conftest import IN_VILLAGE, MONDAY_NINE, expect_refusal

pytestmark = pytest.mark.django_db


def test_an_urged_case_stands_first_with_its_holder_and_its_clock_runs_as_before(centre):
    """CAS-40, ESC-04: counted, tagged, told in the timeline."""
    centre.handled()
    case_id = centre.handled()
    due = Case.objects.get(id=case_id).due_at
    before = [line.id for line in queries.todo(centre.act("handler")).rows]
    assert before[0] != case_id
    commands.urge(centre.act("boss"), case_id, text="请今天清完，13800138000 已经催了")
    lines = queries.todo(centre.act("handler")).rows
    assert (lines[0].id, lines[0].marks) == (case_id, ["urged"])
    assert Case.objects.get(id=case_id).due_at == due
    told = queries.detail(centre.act("boss"), case_id)
    assert told.timeline[-1]["said"] == "催办"
    assert told.timeline[-1]["text"] == "请今天清完，〔电话1〕 已经催了"
    assert [(one.text, one.present) for one in queries.urgings(centre.act("handler"), case_id)] == [
        ("请今天清完，〔电话1〕 已经催了", True)]
    assert Urging.objects.get().by == centre.ids["boss"]


def test_pages_of_what_waits_go_on_after_an_urged_case(centre):
    """Every case once, over pages of one, with urged and undated ones among them."""
    cases = [centre.report() for _ in range(5)]
    for case_id in cases[2:4]:
        commands.urge(centre.act("boss"), case_id, text="请尽快受理")
    found, after = [], ""
    while True:
        page = queries.todo(centre.act("acceptor"), after=after, limit=1)
        found += [line.id for line in page.rows]
        if page.next is None:
            break
        after = page.next
    assert sorted(found) == sorted(cases)
    assert set(found[:2]) == set(cases[2:4])


def test_the_same_person_urges_a_case_once_in_a_set_time(centre):
    case_id = centre.handled()
    commands.urge(centre.act("boss"), case_id, text="请尽快")
    with clock.held_at(MONDAY_NINE + timedelta(hours=3, minutes=59)), expect_refusal(OrderError.URGED_LATELY):
        commands.urge(centre.act("boss"), case_id, text="请尽快")
    commands.urge(centre.act("leader1"), case_id, text="请尽快")
    with clock.held_at(MONDAY_NINE + timedelta(hours=4)):
        commands.urge(centre.act("boss"), case_id, text="请尽快")
    assert Urging.objects.filter(case_id=case_id).count() == 3


def test_who_has_the_case_to_do_does_not_urge_it(centre):
    case_id = centre.report()
    with expect_refusal(OrderError.OWN_TO_DO):
        commands.urge(centre.act("leader1"), case_id, text="请尽快")
    with expect_refusal(CaseError.WRONG_ROLE):
        commands.urge(centre.act("acceptor"), case_id, text="请尽快")
    with expect_refusal(CaseError.MISSING):
        commands.urge(centre.act("boss"), case_id, text=" ")


def test_what_does_not_run_is_not_urged(centre):
    case_id = centre.handled()
    commands.suspend(centre.act("dispatcher"), case_id, reason="等材料")
    with expect_refusal(CaseError.NOT_NOW):
        commands.urge(centre.act("boss"), case_id, text="请尽快")


def test_the_tag_goes_with_the_stay_and_comes_back_with_its_undoing(centre):
    case_id = centre.handled()
    commands.urge(centre.act("boss"), case_id, text="请尽快")
    commands.feed_back(centre.act("handler"), case_id, text="已清理")
    assert Case.objects.get(id=case_id).marks == ""
    assert not queries.todo(centre.act("dispatcher")).rows[0].marks
    commands.undo(centre.act("handler"), case_id)
    assert Case.objects.get(id=case_id).marks == "|urged|"


def test_the_grid_worker_urges_the_community_that_handles(centre):
    """CAS-40: the third level urges and helps the community's cadre."""
    case_id = centre.report("villager", at=IN_VILLAGE)
    commands.accept(centre.act("community"), case_id)
    commands.urge(centre.act("villager"), case_id, text="村口水沟还堵着，请尽快")
    assert queries.todo(centre.act("community")).rows[0].marks == ["urged"]
