"""The map: what it holds, and its tiles. A tile's address names its version, so that browsers keep it for good."""

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from ninja import Schema

from jingwei.grids import queries
from jingwei.grids.http.addresses import router
from jingwei.grids.http.tile_answers import kept, tile_answer
from jingwei.kernel.asking import Asking
from jingwei.kernel.errors import KernelError, Refusal

_TILES = "/api/map/{version}/{{z}}/{{x}}/{{y}}.mvt"


class MapLayerOut(Schema):
    name: str
    title: str
    count: int


class MapOut(Schema):
    """`bounds`: west, south, east, north of the districts where one works; null while nothing is drawn.

    `tiles`: an address with {z}, {x}, {y} to be filled in; it holds while `version` does. Beyond `maxzoom` there are
    no tiles: a map draws those of `maxzoom` larger.
    """

    version: str
    bounds: list[float] | None
    layers: list[MapLayerOut]
    tiles: str
    minzoom: int
    maxzoom: int


@router.get("/map", response=MapOut)
def show_map(request: Asking) -> dict[str, Any]:
    """地图：版本、范围、图层和瓦片地址。范围是本人任职的区县。"""
    shown = queries.the_map(request.auth)
    return {**asdict(shown), "tiles": _TILES.format(version=shown.version)}


@router.get("/map/{version}/{int:z}/{int:x}/{int:y}.mvt")
def show_tile(request: Asking, version: str, z: int, x: int, y: int) -> HttpResponse:
    """矢量瓦片（MVT，gzip）：水系、绿地、建筑、街巷、区域和区域名称。没有内容为 204；版本已换或不在本人区县为 404。"""
    data = queries.tile(request.auth, version, z, x, y)
    if data is None:
        raise Refusal(KernelError.NOT_FOUND)
    tag = f'"{version}/{z}/{x}/{y}"'
    unchanged = request.headers.get("If-None-Match") in (tag, f"W/{tag}")
    answer = kept(HttpResponse(status=304)) if unchanged else tile_answer(request, data)
    answer["ETag"] = tag
    return answer
