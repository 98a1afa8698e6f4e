"""The ground over HTTP: the tree by pages, one area, the area of a point, who is missing."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from ninja import Router

from jingwei.accounts.queries import Right
from jingwei.grids import queries
from jingwei.grids.days import today
from jingwei.grids.errors import GridError
from jingwei.kernel.errors import KernelError, Refusal

router = Router(tags=["网格"])
_PAGE = 100


@router.get("/areas", summary="区域树：下级")
def list_children(request: HttpRequest, parent: int | None = None, after: str = "", limit: int = _PAGE,
                  system: str = "base") -> dict[str, Any]:
    """Areas below `parent` by code (without it: where the caller's part begins). `next`: pass it as `after`."""
    if parent is None:
        return {"items": [asdict(line) for line in queries.roots(request.auth, system=system)], "next": None}
    limit = max(1, min(limit, 500))
    found = queries.children(request.auth, parent, after=after, limit=limit + 1)
    if found is None:
        raise Refusal(KernelError.NOT_FOUND)
    return {"items": [asdict(line) for line in found[:limit]],
            "next": found[limit - 1].code if len(found) > limit else None}


@router.get("/areas/{int:area_id}", summary="区域详情")
def show_area(request: HttpRequest, area_id: int) -> dict[str, Any]:
    """One area with the way up, its size and box, and who holds it today."""
    detail = queries.area_detail(request.auth, area_id)
    if detail is None:
        raise Refusal(KernelError.NOT_FOUND)
    staffing = [asdict(line) for line in queries.staffing_of(request.auth, area_id)]
    duty = queries.answerable(area_id)
    return {**asdict(detail), "staffing": staffing, "on_duty": duty.user_id, "on_duty_why": duty.why}


@router.get("/locate", summary="坐标所在网格")
def locate(request: HttpRequest, lon: float, lat: float, system: str = "base") -> dict[str, Any]:
    """The grid of a point in degrees; 404 where nothing is drawn or the caller may not read areas."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Refusal(GridError.BAD_PLACE, lon=lon, lat=lat)
    place = queries.locate(lon, lat, system=system)
    if place is None or not request.auth.holds(Right.AREA_READ.value):
        raise Refusal(KernelError.NOT_FOUND)
    return asdict(place)


@router.get("/staffing/gaps", summary="无人负责的网格")
def list_gaps(request: HttpRequest, area: int | None = None, after: str = "", limit: int = _PAGE) -> dict[str, Any]:
    """Grids within reach that have no main today, by code."""
    limit = max(1, min(limit, 500))
    found = queries.gaps(request.auth, area, on=today(), after=after, limit=limit + 1)
    return {"items": [asdict(line) for line in found[:limit]],
            "next": found[limit - 1].code if len(found) > limit else None}
