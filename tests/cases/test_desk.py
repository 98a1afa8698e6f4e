"""Beside the cases: who may be given a task, who has a case open, saved filters."""

from datetime import timedelta

import pytest

from jingwei.accounts import queries as accounts
from jingwei.cases import commands, queries
from jingwei.cases.commands.views import MOST
from jingwei.cases.errors import CaseError
from jingwei.cases.jobs import clear_marks
from jingwei.cases.models import Case, Looking, SavedView
from jingwei.grids import commands as grids
from jingwei.journal.models import Entry
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError
from jingwei.kernel.ids import new_id
from tests.cases.conftest import IN_VILLAGE, MONDAY_NINE, expect_refusal
from tests.cases.test_interface import at_most, post

pytestmark = pytest.mark.django_db
GRID, COMMUNITY = "990101001001001", "990101001001"


def people(centre, login, case_id, action="ask_verify"):
    return queries.candidates(centre.act(login), case_id, action)


def post_on(centre, login, area, kind):
    grids.staff(accounts.operator(), centre.areas[area], centre.ids[login], kind, MONDAY_NINE.date())


def test_without_postings_every_grid_worker_of_the_place_may_be_given_a_task(centre):
    case_id = centre.report("acceptor", channel="hotline")
    found = people(centre, "acceptor", case_id)
    assert {one.name for one in found} == {"supervisor示例", "supervisor2示例"}
    assert {(one.post, one.post_name, one.on_duty, one.why) for one in found} == {("", "网格员", False, "责任范围包括这里")}


def test_who_answers_for_the_place_today_comes_first(centre):
    """STF-03: A of the grid, B while A is away; a main above does not answer where the grid has its own."""
    case_id = centre.report("acceptor", channel="hotline")
    post_on(centre, "supervisor2", GRID, "main")
    post_on(centre, "supervisor", COMMUNITY, "main")
    found = people(centre, "acceptor", case_id)
    assert [(one.name, one.post, one.area_name, one.on_duty) for one in found] == [
        ("supervisor2示例", "main", "柳溪一号单元", True), ("supervisor示例", "main", "柳溪社区", False)]
    grids.set_absent(accounts.operator(), centre.ids["supervisor2"], MONDAY_NINE, MONDAY_NINE + timedelta(days=2))
    found = people(centre, "acceptor", case_id)
    assert [(one.name, one.on_duty, one.why) for one in found] == [
        ("supervisor示例", True, "今天负责这里"), ("supervisor2示例", False, "今天不在岗")]


def test_whoever_is_offered_can_be_given_the_task(centre):
    case_id = centre.report("acceptor", channel="hotline")
    for one in people(centre, "acceptor", case_id):
        commands.ask_verify(centre.act("acceptor"), case_id, person=one.id)
        assert Case.objects.get(id=case_id).person == one.id
        commands.undo(centre.act("acceptor"), case_id)


def test_who_handled_a_case_is_not_offered_to_check_it(centre):
    """AT-09: the engine would refuse them later."""
    case_id = centre.handled()
    commands.feed_back(centre.act("handler"), case_id, text="已清理")
    assert len(people(centre, "dispatcher", case_id, "confirm")) == 2
    Case.objects.filter(id=case_id).update(duties={"handle": [str(centre.ids["supervisor"])]})
    assert [one.name for one in people(centre, "dispatcher", case_id, "confirm")] == ["supervisor2示例"]


def test_candidates_are_told_to_whoever_may_give_the_task_now(centre):
    case_id = centre.report("acceptor", channel="hotline")
    with expect_refusal(CaseError.WRONG_ROLE):
        people(centre, "dispatcher", case_id)
    with expect_refusal(CaseError.WRONG_STATE):
        people(centre, "acceptor", case_id, "confirm")
    with expect_refusal(CaseError.UNKNOWN_ACTION):
        people(centre, "acceptor", case_id, "file")
    with expect_refusal(KernelError.NOT_FOUND):
        people(centre, "neighbour", case_id)
    client = centre.client("acceptor")
    client.get(f"/api/cases/{case_id}/candidates?action=ask_verify")
    with at_most(10):
        answer = client.get(f"/api/cases/{case_id}/candidates?action=ask_verify")
    assert set(answer.json()["people"][0]) >= {"id", "name", "post", "area_name", "on_duty", "why", "said", "proposed"}
    assert client.get(f"/api/cases/{case_id}/candidates").status_code == 400


def test_two_who_open_a_case_see_each_other_for_a_minute(centre):
    case_id = centre.report()
    first, second = centre.act("acceptor"), centre.act("leader1")
    assert commands.look(first, case_id) == []
    with clock.held_at(MONDAY_NINE + timedelta(seconds=20)):
        assert [(one.name, one.since) for one in commands.look(second, case_id)] == [("acceptor示例", MONDAY_NINE)]
        assert [one.name for one in commands.look(first, case_id)] == ["leader1示例"]
    with clock.held_at(MONDAY_NINE + timedelta(seconds=79)):
        assert [(one.name, one.since) for one in commands.look(second, case_id)] == [("acceptor示例", MONDAY_NINE)], "renewed"
    with clock.held_at(MONDAY_NINE + timedelta(seconds=81)):
        assert commands.look(second, case_id) == []
        commands.look_away(second, case_id)
        assert commands.look(first, case_id) == []


def test_a_mark_is_recorded_nowhere_and_nothing_of_it_stays(centre):
    case_id, entries = centre.report(), Entry.objects.count()
    commands.look(centre.act("acceptor"), case_id)
    assert Entry.objects.count() == entries
    with clock.held_at(MONDAY_NINE + timedelta(seconds=60)):
        assert clear_marks.call() == 1
    assert not Looking.objects.exists()


def test_marks_are_shown_for_cases_one_may_see(centre):
    seen, elsewhere = centre.handled(), centre.report("villager", at=IN_VILLAGE)
    for case_id in (seen, elsewhere):
        commands.look(centre.act("boss"), case_id)
    commands.look(centre.act("acceptor"), seen)

    def shown(login):
        return {mark["case_id"]: mark["names"] for mark in queries.looking(centre.act(login))}

    assert shown("dispatcher") == {seen: ["boss示例", "acceptor示例"], elsewhere: ["boss示例"]}
    assert shown("handler") == {seen: ["boss示例", "acceptor示例"]}
    assert shown("acceptor") == {seen: ["boss示例"], elsewhere: ["boss示例"]}
    assert shown("neighbour") == shown("sysadmin") == {}
    with clock.held_at(MONDAY_NINE + timedelta(seconds=61)):
        assert shown("dispatcher") == {}
    for act in (commands.look, commands.look_away):
        with expect_refusal(KernelError.NOT_FOUND):
            act(centre.act("neighbour"), seen)


def test_a_view_is_kept_replaced_and_dropped_by_its_owner_alone(centre):
    acceptor, other = centre.act("acceptor"), centre.act("leader1")
    first = commands.save_view(acceptor, " 超期未立案 ", "?state=verified&late=true")
    assert commands.save_view(acceptor, "超期未立案", "state=reported&late=true") == first
    second = commands.save_view(other, "超期未立案", "")
    assert [(view.id, view.name, view.query) for view in queries.views(acceptor)] == [
        (first, "超期未立案", "state=reported&late=true")]
    assert [view.id for view in queries.views(other)] == [second]
    for who, view_id in ((other, first), (acceptor, new_id())):
        with expect_refusal(KernelError.NOT_FOUND):
            commands.drop_view(who, view_id)
    commands.drop_view(acceptor, first)
    assert queries.views(acceptor) == []


@pytest.mark.parametrize(("name", "query", "reason"), [
    ("", "", CaseError.MISSING), ("\u200b", "", CaseError.MISSING), ("名" * 61, "", CaseError.TOO_LONG),
    ("名", "q" * 1001, CaseError.TOO_LONG), ("名\x00", "", CaseError.BAD_TEXT), ("名", "a\x00", CaseError.BAD_TEXT)])
def test_a_view_that_cannot_be_kept_is_refused_in_words(centre, name, query, reason):
    with expect_refusal(reason):
        commands.save_view(centre.act("acceptor"), name, query)
    assert not SavedView.objects.exists()


def test_nobody_keeps_more_views_than_fit_a_menu(centre):
    for number in range(MOST):
        commands.save_view(centre.act("acceptor"), f"筛选{number}", "")
    with expect_refusal(CaseError.VIEWS_FULL):
        commands.save_view(centre.act("acceptor"), "再一个", "")
    commands.save_view(centre.act("acceptor"), "筛选1", "late=true")


def test_marks_and_views_over_the_interface(centre):
    case_id = centre.report()
    client = centre.client("acceptor")
    post(centre.client("boss"), f"/api/cases/{case_id}/looking")
    with at_most(8):
        answer = post(client, f"/api/cases/{case_id}/looking")
    assert [one["name"] for one in answer.json()["others"]] == ["boss示例"]
    assert client.get("/api/looking").json() == {"marks": [{"case_id": str(case_id), "names": ["boss示例"]}]}
    assert client.delete(f"/api/cases/{case_id}/looking").status_code == 200
    made = post(client, "/api/views", {"name": "今日", "query": "since=2026-11-23T00:00:00Z"})
    assert made.status_code == 201
    assert client.get("/api/views").json() == [
        {"id": made.json()["id"], "name": "今日", "query": "since=2026-11-23T00:00:00Z"}]
    assert client.delete(f"/api/views/{made.json()['id']}").status_code == 200
    assert client.get("/api/views").json() == []
