"""The catalogue over HTTP: read classes and rules, edit the calendar, limits and settings. Tables: `http_imports.py`."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, ConfigDict, Field

from jingwei.catalogue import commands, queries
from jingwei.catalogue.hours import to_store
from jingwei.catalogue.queries import CalendarDays
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking

router = Router(tags=["目录 catalogue"])

AreaCode = Annotated[str, Query(max_length=40, description="区域编码；留空为全部区域")]


class _Body(Schema):
    model_config = ConfigDict(extra="forbid")


class Day(_Body):
    """A special date. `word` '': an ordinary day again."""

    on: date
    word: Literal["off", "work", ""]
    name: str = Field("", max_length=40)


class CalendarIn(_Body):
    """What to change; what is left out stays. Times as HH:MM, an end of 24:00 is midnight."""

    zone: str | None = Field(None, max_length=60)
    slots: list[list[tuple[str, str]]] | None = Field(None, min_length=7, max_length=7)
    makeup: list[tuple[str, str]] | None = None
    days: list[Day] = Field(default_factory=list, max_length=400)
    note: str = Field("", max_length=200)
    area: str = Field("", max_length=40)
    dry_run: bool = False


class LimitIn(_Body):
    """`value` null and `unit` empty: no clock runs."""

    value: Decimal | None = Field(None, max_digits=9)
    unit: str = Field("", max_length=14)
    area: str = Field("", max_length=40)


class SettingIn(_Body):
    value: str = Field(max_length=400)
    area: str = Field("", max_length=40)


@router.get("/schemes", summary="分类方案")
def list_schemes(request: Asking) -> dict[str, Any]:
    """The schemes installed, with the number of their classes."""
    return {"items": [asdict(row) for row in queries.schemes(request.auth)]}


@router.get("/classes", summary="分类目录")
def list_classes(
    request: Asking, scheme: str = "", kind: str = "", words: str = "", active: bool = True, offered: bool = False,
    after: str = "", limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> dict[str, Any]:
    """Classes by full code. `next`: pass it as `after`. `offered`: only those by which new cases are classified."""
    found = queries.classes(request.auth, scheme=scheme, kind=kind, words=words, active=active, offered=offered,
                            after=after, limit=limit)
    items = [{**asdict(row), "full_code": row.full_code} for row in found]
    return {"items": items, "next": found[-1].full_code if len(found) == limit else None}


@router.get("/classes/{scheme}/{kind}/{code}", summary="分类详情与立案标准")
def show_class(request: Asking, scheme: str, kind: str, code: str) -> dict[str, Any]:
    """One class with its filing standard in force, and its place in the scheme that followed."""
    detail = queries.class_detail(request.auth, scheme, kind, code)
    crossing = detail.crossing
    return {
        **asdict(detail.row), "full_code": detail.row.full_code,
        "conditions": [{**asdict(each), "limit_value": _number(each.limit_value)} for each in detail.conditions],
        "crossing": crossing._asdict() if crossing else None}


@router.get("/responsible", response=queries.Answerable, summary="责任单位")
def show_responsible(
    request: Asking, class_code: Annotated[str, Query(max_length=80)], area: AreaCode = "",
    owner: Annotated[str, Query(max_length=100)] = "", at: AwareDatetime | None = None,
) -> queries.Answerable:
    """Which unit the rules name for a class ("scheme/kind/code") at an area, for a part of this owner, at this instant (now
    if left out); by which rule, and which others would have fitted."""
    return queries.answerable(request.auth, class_code, area, owner, at)


@router.get("/rules", summary="责任单位规则")
def list_rules(
    request: Asking, words: Annotated[str, Query(max_length=80)] = "", after: Annotated[str, Query(max_length=340)] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100, faulty: bool = False,
) -> dict[str, Any]:
    """Which classes go to which unit, where, for whose parts and when. `faulty`: only what points nowhere. `next`: pass it as `after`."""
    found = queries.rules(request.auth, words=words, faulty=faulty, after=after, limit=limit + 1)
    return {"items": [asdict(row) for row in found[:limit]], "next": found[limit - 1].key if len(found) > limit else None}


@router.get("/calendar", summary="工作日历")
def show_calendar(
    request: Asking, area: AreaCode = "", year: Annotated[int | None, Query(ge=1970, le=2200)] = None,
) -> dict[str, Any]:
    """The calendar in force at an area; `year` keeps the special dates of one year."""
    return _calendar(queries.calendar_at(request.auth, area), year)


@router.post("/calendar", summary="修改工作日历")
def edit_calendar(request: Asking, body: CalendarIn) -> HttpResponse:
    """Make a new version. `dry_run`: only tell what looks odd."""
    edit = commands.Edit(
        zone=body.zone, slots=body.slots, makeup=body.makeup, note=body.note,
        days={day.on: (day.word, day.name) for day in body.days})
    return once(request, lambda: _edited(
        commands.edit_calendar(request.auth, edit, area_code=body.area, dry_run=body.dry_run)))


@router.get("/stage-limits", summary="环节时限")
def list_stage_limits(request: Asking, area: AreaCode = "") -> dict[str, Any]:
    """Every stage with its limit in force at an area, and where the default comes from."""
    return {"items": queries.stage_limits_at(request.auth, area)}


@router.put("/stage-limits/{stage}", summary="设定环节时限")
def put_stage_limit(request: Asking, stage: str, body: LimitIn) -> HttpResponse:
    """Set how long a stage may take."""
    return once(request, lambda: {"changed": commands.set_stage_limit(
        request.auth, stage, body.value, body.unit, area_code=body.area)})


@router.get("/settings", summary="设置")
def list_settings(request: Asking, area: AreaCode = "") -> dict[str, Any]:
    """Every setting with its value in force at an area, what else is possible, and where the default comes from."""
    return {"items": queries.settings_at(request.auth, area)}


@router.put("/settings/{name}", summary="修改设置")
def put_setting(request: Asking, name: str, body: SettingIn) -> HttpResponse:
    """Choose the value of a setting."""
    return once(request, lambda: {
        "changed": commands.set_setting(request.auth, name, body.value, area_code=body.area)})


def _calendar(days: CalendarDays, year: int | None) -> dict[str, Any]:
    return {
        "version": days.version, "zone": days.zone, "slots": [to_store(day) for day in days.slots],
        "makeup": None if days.makeup_slots is None else to_store(days.makeup_slots),
        "known_years": sorted(days.known_years),
        "days": [{"on": on.isoformat(), "word": word, "name": days.names.get(on, "")}
                 for on, word in sorted(days.exceptions.items()) if year in (None, on.year)]}


def _edited(edited: commands.Edited) -> dict[str, Any]:
    return {"version": edited.version, "changed": edited.changed, "findings": [
        {"code": each.code, "on": each.on.isoformat() if each.on else None, "text": each.text}
        for each in edited.findings]}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
