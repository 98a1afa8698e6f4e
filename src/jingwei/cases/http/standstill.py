"""What stands still: the list, and prolonging it. Suspending and resuming are steps of the flow (`steps.py`)."""

from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse
from ninja import Field, Query, Schema

from jingwei.cases import commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


class SuspensionsIn(Schema):
    """`ending`: only what ends soon or is asked to be prolonged. `after`: `next` of the page before."""

    unit: str = Field("", max_length=40)
    ending: bool = False
    after: int = Field(0, ge=0, le=1_000_000)
    limit: int = 50


@router.get("/suspensions", response=queries.StandingPage, summary="挂账台账（先到期的在前）")
def suspensions(request: Asking, asked: Query[SuspensionsIn]) -> HttpResponse:
    return HttpResponse(orjson.dumps(queries.suspended(request.auth, **asked.dict())), content_type="application/json")


def _moved(case: Any) -> dict[str, Any]:
    return {"id": case.id, "number": case.number, "state": case.state, "due_at": case.due_at}


@router.post("/cases/{case_id}/ask-renewal", response=commands.Taken, summary="申请续挂")
def ask_renewal(request: Asking, case_id: UUID, body: shape.AskRenewalIn) -> HttpResponse:
    return once(request, lambda: _moved(commands.ask_renewal(request.auth, case_id, **body.dict())))


@router.post("/cases/{case_id}/renew", response=commands.Taken, summary="续挂（延长挂账）")
def renew(request: Asking, case_id: UUID, body: shape.RenewIn) -> HttpResponse:
    """Without a day: the one that was asked for."""
    return once(request, lambda: _moved(commands.renew(request.auth, case_id, **body.dict())))
