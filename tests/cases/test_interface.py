"""Cases over HTTP: one answer per key, coded refusals in two languages, few statements."""

import json
import re
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.core.exceptions import DisallowedHost
from django.db import connection
from django.http.multipartparser import MultiPartParserError
from django.test.utils import CaptureQueriesContext

from jingwei.cases.models import Adjustment, Case
from jingwei.config.problems import refusal_of
from jingwei.journal import commands as journaling
from jingwei.journal import queries as journal
from jingwei.kernel.ids import new_id
from tests.cases.conftest import AT_SEA, GARBAGE, IN_FIRST

pytestmark = pytest.mark.django_db


def body(**more):
    return {"id": str(new_id()), "text": "井盖松动", "lon": IN_FIRST[0], "lat": IN_FIRST[1], "class_code": GARBAGE} | more


def post(client, path, data=None, **headers):
    sent = data if isinstance(data, (str, bytes)) else json.dumps(data or {})
    return client.post(path, sent, content_type="application/json", headers=headers)


@contextmanager
def at_most(statements: int):
    """Statements of one request, as the driver sends them, without BEGIN, COMMIT and the test's own savepoints.

    SQLite cannot write entry, head and position in one, so it is allowed two more.
    """
    statements += 2 * (connection.vendor == "sqlite" and statements >= 10)
    with CaptureQueriesContext(connection) as captured:
        yield
    sent = [one["sql"] for one in captured.captured_queries
            if not one["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    assert len(sent) <= statements, "\n".join(sent)


def test_a_report_is_answered_with_its_number_and_its_clock(centre):
    answer = post(centre.client("supervisor"), "/api/cases", body())
    assert answer.status_code == 201, answer.content
    assert answer.json()["state"] == "reported"
    assert answer.json()["due_at"] == "2026-11-23T01:15:00+00:00"


def test_the_same_request_twice_is_one_case_and_the_same_answer(centre):
    client, data, key = centre.client("supervisor"), body(), str(uuid4())
    first = post(client, "/api/cases", data, idempotency_key=key)
    second = post(client, "/api/cases", data, idempotency_key=key)
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert Case.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(centre):
    client, key = centre.client("supervisor"), str(uuid4())
    post(client, "/api/cases", body(), idempotency_key=key)
    answer = post(client, "/api/cases", body(), idempotency_key=key)
    assert answer.status_code == 409
    assert answer.json()["code"] == "journal.key_reused"
    assert Case.objects.count() == 1


def test_a_step_repeated_with_its_key_is_answered_as_before(centre):
    case_id, key = centre.handled(), str(uuid4())
    client = centre.client("handler")
    first = post(client, f"/api/cases/{case_id}/feed-back", {"text": "已清理"}, idempotency_key=key)
    second = post(client, f"/api/cases/{case_id}/feed-back", {"text": "已清理"}, idempotency_key=key)
    assert first.status_code == second.status_code == 200
    assert first.content == second.content
    third = post(client, f"/api/cases/{case_id}/feed-back", {"text": "已清理"})
    assert third.status_code == 409
    assert third.json()["code"] == "case.wrong_state"


def test_after_a_refusal_the_key_is_free(centre):
    client, key = centre.client("supervisor"), str(uuid4())
    data = body(lon=AT_SEA[0], lat=AT_SEA[1])
    assert post(client, "/api/cases", data, idempotency_key=key).status_code == 422
    assert post(client, "/api/cases", data | {"lon": IN_FIRST[0], "lat": IN_FIRST[1]}, idempotency_key=key).status_code == 201


def test_a_refusal_speaks_chinese_or_english_and_names_the_way_out(centre):
    case_id = centre.report()
    zh = post(centre.client("handler"), f"/api/cases/{case_id}/dispatch", {})
    en = post(centre.client("acceptor"), f"/api/cases/{case_id}/dispatch", {}, accept_language="en-GB")
    assert zh.status_code == 404
    assert zh["Content-Type"] == "application/problem+json"
    assert en.status_code == 409
    assert "was not done" in en.json()["detail"]
    assert "没有" in zh.json()["detail"]


@pytest.mark.parametrize(("sent", "status"), [
    (json.dumps({"id": str(new_id()), "text": "a", "lon": 102.0005, "lat": 40.0005, "class_cde": "x"}), 400), (b"{", 400), (b"[]", 400), (b"null", 400), (b"\xff\xfe", 400), (b'{"id": 5}', 400),
    (json.dumps({"id": "x", "text": "a", "lon": 1, "lat": 2}), 400),
    (json.dumps({"id": str(new_id()), "text": "a", "lon": "一百零二", "lat": 2}), 400),
    (json.dumps({"id": str(new_id()), "text": "", "lon": 102.0005, "lat": 40.0005}), 422),
    (json.dumps({"id": str(new_id()), "text": "a\x00b", "lon": 102.0005, "lat": 40.0005}), 422),
    (json.dumps({"id": str(new_id()), "text": "a\ud800", "lon": 102.0005, "lat": 40.0005}), 400),
    (json.dumps({"id": str(new_id()), "text": "字" * 5000, "lon": 102.0005, "lat": 40.0005}), 422),
    (json.dumps({"id": str(new_id()), "text": "a", "lon": 1e999, "lat": 40.0005}), 400),
    (json.dumps({"id": str(new_id()), "text": "a", "lon": 102.0005, "lat": 40.0005, "class_code": "无此类"}), 422),
    (json.dumps({"id": str(new_id()), "text": "a", "lon": 102.0005, "lat": 40.0005, "channel": "import"}), 422),
    (json.dumps({"id": str(new_id()), "text": "a", "lon": 102.0005, "lat": 40.0005, "found_at": "1970-01-01T00:00:00Z"}), 422),
    (json.dumps({"id": str(new_id()), "text": "a", "lon": 102.0005, "lat": 40.0005, "found_at": "9999-12-31T23:59:59Z"}), 422),
    (json.dumps({"id": str(new_id()), "text": "a", "lon": 102.0005, "lat": 40.0005, "files": [str(new_id())]}), 422),
])
def test_bad_input_gets_a_coded_refusal_and_nothing_is_written(centre, sent, status):
    """Issue: wrong types, unknown codes, years 1970 and 9999, absurd lengths."""
    answer = post(centre.client("supervisor"), "/api/cases", sent)
    assert answer.status_code == status, answer.content
    assert answer.json()["code"]
    assert answer.json()["detail"]
    assert Case.objects.count() == 0


@pytest.mark.parametrize(("more", "code"), [
    ({"channel": "ufo"}, "case.unknown_channel"), ({"channel": "import"}, "case.unknown_channel"),
    ({"found_at": "2026-11-01T10:00:00"}, "case.no_zone"),
    ({"files": [str(new_id()) for _ in range(21)]}, "case.too_many_files"),
])
def test_a_refused_report_is_told_the_true_reason(centre, more, code):
    answer = post(centre.client("supervisor"), "/api/cases", body(**more))
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert Case.objects.count() == 0


@pytest.mark.parametrize("method", ["delete", "put", "patch"])
def test_a_wrong_method_is_a_coded_refusal_that_names_the_right_ones(centre, method):
    answer = getattr(centre.client("supervisor"), method)("/api/cases")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert answer.json()["code"] == "request.wrong_method"
    assert "POST" in answer.json()["detail"]
    assert "POST" in answer["Allow"]


@pytest.mark.parametrize(("fault", "said"), [
    (OverflowError("year 10000"), "时间超出"), (MultiPartParserError("file name"), "文件名过长"), (DisallowedHost("evil"), "hosts"),
])
def test_a_fault_of_what_was_sent_is_told_in_words(fault, said):
    refusal = refusal_of(fault)
    assert refusal is not None
    assert refusal.reason.code == "request.invalid"
    assert said in refusal.text()
    assert type(fault).__name__ not in refusal.text()


def test_a_request_too_large_is_413_and_names_the_limit(centre, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2048
    answer = post(centre.client("supervisor"), "/api/cases", body(text="字" * 3000))
    assert (answer.status_code, answer.json()["code"]) == (413, "request.body_too_large")
    assert "2 KB" in answer.json()["detail"]
    assert Case.objects.count() == 0


@pytest.mark.parametrize("address", ["/api/cases?after=garbage", "/api/cases?after=%00", "/api/cases?limit=x",
                                     "/api/cases?since=2026-13-01", "/api/cases?since=2026-11-01T00:00:00",
                                     "/api/changes?after=x", "/api/changes?after=99999999999999999999"])
def test_bad_questions_get_a_coded_refusal(centre, address):
    answer = centre.client("acceptor").get(address)
    assert answer.status_code == 400, answer.content
    assert answer.json()["code"]


@pytest.mark.parametrize(("language", "foreign"), [("zh", "[A-Za-z]{2,}"), ("en", "[一-龥]")])
@pytest.mark.parametrize(("login", "path", "sent", "code"), [
    ("acceptor", "close", {}, "case.wrong_state"), ("supervisor", "file", {}, "case.wrong_role"),
    ("acceptor", "refuse", {"reason": " "}, "case.missing")])
def test_steps_are_refused_in_the_language_of_the_reader(centre, login, path, sent, code, language, foreign):
    """States, actions, roles and what is missing are names of the flow: they too are said in one language."""
    case_id = centre.report()
    told = post(centre.client(login), f"/api/cases/{case_id}/{path}", sent, accept_language=language).json()
    assert told["code"] == code
    assert not re.search(foreign, told["detail"])


def test_a_position_from_another_home_learns_the_true_one(centre, django_assert_max_num_queries):
    """Echoed back, it would keep a phone deaf until this home had caught up with the other."""
    centre.report()
    journaling.number_entries()
    client, last = centre.client("acceptor"), journal.last_position()
    client.get("/api/changes?after=0")
    for beyond in (last + 1, 2**62):
        assert client.get(f"/api/changes?after={beyond}").json() == {"position": last, "again_in": 4, "unread": 0, "changes": []}
    with django_assert_max_num_queries(2):
        assert client.get(f"/api/changes?after={last}").json()["position"] == last
    assert [change["position"] for change in client.get(f"/api/changes?after={last - 1}").json()["changes"]] == [last]


def test_the_nil_id_is_refused_in_words_and_an_id_of_another_version_is_taken(centre):
    client = centre.client("supervisor")
    answer = post(client, "/api/cases", body(id="00000000-0000-0000-0000-000000000000"))
    assert (answer.status_code, answer.json()["code"]) == (422, "request.nil_id")
    assert post(client, "/api/cases", body(id=str(uuid4()))).status_code == 201


def test_a_stranger_is_asked_to_sign_in(centre):
    from django.test import Client

    for answer in (Client().get("/api/cases"), post(Client(), "/api/cases", body())):
        assert answer.status_code == 401
        assert answer.json()["code"] == "account.not_signed_in"


def test_reporting_costs_at_most_ten_statements(centre):
    client = centre.client("supervisor")
    post(client, "/api/cases", body())
    with at_most(10):
        answer = post(client, "/api/cases", body(), idempotency_key=str(uuid4()))
    assert answer.status_code == 201


def test_a_list_of_fifty_costs_at_most_four_statements(centre):
    for _ in range(12):
        centre.report()
    client = centre.client("acceptor")
    client.get("/api/cases")
    with at_most(4):
        answer = client.get("/api/cases?state=reported&state=filed&state=handling&limit=50")
    assert len(answer.json()["rows"]) == 12


def test_dispatch_and_feedback_cost_at_most_ten_statements(centre):
    case_id = centre.report()
    post(centre.client("acceptor"), f"/api/cases/{case_id}/file")
    dispatcher, handler = centre.client("dispatcher"), centre.client("handler")
    dispatcher.get("/api/cases")
    handler.get("/api/cases")
    with at_most(10):
        assert post(dispatcher, f"/api/cases/{case_id}/dispatch", idempotency_key=str(uuid4())).status_code == 200
    with at_most(10):
        done = post(handler, f"/api/cases/{case_id}/feed-back", {"text": "已清理"}, idempotency_key=str(uuid4()))
    assert done.status_code == 200, done.content


def test_a_detail_costs_at_most_six_statements(centre):
    case_id = centre.checked()
    client = centre.client("acceptor")
    client.get(f"/api/cases/{case_id}")
    with at_most(6):
        shown = client.get(f"/api/cases/{case_id}")
    assert shown.json()["case"]["state"] == "checked"


def test_the_clock_explains_itself(centre):
    case_id = centre.handled()
    told = centre.client("handler").get(f"/api/cases/{case_id}/clock").json()
    assert told["because"] == "running"
    assert {piece["kind"] for piece in told["intervals"]} == {"counted", "skipped"}
    assert told["lines"]


def test_the_flow_can_be_read(centre):
    rows = centre.client("acceptor").get("/api/flows/city").json()
    assert len(rows) > 30
    assert centre.client("acceptor").get("/api/flows/none").status_code == 404


def test_the_first_page_answers_in_chinese(centre):
    from django.test import Client

    centre.report()
    page = Client().get("/")
    assert page.status_code == 200
    assert "待受理" in page.content.decode()
    assert centre.client("acceptor").get("/").status_code == 200
    assert Client().get("/nowhere").status_code == 404
    lost = Client().get("/api/nowhere")
    assert (lost.status_code, lost.json()["code"]) == (404, "request.not_found")
    foreign = Client().get("/", headers={"host": "elsewhere.example"})
    assert (foreign.status_code, foreign.json()["code"]) == (400, "request.invalid")


def test_a_step_may_insist_that_nothing_happened_since_one_looked(centre):
    """Two dispatchers answer one request, or press 退回 twice: with If-Match that is one step, without it may be two."""
    case_id = centre.handled()
    asked = {"reason": "等材料", "value": "1", "unit": "work_day"}
    post(centre.client("handler"), f"/api/cases/{case_id}/ask-extension", asked)
    first, second = centre.client("dispatcher"), centre.client("dispatcher2")
    seen = first.get(f"/api/cases/{case_id}")["ETag"]
    assert seen == second.get(f"/api/cases/{case_id}")["ETag"] == '"4"'
    key = str(uuid4())
    won = post(first, f"/api/cases/{case_id}/extend", asked, if_match=seen, idempotency_key=key)
    lost = post(second, f"/api/cases/{case_id}/extend", asked, if_match=seen)
    assert (won.status_code, lost.status_code, lost.json()["code"]) == (200, 409, "case.moved_on")
    assert Adjustment.objects.filter(case_id=case_id, state="granted").count() == 1
    again = post(first, f"/api/cases/{case_id}/extend", asked, if_match=seen, idempotency_key=key)
    assert (again.status_code, again.content) == (200, won.content), "sent twice, it is the same answer"
    assert post(second, f"/api/cases/{case_id}/extend", asked, if_match="7/8").status_code == 400
    for of in (case_id, new_id()):
        hidden = post(centre.client("neighbour"), f"/api/cases/{of}/extend", asked, if_match='"1"')
        assert (hidden.status_code, hidden.json()["code"]) == (404, "request.not_found")
