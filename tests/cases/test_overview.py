"""The leader's page: every number opens to exactly its cases, whoever looks and whatever they may see."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from jingwei.cases import commands
from jingwei.kernel import clock
from tests.cases.conftest import IN_SECOND, IN_VILLAGE, MONDAY_NINE, VENDOR
from tests.cases.test_interface import at_most

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY_NINE + timedelta(days=1)
EVENING = TUESDAY + timedelta(hours=9)


@pytest.fixture
def busy(centre):
    """A day's work: reported the day before and today, in every stage, in time and late, in two towns."""
    centre.report()
    centre.handled()
    commands.suspend(centre.act("dispatcher"), centre.handled(), reason="等材料")
    commands.close(centre.act("leader1"), centre.checked())
    centre._keys.clear()  # a new day, everybody signs in again
    with clock.held_at(TUESDAY):
        late = work(centre)
    with clock.held_at(EVENING):
        commands.feed_back(centre.act("handler"), late, text="已清理")
        commands.confirm(centre.act("dispatcher"), late)
        commands.check(centre.act("supervisor"), late, passed=True)
        commands.close(centre.act("leader1"), late)
        yield
    centre._keys.clear()


def work(centre):
    """What comes in and is done in a morning; the case that will be late."""
    centre.report("acceptor", channel="hotline")
    commands.ask_verify(centre.act("acceptor"), centre.report("acceptor", channel="hotline"))
    commands.file(centre.act("acceptor"), centre.report(at=IN_SECOND, class_code=VENDOR))
    team = centre.handled(at=IN_SECOND)
    commands.hand_on(centre.act("handler"), team, reason="一队负责", unit_code="HW-1")
    commands.accept(centre.act("community"), centre.report("villager", at=IN_VILLAGE))
    commands.refuse(centre.act("acceptor"), centre.report(), reason="重复上报")
    commands.close(centre.act("leader1"), centre.checked())
    return centre.handled()


def counted(client, asked):
    query = urlencode({name: str(value).lower() if isinstance(value, bool) else value for name, value in asked.items()}, doseq=True)
    found = client.get(f"/api/cases/count?{query}")
    assert found.status_code == 200, found.content
    listed = client.get(f"/api/cases?limit=200&{query}").json()["rows"]
    assert len(listed) == found.json()["count"]
    return found.json()["count"]


def figures(shown):
    """Every figure of the page with its filter."""
    for stage in shown["stages"]:
        yield f"stage {stage['state']}", stage["count"], stage["filter"]
        yield f"late {stage['state']}", stage["late"], stage["late_filter"]
        for age in stage["ages"]:
            yield f"{stage['state']} {age['label']}", age["count"], age["filter"]
    for name, asked in shown["today"]["filters"].items():
        yield f"today {name}", shown["today"][name], asked
    for line in (*shown["units"], *shown["areas"]):
        yield line["name"], line["open"], line["filter"]
        yield f"late {line['name']}", line["late"], line["late_filter"]


@pytest.mark.parametrize("login", ["boss", "acceptor", "dispatcher", "handler", "handler2", "supervisor", "villager", "town",
                                   "neighbour", "sysadmin"])
@pytest.mark.parametrize("area", ["", "990101", "990101001000", "990101001001001", "990101100000", "990100000000"])
def test_every_number_opens_to_exactly_its_cases(centre, busy, login, area):
    client = centre.client(login)
    answer = client.get(f"/api/overview?area={area}")
    if answer.status_code == 404:
        assert login in ("sysadmin", "neighbour", "villager", "town", "supervisor")
        assert area
        return
    shown = answer.json()
    told = list(figures(shown))
    assert {name: (count, counted(client, asked)) for name, count, asked in told if count != counted(client, asked)} == {}
    if login == "boss" and area != "990101001001001":
        assert sum(count for _, count, _ in told) > 0


def test_the_figures_are_those_of_the_day(centre, busy):
    shown = centre.client("boss").get("/api/overview?area=990101").json()
    assert (shown["area"], shown["area_name"]) == ("990101000000", "示例区")
    assert {name: count for name, count in shown["today"].items() if name != "filters"} == {
        "reported": 8, "filed": 5, "ended": 2, "ended_on_time": 1, "ended_late": 1, "ended_exempted": 0}
    stages = {stage["state"]: stage["count"] for stage in shown["stages"]}
    assert stages == {"reported": 2, "verifying": 1, "filed": 1, "handling": 3, "suspended": 1}
    for stage in shown["stages"]:
        assert sum(age["count"] for age in stage["ages"]) == stage["count"]
    reported = next(stage for stage in shown["stages"] if stage["state"] == "reported")
    assert [age["count"] for age in reported["ages"]] == [0, 1, 1, 0, 0]
    assert [(line["code"], line["open"]) for line in shown["areas"]] == [("990101001000", 7), ("990101100000", 1)]


def test_a_unit_is_shown_with_the_teams_below_it_and_counted_once(centre, busy):
    units = centre.client("boss").get("/api/overview").json()["units"]
    assert {line["code"]: line["open"] for line in units} == {"HW": 3, "VC": 1}
    assert [line["code"] for line in centre.client("handler2").get("/api/overview").json()["units"]] == ["HW-1"]


def test_without_an_area_it_begins_where_ones_scope_begins(centre, busy):
    assert centre.client("boss").get("/api/overview").json()["area"] == "990101000000"
    assert centre.client("supervisor").get("/api/overview").json()["area"] == "990101001001"
    empty = centre.client("sysadmin").get("/api/overview").json()
    assert (empty["stages"], empty["units"], empty["today"]["reported"]) == ([], [], 0)


@pytest.mark.parametrize("area", ["990102", "nonsense", "%00", "990199000000"])
def test_an_area_out_of_reach_is_answered_as_one_that_does_not_exist(centre, busy, area):
    answer = centre.client("boss").get(f"/api/overview?area={area}")
    assert (answer.status_code, answer.json()["code"]) == (404, "request.not_found")


def test_no_figure_is_about_a_person(centre, busy):
    """Service, not watching people: neither a name nor an id of anybody."""
    text = centre.client("boss").get("/api/overview").content.decode()
    for login, user in centre.ids.items():
        assert str(user) not in text
        assert f"{login}示例" not in text


def test_it_costs_at_most_eight_statements(centre, busy):
    for login in ("boss", "acceptor", "supervisor"):
        client = centre.client(login)
        for area in ("", "990101"):
            client.get(f"/api/overview?area={area}")
            with at_most(8):
                client.get(f"/api/overview?area={area}")
    assert client.get("/api/overview").status_code == 200
