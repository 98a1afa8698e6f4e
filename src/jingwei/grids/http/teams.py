"""Teams on areas, their people, and how many people the households of an area ask for."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field

from jingwei.grids import commands, queries
from jingwei.grids.days import today
from jingwei.grids.http.addresses import PAGE, at_most, router
from jingwei.grids.http.staffing import EndIn, IdOut
from jingwei.grids.queries import Capacity, TeamLine
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking

Code = Annotated[str, Field(max_length=20, pattern=r"^[^\x00]*$")]
Name = Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]
AreaIds = Annotated[list[int], Field(max_length=100)]


class TeamPageOut(Schema):
    items: list[TeamLine]
    next: int | None


class TeamKindOut(Schema):
    """`functions`: code and name, in order. `high` 0: no bound. `source`: the requirement behind it."""

    code: str
    name: str
    low: int
    high: int
    areas_low: int
    functions: dict[str, str]
    required: list[str]
    source: str
    confidence: str


class TeamIn(Schema):
    kind: Code
    name: Name
    areas: AreaIds
    since: date
    until: date | None = None


class TeamChangeIn(Schema):
    """Left out or empty: as it is."""

    name: Name = ""
    areas: AreaIds = []


class MemberIn(Schema):
    user_id: UUID
    function: Code
    since: date
    until: date | None = None


class HouseholdsIn(Schema):
    count: int
    counted_on: date | None = None


@router.get("/team-kinds", response=list[TeamKindOut])
def list_team_kinds(request: Asking) -> list[dict[str, Any]]:
    """队伍的种类：人数、职能和出处。"""
    return [asdict(kind) for kind in queries.team_kinds()]


@router.get("/teams", response=TeamPageOut)
def list_teams(request: Asking, area: int | None = None, after: int = 0, limit: int = PAGE) -> dict[str, Any]:
    """某区域及其下级的队伍：成员、职能，以及与规定不符之处。"""
    items, following = queries.team_list(request.auth, area, on=today(), after=after, limit=at_most(limit))
    return {"items": items, "next": following}


@router.post("/teams", response={201: IdOut})
def make_team(request: Asking, body: TeamIn) -> HttpResponse:
    """组建一支队伍，负责一个或几个区域。"""
    return once(request, lambda: {"id": commands.make_team(
        request.auth, body.kind, body.name, body.areas, since=body.since, until=body.until)}, 201)


@router.patch("/teams/{int:team_id}", response={204: None})
def change_team(request: Asking, team_id: int, body: TeamChangeIn) -> HttpResponse:
    """改名或改换负责的区域。"""
    commands.change_team(request.auth, team_id, name=body.name, areas=body.areas)
    return HttpResponse(status=204)


@router.post("/teams/{int:team_id}/end", response={204: None})
def end_team(request: Asking, team_id: int, body: EndIn) -> HttpResponse:
    """解散队伍，on 是最后一天。"""
    commands.end_team(request.auth, team_id, body.on)
    return HttpResponse(status=204)


@router.post("/teams/{int:team_id}/members", response={201: IdOut})
def join_team(request: Asking, team_id: int, body: MemberIn) -> HttpResponse:
    """加入队伍，担任一项职能。"""
    return once(request, lambda: {"id": commands.join_team(
        request.auth, team_id, body.user_id, body.function, since=body.since, until=body.until)}, 201)


@router.post("/teams/members/{int:member_id}/end", response={204: None})
def leave_team(request: Asking, member_id: int, body: EndIn) -> HttpResponse:
    """离开队伍，on 是最后一天。"""
    commands.leave_team(request.auth, member_id, body.on)
    return HttpResponse(status=204)


@router.get("/areas/{int:area_id}/capacity", response=Capacity)
def show_capacity(request: Asking, area_id: int) -> Capacity:
    """按户数应有的调解员、联络员人数和现有人数。没有登记户数的为空。"""
    return queries.capacity_of(request.auth, area_id, on=today())


@router.put("/areas/{int:area_id}/households", response={204: None})
def count_households(request: Asking, area_id: int, body: HouseholdsIn) -> HttpResponse:
    """登记一个区域的户数。"""
    commands.count_households(request.auth, area_id, body.count, body.counted_on or today())
    return HttpResponse(status=204)
