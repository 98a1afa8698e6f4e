"""Deeds on a draft: each answers what it changed, so that a screen need not ask for the whole again."""

from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field

from jingwei.grids import commands, queries
from jingwei.grids.commands import Edited
from jingwei.grids.http.workbench import GroupOut, TurnOut, UnitOut, router
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking, language_of

Degree = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Place = Annotated[list[Degree], Field(min_length=2, max_length=2)]
Line = Annotated[list[Place], Field(min_length=2, max_length=2_000)]
Units = Annotated[list[int], Field(min_length=1, max_length=2_000)]


class Seen(Schema):
    """`seen`: the counter of the draft as it was looked at; another deed since is a conflict. Null: whatever it is."""

    seen: int | None = None


class SplitIn(Seen):
    """`line`: places as longitude and latitude, from border to border. Null: where the unit is best cut into two."""

    unit: int
    line: Line | None = None


class MergeIn(Seen):
    units: Units


class BorderIn(Seen):
    units: Units
    line: Line


class MoveIn(Seen):
    """`group`: a responsibility grid of the same community. Null: a new one."""

    units: Units
    group: int | None = None


class NoteIn(Seen):
    unit: int
    note: str = Field(max_length=100)


class EditedOut(Schema):
    """`units`, `groups`: those the deed touched, as they are now; `gone`: ids of areas that no longer stand in the draft."""

    edit: int
    version: str
    verb: str
    said: str
    box: list[float]
    units: list[UnitOut]
    groups: list[GroupOut]
    gone: list[int]
    warnings: list[str]
    undo: TurnOut | None
    redo: TurnOut | None


def _told(request: Asking, plan_id: int, edited: Edited) -> dict[str, Any]:
    return asdict(queries.edited(request.auth, plan_id, edited.verb, edited.about, edited.touched, edited.box,
                                 language_of(request)))


@router.post("/plans/{int:plan_id}/split", response=EditedOut, summary="切分单元网格")
def split(request: Asking, plan_id: int, body: SplitIn) -> HttpResponse:
    return once(request, lambda: _told(request, plan_id, commands.split_unit(
        request.auth, plan_id, body.unit, body.line, seen=body.seen)))


@router.post("/plans/{int:plan_id}/merge", response=EditedOut, summary="合并单元网格")
def merge(request: Asking, plan_id: int, body: MergeIn) -> HttpResponse:
    return once(request, lambda: _told(request, plan_id, commands.merge_units(
        request.auth, plan_id, body.units, seen=body.seen)))


@router.post("/plans/{int:plan_id}/border", response=EditedOut, summary="重画两个单元网格之间的边界")
def border(request: Asking, plan_id: int, body: BorderIn) -> HttpResponse:
    return once(request, lambda: _told(request, plan_id, commands.draw_border(
        request.auth, plan_id, body.units, body.line, seen=body.seen)))


@router.post("/plans/{int:plan_id}/move", response=EditedOut, summary="把单元网格移到别的责任网格")
def move(request: Asking, plan_id: int, body: MoveIn) -> HttpResponse:
    return once(request, lambda: _told(request, plan_id, commands.move_units(
        request.auth, plan_id, body.units, body.group, seen=body.seen)))


@router.post("/plans/{int:plan_id}/note", response=EditedOut, summary="说明面积超限的理由")
def note(request: Asking, plan_id: int, body: NoteIn) -> HttpResponse:
    return once(request, lambda: _told(request, plan_id, commands.note_unit(
        request.auth, plan_id, body.unit, body.note, seen=body.seen)))


@router.post("/plans/{int:plan_id}/undo", response=EditedOut, summary="撤销上一步")
def undo(request: Asking, plan_id: int, body: Seen) -> HttpResponse:
    return once(request, lambda: _told(request, plan_id, commands.undo(request.auth, plan_id, seen=body.seen)))


@router.post("/plans/{int:plan_id}/redo", response=EditedOut, summary="重做下一步")
def redo(request: Asking, plan_id: int, body: Seen) -> HttpResponse:
    return once(request, lambda: _told(request, plan_id, commands.redo(request.auth, plan_id, seen=body.seen)))
