"""The ground over HTTP: pages of the tree, an area, the area of a point, gaps; nothing outside the scope."""

from collections.abc import Callable

import pytest
from django.test import Client

from jingwei.accounts.commands import grants, sign_in, users
from jingwei.accounts.http import COOKIE
from jingwei.accounts.queries import Role
from jingwei.grids import commands
from jingwei.grids.days import today
from jingwei.grids.models import Area
from jingwei.kernel.actor import Actor
from tests.grids.conftest import EAST, STREET, WEST, Town, middle

pytestmark = pytest.mark.django_db
Enter = Callable[[str], Client]


@pytest.fixture
def enter(town: Town, operator: Actor) -> Enter:
    """A client of somebody who reads the area with this code and all below it."""
    def client(code: str) -> Client:
        user = users.create(operator, f"reader{code}", "读示例")
        path = Area.objects.get(code=code).path
        grants.give(operator, user, Role.SUPERVISOR.code, code, area_path=path)
        made = Client()
        made.cookies[COOKIE] = sign_in.admit(user).key
        return made

    return client


def test_the_tree_begins_where_the_readers_part_begins(enter: Enter, town: Town) -> None:
    client = enter(STREET)
    roots = client.get("/api/areas").json()["items"]
    assert [(line["code"], line["has_children"]) for line in roots] == [(STREET, True)]
    below = client.get("/api/areas", {"parent": town[STREET]}).json()
    assert [line["code"] for line in below["items"]] == [WEST, EAST]
    assert below["next"] is None


def test_children_come_in_pages(enter: Enter, town: Town) -> None:
    client = enter(STREET)
    seen, after = [], ""
    while after is not None:
        page = client.get("/api/areas", {"parent": town[WEST], "limit": 2, "after": after}).json()
        seen.append([line["code"][-3:] for line in page["items"]])
        after = page["next"]
    assert seen == [["001", "002"], ["003"]]


def test_an_area_tells_its_way_up_and_who_answers(enter: Enter, town: Town, operator: Actor) -> None:
    user = users.create(operator, "wang", "王示例")
    commands.staff(operator, town[WEST], user, "main", today())
    shown = enter(STREET).get(f"/api/areas/{town[f'{WEST}001']}").json()
    assert [place["code"] for place in shown["chain"]][-2:] == [WEST, f"{WEST}001"]
    assert shown["area_m2"] > 11_000
    assert (shown["on_duty"], shown["on_duty_why"], shown["staffing"]) == (str(user), "main", [])
    community = enter(WEST).get(f"/api/areas/{town[WEST]}").json()
    assert [line["post"] for line in community["staffing"]] == ["main"]


def test_a_point_is_answered_with_its_grid(enter: Enter) -> None:
    lon, lat = middle(4, 0)
    client = enter(STREET)
    place = client.get("/api/locate", {"lon": lon, "lat": lat}).json()
    assert (place["code"], place["level"], place["county"], place["shared"]) == (f"{EAST}002", "unit", "990101", False)
    assert place["chain"].split(" / ")[-1] == place["name"]
    assert len(place["chain"].split(" / ")) > 2, "people say where something is by the names above it"
    assert client.get("/api/locate", {"lon": 0, "lat": 0}).status_code == 404


@pytest.mark.parametrize("place", [{"lon": 181, "lat": 0}, {"lon": 0, "lat": "nan"}, {"lon": "inf", "lat": 0},
                                   {"lon": "x", "lat": 0}, {"lon": 1}])
def test_what_is_no_place_is_refused(enter: Enter, place: dict[str, object]) -> None:
    answer = enter(STREET).get("/api/locate", place)
    assert 400 <= answer.status_code < 500
    assert answer.json()["code"]


@pytest.mark.parametrize("path", ["/api/areas?after=%00&parent=1", "/api/areas?system=%00",
                                  "/api/staffing/gaps?after=%00", "/api/locate?lon=1&lat=1&system=%00",
                                  "/api/areas?parent=99999999999999999999999", "/api/areas/99999999999999999999999",
                                  "/api/staffing/gaps?area=99999999999999999999999", "/api/areas?parent=x"])
def test_odd_input_is_refused_not_failed(enter: Enter, path: str) -> None:
    """T3: no server error."""
    assert enter(STREET).get(path).status_code in (200, 400, 404, 422)


def test_gaps_are_listed_within_reach(enter: Enter, town: Town, operator: Actor) -> None:
    for code in (WEST, EAST):
        commands.create_area(operator, f"{code}R01", "第一网格", "responsibility", parent_id=town[code])
    assert [line["code"] for line in enter(WEST).get("/api/staffing/gaps").json()["items"]] == [f"{WEST}R01"]
    assert len(enter(STREET).get("/api/staffing/gaps", {"limit": 1}).json()["items"]) == 1


def test_outside_the_scope_nothing_is_found(enter: Enter, town: Town) -> None:
    client = enter(WEST)
    for path in (f"/api/areas/{town[EAST]}", f"/api/areas?parent={town[EAST]}", f"/api/areas?parent={town[STREET]}",
                 "/api/areas/999999999"):
        assert client.get(path).status_code == 404
    assert Client().get("/api/areas").status_code == 401
