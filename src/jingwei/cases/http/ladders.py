"""Escalation ladders: read, and set for an area."""

from typing import Any

from django.http import HttpResponse
from ninja import Query, Schema

from jingwei.cases import commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.cases.ladder import Rung
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


class LaddersIn(Schema):
    """`area`: a code; left out, everywhere."""

    area: str = ""


class RungIn(shape.Asked):
    """`when`: -20%, -4 work_hour, 0 or +1 work_day. `gives`: the limit of the order that it issues."""

    when: shape.Short
    where: shape.Short
    post: shape.Short = ""
    does: shape.Short = "tell"
    gives: shape.Short = ""


class LadderIn(shape.Asked):
    """`rungs` null: as it was shipped, or as the area above has it."""

    profile: shape.Short
    state: shape.Short
    level: shape.Short = ""
    rungs: list[RungIn] | None = None
    area: shape.Short = ""


class LaddersOut(Schema):
    ladders: list[queries.LadderLine]
    words: dict[str, Any]


@router.get("/ladders", response=LaddersOut, summary="超时升级规则")
def list_ladders(request: Asking, asked: Query[LaddersIn]) -> dict[str, Any]:
    return {"ladders": queries.ladders(request.auth, asked.area), "words": queries.ladder_words()}


@router.put("/ladders", summary="修改超时升级规则")
def put_ladder(request: Asking, body: LadderIn) -> HttpResponse:
    rungs = None if body.rungs is None else [Rung(**one.dict()) for one in body.rungs]
    return once(request, lambda: {"changed": commands.set_ladder(
        request.auth, body.profile, body.state, body.level, rungs, area=body.area)})
