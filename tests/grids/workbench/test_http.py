"""The workbench over HTTP: open, look, change, undo, page by page and tile by tile."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jingwei.accounts.commands import grants, sign_in, users
from jingwei.accounts.http import COOKIE
from jingwei.accounts.queries import Role
from jingwei.grids import commands, jobs, quadtree
from jingwei.grids.models import Area, PlanVersion
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from tests.formats.tile_reading import read
from tests.grids.conftest import EAST, WEST, middle
from tests.grids.workbench.conftest import Divided, group, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(divided: Divided, operator: Actor) -> Client:
    """Somebody who manages the areas everywhere."""
    return client_of(operator, "clerk", Role.AREA_ADMIN)


def client_of(operator: Actor, login: str, role: Role) -> Client:
    user = users.create(operator, login, "办示例")
    grants.give(operator, user, role.code, "*", area_path="")
    browser = Client()
    browser.cookies[COOKIE] = sign_in.admit(user).key
    return browser


def send(client: Client, url: str, **body: Any) -> Any:
    with transaction.atomic():  # what a refusal had begun is rolled back without ending the test's own transaction
        return client.post(url, data=body, content_type="application/json")


def tile_at(client: Client, view: dict[str, Any], z: int, lon: float, lat: float) -> Any:
    x = int((lon + 180) / 360 * 2**z)
    y = next(y for y in range(2**z) if quadtree.box(z, x, y)[1] <= lat)
    return client.get(view["tiles"].replace("{z}", str(z)).replace("{x}", str(x)).replace("{y}", str(y)))


def test_a_plan_opens_with_its_communities_and_its_scores(desk: Client, divided: Divided) -> None:
    """AT-03, AT-04: counts, sizes, grids out of bounds."""
    view = desk.get(f"/api/plans/{divided.draft}/view").json()
    assert (view["state"], view["editable"], view["edit"], view["undo"]) == ("draft", True, 0, None)
    assert [(line["code"], line["units"], line["groups"], line["ungrouped"]) for line in view["communities"]] == [
        (WEST, 12, 2, 0), (EAST, 6, 0, 6)]
    scores = desk.get(f"/api/plans/{divided.draft}/scores").json()
    assert (scores["units"]["count"], scores["units"]["odd"], scores["groups"]["count"], scores["ungrouped"]) == (18, 0, 2, 6)
    assert scores["groups"]["odd"] == 2, "six units each are fewer than ten"
    assert scores["groups"]["imbalance"] == 1.0
    west = desk.get(f"/api/plans/{divided.draft}/scores?community={divided[WEST]}").json()
    assert west["units"]["count"] == 12


def test_units_and_grids_come_by_community_by_grid_and_by_pages(desk: Client, divided: Divided) -> None:
    base = f"/api/plans/{divided.draft}"
    seen, after = [], ""
    while after is not None:
        page = desk.get(f"{base}/units?limit=7&after={after}").json()
        seen += [line["code"] for line in page["items"]]
        after = page["next"]
    assert seen == sorted(seen)
    assert len(seen) == 18
    assert [line["code"] for line in desk.get(f"{base}/units?group={divided[group(2)]}").json()["items"]] == [
        unit(number) for number in (3, 4, 7, 8, 11, 12)]
    assert desk.get(f"{base}/units?odd=1").json()["items"] == []
    assert [(line["code"], line["units"]) for line in desk.get(f"{base}/groups?community={divided[WEST]}").json()["items"]] == [
        (group(1), 6), (group(2), 6)]
    at = desk.get(f"{base}/at?lon={middle(1, 1)[0]}&lat={middle(1, 1)[1]}").json()
    assert (at["code"], at["group_code"]) == (unit(6), group(1))
    shapes = desk.get(f"{base}/shapes?ids={divided[unit(6)]},{divided[group(1)]}").json()
    assert [one["properties"]["code"] for one in shapes["features"]] == [group(1), unit(6)]
    assert desk.get(f"{base}/shapes?ids=1,x").json()["code"] == "request.invalid"


def test_a_deed_answers_what_it_changed_and_what_to_look_at(desk: Client, divided: Divided) -> None:
    base = f"/api/plans/{divided.draft}"
    answer = send(desk, f"{base}/split", unit=divided[unit(6)], line=None, seen=0)
    told = answer.json()
    assert answer.status_code == 200, told
    assert [line["code"] for line in told["units"]] == [unit(13), unit(14)]
    assert told["gone"] == [divided[unit(6)]]
    assert (told["edit"], told["verb"], told["said"]) == (1, "split", "切分 …006")
    assert [line for line in told["warnings"] if "责任网格" in line] == [f"责任网格 {group(1)} 有 7 个单元网格，少于 10。"]
    assert (told["undo"]["said"], told["redo"]) == ("切分 …006", None)
    again = send(desk, f"{base}/undo", seen=1).json()
    assert (again["said"], again["redo"]["said"], again["undo"]) == ("已撤销：切分 …006", "切分 …006", None)
    assert [line["code"] for line in again["units"]] == [unit(6)]
    stale = send(desk, f"{base}/merge", units=[divided[unit(1)], divided[unit(2)]], seen=1)
    assert (stale.status_code, stale.json()["code"]) == (409, "grids.edited_meanwhile")


def test_the_same_deed_sent_twice_is_done_once(desk: Client, divided: Divided) -> None:
    """A lost answer is asked for again with the same key."""
    url = f"/api/plans/{divided.draft}/move"
    body = {"units": [divided[unit(2)]], "group": divided[group(2)], "seen": 0}
    told = [desk.post(url, data=body, content_type="application/json", headers={"Idempotency-Key": "move-00000001"}).json()
            for _ in range(2)]
    assert told[0] == told[1]
    assert PlanVersion.objects.get(pk=divided.draft).edit == 1


@pytest.mark.parametrize("body", [
    {"unit": 1}, {"unit": 10**30}, {"unit": "x"}, {"unit": 1, "line": []}, {"unit": 1, "line": [[1, 2]]},
    {"unit": 1, "line": [[1], [2]]}, {"unit": 1, "line": [["a", "b"], ["c", "d"]]}, {"line": [[1, 2], [3, 4]]},
    {"unit": 1, "line": [[1e308, 1], [2, 2]]}, {"unit": 1, "line": [[1, 2], [1, 2]]},
])
def test_a_deed_that_makes_no_sense_is_refused_in_words(body: dict[str, Any], desk: Client, divided: Divided) -> None:
    body = {key: divided[unit(6)] if (key, value) == ("unit", 1) and "line" in body else value for key, value in body.items()}
    answer = send(desk, f"/api/plans/{divided.draft}/split", **body)
    assert 400 <= answer.status_code < 500, answer.content
    assert answer.json()["code"]


def test_tiles_show_the_draft_and_are_made_again_only_where_it_was_touched(desk: Client, divided: Divided) -> None:
    """Many units on a map: unchanged tiles come from the cache, whatever else was done."""
    base = f"/api/plans/{divided.draft}"
    before = desk.get(f"{base}/view").json()
    west = tile_at(desk, before, 15, *middle(1, 1))
    layers = read(west.content)
    codes = {feature.properties["code"] for feature in layers["units"].features}
    assert unit(6) in codes
    assert {feature.properties["code"] for feature in layers["groups"].features} >= {group(1)}
    told = send(desk, f"{base}/split", unit=divided[unit(6)], seen=0).json()
    assert tile_at(desk, before, 15, *middle(1, 1)).status_code == 404, "that version is over"
    after = desk.get(f"{base}/view").json()
    assert after["version"] == told["version"] != before["version"]
    shown = read(tile_at(desk, after, 15, *middle(1, 1)).content)
    codes = {feature.properties["code"] for feature in shown["units"].features}
    assert unit(6) not in codes
    assert {unit(13), unit(14)} <= codes
    with CaptureQueriesContext(connection) as caught:
        tile_at(desk, after, 15, *middle(1, 1))
    assert len(caught) <= 4, "a kept tile costs its plan and the last deed on its ground"


def test_opening_a_plan_costs_the_same_whatever_it_holds(desk: Client, divided: Divided, operator: Actor) -> None:
    from jingwei.grids.queries import plan_sheet

    plan_sheet._kept.clear()
    with CaptureQueriesContext(connection) as cold:
        desk.get(f"/api/plans/{divided.draft}/view")
    with CaptureQueriesContext(connection) as warm:
        desk.get(f"/api/plans/{divided.draft}/view")
    assert len(warm) <= 6
    assert len(cold) <= 12


def test_sums_follow_a_deed_without_counting_the_others_again(desk: Client, divided: Divided) -> None:
    base = f"/api/plans/{divided.draft}"
    desk.get(f"{base}/view")
    send(desk, f"{base}/merge", units=[divided[unit(1)], divided[unit(2)]], seen=0)
    lines = {line["code"]: line for line in desk.get(f"{base}/communities").json()["items"]}
    assert (lines[WEST]["units"], lines[WEST]["odd"], lines[EAST]["units"]) == (11, 1, 6)
    merged = desk.get(f"{base}/units?odd=1").json()["items"]
    assert [(line["code"], line["odd"]) for line in merged] == [(unit(13), 2)]
    note = send(desk, f"{base}/note", unit=merged[0]["id"], note="公园整块", seen=1).json()
    assert note["units"][0]["odd"] == 0
    assert desk.get(f"{base}/scores").json()["units"]["odd"] == 0
    send(desk, f"{base}/undo", seen=2)
    assert desk.get(f"{base}/scores").json()["units"]["odd"] == 1
    send(desk, f"{base}/move", units=[divided[unit(1, EAST)]], group=None, seen=3)
    assert desk.get(f"{base}/communities").json()["items"][1]["groups"] == 1
    send(desk, f"{base}/undo", seen=4)
    send(desk, f"{base}/note", unit=merged[0]["id"], note="又一处", seen=5)
    assert desk.get(f"{base}/communities").json()["items"][1]["groups"] == 0, "the undone deed can no longer be redone"


def test_a_plan_is_published_on_a_day_to_come(desk: Client, divided: Divided, operator: Actor) -> None:
    """G2: plan versions with validity. Until the day nobody changes it; on the day the worker puts it into force."""
    base = f"/api/plans/{divided.draft}"
    send(desk, f"{base}/split", unit=divided[unit(6)], seen=0)
    day = clock.now() + timedelta(days=3)
    told = send(desk, f"{base}/publish", on=day.isoformat()).json()
    assert told["number"] is None
    line = next(line for line in desk.get("/api/plans").json() if line["id"] == divided.draft)
    assert line["publish_at"] is not None
    refused = send(desk, f"{base}/undo", seen=1)
    assert refused.json()["code"] == "grids.plan_scheduled"
    assert send(desk, f"{base}/publish", on=(clock.now() - timedelta(hours=1)).isoformat()).json()["code"] == "grids.not_to_come"
    assert jobs.publish_due.func() == {}
    with clock.held_at(day + timedelta(seconds=30)):
        assert jobs.publish_due.func() == {str(divided.draft): ""}
    plan = PlanVersion.objects.get(pk=divided.draft)
    assert (plan.state, plan.valid_from) == ("published", day)


def test_a_plan_that_cannot_be_published_on_its_day_says_why(desk: Client, divided: Divided, operator: Actor) -> None:
    commands.retire(operator, divided[WEST], plan_id=divided.draft)  # its grids stand below it
    day = clock.now() + timedelta(days=1)
    assert send(desk, f"/api/plans/{divided.draft}/publish", on=day.isoformat()).status_code == 200
    with clock.held_at(day + timedelta(minutes=1)):
        jobs.publish_due.func()
    view = desk.get(f"/api/plans/{divided.draft}/view").json()
    assert (view["state"], view["publish_at"]) == ("draft", None)
    assert "下级" in view["publish_why"]
    assert view["editable"]


def test_the_day_can_be_taken_back(desk: Client, divided: Divided) -> None:
    base = f"/api/plans/{divided.draft}"
    send(desk, f"{base}/publish", on=(clock.now() + timedelta(days=1)).isoformat())
    assert desk.delete(f"{base}/schedule").status_code == 204
    assert send(desk, f"{base}/split", unit=divided[unit(6)], seen=0).status_code == 200


def test_a_new_draft_begins_from_what_is_in_force(desk: Client, divided: Divided) -> None:
    made = desk.post("/api/plans", data={"title": "另一稿"}, content_type="application/json")
    view = desk.get(f"/api/plans/{made.json()['id']}/view").json()
    assert sum(line["units"] for line in view["communities"]) == 18


def test_drafts_are_for_who_manages_the_ground(divided: Divided, operator: Actor) -> None:
    leader = client_of(operator, "leader", Role.LEADER)
    in_force = PlanVersion.objects.filter(state="published").order_by("-number").first()
    assert in_force is not None
    assert leader.get(f"/api/plans/{divided.draft}/view").status_code == 404
    view = leader.get(f"/api/plans/{in_force.pk}/view").json()
    assert (view["editable"], sum(line["units"] for line in view["communities"])) == (False, 18)
    assert leader.get(f"/api/plans/{in_force.pk}/units?community={Area.objects.get(code=WEST).pk}").status_code == 200
