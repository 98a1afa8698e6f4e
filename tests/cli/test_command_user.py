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
    for act in ("disable", "reset"):
        said = command("user", act, "wangshili", status=1)
        assert "已经关闭，不能恢复" in said
        assert "user add" in said


@pytest.mark.parametrize("written", ["系统管理员", " system_admin", "网格员", "网格员(监督员)", "值班长"])
def test_a_post_is_named_as_staff_tables_name_it(written: str, command: Callable[..., str]) -> None:
    command("user", "add", "wangshili", "王示例", "--role", written)
    (person,) = accounts.staff(accounts.operator()).items
    assert len(person.roles) == 1


def test_an_unknown_post_is_refused_with_the_list_of_posts(command: Callable[..., str]) -> None:
    said = command("user", "add", "wangshili", "王示例", "--role", "宇航员", status=1)
    assert "“宇航员”" in said
    for role in accounts.Role:
        assert f"{role.zh} {role.code}" in said


@pytest.fixture
def administrators(command: Callable[..., str]) -> None:
    """The three of `init`, each with a password."""
    for word in command("init").split():
        if "/first/" in word:
            invitations.accept(word.rpartition("/")[2], PASSWORD)


@pytest.mark.parametrize(("login", "title", "code"), [
    ("sysadmin", "系统管理员", "system_admin"), ("secadmin", "安全管理员", "security_admin"),
    ("auditadmin", "审计管理员", "audit_admin")])
def test_the_last_administrator_is_closed_only_knowingly_and_a_way_back_is_named(
        login: str, title: str, code: str, administrators: None, command: Callable[..., str]) -> None:
    said = command("user", "disable", login, status=1)
    assert f"除 {login} 外没有能登录的{title}" in said
    assert "--yes" in said
    assert "系统、安全、审计管理员都有人" in command("doctor")
    way_back = f"user add 新登录名 姓名 --role {code}"
    assert way_back in command("user", "disable", login, "--yes")
    assert way_back in command("init")
    assert way_back in command("doctor", status=1)
    command("user", "add", "newadmin", "李示例", "--role", code)
    assert f"没有能登录的{title}。newadmin 还没有设密码" in command("doctor")
    token = link_in(command("user", "reset", "newadmin")).rpartition("/")[2]
    invitations.accept(token, PASSWORD)
    assert "系统、安全、审计管理员都有人" in command("doctor")


def test_an_administrator_beside_whom_another_stands_is_closed_without_ado(
        administrators: None, command: Callable[..., str]) -> None:
    token = link_in(command("user", "add", "newadmin", "李示例", "--role", "system_admin")).rpartition("/")[2]
    invitations.accept(token, PASSWORD)
    assert "！" not in command("user", "disable", "sysadmin")


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
