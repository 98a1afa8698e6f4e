"""Connectors, choices and rules: secrets sealed and never shown again, said exactly what went wrong, journaled."""

import logging
from datetime import time
from typing import Any

import pytest

from jingwei.accounts.queries import Role, operator
from jingwei.exchange.errors import ExchangeError
from jingwei.journal import queries as journal
from jingwei.journal.commands import number_entries
from jingwei.journal.models import Entry
from jingwei.kernel.errors import KernelError
from jingwei.notices import commands, queries
from jingwei.notices.commands import Described, Wanted
from jingwei.notices.errors import TellingError
from jingwei.notices.models import Choice, Connector, Delivery
from tests.accounts.asking import refused
from tests.cast import EVERYWHERE, TOWN, Cast
from tests.notices.outboxes import REFUSED, Outbox

pytestmark = pytest.mark.django_db

SECRET = "https://robot.example.cn/hook/0190-secret"
Boxes = dict[str, Outbox]


def robot(**more: Any) -> Described:
    return Described(**{"name": "值班群", "settings": {"url": SECRET}} | more)


def test_a_secret_is_sealed_and_never_shown_again(cast: Cast, boxes: Boxes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    made = client.post("/api/connectors", {"kind": "wecom", "name": "值班群", "settings": {"url": SECRET}}, content_type="application/json")
    assert made.status_code == 201, made.content
    shown = client.get("/api/notices/office")
    (one,) = shown.json()["connectors"]
    assert (one["secrets"], one["settings"], one["state"]) == (["url"], {"host": "", "note": ""}, "well")
    kept = Connector.objects.get()
    number_entries()
    everything = [shown.content.decode(), made.content.decode(), bytes(kept.sealed).decode("latin1"), caplog.text,
                  *Entry.objects.values_list("data", flat=True)]
    assert not [text for text in everything if "0190-secret" in text]


def test_a_secret_left_out_stays_and_is_used(cast: Cast, boxes: Boxes) -> None:
    pk = commands.connect(operator(), "wecom", robot())
    commands.reconnect(operator(), pk, robot(name="改名", settings={"note": "夜班"}))
    (one,) = queries.office(operator()).connectors
    assert (one.name, one.settings["note"], one.secrets) == ("改名", "夜班", ["url"])
    commands.try_out(operator(), pk)
    assert boxes["wecom"].titles == ["这是一条试发的通知"]


def test_a_secret_is_not_led_to_another_host(cast: Cast, boxes: Boxes) -> None:
    """Who may change the address but never saw the key must not be able to have it sent somewhere else."""
    pk = commands.connect(operator(), "mail", Described("邮件", {"url": "password", "host": "mail.example.cn"}))
    refused(lambda: commands.reconnect(operator(), pk, Described("邮件", {"host": "evil.example.cn"})), TellingError.SECRET_AGAIN)
    commands.reconnect(operator(), pk, Described("邮件", {"host": "mail2.example.cn", "url": "typed again"}))


def test_a_trial_says_exactly_what_went_wrong(cast: Cast, boxes: Boxes) -> None:
    pk = commands.connect(operator(), "wecom", robot())
    boxes["wecom"].says = [REFUSED]
    client = cast.client(cast.of(Role.SYSTEM_ADMIN, EVERYWHERE))
    answer = client.post(f"/api/connectors/{pk}/try", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, ExchangeError.REFUSED.code)
    assert "404" in answer.json()["detail"]
    assert client.post(f"/api/connectors/{pk}/try", {}, content_type="application/json").status_code == 200
    tried = [entry.data for entry in journal.history(f"connector:{pk}") if entry.verb == "connector.tested"]
    assert tried == ['{"state":"refused"}', '{"state":"sent"}']


def test_a_trial_of_mail_needs_a_receiver(cast: Cast, boxes: Boxes) -> None:
    pk = commands.connect(operator(), "mail", Described("邮件", {"url": "x"}))
    refused(lambda: commands.try_out(operator(), pk), TellingError.NEEDS_RECEIVER)
    commands.try_out(operator(), pk, "me@example.cn")
    assert boxes["mail"].sent[0][0] == "me@example.cn"


@pytest.mark.parametrize(("change", "reason"), [
    ({"name": ""}, TellingError.BAD_NAME), ({"name": "字" * 61}, TellingError.BAD_NAME), ({"name": "a\0"}, TellingError.BAD_NAME),
    ({"settings": {}}, TellingError.FIELD_MISSING), ({"settings": {"url": "x", "ghost": "y"}}, TellingError.FIELD_UNKNOWN),
    ({"settings": {"url": "x" * 501}}, TellingError.FIELD_UNKNOWN), ({"settings": {"url": "x\ny"}}, TellingError.FIELD_UNKNOWN),
    ({"per_minute": 0}, TellingError.BAD_RATE), ({"per_minute": 601}, TellingError.BAD_RATE),
    ({"area_code": "999"}, TellingError.PLACE_UNKNOWN), ({"area_code": "\0"}, TellingError.PLACE_UNKNOWN),
    ({"unit_code": "X-9"}, TellingError.PLACE_UNKNOWN)])
def test_a_connector_that_cannot_work_is_refused(cast: Cast, boxes: Boxes, change: dict[str, Any], reason: TellingError) -> None:
    refused(lambda: commands.connect(operator(), "wecom", robot(**change)), reason)
    assert Connector.objects.count() == 0


def test_an_unknown_kind_is_refused_with_those_that_there_are(cast: Cast, boxes: Boxes) -> None:
    refused(lambda: commands.connect(operator(), "pigeon", robot()), TellingError.KIND_UNKNOWN)


def test_a_removed_connector_takes_its_waiting_messages_and_its_key_along(cast: Cast, boxes: Boxes) -> None:
    pk = commands.connect(operator(), "wecom", robot())
    commands.cut(operator(), pk)
    assert (Connector.objects.count(), Delivery.objects.count()) == (0, 0)
    refused(lambda: commands.try_out(operator(), pk), KernelError.NOT_FOUND)


def test_a_changed_rule_holds_at_once(cast: Cast, boxes: Boxes) -> None:
    commands.set_rule(operator(), "handle", active=False, urgent=True, ways=("chat", "mail"))
    kind = queries.in_force().kinds["handle"]
    assert (kind.active, kind.urgent, kind.ways) == (False, True, ("mail", "chat"))
    refused(lambda: commands.set_rule(operator(), "ghost", active=True, urgent=True, ways=()), KernelError.NOT_FOUND)
    refused(lambda: commands.set_rule(operator(), "handle", active=True, urgent=True, ways=("pigeon",)), TellingError.BAD_CHOICE)


def test_quiet_hours_of_the_house_can_be_set(cast: Cast, boxes: Boxes) -> None:
    commands.set_settings(operator(), quiet_from=time(22), quiet_until=time(6, 30), soon_minutes=45)
    force = queries.in_force()
    assert (force.quiet_from, force.quiet_until, force.soon_minutes) == (time(22), time(6, 30), 45)


@pytest.mark.parametrize("minutes", [4, 2881])
def test_soon_lies_between_five_minutes_and_two_days(cast: Cast, minutes: int) -> None:
    refused(lambda: commands.set_settings(operator(), quiet_from=time(1), quiet_until=time(2), soon_minutes=minutes),
            TellingError.BAD_CHOICE)


def test_a_choice_is_kept_sealed_and_shown_to_its_owner_alone(cast: Cast, boxes: Boxes) -> None:
    worker, other = cast.of(Role.HANDLER), cast.of(Role.HANDLER, TOWN, unit="B-1")
    client = cast.client(worker)
    body = {"mail": "worker@example.cn", "sms": "13900001234", "by_mail": True, "digest": "day", "quiet_from": "20:00",
            "quiet_until": "08:00", "off": ["outcome"]}
    assert client.put("/api/messages/choice", body, content_type="application/json").status_code == 200
    shown = client.get("/api/messages/choice").json()
    assert {name: shown[name] for name in body} == body | {"quiet_from": "20:00:00", "quiet_until": "08:00:00"}
    assert cast.client(other).get("/api/messages/choice").json()["mail"] == ""
    row = Choice.objects.get()
    assert b"worker@" not in bytes(row.sealed or b"")
    assert not [entry for entry in Entry.objects.values_list("data", flat=True) if "worker@" in entry or "13900001234" in entry]


@pytest.mark.parametrize(("wanted", "reason"), [
    (Wanted(by_mail=True), TellingError.WAY_NOT_READY), (Wanted(by_sms=True), TellingError.WAY_NOT_READY),
    (Wanted(mail="nobody"), TellingError.BAD_ADDRESS), (Wanted(mail="a@b.cn\r\nBcc: c@d.cn"), TellingError.BAD_ADDRESS),
    (Wanted(sms="12345"), TellingError.BAD_ADDRESS), (Wanted(sms="１３９００００１２３４"), TellingError.BAD_ADDRESS),
    (Wanted(digest="week"), TellingError.BAD_CHOICE), (Wanted(quiet_from=time(1)), TellingError.BAD_CHOICE),
    (Wanted(off=("ghost",)), TellingError.BAD_CHOICE)])
def test_a_choice_that_cannot_hold_is_refused(cast: Cast, boxes: Boxes, wanted: Wanted, reason: TellingError) -> None:
    refused(lambda: commands.choose(cast.actor(cast.of(Role.HANDLER)), wanted), reason)


def test_who_has_left_is_told_nothing_outside(cast: Cast, boxes: Boxes) -> None:
    from jingwei.accounts.commands import users
    from jingwei.notices.commands.delivering import address_of

    worker = cast.of(Role.HANDLER)
    commands.choose(cast.actor(worker), Wanted(mail="worker@example.cn", by_mail=True))
    assert address_of(worker.id, "mail") == "worker@example.cn"
    users.dismiss(operator(), worker.id)
    assert address_of(worker.id, "mail") == ""
