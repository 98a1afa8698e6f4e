"""What the system administrator's page says of the installation: the checks of `jingwei doctor`, word for word."""

from collections.abc import Callable
from typing import Any

import pytest

from jingwei import __version__
from jingwei.accounts.models import User
from jingwei.accounts.queries import Role
from jingwei.accounts.rights import ADMINISTRATORS
from jingwei.config import checks
from jingwei.config.home import Home
from tests.cast import EVERYWHERE, Cast
from tests.settings import DATABASE

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(cast: Cast, home: Home) -> Callable[[], Any]:
    for role in ADMINISTRATORS:
        cast.of(role, EVERYWHERE)
    User.objects.update(password="set")  # three who could sign in
    client = cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    return lambda: client.get("/api/system").json()


def test_a_sound_home_has_no_fault(ask: Callable[[], Any]) -> None:
    told = ask()
    assert (told["version"], told["database"]) == (__version__, DATABASE)
    assert [each for each in told["findings"] if each["level"] == "fault"] == []
    assert {each["name"] for each in told["findings"]} == set(checks.CHECKS)
    assert told["last_backup"] is None
    assert told["position"] >= 0
    assert told["readers"] == []


def test_a_fault_is_told_with_its_way_out(ask: Callable[[], Any], home: Home) -> None:
    (home.keys / "vault.key").unlink()
    faults = [each for each in ask()["findings"] if each["level"] == "fault"]
    assert [each["name"] for each in faults] == ["密钥"]
    assert "keys import" in faults[0]["text"]


def test_the_page_says_what_the_keyboard_says(ask: Callable[[], Any], home: Home) -> None:
    (home.keys / "hash.key").chmod(0o644)
    told = [(each["level"], each["name"], each["text"]) for each in ask()["findings"] if each["name"] == "密钥"]
    assert told == [tuple(each) for each in checks.examine(home) if each.name == "密钥"]


def test_one_check_that_fails_keeps_none_from_running(
        ask: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(home: object) -> None:
        raise ValueError("no such thing")

    monkeypatch.setattr(checks, "CHECKS", {"坏的": broken, "磁盘": checks.CHECKS["磁盘"]})
    assert [(each["name"], each["level"] == "fault") for each in ask()["findings"]] == [("坏的", True), ("磁盘", False)]
