"""Appeals against overruns: asked at a case, reviewed from a list."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Query, Schema

from jingwei.cases import commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


class AppealIn(shape.Asked):
    """`id`: made by the client (UUIDv7). `step`: the number of the stay that overran."""

    id: UUID
    step: int = Field(ge=1, le=30_000)
    reason: shape.Words = ""
    files: list[UUID] = []


class AppealsIn(Schema):
    """`state`: empty for those that wait for a review. `after`: how many to pass over."""

    state: str = Field("", max_length=20)
    after: int = Field(0, ge=0, le=1_000_000)
    limit: int = 50


@router.get("/appeals", response=list[queries.AppealLine], summary="超期申诉（待审的先提出的在前）")
def list_appeals(request: Asking, asked: Query[AppealsIn]) -> list[queries.AppealLine]:
    return queries.appeals(request.auth, **asked.dict())


@router.get("/cases/{case_id}/overruns", response=list[queries.Overrun], summary="案件各环节的超期与申诉")
def overruns(request: Asking, case_id: UUID) -> list[queries.Overrun]:
    return queries.overruns(request.auth, case_id)


@router.post("/cases/{case_id}/appeals", response={201: shape.MadeOut}, summary="提出超期申诉")
def ask_appeal(request: Asking, case_id: UUID, body: AppealIn) -> HttpResponse:
    return once(request, lambda: {"id": commands.ask_appeal(
        request.auth, case_id, body.id, step=body.step, reason=body.reason, files=body.files)}, 201)


@router.post("/appeals/{appeal_id}/{deed}", summary="审核或撤回超期申诉（agree、refuse_first、grant、refuse、withdraw）")
def review_appeal(request: Asking, appeal_id: UUID, deed: str, body: shape.ReasonIn) -> HttpResponse:
    return once(request, lambda: {"state": commands.review_appeal(request.auth, appeal_id, deed, reason=body.reason)})
