"""The tree by pages, one area and its outline, areas by words, the area of a point."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse
from ninja import Schema

from jingwei.accounts.queries import names_of
from jingwei.grids import queries
from jingwei.grids.errors import GridError
from jingwei.grids.http.addresses import PAGE, at_most, page_by_code, plain, router
from jingwei.kernel.asking import Asking
from jingwei.kernel.errors import KernelError, Refusal


class LineOut(Schema):
    id: int
    code: str
    name: str
    kind: str
    level: int
    status: str
    has_children: bool


class PageOut(Schema):
    """`next`: pass it as `after` for the next page; null at the end."""

    items: list[LineOut]
    next: str | None


class PlaceOut(Schema):
    """`shared`: the point lies on a border or in an overlap; the lowest code is given."""

    area_id: int
    code: str
    name: str
    path: str
    county: str
    level: str
    shared: bool


class LocatedOut(PlaceOut):
    """`chain`: the names from the county down, "示例区 / 柳溪街道 / 枫林社区 / …"."""

    chain: str


class PostingOut(Schema):
    id: int
    user_id: UUID
    user_name: str
    post: str
    since: date
    until: date | None
    duties: list[str]


class AreaOut(Schema):
    """`box`: west, south, east, north in degrees. `chain`: the way up, the root first."""

    id: int
    system: str
    code: str
    name: str
    kind: str
    level: int
    county: str
    status: str
    valid_from: datetime | None
    valid_to: datetime | None
    four_bounds: str
    note: str
    area_m2: int | None
    box: list[float] | None
    chain: list[PlaceOut]
    successors: list[str]
    staffing: list[PostingOut]
    on_duty: UUID | None
    on_duty_name: str
    on_duty_why: str


class FoundOut(Schema):
    """`chain`: names from the county down to the area itself. `ended`: since when it no longer stands."""

    id: int
    code: str
    name: str
    kind: str
    level: int
    chain: str
    ended: datetime | None


class FoundListOut(Schema):
    items: list[FoundOut]


@router.get("/areas", response=PageOut)
def list_children(request: Asking, parent: int | None = None, after: str = "", limit: int = PAGE,
                  system: str = "base") -> dict[str, Any]:
    """区域树：某区域的下级，按编码分页；不给 parent 时从本人权限的顶层开始。"""
    plain(after=after, system=system)
    if parent is None:
        return {"items": [asdict(line) for line in queries.roots(request.auth, system=system)], "next": None}
    found = queries.children(request.auth, parent, after=after, limit=at_most(limit) + 1)
    if found is None:
        raise Refusal(KernelError.NOT_FOUND)
    return page_by_code(found, at_most(limit))


@router.get("/areas/{int:area_id}", response=AreaOut)
def show_area(request: Asking, area_id: int) -> dict[str, Any]:
    """区域详情：所属各级、四至、面积、今日在岗。"""
    detail = queries.area_detail(request.auth, area_id)
    if detail is None:
        raise Refusal(KernelError.NOT_FOUND)
    lines = queries.staffing_of(request.auth, area_id)
    duty = queries.answerable(area_id)
    names = names_of([duty.user_id, *(line.user_id for line in lines)])
    staffing = [{**asdict(line), "user_name": names.get(line.user_id, "")} for line in lines]
    return {**asdict(detail), "staffing": staffing, "on_duty": duty.user_id,
            "on_duty_name": names.get(duty.user_id, "") if duty.user_id else "", "on_duty_why": duty.why}


@router.get("/areas/find", response=FoundListOut)
def find_areas(request: Asking, words: str = "", limit: int = 20, ended: bool = False) -> dict[str, Any]:
    """按编码开头或名称中的字找区域，只在本人权限范围内；级别高的在前。ended：已撤销的也找，排在最后。"""
    plain(words=words)
    return {"items": [asdict(area) for area in queries.find(request.auth, words, limit=at_most(limit, 100), ended=ended)]}


@router.get("/areas/{int:area_id}/shape")
def show_shape(request: Asking, area_id: int) -> HttpResponse:
    """区域边界（GeoJSON Feature，经度在前）；还没有画边界的，geometry 为 null。"""
    import shapely

    found = queries.shape_of(request.auth, area_id)
    if found is None:
        raise Refusal(KernelError.NOT_FOUND)
    place, wkb = found
    drawn = orjson.Fragment(shapely.to_geojson(shapely.from_wkb(wkb))) if wkb else None
    feature = {"type": "Feature", "geometry": drawn,
               "properties": {"id": place.area_id, "code": place.code, "name": place.name}}
    return HttpResponse(orjson.dumps(feature), content_type="application/geo+json")


@router.get("/locate", response=LocatedOut)
def locate(request: Asking, lon: float, lat: float, system: str = "base") -> dict[str, Any]:
    """坐标（经度、纬度）所在的单元网格；没有划入任何网格，或不在本人任职的区县时为 404。"""
    plain(system=system)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Refusal(GridError.BAD_PLACE, lon=lon, lat=lat)
    place = queries.locate(lon, lat, system=system)
    if place is None or not queries.may_know(request.auth, place):
        raise Refusal(KernelError.NOT_FOUND)
    return {**asdict(place), "chain": queries.chain_words(place.area_id)}
