"""Sampling re-check of closed cases: announce, draw, look, hand on, stop; lists, one with its figures, and its proof."""

from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse
from ninja import Field
from pydantic import AwareDatetime

from jingwei.cases import commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


class CaseSampleIn(shape.Asked):
    """`id`: made by the client. `since`, `until`: closed in this time. `by`: '', unit or class. `source`: public words to come, from `source_at`."""

    id: UUID
    area: shape.Short
    since: AwareDatetime
    until: AwareDatetime
    size: int
    workdays: int = 5
    title: shape.Short = ""
    classes: list[shape.Short] = Field(default_factory=list, max_length=400)
    by: shape.Short = ""
    source: shape.Short = ""
    source_at: AwareDatetime | None = None


class SeedIn(shape.Asked):
    """`seed`: of a public source the words as they were published."""

    seed: shape.Short = ""


class RecheckIn(shape.Asked):
    """`outcome`: right, wrong, unclear."""

    outcome: str = Field(max_length=20)
    text: shape.Words = ""
    files: list[UUID] = []


class HandIn(shape.Asked):
    person: UUID


@router.get("/case-samples", response=list[queries.CaseSampleLine], summary="结案抽查（新的在前）")
def list_case_samples(request: Asking) -> HttpResponse:
    return _told(queries.list_case_samples(request.auth))


@router.post("/case-samples", response={201: commands.SampleAnnounced}, summary="公告抽查：固定名单和种子的来源")
def announce_sample(request: Asking, body: CaseSampleIn) -> HttpResponse:
    return once(request, lambda: commands.announce_sample(request.auth, commands.Announcing(**body.dict())), 201)


@router.get("/case-samples/{sample_id}", response=queries.CaseSampleDetail, summary="一次抽查：进度、结果、抽查表")
def case_sample(request: Asking, sample_id: UUID) -> HttpResponse:
    return _told(queries.case_sample(request.auth, sample_id))


@router.post("/case-samples/{sample_id}/draw", response=commands.SampleDrawn, summary="抽取：公开种子，派发复核")
def draw_sample(request: Asking, sample_id: UUID, body: SeedIn) -> HttpResponse:
    return once(request, lambda: commands.draw_sample(request.auth, sample_id, seed=body.seed))


@router.post("/case-samples/{sample_id}/stop", summary="停止抽查")
def stop_sample(request: Asking, sample_id: UUID, body: shape.ReasonIn) -> HttpResponse:
    return once(request, lambda: commands.stop_sample(request.auth, sample_id, reason=body.reason))


@router.get("/case-samples/{sample_id}/check", response=queries.SampleChecked, summary="复算：名单、种子、抽取与公告是否一致")
def check_sample(request: Asking, sample_id: UUID) -> HttpResponse:
    return _told(queries.check_sample(request.auth, sample_id))


@router.get("/case-samples/{sample_id}/list", summary="抽查名单（与公告的摘要逐字节一致）")
def sample_frame(request: Asking, sample_id: UUID) -> HttpResponse:
    data = queries.sample_frame(request.auth, sample_id)
    return HttpResponse(data, content_type="text/plain; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="list.txt"'})


@router.get("/rechecks", response=list[queries.RecheckWaiting], summary="等我复核的已结案件")
def my_rechecks(request: Asking) -> HttpResponse:
    return _told(queries.my_rechecks(request.auth))


@router.get("/rechecks/{int:recheck_id}/workers", response=list[queries.RecheckWorker], summary="可以改派给谁")
def recheck_workers(request: Asking, recheck_id: int) -> HttpResponse:
    return _told(queries.recheck_workers(request.auth, recheck_id))


@router.post("/rechecks/{int:recheck_id}/hand", summary="改派复核")
def hand_recheck(request: Asking, recheck_id: int, body: HandIn) -> HttpResponse:
    return once(request, lambda: commands.hand_recheck(request.auth, recheck_id, body.person))


@router.post("/rechecks/{int:recheck_id}/result", summary="提交复核结果")
def give_result(request: Asking, recheck_id: int, body: RecheckIn) -> HttpResponse:
    return once(request, lambda: {"state": commands.give_result(
        request.auth, recheck_id, outcome=body.outcome, text=body.text, files=body.files)})


@router.get("/cases/{case_id}/rechecks", response=list[queries.RecheckOfCase], summary="案件的抽查复核结果")
def rechecks_of_case(request: Asking, case_id: UUID) -> HttpResponse:
    return _told(queries.rechecks_of_case(request.auth, case_id))


def _told(answer: Any) -> HttpResponse:
    return HttpResponse(orjson.dumps(answer, default=str), content_type="application/json")
