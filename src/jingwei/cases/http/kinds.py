"""Kinds of event that a township tells apart, the steps that only they have, and what is publicised."""

from uuid import UUID

from django.http import HttpResponse

from jingwei.cases import commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.cases.http.steps import step
from jingwei.kernel.asking import Asking


class KindIn(shape.Asked):
    """`kind`: coordination, mediation, sudden or approval; empty for the ordinary one."""

    kind: shape.Short = ""


@router.get("/kinds", response=list[queries.EventKind], summary="可选的事件类别")
def kinds(request: Asking) -> list[queries.EventKind]:
    return queries.kinds_for(request.auth)


@router.get("/publicity", response=list[queries.Publicised], summary="正在公示的事项")
def publicity(request: Asking) -> list[queries.Publicised]:
    return queries.publicised(request.auth)


@router.get("/cases/{case_id}/publicity", response=list[queries.Publicised], summary="案件的两级公示")
def publicity_of(request: Asking, case_id: UUID) -> list[queries.Publicised]:
    return queries.publicity_of(request.auth, case_id)


@router.post("/cases/{case_id}/change-kind", response=commands.Taken, summary="改事件类别")
def change_kind(request: Asking, case_id: UUID, body: KindIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.change_kind(request.auth, case_id, kind=body.kind))


@router.post("/cases/{case_id}/submit", response=commands.Taken, summary="受理报审（审批类）")
def submit(request: Asking, case_id: UUID, body: shape.RemarkIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.submit(request.auth, case_id, text=body.text))


@router.post("/cases/{case_id}/approve", response=commands.Taken, summary="同意并公示（审批类）")
def approve(request: Asking, case_id: UUID, body: shape.RemarkIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.approve(request.auth, case_id, text=body.text))


@router.post("/cases/{case_id}/object", response=commands.Taken, summary="公示有异议（审批类）")
def object_to(request: Asking, case_id: UUID, body: shape.ReasonIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.object_to(request.auth, case_id, reason=body.reason))


@router.post("/cases/{case_id}/grant", response=commands.Taken, summary="公示无异议，办结（审批类）")
def grant(request: Asking, case_id: UUID, body: shape.RemarkIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.grant(request.auth, case_id, text=body.text))


@router.post("/cases/{case_id}/follow", response=commands.Taken, summary="现场续报（突发类）")
def follow_up(request: Asking, case_id: UUID, body: shape.FeedbackIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.follow_up(request.auth, case_id, text=body.text, files=body.files))


@router.post("/cases/{case_id}/note", response=commands.Taken, summary="阅知并请回复（协调类）")
def note(request: Asking, case_id: UUID, body: shape.RemarkIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.note(request.auth, case_id, text=body.text))


@router.post("/cases/{case_id}/reply", response=commands.Taken, summary="回复群众（协调类）")
def reply_to_people(request: Asking, case_id: UUID, body: shape.FeedbackIn) -> HttpResponse:
    return step(request, case_id, lambda: commands.reply_to_people(request.auth, case_id, text=body.text, files=body.files))
