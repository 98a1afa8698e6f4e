"""Several reports of one problem as one case, and apart again."""

from uuid import UUID

import orjson
from django.http import HttpResponse

from jingwei.cases import commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


class MergeIn(shape.Asked):
    """`into`: the id of the case that leads."""

    into: UUID
    reason: shape.Words = ""


@router.post("/cases/{case_id}/merge", response=commands.Taken, summary="并入另一案件")
def merge(request: Asking, case_id: UUID, body: MergeIn) -> HttpResponse:
    return once(request, lambda: commands.merge(request.auth, case_id, into=body.into, reason=body.reason))


@router.post("/cases/{case_id}/unmerge", response=commands.Taken, summary="拆分并案，恢复单独办理")
def unmerge(request: Asking, case_id: UUID, body: shape.ReasonIn) -> HttpResponse:
    return once(request, lambda: commands.unmerge(request.auth, case_id, reason=body.reason))


@router.get("/cases/{case_id}/merged", response=queries.Family, summary="主办案件和并入的案件")
def family(request: Asking, case_id: UUID) -> HttpResponse:
    return HttpResponse(orjson.dumps(queries.family(request.auth, case_id)), content_type="application/json")
