"""Urging and supervision orders."""

from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse
from ninja import Query, Schema

from jingwei.cases import commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


class UrgeIn(shape.Asked):
    text: shape.Words = ""


class OrderIn(shape.Asked):
    """`id`: made by the client. `units`: codes; none: whoever holds the case. `value`, `unit`: how long it may take."""

    id: UUID
    demand: shape.Words = ""
    value: shape.Short
    unit: shape.Short
    level: shape.Short = "ordinary"
    units: list[shape.Short] = []


class ServedIn(shape.Asked):
    """`unit_code`: which of the units, where somebody stands for several."""

    unit_code: shape.Short = ""


class ReplyIn(ServedIn):
    text: shape.Words = ""


class ReturnIn(ServedIn):
    reason: shape.Words = ""


class OrdersIn(Schema):
    """`show`: mine, open, late, unsigned, closed, withdrawn. `number`: of the order or of its case. `after`: from the page before."""

    show: str = ""
    unit: str = ""
    number: str = ""
    case_id: UUID | None = None
    after: str = ""
    limit: int = 50


class OrderCountsOut(Schema):
    mine: int
    open: int
    late: int
    unsigned: int


@router.post("/cases/{case_id}/urge", response=commands.Taken, summary="催办")
def urge(request: Asking, case_id: UUID, body: UrgeIn) -> HttpResponse:
    return once(request, lambda: commands.urge(request.auth, case_id, text=body.text))


@router.get("/cases/{case_id}/urgings", response=list[queries.UrgingLine], summary="催办记录")
def urgings(request: Asking, case_id: UUID) -> HttpResponse:
    return _told(queries.urgings(request.auth, case_id))


@router.post("/cases/{case_id}/orders", response={201: commands.Issued}, summary="发督办单")
def issue_order(request: Asking, case_id: UUID, body: OrderIn) -> HttpResponse:
    return once(request, lambda: commands.issue_order(
        request.auth, case_id, order_id=body.id, demand=body.demand, value=body.value, unit=body.unit, level=body.level,
        unit_codes=body.units), 201)


@router.get("/orders", response=queries.OrderPage, summary="督办单")
def list_orders(request: Asking, asked: Query[OrdersIn]) -> HttpResponse:
    return _told(queries.list_orders(request.auth, **asked.dict()))


@router.get("/orders/counts", response=OrderCountsOut, summary="督办单各类数量")
def order_counts(request: Asking) -> dict[str, int]:
    return queries.order_counts(request.auth)


@router.get("/orders/{order_id}", response=queries.OrderLine, summary="一张督办单")
def one_order(request: Asking, order_id: UUID) -> HttpResponse:
    return _told(queries.one_order(request.auth, order_id))


@router.post("/orders/{order_id}/sign", response=queries.OrderLine, summary="签收督办单")
def sign(request: Asking, order_id: UUID, body: ServedIn) -> HttpResponse:
    return once(request, lambda: queries.one_order(request.auth, commands.sign_order(
        request.auth, order_id, unit_code=body.unit_code)))


@router.post("/orders/{order_id}/reply", response=queries.OrderLine, summary="报告督办办理情况")
def reply(request: Asking, order_id: UUID, body: ReplyIn) -> HttpResponse:
    return once(request, lambda: queries.one_order(request.auth, commands.reply(
        request.auth, order_id, text=body.text, unit_code=body.unit_code)))


@router.post("/orders/{order_id}/accept", response=queries.OrderLine, summary="同意督办办结")
def accept(request: Asking, order_id: UUID, body: ServedIn) -> HttpResponse:
    return once(request, lambda: queries.one_order(request.auth, commands.accept_reply(
        request.auth, order_id, unit_code=body.unit_code)))


@router.post("/orders/{order_id}/return", response=queries.OrderLine, summary="督办退回重办")
def send_back(request: Asking, order_id: UUID, body: ReturnIn) -> HttpResponse:
    return once(request, lambda: queries.one_order(request.auth, commands.return_reply(
        request.auth, order_id, reason=body.reason, unit_code=body.unit_code)))


@router.post("/orders/{order_id}/withdraw", response=queries.OrderLine, summary="撤销督办单")
def withdraw(request: Asking, order_id: UUID, body: ReturnIn) -> HttpResponse:
    return once(request, lambda: queries.one_order(request.auth, commands.withdraw(
        request.auth, order_id, reason=body.reason, unit_code=body.unit_code)))


def _told(answer: Any) -> HttpResponse:
    return HttpResponse(orjson.dumps(answer, default=str), content_type="application/json")
