"""What systems send by themselves, with a signature instead of signing in; and setting those systems up."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Status

from jingwei.cases import commands, queries, signing, sources
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import ascii_digits


class SmsIn(shape.Asked):
    """`id`: of the sending platform; what comes again with the same one is taken once. `phone`: who sent it."""

    id: str = Field(max_length=200)
    phone: str = Field(max_length=40)
    text: shape.Words
    sent_at: datetime | None = None


class AlarmIn(shape.Asked):
    """`camera`: its code. `lon`, `lat`: where it looks. `picture`: JPEG or PNG as base64, 2 MB at most."""

    id: str = Field(max_length=200)
    camera: str = Field(max_length=200)
    title: shape.Short
    text: shape.Words = ""
    lon: float | None = None
    lat: float | None = None
    place: shape.Short = ""
    class_code: shape.Short = ""
    found_at: datetime | None = None
    picture: str = Field("", max_length=4_000_000)


class SourceIn(shape.Asked):
    """`kind`: sms or camera. `trusted`: alarms that tell a place become cases at once."""

    kind: str = Field(max_length=20)
    name: str = Field(max_length=200)
    area_code: str = Field("", max_length=40)
    active: bool = True
    trusted: bool = False


def _signed(kind: str) -> Callable[[HttpRequest], queries.Signed]:
    def check(request: HttpRequest) -> queries.Signed:
        length = str(request.META.get("CONTENT_LENGTH") or "")
        if not ascii_digits(length) or len(length) > 9 or int(length) > sources.LARGEST[kind]:
            raise Refusal(KernelError.BODY_TOO_LARGE, limit_kb=sources.LARGEST[kind] // 1024)
        given = {name: request.headers.get(header, "")[:200] for name, header in (
            ("source", signing.SOURCE), ("time", signing.TIME), ("nonce", signing.NONCE), ("signature", signing.SIGNATURE))}
        return queries.signed(kind, body=request.body, **given)
    return check


@router.post("/intake/sms", auth=_signed("sms"), response={200: commands.Received, 201: commands.Received}, summary="短信平台转来的短信")
def intake_sms(request: HttpRequest, body: SmsIn) -> Status[Any]:
    """不用登录，用签名：`X-Jingwei-Source`、`X-Jingwei-Time`、`X-Jingwei-Nonce`、`X-Jingwei-Signature`。进收件箱。"""
    signed: queries.Signed = request.auth  # type: ignore[attr-defined]
    taken = commands.receive_sms(signed.actor, signed.stamp, commands.Sms(**body.dict()))
    return Status(200 if taken.again else 201, taken)


@router.post("/intake/camera", auth=_signed("camera"), response={200: commands.Received, 201: commands.Received}, summary="视频平台转来的报警")
def intake_camera(request: HttpRequest, body: AlarmIn) -> Status[Any]:
    """签名与短信相同。进收件箱；接入设为“直接成案”且带位置的，马上成为案件。"""
    signed: queries.Signed = request.auth  # type: ignore[attr-defined]
    taken = commands.receive_alarm(signed.actor, signed.stamp, commands.Alarm(**body.dict()))
    return Status(200 if taken.again else 201, taken)


@router.get("/sources", response=list[queries.SourceLine], summary="短信和视频接入（不含密钥）")
def list_sources(request: Asking) -> list[queries.SourceLine]:
    return queries.sources(request.auth)


@router.put("/sources/{source_id}", summary="设定一个接入")
def set_source(request: Asking, source_id: UUID, body: SourceIn) -> HttpResponse:
    return once(request, lambda: {"id": commands.set_source(request.auth, source_id, **body.dict())})


@router.delete("/sources/{source_id}", summary="删去一个接入")
def drop_source(request: Asking, source_id: UUID) -> HttpResponse:
    return once(request, lambda: commands.drop_source(request.auth, source_id))


@router.post("/sources/{source_id}/secret", summary="生成新的密钥，只显示这一次")
def make_secret(request: Asking, source_id: UUID) -> dict[str, str]:
    """原来的密钥马上失效。答复不保存：再发一次就再换一个。"""
    return {"secret": commands.make_secret(request.auth, source_id)}
