"""The cast for every test of the room, and what tests of the second factor stand on."""

import base64
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from jingwei.accounts import factor
from jingwei.accounts.commands import invitations, users
from jingwei.accounts.http import COOKIE
from jingwei.accounts.queries import Role
from jingwei.journal import keys
from jingwei.journal import queries as journal
from jingwei.kernel import clock
from tests.accounts.asking import send
from tests.cast import EVERYWHERE, PASSWORD, Cast, Person, cast  # noqa: F401


@dataclass
class Phone:
    """Somebody's authenticator, and the recovery codes they printed."""

    secret: bytes
    recovery: list[str]

    def code(self, steps: int = 0) -> str:
        """What it shows now, or so many steps from now."""
        return factor.code_of(self.secret, factor.step_at(clock.now()) + steps)


@pytest.fixture
def home_keys(settings: Any, tmp_path: Any) -> None:
    """Keys to seal secrets with."""
    settings.HOME = replace(settings.HOME, root=tmp_path / "home")
    keys.create_missing(settings.HOME.keys)


@pytest.fixture
def asked(settings: Any, home_keys: None) -> Any:
    """The product's own default: administrators need a second factor."""
    settings.JINGWEI_SECOND_FACTOR = "administrators"
    return settings


@pytest.fixture
def admin(cast: Cast, asked: Any) -> Person:  # noqa: F811
    """A system administrator with a password and no second factor yet."""
    return with_password(cast.hire("xi.tong", Role.SYSTEM_ADMIN, EVERYWHERE))


def with_password(person: Person) -> Person:
    from jingwei.accounts.queries import operator

    invitations.accept(users.reset(operator(), person.id).token, PASSWORD)
    return person


def sign_in(person: Person, *, csrf: bool = False, **headers: str) -> Client:
    """A browser that has given the right password."""
    client = Client(enforce_csrf_checks=csrf)
    answer = send(client, "POST /session", {"login": person.login, "password": PASSWORD}, **headers)
    assert answer.status_code == 200, answer.content
    return client


def enrol(client: Client, password: str = "") -> Phone:
    """Set the second factor up as the desk does."""
    offer = send(client, "POST /me/second-factor", {"password": password})
    assert offer.status_code == 200, offer.content
    (typed,) = parse_qs(urlsplit(offer.json()["uri"]).query)["secret"]
    assert typed == offer.json()["secret"]
    phone = Phone(base64.b32decode(typed), [])
    done = send(client, "POST /me/second-factor/confirm", {"code": phone.code()})
    assert done.status_code == 200, done.content
    phone.recovery = done.json()["recovery"]
    return phone


def show(client: Client, code: str, **headers: str) -> Any:
    return send(client, "POST /session/second-factor", {"code": code}, **headers)


def key_of(client: Client) -> str:
    return client.cookies[COOKIE].value


@pytest.fixture
def phone(admin: Person) -> Phone:
    """The administrator's authenticator, set up a while ago."""
    with clock.held_at(clock.now() - timedelta(hours=1)):
        return enrol(sign_in(admin))


def verbs(person: Person) -> list[str]:
    return [entry.verb for entry in journal.history(f"user:{person.id}")]


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")
