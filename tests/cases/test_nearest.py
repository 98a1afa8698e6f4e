"""Who is proposed for a task on the spot, and why, in words; a second person where duties are kept apart (STF-14, AT-09)."""

from datetime import timedelta
from uuid import UUID

import pytest

from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import grants
from jingwei.cases import commands, queries
from jingwei.cases.models import Case
from jingwei.cases.nearest import Worker, arranged, distance, proposed, said
from jingwei.cases.task_errors import TaskError
from jingwei.grids import commands as grids
from tests.cases.conftest import MONDAY_NINE, Centre, expect_refusal
from tests.cases.test_interface import at_most

GRID, SECOND_GRID, COMMUNITY = "990101001001001", "990101001001002", "990101001001"


def worker(number: int, **about: object) -> Worker:
    return Worker(UUID(int=number), f"网格员{number}", **about)  # type: ignore[arg-type]


# who stands before whom, and by what alone they differ
PAIRS = {
    "who answers here": ({"here": True, "answers": True, "at_work": True, "post": "deputy"}, {"at_work": True, "post": "main"}),
    "at work": ({"at_work": True, "post": "deputy", "metres": 900.0}, {"post": "main", "metres": 10.0}),
    "A before B": ({"post": "main", "metres": 900.0}, {"post": "deputy", "metres": 10.0}),
    "the nearer grid": ({"post": "main", "metres": 90.0, "held": 5}, {"post": "main", "metres": 100.0}),
    "a known distance": ({"post": "main", "metres": 90_000.0}, {"post": "main"}),
    "fewer tasks": ({"held": 1}, {"held": 2}),
    "not the reporter": ({"held": 9}, {"here": True, "answers": True, "at_work": True, "reported": True}),
    "not who is away": ({"reported": True}, {"here": True, "answers": True, "away": True}),
}


@pytest.mark.parametrize(("before", "behind"), PAIRS.values(), ids=list(PAIRS))
def test_one_stands_before_the_other(before: dict[str, object], behind: dict[str, object]) -> None:
    one, other = worker(2, **before), worker(1, **behind)
    assert arranged([other, one]) == [one, other]


def test_nobody_is_proposed_who_is_not_at_work_or_reported_it() -> None:
    assert proposed([]) is None
    assert proposed([worker(1, at_work=True)]) == UUID(int=1)
    for about in ({}, {"at_work": True, "away": True}, {"at_work": True, "reported": True}):
        assert proposed([worker(1, **about)]) is None, about


@pytest.mark.parametrize(("about", "words"), [
    ({"post": "main", "here": True, "answers": True, "at_work": True, "rule": "main", "metres": 0.0, "held": 2}, "A岗，今天负责这里，手上 2 件"),
    ({"post": "deputy", "here": True, "metres": 0.0}, "B岗，在这里有岗位，今天不由其负责，手上没有任务"),
    ({"post": "main", "area_name": "柳溪二号单元", "at_work": True, "metres": 84.0}, "A岗，在岗，负责柳溪二号单元，网格中心距此约 80 米，手上没有任务"),
    ({"post": "member", "area_name": "柳溪二号单元", "metres": 1240.0, "held": 1}, "组员，岗位在柳溪二号单元，网格中心距此约 1.2 公里，手上 1 件"),
    ({"post": "main", "here": True, "answers": True, "away": True}, "A岗，今天不在岗，手上没有任务"),
    ({"reported": True}, "网格员，责任范围包括这里，本案由其上报，手上没有任务"),
])
def test_it_is_said_why_somebody_is_proposed(about: dict[str, object], words: str) -> None:
    assert said(worker(1, **about)) == words


def test_distances_are_no_finer_than_a_walk() -> None:
    assert [distance(metres) for metres in (0.4, 84, 994, 996, 9_949, 9_951, 12_340)] == ["10 米", "80 米", "990 米", "1.0 公里", "9.9 公里", "10 公里", "12 公里"]


def post_on(centre: Centre, login: str, area: str, kind: str) -> None:
    grids.staff(accounts.operator(), centre.areas[area], centre.ids[login], kind, MONDAY_NINE.date())


@pytest.fixture
def crowd(centre: Centre) -> Centre:
    """The whole county's worker is posted on the grid beside; nobody on the grid of the case itself."""
    grants.give(accounts.operator(), centre.ids["villager"], "supervisor", COMMUNITY)
    post_on(centre, "villager", SECOND_GRID, "main")
    return centre


@pytest.mark.django_db
def test_the_nearest_at_work_is_proposed_where_the_grid_has_nobody(crowd: Centre) -> None:
    """By the middle of their grid: nobody's place is asked for."""
    case_id = crowd.report("acceptor", channel="hotline")
    found = queries.candidates(crowd.act("acceptor"), case_id, "ask_verify")
    assert [(one.name, one.proposed) for one in found] == [
        ("villager示例", True), ("supervisor2示例", False), ("supervisor示例", False)]
    assert found[0].said == "A岗，在岗，负责柳溪二号单元，网格中心距此约 90 米，手上没有任务"
    post_on(crowd, "supervisor", GRID, "main")
    found = queries.candidates(crowd.act("acceptor"), case_id, "ask_verify")
    assert [(one.name, one.proposed, one.on_duty) for one in found[:2]] == [
        ("supervisor示例", True, True), ("villager示例", False, False)], "who answers for the place comes first"
    grids.set_absent(accounts.operator(), crowd.ids["supervisor"], MONDAY_NINE, MONDAY_NINE + timedelta(days=2))
    found = queries.candidates(crowd.act("acceptor"), case_id, "ask_verify")
    assert [one.name for one in found if one.proposed] == ["villager示例"]


@pytest.mark.django_db
def test_tasks_in_hand_are_counted_and_asked_for_in_few_statements(crowd: Centre) -> None:
    for _ in range(2):
        commands.ask_verify(crowd.act("acceptor"), crowd.report("acceptor", channel="hotline"), person=crowd.ids["villager"])
    case_id = crowd.report("acceptor", channel="hotline")
    client = crowd.client("acceptor")
    with at_most(13):
        people = client.get(f"/api/cases/{case_id}/candidates?action=ask_verify").json()["people"]
    assert people[0]["said"].endswith("手上 2 件")
    assert set(people[0]) == {"id", "name", "post", "post_name", "area_name", "on_duty", "why", "said", "proposed"}, "no figure of a person, no place"


@pytest.mark.django_db
def test_who_reported_a_case_is_asked_after_the_others_to_check_it(centre: Centre) -> None:
    case_id = centre.handled()
    commands.feed_back(centre.act("handler"), case_id, text="已清理")
    post_on(centre, "supervisor", GRID, "main")
    post_on(centre, "supervisor2", GRID, "deputy")
    found = queries.candidates(centre.act("dispatcher"), case_id, "confirm")
    assert [(one.name, one.proposed) for one in found] == [("supervisor2示例", False), ("supervisor示例", False)]
    assert "本案由其上报" in found[1].said


@pytest.mark.django_db
def test_a_task_given_to_somebody_kept_off_it_goes_to_another_who_is_named(centre: Centre) -> None:
    case_id = centre.handled()
    commands.feed_back(centre.act("handler"), case_id, text="已清理")
    Case.objects.filter(id=case_id).update(duties={"handle": [str(centre.ids["supervisor"])]})
    with expect_refusal(TaskError.KEPT_OFF) as caught:
        commands.confirm(centre.act("dispatcher"), case_id, person=centre.ids["supervisor"])
    assert caught.value.text("zh") == ("没有下发：supervisor示例在这件案件上做过“处置”，按职责分离规定不能再去核查。"
                                       "可以由supervisor2示例去做。")
    assert "supervisor2示例 may do it" in caught.value.text("en")
    commands.confirm(centre.act("dispatcher"), case_id, person=centre.ids["supervisor2"])
    assert Case.objects.get(id=case_id).person == centre.ids["supervisor2"]


@pytest.mark.django_db
def test_who_takes_up_a_check_of_their_own_work_is_told_who_may(centre: Centre) -> None:
    """Also through HTTP, where the refusal is written inside the request's transaction."""
    case_id = centre.handled()
    commands.feed_back(centre.act("handler"), case_id, text="已清理")
    commands.confirm(centre.act("dispatcher"), case_id)
    mine = {"handle": [str(centre.ids["supervisor"])]}
    Case.objects.filter(id=case_id).update(duties=mine)
    answer = centre.client("supervisor").post(f"/api/cases/{case_id}/check", {"yes": True}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "case.second_person")
    assert answer.json()["detail"] == "没有执行“核查通过”：您在这件案件上做过“处置”，按职责分离规定须由另一人来做。可以由supervisor2示例去做。"
    both = {"handle": [str(centre.ids[login]) for login in ("supervisor", "supervisor2")]}
    Case.objects.filter(id=case_id).update(duties=both)
    with expect_refusal(TaskError.SECOND_PERSON) as caught:
        commands.check(centre.act("supervisor"), case_id, passed=True)
    assert "请联系网格管理员增派人员" in caught.value.text("zh")
