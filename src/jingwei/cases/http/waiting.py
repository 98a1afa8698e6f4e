"""What waits for the person who asks."""

from typing import Any

import orjson
from django.http import HttpResponse
from ninja import Query, Schema

from jingwei.cases import queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.kernel.asking import Asking


class TodoIn(Schema):
    """`state` may be repeated. `after`: from the page before."""

    state: list[str] = []
    after: str = ""
    limit: int = 50


@router.get("/todo", response=queries.Page, summary="我的待办（先到期的在前）")
def todo(request: Asking, asked: Query[TodoIn]) -> HttpResponse:
    page = queries.todo(request.auth, states=asked.state, after=asked.after, limit=asked.limit)
    return HttpResponse(orjson.dumps(page), content_type="application/json")


@router.get("/todo/counts", response=list[shape.CountOut], summary="我的待办各环节数量")
def todo_counts(request: Asking) -> list[dict[str, Any]]:
    return queries.todo_counts(request.auth)


@router.get("/todo/others", response=list[shape.OtherDueOut], summary="案件环节以外的待办数量")
def other_due(request: Asking) -> list[dict[str, Any]]:
    return queries.other_due(request.auth)
