"""Grid systems: set up, changed, their areas and members, what is not as their rules ask; one point for all."""

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field

from jingwei.grids import commands, queries
from jingwei.grids.days import today
from jingwei.grids.errors import GridError
from jingwei.grids.http.addresses import at_most, plain, router
from jingwei.grids.http.staffing import IdOut
from jingwei.grids.queries import Faults, Place, SystemHere, SystemLine, TemplateLine
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking
from jingwei.kernel.errors import Refusal

Code = Annotated[str, Field(max_length=20, pattern=r"^[^\x00]*$")]
Name = Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")]


class SystemsOut(Schema):
    items: list[SystemLine]
    templates: list[TemplateLine]


class SystemIn(Schema):
    """`template`: with its levels and rules; else `code`, `name` and `levels`."""

    template: Code = ""
    code: Code = ""
    name: Name = ""
    levels: Annotated[list[Name], Field(max_length=20)] = []


class SystemOut(Schema):
    code: str


class RuleIn(Schema):
    asks: Code
    level: int
    low: int | None = None
    high: int | None = None
    value: Name = ""
    source: Name = ""


class SystemChangeIn(Schema):
    """Left out: as it is."""

    name: Name = ""
    levels: Annotated[list[Name], Field(max_length=20)] = []
    rules: Annotated[list[RuleIn], Field(max_length=100)] | None = None


class SystemAreaIn(Schema):
    """`parent` left out: at the top. `members`: areas of the base system that it holds."""

    code: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")]
    name: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
    parent: int | None = None
    members: Annotated[list[int], Field(max_length=200)] = []


class MembersIn(Schema):
    members: Annotated[list[int], Field(max_length=200)]


class MembersOut(Schema):
    items: list[Place]


class HereOut(Schema):
    items: list[SystemHere]


@router.get("/systems", response=SystemsOut)
def list_systems(request: Asking) -> dict[str, Any]:
    """网格体系：已设立的（级别、规则、各级区域数），和随带的模板。"""
    return {"items": queries.systems(request.auth), "templates": queries.templates()}


@router.post("/systems", response={201: SystemOut})
def set_up_system(request: Asking, body: SystemIn) -> HttpResponse:
    """设立一个网格体系：按模板，或自定级别。"""
    return once(request, lambda: {"code": commands.set_up(
        request.auth, template=body.template, code=body.code, name=body.name, levels=body.levels)}, 201)


@router.get("/systems/{code}", response=SystemLine)
def show_system(request: Asking, code: str) -> SystemLine:
    """一个网格体系。"""
    plain(system=code)
    return queries.system(request.auth, code)


@router.patch("/systems/{code}", response={204: None})
def change_system(request: Asking, code: str, body: SystemChangeIn) -> HttpResponse:
    """改名、改级别名称、改规则。"""
    plain(system=code)
    rules = None if body.rules is None else [rule.model_dump() for rule in body.rules]
    commands.change_system(request.auth, code, name=body.name, levels=body.levels, rules=rules)
    return HttpResponse(status=204)


@router.get("/systems/{code}/faults", response=Faults)
def list_faults(request: Asking, code: str, limit: int = 500) -> Faults:
    """与体系规则不符之处：数量、责任人、人数、成员、户数、队伍、证件、值守。"""
    plain(system=code)
    return queries.system_faults(request.auth, code, on=today(), limit=at_most(limit, 1000))


@router.post("/systems/{code}/areas", response={201: IdOut})
def add_area(request: Asking, code: str, body: SystemAreaIn) -> HttpResponse:
    """在体系里增加一个网格，不画边界：房间，或由基础区域组成的网格。"""
    plain(system=code)
    return once(request, lambda: {"id": commands.add_grid(
        request.auth, code, body.code, body.name, parent_id=body.parent, members=body.members)}, 201)


@router.get("/areas/{int:area_id}/members", response=MembersOut)
def list_members(request: Asking, area_id: int) -> dict[str, Any]:
    """一个网格由哪些基础区域组成。"""
    return {"items": queries.members_seen(request.auth, area_id)}


@router.put("/areas/{int:area_id}/members", response={204: None})
def set_members(request: Asking, area_id: int, body: MembersIn) -> HttpResponse:
    """选定一个网格由哪些基础区域组成，一次写全。"""
    commands.set_members(request.auth, area_id, body.members)
    return HttpResponse(status=204)


@router.get("/areas/{int:area_id}/also", response=HereOut)
def show_also(request: Asking, area_id: int) -> dict[str, Any]:
    """这个区域在别的网格体系里属于哪个网格、由谁负责。"""
    return {"items": queries.grids_over(request.auth, area_id)}


@router.get("/locate/all", response=HereOut)
def locate_all(request: Asking, lon: float, lat: float) -> dict[str, Any]:
    """一个坐标在每个网格体系里属于哪个网格、由谁负责；没有划入任何网格，或不在本人任职的区县时为 404。"""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Refusal(GridError.BAD_PLACE, lon=lon, lat=lat)
    return {"items": queries.grids_at(request.auth, lon, lat)}
