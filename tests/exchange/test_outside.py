"""Connections to outside addresses: who may be spoken to, judged on the connected socket (no SSRF)."""

import ipaddress
import socket
from pathlib import Path
from typing import Any

import pytest

from jingwei.exchange import outside
from jingwei.exchange.errors import ExchangeError
from jingwei.exchange.outside import Limit, may_reach, post
from jingwei.kernel.errors import Refusal
from tests.exchange.servers import certificate_for, silent_server, took, web_server

JSON = {"Content-Type": "application/json"}


def why(deed: Any) -> ExchangeError:
    with pytest.raises(Refusal) as caught:
        deed()
    assert isinstance(caught.value.reason, ExchangeError)
    return caught.value.reason


@pytest.mark.parametrize("address", [
    "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "127.0.0.1", "0.0.0.0", "100.64.0.1", "224.0.0.1",
    "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:10.0.0.1",
    "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2002:7f00:1::"])
def test_an_inside_address_is_not_spoken_to_however_it_is_written(address: str) -> None:
    outside.allow([])
    assert not may_reach(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2400:3200::1", "::ffff:8.8.8.8"])
def test_a_public_address_is(address: str) -> None:
    outside.allow([])
    assert may_reach(ipaddress.ip_address(address))


def test_a_network_of_the_house_is_where_the_installation_names_it() -> None:
    outside.allow(["10.1.0.0/16"])
    assert may_reach(ipaddress.ip_address("10.1.9.9"))
    assert may_reach(ipaddress.ip_address("::ffff:10.1.9.9"))
    assert not may_reach(ipaddress.ip_address("10.2.0.1"))


def test_a_request_goes_out_and_its_answer_comes_back() -> None:
    with web_server() as web:
        answer = post(web.url("/a?b=1"), b'{"x": 1}', JSON)
    assert (answer.status, web.asked[0]["path"], web.asked[0]["body"]) == (200, "/a?b=1", {"x": 1})


def test_an_address_inside_is_refused_before_anything_is_sent() -> None:
    outside.allow([])
    with web_server() as web:
        assert why(lambda: post(web.url(), b"{}", JSON)) is ExchangeError.INSIDE
        assert why(lambda: post(web.url(host="localhost"), b"{}", JSON)) is ExchangeError.INSIDE
        assert web.asked == []


def test_a_name_that_resolves_to_an_inside_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    outside.allow([])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, 1, 6, "", ("10.0.0.7", 443))])
    assert why(lambda: post("https://robot.example.cn/x", b"{}", JSON)) is ExchangeError.INSIDE


def test_a_name_with_one_public_and_one_inside_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    outside.allow([])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [
        (socket.AF_INET, 1, 6, "", (where, 443)) for where in ("127.0.0.1", "8.8.8.8")])
    assert why(lambda: post("https://robot.example.cn/x", b"{}", JSON)) is ExchangeError.INSIDE


def test_a_name_that_changes_between_the_look_and_the_connection_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is looked up once; the address that was judged is the one connected to."""
    outside.allow([])
    looks: list[str] = []
    reached: list[tuple[str, int]] = []
    answers = iter(["8.8.8.8", "127.0.0.1", "127.0.0.1"])

    def look_up(host: str, *_: Any, **__: Any) -> Any:
        looks.append(host)
        return [(socket.AF_INET, 1, 6, "", (next(answers), 443))]

    def connect(address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert why(lambda: post("https://robot.example.cn/x", b"{}", JSON)) is ExchangeError.UNREACHABLE
    assert (looks, reached) == (["robot.example.cn"], [("8.8.8.8", 443)])


def test_who_is_connected_to_counts_and_not_who_was_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever led the packets elsewhere: the peer of the connected socket is judged before a byte is sent."""
    outside.allow([])
    real = socket.create_connection
    with web_server() as web:
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, 1, 6, "", ("8.8.8.8", web.port))])
        monkeypatch.setattr(socket, "create_connection", lambda address, **more: _quietly(real, web.port))
        assert why(lambda: post(f"https://robot.example.cn:{web.port}/x", b"{}", JSON)) is ExchangeError.INSIDE
        assert web.asked == []


def _quietly(real: Any, port: int) -> socket.socket:
    made = socket.socket()
    made.connect(("127.0.0.1", port))
    return made


def test_outside_the_house_only_encrypted_connections_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, 1, 6, "", ("8.8.8.8", 80))])
    assert why(lambda: post("http://robot.example.cn/x", b"{}", JSON)) is ExchangeError.NOT_SECURE


def test_a_certificate_is_asked_for_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right, other = certificate_for("127.0.0.1", tmp_path), certificate_for("other.example", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(right))
    with web_server(right) as web:
        assert post(web.url(scheme="https"), b"{}", JSON).status == 200
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    with web_server(other) as web:
        assert why(lambda: post(web.url(scheme="https"), b"{}", JSON)) is ExchangeError.NOT_TRUSTED
    monkeypatch.delenv("SSL_CERT_FILE")
    with web_server(right) as web:
        assert why(lambda: post(web.url(scheme="https"), b"{}", JSON)) is ExchangeError.NOT_TRUSTED


def test_a_redirect_is_not_followed() -> None:
    with web_server() as web:
        web.answer, web.headers = (302, b""), {"Location": "http://169.254.169.254/latest/"}
        assert why(lambda: post(web.url(), b"{}", JSON)) is ExchangeError.REDIRECTED
        assert len(web.asked) == 1


@pytest.mark.parametrize(("status", "reason"), [
    (400, ExchangeError.REFUSED), (401, ExchangeError.REFUSED), (404, ExchangeError.REFUSED), (429, ExchangeError.LATER),
    (500, ExchangeError.LATER), (503, ExchangeError.LATER)])
def test_a_status_says_whether_to_try_again(status: int, reason: ExchangeError) -> None:
    with web_server() as web:
        web.answer = status, {}
        assert why(lambda: post(web.url(), b"{}", JSON)) is reason


@pytest.mark.parametrize("behaviour", ["hang", "drip"])
def test_a_server_that_does_not_come_to_an_end_costs_the_time_limit(behaviour: str) -> None:
    with web_server() as web:
        web.behave = behaviour
        reason: list[ExchangeError] = []
        seconds = took(lambda: reason.append(why(lambda: post(web.url(), b"{}", JSON, seconds=1.0))))
    assert reason == [ExchangeError.SLOW]
    assert 0.9 < seconds < 2.0


def test_a_server_that_takes_connections_and_says_nothing_costs_the_time_limit() -> None:
    with silent_server() as port:
        seconds = took(lambda: why(lambda: post(f"https://127.0.0.1:{port}/", b"{}", JSON, seconds=1.0)))
    assert 0.9 < seconds < 2.0


def test_a_name_that_takes_long_to_look_up_costs_the_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    never = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [never.wait(20)][:0])
    assert took(lambda: why(lambda: post("https://robot.example.cn/", b"{}", JSON, seconds=0.5))) < 1.5
    never.set()


def test_an_answer_without_end_is_cut() -> None:
    with web_server() as web:
        web.answer = 200, b"x" * (outside.LARGEST_ANSWER + 100)
        assert why(lambda: post(web.url(), b"{}", JSON)) is ExchangeError.BAD_ANSWER


def test_a_broken_connection_is_said_to_be_broken() -> None:
    with web_server() as web:
        web.behave = "cut"
        assert why(lambda: post(web.url(), b"{}", JSON)) is ExchangeError.BROKEN_OFF
    assert why(lambda: post(web.url(), b"{}", JSON)) is ExchangeError.UNREACHABLE


@pytest.mark.parametrize("url", [
    "", "ftp://a.example/x", "robot.example.cn", "https://", "https://user:pass@a.example/", "https://a.example:99999/",
    "https://a.example/\r\nX: 1", "https://a.example/中", "https://[::1", "file:///etc/passwd", "https://a b.example/"])
def test_what_is_no_address_is_refused(url: str) -> None:
    assert why(lambda: outside.parts_of(url)) is ExchangeError.BAD_URL


def test_a_limit_runs_out() -> None:
    assert Limit(0.0).over
    assert Limit(0.0).left > 0
