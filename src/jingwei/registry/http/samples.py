"""Samples over HTTP: draw, look at, conclude; lists, one with its sheet."""

from typing import Annotated
from uuid import UUID

import orjson
from django.http import HttpResponse
from ninja import Field, Query, Schema
from pydantic import ConfigDict

from jingwei.journal.http import once
from jingwei.kernel.asking import Asking
from jingwei.registry import commands, queries
from jingwei.registry.http.addresses import router

Line = Annotated[str, Field(max_length=400)]
_MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


class _Body(Schema):
    model_config = ConfigDict(extra="forbid")


class SampleIn(_Body):
    """`id`: made by the client. `seed`: published before the draw. `area` left out: the whole of one's own."""

    id: UUID
    title: Line = ""
    seed: Line
    size: int
    area: Line = ""
    classes: list[Line] = Field(default_factory=list, max_length=200)


class LookedIn(_Body):
    """`marks`: exists, place, class, owner, state → true (right), false (wrong) or null (not looked at).

    With `lon`, `lat` and no mark for `place` it is judged by the part's class of accuracy.
    """

    marks: dict[str, bool | None] = {}
    lon: float | None = None
    lat: float | None = None
    note: Line = ""


class SamplesOut(Schema):
    items: list[queries.SampleLine]


class DrawnOut(Schema):
    id: UUID
    size: int


class VerdictOut(Schema):
    """`share`: the plain share, which decides. `proven`: the exact one-sided lower bound at 95 %."""

    size: int
    right: int
    passes: bool
    share: float
    proven: float
    words: str


class PageIn(Schema):
    """`after`: the last number of the sheet seen."""

    after: int = Field(0, ge=0, le=10_000)
    limit: int = 50


@router.get("/part-samples", response=SamplesOut, summary="部件抽样核查（新的在前）")
def list_samples(request: Asking) -> HttpResponse:
    return HttpResponse(orjson.dumps({"items": queries.list_samples(request.auth)}), content_type="application/json")


@router.post("/part-samples", response={201: DrawnOut}, summary="抽取样本（由公布的种子决定，可重现）")
def draw(request: Asking, body: SampleIn) -> HttpResponse:
    return once(request, lambda: {"id": body.id, "size": commands.draw_sample(
        request.auth, body.id, body.title, body.seed, body.size, area=body.area, classes=body.classes)}, 201)


@router.get("/part-samples/{sample_id}", response=queries.SampleDetail, summary="样本、核查表和结论")
def detail(request: Asking, sample_id: UUID, asked: Query[PageIn]) -> HttpResponse:
    found = queries.sample_detail(request.auth, sample_id, after=asked.after, limit=asked.limit)
    return HttpResponse(orjson.dumps(found), content_type="application/json")


@router.get("/part-samples/{sample_id}/sheet", summary="带到现场的核查表（XLSX、CSV）")
def sheet(request: Asking, sample_id: UUID, format: str = "xlsx") -> HttpResponse:  # noqa: A002
    data = queries.sheet(request.auth, sample_id, format)
    name = f'attachment; filename="sample.{format}"'
    return HttpResponse(data, content_type=_MEDIA_TYPES[format], headers={"Content-Disposition": name})


@router.post("/part-samples/{sample_id}/parts/{int:place}", summary="记录一个部件的核查结果")
def look_at(request: Asking, sample_id: UUID, place: int, body: LookedIn) -> HttpResponse:
    return once(request, lambda: commands.look_at(
        request.auth, sample_id, place, body.marks, lon=body.lon, lat=body.lat, note=body.note))


@router.post("/part-samples/{sample_id}/conclude", response=VerdictOut, summary="定论")
def conclude(request: Asking, sample_id: UUID) -> HttpResponse:
    return once(request, lambda: commands.conclude(request.auth, sample_id))
