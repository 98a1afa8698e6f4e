"""Reads: lists by keyset, one case, its clock, its files, the change feed."""

from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from ninja import Field, Query, Schema
from pydantic import AwareDatetime

from jingwei.cases import clock_words, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.files.http import answer
from jingwei.kernel.asking import Asking


class CasesIn(Schema):
    """`state`, `class_code` may be repeated. `area`, `unit`: codes, with all below. `part`: id or number.
    `words`: what text, place or number hold, all of them; two signs at least, or the last four digits of a number.

    `…_since` takes its instant in, `…_until` and `…_before` leave it out. `state_…`: since when it is in its state.
    `ended_late`: true: over, and a stage on its way overran its limit; false: over, and none did.
    `exempted`: true: every stage that overran was exempted by an appeal; false: one of them still counts.
    """

    state: list[str] = []
    class_code: list[str] = []
    area: str = ""
    unit: str = ""
    channel: str = ""
    number: str = ""
    part: str = ""
    words: str = ""
    late: bool = False
    mine: bool = False
    helping: bool = False
    told: bool = False
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    state_since: AwareDatetime | None = None
    state_before: AwareDatetime | None = None
    filed_since: AwareDatetime | None = None
    ended_since: AwareDatetime | None = None
    ended_until: AwareDatetime | None = None
    ended_late: bool | None = None
    exempted: bool | None = None
    due_before: AwareDatetime | None = None

    def filter(self) -> queries.Filter:
        named = self.dict(include=set(CasesIn.model_fields) - {"state", "class_code"})
        return queries.Filter(states=self.state, classes=self.class_code, **named)


class ListIn(CasesIn):
    """`after`: from the page before."""

    after: str = ""
    limit: int = 50


class PointsIn(CasesIn):
    """The box in degrees; all four or none."""

    west: float | None = Field(None, ge=-180, le=180)
    south: float | None = Field(None, ge=-90, le=90)
    east: float | None = Field(None, ge=-180, le=180)
    north: float | None = Field(None, ge=-90, le=90)
    limit: int = 2000

    def box(self) -> tuple[float, float, float, float] | None:
        if self.west is None or self.south is None or self.east is None or self.north is None:
            return None
        return self.west, self.south, self.east, self.north


@router.get("/cases", response=queries.Page, summary="案件列表（新的在前）")
def list_cases(request: Asking, asked: Query[ListIn]) -> HttpResponse:
    page = queries.list_cases(request.auth, asked.filter(), after=asked.after, limit=asked.limit)
    return HttpResponse(orjson.dumps(page), content_type="application/json")


@router.get("/cases/count", response=shape.HowMany, summary="案件数量（同列表的筛选条件）")
def count_cases(request: Asking, asked: Query[CasesIn]) -> dict[str, int]:
    return {"count": queries.count_cases(request.auth, asked.filter())}


@router.get("/cases/points", response=queries.Points, summary="地图上的案件（同列表的筛选条件）")
def points(request: Asking, asked: Query[PointsIn]) -> HttpResponse:
    """Points while they fit the limit, else clusters."""
    found = queries.points(request.auth, asked.filter(), asked.box(), limit=asked.limit)
    return HttpResponse(orjson.dumps(found), content_type="application/json")


@router.get("/cases/{case_id}", response=shape.DetailOut, summary="案件详情与此刻可做的操作")
def detail(request: Asking, case_id: UUID) -> HttpResponse:
    """The ETag is the number of the last entry in the timeline: send it as If-Match with the next step."""
    found = queries.detail(request.auth, case_id)
    last = found.timeline[-1]["number"] if found.timeline else 0
    return HttpResponse(orjson.dumps(found, default=str), content_type="application/json", headers={"ETag": f'"{last}"'})


@router.get("/cases/{case_id}/clock", response=shape.ClockOut, summary="时限说明")
def clock(request: Asking, case_id: UUID, step: int | None = Query(None, ge=1, le=30_000)) -> dict[str, Any]:
    """`step`: of that stay, which is over; left out, of the present one."""
    told = queries.explain_case(request.auth, case_id, step=step)
    if told.due is None:
        return {"because": told.because, "notes": told.notes}
    return {
        "because": told.because, "notes": told.notes, "due_at": told.due.at, "start": told.due.start,
        "intervals": [shape.IntervalOut(start=piece.start, end=piece.end, kind=piece.kind.value, why=piece.why.value,
                                        label=piece.label) for piece in told.due.explanation],
        "lines": clock_words.format_explanation(told.due, "zh"),
    }


@router.get("/cases/{case_id}/files/{file_id}", summary="案件的照片或文件")
def file(request: Asking, case_id: UUID, file_id: UUID, size: str = "shown") -> StreamingHttpResponse:
    return answer(queries.open_file(request.auth, case_id, file_id, size))


@router.get("/cases/{case_id}/qr", summary="打印案卷上的二维码（SVG）")
def qr(request: Asking, case_id: UUID) -> HttpResponse:
    """Leads to the case on the desk."""
    drawn = queries.paper_mark(request.auth, case_id, request.build_absolute_uri("/").rstrip("/"))
    return HttpResponse(drawn, content_type="image/svg+xml")


@router.get("/changes", response=shape.ChangesOut, summary="变更流")
def changes(request: Asking, after: int = Query(0, ge=0, le=2**62)) -> HttpResponse:
    """答复里的 position 小于所问的 after，说明 after 来自别的数据目录，或数据已从备份恢复：请把留存的内容全部重读。"""
    return HttpResponse(orjson.dumps(queries.changes(request.auth, after)), content_type="application/json")
