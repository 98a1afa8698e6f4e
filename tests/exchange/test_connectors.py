"""Every connector: what it sends, how it is signed, and that it says exactly what went wrong. All of one shape."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from jingwei.exchange import outside
from jingwei.exchange.chat.shapes import SHAPES
from jingwei.exchange.ports import connectors
from jingwei.kernel.errors import Refusal
from jingwei.notices.ports import WAYS, Outcome, Words
from tests.exchange.servers import certificate_for, mail_server, silent_server, took, web_server

WORDS = Words("案件 990101-2026-000001 派给了环卫所", ("暴露垃圾，柳溪一号单元。",), "https://jingwei.example.cn/cases/1")
KEY = "0190a000-0000-7000-8000-000000000001"
FOLDER = Path(outside.__file__).parent


def sent(outcome: Outcome) -> str:
    """The state, with the code of what went wrong."""
    return outcome.state + (f" {outcome.why.reason.code}" if outcome.why else "") + (" receiver" if outcome.receiver else "")


def robot(kind: str, url: str, words: Words = WORDS, **settings: str) -> str:
    return sent(connectors()[kind].send({"url": url, **settings}, "", words, KEY))


def mail(port: int, to: str = "acceptor@example.test", **settings: str) -> Outcome:
    given: Mapping[str, str] = {"host": "127.0.0.1", "port": str(port), "security": "none", "user": "", "password": "",
                                "sender": "notice@example.test"} | settings
    connectors()["mail"].check(given)
    return connectors()["mail"].send(given, to, WORDS, KEY)


def test_every_folder_has_the_same_shape() -> None:
    """Style, habit 11: a new connector is a folder and touches no central file."""
    folders = [path for path in FOLDER.iterdir() if (path / "__init__.py").exists() and path.name != "__pycache__"]
    assert {path.name for path in folders} == {"mail", "sms", "chat"}
    for folder in folders:
        assert {"README.md", "client.py", "errors.py"} <= {path.name for path in folder.iterdir()}
    for kind, one in connectors().items():
        assert (one.kind, one.way in WAYS, bool(one.name), bool(one.fields)) == (kind, True, True, True)


def test_what_is_secret_is_marked_so() -> None:
    secret = {f"{kind}.{field.name}" for kind, one in connectors().items() for field in one.fields if field.secret}
    assert secret == {"mail.password", "sms.key", "wecom.url", "dingtalk.url", "dingtalk.secret", "feishu.url", "feishu.secret"}


@pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
def test_a_robot_is_told_title_lines_and_link(kind: str) -> None:
    with web_server() as web:
        assert robot(kind, web.url("/robot?key=abc"), word="【网格】") == "sent"
    body = web.asked[0]["body"]
    text = body["content"]["text"] if kind == "feishu" else body["text"]["content"]
    assert text == f"【网格】 {WORDS.title}\n{WORDS.lines[0]}\n{WORDS.link}"
    assert body.get("msgtype", body.get("msg_type")) == "text"
    assert "key=abc" in web.asked[0]["path"]


def test_dingtalk_is_signed_in_the_address() -> None:
    with web_server() as web:
        assert robot("dingtalk", web.url("/robot/send?access_token=t"), secret="SEC1") == "sent"
    asked = parse_qs(urlsplit(web.asked[0]["path"]).query)
    stamp = asked["timestamp"][0]
    expected = hmac.new(b"SEC1", f"{stamp}\nSEC1".encode(), hashlib.sha256).digest()
    assert (base64.b64decode(asked["sign"][0]), len(stamp)) == (expected, 13)


def test_feishu_is_signed_in_the_body() -> None:
    with web_server() as web:
        assert robot("feishu", web.url("/open-apis/bot/v2/hook/x"), secret="SEC2") == "sent"
    body = web.asked[0]["body"]
    expected = hmac.new(f"{body['timestamp']}\nSEC2".encode(), b"", hashlib.sha256).digest()
    assert (base64.b64decode(body["sign"]), len(body["timestamp"])) == (expected, 10)


def test_signatures_follow_from_time_and_secret_alone() -> None:
    """Held against values worked out by openssl dgst -hmac, so that both sides of a test cannot be wrong together."""
    by_kind = {shape.kind: shape for shape in SHAPES}
    url, _ = by_kind["dingtalk"].wrap("https://a.example/s?access_token=t", "secret", "字", 1700000000.0)
    assert url == "https://a.example/s?access_token=t&timestamp=1700000000000&sign=OuzzJR5%2BxZ4%2FEYwqtNt6sMYZQMTa%2FHEGvc9miJe7XzY%3D"
    _, body = by_kind["feishu"].wrap("https://a.example/h", "demo", "字", 1599360473.0)
    assert (body["timestamp"], body["sign"]) == ("1599360473", "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=")


@pytest.mark.parametrize(("kind", "answer", "expected"), [
    ("wecom", {"errcode": 0, "errmsg": "ok"}, "sent"),
    ("wecom", {"errcode": 93000, "errmsg": "invalid webhook url"}, "refused chat.unknown_robot"),
    ("wecom", {"errcode": 45009}, "later chat.too_many"),
    ("dingtalk", {"errcode": 0}, "sent"),
    ("dingtalk", {"errcode": 310000, "errmsg": "sign not match"}, "refused chat.not_signed"),
    ("dingtalk", {"errcode": 130101}, "later chat.too_many"),
    ("dingtalk", {"errcode": 300005}, "refused chat.unknown_robot"),
    ("feishu", {"code": 0, "msg": "success"}, "sent"),
    ("feishu", {"StatusCode": 0, "StatusMessage": "success"}, "sent"),
    ("feishu", {"code": 19021, "msg": "sign match fail"}, "refused chat.not_signed"),
    ("feishu", {"code": 11232}, "later chat.too_many"),
    ("feishu", {"code": 99999}, "refused chat.refused"),
    ("wecom", {}, "refused chat.refused"),
    ("wecom", [1], "refused exchange.bad_answer"),
])
def test_an_answer_of_a_robot_says_what_went_wrong(kind: str, answer: object, expected: str) -> None:
    with web_server() as web:
        web.answer = 200, answer
        assert robot(kind, web.url()) == expected


def test_a_digest_is_cut_to_what_a_robot_takes() -> None:
    with web_server() as web:
        assert robot("wecom", web.url(), Words("100 条新消息", tuple("案件编号很长很长很长" * 3 for _ in range(100)))) == "sent"
    assert len(web.asked[0]["body"]["text"]["content"].encode()) <= 2000


def test_a_robot_that_hangs_costs_five_seconds_at_the_most() -> None:
    with silent_server() as port:
        results: list[str] = []
        seconds = took(lambda: results.append(robot("wecom", f"http://127.0.0.1:{port}/")))
    assert results == ["later exchange.slow"]
    assert seconds < 7


def test_an_sms_goes_to_the_gateway_with_its_key() -> None:
    with web_server() as web:
        web.answer = 200, {"code": "OK"}
        outcome = connectors()["sms"].send({"url": web.url(), "key": "K", "sign": "示例", "names": "phone=mobile,text=content"},
                                           "13900001234", WORDS, KEY)
    asked = web.asked[0]
    assert sent(outcome) == "sent"
    assert asked["body"] == {"mobile": "13900001234", "content": f"{WORDS.title}，{WORDS.lines[0]}", "sign": "示例", "id": KEY}
    assert (asked["headers"]["Authorization"], asked["headers"]["Idempotency-Key"]) == ("Bearer K", KEY)


@pytest.mark.parametrize(("answer", "expected"), [
    ((200, {"code": 0}), "sent"), ((200, b""), "sent"), ((200, {"code": "isv.AMOUNT_NOT_ENOUGH"}), "refused sms.refused"),
    ((401, {}), "refused exchange.refused"), ((503, {}), "later exchange.later"), ((200, b"<html>"), "refused exchange.bad_answer")])
def test_an_answer_of_a_gateway_says_what_went_wrong(answer: tuple[int, object], expected: str) -> None:
    with web_server() as web:
        web.answer = answer
        assert sent(connectors()["sms"].send({"url": web.url()}, "13900001234", WORDS, KEY)) == expected


@pytest.mark.parametrize("names", ["phone", "phone=", "x=y", "phone=a b", "phone=号码"])
def test_names_that_no_gateway_has_are_refused(names: str) -> None:
    with pytest.raises(Refusal):
        connectors()["sms"].check({"url": "https://a.example/", "names": names})


def test_a_mail_arrives_with_the_key_as_its_id() -> None:
    with mail_server() as post:
        assert sent(mail(post.port, user="notice", password="secret")) == "sent"
    sender, receivers, text = post.mails[0]
    assert ("notice@example.test" in sender, receivers[0].upper().startswith("RCPT TO:<ACCEPTOR@")) == (True, True)
    assert f"Message-ID: <{KEY}@example.test>" in text
    assert post.signed_in


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_mail_goes_encrypted(security: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = certificate_for("127.0.0.1", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(certificate, starttls=security == "starttls") as post:
        assert sent(mail(post.port, security=security)) == "sent"
    assert len(post.mails) == 1


def test_a_mail_server_with_a_certificate_of_another_name_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = certificate_for("other.example", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    for starttls in (False, True):
        with mail_server(certificate, starttls=starttls) as post:
            assert sent(mail(post.port, security="starttls" if starttls else "tls")) == "refused exchange.not_trusted"
            assert post.mails == []


@pytest.mark.parametrize(("replies", "expected"), [
    ({"AUTH": "535 no"}, "refused mail.sign_in"), ({"RCPT": "550 unknown"}, "refused mail.receiver_refused receiver"),
    ({"RCPT": "450 greylisted"}, "later mail.later"), ({"MAIL": "553 not yours"}, "refused mail.sender_refused"),
    ({"DATA": "451 later"}, "later mail.later"), ({"greeting": "554 go away"}, "refused mail.sender_refused"),
    ({"greeting": "421 busy"}, "later mail.later")])
def test_an_answer_of_a_mail_server_says_what_went_wrong(replies: dict[str, str], expected: str) -> None:
    with mail_server() as post:
        post.replies = replies
        assert sent(mail(post.port, user="notice", password="secret")) == expected


def test_a_mail_server_without_starttls_is_named() -> None:
    with mail_server() as post:
        assert sent(mail(post.port, security="starttls")) == "refused mail.no_starttls"


def test_a_mail_server_that_is_not_there_is_named() -> None:
    with mail_server() as post:
        port = post.port
    assert sent(mail(port)) == "later exchange.unreachable"


def test_a_mail_server_outside_is_not_spoken_to_in_clear() -> None:
    outside.allow([])
    with mail_server() as post:
        assert sent(mail(post.port)) == "refused exchange.inside"


@pytest.mark.parametrize(("field", "value"), [
    ("security", "ssl"), ("port", "0"), ("port", "70000"), ("port", "１２"), ("port", "x"), ("sender", "nobody"), ("sender", "a@b\r\nBcc: c@d"),
    ("sender", "@b")])
def test_settings_of_mail_that_cannot_work_are_refused(field: str, value: str) -> None:
    good = {"host": "a.example", "port": "25", "security": "tls", "sender": "a@b.example"}
    connectors()["mail"].check(good)
    with pytest.raises(Refusal):
        connectors()["mail"].check(good | {field: value})
