"""Reads: lists by keyset, counts, parts near a point, one part, tiles for the map."""

from typing import Annotated, Any
from uuid import UUID

import orjson
from django.http import HttpResponse
from ninja import Field, Query, Schema

from jingwei.formats.vector_tile import MEDIA_TYPE
from jingwei.kernel.asking import Asking
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.registry import queries
from jingwei.registry.http.addresses import router

_MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8", "gpkg": "application/geopackage+sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
Word = Annotated[str, Field(max_length=100)]


class PartsIn(Schema):
    """`class_code` ("scheme/component/code", a major class too) and `state` may be repeated. `area`, `owner`: codes, with
    all below. `gone`: abandoned and removed ones as well.
    """

    class_code: list[Word] = []
    state: list[Word] = []
    area: Word = ""
    owner: Word = ""
    words: Word = ""
    number: Word = ""
    accuracy: Word = ""
    gone: bool = False

    def filter(self) -> queries.PartFilter:
        named = self.dict(include=set(PartsIn.model_fields) - {"state", "class_code"})
        return queries.PartFilter(classes=self.class_code, states=self.state, **named)


class ListIn(PartsIn):
    """`after`: from the page before."""

    after: Word = ""
    limit: int = 50


class NearIn(Schema):
    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)
    metres: float = Field(50.0, gt=0, le=500)
    limit: int = 10


class NearOut(Schema):
    items: list[queries.PartLine]


def _json(found: Any) -> HttpResponse:
    return HttpResponse(orjson.dumps(found), content_type="application/json")


@router.get("/parts", response=queries.PartPage, summary="部件列表（按标识码）")
def list_parts(request: Asking, asked: Query[ListIn]) -> HttpResponse:
    return _json(queries.list_parts(request.auth, asked.filter(), after=asked.after, limit=asked.limit))


@router.get("/parts/counts", response=queries.PartCounts, summary="部件数量：分类 × 状态（同列表的筛选条件）")
def counts(request: Asking, asked: Query[PartsIn]) -> HttpResponse:
    return _json(queries.counts(request.auth, asked.filter()))


@router.get("/parts/near", response=NearOut, summary="附近的部件（近的在前）")
def near(request: Asking, asked: Query[NearIn]) -> HttpResponse:
    return _json({"items": queries.near(request.auth, asked.lon, asked.lat, asked.metres, limit=asked.limit)})


@router.get("/parts/export", summary="导出部件（CSV、XLSX、GeoPackage，同列表的筛选条件）")
def export(request: Asking, asked: Query[PartsIn], format: str = "csv", abbreviated: bool = False) -> HttpResponse:  # noqa: A002
    """列为国家标准的名称；abbreviated 为真时用缩写。一次最多 5 万个。"""
    data = queries.parts_file(request.auth, asked.filter(), format, abbreviated=abbreviated)
    name = f'attachment; filename="parts.{format}"'
    return HttpResponse(data, content_type=_MEDIA_TYPES[format], headers={"Content-Disposition": name})


@router.get("/parts/{part_id}", response=queries.PartDetail, summary="部件详情与变更记录")
def detail(request: Asking, part_id: UUID) -> HttpResponse:
    return _json(queries.part_detail(request.auth, part_id))


@router.get("/parts/tiles/{int:z}/{int:x}/{int:y}.mvt", summary="地图上的部件（矢量瓦片，15 至 16 级）")
def show_tile(request: Asking, z: int, x: int, y: int) -> HttpResponse:
    """图层 parts：id、number、name、class、state。没有部件为 204；没有这个瓦片为 404。"""
    found = queries.tile(request.auth, z, x, y)
    if found is None:
        raise Refusal(KernelError.NOT_FOUND)
    data, tag = found
    if request.headers.get("If-None-Match", "").removeprefix("W/") == f'"{tag}"':
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(data, content_type=MEDIA_TYPE) if data else HttpResponse(status=204)
    answer["ETag"], answer["Cache-Control"] = f'"{tag}"', "private, no-cache"
    return answer
