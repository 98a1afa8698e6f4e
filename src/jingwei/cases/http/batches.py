"""Many reports at once from a table: looked at first, then filed in the background."""

from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Form, Schema, Status, UploadedFile
from ninja.decorators import decorate_view
from pydantic import Field

from jingwei.cases import commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.formats.imports import for_a_screen
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking
from jingwei.kernel.uploads import Uploading, bounded, only_file

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_bounded = decorate_view(bounded())


class BatchIn(Schema):
    """`channel`: of rows that name none. `anew`: "1" files rows as well that tell the very same as one filed lately."""

    channel: str = Field("hotline", max_length=30)
    anew: Literal["0", "1"] = "0"


class BatchBeginIn(BatchIn):
    """`id`: made by the client (UUIDv7); the same id with the same file is the same deed."""

    id: UUID


@router.get("/batches/template", summary="下载批量登记的空表（Excel）")
def template(request: Asking) -> HttpResponse:
    return HttpResponse(queries.batch_template(request.auth), content_type=_WORKBOOK,
                        headers={"Content-Disposition": 'attachment; filename="reports.xlsx"'})


@router.post("/batches/check", response=commands.BatchChecked, summary="检查一份上报表（只预览，不登记）")
@_bounded
def check(request: Uploading, given: Form[BatchIn], file: UploadedFile | None = File(None)) -> commands.BatchChecked:  # noqa: B008
    """CSV、XLSX，或从表格里复制的文字；逐行说明哪里不对。"""
    return for_a_screen(commands.check_batch(
        request.auth, only_file(request).read(), channel=given.channel, anew=given.anew == "1"))


@router.post("/batches", response={201: shape.MadeOut}, summary="批量登记：在后台逐行登记表里没有错的行")
@_bounded
def begin(request: Uploading, given: Form[BatchBeginIn], file: UploadedFile | None = File(None)) -> Status[dict[str, UUID]]:  # noqa: B008
    """同一个 id、同一个文件再传一次是同一件事；登记过的行不会登记第二次。"""
    sent = only_file(request)
    return Status(201, {"id": commands.begin_batch(
        request.auth, given.id, sent.read(), name=sent.name or "", channel=given.channel, anew=given.anew == "1")})


@router.get("/batches", response=list[queries.BatchLine], summary="我上传的上报表")
def batches(request: Asking) -> list[queries.BatchLine]:
    return queries.batches(request.auth)


@router.get("/batches/{batch_id}", response=queries.BatchDetail, summary="一份上报表登记到哪里")
def batch(request: Asking, batch_id: UUID) -> queries.BatchDetail:
    return queries.batch(request.auth, batch_id)


@router.get("/batches/{batch_id}/table", summary="下载登记结果：每行的案件编号或原因（CSV）")
def table(request: Asking, batch_id: UUID) -> HttpResponse:
    return HttpResponse(queries.batch_outcome(request.auth, batch_id).encode(), content_type="text/csv; charset=utf-8",
                        headers={"Content-Disposition": 'attachment; filename="batch.csv"'})


@router.post("/batches/{batch_id}/stop", summary="停止登记余下的行")
def stop(request: Asking, batch_id: UUID) -> HttpResponse:
    return once(request, lambda: commands.stop_batch(request.auth, batch_id))
