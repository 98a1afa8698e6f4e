"""Versions of the division: list, begin, publish now or on a day to come, drop."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from ninja import Schema
from pydantic import AwareDatetime, Field

from jingwei.grids import commands, queries
from jingwei.grids.http.addresses import plain, router
from jingwei.journal.http import once
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
    publish_at: datetime | None
    publish_why: str
    edits: int
    changes: dict[str, int]


class PlanIn(Schema):
    title: str = Field(min_length=1, max_length=100)
    system: str = Field("base", max_length=20)


class PlanIdOut(Schema):
    id: int


class PublishIn(Schema):
    """`on`: a moment to come; null: at once."""

    on: AwareDatetime | None = None


class PublishedOut(Schema):
    """`number`: null while the day (`publish_at`) has not come."""

    id: int
    number: int | None
    publish_at: AwareDatetime | None = None


@router.get("/plans", response=list[PlanOut])
def list_plans(request: Asking, system: str = "base") -> list[dict[str, Any]]:
    """划分方案的各个版本，新的在前。草案只有维护全部区域的人看得到。"""
    plain(system=system)
    return [asdict(plan) for plan in queries.plans(request.auth, system=system)]


@router.post("/plans", response={201: PlanIdOut})
def open_plan(request: Asking, body: PlanIn) -> HttpResponse:
    """新建草案：以现行划分为底，由人修改。"""
    plain(title=body.title, system=body.system)
    return once(request, lambda: {"id": commands.open_plan(request.auth, body.title, system=body.system)}, 201)


@router.post("/plans/{int:plan_id}/publish", response=PublishedOut)
def publish_plan(request: Asking, plan_id: int, body: PublishIn) -> dict[str, Any]:
    """发布草案：立即生效，或到 on 那一刻自动发布。"""
    if body.on is None:
        return {"id": plan_id, "number": commands.publish_plan(request.auth, plan_id)}
    commands.schedule_plan(request.auth, plan_id, body.on)
    return {"id": plan_id, "number": None, "publish_at": body.on}


@router.delete("/plans/{int:plan_id}/schedule", response={204: None})
def unschedule_plan(request: Asking, plan_id: int) -> HttpResponse:
    """撤回发布日期，草案可以继续修改。"""
    commands.unschedule_plan(request.auth, plan_id)
    return HttpResponse(status=204)


@router.delete("/plans/{int:plan_id}", response={204: None})
def drop_plan(request: Asking, plan_id: int) -> HttpResponse:
    """放弃草案或没有导完的方案；已发布的不能放弃。"""
    commands.drop_plan(request.auth, plan_id)
    return HttpResponse(status=204)
