"""The installation over HTTP: its state, its backups, its operation log, the words of its screens."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, ConfigDict, Field

from jingwei.config.backup import kept
from jingwei.config.dictionary import dictionary
from jingwei.config.operations import Operations, operations
from jingwei.config.system import System, system
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking, language_of

router = Router(tags=["系统 system"])


class OperationsQuery(Schema):
    """`verb`: one, or a kind with its point (user.). `subject`: case:…, a kind with its colon, or a case number.

    `actor`: login or id of a person. `before`: what the page before gave as `next`.
    """

    model_config = ConfigDict(extra="forbid")

    before: Annotated[int, Field(ge=1, le=2**62)] | None = None
    verb: str = Field("", max_length=60)
    subject: str = Field("", max_length=80)
    actor: str = Field("", max_length=60)
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    limit: int = Field(50, ge=1, le=200)


@router.get("/system", response=System, summary="系统状态：自检、读取程序、最近的备份")
def show_system(request: Asking) -> System:
    """与 jingwei doctor 相同的检查。level：ok 正常，note 需要知道，fault 需要处理。"""
    return system(request.auth)


@router.get("/backups", response=list[kept.Kept], summary="数据目录里的备份")
def list_backups(request: Asking) -> list[kept.Kept]:
    """新的在前。备份与数据在同一块磁盘上，请另外复制到别的机器。"""
    return kept.kept(request.auth)


@router.post("/backups", summary="在后台做一份备份")
def ask_backup(request: Asking) -> HttpResponse:
    """回答 202 和任务编号；已有备份在做时是它的编号。进度见 GET /jobs。"""
    return once(request, lambda: {"job": kept.ask(request.auth)}, 202)


@router.get("/audit/operations", response=Operations, summary="操作日志")
def list_operations(request: Asking, wanted: Query[OperationsQuery]) -> Operations:
    """日志里的每一步：谁、何时、对什么、做了什么。新的在前，不含个人信息。"""
    return operations(request.auth, before=wanted.before, verb=wanted.verb, subject=wanted.subject, by=wanted.actor,
                      since=wanted.since, until=wanted.until, limit=wanted.limit)


@router.get("/dictionary", response=dict[str, dict[str, str]], summary="代码的名称")
def show_dictionary(request: Asking) -> dict[str, dict[str, str]]:
    """states、actions、channels、limit_units、posts、staffing_posts、area_kinds：代码 → 名称。Accept-Language: en 时为英文（没有英文的仍为中文）。"""
    return dictionary(language_of(request))
