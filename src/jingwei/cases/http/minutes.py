"""Minutes of meetings: taken apart into drafts, filed as cases, followed."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from ninja import Field

from jingwei.cases import commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


class MinutesTextIn(shape.Asked):
    text: str = Field(max_length=100_000)


class MatterIn(shape.Asked):
    """`id`: of the case, made by the client (UUIDv7)."""

    id: UUID
    text: shape.Words
    lon: float
    lat: float
    place: shape.Short = ""
    class_code: shape.Short = ""


class MinutesIn(shape.Asked):
    """`held_on`: the day of the meeting."""

    id: UUID
    title: shape.Short
    held_on: date
    matters: list[MatterIn] = Field(max_length=200)


@router.post("/minutes/split", response=list[queries.MatterLine], summary="把会议纪要拆成逐项草稿（只预览，不保存）")
def split(request: Asking, body: MinutesTextIn) -> list[queries.MatterLine]:
    return queries.split_minutes(request.auth, body.text)


@router.post("/minutes", response={201: list[commands.Taken]}, summary="把会议纪要里的事项登记为案件（全部登记，或全部不登记）")
def file_minutes(request: Asking, body: MinutesIn) -> HttpResponse:
    matters = [commands.Report(**matter.dict()) for matter in body.matters]
    return once(request, lambda: commands.file_minutes(
        request.auth, commands.FromMinutes(body.id, body.title, body.held_on), matters), 201)


@router.get("/minutes", response=list[queries.MinutesLine], summary="登记过的会议纪要，各事项办到哪里")
def minutes(request: Asking) -> list[queries.MinutesLine]:
    return queries.minutes(request.auth)
