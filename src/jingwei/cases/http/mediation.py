"""Mediation beside a case: begun, meetings, result, visits; listed."""

from datetime import date
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from ninja import Query, Schema
from pydantic import AwareDatetime

from jingwei.cases import commands, queries
from jingwei.cases.http.addresses import router
from jingwei.cases.http.schemas import Asked, ReasonIn, Short, Words
from jingwei.files.http import answer as answer_file
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


class PartyIn(Asked):
    """`role`: applicant, respondent, agent, other."""

    role: Short
    name: Short
    phone: Short = ""
    note: Short = ""


class PartiesIn(Asked):
    parties: list[PartyIn]


class MediateIn(Asked):
    """`id`: made by the client, a UUIDv7. `people`: who mediates, `lead` one of them."""

    id: UUID
    matter: Short
    people: list[UUID]
    parties: list[PartyIn]
    kind: Short = "people"
    level: Short = "village"
    lead: UUID | None = None


class MediatorsIn(Asked):
    people: list[UUID]
    lead: UUID | None = None
    kind: Short = ""
    level: Short = ""
    reason: Words = ""


class SessionIn(Asked):
    """`result`: again, agreed, no."""

    at: AwareDatetime
    result: Short
    people: list[UUID] = []
    place: Short = ""
    text: Words = ""
    next_at: AwareDatetime | None = None
    files: list[UUID] = []


class ConcludeIn(Asked):
    """`outcome`: settled, partly, failed, withdrawn, court, arbitration. `form`: written, oral."""

    outcome: Short
    text: Words = ""
    form: Short = "written"
    agreed_on: date | None = None
    visits: list[date] = []
    files: list[UUID] = []


class VisitIn(Asked):
    """`result`: kept, partly, broken, not_met."""

    result: Short
    text: Words = ""
    made_on: date | None = None
    next_on: date | None = None


class MediationsIn(Schema):
    """`tab`: mine, open, ended."""

    tab: str = "mine"
    matter: str = ""
    after: str = ""
    limit: int = 50


class RevealedOut(Schema):
    parties: list[dict[str, str]]
    numbers: dict[str, str]


def _json(found: Any) -> HttpResponse:
    return HttpResponse(orjson.dumps(found, default=str), content_type="application/json")


@router.get("/mediations", response=queries.MediationPage, summary="调解列表（新的在前）")
def list_mediations(request: Asking, asked: Query[MediationsIn]) -> HttpResponse:
    return _json(queries.list_mediations(request.auth, **asked.dict()))


@router.get("/cases/{case_id}/mediation", response=queries.MediationDetail, summary="案件的调解")
def mediation_of_case(request: Asking, case_id: UUID) -> HttpResponse:
    return _json(queries.mediation_of_case(request.auth, case_id))


@router.get("/cases/{case_id}/mediation/choices", response=dict[str, Any], summary="调解时可选的类别、层级和人员")
def mediation_choices(request: Asking, case_id: UUID) -> HttpResponse:
    return _json(queries.mediation_choices(request.auth, case_id))


@router.post("/cases/{case_id}/mediation", response={201: commands.Mediated}, summary="开始调解")
def mediate(request: Asking, case_id: UUID, body: MediateIn) -> HttpResponse:
    told = body.dict() | {"parties": [commands.Party(**party.dict()) for party in body.parties]}
    return once(request, lambda: commands.mediate(request.auth, case_id, commands.Beginning(**told)), 201)


@router.get("/mediations/{mediation_id}", response=queries.MediationDetail, summary="调解详情与此刻可做的操作")
def mediation_detail(request: Asking, mediation_id: UUID) -> HttpResponse:
    return _json(queries.mediation_detail(request.auth, mediation_id))


@router.post("/mediations/{mediation_id}/parties", response=commands.Mediated, summary="改当事人")
def set_parties(request: Asking, mediation_id: UUID, body: PartiesIn) -> HttpResponse:
    parties = [commands.Party(**party.dict()) for party in body.parties]
    return once(request, lambda: commands.set_parties(request.auth, mediation_id, parties))


@router.post("/mediations/{mediation_id}/mediators", response=commands.Mediated, summary="换调解员或层级")
def set_mediators(request: Asking, mediation_id: UUID, body: MediatorsIn) -> HttpResponse:
    return once(request, lambda: commands.set_mediators(request.auth, mediation_id, commands.TeamSet(**body.dict())))


@router.post("/mediations/{mediation_id}/sessions", response=commands.Mediated, summary="记录一次调解")
def hold_session(request: Asking, mediation_id: UUID, body: SessionIn) -> HttpResponse:
    return once(request, lambda: commands.hold_session(request.auth, mediation_id, commands.SessionHeld(**body.dict())))


@router.post("/mediations/{mediation_id}/conclude", response=commands.Mediated, summary="记录调解结果")
def conclude_mediation(request: Asking, mediation_id: UUID, body: ConcludeIn) -> HttpResponse:
    return once(request, lambda: commands.conclude_mediation(request.auth, mediation_id, commands.Concluding(**body.dict())))


@router.post("/mediations/{mediation_id}/visits/{number}", response=commands.Mediated, summary="记录调解回访")
def visit(request: Asking, mediation_id: UUID, number: int, body: VisitIn) -> HttpResponse:
    return once(request, lambda: commands.visit(request.auth, mediation_id, commands.VisitMade(number, **body.dict())))


@router.post("/mediations/{mediation_id}/resume", response=commands.Mediated, summary="再次调解")
def resume_mediation(request: Asking, mediation_id: UUID, body: ReasonIn) -> HttpResponse:
    return once(request, lambda: commands.resume_mediation(request.auth, mediation_id, reason=body.reason))


@router.post("/mediations/{mediation_id}/reveal", response=RevealedOut, summary="查看调解当事人（记入日志）")
def reveal_parties(request: Asking, mediation_id: UUID, body: ReasonIn) -> dict[str, Any]:
    """Never kept as an answer, whatever key comes with the request: it is in clear."""
    return commands.reveal_parties(request.auth, mediation_id, reason=body.reason)


@router.get("/mediations/{mediation_id}/files/{file_id}", summary="调解的文书")
def mediation_file(request: Asking, mediation_id: UUID, file_id: UUID) -> StreamingHttpResponse:
    return answer_file(queries.open_mediation_file(request.auth, mediation_id, file_id))
