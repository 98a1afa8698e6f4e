"""Signing in by password and code, and setting the second factor up, without scripts."""

import base64
import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from jingwei.accounts import queries, words
from jingwei.accounts.http import COOKIE
from jingwei.accounts.models import SecondFactor
from jingwei.accounts.queries import Role
from jingwei.kernel import clock
from tests.accounts.conftest import Phone, enrol, with_password
from tests.accounts.conftest import sign_in as by_password
from tests.accounts.test_pages import fill
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db

DESK = "/desk/cases?state=filed&area=330199001#map"


@pytest.fixture(autouse=True)
def our_failure_page(settings):
    settings.CSRF_FAILURE_VIEW = "jingwei.accounts.pages.csrf_refused"


def browser(person, onward: str = "") -> Client:
    """A browser that has filled in login and password."""
    client = Client(enforce_csrf_checks=True)
    answer = fill(client, "/sign-in" + onward, login=person.login, password=PASSWORD)
    assert answer.status_code == 302
    client.defaults["went"] = answer["Location"]
    return client


def text_of(answer) -> str:
    return unescape(answer.content.decode())


def secret_on(page: str) -> bytes:
    """As somebody types it off the page: in groups of four."""
    found = re.search(r"<code>((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})</code>", page)
    assert found, page
    return base64.b32decode(found[1].replace(" ", ""))


def codes_on(page: str) -> list[str]:
    return re.findall(r"<li><code>([a-z0-9-]+)</code></li>", page)


def test_from_the_password_to_the_recovery_codes_and_in_again_by_code(admin):
    client = browser(admin, "?next=%2Fdesk%2F")
    assert client.defaults["went"] == "/sign-in/set-up?next=%2Fdesk%2F"
    page = client.get(client.defaults["went"])
    assert page.status_code == 200
    assert "<svg" in text_of(page)
    phone = Phone(secret_on(text_of(page)), [])
    assert secret_on(text_of(client.get(client.defaults["went"]))) == phone.secret  # looked at again, the same
    wrong = fill(client, client.defaults["went"], code="12345")
    assert wrong.status_code == 422
    assert "手机时间准确" in text_of(wrong)
    assert secret_on(text_of(wrong)) == phone.secret
    done = fill(client, client.defaults["went"], code=phone.code())
    assert done.status_code == 200
    phone.recovery = codes_on(text_of(done))
    assert len(phone.recovery) == 8
    assert 'href="/desk/"' in text_of(done)
    assert queries.actor_of_session(client.cookies[COOKIE].value).user_id == admin.id

    with clock.held_at(clock.now() + timedelta(seconds=30)):
        client = browser(admin, "?next=%2Fdesk%2F")
        assert client.defaults["went"] == "/sign-in/code?next=%2Fdesk%2F"
        page = text_of(client.get(client.defaults["went"]))
        assert admin.login in page
        assert "one-time-code" in page
        wrong = fill(client, client.defaults["went"], code="000000")
        assert wrong.status_code == 422
        assert "恢复码" in text_of(wrong)
        answer = fill(client, client.defaults["went"], code=phone.code())
        assert (answer.status_code, answer["Location"]) == (302, "/desk/")
        assert answer.cookies[COOKIE]["httponly"]
        assert queries.actor_of_session(client.cookies[COOKIE].value).user_id == admin.id

        client = browser(admin)
        assert client.defaults["went"] == "/sign-in/code"
        answer = fill(client, "/sign-in/code", code=phone.recovery[4].upper())
        assert (answer.status_code, answer["Location"]) == (302, "/")


def test_where_to_go_afterwards_survives_every_step(cast, asked):
    person = with_password(cast.of(Role.SUPERVISOR))
    client = Client()
    answer = client.post("/sign-in?next=" + DESK.replace("?", "%3F").replace("&", "%26").replace("#", "%23"),
                         {"login": person.login, "password": PASSWORD})
    assert answer["Location"] == DESK


@pytest.mark.parametrize("wanted", [
    "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example", "/\t/elsewhere.example",
    "/\n/elsewhere.example", "\t//elsewhere.example", " //elsewhere.example", "javascript:alert(1)", "data:text/html,x",
    "desk/", "", "/desk\r\nSet-Cookie: a=b", "/a\\..\\b", "/" + "x" * 1001, "http:/elsewhere.example", "/\x00/", "/\x85/x",
    "@elsewhere.example", "///elsewhere.example", "/\u00a0/x",
])
def test_an_address_that_could_lead_elsewhere_leads_to_the_first_page(cast, asked, wanted):
    assert words.local_path(wanted) == "/"
    person = with_password(cast.of(Role.SUPERVISOR))
    client = Client()
    answer = client.post("/sign-in", {"login": person.login, "password": PASSWORD}, QUERY_STRING=_query(wanted))
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize("wanted", ["/", "/desk/", DESK, "/desk/%2F%2Felsewhere.example", "/desk/?a=//b", "/区域", "/a@b:1"])
def test_addresses_within_the_site_are_kept(wanted):
    assert words.local_path(wanted) == wanted


def _query(wanted: str) -> str:
    from urllib.parse import urlencode

    return urlencode({"next": wanted})


@pytest.mark.parametrize("step", ["code", "set-up"])
def test_each_step_sends_whoever_is_not_there_yet_to_the_right_one(cast, admin, step):
    assert Client().get(f"/sign-in/{step}?next=/desk/")["Location"] == "/sign-in?next=%2Fdesk%2F"
    assert Client().post(f"/sign-in/{step}", {"code": "1"})["Location"] == "/sign-in"
    if step == "code":
        client = browser(admin)
        assert client.get("/sign-in/code")["Location"] == "/sign-in/set-up"
        assert fill_raw(client, "/sign-in/code", code="1")["Location"] == "/sign-in/set-up"
    else:
        enrol(by_password(admin))
        client = browser(admin)
        assert client.get("/sign-in/set-up")["Location"] == "/sign-in/code"
        assert fill_raw(client, "/sign-in/set-up", code="1")["Location"] == "/sign-in/code"


def fill_raw(client: Client, address: str, **fields: str):
    return client.post(address, {"csrfmiddlewaretoken": client.cookies["csrftoken"].value, **fields})


def test_whoever_is_in_already_goes_on(cast, asked):
    client = browser(with_password(cast.of(Role.SUPERVISOR)))
    assert client.get("/sign-in/code?next=/desk/")["Location"] == "/desk/"


def test_anybody_may_set_it_up_and_replaces_it_with_the_password(cast, asked):
    person = with_password(cast.of(Role.SUPERVISOR))
    with clock.held_at(clock.now() - timedelta(minutes=5)):
        client = browser(person)
        assert "两步验证" in text_of(client.get("/"))
        phone = Phone(secret_on(text_of(client.get("/sign-in/set-up"))), [])
        fill(client, "/sign-in/set-up", code=phone.code())
    first = bytes(SecondFactor.objects.get(pk=person.id).sealed)
    assert 'type="password"' in text_of(client.get("/sign-in/set-up"))
    wrong = fill(client, "/sign-in/set-up", password="不是这个")
    assert wrong.status_code == 422
    assert "密码" in text_of(wrong)
    page = fill(client, "/sign-in/set-up", password=PASSWORD)
    newer = Phone(secret_on(text_of(page)), [])
    assert newer.secret != phone.secret
    assert len(codes_on(text_of(fill(client, "/sign-in/set-up", code=newer.code())))) == 8
    assert bytes(SecondFactor.objects.get(pk=person.id).sealed) != first


def test_sending_the_last_form_again_shows_no_second_set_of_codes(admin):
    client = browser(admin)
    phone = Phone(secret_on(text_of(client.get("/sign-in/set-up"))), [])
    fill(client, "/sign-in/set-up", code=phone.code())
    again = fill(client, "/sign-in/set-up", code=phone.code(1))
    assert again.status_code == 409
    assert codes_on(text_of(again)) == []


def test_giving_up_half_way_ends_the_session(admin):
    client = browser(admin)
    client.get("/sign-in/set-up")
    key = client.cookies[COOKIE].value
    assert fill_raw(client, "/sign-out")["Location"] == "/"
    assert queries.half_signed_in(key) is None


def test_the_pages_load_nothing_from_elsewhere_and_are_not_kept(admin):
    client = browser(admin)
    pages = [client.get("/sign-in/set-up")]
    phone = Phone(secret_on(text_of(pages[0])), [])
    pages.append(fill(client, "/sign-in/set-up", code=phone.code()))
    pages.append(client.get("/sign-in/set-up"))  # asks for the password
    pages.append(browser(admin).get("/sign-in/code"))
    for answer in pages:
        page = answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        drawn = re.sub(r'xmlns="[^"]*"', "", page)
        assert re.findall(r"""(?:src|href|action)=["'](?!/|#|data:)[^>]*|<script|@import|url\(""", drawn) == []
        assert page.count("<label") == page.count('type="password"') + page.count('type="text"')


@pytest.mark.parametrize("address", ["/sign-in/code", "/sign-in/set-up"])
def test_a_form_without_its_token_is_refused_in_chinese(admin, address):
    client = browser(admin)
    answer = client.post(address, {"code": "123456"})
    assert answer.status_code == 403
    assert "请刷新页面" in text_of(answer)


@pytest.mark.parametrize("typed", ["", "\0", "x" * 5000, "<script>", "１２３４５６７８９", "١٢٣٤٥٦"])
def test_whatever_is_typed_comes_back_as_a_refusal_in_words(admin, typed):
    enrol(by_password(admin))
    client = browser(admin)
    answer = fill(client, "/sign-in/code", code=typed)
    assert answer.status_code == 422
    assert "<script>" not in answer.content.decode()
