"""What a desk needs beside the cases themselves: who may be given a task, who looks at what, saved views."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from jingwei.cases import commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


@router.get("/cases/{case_id}/candidates", response=shape.CandidatesOut, summary="可以承接核实、核查任务的网格员")
def candidates(request: Asking, case_id: UUID, action: str) -> dict[str, Any]:
    """`action`: ask_verify or confirm, where one may take it now. Who answers for the place today comes first."""
    return {"people": queries.candidates(request.auth, case_id, action)}


@router.post("/cases/{case_id}/looking", response=shape.LookersOut, summary="标明正在看这件案件（60 秒，可续）")
def look(request: Asking, case_id: UUID) -> dict[str, Any]:
    return {"others": commands.look(request.auth, case_id)}


@router.delete("/cases/{case_id}/looking", summary="不再看这件案件")
def look_away(request: Asking, case_id: UUID) -> HttpResponse:
    return once(request, lambda: commands.look_away(request.auth, case_id))


@router.get("/looking", response=shape.MarksOut, summary="正有人看的案件")
def looking(request: Asking) -> dict[str, Any]:
    return {"marks": queries.looking(request.auth)}


@router.get("/views", response=list[queries.View], summary="我保存的筛选")
def views(request: Asking) -> list[queries.View]:
    return queries.views(request.auth)


@router.post("/views", response={201: shape.MadeOut}, summary="保存筛选（同名的被替换）")
def save_view(request: Asking, body: shape.ViewIn) -> HttpResponse:
    """`query`: the query string of the list's address."""
    return once(request, lambda: {"id": commands.save_view(request.auth, body.name, body.query)}, 201)


@router.get("/views/shared", response=list[queries.Shared], summary="共享的筛选：我能看到的和我共享的")
def shared_views(request: Asking) -> list[queries.Shared]:
    return queries.shared_views(request.auth)


@router.post("/views/shared", response={201: shape.MadeOut}, summary="把筛选共享给一个区域里的人")
def share_view(request: Asking, body: shape.SharedViewIn) -> HttpResponse:
    return once(request, lambda: {"id": commands.share_view(
        request.auth, body.name, body.query, area=body.area, role=body.role)}, 201)


@router.put("/views/shared/{view_id}", summary="修改自己共享的筛选")
def change_shared_view(request: Asking, view_id: UUID, body: shape.SharedViewIn) -> HttpResponse:
    return once(request, lambda: commands.change_shared_view(
        request.auth, view_id, body.name, body.query, area=body.area, role=body.role))


@router.delete("/views/shared/{view_id}", summary="收回共享的筛选")
def withdraw_view(request: Asking, view_id: UUID) -> HttpResponse:
    return once(request, lambda: commands.withdraw_view(request.auth, view_id))


@router.delete("/views/{view_id}", summary="删除保存的筛选")
def drop_view(request: Asking, view_id: UUID) -> HttpResponse:
    return once(request, lambda: commands.drop_view(request.auth, view_id))
