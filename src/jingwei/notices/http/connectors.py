"""Connectors, rules, settings and parked messages over HTTP."""

from datetime import time
from uuid import UUID

from django.http import HttpResponse
from ninja import Schema
from pydantic import ConfigDict, Field

from jingwei.journal.http import once
from jingwei.kernel.asking import Asking
from jingwei.notices import commands, queries
from jingwei.notices.http.addresses import router


class ConnectorIn(Schema):
    """`settings`: by field, as `offered` of GET /notices/office lists them; a secret left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=200)
    settings: dict[str, str] = Field(max_length=20)
    area_code: str = Field("", max_length=40)
    unit_code: str = Field("", max_length=40)
    per_minute: int = 20
    active: bool = True


class NewConnectorIn(ConnectorIn):
    kind: str = Field(max_length=20)


class TryIn(Schema):
    """`to`: an address or a number; a robot needs none."""

    model_config = ConfigDict(extra="forbid")

    to: str = Field("", max_length=200)


class RuleIn(Schema):
    """`ways`: beside the list: mail, sms, chat."""

    model_config = ConfigDict(extra="forbid")

    active: bool
    urgent: bool
    ways: list[str] = Field([], max_length=3)


class SettingsIn(Schema):
    model_config = ConfigDict(extra="forbid")

    quiet_from: time
    quiet_until: time
    soon_minutes: int


def _described(body: ConnectorIn) -> commands.Described:
    return commands.Described(body.name, body.settings, body.area_code, body.unit_code, body.per_minute, body.active)


@router.get("/notices/office", response=queries.Office, summary="通知与连接")
def show_office(request: Asking) -> queries.Office:
    """规则、设置、各个连接（不含密钥），以及可以建立的连接种类。"""
    return queries.office(request.auth)


@router.post("/connectors", summary="建立连接")
def connect(request: Asking, body: NewConnectorIn) -> HttpResponse:
    """密钥加密保存，以后不再显示。"""
    return once(request, lambda: {"id": commands.connect(request.auth, body.kind, _described(body))}, 201)


@router.put("/connectors/{connector_id}", summary="修改连接")
def reconnect(request: Asking, connector_id: UUID, body: ConnectorIn) -> HttpResponse:
    """留空的密钥不变。"""
    return once(request, lambda: commands.reconnect(request.auth, connector_id, _described(body)))


@router.delete("/connectors/{connector_id}", summary="删除连接")
def cut(request: Asking, connector_id: UUID) -> HttpResponse:
    """连同等待发出的通知一起删除。"""
    return once(request, lambda: commands.cut(request.auth, connector_id))


@router.post("/connectors/{connector_id}/try", response={200: None}, summary="试发一条")
def try_out(request: Asking, connector_id: UUID, body: TryIn) -> None:
    """马上发一条；不成时说明是哪里不对。每次都真的发出，不看 Idempotency-Key。"""
    commands.try_out(request.auth, connector_id, body.to)


@router.put("/notices/rules/{kind}", summary="修改通知规则")
def set_rule(request: Asking, kind: str, body: RuleIn) -> HttpResponse:
    return once(request, lambda: commands.set_rule(
        request.auth, kind, active=body.active, urgent=body.urgent, ways=tuple(body.ways)))


@router.put("/notices/settings", summary="修改免打扰和提前量")
def set_settings(request: Asking, body: SettingsIn) -> HttpResponse:
    return once(request, lambda: commands.set_settings(
        request.auth, quiet_from=body.quiet_from, quiet_until=body.quiet_until, soon_minutes=body.soon_minutes))


@router.get("/deliveries/parked", response=list[queries.Parked], summary="没有发出的通知")
def list_parked(request: Asking) -> list[queries.Parked]:
    """一天没有发出、或被对方拒绝的，新的在前。"""
    return queries.parked(request.auth)


@router.post("/deliveries/{delivery_id}/retry", summary="重发")
def retry(request: Asking, delivery_id: UUID) -> HttpResponse:
    return once(request, lambda: commands.retry(request.auth, delivery_id))


@router.post("/deliveries/{delivery_id}/drop", summary="不再发")
def give_up(request: Asking, delivery_id: UUID) -> HttpResponse:
    """收件人消息列表里的那一条不变。"""
    return once(request, lambda: commands.give_up(request.auth, delivery_id))
