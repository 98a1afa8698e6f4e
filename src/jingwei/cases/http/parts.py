"""Cases about parts of the register: how often one failed, and which fail again and again."""

from uuid import UUID

import orjson
from django.http import HttpResponse
from ninja import Field, Query, Schema
from pydantic import AwareDatetime

from jingwei.cases import queries
from jingwei.cases.http.addresses import router
from jingwei.kernel.asking import Asking


class FailingIn(Schema):
    """`at_least`: failures in the period. `area`: a code, with all below."""

    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    at_least: int = Field(2, ge=1, le=1000)
    area: str = Field("", max_length=40)
    limit: int = Field(100, ge=1, le=200)


class FailingOut(Schema):
    items: list[queries.FailingPart]


@router.get("/parts/failing", response=FailingOut, summary="反复出问题的部件")
def failing(request: Asking, asked: Query[FailingIn]) -> HttpResponse:
    return HttpResponse(orjson.dumps({"items": queries.failing_parts(request.auth, **asked.dict())}), content_type="application/json")


@router.get("/parts/{part_id}/failures", response=queries.PartFailures, summary="部件的案件与重复故障")
def failures(request: Asking, part_id: UUID) -> HttpResponse:
    return HttpResponse(orjson.dumps(queries.failures_of(request.auth, part_id)), content_type="application/json")
