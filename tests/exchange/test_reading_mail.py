"""Mail read over IMAP from a real server, and messages made to harm (INT-01: e-mail as a channel)."""

import ssl
import time
from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from jingwei.cases.ports import Incoming
from jingwei.exchange.errors import ExchangeError
from jingwei.exchange.mail.errors import MailError
from jingwei.exchange.mail.opening import LARGEST, opened
from jingwei.exchange.mail.reader import Reader
from jingwei.kernel.errors import Refusal
from tests.exchange.imap import Box, imap_server
from tests.exchange.servers import certificate_for, silent_server

PLAIN = "From: =?utf-8?b?5p2O56S65L6L?= <li@example.test>\r\nMessage-ID: <1@x>\r\nSubject: =?gb2312?b?wre1xrK7wcE=?=\r\n\r\nwords\r\n"


@pytest.fixture
def box() -> Iterator[Box]:
    with imap_server() as found:
        yield found


def settings(box: Box, **more: str) -> dict[str, str]:
    return {"host": "127.0.0.1", "port": str(box.port), "security": "none", "user": "centre@example.test", "password": box.password, "folder": "INBOX"} | more


def read(box: Box, validity: int = 0, after: int = 0, most: int = 50, **more: str) -> list[Incoming]:
    return list(Reader().read(settings(box, **more), validity=validity, after=after, since=date(2026, 11, 28), most=most))


def test_new_messages_are_read_in_order_and_left_as_they_are(box: Box) -> None:
    box.put(PLAIN)
    box.put(PLAIN.replace("<1@x>", "<2@x>"))
    first, second, last = read(box)
    assert (first.uid, second.uid, last.uid, last.letter, first.validity) == (1, 2, 2, None, 7)
    assert first.letter is not None
    assert (first.letter.name, first.letter.sender, first.letter.subject, first.letter.text) == ("李示例", "li@example.test", "路灯不亮", "words")
    assert any(said.startswith("EXAMINE") for said in box.said)
    assert any("BODY.PEEK" in said for said in box.said)
    assert not any(word in said for said in box.said for word in ("STORE", "SELECT", "DELETE", "MOVE"))
    assert [one.uid for one in read(box, 7, 1) if one.letter] == [2]
    assert [one.letter for one in read(box, 7, 2)] == [None]


def test_few_at_a_time_and_the_rest_the_next_time(box: Box) -> None:
    for number in range(5):
        box.put(PLAIN.replace("<1@x>", f"<{number}@x>"))
    assert [one.uid for one in read(box, most=2)] == [1, 2]


def test_numbers_given_anew_are_read_from_the_beginning(box: Box) -> None:
    box.put(PLAIN)
    assert [one.uid for one in read(box, validity=6, after=900) if one.letter] == [1]


@pytest.mark.parametrize(("more", "reason"), [
    ({"password": "falsch"}, MailError.BOX_SIGN_IN), ({"password": "密码"}, MailError.BOX_SIGN_IN), ({"folder": "Junk"}, MailError.NO_FOLDER),
    ({"port": "1"}, ExchangeError.UNREACHABLE),
])
def test_what_is_wrong_is_said_in_words(box: Box, more: dict[str, str], reason: Any) -> None:
    with pytest.raises(Refusal) as caught:
        read(box, **more)
    assert caught.value.reason is reason


@pytest.mark.parametrize(("more", "reason"), [
    ({"security": "ssl"}, MailError.BAD_SECURITY), ({"port": "x"}, MailError.BAD_BOX_PORT), ({"port": "70000"}, MailError.BAD_BOX_PORT),
    ({"folder": 'IN"BOX'}, MailError.BAD_FOLDER), ({"folder": "IN\r\nBOX"}, MailError.BAD_FOLDER),
])
def test_settings_that_cannot_work_are_refused(box: Box, more: dict[str, str], reason: Any) -> None:
    with pytest.raises(Refusal) as caught:
        Reader().check(settings(box, **more))
    assert caught.value.reason is reason


def test_a_server_that_claims_a_huge_length_is_left(box: Box) -> None:
    box.put(PLAIN)
    box.claims = 4_000_000_000
    with pytest.raises(Refusal) as caught:
        read(box)
    assert caught.value.reason is ExchangeError.BROKEN_OFF


def test_a_server_that_says_nothing_is_left_in_time(monkeypatch: pytest.MonkeyPatch, box: Box) -> None:
    monkeypatch.setattr("jingwei.exchange.mail.reader._SECONDS", 0.5)
    with silent_server() as port, pytest.raises(Refusal) as caught:
        read(box, port=str(port))
    assert caught.value.reason is ExchangeError.SLOW


def test_over_tls_the_name_is_proven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = certificate_for("127.0.0.1", tmp_path)
    with imap_server(certificate) as box:
        box.put(PLAIN)
        with pytest.raises(Refusal) as caught:
            read(box, security="tls")
        assert caught.value.reason is ExchangeError.NOT_TRUSTED
        trusting = ssl.create_default_context(cafile=str(certificate))
        monkeypatch.setattr(ssl, "create_default_context", lambda *_, **__: trusting)
        assert read(box, security="tls")[0].uid == 1


def message(**more: Any) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = more.get("sender", "li@example.test"), "路灯不亮", "<1@x>"
    made.set_content(more.get("text", "枫林路 12 号门前的路灯不亮"))
    return made


def open_(made: EmailMessage) -> Any:
    raw = made.as_bytes()
    return opened(raw, len(raw))


def test_a_page_becomes_words_and_nothing_in_it_acts() -> None:
    made = EmailMessage()
    made["From"] = "li@example.test"
    made.set_content("<html><head><title>t</title><script>alert(1)</script></head><body><p>路灯<b>不亮</b></p><img src='http://x.test/p.gif'>"
                     "<style>p{}</style><a href='javascript:x'>看</a></body></html>", subtype="html")
    assert open_(made).text.split() == ["路灯不亮", "看"]


def test_attachments_are_taken_by_kind_and_the_others_are_named() -> None:
    made = message()
    made.add_attachment(b"\xff\xd8\xff\xe0x", maintype="image", subtype="jpeg", filename="现场.jpg")
    made.add_attachment(b"PK\x03\x04", maintype="application", subtype="zip", filename="一堆.zip")
    made.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="a.exe")
    made.add_attachment("<script>", subtype="html", filename="b.html")
    found = open_(made)
    assert [one.name for one in found.attached] == ["现场.jpg"]
    assert found.left_out == ("一堆.zip", "a.exe", "b.html")


@pytest.mark.parametrize(("name", "value"), [
    ("Auto-Submitted", "auto-replied"), ("Precedence", "bulk"), ("List-Id", "<x>"), ("Return-Path", "<>"),
])
def test_automatic_answers_are_known(name: str, value: str) -> None:
    made = message()
    made[name] = value
    assert open_(made).by_machine
    assert not open_(message()).by_machine
    assert open_(message(sender="MAILER-DAEMON@x.test")).by_machine


def test_the_same_message_has_the_same_key() -> None:
    again = message(text="改过的内容")
    assert open_(message()).key == open_(again).key
    again.replace_header("Message-ID", "<2@x>")
    assert open_(message()).key != open_(again).key


def test_long_words_are_cut_and_it_is_said() -> None:
    found = open_(message(text="长" * 9000))
    assert (len(found.text), found.cut) == (4000, True)


def _nested(depth: int) -> bytes:
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth))
    return b"From: li@example.test\r\n" + head.encode() + b"Content-Type: text/plain\r\n\r\nx\r\n"


BOMBS = {
    "deep": _nested(5000), "deep but not too": _nested(25),
    "parts": b"From: a@b.c\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\nA\r\n" * 300_000,
    "headers": b"From: a@b.c\r\n" + b"X: y\r\n" * 200_000 + b"\r\nx", "one header": b"From: a@b.c\r\nSubject: " + b"=?utf-8?q?a?= " * 100_000 + b"\r\n\r\nx",
    "tags": b"From: a@b.c\r\nContent-Type: text/html\r\n\r\n" + b"<p" * 1_000_000, "open comments": b"From: a@b.c\r\nContent-Type: text/html\r\n\r\n" + b"<!--" * 300_000,
    "no charset": b"From: a@b.c\r\nContent-Type: text/plain; charset=zzz\r\n\r\n\xff\xfe\x00", "nothing": b"", "zeros": b"\0" * 1000,
    "wrong base64": b"From: a@b.c\r\nContent-Transfer-Encoding: base64\r\n\r\n====A\xff", "no address": b"From: \xff\xff <<<>>>,,\r\n\r\nx",
    "forwarded": b"From: a@b.c\r\nContent-Type: message/rfc822\r\n\r\n" + PLAIN.encode(),
    "surrogates": b"From: a@b.c\r\nSubject: \xed\xa0\x80\r\n\r\n\xed\xa0\x80\0x",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_message_made_to_harm_is_taken_apart_in_time_or_named(bomb: str) -> None:
    raw = BOMBS[bomb]
    began = time.monotonic()
    found = opened(raw, len(raw))
    assert time.monotonic() - began < 10
    assert len(found.text) <= 4000
    assert "\0" not in found.subject + found.text + found.sender + found.name


def test_of_a_message_that_is_too_large_the_beginning_is_taken() -> None:
    raw = PLAIN.encode() + b"x" * 100_000
    found = opened(raw, LARGEST * 3)
    assert (found.subject, found.cut, found.left_out) == ("路灯不亮", True, ("（邮件过大，只收下开头）",))
