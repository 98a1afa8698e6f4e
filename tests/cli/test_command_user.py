"""`jingwei user`: at the server's own keyboard."""

from collections.abc import Callable

import pytest

from jingwei.accounts import queries as accounts


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
