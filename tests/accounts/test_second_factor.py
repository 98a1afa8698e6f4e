"""Signing in with a second factor (8.1.4.1, S2): half signed in is not in; a code works once; one lock with passwords."""

import re
import threading
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from jingwei.accounts import queries
from jingwei.accounts.commands import grants, passwords, second_factor, sign_in, tokens, users
from jingwei.accounts.errors import AccountError
from jingwei.accounts.models import RecoveryCode, User
from jingwei.accounts.queries import Role
from jingwei.kernel import clock
from jingwei.kernel.errors import Refusal
from tests.accounts.asking import refused, refused_and_counted, send
from tests.accounts.conftest import code_of, enrol, key_of, show, verbs, with_password
from tests.accounts.conftest import sign_in as by_password
from tests.architecture.tree import SOURCE
from tests.cast import EVERYWHERE, PASSWORD, TOWN, Person, fresh_caches

pytestmark = pytest.mark.django_db

OPEN_TO_HALF = {"GET /api/me", "DELETE /api/session", "POST /api/session/second-factor", "POST /api/me/second-factor",
                "POST /api/me/second-factor/confirm"}
OPEN_TO_STRANGERS = {"POST /api/session", "POST /api/invitations"}
SIGNED_BY_SYSTEMS = {"POST /api/intake/sms", "POST /api/intake/camera"}  # no session of anybody: a key of their own
LATER = timedelta(seconds=30)


def test_an_administrator_sets_it_up_at_the_first_sign_in_and_shows_it_at_the_next(admin):
    client = Client()
    answer = send(client, "POST /session", {"login": admin.login, "password": PASSWORD}).json()
    assert answer["second_factor"] == "enrol"
    told = send(client, "GET /me").json()
    assert (told["second_factor"], told["rights"], told["second_factor_at"]) == ("enrol", [], None)
    before = key_of(client)
    phone = enrol(client)
    assert len(phone.recovery) == 8
    assert key_of(client) != before
    assert queries.half_signed_in(before) is None
    told = send(client, "GET /me").json()
    assert (told["second_factor"], told["recovery_left"]) == ("", 8)
    assert "user.create" in told["rights"]
    assert send(client, "GET /users").status_code == 200
    assert verbs(admin)[-3:] == ["signin.begun", "user.second_factor_set", "signin.accepted"]

    with clock.held_at(clock.now() + LATER):
        client = by_password(admin)
        assert code_of(send(client, "GET /users")) == (401, "account.second_factor_needed")
        before = key_of(client)
        answer = show(client, phone.code())
        assert (answer.status_code, answer.json()["second_factor"]) == (200, "")
        assert {"user_id", "expires_at", "csrf"} <= answer.json().keys()
        assert queries.half_signed_in(before) is None
        assert send(client, "GET /users").status_code == 200
        assert verbs(admin)[-2:] == ["signin.begun", "signin.accepted"]


def test_whoever_is_not_asked_signs_in_by_password_alone(cast, asked):
    person = with_password(cast.of(Role.SUPERVISOR))
    client = Client()
    answer = send(client, "POST /session", {"login": person.login, "password": PASSWORD}).json()
    assert answer["second_factor"] == ""
    assert send(client, "GET /units").status_code == 200
    assert code_of(show(client, "123456")) == (409, "account.second_factor_not_asked")


def every_endpoint() -> list[tuple[str, str, str]]:
    """(line, method, address with something in its holes) of the whole interface."""
    from jingwei.config.api import api

    found = []
    for path, operations in api.get_openapi_schema()["paths"].items():
        for method, operation in operations.items():
            address = path
            for given in operation.get("parameters", []):
                if given["in"] == "path":
                    number = given["schema"].get("type") == "integer"
                    address = address.replace("{" + given["name"] + "}", "1" if number else str(UUID(int=1)))
            found.append((f"{method.upper()} {path}", method, address))
    return found


@pytest.mark.parametrize("half", ["enrol", "needed"])
def test_half_signed_in_nothing_else_of_the_interface_answers(admin, half):
    """Every endpoint of every room is called; whatever does not refuse is named here by hand."""
    if half == "needed":
        enrol(by_password(admin))
    client = by_password(admin)
    refusing = f"account.second_factor_{half}"
    endpoints = every_endpoint()
    assert len(endpoints) > 50
    answering = set()
    for line, method, address in endpoints:
        if line in OPEN_TO_STRANGERS | SIGNED_BY_SYSTEMS | {"DELETE /api/session"}:
            continue
        answer = getattr(client, method)(address, data={}, content_type="application/json")
        if code_of(answer) != (401, refusing):
            answering.add(line)
    # while the code is to come, setting up another one is refused by its command (and see the test below)
    closed = {"POST /api/me/second-factor"} if half == "needed" else set()
    assert answering == OPEN_TO_HALF - {"DELETE /api/session"} - closed
    assert {line for line, _, _ in endpoints} >= OPEN_TO_HALF | OPEN_TO_STRANGERS | SIGNED_BY_SYSTEMS
    assert send(client, "DELETE /session").status_code == 200
    assert code_of(send(client, "GET /me")) == (401, "account.not_signed_in")


def test_only_accounts_opens_doors_to_half_a_session():
    """No other room may let one in by a door of its own: they ask `actor_of_session`, or stand behind SIGNED_IN."""
    doors = re.compile(r"half_signed_in|HALF_SIGNED_IN|open_session|auth=(?!SIGNED_IN)")
    found = {path.relative_to(SOURCE) for path in SOURCE.rglob("*.py") if doors.search(path.read_text("utf-8"))}
    assert {path for path in found if path.parts[0] != "accounts"} == {Path("cases/http/sources.py")}, "systems sign by a key, see there"


def test_half_signed_in_is_nobody_for_pages_and_holds_no_right(admin):
    client = by_password(admin)
    assert queries.actor_of_session(key_of(client)) is None
    actor = queries.half_signed_in(key_of(client))
    assert (actor.user_id, actor.grants, actor.factor) == (admin.id, (), "enrol")
    assert 'href="/sign-in"' in client.get("/").content.decode()


def test_commands_refuse_a_half_signed_in_actor_by_themselves(admin, phone):
    actor = queries.half_signed_in(key_of(by_password(admin)))
    refused(lambda: tokens.issue_token(actor, "手机"), AccountError.SECOND_FACTOR_NEEDED)
    refused(lambda: passwords.change_password(actor, PASSWORD, "另一个很长的口令 7"), AccountError.SECOND_FACTOR_NEEDED)


def test_a_code_works_once_and_an_older_one_not_at_all(admin, phone):
    start = clock.now()
    with clock.held_at(start):
        code, older, newer = phone.code(), phone.code(-1), phone.code(1)
        assert show(by_password(admin), code).status_code == 200
        client = by_password(admin)
        for used in (code, older):
            assert code_of(show(client, used)) == (422, "account.second_factor_wrong")
        assert show(client, newer).status_code == 200


def test_the_code_that_set_it_up_does_not_open_a_session_as_well(admin):
    with clock.held_at(clock.now()):
        phone = enrol(by_password(admin))
        assert code_of(show(by_password(admin), phone.code())) == (422, "account.second_factor_wrong")


@pytest.mark.parametrize(("seconds", "status"), [(-65, 422), (-30, 200), (0, 200), (30, 200), (65, 422)])
def test_the_phones_clock_may_be_half_a_minute_off(admin, phone, seconds, status):
    now = clock.now()
    with clock.held_at(now + timedelta(seconds=seconds)):
        shown_by_phone = phone.code()
    with clock.held_at(now):
        assert show(by_password(admin), shown_by_phone).status_code == status


def test_typed_with_blanks_and_full_width_digits_it_is_the_same_code(admin, phone):
    with clock.held_at(clock.now()):
        code = phone.code().translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
        assert show(by_password(admin), f" {code[:3]} {code[3:]} ").status_code == 200


def test_five_wrong_codes_lock_passwords_too(admin, phone):
    client = by_password(admin)
    for _ in range(5):
        assert code_of(show(client, "000000")) == (422, "account.second_factor_wrong")
    assert code_of(show(client, phone.code())) == (422, "account.second_factor_wrong")
    refused_and_counted(lambda: sign_in.sign_in(admin.login, PASSWORD), AccountError.SIGN_IN_REFUSED)
    assert verbs(admin).count("user.locked") == 1
    sign_in.by_login.forget()
    with clock.held_at(clock.now() + timedelta(minutes=16)):
        client = by_password(admin)
        assert show(client, phone.code()).status_code == 200


def test_wrong_passwords_and_wrong_codes_are_counted_together(admin, phone):
    client = by_password(admin)
    for _ in range(2):
        refused_and_counted(lambda: sign_in.sign_in(admin.login, "不是这个口令"), AccountError.SIGN_IN_REFUSED)
    for _ in range(3):
        show(client, "000000")
    assert User.objects.get(pk=admin.id).locked_until is not None


def test_a_right_password_takes_nothing_off_the_count(admin, phone):
    """Whoever knows the password must not get four fresh guesses at the code with each sign-in."""
    for guesses in range(1, 6):
        assert User.objects.get(pk=admin.id).locked_until is None
        assert code_of(show(by_password(admin), "000000")) == (422, "account.second_factor_wrong")
        assert User.objects.get(pk=admin.id).failures == guesses
    assert User.objects.get(pk=admin.id).locked_until is not None
    refused_and_counted(lambda: sign_in.sign_in(admin.login, PASSWORD), AccountError.SIGN_IN_REFUSED)


def test_signing_in_half_again_and_again_locks_nobody(admin, phone):
    for _ in range(12):
        client = by_password(admin)
    assert User.objects.get(pk=admin.id).failures == 0
    assert show(client, phone.code()).status_code == 200


def test_signing_in_fully_begins_the_count_anew(admin, phone):
    client = by_password(admin)
    for _ in range(4):
        show(client, "000000")
    assert show(client, phone.code()).status_code == 200
    assert User.objects.get(pk=admin.id).failures == 0


def test_too_many_codes_are_slowed_down_like_passwords(admin, phone):
    client = by_password(admin)
    for _ in range(10):
        show(client, "000000")
    assert code_of(show(client, "000000")) == (429, "account.too_many_tries")
    with pytest.raises(Refusal) as caught:
        sign_in.sign_in(admin.login, PASSWORD)
    assert caught.value.reason is AccountError.TOO_MANY_TRIES


def test_a_recovery_code_opens_once(admin, phone):
    printed = phone.recovery[2]
    client = by_password(admin)
    assert show(client, printed.upper().replace("-", " ")).status_code == 200
    assert send(client, "GET /me").json()["recovery_left"] == 7
    assert verbs(admin)[-2:] == ["user.second_factor_used_recovery", "signin.accepted"]
    assert code_of(show(by_password(admin), printed)) == (422, "account.second_factor_wrong")
    assert show(by_password(admin), phone.recovery[7]).status_code == 200


def test_the_recovery_codes_of_somebody_else_open_nothing(cast, admin, phone):
    other = with_password(cast.hire("an.quan", Role.SECURITY_ADMIN, EVERYWHERE))
    theirs = enrol(by_password(other))
    client = by_password(admin)
    for printed in theirs.recovery[:3]:
        assert code_of(show(client, printed)) == (422, "account.second_factor_wrong")
    assert RecoveryCode.objects.filter(factor=other.id).count() == 8


def test_a_token_is_issued_only_after_the_second_factor_and_makes_no_other(admin, phone):
    client = by_password(admin)
    assert code_of(send(client, "POST /tokens", {"name": "手机"})) == (401, "account.second_factor_needed")
    show(client, phone.code())
    token = send(client, "POST /tokens", {"name": "手机"}).json()["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert send(Client(), "GET /users", **bearer).status_code == 200
    for line, body in (("POST /tokens", {"name": "二"}), ("POST /me/second-factor", {"password": PASSWORD}),
                       ("POST /me/second-factor/confirm", {"code": "1"}), ("POST /session/second-factor", {"code": "1"})):
        assert code_of(send(Client(), line, body, **bearer)) == (403, "account.session_needed")


def test_a_role_given_meanwhile_asks_for_it_at_the_next_request(cast, asked, operator):
    """Neither a session nor a phone of before carries the new post without a second factor."""
    person = with_password(cast.of(None))
    client = by_password(person)
    token = send(client, "POST /tokens", {"name": "手机"}).json()["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert send(Client(), "GET /me", **bearer).status_code == 200
    grants.give(operator, person.id, "area_admin", "330199001", area_path=TOWN)
    assert code_of(send(client, "GET /units")) == (401, "account.second_factor_enrol")
    assert code_of(send(Client(), "GET /me", **bearer)) == (401, "account.not_signed_in")
    enrol(client)
    assert send(client, "GET /units").status_code == 200


def test_a_changed_setting_holds_for_sessions_that_are_open(cast, asked):
    person = with_password(cast.of(Role.SUPERVISOR))
    client = by_password(person)
    asked.JINGWEI_SECOND_FACTOR = "everyone"
    assert code_of(send(client, "GET /units")) == (401, "account.second_factor_enrol")
    asked.JINGWEI_SECOND_FACTOR = "off"
    assert send(client, "GET /units").status_code == 200


def test_half_a_session_ends_after_half_an_hour_and_is_not_lengthened(admin, phone):
    start = clock.now()
    client = by_password(admin)
    with clock.held_at(start + timedelta(minutes=29)):
        assert send(client, "GET /me").status_code == 200
    with clock.held_at(start + timedelta(minutes=31)):
        assert send(client, "GET /me").status_code == 401
        client = by_password(admin)
        show(client, phone.code())
    with clock.held_at(start + timedelta(hours=12)):
        assert send(client, "GET /me").status_code == 200


def test_opening_half_sessions_ends_none_that_is_whole(admin, phone):
    whole = by_password(admin)
    show(whole, phone.code())
    halves = [by_password(admin) for _ in range(sign_in.AT_MOST + 1)]
    assert send(whole, "GET /users").status_code == 200
    assert send(halves[0], "GET /me").status_code == 401
    assert send(halves[1], "GET /me").status_code == 200


def test_a_directory_signs_in_as_far_as_a_password_does(admin, phone):
    """Single sign-on says who it is; the second factor is ours. The code needs no password to be set."""
    User.objects.filter(pk=admin.id).update(password="")
    signed_in = sign_in.admit(admin.id)
    assert signed_in.factor == "needed"
    actor = queries.half_signed_in(signed_in.key)
    refused_and_counted(lambda: second_factor.show(actor, signed_in.key, "000000"), AccountError.SECOND_FACTOR_WRONG)
    whole = second_factor.show(actor, signed_in.key, phone.code())
    assert queries.actor_of_session(whole.key).user_id == admin.id


def test_a_signed_in_request_still_costs_one_statement(admin, phone, django_assert_num_queries):
    client = by_password(admin)
    show(client, phone.code())
    key, half = key_of(client), key_of(by_password(admin))
    token = tokens.issue_token(queries.actor_of_session(key), "手机").token
    for ask, secret in ((queries.open_session, key), (queries.open_session, half), (queries.actor_of_token, token)):
        with django_assert_num_queries(1):
            assert ask(secret) is not None


def test_the_cookie_needs_the_forgery_token_at_every_step(admin):
    client = by_password(admin, csrf=True)
    for line, body in (("POST /me/second-factor", {}), ("POST /me/second-factor/confirm", {"code": "1"}),
                       ("POST /session/second-factor", {"code": "1"}), ("DELETE /session", None)):
        assert code_of(send(client, line, body)) == (403, "account.csrf")
    token = client.cookies["csrftoken"].value
    assert send(client, "POST /me/second-factor", {}, **{"X-CSRFToken": token}).status_code == 200


@pytest.mark.parametrize("body", [{}, {"code": None}, {"code": 123456}, {"code": "1" * 500}, {"code": "\0"}, {"code": []},
                                  {"code": "1", "more": 1}, [], "x", {"code": "١٢٣٤٥٦"}, {"code": "\u202e123456"}])
def test_whatever_stands_in_a_code_is_refused_by_a_code(admin, phone, body):
    client = by_password(admin)
    whole = by_password(admin)
    show(whole, phone.code())
    send(whole, "POST /me/second-factor", {"password": PASSWORD})
    for each, line in ((client, "POST /session/second-factor"), (whole, "POST /me/second-factor/confirm")):
        answer = send(each, line, body)
        assert 400 <= answer.status_code < 500
        assert answer.json()["code"]


def test_without_the_keys_of_the_home_the_refusal_says_so(admin, phone, settings):
    from jingwei.journal import keys

    client = by_password(admin)
    (settings.HOME.keys / keys.VAULT).unlink()
    answer = show(client, phone.code())
    assert answer.json()["code"].startswith("journal.")
    assert answer.status_code < 600


@pytest.mark.django_db(transaction=True)
def test_one_code_shown_twice_at_once_opens_one_session(asked):
    fresh_caches()
    boss = queries.operator()
    user_id = users.create(boss, "xi.tong", "王示例")
    grants.give(boss, user_id, "system_admin", "*", area_path="")
    phone = enrol(by_password(with_password(Person(user_id, "xi.tong", "王示例"))))
    code = phone.code(1)
    keys = [sign_in.admit(user_id).key for _ in range(4)]
    opened: list[str] = []

    def finish(key: str) -> None:
        try:
            opened.append(second_factor.show(queries.half_signed_in(key), key, code).key)
        except Refusal:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=finish, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 1
    fresh_caches()
