"""`jingwei user`: at the server's own keyboard."""

import base64
from collections.abc import Callable

import pytest

from jingwei.accounts import factor
from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import invitations, second_factor, sign_in
from jingwei.kernel import clock
from tests.cast import PASSWORD


def link_in(said: str) -> str:
    return next(word for word in said.split() if "/first/" in word)


def test_a_person_is_added_with_a_post_and_a_link(command: Callable[..., str]) -> None:
    said = command("user", "add", "WangShili", "王示例", "--role", "acceptor", "--url", "https://grid.example")
    token = link_in(said).removeprefix("https://grid.example/first/")
    assert accounts.invitation(token).login == "wangshili"
    (person,) = accounts.staff(accounts.operator()).items
    assert (person.login, person.name, list(person.roles)) == ("wangshili", "王示例", ["acceptor"])


def test_a_post_that_does_not_exist_leaves_no_half_made_account(command: Callable[..., str]) -> None:
    command("user", "add", "wangshili", "王示例", "--role", "astronaut", status=1)
    assert accounts.staff(accounts.operator()).items == []


def test_a_reset_gives_a_new_link_and_ends_the_old_one(command: Callable[..., str]) -> None:
    first = link_in(command("user", "add", "wangshili", "王示例"))
    second = link_in(command("user", "reset", "wangshili"))
    assert first != second
    assert accounts.invitation(second.rpartition("/")[2]).login == "wangshili"


def test_a_closed_account_is_gone_for_every_command(command: Callable[..., str]) -> None:
    command("user", "add", "wangshili", "王示例")
    assert "已关闭" in command("user", "disable", "wangshili")
    assert "没有登录名为 wangshili" in command("user", "disable", "wangshili", status=1)
    assert "没有登录名为 wangshili" in command("user", "reset", "wangshili", status=1)


@pytest.mark.parametrize(("words", "status"), [
    (("user",), 2),
    (("user", "add", "wangshili"), 2),
    (("user", "add", "王", "王示例"), 1),
    (("user", "add", "a b", "王示例"), 1),
    (("user", "reset", "nobody"), 1),
])
def test_bad_words_are_refused(words: tuple[str, ...], status: int, command: Callable[..., str]) -> None:
    assert "没有" in command(*words, status=status) or status == 2


def test_a_lost_phone_is_reset_at_the_keyboard_even_for_an_administrator(command: Callable[..., str]) -> None:
    """Whoever operates the server lets an administrator in again; the password stays as it is."""
    token = link_in(command("user", "add", "sysadmin", "王示例", "--role", "system_admin")).rpartition("/")[2]
    invitations.accept(token, PASSWORD)
    key = sign_in.admit(accounts.staff(accounts.operator()).items[0].id).key
    actor = accounts.half_signed_in(key)
    assert actor is not None
    secret = base64.b32decode(second_factor.begin(actor, key).secret)
    second_factor.confirm(actor, key, factor.code_of(secret, factor.step_at(clock.now())))
    assert "下次登录时重新设置" in command("user", "reset-factor", "sysadmin")
    assert "没有设置两步验证" in command("user", "reset-factor", "sysadmin", status=1)
    assert "没有登录名为 nobody" in command("user", "reset-factor", "nobody", status=1)
    assert sign_in.sign_in("sysadmin", PASSWORD)
