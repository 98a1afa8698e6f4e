"""Writes: one address per verb. Each takes an Idempotency-Key and answers where the part stands now."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Schema
from pydantic import ConfigDict

from jingwei.journal.http import once
from jingwei.kernel.asking import Asking
from jingwei.registry import commands
from jingwei.registry.commands import Where
from jingwei.registry.http.addresses import router

_CONVERTED_AT_ONCE = 2_000
Line = Annotated[str, Field(max_length=400)]
Long = Annotated[str, Field(max_length=4000)]


class _Body(Schema):
    model_config = ConfigDict(extra="forbid")


class PlaceIn(_Body):
    """`lon`, `lat`: WGS-84 / CGCS2000 degrees; or `geometry`: a GeoJSON point, line or surface."""

    lon: float | None = None
    lat: float | None = None
    geometry: dict[str, Any] | None = None

    def where(self) -> Where:
        return Where(self.lon, self.lat, geometry=self.geometry)


class DescribedIn(_Body):
    """What is left out stays as it is. Days as 2026-07-01 or 20260701. `accuracy`: A, B, C or ''."""

    name: Line | None = None
    supervisor_code: Line | None = None
    supervisor_name: Line | None = None
    owner_code: Line | None = None
    owner_name: Line | None = None
    maintainer_code: Line | None = None
    maintainer_name: Line | None = None
    surveyed_on: Line | None = None
    source: Line | None = None
    accuracy: Line | None = None
    note: Long | None = None

    def given(self) -> dict[str, str]:
        return {name: value for name in DescribedIn.model_fields if (value := getattr(self, name)) is not None}


class PartIn(DescribedIn, PlaceIn):
    """`id`: made by the client, a UUIDv7. `class_code`: "scheme/component/code". `number` left out: the next free one."""

    id: UUID
    class_code: Line
    number: Line = ""
    state: Line = "intact"


class CorrectIn(DescribedIn):
    """`class_code`: another class gives another number; the old one still finds the part."""

    class_code: Line = ""
    reason: Line = ""


class MoveIn(PlaceIn):
    reason: Line = ""
    on: Line = ""


class StateIn(_Body):
    """`state`: intact, damaged, lost, abandoned, removed; the last three need a `reason`. `on`: the day, today if left out."""

    state: Line
    reason: Line = ""
    on: Line = ""


class RetireIn(_Body):
    """`removed` false: abandoned, it still stands there."""

    reason: Line
    removed: bool = True
    on: Line = ""


@router.post("/parts", response={201: commands.Saved}, summary="登记部件")
def add(request: Asking, body: PartIn) -> HttpResponse:
    return once(request, lambda: commands.add(
        request.auth, body.id, body.class_code, body.where(), {**body.given(), "state": body.state}, number=body.number), 201)


class SchemeIn(_Body):
    """`dry_run`: only tell what would become of how many."""

    before: Line
    after: Line
    dry_run: bool = True


class LeftOut(Schema):
    code: str
    text: str


class ConvertedOut(Schema):
    """`changed`: parts converted, or that would be. `waiting`: ask again until it is 0. `left`: classes that stay, each
    with the reason.
    """

    dry_run: bool
    changed: int
    waiting: int
    left: list[LeftOut]


def _converted(outcome: commands.Outcome) -> dict[str, Any]:
    left = [{"code": each.reason.code, "text": each.text()} for each in outcome.rejected]
    return {"dry_run": outcome.dry_run, "changed": outcome.changed, "waiting": outcome.unchanged, "left": left}


@router.post("/parts/change-scheme", response=ConvertedOut, summary="部件转到新分类方案")
def change_scheme(request: Asking, body: SchemeIn) -> HttpResponse:
    """只转一对一的分类；不能一对一的列在 left。旧标识码仍能查到部件。一次最多转两千个，waiting 不为 0 时再发一次。"""
    return once(request, lambda: _converted(commands.change_scheme(
        request.auth, body.before, body.after, dry_run=body.dry_run, most=_CONVERTED_AT_ONCE)))


@router.post("/parts/{part_id}/correct", response=commands.Saved, summary="更正部件信息")
def correct(request: Asking, part_id: UUID, body: CorrectIn) -> HttpResponse:
    return once(request, lambda: commands.correct(
        request.auth, part_id, body.given(), class_code=body.class_code, reason=body.reason))


@router.post("/parts/{part_id}/move", response=commands.Saved, summary="改部件位置")
def move(request: Asking, part_id: UUID, body: MoveIn) -> HttpResponse:
    return once(request, lambda: commands.move(request.auth, part_id, body.where(), reason=body.reason, on=body.on))


@router.post("/parts/{part_id}/state", response=commands.Saved, summary="改部件状态")
def change_state(request: Asking, part_id: UUID, body: StateIn) -> HttpResponse:
    return once(request, lambda: commands.change_state(
        request.auth, part_id, body.state, reason=body.reason, on=body.on))


@router.post("/parts/{part_id}/retire", response=commands.Saved, summary="部件废弃或移除")
def retire(request: Asking, part_id: UUID, body: RetireIn) -> HttpResponse:
    return once(request, lambda: commands.retire(
        request.auth, part_id, reason=body.reason, removed=body.removed, on=body.on))
