"""Staffing, absences and plans over HTTP: list, post, end, hand over; publish and drop what waits."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jingwei.accounts.commands import grants, sign_in, users
from jingwei.accounts.errors import AccountError
from jingwei.accounts.http import COOKIE
from jingwei.accounts.queries import Role
from jingwei.grids import commands
from jingwei.grids.days import today
from jingwei.grids.models import Absence, Area, Staffing
from jingwei.journal.queries import history
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError
from tests.grids.conftest import COUNTY, EAST, STREET, WEST, Town, box, manager, reason

pytestmark = pytest.mark.django_db
Enter = Callable[..., Client]
TODAY = today()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


@pytest.fixture
def enter(town: Town, operator: Actor) -> Enter:
    """A client of somebody with a role over the area with this code, '*' everywhere."""
    made: list[UUID] = []

    def client(code: str, role: Role = Role.AREA_ADMIN, user: UUID | None = None) -> Client:
        user = user or users.create(operator, f"clerk{len(made)}", "办示例")
        made.append(user)
        grants.give(operator, user, role.code, code, area_path="" if code == "*" else Area.objects.get(code=code).path)
        browser = Client()
        browser.cookies[COOKIE] = sign_in.admit(user).key
        return browser

    return client


@pytest.fixture
def workers(town: Town, operator: Actor, people: dict[str, UUID]) -> dict[str, UUID]:
    """The three with the post of a grid worker in the street."""
    for user in people.values():
        grants.give(operator, user, Role.SUPERVISOR.code, STREET, area_path=Area.objects.get(code=STREET).path)
    return people


def send(client: Client, method: str, url: str, body: Any = None) -> Any:
    with transaction.atomic():  # what a refusal had begun is rolled back without ending the test's own transaction
        return getattr(client, method)(url, data=body, content_type="application/json")


def post(client: Client, town: Town, user: UUID, code: str = WEST, **more: Any) -> Any:
    body = {"area_id": town[code], "user_id": str(user), "post": "main", "since": str(TODAY), **more}
    return send(client, "post", "/api/staffing", body)


def standing(client: Client, town: Town, code: str = STREET) -> list[tuple[str, str, str]]:
    return [(line["area_code"], line["user_name"], line["post"])
            for line in client.get("/api/staffing", {"area": town[code]}).json()["items"]]


def test_a_person_is_posted_and_listed_with_name_and_days(enter: Enter, town: Town, workers: dict[str, UUID]) -> None:
    client = enter(STREET)
    made = post(client, town, workers["wang"], until=str(TOMORROW), duties=["消防", " "])
    assert made.status_code == 201
    (line,) = client.get("/api/staffing", {"area": town[STREET]}).json()["items"]
    assert line == {"id": made.json()["id"], "area_id": town[WEST], "area_code": WEST, "area_name": "枫林社区",
                    "user_id": str(workers["wang"]), "user_name": "王示例", "post": "main", "since": str(TODAY),
                    "until": str(TOMORROW), "duties": ["消防"], "employer": "", "contract": "", "second_line": "", "absent": False}


def test_the_list_goes_by_area_main_first_in_pages(enter: Enter, town: Town, workers: dict[str, UUID]) -> None:
    client = enter(STREET)
    post(client, town, workers["li"], EAST, post="member")
    post(client, town, workers["zhao"], EAST, post="deputy")
    post(client, town, workers["wang"], EAST)
    post(client, town, workers["wang"], WEST, post="deputy")
    post(client, town, workers["li"], WEST, since=str(TOMORROW))
    seen: list[list[tuple[str, str]]] = []
    after: str | None = ""
    while after is not None:
        page = client.get("/api/staffing", {"limit": 2, "after": after}).json()
        seen.append([(line["area_code"], line["post"]) for line in page["items"]])
        after = page["next"]
    assert seen == [[(WEST, "main"), (WEST, "deputy")], [(EAST, "main"), (EAST, "deputy")], [(EAST, "member")]]
    assert [line["post"] for line in client.get("/api/staffing", {"area": town[WEST]}).json()["items"]] == ["main", "deputy"]


def test_the_list_costs_the_same_however_long(enter: Enter, town: Town, workers: dict[str, UUID]) -> None:
    client = enter(STREET)
    counts = []
    for user, code in ((workers["wang"], WEST), (workers["li"], EAST)):
        post(client, town, user, code)
        client.get("/api/staffing", {"area": town[STREET]})
        with CaptureQueriesContext(connection) as caught:
            client.get("/api/staffing", {"area": town[STREET]})
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 6


def test_a_second_main_is_refused_and_told_what_to_do(enter: Enter, town: Town, workers: dict[str, UUID]) -> None:
    """STF-01."""
    client = enter(STREET)
    post(client, town, workers["wang"])
    answer = post(client, town, workers["li"])
    assert (answer.status_code, answer.json()["code"]) == (409, "grids.main_taken")
    assert standing(client, town) == [(WEST, "王示例", "main")]


def test_a_posting_ends_with_its_last_day(enter: Enter, town: Town, workers: dict[str, UUID]) -> None:
    client = enter(STREET)
    made = post(client, town, workers["wang"], since=str(YESTERDAY)).json()["id"]
    assert send(client, "post", f"/api/staffing/{made}/end", {"on": str(TODAY)}).status_code == 200
    assert Staffing.objects.get(pk=made).until == TODAY
    later = send(client, "post", f"/api/staffing/{made}/end", {"on": str(TOMORROW)})
    assert (later.status_code, later.json()["code"]) == (409, "grids.ended_already"), "an end is not put off in hindsight"
    assert send(client, "post", f"/api/staffing/{made}/end", {"on": str(YESTERDAY)}).status_code == 200
    assert standing(client, town) == []


def test_a_posting_tells_who_employs_the_person_and_who_directs_them_too(
        enter: Enter, town: Town, workers: dict[str, UUID]) -> None:
    """STF-42, STF-43: different employers of the same trade; a second line to the community."""
    client = enter(STREET)
    unit = town[f"{WEST}001"]
    made = post(client, town, workers["wang"], area_id=unit, post="member", employer="示例街道办", contract="street",
                second_line=town[WEST])
    assert made.status_code == 201
    (line,) = client.get("/api/staffing", {"area": unit}).json()["items"]
    assert (line["employer"], line["contract"], line["second_line"]) == ("示例街道办", "镇街聘", "枫林社区")
    wrong = post(client, town, workers["li"], contract="favour")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "grids.unknown_contract")
    assert post(client, town, workers["li"], second_line=999_999).status_code == 404


def test_a_hand_over_ends_the_one_and_begins_the_other(enter: Enter, town: Town, workers: dict[str, UUID]) -> None:
    client = enter(STREET)
    before = post(client, town, workers["wang"], duties=["消防"], since=str(YESTERDAY)).json()["id"]
    answer = send(client, "post", f"/api/staffing/{before}/hand-over", {"user_id": str(workers["li"]), "on": str(TOMORROW)})
    assert answer.status_code == 201
    old, new = Staffing.objects.get(pk=before), Staffing.objects.get(pk=answer.json()["id"])
    assert (old.until, old.void) == (TODAY, False)
    assert (new.user_id, new.post, new.since, new.until, new.duties) == (workers["li"], "main", TOMORROW, None, ["消防"])
    entries = history(f"area_staffing:{town[WEST]}")
    assert [entry.verb for entry in entries] == ["staffing.begun", "staffing.handed_over"]
    assert f'"ended":[{before}]' in entries[1].data


def test_a_hand_over_before_the_first_day_leaves_the_one_void(enter: Enter, town: Town, workers: dict[str, UUID]) -> None:
    client = enter(STREET)
    before = post(client, town, workers["wang"], since=str(TOMORROW), until=str(TOMORROW)).json()["id"]
    answer = send(client, "post", f"/api/staffing/{before}/hand-over", {"user_id": str(workers["li"]), "on": str(TOMORROW)})
    assert Staffing.objects.get(pk=before).void
    assert Staffing.objects.get(pk=answer.json()["id"]).until == TOMORROW
    assert standing(client, town) == [(WEST, "李演示", "main")]


def test_a_hand_over_that_cannot_be_changes_nothing(enter: Enter, town: Town, workers: dict[str, UUID]) -> None:
    client = enter(STREET)
    before = post(client, town, workers["wang"], until=str(TOMORROW)).json()["id"]
    post(client, town, workers["zhao"], since=str(TOMORROW + timedelta(days=1)))
    for user, on, code in ((workers["wang"], TODAY, "grids.same_person"),
                           (workers["li"], TOMORROW + timedelta(days=1), "grids.ended_already"),
                           (uuid4(), TOMORROW, "grids.unknown_person")):
        answer = send(client, "post", f"/api/staffing/{before}/hand-over", {"user_id": str(user), "on": str(on)})
        assert answer.json()["code"] == code
    assert Staffing.objects.get(pk=before).until == TOMORROW
    assert standing(client, town) == [(WEST, "王示例", "main"), (WEST, "赵试用", "main")]


def test_the_same_request_twice_is_one_posting(enter: Enter, town: Town, workers: dict[str, UUID]) -> None:
    client = enter(STREET)
    body = {"area_id": town[WEST], "user_id": str(workers["wang"]), "post": "member", "since": str(TODAY)}
    answers = [client.post("/api/staffing", body, content_type="application/json", headers={"idempotency-key": "once-1234"})
               for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Staffing.objects.count() == 1


def test_who_is_away_is_marked_and_may_come_back(enter: Enter, town: Town, workers: dict[str, UUID]) -> None:
    """STF-03: the deputy answers meanwhile; why is nobody's business."""
    client = enter(STREET)
    post(client, town, workers["wang"])
    post(client, town, workers["li"], post="deputy")
    since = clock.now() - timedelta(minutes=1)
    away = send(client, "post", "/api/absences", {"user_id": str(workers["wang"]), "since": since.isoformat()})
    assert away.status_code == 201
    assert [line["absent"] for line in client.get("/api/staffing").json()["items"]] == [True, False]
    shown = client.get(f"/api/areas/{town[WEST]}").json()
    assert (shown["on_duty_name"], shown["on_duty_why"]) == ("李演示", "stands_in")
    assert [line["user_name"] for line in shown["staffing"]] == ["王示例", "李演示"]
    (line,) = client.get("/api/absences").json()["items"]
    assert (line["id"], line["user_name"], line["until"]) == (away.json()["id"], "王示例", None)
    assert send(client, "delete", f"/api/absences/{line['id']}").status_code == 204
    assert client.get("/api/absences").json()["items"] == []
    assert client.get(f"/api/areas/{town[WEST]}").json()["on_duty_name"] == "王示例"
    assert Absence.objects.count() == 1, "what was, stays"
    assert send(client, "delete", f"/api/absences/{line['id']}").status_code == 204


def test_an_absence_to_come_is_taken_back(enter: Enter, town: Town, workers: dict[str, UUID]) -> None:
    client = enter(STREET)
    post(client, town, workers["wang"])
    since = clock.now() + timedelta(days=1)
    body = {"user_id": str(workers["wang"]), "since": since.isoformat(), "until": (since + timedelta(days=2)).isoformat()}
    made = send(client, "post", "/api/absences", body).json()["id"]
    assert send(client, "post", "/api/absences", body).json()["code"] == "grids.already_away"
    assert send(client, "delete", f"/api/absences/{made}").status_code == 204
    assert Absence.objects.count() == 0
    assert [entry.verb for entry in history(f"absence:{workers['wang']}")] == ["absence.begun", "absence.ended"]


def test_one_sees_ones_own_absence_and_not_a_colleagues(enter: Enter, town: Town, operator: Actor, workers: dict[str, UUID]) -> None:
    commands.staff(operator, town[WEST], workers["wang"], "main", TODAY)
    mine = enter(WEST, Role.SUPERVISOR, workers["li"])
    commands.set_absent(operator, workers["wang"], clock.now())
    assert mine.get("/api/absences").json()["items"] == []
    made = send(mine, "post", "/api/absences", {"user_id": str(workers["li"]), "since": clock.now().isoformat()})
    assert made.status_code == 201
    assert [line["user_name"] for line in mine.get("/api/absences").json()["items"]] == ["李演示"]
    other = Absence.objects.get(user_id=workers["wang"]).id
    assert send(mine, "delete", f"/api/absences/{other}").status_code == 404
    assert enter(EAST).get("/api/absences").json()["items"] == []


def test_who_may_be_posted_are_those_with_a_role_in_the_district(
        enter: Enter, town: Town, operator: Actor, workers: dict[str, UUID]) -> None:
    far = commands.create_area(operator, "990102000000", "邻区", "county", parent_id=town["990100000000"])
    stranger = users.create(operator, "stranger", "陌示例")
    grants.give(operator, stranger, Role.SUPERVISOR.code, "990102000000", area_path=Area.objects.get(pk=far).path)
    guard = users.create(operator, "guard", "安示例")
    grants.give(operator, guard, Role.SYSTEM_ADMIN.code, COUNTY, area_path=Area.objects.get(code=COUNTY).path)
    client = enter("*")
    items = client.get("/api/staffing/people", {"area": town[WEST]}).json()["items"]
    assert {line["name"] for line in items} == {"王示例", "李演示", "赵试用"}
    assert set(items[0]) == {"id", "name", "unit_name"}
    found = client.get("/api/staffing/people", {"area": town[WEST], "words": "李"}).json()["items"]
    assert [line["id"] for line in found] == [str(workers["li"])]
    users.dismiss(operator, workers["li"])
    assert client.get("/api/staffing/people", {"area": town[WEST], "words": "李"}).json()["items"] == []
    assert {line["name"] for line in enter(WEST).get("/api/staffing/people", {"area": town[WEST]}).json()["items"]} <= {"办示例"}


@pytest.mark.parametrize("wrong", [
    {"post": "king"}, {"since": "0001-01-01", "until": "0001-01-01", "post": "\0"}, {"until": str(YESTERDAY)},
    {"user_id": "x"}, {"user_id": "00000000-0000-0000-0000-000000000000"}, {"area_id": 10**30}, {"area_id": -1},
    {"duties": ["\0"]}, {"duties": ["长" * 41]}, {"duties": "x"}, {"since": "gestern"}])
def test_odd_input_is_refused_not_failed(enter: Enter, town: Town, workers: dict[str, UUID], wrong: dict[str, Any]) -> None:
    """T3: no server error, and nothing is written."""
    answer = post(enter(STREET), town, workers["wang"], **wrong)
    assert 400 <= answer.status_code < 500
    assert answer.json()["code"]
    assert Staffing.objects.count() == 0


@pytest.mark.parametrize(("method", "path", "body"), [
    ("get", "staffing?after=x", None), ("get", "staffing?after=x~9~1", None), ("get", "staffing?after=x~1~99999999999999999999", None),
    ("get", "staffing?area=99999999999999999999999", None), ("get", "staffing/people", None),
    ("get", "staffing/people?area=1&words=%00", None), ("post", "staffing/9999/end", {}),
    ("post", "staffing/1/hand-over", {"user_id": "00000000-0000-0000-0000-000000000000", "on": "0001-01-01"}),
    ("post", "absences", {"user_id": "00000000-0000-0000-0000-000000000000", "since": "2026-11-01T00:00:00Z"}),
    ("post", "absences", {"user_id": "00000000-0000-0000-0000-000000000000", "since": "2026-11-01T00:00:00"}),
    ("delete", "absences/999999", None), ("delete", "absences/99999999999999999999999", None), ("get", "absences?area=77777", None),
    ("get", "areas/find?words=%00", None), ("delete", "plans/99999", None), ("post", "plans/99999/publish", None),
    ("delete", "plans/99999999999999999999999", None), ("get", "plans?system=%00", None)])
def test_odd_requests_are_refused_not_failed(enter: Enter, method: str, path: str, body: Any) -> None:
    answer = send(enter("*"), method, f"/api/{path}", body)
    assert 400 <= answer.status_code < 500
    assert answer.json()["code"]


def test_a_day_at_the_edge_of_time_is_refused(enter: Enter, town: Town, workers: dict[str, UUID]) -> None:
    client = enter(STREET)
    made = post(client, town, workers["wang"]).json()["id"]
    answer = send(client, "post", f"/api/staffing/{made}/hand-over", {"user_id": str(workers["li"]), "on": "0001-01-01"})
    assert 400 <= answer.status_code < 500
    assert not Staffing.objects.get(pk=made).void


def test_areas_are_found_by_code_and_by_name(enter: Enter, town: Town) -> None:
    client = enter(STREET)

    def found(words: str, **more: Any) -> list[str]:
        return [line["code"] for line in client.get("/api/areas/find", {"words": words, **more}).json()["items"]]

    assert found("社区") == [WEST, EAST]
    assert found(WEST) == [WEST, f"{WEST}001", f"{WEST}002", f"{WEST}003"]
    assert found(WEST, limit=2) == [WEST, f"{WEST}001"]
    assert found("2号单元") == [f"{WEST}002", f"{EAST}002"]
    assert (found(" "), found("%"), found("_"), found("示例区")) == ([], [], [], []), "the county lies out of reach"
    (line,) = client.get("/api/areas/find", {"words": f"{WEST}002"}).json()["items"]
    assert line == {"id": town[f"{WEST}002"], "code": f"{WEST}002", "name": "2号单元", "kind": "unit", "level": 7,
                    "chain": "示例区 / 柳溪街道 / 枫林社区 / 2号单元", "ended": None}
    with CaptureQueriesContext(connection) as caught:
        client.get("/api/areas/find", {"words": "单元"})
    assert len(caught) <= 4


def test_plans_are_listed_published_and_dropped(enter: Enter, town: Town, operator: Actor) -> None:
    import shapely

    client = enter("*")
    plan, other = commands.open_plan(operator, "调整"), commands.open_plan(operator, "另一稿")
    commands.redraw(operator, town[f"{WEST}001"], shapely.to_wkb(box(0, 0, 0.5)), note="样例", plan_id=plan)
    commands.retire(operator, town[f"{EAST}003"], plan_id=plan)
    lines = client.get("/api/plans").json()
    assert [(line["title"], line["state"], line["number"]) for line in lines[:2]] == [
        ("另一稿", "draft", None), ("调整", "draft", None)]
    assert (lines[0]["changes"], lines[1]["changes"]) == ({}, {"drawn": 1, "retired": 1})
    assert lines[2]["changes"] == {"new": 6, "drawn": 6}
    number = lines[2]["number"] + 1
    published = send(client, "post", f"/api/plans/{plan}/publish", {})
    assert (published.status_code, published.json()) == (200, {"id": plan, "number": number, "publish_at": None})
    assert send(client, "post", f"/api/plans/{plan}/publish", {}).json()["code"] == "grids.wrong_state"
    assert send(client, "delete", f"/api/plans/{plan}").json()["code"] == "grids.wrong_state"
    assert send(client, "delete", f"/api/plans/{other}").status_code == 204
    assert client.get("/api/plans").json()[0]["id"] == plan
    with CaptureQueriesContext(connection) as caught:
        client.get("/api/plans")
    assert len(caught) <= 6


def test_drafts_are_neither_seen_nor_published_by_who_manages_a_part(enter: Enter, operator: Actor) -> None:
    plan = commands.open_plan(operator, "调整")
    client = enter(STREET)
    assert {line["state"] for line in client.get("/api/plans").json()} == {"published"}
    for unknown in (plan, 99_999):
        assert send(client, "post", f"/api/plans/{unknown}/publish", {}).status_code == 403
        assert send(client, "delete", f"/api/plans/{unknown}").status_code == 403


def test_a_posting_out_of_reach_is_not_found(enter: Enter, town: Town, operator: Actor, workers: dict[str, UUID]) -> None:
    made = commands.staff(operator, town[EAST], workers["wang"], "main", TODAY)
    client = enter(WEST)
    body = {"user_id": str(workers["li"]), "on": str(TOMORROW)}
    for answer in (send(client, "post", f"/api/staffing/{made}/end", {}), client.get("/api/staffing", {"area": town[EAST]}),
                   send(client, "post", f"/api/staffing/{made}/hand-over", body), post(client, town, workers["li"], EAST),
                   client.get("/api/staffing/people", {"area": town[EAST]})):
        assert answer.status_code == 404
    assert client.get("/api/staffing").json()["items"] == []


def test_the_commands_refuse_by_themselves(town: Town, people: dict[str, UUID], operator: Actor) -> None:
    """Whoever calls them: the right is asked in the command, not at the door."""
    made = commands.staff(operator, town[WEST], people["wang"], "main", TODAY)
    reader = manager(Area.objects.get(code=WEST).path, "area.read")
    assert reason(commands.hand_over, reader, made, people["li"], date(2027, 1, 1)) is AccountError.NO_RIGHT
    assert reason(commands.hand_over, reader, 999_999, people["li"], date(2027, 1, 1)) is KernelError.NOT_FOUND
