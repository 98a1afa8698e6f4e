"""Versions of the division: list, publish, drop."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from ninja import Schema

from jingwei.grids import commands, queries
from jingwei.grids.http.addresses import plain, router
from jingwei.kernel.asking import Asking


class PlanOut(Schema):
    """`state`: staging (an import that has not ended) | draft | published. `changes`: areas it brings (new), draws
    (drawn), renames (renamed), moves (moved) and ends (retired).
    """

    id: int
    system: str
    number: int | None
    title: str
    state: str
    valid_from: datetime | None
    valid_to: datetime | None
    changes: dict[str, int]


class PublishedOut(Schema):
    id: int
    number: int


@router.get("/plans", response=list[PlanOut])
def list_plans(request: Asking, system: str = "base") -> list[dict[str, Any]]:
    """划分方案的各个版本，新的在前。草案只有维护全部区域的人看得到。"""
    plain(system=system)
    return [asdict(plan) for plan in queries.plans(request.auth, system=system)]


@router.post("/plans/{int:plan_id}/publish", response=PublishedOut)
def publish_plan(request: Asking, plan_id: int) -> dict[str, int]:
    """发布草案，立即生效。"""
    return {"id": plan_id, "number": commands.publish_plan(request.auth, plan_id)}


@router.delete("/plans/{int:plan_id}", response={204: None})
def drop_plan(request: Asking, plan_id: int) -> HttpResponse:
    """放弃草案或没有导完的方案；已发布的不能放弃。"""
    commands.drop_plan(request.auth, plan_id)
    return HttpResponse(status=204)
