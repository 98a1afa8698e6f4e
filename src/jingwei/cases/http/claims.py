"""Complaints with a sum of money."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Query

from jingwei.cases import claims, commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.cases.http.calling import MonthIn
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


class ClaimIn(shape.Asked):
    """`kind`: wages, refund, compensation, other. `amount`: yuan as it is typed, such as 1200.50 or 225.8万. `headcount`: how many it concerns."""

    kind: str = Field(max_length=20)
    amount: str = Field(max_length=60)
    headcount: int | None = Field(None, ge=1, le=claims.PEOPLE_MOST)
    text: shape.Words = ""


class SettleIn(shape.Asked):
    """`amount`: the whole of what was paid or agreed so far."""

    amount: str = Field(max_length=60)
    text: shape.Words = ""


@router.get("/claims", response=queries.ClaimPage, summary="涉及金额的案件：没有落实的，和按月、按款项的合计")
def list_claims(request: Asking, asked: Query[MonthIn]) -> queries.ClaimPage:
    return queries.claim_page(request.auth, asked.month)


@router.get("/cases/{case_id}/claim", response=queries.ClaimLine | None, summary="案件涉及的金额")
def claim_of(request: Asking, case_id: UUID) -> queries.ClaimLine | None:
    return queries.claim_of(request.auth, case_id)


@router.post("/cases/{case_id}/claim", summary="登记诉求金额")
def claim(request: Asking, case_id: UUID, body: ClaimIn) -> HttpResponse:
    return once(request, lambda: {"cents": commands.claim(
        request.auth, case_id, kind=body.kind, amount=body.amount, people=body.headcount, text=body.text)})


@router.post("/cases/{case_id}/claim/settle", summary="登记落实金额")
def settle(request: Asking, case_id: UUID, body: SettleIn) -> HttpResponse:
    return once(request, lambda: {"cents": commands.settle(request.auth, case_id, **body.dict())})
