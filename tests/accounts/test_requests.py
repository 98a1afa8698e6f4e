"""The interface: cookies, CSRF, what may be sent. Bad input is a coded refusal, never a 500 (T3)."""

import json
from uuid import UUID

import pytest

from jingwei.accounts.commands import invitations, tokens, users
from jingwei.accounts.http import COOKIE, router
from jingwei.accounts.queries import Role
from tests import matrix
from tests.accounts.asking import send
from tests.cast import EVERYWHERE, PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def wang(cast, operator):
    person = cast.hire("wang.li", Role.SYSTEM_ADMIN, EVERYWHERE)
    invitations.accept(users.reset(operator, person.id).token, PASSWORD)
    return person


def signed_in(cast):
    client = cast.client(None, csrf=True)
    answer = send(client, "POST /session", {"login": "wang.li", "password": PASSWORD})
    assert answer.status_code == 200
    return client, answer


def test_signing_in_sets_a_cookie_out_of_reach_of_scripts_and_other_sites(cast, wang, settings):
    settings.SESSION_COOKIE_SECURE = True
    _, answer = signed_in(cast)
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"], cookie["path"]) == (True, "Lax", True, "/")
    assert answer.cookies["csrftoken"].value
    assert UUID(answer.json()["user_id"]) == wang.id


def test_a_read_needs_no_csrf_header_and_a_write_does(cast, wang):
    client, answer = signed_in(cast)
    assert send(client, "GET /me").status_code == 200
    unit = {"code": "N-1", "name": "新局"}
    other, _ = signed_in(cast)  # somebody else's token
    wrongs = [{}, {"X-CSRFToken": ""}, {"X-CSRFToken": "x" * 64}, {"X-CSRFToken": "x\x7f"},
              {"X-CSRFToken": other.cookies["csrftoken"].value}]
    for headers in wrongs:
        refusal = send(client, "POST /units", unit, **headers)
        assert (refusal.status_code, refusal.json()["code"]) == (403, "account.csrf")
        assert refusal["Content-Type"] == "application/problem+json"
        assert "X-CSRFToken" in refusal.json()["detail"]
    assert send(client, "POST /units", unit, **{"X-CSRFToken": answer.json()["csrf"]}).status_code == 201
    token = client.cookies["csrftoken"].value
    assert send(client, "DELETE /session", **{"X-CSRFToken": token}).status_code == 200
    assert send(client, "GET /me").status_code == 401


def test_another_sites_page_is_refused_even_with_the_token(cast, wang):
    client, answer = signed_in(cast)
    headers = {"X-CSRFToken": answer.json()["csrf"], "Origin": "https://evil.example"}
    assert send(client, "POST /units", {"code": "N-1", "name": "新局"}, **headers).json()["code"] == "account.csrf"
    headers["Origin"] = "http://testserver"
    assert send(client, "POST /units", {"code": "N-1", "name": "新局"}, **headers).status_code == 201


def test_a_token_needs_no_csrf_header_but_does_not_lend_its_freedom_to_a_cookie(cast, wang):
    client, _ = signed_in(cast)
    token = tokens.issue_token(cast.actor(wang), "手机").token
    stranger = cast.client(None, csrf=True)
    unit = {"code": "N-1", "name": "新局"}
    assert send(stranger, "POST /units", unit, Authorization=f"Bearer {token}").status_code == 201
    for value in ("Bearer wrong", "Bearer ", "Bearer", f"Basic {token}", f"bearer  {token}", "Bearer \xff"):
        assert send(stranger, "POST /units", unit, Authorization=value).status_code == 401
        assert send(client, "POST /units", unit, Authorization=value).json()["code"] == "account.csrf"


def test_another_sites_form_cannot_sign_anybody_in(cast, wang):
    """Login CSRF: a form can send text/plain that reads like JSON, but not application/json."""
    body = json.dumps({"login": "wang.li", "password": PASSWORD})
    client = cast.client(None, csrf=True)
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        answer = client.post("/api/session", body, content_type=content_type)
        assert (answer.status_code, answer.json()["code"]) == (400, "request.invalid")
        assert COOKIE not in answer.cookies


def test_a_stranger_sends_no_more_than_a_login(cast):
    body = json.dumps({"login": "wang.li", "password": "x" * 20_000})
    answer = cast.client(None).post("/api/session", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "request.body_too_large")


def test_signing_in_anew_ends_the_session_it_replaces(cast, wang):
    client, _ = signed_in(cast)
    old = client.cookies[COOKIE].value
    send(client, "POST /session", {"login": "wang.li", "password": PASSWORD})
    assert client.cookies[COOKIE].value != old
    client.cookies[COOKIE] = old
    assert send(client, "GET /me").status_code == 401


def test_one_may_end_all_ones_own_sessions(cast, wang):
    phone = cast.client(wang, by="token")
    client = cast.client(wang)
    assert send(client, f"DELETE /users/{wang.id}/sessions").json()["ended"] >= 2
    assert [send(each, "GET /me").status_code for each in (phone, client)] == [401, 401]


def test_hostile_text_is_kept_and_shown_as_text(cast, wang):
    client = cast.client(wang)
    names = ["<script>alert(1)</script>", "'; DROP TABLE accounts_user; --", "%s {0} ${x}", "=1+1", "\ue863示例"]
    for number, name in enumerate(names):
        assert send(client, "POST /users", {"login": f"hostile{number}", "name": name}).status_code == 201
    told = {row["login"]: row["name"] for row in send(client, "GET /users?find=hostile").json()["items"]}
    assert list(told.values()) == names
    for find in ("%", "_", "\\", "'", "<script>", "%25"):
        assert send(client, f"GET /users?find={find}").status_code == 200


HOSTILE = ["\0", "a\0b", "x" * 399, "\u202e", "\ud83d\ude00", "'", "%", "../..", "1e999", "٣"]
TOO_LONG = "长" * 100_000
BODIES = [None, [], "x", 1, {}, {"login": None}, {"unknown": 1}, {"login": {"a": 1}, "name": []}]
STRINGS = {
    "POST /units": ("code", "name", "kind", "parent_code"),
    "PATCH /units/{unit_id}": ("name", "kind", "parent_code"),
    "POST /users": ("id", "login", "name", "unit_code"),
    "PATCH /users/{user_id}": ("name", "unit_code"),
    "POST /users/{user_id}/grants": ("role", "area_code", "unit_code", "since", "until"),
    "POST /tokens": ("name",), "POST /me/password": ("present", "new"),
    "POST /session/second-factor": ("code",), "POST /me/second-factor": ("password",),
    "POST /me/second-factor/confirm": ("code",),
    "POST /session": ("login", "password"), "POST /invitations": ("token", "password"),
}
GOOD = {
    "POST /units": {"code": "N-1", "name": "新局"}, "POST /users": {"login": "new.one", "name": "王示例"},
    "POST /users/{user_id}/grants": {"role": "leader", "area_code": "*"}, "POST /tokens": {"name": "手机"},
    "POST /me/password": {"present": "x", "new": "y"}, "POST /session": {"login": "x", "password": "y"},
    "POST /invitations": {"token": "x", "password": PASSWORD},
}


def everybody(cast):
    """One client who holds the rights for it, by endpoint."""
    security, system = (cast.client(cast.of(role, EVERYWHERE)) for role in (Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN))
    return lambda endpoint: security if "grants" in endpoint else system


@pytest.mark.parametrize("endpoint", sorted(STRINGS))
def test_whatever_stands_in_a_field_is_taken_or_refused_by_a_code(cast, home_keys, endpoint):
    client = everybody(cast)(endpoint)
    target = cast.of(Role.SUPERVISOR, EVERYWHERE) if "grants" not in endpoint else cast.of(None)
    line = endpoint.format(unit_id=cast.units["B-2"], user_id=target.id)
    bodies = [*BODIES, *({**GOOD.get(endpoint, {}), name: text}
                         for name in STRINGS[endpoint] for text in (*HOSTILE, TOO_LONG, 7, None))]
    for body in bodies:
        answer = send(client, line, body if body is not None else "")
        assert answer.status_code < 500, (body, answer.content)
        if answer.status_code >= 400:
            told = answer.json()
            assert told["code"]
            assert told["status"] == answer.status_code
            assert TOO_LONG[:300] not in json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"login": "\\ud800", "password": "x"}', b"[" * 5000])
def test_what_is_no_json_is_refused_by_a_code(cast, body):
    for client, line in ((cast.client(None), "/api/session"), (cast.client(cast.of(None)), "/api/tokens")):
        answer = client.post(line, body, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (400, "request.invalid")


@pytest.mark.parametrize("query", [
    "limit=0", "limit=-1", "limit=201", "limit=x", "limit=99999999999999999999", "limit=٣", "active=maybe",
    "after=" + "x" * 500,
])
def test_odd_questions_are_refused_by_a_code(cast, query):
    client = cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    answer = send(client, f"GET /users?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "request.invalid")


def test_a_zero_byte_in_a_question_finds_nobody(cast):
    client = cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    for query in ("find=%00", "after=a%00b", "find=%F0%9F%98%80", "find=%FF"):
        assert send(client, f"GET /users?{query}").json()["items"] == []


@pytest.mark.parametrize("odd", ["0", "-1", "2147483648", "99999999999999999999", "x", "1.5", "１", "%00", "1%00"])
def test_odd_ids_are_refused_by_a_code(cast, odd):
    security, system = (cast.client(cast.of(role, EVERYWHERE)) for role in (Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN))
    for client, line, body in (
            (system, f"PATCH /units/{odd}", {"name": "改"}), (security, f"DELETE /grants/{odd}", None),
            (system, f"GET /users/{odd}", None), (security, f"POST /users/{odd}/dismiss", {}),
            (system, f"DELETE /tokens/{odd}", None)):
        answer = send(client, line, body)
        assert 400 <= answer.status_code < 500
        assert answer.json()["code"] in ("request.invalid", "request.not_found")


@pytest.mark.parametrize("value", ["", "x" * 5000, "\xff\xfe", "a;b", '"', "%00"])
def test_an_odd_cookie_or_token_is_nobody(cast, value):
    client = cast.client(None)
    client.cookies[COOKIE] = value
    assert send(client, "GET /me").status_code == 401
    assert send(cast.client(None), "GET /me", Authorization=f"Bearer {value}").status_code == 401


def test_every_answer_of_the_list_costs_few_statements(cast, django_assert_max_num_queries):
    for number in range(60):
        cast.hire(f"many{number:02}", Role.SUPERVISOR)
    client = cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    send(client, "GET /me")
    with django_assert_max_num_queries(3):
        page = send(client, "GET /users?limit=50").json()
    assert len(page["items"]) == 50


def test_the_router_has_no_address_that_reads_or_writes_without_saying_who(cast):
    """Only these two are open to strangers."""
    client = cast.client(None)
    for endpoint in matrix.endpoints(router) - {"POST /session", "POST /invitations"}:
        path = endpoint.format(user_id=UUID(int=1), token_id=UUID(int=1), unit_id=1, grant_id=1)
        assert send(client, path, None if path.startswith("GET") else {}).status_code == 401


@pytest.mark.django_db(transaction=True)
def test_a_days_work_with_real_commits(cast, operator):
    """Refusals between the steps leave no transaction broken; what was committed is there for the next request."""
    system, security = (cast.client(cast.of(role, EVERYWHERE)) for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN))
    made = send(system, "POST /users", {"login": "wang.li", "name": "王示例", "unit_code": "B-1"})
    assert made.status_code == 201
    assert send(system, "POST /users", {"login": "wang.li", "name": "李演示"}).json()["code"] == "account.login_taken"
    person = made.json()["id"]
    link = send(system, f"POST /users/{person}/reset", {}).json()["link"]
    stranger = cast.client(None)
    body = {"token": link.rpartition("/")[2], "password": PASSWORD}
    assert [send(stranger, "POST /invitations", body).status_code for _ in range(2)] == [200, 409]
    wrong = send(stranger, "POST /session", {"login": "wang.li", "password": "x"})
    assert wrong.status_code == 401
    assert send(stranger, "POST /session", {"login": "wang.li", "password": PASSWORD}).status_code == 200
    assert send(stranger, "GET /units").status_code == 403
    given = send(security, f"POST /users/{person}/grants", {"role": "leader", "area_code": "330199"})
    assert given.status_code == 201
    both = send(security, f"POST /users/{person}/grants", {"role": "handler", "area_code": "*"})
    assert both.status_code == 201  # a leader has no duty that excludes handling
    clash = send(security, f"POST /users/{person}/grants", {"role": "evaluator", "area_code": "*"})
    assert clash.json()["code"] == "account.role_clash"
    assert send(stranger, "GET /units").status_code == 200
    token = send(stranger, "POST /tokens", {"name": "手机"}).json()["token"]
    assert send(security, f"POST /users/{person}/dismiss", {}).status_code == 200
    assert send(stranger, "GET /units").status_code == 401
    assert send(cast.client(None), "GET /units", Authorization=f"Bearer {token}").status_code == 401
