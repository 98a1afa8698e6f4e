"""The plan workbench: one plan version as it is looked at and changed by hand."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

import orjson
from django.http import HttpResponse
from ninja import Query, Router, Schema

from jingwei.grids import queries
from jingwei.grids.http.addresses import PAGE, at_most, plain
from jingwei.grids.http.tile_answers import tile_answer
from jingwei.kernel.asking import Asking, language_of
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words

router = Router(tags=["plans"])
_TILES = "/api/plans/{plan}/tiles/{version}/{{z}}/{{x}}/{{y}}.mvt"


class TurnOut(Schema):
    number: int
    verb: str
    said: str


class UnitOut(Schema):
    """`odd`: 0, 1 too small, 2 too large, without a reason. Counts are null where nobody counted."""

    id: int
    code: str
    name: str
    area_m2: int
    households: int | None
    buildings: int | None
    cut: int | None
    odd: int
    note: str
    group_id: int
    group_code: str
    box: list[float]


class GroupOut(Schema):
    id: int
    code: str
    name: str
    units: int
    area_m2: int
    households: int | None
    odd: int
    box: list[float]


class CommunityOut(Schema):
    """`imbalance`: the heaviest grid's work through the mean; null with fewer than two grids."""

    id: int
    code: str
    name: str
    units: int
    odd: int
    groups: int
    groups_odd: int
    ungrouped: int
    imbalance: float | None
    buildings: int | None
    cut: int | None
    box: list[float] | None


class ViewOut(Schema):
    """`edit`: the draft's counter, to be sent as `seen` with each deed. `tiles`: an address that holds while `version` does."""

    id: int
    title: str
    system: str
    state: str
    number: int | None
    edit: int
    editable: bool
    valid_from: datetime | None
    valid_to: datetime | None
    publish_at: datetime | None
    publish_why: str
    undo: TurnOut | None
    redo: TurnOut | None
    bounds: list[float] | None
    version: str
    tiles: str
    minzoom: int
    maxzoom: int
    rules: dict[str, Any]
    communities: list[CommunityOut]


class UnitScoresOut(Schema):
    count: int
    odd: int
    smallest: int
    median: int
    largest: int
    in_bounds_share: float


class GroupScoresOut(Schema):
    count: int
    odd: int
    smallest: float
    largest: float
    in_bounds_share: float
    imbalance: float | None


class ScoresOut(Schema):
    """`measured`: what the sizes of responsibility grids count, units or households."""

    units: UnitScoresOut
    groups: GroupScoresOut
    ungrouped: int
    buildings: int | None
    buildings_cut: int | None
    measured: str


class UnitsOut(Schema):
    items: list[UnitOut]
    next: str | None


class GroupsOut(Schema):
    items: list[GroupOut]


class CommunitiesOut(Schema):
    items: list[CommunityOut]


class UnitsIn(Schema):
    community: int = 0
    group: int = 0
    odd: int = 0
    after: str = ""
    limit: int = PAGE


def view_of(request: Asking, plan_id: int) -> dict[str, Any]:
    """A plan with the address of its tiles."""
    view = queries.plan_view(request.auth, plan_id, language_of(request))
    return {**asdict(view), "tiles": _TILES.format(plan=plan_id, version=view.version), "minzoom": 0, "maxzoom": 16}


@router.get("/plans/{int:plan_id}/view", response=ViewOut, summary="打开划分方案")
def show_plan(request: Asking, plan_id: int) -> dict[str, Any]:
    """方案、可撤销和重做的一步、规则、各社区。草案只有维护全部区域的人看得到。"""
    return view_of(request, plan_id)


@router.get("/plans/{int:plan_id}/scores", response=ScoresOut, summary="方案的得分")
def show_scores(request: Asking, plan_id: int, community: int = 0) -> dict[str, Any]:
    """面积、规模、均衡、切到的建筑；可只看一个社区。"""
    return asdict(queries.scores(request.auth, plan_id, community))


@router.get("/plans/{int:plan_id}/communities", response=CommunitiesOut, summary="方案里的社区")
def list_communities(request: Asking, plan_id: int) -> dict[str, Any]:
    return {"items": [asdict(line) for line in queries.plan_view(request.auth, plan_id).communities]}


@router.get("/plans/{int:plan_id}/groups", response=GroupsOut, summary="一个社区的责任网格")
def list_groups(request: Asking, plan_id: int, community: int) -> dict[str, Any]:
    return {"items": [asdict(line) for line in queries.plan_groups(request.auth, plan_id, community)]}


@router.get("/plans/{int:plan_id}/units", response=UnitsOut, summary="方案里的单元网格")
def list_units(request: Asking, plan_id: int, asked: Query[UnitsIn]) -> dict[str, Any]:
    """按编码分页；可只看一个社区、一个责任网格，或面积超限而没有说明的。"""
    plain(after=asked.after)
    found, following = queries.plan_units(request.auth, plan_id, community=asked.community, group=asked.group,
                                          odd=bool(asked.odd), after=asked.after, limit=at_most(asked.limit))
    return {"items": [asdict(line) for line in found], "next": following}


@router.get("/plans/{int:plan_id}/at", response=UnitOut, summary="方案里某点的单元网格")
def show_unit_at(request: Asking, plan_id: int, lon: float, lat: float) -> dict[str, Any]:
    found = queries.unit_at(request.auth, plan_id, lon, lat)
    if found is None:
        raise Refusal(KernelError.NOT_FOUND)
    return asdict(found)


@router.get("/plans/{int:plan_id}/shapes", summary="方案里的边界")
def show_shapes(request: Asking, plan_id: int, ids: str) -> HttpResponse:
    """GeoJSON FeatureCollection；ids 是用逗号隔开的编号，最多 500 个。"""
    import shapely

    features = [{"type": "Feature", "geometry": orjson.Fragment(shapely.to_geojson(shapely.from_wkb(wkb))),
                 "properties": {"id": area, "code": code}}
                for area, code, wkb in queries.plan_shapes(request.auth, plan_id, _ids(ids))]
    return HttpResponse(orjson.dumps({"type": "FeatureCollection", "features": features}),
                        content_type="application/geo+json")


def _ids(text: str) -> list[int]:
    parts = [part for part in text.split(",") if part]
    if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        raise Refusal(KernelError.BAD_REQUEST, where=Words("编号", "ids"), why=Words("须是用逗号隔开的整数", "whole numbers with commas between"))
    return [int(part) for part in parts]


@router.get("/plans/{int:plan_id}/tiles/{version}/{int:z}/{int:x}/{int:y}.mvt", summary="方案的矢量瓦片")
def show_plan_tile(request: Asking, plan_id: int, version: str, z: int, x: int, y: int) -> HttpResponse:
    """社区、责任网格、单元网格及其名称。没有内容为 204；版本已换为 404。"""
    data = queries.plan_tile(request.auth, plan_id, version, z, x, y)
    if data is None:
        raise Refusal(KernelError.NOT_FOUND)
    return tile_answer(request, data)
