"""A caller's earlier cases while a call is taken; calls back after closing."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Query, Schema

from jingwei.cases import commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


class CallerIn(shape.Asked):
    """Sent as a body, not in the address, which is logged. Nothing of it is kept."""

    phone: str = Field("", max_length=80)


class CallBackIn(shape.Asked):
    """`id`: made by the client (UUIDv7). `outcome`: satisfied, not, unreached."""

    id: UUID
    outcome: str = Field(max_length=20)
    text: shape.Words = ""


class MonthIn(Schema):
    """`month`: YYYY-MM; empty for the present one."""

    month: str = Field("", max_length=10)


@router.post("/caller-history", response=queries.CallerHistory, summary="来电人此前反映过的案件（不显示联系方式，不保存）")
def caller_history(request: Asking, body: CallerIn) -> queries.CallerHistory:
    return queries.caller_history(request.auth, body.phone)


@router.get("/callbacks", response=queries.CallPage, summary="结案后待回访的案件，和一个月的满意率")
def callbacks(request: Asking, asked: Query[MonthIn]) -> queries.CallPage:
    return queries.call_page(request.auth, asked.month)


@router.get("/cases/{case_id}/callbacks", response=list[queries.Called], summary="案件的回访记录")
def calls(request: Asking, case_id: UUID) -> list[queries.Called]:
    return queries.calls_of(request.auth, case_id)


@router.post("/cases/{case_id}/callbacks", summary="记录一次回访")
def call_back(request: Asking, case_id: UUID, body: CallBackIn) -> HttpResponse:
    return once(request, lambda: {"over": commands.call_back(
        request.auth, case_id, body.id, outcome=body.outcome, text=body.text)}, 201)
