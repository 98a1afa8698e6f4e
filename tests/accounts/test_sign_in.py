"""Signing in with a password: alike for everybody, locked after five failures (8.1.4.1, SEC-02)."""

import threading
import time
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection

from jingwei.accounts import hashing, queries
from jingwei.accounts.commands import invitations, passwords, sign_in, tokens, users
from jingwei.accounts.errors import AccountError
from jingwei.accounts.models import Session, User
from jingwei.accounts.queries import Role
from jingwei.journal import queries as journal
from jingwei.kernel import clock
from jingwei.kernel.errors import Refusal
from tests.accounts.asking import refused_and_counted, send
from tests.cast import EVERYWHERE, PASSWORD, fresh_caches

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def wang(cast):
    person = cast.hire("wang.li", Role.SUPERVISOR)
    invitations.accept(users.reset(queries.operator(), person.id).token, PASSWORD)
    return person


def wrong(times: int, login: str = "wang.li") -> None:
    for _ in range(times):
        refused_and_counted(lambda: sign_in.sign_in(login, "不是这个口令"), AccountError.SIGN_IN_REFUSED)


def verbs(person) -> list[str]:
    return [entry.verb for entry in journal.history(f"user:{person.id}")]


def test_passwords_are_kept_as_argon2(wang):
    """What the tests lower is the cost alone; the product's own settings name Django's argon2 as it is."""
    from jingwei.config import settings

    assert User.objects.get(pk=wang.id).password.startswith("argon2$argon2id$")
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert Argon2PasswordHasher.memory_cost >= 19 * 1024


def test_it_opens_a_session_and_keeps_only_its_hash(wang):
    signed_in = sign_in.sign_in("ＷＡＮＧ．ｌｉ ", PASSWORD)
    assert queries.actor_of_session(signed_in.key).user_id == wang.id
    assert not Session.objects.filter(key_hash__contains=signed_in.key).exists()
    assert len(signed_in.key) >= 43  # 32 bytes
    assert verbs(wang)[-1] == "signin.accepted"


def test_five_failures_lock_for_fifteen_minutes(wang):
    with clock.held_at(clock.now()):
        now = clock.now()
        wrong(4)
        sign_in.sign_in("wang.li", PASSWORD)  # the fifth is right: the count begins anew
        fresh_caches()
        wrong(5)
        assert verbs(wang)[-2:] == ["signin.refused", "user.locked"]
        refused_and_counted(lambda: sign_in.sign_in("wang.li", PASSWORD), AccountError.SIGN_IN_REFUSED)
    fresh_caches()
    with clock.held_at(now + 15 * MINUTE - timedelta(seconds=1)):
        refused_and_counted(lambda: sign_in.sign_in("wang.li", PASSWORD), AccountError.SIGN_IN_REFUSED)
    with clock.held_at(now + 15 * MINUTE):
        wrong(1)  # after the lock the count begins at one
        assert sign_in.sign_in("wang.li", PASSWORD).user_id == wang.id


def test_a_lock_ends_no_session_that_is_open(cast, wang):
    client = cast.client(wang)
    wrong(5)
    assert send(client, "GET /me").status_code == 200


def test_the_answer_is_the_same_whether_or_not_there_is_such_a_person(cast, wang, operator):
    cast.hire("no.password")
    gone = cast.hire("gone.one")
    users.dismiss(operator, gone.id)
    client = cast.client(None)
    wrong(5)
    fresh_caches()
    told = {
        send(client, "POST /session", {"login": login, "password": password}).content
        for login, password in (("wang.li", PASSWORD), ("wang.li", "x"), ("no.password", "x"), ("gone.one", "x"),
                                ("nobody.at.all", "x"), ("不存在", "x"), ("", ""), ("a\0b", "x\0y"),
                                ("x" * 400, "y" * 1000))}
    assert len(told) == 1


def test_the_work_is_the_same_whether_or_not_there_is_such_a_person(cast, wang, monkeypatch):
    """One hash is computed in every case: an unknown login is not answered faster."""
    computed = []
    encode = Argon2PasswordHasher.encode
    verify = Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *a: computed.append("encode") or encode(*a))
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *a: computed.append("verify") or verify(*a))
    cast.hire("no.password")
    for login in ("wang.li", "no.password", "nobody.at.all", "不存在", ""):
        computed.clear()
        refused_and_counted(lambda login=login: sign_in.sign_in(login, "不是这个口令"), AccountError.SIGN_IN_REFUSED)
        assert len(computed) == 1, login
    for password in ("", "x" * 5000, "a\0b"):
        computed.clear()
        refused_and_counted(lambda password=password: sign_in.sign_in("wang.li", password), AccountError.SIGN_IN_REFUSED)
        assert len(computed) == 1, password[:9]


def test_guessing_is_slowed_down_per_login_and_per_address(cast, wang):
    for login in ("wang.li", "nobody.at.all"):  # alike again
        wrong(10, login)
        refused_and_counted(lambda login=login: sign_in.sign_in(login, PASSWORD), AccountError.TOO_MANY_TRIES)
    fresh_caches()
    for number in range(30):
        with pytest.raises(Refusal):
            sign_in.sign_in(f"guess{number}", "x", address="192.0.2.7")
    refused_and_counted(lambda: sign_in.sign_in("guess99", "x", address="192.0.2.7"), AccountError.TOO_MANY_TRIES)
    refused_and_counted(lambda: sign_in.sign_in("guess99", "x", address="192.0.2.8"), AccountError.SIGN_IN_REFUSED)


def test_an_office_behind_one_address_may_sign_in_all_at_once(cast, wang):
    for _ in range(40):
        sign_in.sign_in("wang.li", PASSWORD, address="192.0.2.7")
    assert Session.objects.filter(user=wang.id).count() == sign_in.AT_MOST


def test_too_many_tries_are_told_when_to_come_again(cast, wang):
    client = cast.client(None)
    answers = [send(client, "POST /session", {"login": "wang.li", "password": "x"}) for _ in range(11)]
    assert (answers[-1].status_code, answers[-1].json()["code"]) == (429, "account.too_many_tries")
    assert answers[-1]["Retry-After"]


def test_the_address_is_the_one_our_own_proxy_saw(cast, rf):
    from jingwei.accounts.http import address

    forged = {"HTTP_X_FORWARDED_FOR": "10.9.9.9, 192.0.2.7"}
    assert address(rf.get("/", REMOTE_ADDR="127.0.0.1", **forged)) == "192.0.2.7"
    assert address(rf.get("/", REMOTE_ADDR="192.0.2.9", **forged)) == "192.0.2.9"  # not our proxy: not believed
    assert address(rf.get("/", REMOTE_ADDR="")) == ""


def test_the_log_of_refusals_names_nobody_and_no_address(cast, wang):
    with pytest.raises(Refusal):
        sign_in.sign_in("nobody.at.all", "geheim-geheim", address="192.0.2.7")
    with pytest.raises(Refusal):
        sign_in.sign_in("wang.li", "geheim-geheim", address="192.0.2.7")
    day = journal.history(f"signin:{clock.now():%Y-%m-%d}")
    entries = [*day, *journal.history(f"user:{wang.id}")]
    told = "".join(entry.data for entry in entries)
    for secret in ("nobody", "wang", "geheim", "192.0.2", "示例"):
        assert secret not in told
    assert day[0].data == journal.history(f"user:{wang.id}")[-1].data  # the same source can be told to be the same


@pytest.mark.parametrize("meanwhile", ["dismissed", "reset"])
def test_what_happens_while_the_password_is_compared_counts(wang, monkeypatch, meanwhile):
    """Comparing takes a moment; a dismissal or a reset in that moment wins."""
    real = hashing.fits

    def slow(password: str, encoded: str) -> tuple[bool, str]:
        answer = real(password, encoded)
        (users.dismiss if meanwhile == "dismissed" else users.reset)(queries.operator(), wang.id)
        return answer

    monkeypatch.setattr(hashing, "fits", slow)
    refused_and_counted(lambda: sign_in.sign_in("wang.li", PASSWORD), AccountError.SIGN_IN_REFUSED)
    assert not Session.objects.filter(user=wang.id).exists()


def test_a_weaker_hash_is_renewed_at_the_next_sign_in(wang, monkeypatch):
    before = User.objects.get(pk=wang.id).password
    monkeypatch.setattr("tests.hashers.Quick.time_cost", 2)
    sign_in.sign_in("wang.li", PASSWORD)
    after = User.objects.get(pk=wang.id).password
    assert "t=2" in after
    assert "t=1" in before
    sign_in.sign_in("wang.li", PASSWORD)


def test_the_eleventh_session_ends_the_oldest(wang):
    keys = []
    with clock.held_at(clock.now()):
        start = clock.now()
    for number in range(sign_in.AT_MOST + 1):
        with clock.held_at(start + number * timedelta(seconds=1)):
            keys.append(sign_in.admit(wang.id).key)
    assert queries.actor_of_session(keys[0]) is None
    assert queries.actor_of_session(keys[1]).user_id == wang.id


def test_a_session_ends_after_twelve_hours_and_is_lengthened_once(cast, wang):
    with clock.held_at(clock.now()):
        start = clock.now()
        idle, used = sign_in.admit(wang.id).key, sign_in.admit(wang.id).key
    client = cast.client(None)
    client.cookies["jingwei_session"] = used

    def status_after(hours: float) -> int:
        with clock.held_at(start + timedelta(hours=hours)):
            return send(client, "GET /me").status_code

    assert [status_after(hours) for hours in (1, 5.9, 11, 13, 22.9)] == [200] * 5  # lengthened at 11
    assert status_after(23) == 401
    with clock.held_at(start + timedelta(hours=12)):
        assert queries.actor_of_session(idle) is None


def test_a_signed_in_request_costs_one_statement(cast, wang, django_assert_num_queries):
    key = cast.key(wang)
    token = tokens.issue_token(cast.actor(wang), "手机").token
    with django_assert_num_queries(1):
        queries.actor_of_session(key)
    with django_assert_num_queries(1):
        queries.actor_of_token(token)


def test_changing_the_password_ends_everything_but_this_session(cast, wang):
    here, elsewhere = sign_in.admit(wang.id).key, sign_in.admit(wang.id).key
    actor = queries.actor_of_session(here)
    phone = tokens.issue_token(actor, "手机").token
    passwords.change_password(actor, PASSWORD, "换成另一个口令 88", keep=here)
    assert queries.actor_of_session(here).user_id == wang.id
    assert queries.actor_of_session(elsewhere) is None
    assert queries.actor_of_token(phone) is None
    wrong(1)
    assert sign_in.sign_in("wang.li", "换成另一个口令 88").user_id == wang.id


def test_guessing_the_present_password_from_an_open_session_locks_too(cast, wang):
    actor = cast.actor(wang)
    for _ in range(5):
        refused_and_counted(lambda: passwords.change_password(actor, "猜", "换成另一个口令 88"), AccountError.WRONG_PASSWORD)
    refused_and_counted(lambda: passwords.change_password(actor, PASSWORD, "换成另一个口令 88"), AccountError.WRONG_PASSWORD)
    assert verbs(wang)[-2:] == ["user.locked", "signin.refused"]


@pytest.mark.parametrize("new", ["short", "1234567890123", "qwertyuiop", "x-wang.li-x", "a" * 129])
def test_a_weak_password_is_refused_and_nothing_changes(cast, wang, new):
    refused_and_counted(lambda: passwords.change_password(cast.actor(wang), PASSWORD, new), AccountError.WEAK_PASSWORD)
    assert sign_in.sign_in("wang.li", PASSWORD).user_id == wang.id


def test_a_token_does_what_its_owner_may_but_makes_no_other(cast, wang):
    client = cast.client(wang, by="token")
    assert send(client, "GET /units").status_code == 200
    for line, body in (("POST /tokens", {"name": "第二个"}),
                       ("POST /me/password", {"present": PASSWORD, "new": "换成另一个口令 88"})):
        answer = send(client, line, body)
        assert (answer.status_code, answer.json()["code"]) == (403, "account.session_needed")


def test_tokens_end_after_half_a_year_and_the_eleventh_ends_the_oldest(cast, wang):
    actor = cast.actor(wang)
    with clock.held_at(clock.now()):
        start = clock.now()
    made = []
    for number in range(tokens.AT_MOST + 1):
        with clock.held_at(start + number * MINUTE):
            made.append(tokens.issue_token(actor, f"设备{number}").token)
    assert queries.actor_of_token(made[0]) is None
    assert queries.actor_of_token(made[1]).user_id == wang.id
    with clock.held_at(start + timedelta(days=180) + 20 * MINUTE):
        assert queries.actor_of_token(made[-1]) is None


def test_a_device_of_the_same_name_is_replaced_and_one_is_revoked(cast, wang):
    actor = cast.actor(wang)
    first, second = tokens.issue_token(actor, "手机"), tokens.issue_token(actor, "手机")
    assert queries.actor_of_token(first.token) is None
    tokens.revoke_token(actor, second.id)
    assert queries.actor_of_token(second.token) is None


def test_no_more_than_two_hashes_are_computed_at_once(monkeypatch):
    running, most = 0, 0
    guard = threading.Lock()

    def slow(*_args, **_more) -> bool:
        nonlocal running, most
        with guard:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with guard:
            running -= 1
        return False

    monkeypatch.setattr(hashing.hashers, "check_password", slow)
    threads = [threading.Thread(target=hashing.fits, args=("x", "")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most <= 2


@pytest.mark.django_db(transaction=True)
def test_guessing_side_by_side_gains_nothing(monkeypatch):
    """Twelve guesses at once: at most five are compared with the real password."""
    fresh_caches()
    user_id = users.create(queries.operator(), "wang.li", "王示例")
    User.objects.filter(pk=user_id).update(password="argon2$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g")
    compared = []

    def compare(password: str, encoded: str) -> tuple[bool, str]:
        compared.append(encoded)
        time.sleep(0.02)
        return False, ""

    monkeypatch.setattr(hashing, "fits", compare)
    codes: list[str] = []

    def guess() -> None:
        try:
            sign_in.sign_in("wang.li", "x")
        except Refusal as refusal:
            codes.append(refusal.reason.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([encoded for encoded in compared if encoded]) == sign_in.TRIES
    assert sorted(set(codes)) == ["account.sign_in_refused", "account.too_many_tries"]
    assert User.objects.get(pk=user_id).locked_until is not None
    fresh_caches()


def test_the_system_administrator_sees_no_password_anywhere(cast, wang):
    told = send(cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE)), f"GET /users/{wang.id}").json()
    assert told["has_password"] is True
    assert "argon2" not in str(told)
