"""A plan judged: against another version, and by the rules."""

from dataclasses import asdict
from typing import Any, Literal

from ninja import Query, Schema
from pydantic import Field

from jingwei.grids import queries
from jingwei.grids.http.addresses import at_most, plain
from jingwei.grids.http.workbench import router
from jingwei.kernel.asking import Asking, language_of


class PassageOut(Schema):
    """Shares from 0 to 1: of the older and of the newer area's ground, and of the households that were counted."""

    code: str
    name: str
    of_old: float
    of_new: float
    households: float
    of_households: float | None


class ChangeOut(Schema):
    kind: str
    area_id: int
    code: str
    name: str
    community: str
    level: str
    before_m2: int | None
    after_m2: int | None
    box: list[float] | None
    from_name: str
    to_name: str
    passages: list[PassageOut]


class ComparedOut(Schema):
    """`next`: pass it as `after`; null at the end."""

    counts: dict[str, int]
    items: list[ChangeOut]
    next: str | None


class CompareIn(Schema):
    """`with`: the other version; 0 or left out: what is in force, or was before this one."""

    with_id: int = Field(0, alias="with")
    kind: Literal["", "new", "retired", "redrawn", "moved", "renamed"] = ""
    after: str = Field("", max_length=60)
    limit: int = 50


class CheckOut(Schema):
    """`reason`: the fault's stable code. `box`: where to look; null where nothing is drawn."""

    grade: str
    reason: str
    text: str
    area_id: int
    code: str
    name: str
    community: str
    box: list[float] | None


class CheckedOut(Schema):
    """`next`: pass it as `after`; null at the end. `done`, `all`: communities."""

    items: list[CheckOut]
    next: str | None
    done: int
    all: int


@router.get("/plans/{int:plan_id}/compare", response=ComparedOut, summary="与另一版方案对比")
def compare(request: Asking, plan_id: int, asked: Query[CompareIn]) -> dict[str, Any]:
    """新增、撤销、改界、换责任网格、改名的网格，各带面积和户数的去向。"""
    plain(after=asked.after)
    return asdict(queries.compare(request.auth, plan_id, asked.with_id, kind=asked.kind, after=asked.after,
                                  limit=at_most(asked.limit, 200)))


@router.get("/plans/{int:plan_id}/check", response=CheckedOut, summary="核查方案")
def check(request: Asking, plan_id: int, area: int = 0, after: str = "") -> dict[str, Any]:
    """覆盖、归属、编码、大小、人员；一页是若干个社区，读到 next 为空为止。"""
    plain(after=after)
    return asdict(queries.check_plan(request.auth, plan_id, area=area, after=after, language=language_of(request)))
