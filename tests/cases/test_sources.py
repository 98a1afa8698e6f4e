"""Text messages and alarms of cameras that other systems send: signed, each once, bounded (INT-06, INT-04)."""

import base64
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.test import Client
from PIL import Image

from jingwei.accounts.errors import AccountError
from jingwei.cases import commands, queries, signing, sources
from jingwei.cases.commands.sources.receiving import forget_nonces
from jingwei.cases.models import Case, CaseFile, Letter, Source, SourceNonce
from jingwei.cases.source_errors import SourceError
from jingwei.files.keys import ensure_key
from jingwei.journal.queries import history
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError
from jingwei.kernel.ids import new_id
from jingwei.worklist.models import Item
from tests.cases.conftest import AT_SEA, GARBAGE, IN_FIRST, MONDAY_NINE, Centre, expect_refusal

pytestmark = pytest.mark.django_db
PHONE = "13912345678"
SMS = {"id": "m-1", "phone": PHONE, "text": "枫林路 12 号门前的路灯不亮，家里电话 13800001111"}
ALARM = {"id": "a-1", "camera": "LX-007", "title": "占道经营", "text": "连续三分钟", "lon": IN_FIRST[0], "lat": IN_FIRST[1], "place": "枫林路口"}
STAMP = int(MONDAY_NINE.timestamp())


def photo() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(held, "JPEG")
    return held.getvalue()


@pytest.fixture
def made(centre: Centre) -> Callable[..., tuple[UUID, str]]:
    """`made("sms")`: a source, and what it signs with."""
    ensure_key()

    def make(kind: str, **more: Any) -> tuple[UUID, str]:
        admin = centre.act("sysadmin")
        source_id = commands.set_source(admin, new_id(), **({
            "kind": kind, "name": "区短信平台", "area_code": "990101", "active": True, "trusted": False} | more))
        return source_id, commands.make_secret(admin, source_id)
    return make


@pytest.fixture
def sms(made: Any) -> tuple[UUID, str]:
    return made("sms")


@pytest.fixture
def trusted(made: Any) -> tuple[UUID, str]:
    return made("camera", name="视频平台", trusted=True)


def send(kind: str, source: tuple[UUID, str], body: Any, *, nonce: str = "", time: Any = STAMP, **changed: Any) -> Any:
    """A signed request as a platform sends it. `changed`: headers after signing; `raw`: another body than was signed."""
    data = orjson.dumps(body)
    nonce = nonce or new_id().hex
    raw = changed.pop("raw", data)
    headers = {signing.SOURCE: str(source[0]), signing.TIME: str(time), signing.NONCE: nonce,
               signing.SIGNATURE: signing.signature(source[1], kind, str(time), nonce, data)} | changed
    return Client().post(f"/api/intake/{kind}", raw, content_type="application/json", headers={
        name: value for name, value in headers.items() if value is not None})


def test_a_text_message_waits_in_the_inbox_with_its_sender_sealed(centre: Centre, sms: Any) -> None:
    answer = send("sms", sms, SMS)
    assert (answer.status_code, answer.json()["number"], answer.json()["again"]) == (201, "", False)
    assert not Case.objects.exists()
    line = queries.inbox(centre.act("acceptor")).letters[0]
    assert (line.via, line.via_name, line.mailbox, line.sender) == ("sms", "短信", "区短信平台", "139****78")
    assert PHONE not in str(line)
    assert "13800001111" not in str(line)
    assert [each["kind"] for each in queries.other_due(centre.act("acceptor"))] == ["letter"]
    assert [entry.verb for entry in history(f"letter:{line.id}")] == ["letter.came"]
    assert queries.sources(centre.act("sysadmin"))[0].heard_at == MONDAY_NINE


def test_made_a_case_its_sender_is_whom_to_call(centre: Centre, sms: Any) -> None:
    letter = UUID(send("sms", sms, SMS).json()["id"])
    shown = queries.inbox(centre.act("acceptor")).letters[0]
    taken = commands.take_letter(centre.act("acceptor"), letter, commands.Report(id=new_id(), text=shown.text, lon=IN_FIRST[0], lat=IN_FIRST[1]))
    case = Case.objects.get(id=taken.id)
    assert case.channel == "letter"
    told = commands.reveal(centre.act("acceptor"), case.id, reason="回访")
    assert (told["contact"]["phone"], list(told["numbers"].values())) == (PHONE, ["13800001111"])
    assert queries.caller_history(centre.act("acceptor"), PHONE).all == 1


@pytest.mark.parametrize("changed", [
    {signing.SIGNATURE: "0" * 64}, {signing.SIGNATURE: None}, {signing.SIGNATURE: "é"}, {signing.SOURCE: None}, {signing.SOURCE: "x"}, {signing.SOURCE: str(UUID(int=5))},
    {signing.NONCE: "another-nonce"}, {signing.NONCE: "a b"}, {signing.TIME: str(STAMP + 1)}, {signing.TIME: "soon"}, {signing.TIME: "²"},
    {"raw": orjson.dumps(SMS | {"text": "别的"})}])
def test_what_is_not_signed_as_it_stands_is_refused_alike(sms: Any, changed: dict[str, Any]) -> None:
    answer = send("sms", sms, SMS, **changed)
    assert (answer.status_code, answer.json()["code"]) == (401, "source.not_signed")
    assert not Letter.objects.exists()


def test_a_signature_for_one_way_in_is_none_for_another(made: Any, sms: Any) -> None:
    data, nonce = orjson.dumps(ALARM), "0123456789"
    wrong = signing.signature(sms[1], "camera", str(STAMP), nonce, data)
    assert send("camera", sms, ALARM, nonce=nonce, **{signing.SIGNATURE: wrong}).status_code == 401
    camera = made("camera")
    assert send("camera", camera, ALARM, **{signing.SIGNATURE: signing.signature(camera[1], "sms", str(STAMP), nonce, data)}, nonce=nonce).status_code == 401


@pytest.mark.parametrize("seconds", [-signing.WINDOW - 1, signing.WINDOW + 1])
def test_a_signature_out_of_time_is_told_the_time_here(sms: Any, seconds: int) -> None:
    answer = send("sms", sms, SMS, time=STAMP + seconds)
    assert (answer.status_code, answer.json()["code"]) == (401, "source.out_of_time")
    assert "2026-11-23T01:00:00" in answer.json()["detail"]
    assert send("sms", sms, SMS, time=STAMP + seconds - (1 if seconds > 0 else -1)).status_code == 201


def test_the_same_request_again_is_refused_and_the_same_message_taken_once(sms: Any) -> None:
    first = send("sms", sms, SMS, nonce="0123456789")
    again = send("sms", sms, SMS, nonce="0123456789")
    assert (again.status_code, again.json()["code"]) == (409, "source.replayed")
    anew = send("sms", sms, SMS)
    assert (anew.status_code, anew.json()["again"], anew.json()["id"]) == (200, True, first.json()["id"])
    assert Letter.objects.count() == 1


def test_a_new_secret_ends_the_old_one(centre: Centre, sms: Any) -> None:
    anew = commands.make_secret(centre.act("sysadmin"), sms[0])
    assert send("sms", sms, SMS).status_code == 401
    assert send("sms", (sms[0], anew), SMS).status_code == 201
    assert not any(anew in entry.data for entry in history(f"source:{sms[0]}"))


def test_paused_or_dropped_it_sends_nothing_more(centre: Centre, sms: Any) -> None:
    send("sms", sms, SMS)
    admin = centre.act("sysadmin")
    commands.set_source(admin, sms[0], kind="sms", name="区短信平台", area_code="990101", active=False, trusted=False)
    assert send("sms", sms, SMS).json()["code"] == "source.paused"
    commands.drop_source(admin, sms[0])
    assert send("sms", sms, SMS).json()["code"] == "source.not_signed"
    assert len(queries.inbox(centre.act("acceptor")).letters) == 1


def test_before_a_secret_was_made_nothing_is_taken(centre: Centre) -> None:
    source_id = commands.set_source(centre.act("sysadmin"), new_id(), kind="sms", name="平台", area_code="990101", active=True, trusted=False)
    assert send("sms", (source_id, ""), SMS).status_code == 401


def test_one_sender_is_stopped_and_others_get_through(centre: Centre, sms: Any) -> None:
    for number in range(sources.PER_SENDER):
        assert send("sms", sms, SMS | {"id": f"m-{number}"}).status_code == 201
    late = send("sms", sms, SMS | {"id": "m-x"})
    assert (late.status_code, late.json()["code"]) == (429, "source.too_many")
    assert send("sms", sms, SMS | {"id": "m-0"}).status_code == 200
    assert send("sms", sms, SMS | {"id": "m-y", "phone": "13900000000"}).status_code == 201
    assert "区短信平台：发来的过多" in queries.inbox(centre.act("acceptor")).troubles[0]
    assert queries.sources(centre.act("sysadmin"))[0].too_many == 1


def test_of_one_source_no_more_than_so_many_an_hour(sms: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(sources.PER_SOURCE, "sms", 2)
    answers = [send("sms", sms, SMS | {"id": f"m-{number}", "phone": f"1390000000{number}"}).status_code for number in range(3)]
    assert answers == [201, 201, 429]


@pytest.mark.parametrize(("changed", "status", "code"), [
    ({"phone": "谁"}, 422, "source.no_sender"), ({"phone": ""}, 422, "source.no_sender"), ({"id": " "}, 422, "source.nothing_said"),
    ({"text": ""}, 422, "source.nothing_said"), ({"text": "a\0b"}, 422, "case.bad_text"), ({"text": "字" * 4001}, 422, "case.too_long"),
    ({"sent_at": "2026-11-23T08:00:00"}, 422, "case.no_zone"), ({"extra": 1}, 400, "request.invalid"), ({"text": "字" * 9000}, 413, "request.body_too_large"),
    ({"id": "\ud800"}, 400, "request.invalid")])
def test_what_is_wrong_in_a_message_is_said(sms: Any, changed: dict[str, Any], status: int, code: str) -> None:
    body = SMS | changed
    if "\ud800" in str(body["id"]):
        data, nonce = b'{"id": "\\ud800", "phone": "13912345678", "text": "a"}', "0123456789"
        signature = signing.signature(sms[1], "sms", str(STAMP), nonce, data)
        answer = send("sms", sms, SMS, nonce=nonce, raw=data, **{signing.SIGNATURE: signature})
    else:
        answer = send("sms", sms, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Letter.objects.exists()


def test_an_alarm_of_a_source_that_is_not_trusted_waits_with_its_place_and_picture(centre: Centre, made: Any) -> None:
    picture = base64.b64encode(photo()).decode()
    assert send("camera", made("camera"), ALARM | {"picture": picture, "found_at": "2026-11-23T08:55:00+08:00"}).status_code == 201
    line = queries.inbox(centre.act("acceptor")).letters[0]
    assert (line.via, line.sender, line.subject, line.place, (line.lon, line.lat)) == ("camera", "LX-007", "占道经营", "枫林路口", IN_FIRST)
    assert len(line.files) == 1
    assert queries.open_letter_file(centre.act("acceptor"), line.id, line.files[0].id).media_type == "image/jpeg"
    taken = commands.take_letter(centre.act("acceptor"), line.id, commands.Report(id=new_id(), text="占道经营", lon=IN_FIRST[0], lat=IN_FIRST[1]))
    case = Case.objects.get(id=taken.id)
    assert (case.channel, CaseFile.objects.filter(case=case).count(), case.private) == ("video", 1, None)


def test_a_trusted_alarm_with_a_place_is_a_case_at_once_and_only_once(centre: Centre, trusted: Any) -> None:
    """INT-04: found on video, reported by nobody in particular."""
    body = ALARM | {"class_code": GARBAGE, "picture": base64.b64encode(photo()).decode()}
    answer = send("camera", trusted, body)
    case = Case.objects.get()
    assert (answer.status_code, answer.json()["number"]) == (201, case.number)
    assert (case.channel, case.state, case.text, case.reported_by, case.duties) == ("video", "reported", "占道经营\n连续三分钟", None, {})
    assert CaseFile.objects.get().case_id == case.id
    assert send("camera", trusted, body).json() == answer.json() | {"again": True}
    assert Case.objects.count() == 1
    assert history(f"case:{case.id}")[0].via == "source"
    assert not Item.objects.filter(subject__startswith="letter:").exists()
    assert queries.inbox(centre.act("acceptor"), state="taken").letters[0].number == case.number
    commands.file(centre.act("acceptor"), case.id)
    assert queries.detail(centre.act("acceptor"), case.id).case["number"] == case.number


@pytest.mark.parametrize("changed", [{"lon": AT_SEA[0], "lat": AT_SEA[1]}, {"lon": None, "lat": None}, {"class_code": "nothing"}])
def test_a_trusted_alarm_that_cannot_be_a_case_waits_for_an_acceptor(trusted: Any, changed: dict[str, Any]) -> None:
    answer = send("camera", trusted, ALARM | changed)
    assert (answer.status_code, answer.json()["number"]) == (201, "")
    assert not Case.objects.exists()
    assert Letter.objects.get().state == "waiting"


@pytest.mark.parametrize(("changed", "code"), [
    ({"lon": 400.0}, "case.bad_place"), ({"lat": None}, "case.bad_place"), ({"camera": ""}, "source.nothing_said"), ({"title": " "}, "source.nothing_said"),
    ({"picture": "%%%"}, "source.bad_picture"), ({"picture": "é"}, "source.bad_picture"), ({"picture": "YWJj"}, "source.bad_picture")])
def test_what_is_wrong_in_an_alarm_is_said(trusted: Any, changed: dict[str, Any], code: str) -> None:
    answer = send("camera", trusted, ALARM | changed)
    assert 400 <= answer.status_code < 500
    assert answer.json()["code"] == code
    assert not Letter.objects.exists()


def test_one_camera_that_cries_all_day_does_not_fill_the_queue(trusted: Any) -> None:
    answers = [send("camera", trusted, ALARM | {"id": f"a-{number}"}).status_code for number in range(sources.PER_CAMERA + 1)]
    assert answers == [201] * sources.PER_CAMERA + [429]
    assert send("camera", trusted, ALARM | {"id": "other", "camera": "LX-008"}).status_code == 201


def test_a_clock_that_runs_ahead_loses_no_alarm(trusted: Any) -> None:
    assert send("camera", trusted, ALARM | {"found_at": "2031-01-01T00:00:00Z"}).status_code == 201
    assert Letter.objects.get().found_at is None


def test_used_numbers_are_forgotten_once_their_time_is_over(sms: Any) -> None:
    send("sms", sms, SMS)
    assert forget_nonces(MONDAY_NINE + timedelta(seconds=2 * signing.WINDOW)) == 0
    assert forget_nonces(MONDAY_NINE + timedelta(seconds=2 * signing.WINDOW + 1)) == 1
    assert not SourceNonce.objects.exists()


def test_another_area_sees_nothing_of_it(centre: Centre, sms: Any) -> None:
    letter = UUID(send("sms", sms, SMS).json()["id"])
    assert queries.inbox(centre.act("neighbour")).letters == []
    with expect_refusal(KernelError.NOT_FOUND):
        commands.discard_letter(centre.act("neighbour"), letter, reason="广告")


@pytest.mark.parametrize("more", [{"name": ""}, {"name": "x" * 61}, {"area_code": ""}, {"area_code": "\0"}, {"kind": "fax"}, {"trusted": True}])
def test_a_source_that_cannot_work_is_refused(centre: Centre, more: dict[str, Any]) -> None:
    with expect_refusal(SourceError.BAD_SOURCE):
        commands.set_source(centre.act("sysadmin"), new_id(), **({"kind": "sms", "name": "平台", "area_code": "990101", "active": True, "trusted": False} | more))
    assert not Source.objects.exists()


def test_only_whoever_looks_after_the_system_sets_sources_up(centre: Centre, sms: Any) -> None:
    more = {"kind": "sms", "name": "平台", "area_code": "990101", "active": True, "trusted": False}
    for login in ("acceptor", "admin"):
        with expect_refusal(AccountError.NO_RIGHT):
            commands.set_source(centre.act(login), new_id(), **more)
        with expect_refusal(AccountError.NO_RIGHT):
            commands.make_secret(centre.act(login), sms[0])
    with expect_refusal(SourceError.KIND_STAYS):
        commands.set_source(centre.act("sysadmin"), sms[0], **(more | {"kind": "camera"}))


def test_an_hour_later_there_is_room_again(sms: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(sources, "PER_SENDER", 1)
    assert [send("sms", sms, SMS | {"id": each}).status_code for each in ("1", "2")] == [201, 429]
    with clock.held_at(MONDAY_NINE + timedelta(minutes=61)):
        assert send("sms", sms, SMS | {"id": "2"}, time=STAMP + 61 * 60).status_code == 201


@pytest.mark.parametrize(("given", "digits", "hint"), [
    ("+86 139-1234-5678", "8613912345678", "861****78"), ("12345", "12345", "****"), ("谁", "", "****"), ("1", "", "****"), ("１３９", "", "****"), ("139\n", "139", "****")])
def test_how_a_sender_is_read_and_shown(given: str, digits: str, hint: str) -> None:
    assert sources.phone_of(given) == digits
    assert sources.phone_hint(digits) == hint


def test_the_signature_of_the_manual_is_what_the_program_reckons() -> None:
    """The worked example that programmers check theirs against."""
    assert signing.signature("secret", "sms", "1795395600", "f3a1c5d7e9b2", b'{"id":"m-1"}') == (
        "2965bdc60b66d79735dca689d21639fdd77bfd58dd8a68081ca208f8f9ea82a3")
