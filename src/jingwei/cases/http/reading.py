"""Reads: lists by keyset, one case, its clock, its files, the change feed."""

from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from ninja import Query, Schema
from pydantic import AwareDatetime

from jingwei.cases import clock_words, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.files.http import answer
from jingwei.kernel.asking import Asking


class ListIn(Schema):
    """`state`, `class_code` may be repeated. `area`, `unit`: codes, with all below. `after`: from the page before."""

    state: list[str] = []
    class_code: list[str] = []
    area: str = ""
    unit: str = ""
    channel: str = ""
    number: str = ""
    late: bool = False
    mine: bool = False
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    after: str = ""
    limit: int = 50


@router.get("/cases", response=queries.Page, summary="案件列表（新的在前）")
def list_cases(request: Asking, asked: Query[ListIn]) -> HttpResponse:
    wanted = queries.Filter(
        states=asked.state, classes=asked.class_code, area=asked.area, unit=asked.unit, channel=asked.channel,
        number=asked.number, late=asked.late, mine=asked.mine, since=asked.since, until=asked.until)
    page = queries.list_cases(request.auth, wanted, after=asked.after, limit=asked.limit)
    return HttpResponse(orjson.dumps(page), content_type="application/json")


@router.get("/cases/{case_id}", response=shape.DetailOut, summary="案件详情与此刻可做的操作")
def detail(request: Asking, case_id: UUID) -> HttpResponse:
    """The ETag is the number of the last entry in the timeline: send it as If-Match with the next step."""
    found = queries.detail(request.auth, case_id)
    last = found.timeline[-1]["number"] if found.timeline else 0
    return HttpResponse(orjson.dumps(found, default=str), content_type="application/json", headers={"ETag": f'"{last}"'})


@router.get("/cases/{case_id}/clock", response=shape.ClockOut, summary="时限说明")
def clock(request: Asking, case_id: UUID) -> dict[str, Any]:
    told = queries.explain_case(request.auth, case_id)
    if told.due is None:
        return {"because": told.because}
    return {
        "because": told.because, "due_at": told.due.at, "start": told.due.start,
        "intervals": [shape.IntervalOut(start=piece.start, end=piece.end, kind=piece.kind.value, why=piece.why.value,
                                        label=piece.label) for piece in told.due.explanation],
        "lines": clock_words.format_explanation(told.due, "zh"),
    }


@router.get("/cases/{case_id}/files/{file_id}", summary="案件的照片或文件")
def file(request: Asking, case_id: UUID, file_id: UUID, size: str = "shown") -> StreamingHttpResponse:
    return answer(queries.open_file(request.auth, case_id, file_id, size))


@router.get("/changes", response=shape.ChangesOut, summary="变更流")
def changes(request: Asking, after: int = Query(0, ge=0, le=2**62)) -> HttpResponse:
    return HttpResponse(orjson.dumps(queries.changes(request.auth, after)), content_type="application/json")


@router.get("/flows/{profile}", summary="流程表", response=list[dict[str, Any]])
def flow(request: Asking, profile: str) -> Any:
    return queries.flow_table(profile)
