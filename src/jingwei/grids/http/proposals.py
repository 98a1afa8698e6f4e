"""Proposals of the partition engine: what one would work on, begin, follow, call off."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field

from jingwei.grids import commands, queries
from jingwei.grids.http.workbench import router
from jingwei.grids.plan_rules import DENSE, Measure, Rules, Workload
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking, language_of


class GroundOut(Schema):
    """`missing`: what must be imported first, in words; empty where a proposal can begin (`ready`)."""

    communities: int
    communities_drawn: int
    streets: int
    buildings: int
    water: int
    units: int
    ready: bool
    missing: list[str]


class RulesIn(Schema):
    """Square metres of a unit; of a responsibility grid how many units, or households (`measure`)."""

    unit_target: float = Field(DENSE.unit_target, gt=0, le=1e9)
    unit_least: float = Field(DENSE.unit_least, gt=0, le=1e9)
    unit_most: float = Field(DENSE.unit_most, gt=0, le=1e9)
    measure: Measure = DENSE.measure
    group_least: float = Field(DENSE.group_least, gt=0, le=1e6)
    group_most: float = Field(DENSE.group_most, gt=0, le=1e6)
    workload: Workload = DENSE.workload


class ProposalIn(Schema):
    """`area`: whose ground is divided. `keep`: change as little as possible of what stands. `seed`: the same ground, rules and seed give the same division."""

    area: int
    title: str = Field("", max_length=100)
    keep: bool = False
    rules: RulesIn = Field(default_factory=lambda: RulesIn.model_validate({}))
    seed: int = Field(1, ge=0, lt=2**31)


class ProposalIdOut(Schema):
    id: int


class ProposalOut(Schema):
    """`done`: share of the whole, 0 to 1. `said`: why it failed. `report`: measures, hindrances, oddities, remarks."""

    id: int
    title: str
    state: str
    stage: str
    stage_words: str
    done: float
    said: str
    plan_id: int | None
    created_at: datetime
    created_by_name: str
    report: dict[str, Any] | None


class ProposalsOut(Schema):
    items: list[ProposalOut]


@router.get("/plans/proposals/ground", response=GroundOut, summary="自动划分的底数")
def show_ground(request: Asking, area: int) -> dict[str, Any]:
    """社区、道路、建筑各有多少，还缺什么。"""
    ground = queries.proposal_ground(request.auth, area, language_of(request))
    return {**asdict(ground), "ready": ground.ready}


@router.get("/plans/proposals", response=ProposalsOut, summary="历次自动划分")
def list_proposals(request: Asking) -> dict[str, Any]:
    return {"items": [asdict(one) for one in queries.proposals(request.auth)]}


@router.post("/plans/proposals", response={201: ProposalIdOut}, summary="开始自动划分")
def ask(request: Asking, body: ProposalIn) -> HttpResponse:
    """在后台进行，做完后留下一个草案。"""
    rules = Rules(**body.rules.dict())
    return once(request, lambda: {"id": commands.ask_proposal(request.auth, body.area, body.title, rules, keep=body.keep, seed=body.seed)}, 201)


@router.get("/plans/proposals/{int:proposal_id}", response=ProposalOut, summary="一次自动划分")
def show_proposal(request: Asking, proposal_id: int) -> dict[str, Any]:
    """进度、结果和报告。"""
    return asdict(queries.proposal(request.auth, proposal_id))


@router.post("/plans/proposals/{int:proposal_id}/cancel", response={204: None}, summary="取消自动划分")
def cancel(request: Asking, proposal_id: int) -> HttpResponse:
    commands.call_off(request.auth, proposal_id)
    return HttpResponse(status=204)
