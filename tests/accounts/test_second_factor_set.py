"""The second factor is set, replaced and ended: by whom, and what ends with it (8.1.4.1, 8.1.5)."""

from datetime import timedelta

import pytest
from django.test import Client

from jingwei.accounts import factor, queries
from jingwei.accounts.commands import second_factor, users
from jingwei.accounts.errors import AccountError
from jingwei.accounts.models import DeviceToken, RecoveryCode, SecondFactor, Session, User
from jingwei.accounts.queries import Role
from jingwei.journal import queries as journal
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError, Refusal
from tests.accounts.asking import refused, send
from tests.accounts.conftest import code_of, enrol, show, verbs, with_password
from tests.accounts.conftest import sign_in as by_password
from tests.cast import EVERYWHERE, PASSWORD, TOWN

pytestmark = pytest.mark.django_db

LATER = timedelta(seconds=30)


def test_with_the_password_alone_nobody_sets_a_second_factor_of_his_own(admin, phone):
    """Else the second factor would be worth nothing: whoever has the password would just set another."""
    client = by_password(admin)
    for line, body in (("POST /me/second-factor", {"password": PASSWORD}),
                       ("POST /me/second-factor/confirm", {"code": phone.code()})):
        assert code_of(send(client, line, body)) == (401, "account.second_factor_needed")
    assert show(client, phone.code()).status_code == 200


def test_an_offer_of_before_is_dead_once_somebody_else_was_quicker(admin):
    first, second = by_password(admin), by_password(admin)
    send(first, "POST /me/second-factor", {})
    enrol(second)
    assert send(first, "GET /me").status_code == 401
    assert send(first, "POST /me/second-factor/confirm", {"code": "123456"}).status_code == 401


def test_nothing_of_it_lies_in_clear_in_a_table_or_the_journal(admin, phone):
    show(by_password(admin), phone.recovery[0])
    row = SecondFactor.objects.get(pk=admin.id)
    typed = factor.typed(phone.secret)
    for sealed in (phone.secret, typed.encode()):
        assert sealed not in bytes(row.sealed)
    assert all(code.startswith("argon2$argon2id$") for code in RecoveryCode.objects.values_list("code", flat=True))
    assert not Session.objects.filter(waiting__isnull=False).exists()
    told = "".join(entry.data for entry in journal.history(f"user:{admin.id}"))
    for secret in (typed, *phone.recovery, *(each.replace("-", "") for each in phone.recovery), admin.login):
        assert secret not in told


def test_an_offer_stays_the_same_for_a_browser_and_is_another_for_the_next(admin):
    first, second = by_password(admin), by_password(admin)
    offers = [send(client, "POST /me/second-factor", "").json() for client in (first, first, second)]
    assert offers[0] == offers[1]
    assert offers[2]["secret"] != offers[0]["secret"]
    assert offers[0]["svg"].startswith("<svg")
    assert len(offers[0]["secret"]) == 32


def test_it_is_in_force_only_once_a_code_has_proven_it(admin):
    client = by_password(admin)
    assert code_of(send(client, "POST /me/second-factor/confirm", {"code": "123456"})) == (
        409, "account.second_factor_not_begun")
    send(client, "POST /me/second-factor", {})
    assert code_of(send(client, "POST /me/second-factor/confirm", {"code": "12345x"})) == (
        422, "account.second_factor_not_proven")
    assert not SecondFactor.objects.filter(pk=admin.id).exists()
    assert send(by_password(admin), "GET /me").json()["second_factor"] == "enrol"


def test_setting_it_up_ends_every_other_session_and_token(cast, asked):
    person = with_password(cast.of(Role.SUPERVISOR))
    here, elsewhere = by_password(person), by_password(person)
    token = send(elsewhere, "POST /tokens", {"name": "手机"}).json()["token"]
    phone = enrol(here)
    assert send(here, "GET /units").status_code == 200
    assert send(elsewhere, "GET /units").status_code == 401
    assert send(Client(), "GET /me", Authorization=f"Bearer {token}").status_code == 401
    with clock.held_at(clock.now() + LATER):  # of one's own accord: asked for from now on
        client = by_password(person)
        assert code_of(send(client, "GET /units")) == (401, "account.second_factor_needed")
        assert show(client, phone.code()).status_code == 200


def test_replacing_it_needs_the_password_and_ends_the_old_one(admin, phone):
    client = by_password(admin)
    show(client, phone.code())
    assert code_of(send(client, "POST /me/second-factor", {})) == (422, "account.second_factor_password")
    assert User.objects.get(pk=admin.id).failures == 0
    assert code_of(send(client, "POST /me/second-factor", {"password": "不是这个"})) == (422, "account.second_factor_password")
    assert User.objects.get(pk=admin.id).failures == 1
    newer = enrol(client, PASSWORD)
    assert verbs(admin)[-1] == "user.second_factor_set"
    with clock.held_at(clock.now() + LATER):
        client = by_password(admin)
        assert show(client, phone.code()).status_code == 422
        assert show(client, phone.recovery[0]).status_code == 422
        assert show(client, newer.code()).status_code == 200
        assert RecoveryCode.objects.filter(factor=admin.id).count() == 8


@pytest.mark.parametrize("end", ["dismiss", "reset", "reset_factor"])
def test_a_dismissal_and_both_resets_end_it(cast, asked, operator, end):
    person = with_password(cast.of(Role.AREA_ADMIN))
    client = by_password(person)
    enrol(client)
    send(client, "POST /tokens", {"name": "手机"})
    sealed = bytes(SecondFactor.objects.get(pk=person.id).sealed)
    half = by_password(person)
    {"dismiss": users.dismiss, "reset": users.reset, "reset_factor": second_factor.reset}[end](operator, person.id)
    for left in (Session, DeviceToken):
        assert not left.objects.filter(user=person.id).exists()
    assert not SecondFactor.objects.filter(pk=person.id).exists()
    assert not RecoveryCode.objects.exists()
    with pytest.raises(Refusal):  # the key it was sealed under is gone: a copy of the row is worth nothing
        second_factor._opened(person.id, sealed)
    assert [send(each, "GET /me").status_code for each in (client, half)] == [401, 401]
    if end == "reset_factor":
        assert verbs(person)[-1] == "user.second_factor_reset"
        assert send(by_password(person), "GET /me").json()["second_factor"] == "enrol"


def test_the_system_administrator_resets_it_and_nobody_else(cast, asked):
    person = with_password(cast.hire("qu.yu", Role.AREA_ADMIN, TOWN))
    enrol(by_password(person))
    for role in Role:
        caller = cast.of(role, EVERYWHERE)
        actor = queries.half_signed_in(cast.key(caller))
        actor = type(actor)(caller.id, caller.login, queries.grants_of(caller.id), factor="shown")
        if role is not Role.SYSTEM_ADMIN:
            refused(lambda actor=actor: second_factor.reset(actor, person.id), AccountError.NO_RIGHT)
    assert SecondFactor.objects.filter(pk=person.id).exists()
    boss = with_password(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    client = by_password(boss)
    enrol(client)
    assert send(client, f"DELETE /users/{person.id}/second-factor").status_code == 200
    assert code_of(send(client, f"DELETE /users/{person.id}/second-factor")) == (409, "account.second_factor_none")
    assert code_of(send(client, f"DELETE /users/{boss.id}/second-factor")) == (403, "account.not_oneself")
    entry = journal.history(f"user:{person.id}")[-1]
    assert (entry.verb, entry.actor, entry.via) == ("user.second_factor_reset", boss.id, "session")


def test_an_administrators_is_reset_only_at_the_keyboard(cast, admin, operator):
    """As their passwords are: none of the three weakens another's way in (8.1.5)."""
    audit = with_password(cast.hire("shen.ji", Role.AUDIT_ADMIN, EVERYWHERE))
    enrol(by_password(audit))
    client = by_password(admin)
    enrol(client)
    assert code_of(send(client, f"DELETE /users/{audit.id}/second-factor")) == (
        403, "account.administrators_at_keyboard")
    second_factor.reset(operator, audit.id)
    assert not SecondFactor.objects.filter(pk=audit.id).exists()


def test_somebody_outside_is_not_found(cast, asked):
    person = with_password(cast.of(Role.AREA_ADMIN, EVERYWHERE))
    enrol(by_password(person))
    caller = cast.of(Role.SYSTEM_ADMIN, TOWN)
    actor = queries.half_signed_in(cast.key(caller))
    actor = type(actor)(caller.id, caller.login, queries.grants_of(caller.id), factor="shown")
    refused(lambda: second_factor.reset(actor, person.id), KernelError.NOT_FOUND)
