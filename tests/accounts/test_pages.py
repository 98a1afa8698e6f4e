"""The two pages that work without scripts: a one-time link, and signing in."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from jingwei.accounts import queries
from jingwei.accounts.commands import invitations, sign_in, users
from jingwei.accounts.errors import AccountError
from jingwei.accounts.http import COOKIE
from jingwei.accounts.queries import Role
from jingwei.kernel import clock
from tests.accounts.asking import refused, refused_and_counted
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def our_failure_page(settings):
    settings.CSRF_FAILURE_VIEW = "jingwei.accounts.pages.csrf_refused"


@pytest.fixture
def invited(cast, operator):
    return users.reset(operator, cast.hire("wang.li", Role.SUPERVISOR).id)


def fill(client: Client, address: str, **fields: str):
    """Open the page as a browser without scripts does, fill in the form, send it."""
    token = client.get(address).cookies.get("csrftoken") or client.cookies["csrftoken"]
    return client.post(address, {"csrfmiddlewaretoken": token.value, **fields})


def test_a_link_sets_a_password_once_and_the_person_signs_in(invited):
    client = Client(enforce_csrf_checks=True)
    page = client.get(f"/first/{invited.token}")
    assert page.status_code == 200
    assert "wang.li" in page.content.decode()
    done = fill(client, f"/first/{invited.token}", password=PASSWORD, again=PASSWORD)
    assert "密码已设置" in done.content.decode()
    answer = fill(client, "/sign-in", login="Wang.Li", password=PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert queries.actor_of_session(cookie.value).login == "wang.li"


def test_looking_at_a_link_does_not_use_it_up(invited):
    client = Client()
    for _ in range(3):
        assert client.get(f"/first/{invited.token}").status_code == 200
        assert client.head(f"/first/{invited.token}").status_code == 200
    invitations.accept(invited.token, PASSWORD)


def test_a_used_link_says_so_and_sets_nothing(invited):
    invitations.accept(invited.token, PASSWORD)
    for answer in (Client().get(f"/first/{invited.token}"),
                   Client().post(f"/first/{invited.token}", {"password": "别的口令 1234", "again": "别的口令 1234"})):
        assert answer.status_code == 409
        assert "已经用过" in answer.content.decode()
    assert sign_in.sign_in("wang.li", PASSWORD)


def test_a_link_ends_after_thirty_minutes(cast, operator):
    with clock.held_at(clock.now()):
        now = clock.now()
        link = users.reset(operator, cast.hire("wang.li").id)
    with clock.held_at(now + timedelta(minutes=29, seconds=59)):
        assert Client().get(f"/first/{link.token}").status_code == 200
    with clock.held_at(now + timedelta(minutes=30)):
        assert Client().get(f"/first/{link.token}").status_code == 409
        refused(lambda: invitations.accept(link.token, PASSWORD), AccountError.INVITATION_OVER)


def test_a_newer_link_replaces_the_older(invited, operator):
    newer = users.reset(operator, invited.user_id)
    assert Client().get(f"/first/{invited.token}").status_code == 404
    assert Client().get(f"/first/{newer.token}").status_code == 200


@pytest.mark.parametrize("token", ["x", "x" * 3000, "%00", "%FF%FE", "..%2F..", "<script>", "a b"])
def test_a_link_that_never_was_is_refused_in_words(cast, token):
    answer = Client().get(f"/first/{token}")
    assert answer.status_code == 404
    if "%2F" not in token:
        assert "链接无效" in answer.content.decode()


@pytest.mark.parametrize(("password", "again", "why"), [
    ("short", "short", "10 至 128"), (PASSWORD, PASSWORD + "x", "两次输入不一样"), ("1234567890123", "1234567890123", "数字"),
    ("", "", "10 至 128"), ("a\0" * 8, "a\0" * 8, "10 至 128"), ("x" * 5000, "x" * 5000, "10 至 128"),
    ("password123", "password123", "常见"),
])
def test_a_bad_password_brings_the_form_back_and_the_link_stays_good(invited, password, again, why):
    client = Client(enforce_csrf_checks=True)
    answer = fill(client, f"/first/{invited.token}", password=password, again=again)
    assert why in answer.content.decode()
    assert "<form" in answer.content.decode()
    invitations.accept(invited.token, PASSWORD)


def test_a_link_of_somebody_dismissed_is_dead(invited, operator):
    users.dismiss(operator, invited.user_id)
    assert Client().get(f"/first/{invited.token}").status_code == 404


def test_a_wrong_password_says_the_same_as_an_unknown_login(invited):
    invitations.accept(invited.token, PASSWORD)
    pages = set()
    for login in ("wang.li", "nobody"):
        answer = fill(Client(enforce_csrf_checks=True), "/sign-in", login=login, password="x")
        assert answer.status_code == 401
        page = answer.content.decode().replace(f'value="{login}"', "")
        pages.add(page.split('name="csrfmiddlewaretoken"')[0] + page.split("</form>")[1])
    assert len(pages) == 1
    assert "锁定 15 分钟" in pages.pop()


def test_what_was_typed_comes_back_as_text(cast):
    answer = fill(Client(), "/sign-in", login='"><script>alert(1)</script>', password="x")
    assert "<script>" not in answer.content.decode()
    assert '"><script>' in unescape(answer.content.decode())


@pytest.mark.parametrize("address", ["/sign-in", "/sign-out", "/first/x"])
def test_a_form_without_its_token_is_refused_in_chinese(cast, address):
    answer = Client(enforce_csrf_checks=True).post(address, {"login": "x", "password": "y"})
    assert answer.status_code == 403
    assert "请刷新页面" in answer.content.decode()
    assert "account.csrf" in answer.content.decode()


def test_signing_out_ends_the_session(cast):
    person = cast.of(Role.SUPERVISOR)
    client = Client()
    client.cookies[COOKIE] = cast.key(person)
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.cookies[COOKIE].value) == (302, "")
    assert queries.actor_of_session(cast.key(person)) is None


def test_the_pages_load_nothing_from_elsewhere_and_are_not_kept(invited):
    for address in ("/sign-in", f"/first/{invited.token}"):
        answer = Client().get(address)
        page = answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        assert re.findall(r"""(?:src|href|action)=["'](?!/|#|data:)[^>]*|<script|@import|url\(""", page) == []
        assert page.count("<label") == page.count('type="password"') + page.count('type="text"')


def test_too_many_tries_are_told_on_the_page(cast):
    for _ in range(10):
        refused_and_counted(lambda: sign_in.sign_in("nobody", "x"), AccountError.SIGN_IN_REFUSED)
    answer = fill(Client(), "/sign-in", login="nobody", password="x")
    assert answer.status_code == 429
    assert "5 分钟后再试" in answer.content.decode()


def test_the_three_first_administrators_get_a_link_each(operator, cast):
    """Issue: one-time first-administrator link (30 minutes); a repeat renews the links not yet used."""
    links = invitations.invite_first_administrators(operator, "http://127.0.0.1:8080/")
    assert [(first.role, first.login) for first in links] == [
        ("system_admin", "sysadmin"), ("security_admin", "secadmin"), ("audit_admin", "auditadmin")]
    assert all(first.link.startswith("http://127.0.0.1:8080/first/") for first in links)
    token = links[0].link.rpartition("/")[2]
    invitations.accept(token, PASSWORD)
    again = invitations.invite_first_administrators(operator, "http://127.0.0.1:8080")
    assert [bool(first.link) for first in again] == [False, True, True]
    assert Client().get(links[1].link.removeprefix("http://127.0.0.1:8080")).status_code == 404  # replaced
    for first in again[1:]:
        invitations.accept(first.link.rpartition("/")[2], PASSWORD)
    refused(lambda: invitations.invite_first_administrators(operator, "http://x"), AccountError.FIRST_DONE)
    roles = {first.login: [grant.role for grant in queries.grants_of(queries.staff(
        operator, find=first.login).items[0].id)] for first in links}
    assert roles == {"sysadmin": ["system_admin"], "secadmin": ["security_admin"], "auditadmin": ["audit_admin"]}


def test_first_administrators_are_invited_at_the_keyboard_and_never_one_for_two(operator, cast):
    system = cast.actor(cast.of(Role.SYSTEM_ADMIN, ""))
    refused(lambda: invitations.invite_first_administrators(system, "http://x"), AccountError.ADMINISTRATORS_AT_KEYBOARD)
    for logins in (["one", "one", "two"], ["one", "ＯＮＥ", "two"]):
        refused(lambda logins=logins: invitations.invite_first_administrators(operator, "http://x", logins),
                AccountError.LOGIN_TAKEN)
    cast.hire("sysadmin", Role.LEADER)
    refused(lambda: invitations.invite_first_administrators(operator, "http://x"), AccountError.LOGIN_TAKEN)
    assert queries.staff(operator, find="auditadmin").items == []


def test_the_page_for_signing_in_is_had_in_english_and_stays_so(invited):
    """C12: English begun. The choice is kept in a cookie that the desk reads too; `next` is not lost by choosing."""
    invitations.accept(invited.token, PASSWORD)
    client = Client(enforce_csrf_checks=True)
    page = client.get("/sign-in?next=/desk/today").content.decode()
    assert "登录名" in page
    assert 'lang="zh-Hans"' in page
    way = re.search(r'href="(/sign-in\?[^"]+language=en)"', page)
    assert way is not None
    english = client.get(unescape(way[1])).content.decode()
    assert "Sign in" in english
    assert 'html lang="en"' in english
    assert "登录" not in english
    refused = fill(client, "/sign-in?next=/desk/today", login="wang.li", password="not the password")
    assert refused.status_code == 401
    assert "登录" not in refused.content.decode()
    assert client.cookies["jingwei_language"].value == "en"
    answer = fill(client, unescape(way[1]), login="wang.li", password=PASSWORD)
    assert answer["Location"] == "/desk/today"


def test_a_language_that_there_is_not_is_chinese(cast):
    assert "登录名" in Client().get("/sign-in?language=xx").content.decode()
