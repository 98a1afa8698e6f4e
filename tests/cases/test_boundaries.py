"""What comes over the wire: odd values get a coded answer, never a fault of ours; nobody sees past their reach."""

import base64
import json
from uuid import uuid4

import pytest
from django.test import Client

from jingwei.cases import commands, queries
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, CaseFile
from jingwei.files.commands import add
from jingwei.files.keys import ensure_key
from jingwei.journal import commands as journal
from jingwei.journal import queries as journaled
from jingwei.journal.models import Answer
from jingwei.kernel.errors import KernelError
from jingwei.kernel.ids import new_id
from tests.cases.conftest import GARBAGE, IN_FIRST, IN_VILLAGE, NEXT_DOOR, expect_refusal
from tests.files.pictures import photo

pytestmark = pytest.mark.django_db


def body(**more):
    return {"id": str(new_id()), "text": "井盖松动", "lon": IN_FIRST[0], "lat": IN_FIRST[1], "class_code": GARBAGE} | more


def post(client, path, data=None, **headers):
    return client.post(path, json.dumps(data or {}), content_type="application/json", headers=headers)


def cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize("more", [
    {"found_at": "2026-11-23T00:59:00"}, {"found_at": "0001-01-01T00:00:00+14:00"}, {"found_at": "9999-12-31T23:59:59-14:00"},
    {"found_at": 1e18}, {"found_at": -1e18}, {"found_at": "NaN"}, {"found_at": ""}, {"lon": True}, {"lon": "1e400"}, {"lat": None},
    {"lat": 91}, {"lon": [1]}, {"text": "\u200b\u200b"}, {"text": ["a"]}, {"place": "号" * 257}, {"place": "\x00"},
    {"contact_name": "\x1b"}, {"contact_phone": "1" * 41}, {"class_code": "\x00"}, {"class_code": "字" * 1001}, {"channel": ""},
    {"channel": "\ufeff"}, {"files": "x"}, {"files": [str(uuid4())] * 2}, {"files": [str(uuid4()) for _ in range(21)]}, {"id": 5},
    {"id": "00000000-0000-0000-0000-00000000000g"}, {"id": "00000000-0000-0000-0000-000000000000"},
    {"id": "ffffffff-ffff-ffff-ffff-ffffffffffff"},
], ids=repr)
def test_an_odd_report_is_refused_by_code_and_nothing_is_written(centre, more):
    answer = post(centre.client("supervisor"), "/api/cases", body(**more))
    assert answer.status_code in (400, 422), answer.content
    assert answer.json()["code"]
    assert not Case.objects.exists()


@pytest.mark.parametrize("asked", [
    "since=0001-01-01T00:00:00%2B14:00", "until=9999-12-31T23:59:59-14:00", "since=1e300", "number=%00", "channel=%00", "area=%00",
    "unit=%00", "class_code=%00", "number=%ED%A0%80", "limit=-1", "limit=" + "9" * 300, "limit=1e3", "late=maybe", "state=",
    f"after={cursor('1.2.3')}", f"after={cursor('-99999999999999999999.' + uuid4().hex)}", f"after={cursor('9' * 4500 + '.' + uuid4().hex)}",
    f"after={cursor('-62135596800000001.' + uuid4().hex)}", f"after={cursor('1_0.' + uuid4().hex)}", "after=%E4%B8%AD", "after==",
    f"after={cursor('-62135596800000000.' + uuid4().hex)}"])
def test_an_odd_question_is_answered_or_refused_but_no_fault_of_ours(centre, asked):
    answer = centre.client("acceptor").get(f"/api/cases?{asked}")
    assert answer.status_code in (200, 400, 422), answer.content
    assert answer.status_code == 200 or answer.json()["code"]


@pytest.mark.parametrize(("path", "sent"), [
    ("file", {"condition_id": 10**30}), ("file", {"condition_id": -1}), ("file", {"class_code": "\u202e"}), ("dispatch", {"unit_code": "\x00"}),
    ("ask-verify", {"person": str(uuid4())}), ("ask-verify", {"person": "x"}), ("verify", {"yes": "?"}), ("extend", {"value": 1, "unit": "x"})])
def test_an_odd_step_is_refused_by_code(centre, path, sent):
    case_id = centre.report()
    if path == "dispatch":
        commands.file(centre.act("acceptor"), case_id)
    answer = post(centre.client("dispatcher" if path == "dispatch" else "acceptor"), f"/api/cases/{case_id}/{path}", sent)
    assert answer.status_code in (400, 403, 409, 422), answer.content
    assert answer.json()["code"]


def test_a_cursor_of_somebody_elses_list_shows_nothing_beyond_ones_own_reach(centre):
    """The mark says where to go on, not what may be seen."""
    for _ in range(3):
        centre.report()
    page = queries.list_cases(centre.act("acceptor"), queries.Filter(), limit=1)
    assert queries.list_cases(centre.act("neighbour"), queries.Filter(), after=page.next).rows == []
    far = cursor(f"{4 * 10**15}.{'f' * 32}")
    assert len(queries.list_cases(centre.act("acceptor"), queries.Filter(), after=far).rows) == 3
    assert queries.list_cases(centre.act("villager"), queries.Filter(), after=far).rows == []


INSIDE = {("villager", "990101"), ("otherhandler", "990101"), ("otherhandler", "990101001001001")}


@pytest.mark.parametrize("wanted", [
    queries.Filter(area="990101"), queries.Filter(area="990101001001001"), queries.Filter(unit="HW"), queries.Filter(late=True),
    queries.Filter(mine=True), queries.Filter(states=["handling"]), queries.Filter(classes=[GARBAGE]), queries.Filter()])
@pytest.mark.parametrize("login", ["neighbour", "villager", "otherhandler", "sysadmin"])
def test_no_filter_reaches_beyond_ones_scope(centre, login, wanted):
    centre.handled()
    asked = bool(wanted.area) and (login, wanted.area) not in INSIDE
    if not asked:
        assert queries.list_cases(centre.act(login), wanted).rows == []
    else:
        with expect_refusal(CaseError.UNKNOWN_FILTER):
            queries.list_cases(centre.act(login), wanted)


def test_a_unit_sees_a_case_only_while_it_holds_it(centre):
    """Before the dispatch, after the return: to the unit it is not there. Handing down keeps the unit above in the picture."""
    case_id = centre.report()
    commands.file(centre.act("acceptor"), case_id)
    team, unit = centre.act("handler2"), centre.act("handler")
    for who in (team, unit):
        with expect_refusal(KernelError.NOT_FOUND):
            queries.detail(who, case_id)
    commands.dispatch(centre.act("dispatcher"), case_id)
    with expect_refusal(KernelError.NOT_FOUND):
        commands.feed_back(team, case_id, text="好了")
    commands.hand_on(unit, case_id, reason="一队负责", unit_code="HW-1")
    assert queries.detail(team, case_id).actions
    assert queries.detail(unit, case_id).actions
    commands.send_back(team, case_id, reason="不属我队")
    for who in (team, unit):
        with expect_refusal(KernelError.NOT_FOUND):
            queries.explain_case(who, case_id)


def test_the_feed_tells_a_unit_only_of_what_it_holds_now(centre):
    mine, others = centre.handled(), centre.report()
    journal.number_entries()
    told = queries.changes(centre.act("handler"), 0)["changes"]
    assert {change.case_id for change in told} == {mine}
    assert others not in {change.case_id for change in told}


def test_files_belong_to_who_uploaded_them_and_are_seen_with_their_case(centre):
    """Somebody else's file cannot be tied, nor read by way of a case one sees."""
    ensure_key()
    sent = add(centre.act("supervisor"), photo(40, 30), "现场.jpg")
    hidden = centre.report("villager", at=IN_VILLAGE)
    with expect_refusal(CaseError.UNKNOWN_FILE):
        centre.report("acceptor", files=[sent.id])
    mine = centre.report("supervisor", files=[sent.id])
    assert CaseFile.objects.get(case_id=mine).file_id == sent.id
    assert centre.client("acceptor").get(f"/api/cases/{mine}/files/{sent.id}").status_code == 200
    for login, case_id, size in (("neighbour", mine, "shown"), ("acceptor", hidden, "shown"), ("acceptor", mine, "original"),
                                 ("villager", mine, "thumb")):
        assert centre.client(login).get(f"/api/cases/{case_id}/files/{sent.id}?size={size}").status_code == 404


@pytest.mark.parametrize("path", ["", "/clock", "/files/{file}"])
def test_what_is_not_there_and_what_one_may_not_see_answer_the_same(centre, path):
    """T4: 404 alike, word for word."""
    case_id, file_id = centre.handled(), uuid4()
    client = centre.client("neighbour")
    hidden, absent = (client.get(f"/api/cases/{each}{path.format(file=file_id)}") for each in (case_id, uuid4()))
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)
    assert hidden.status_code == 404


def test_the_same_key_of_two_people_is_two_requests(centre):
    key = str(uuid4())
    for login in ("supervisor", "supervisor2"):
        assert post(centre.client(login), "/api/cases", body(), idempotency_key=key).status_code == 201
    assert Case.objects.count() == 2


@pytest.mark.parametrize("key", ["short", "k" * 81, "key with blanks", "键键键键键键键键", "key-0001\x7f"])
def test_an_odd_key_is_refused_before_anything_happens(centre, key):
    client = centre.client("supervisor")
    answer = client.post("/api/cases", json.dumps(body()), content_type="application/json", HTTP_IDEMPOTENCY_KEY=key)
    assert answer.status_code == 400
    assert answer.json()["code"] == "journal.key_malformed"
    assert not Case.objects.exists()


def test_a_key_on_a_question_means_nothing_and_contact_in_clear_is_never_kept(centre):
    case_id, key = centre.report("acceptor", contact_phone="13900139000"), str(uuid4())
    client = centre.client("acceptor")
    for _ in range(2):
        assert client.get("/api/cases", headers={"idempotency_key": key}).status_code == 200
        assert post(client, f"/api/cases/{case_id}/contact", {"reason": "回访"}, idempotency_key=key).status_code == 200
    assert not Answer.objects.exists()
    assert [seen.verb for seen in journaled.history(f"case:{case_id}")].count("case.revealed") == 2


def test_an_answer_that_was_kept_is_for_the_one_who_asked(centre):
    """A key that another person learned opens nothing."""
    key, data = str(uuid4()), body()
    assert post(centre.client("supervisor"), "/api/cases", data, idempotency_key=key).status_code == 201
    other = post(centre.client("neighbour"), "/api/cases", data, idempotency_key=key)
    assert other.status_code in (403, 409)
    assert "number" not in other.json()
    assert post(Client(), "/api/cases", data, idempotency_key=key).status_code == 401


def test_a_report_beyond_ones_district_is_refused_and_one_in_it_is_seen_by_its_reporter(centre):
    """PB-19: anywhere in the district, and one's own report stays one's own to look at."""
    with expect_refusal(CaseError.OUTSIDE):
        centre.report("villager", at=NEXT_DOOR)
    case_id = centre.report("villager", at=IN_FIRST)
    assert queries.detail(centre.act("villager"), case_id).case["id"] == case_id
    assert [row.id for row in queries.list_cases(centre.act("villager"), queries.Filter(mine=True)).rows] == [case_id]
