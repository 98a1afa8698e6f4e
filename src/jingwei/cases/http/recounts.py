"""What a correction of the work calendar does to deadlines: looked at beforehand, run, listed, downloaded."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Query, Schema

from jingwei.cases import commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.catalogue.commands import Edit
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


class DayIn(shape.Asked):
    """A special date. `word` '': an ordinary day again."""

    on: date
    word: Literal["off", "work", ""]
    name: str = Field("", max_length=40)


class EffectsIn(shape.Asked):
    """The same as for changing the calendar."""

    slots: list[list[tuple[str, str]]] | None = Field(None, min_length=7, max_length=7)
    makeup: list[tuple[str, str]] | None = None
    days: list[DayIn] = Field(default_factory=list, max_length=400)
    area: str = Field("", max_length=40)


class RecountIn(shape.Asked):
    """`id`: made by the client (UUIDv7). `area`: its code; empty for everywhere."""

    id: UUID
    area: str = Field("", max_length=40)


class RecountLinesIn(Schema):
    kind: Literal["", "moved", "wakes", "judged"] = ""
    after: int = Field(0, ge=0, le=2**62)
    limit: int = Field(100, ge=1, le=500)


class RecountLinesOut(Schema):
    """`next`: pass it as `after`."""

    rows: list[queries.RecountedLine]
    next: int | None


@router.post("/calendar/effects", response=queries.CalendarEffects, summary="更正工作日历会影响哪些案件（只预览）")
def effects(request: Asking, body: EffectsIn) -> queries.CalendarEffects:
    edit = Edit(slots=body.slots, makeup=body.makeup, days={day.on: (day.word, day.name) for day in body.days})
    return queries.effects(request.auth, edit, area_code=body.area)


@router.post("/recounts", response={201: shape.MadeOut}, summary="按现行工作日历重算到期时间")
def ask_recount(request: Asking, body: RecountIn) -> HttpResponse:
    return once(request, lambda: {"id": commands.ask_recount(request.auth, body.id, area_code=body.area)}, 201)


@router.get("/recounts", response=list[queries.RecountRun], summary="重算记录")
def recounts(request: Asking) -> list[queries.RecountRun]:
    return queries.recounts(request.auth)


@router.get("/recounts/{recount_id}/lines", response=RecountLinesOut, summary="重算改了哪些、哪些判定会不同")
def lines(request: Asking, recount_id: UUID, asked: Query[RecountLinesIn]) -> dict[str, object]:
    rows, after = queries.recount_lines(request.auth, recount_id, **asked.dict())
    return {"rows": rows, "next": after}


@router.get("/recounts/{recount_id}/table", summary="下载重算结果（CSV）")
def table(request: Asking, recount_id: UUID) -> HttpResponse:
    text = queries.recount_table(request.auth, recount_id)
    return HttpResponse(text.encode(), content_type="text/csv; charset=utf-8",
                        headers={"Content-Disposition": 'attachment; filename="recount.csv"'})
