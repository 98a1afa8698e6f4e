"""The ground over HTTP: the tree by pages, one area, the area of a point, who is missing."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema

from jingwei.accounts.queries import Right
from jingwei.grids import queries
from jingwei.grids.days import today
from jingwei.grids.errors import GridError
from jingwei.kernel.actor import Actor
from jingwei.kernel.asking import Asking
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.paths import within

router = Router(tags=["grids"])
_PAGE, _LARGEST_PAGE = 100, 500


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


class PostingOut(Schema):
    id: int
    user_id: UUID
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
    on_duty_why: str


@router.get("/areas", response=PageOut)
def list_children(request: Asking, parent: int | None = None, after: str = "", limit: int = _PAGE,
                  system: str = "base") -> dict[str, Any]:
    """区域树：某区域的下级，按编码分页；不给 parent 时从本人权限的顶层开始。"""
    _plain(after=after, system=system)
    if parent is None:
        return {"items": [asdict(line) for line in queries.roots(request.auth, system=system)], "next": None}
    found = queries.children(request.auth, parent, after=after, limit=_limit(limit) + 1)
    if found is None:
        raise Refusal(KernelError.NOT_FOUND)
    return _page(found, _limit(limit))


@router.get("/areas/{int:area_id}", response=AreaOut)
def show_area(request: Asking, area_id: int) -> dict[str, Any]:
    """区域详情：所属各级、四至、面积、今日在岗。"""
    detail = queries.area_detail(request.auth, area_id)
    if detail is None:
        raise Refusal(KernelError.NOT_FOUND)
    staffing = [asdict(line) for line in queries.staffing_of(request.auth, area_id)]
    duty = queries.answerable(area_id)
    return {**asdict(detail), "staffing": staffing, "on_duty": duty.user_id, "on_duty_why": duty.why}


@router.get("/locate", response=PlaceOut)
def locate(request: Asking, lon: float, lat: float, system: str = "base") -> dict[str, Any]:
    """坐标（经度、纬度）所在的单元网格；没有划入任何网格，或不在本人任职的区县时为 404。"""
    _plain(system=system)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Refusal(GridError.BAD_PLACE, lon=lon, lat=lat)
    place = queries.locate(lon, lat, system=system)
    if place is None or not _may_know(request.auth, place):
        raise Refusal(KernelError.NOT_FOUND)
    return asdict(place)


@router.get("/staffing/gaps", response=PageOut)
def list_gaps(request: Asking, area: int | None = None, after: str = "", limit: int = _PAGE) -> dict[str, Any]:
    """今日无人负责的网格，按编码分页。"""
    _plain(after=after)
    found = queries.gaps(request.auth, area, on=today(), after=after, limit=_limit(limit) + 1)
    return _page(found, _limit(limit))


def _may_know(actor: Actor, place: queries.Place) -> bool:
    """Within reach, or in a district where one works: there any staff may report, wherever they are (PB-19)."""
    reached = [grant.area_path for grant in actor.grants if Right.AREA_READ.value in grant.rights]
    if any(within(place.path, path) for path in reached):
        return True
    district = queries.place_by_code(place.county) if reached else None
    return district is not None and any(within(path, district.path) for path in reached)


def _limit(asked: int) -> int:
    return max(1, min(asked, _LARGEST_PAGE))


def _page(found: list[queries.AreaLine], limit: int) -> dict[str, Any]:
    """`found` holds one more than the page where there is a next one."""
    following = found[limit - 1].code if len(found) > limit else None
    return {"items": [asdict(line) for line in found[:limit]], "next": following}


def _plain(**texts: str) -> None:
    """PostgreSQL takes no NUL in a text."""
    for where, text in texts.items():
        if "\0" in text:
            raise Refusal(KernelError.BAD_REQUEST, where=where, why="NUL")
