"""The duty rota of an area: a week of it, single shifts, a pattern, what must be covered."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field

from jingwei.grids import commands, queries
from jingwei.grids.days import today
from jingwei.grids.http.addresses import router
from jingwei.grids.http.staffing import IdOut
from jingwei.grids.queries import CoverLine, DoubleLine, HoleLine, ShiftLine
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking

Time = Annotated[str, Field(max_length=8, pattern=r"^[^\x00]*$")]
Weekdays = Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(max_length=7)]
_EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]


class RotaOut(Schema):
    """`cover`: null where nothing must be covered. Times are local; weekdays count from Monday, 0."""

    area_id: int
    area_name: str
    days: list[date]
    cover: CoverLine | None
    shifts: list[ShiftLine]
    holes: list[HoleLine]
    doubles: list[DoubleLine]
    holidays: list[date]
    on_shift: list[str]


class ShiftIn(Schema):
    """`end` not later than `start`: on the next day."""

    area_id: int
    user_id: UUID
    day: date
    start: Time
    end: Time


class TimesIn(Schema):
    start: Time
    end: Time


class PatternIn(Schema):
    """People take turns by shift, day or week, in the order given, over the shifts of each day."""

    area_id: int
    users: Annotated[list[UUID], Field(max_length=100)]
    times: Annotated[list[TimesIn], Field(max_length=20)]
    first: date
    last: date
    turn: Literal["shift", "day", "week"] = "day"
    weekdays: Weekdays = _EVERY_DAY
    skip_holidays: bool = False


class PlannedOut(Schema):
    made: int
    removed: int


class CoverIn(Schema):
    """Both times empty: the rule of the system holds again."""

    area_id: int
    start: Time = ""
    end: Time = ""
    weekdays: Weekdays = _EVERY_DAY
    on_holidays: bool = True


@router.get("/rota", response=RotaOut)
def show_rota(request: Asking, area: int, first: date | None = None, days: int = 7) -> dict[str, Any]:
    """值班表：某区域若干天的班次、无人值守的时段、一人同时两班，以及此刻谁在班。"""
    return asdict(queries.rota(request.auth, area, first or today(), days))


@router.post("/rota/shifts", response={201: IdOut})
def add_shift(request: Asking, body: ShiftIn) -> HttpResponse:
    """增加一个班次；下班时刻不晚于上班时刻的，到第二天。"""
    return once(request, lambda: {"id": commands.add_shift(
        request.auth, body.area_id, body.user_id, body.day, body.start, body.end)}, 201)


@router.delete("/rota/shifts/{int:shift_id}", response={204: None})
def drop_shift(request: Asking, shift_id: int) -> HttpResponse:
    """取消一个班次。"""
    commands.drop_shift(request.auth, shift_id)
    return HttpResponse(status=204)


@router.post("/rota/pattern", response={201: PlannedOut})
def plan_rota(request: Asking, body: PatternIn) -> HttpResponse:
    """按轮换排班；这些天原有的班次换掉。"""
    return once(request, lambda: asdict(commands.plan_rota(
        request.auth, body.area_id, body.users, [(each.start, each.end) for each in body.times], body.first, body.last,
        turn=body.turn, weekdays=body.weekdays, skip_holidays=body.skip_holidays)), 201)


@router.put("/rota/cover", response={204: None})
def set_cover(request: Asking, body: CoverIn) -> HttpResponse:
    """设定一个区域及其下级每天须有人值守的时段；时刻留空则恢复体系的规定。"""
    commands.set_cover(request.auth, body.area_id, body.start, body.end, weekdays=body.weekdays, on_holidays=body.on_holidays)
    return HttpResponse(status=204)
