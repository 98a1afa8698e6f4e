"""Proposals of deputies and committee members."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Query, Schema

from jingwei.cases import commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


class ProposalsIn(Schema):
    """`year`: 0 for the present one. `state`: open, closed, '' for all."""

    year: int = Field(0, ge=0, le=9999)
    state: str = Field("", max_length=10)


class ProposalIn(shape.Asked):
    """`id`: made by the client (UUIDv7). `kind`: npc, cppcc."""

    id: UUID
    kind: str = Field(max_length=20)
    year: int = Field(ge=1, le=9999)
    number: str = Field(max_length=60)
    title: shape.Short
    proposer: str = Field(max_length=200)
    area_code: str = Field(max_length=40)
    unit_code: str = Field(max_length=40)
    due_on: date
    text: shape.Words = ""
    key: bool = False


class ProposalDeedIn(shape.Asked):
    """`deed`: visit, draft, countersign, return_draft, answer, carry_out, return_work, close, assign. `satisfied`: with answer."""

    deed: str = Field(max_length=20)
    text: shape.Words = ""
    satisfied: bool | None = None
    unit_code: str = Field("", max_length=40)


@router.get("/proposals", response=queries.ProposalPage, summary="建议提案和三率")
def proposals(request: Asking, asked: Query[ProposalsIn]) -> queries.ProposalPage:
    return queries.proposal_page(request.auth, year=asked.year, state=asked.state)


@router.post("/proposals", response={201: commands.Proposed}, summary="登记一件建议或提案")
def note_proposal(request: Asking, body: ProposalIn) -> HttpResponse:
    return once(request, lambda: commands.note_proposal(request.auth, commands.NewProposal(**body.dict())), 201)


@router.get("/proposals/{proposal_id}", response=queries.ProposalDetail, summary="一件建议或提案和办理经过")
def proposal(request: Asking, proposal_id: UUID) -> queries.ProposalDetail:
    return queries.proposal(request.auth, proposal_id)


@router.post("/proposals/{proposal_id}/steps", response=commands.Proposed, summary="办理建议提案的一步")
def take_proposal(request: Asking, proposal_id: UUID, body: ProposalDeedIn) -> HttpResponse:
    return once(request, lambda: commands.take_proposal(request.auth, proposal_id, **body.dict()))
