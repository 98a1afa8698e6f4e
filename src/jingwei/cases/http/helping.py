"""Units that help with a case (协办)."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Field

from jingwei.cases import commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


class HelpIn(shape.Asked):
    """`id`: made by the client (UUIDv7)."""

    id: UUID
    unit_code: str = Field(max_length=40)
    task: str = Field(max_length=8000)


@router.get("/cases/{case_id}/helpers", response=list[queries.Helper], summary="协办单位与完成情况")
def helpers(request: Asking, case_id: UUID) -> list[queries.Helper]:
    return queries.helpers(request.auth, case_id)


@router.post("/cases/{case_id}/helpers", summary="请单位协办")
def ask_help(request: Asking, case_id: UUID, body: HelpIn) -> HttpResponse:
    return once(request, lambda: {"id": commands.ask_help(
        request.auth, case_id, body.id, unit_code=body.unit_code, task=body.task)}, 201)


@router.post("/helpers/{help_id}/sign", summary="签收协办")
def sign_help(request: Asking, help_id: UUID) -> HttpResponse:
    return once(request, lambda: commands.sign_help(request.auth, help_id))


@router.post("/helpers/{help_id}/finish", summary="完成协办")
def finish_help(request: Asking, help_id: UUID, body: shape.FeedbackIn) -> HttpResponse:
    return once(request, lambda: commands.finish_help(request.auth, help_id, text=body.text, files=body.files))


@router.post("/helpers/{help_id}/decline", summary="退回协办")
def decline_help(request: Asking, help_id: UUID, body: shape.ReasonIn) -> HttpResponse:
    return once(request, lambda: commands.decline_help(request.auth, help_id, reason=body.reason))


@router.post("/helpers/{help_id}/release", summary="不再需要协办")
def release_help(request: Asking, help_id: UUID, body: shape.ReasonIn) -> HttpResponse:
    return once(request, lambda: commands.release_help(request.auth, help_id, reason=body.reason))
