"""New recovery codes for a code of the authenticator (8.1.4.1); who is still at the door is not online."""

import re

import pytest

from jingwei.accounts import queries
from jingwei.accounts.commands import recovery
from jingwei.accounts.commands.sign_in import TRIES
from jingwei.accounts.errors import AccountError
from jingwei.accounts.rights import Role
from jingwei.kernel.errors import Refusal
from tests.accounts.conftest import enrol, key_of, show, sign_in, verbs, with_password
from tests.accounts.test_pages import fill
from tests.cast import EVERYWHERE

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(admin, phone):
    """The administrator's browser, signed in by code; the next code is half a minute on."""
    client = sign_in(admin)
    assert show(client, phone.code()).status_code == 200
    return client


def codes_of(page: str) -> list[str]:
    return re.findall(r"<code>([1-8][a-z0-9]{3}-[a-z0-9]{4}-[a-z0-9]{4})</code>", page)


def test_a_code_of_the_authenticator_gives_a_new_set_and_voids_the_old(admin, phone, inside):
    page = fill(inside, "/sign-in/recovery", code=phone.code(1)).content.decode()
    fresh = codes_of(page)
    assert len(fresh) == len(phone.recovery) == 8
    assert not set(fresh) & set(phone.recovery)
    assert verbs(admin)[-1] == "user.second_factor_recovery_renewed"
    assert show(sign_in(admin), phone.recovery[0]).status_code == 422
    assert show(sign_in(admin), fresh[0]).status_code == 200


def test_a_wrong_code_changes_nothing_and_counts_like_a_wrong_password(admin, phone, inside):
    for _ in range(TRIES):
        answer = fill(inside, "/sign-in/recovery", code="000000")
        assert answer.status_code == 422
        assert "没有" in answer.content.decode()
    assert fill(inside, "/sign-in/recovery", code=phone.code(1)).status_code == 422, "the account is locked"
    assert "user.locked" in verbs(admin)
    assert "user.second_factor_recovery_renewed" not in verbs(admin)


def test_a_recovery_code_or_a_code_used_before_gives_none(phone, inside):
    assert fill(inside, "/sign-in/recovery", code=phone.recovery[0]).status_code == 422
    assert fill(inside, "/sign-in/recovery", code=phone.code()).status_code == 422


def test_whoever_is_half_in_or_has_no_second_factor_is_given_none(cast, admin, phone, asked):
    half = sign_in(admin)
    assert half.get("/sign-in/recovery")["Location"] == "/sign-in/code"
    actor = queries.half_signed_in(key_of(half))
    with pytest.raises(Refusal) as refusal:
        recovery.renew_recovery(actor, phone.code())
    assert refusal.value.reason is AccountError.SECOND_FACTOR_NEEDED
    plain = sign_in(with_password(cast.hire("ping.min", Role.ACCEPTOR)))
    assert fill(plain, "/sign-in/recovery", code="123456").status_code == 409


def test_online_are_only_those_of_whom_nothing_more_is_asked(cast, admin, phone, asked):
    def online() -> dict[str, int]:
        return {row.login: row.sessions for row in queries.online(queries.operator())}

    before = online().get("xi.tong", 0)
    half = sign_in(admin)
    assert online().get("xi.tong", 0) == before
    assert show(half, phone.code()).status_code == 200
    assert online()["xi.tong"] == before + 1
    plain = with_password(cast.hire("ping.min", Role.ACCEPTOR))
    sign_in(plain)
    assert online()["ping.min"] == 1
    asked.JINGWEI_SECOND_FACTOR = "everyone"
    assert "ping.min" not in online()
    asked.JINGWEI_SECOND_FACTOR = "off"
    assert online()["ping.min"] == 1
    asked.JINGWEI_SECOND_FACTOR = "administrators"
    enrolling = sign_in(with_password(cast.hire("xin.guan", Role.SYSTEM_ADMIN, EVERYWHERE)))
    assert "xin.guan" not in online(), "has a second factor still to set up"
    enrol(enrolling)
    assert online()["xin.guan"] == 1
