"""Referrals: passed to a unit, signed for, answered; listed, counted."""

from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from ninja import Query, Schema
from pydantic import AwareDatetime

from jingwei.cases import commands, queries
from jingwei.cases.http.addresses import router
from jingwei.cases.http.schemas import Asked, ContactOut, ReasonIn, Short, Words
from jingwei.files.http import answer as answer_file
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking

_NO_REASON = ReasonIn()


class ReferIn(Asked):
    """`id`: made by the client, a UUIDv7. The place: of `case`, or `lon` and `lat`, or `area` (a code).

    `anyway`: also to a unit where nobody can sign now.
    """

    id: UUID
    category: Short
    unit_code: Short
    text: Words
    urgency: Short = "ordinary"
    case: UUID | None = None
    lon: float | None = None
    lat: float | None = None
    area: Short = ""
    place: Short = ""
    files: list[UUID] = []
    contact_name: Short = ""
    contact_phone: Short = ""
    found_at: AwareDatetime | None = None
    anyway: bool = False


class ReferralsIn(Schema):
    """`tab`: sign, answer, back, sent, received; left out, all. `outcome` may be repeated: then, and with `month`, each
    sending stands by itself. `here`: in the area itself, not below.
    """

    tab: str = ""
    state: str = ""
    category: str = ""
    urgency: str = ""
    outcome: list[str] = []
    area: str = ""
    unit: str = ""
    month: str = ""
    late: bool = False
    here: bool = False
    after: str = ""
    limit: int = 50


class AnswerIn(Asked):
    text: Words = ""
    files: list[UUID] = []


class PassOnIn(Asked):
    unit_code: Short = ""
    reason: Words = ""
    anyway: bool = False


class OfCaseOut(Schema):
    items: list[queries.ReferralLine]


@router.get("/referrals", response=queries.ReferralPage, summary="报送列表（新的在前）")
def list_referrals(request: Asking, asked: Query[ReferralsIn]) -> HttpResponse:
    wanted = queries.ReferralFilter(**asked.dict(exclude={"after", "limit"}))
    found = queries.list_referrals(request.auth, wanted, after=asked.after, limit=asked.limit)
    return HttpResponse(orjson.dumps(found), content_type="application/json")


@router.get("/referrals/counts", response=dict[str, dict[str, int]], summary="各页签里有多少件、多少件逾期")
def referral_counts(request: Asking) -> dict[str, dict[str, int]]:
    return queries.referral_counts(request.auth)


@router.get("/referrals/choices", response=dict[str, Any], summary="报送时可选的类别、缓急和单位")
def referral_choices(request: Asking, area: str = "") -> dict[str, Any]:
    return queries.referral_choices(request.auth, area)


@router.get("/referrals/figures", response=queries.SignatureFigures, summary="报送签收统计（按月，各地、各单位、各类别）")
def signature_figures(request: Asking, month: str = "", area: str = "") -> HttpResponse:
    """`month`: 2026-11; left out, the present one. Without `area`: where one's own scope begins."""
    found = queries.signature_figures(request.auth, month=month, area=area)
    return HttpResponse(orjson.dumps(found), content_type="application/json")


@router.post("/referrals", response={201: commands.Referred}, summary="报送")
def refer(request: Asking, body: ReferIn) -> HttpResponse:
    told = body.dict()
    new = commands.Referring(case_id=told.pop("case"), **told)
    return once(request, lambda: commands.refer(request.auth, new), 201)


@router.get("/referrals/{referral_id}", response=queries.ReferralDetail, summary="报送详情与此刻可做的操作")
def referral_detail(request: Asking, referral_id: UUID) -> HttpResponse:
    found = queries.referral_detail(request.auth, referral_id)
    return HttpResponse(orjson.dumps(found, default=str), content_type="application/json")


@router.post("/referrals/{referral_id}/sign", response=commands.Referred, summary="签收报送")
def sign_referral(request: Asking, referral_id: UUID) -> HttpResponse:
    return once(request, lambda: commands.sign_referral(request.auth, referral_id))


@router.post("/referrals/{referral_id}/refuse", response=commands.Referred, summary="退回报送并说明")
def refuse_referral(request: Asking, referral_id: UUID, body: ReasonIn) -> HttpResponse:
    return once(request, lambda: commands.refuse_referral(request.auth, referral_id, reason=body.reason))


@router.post("/referrals/{referral_id}/answer", response=commands.Referred, summary="答复报送")
def answer_referral(request: Asking, referral_id: UUID, body: AnswerIn) -> HttpResponse:
    return once(request, lambda: commands.answer_referral(request.auth, referral_id, **body.dict()))


@router.post("/referrals/{referral_id}/pass-on", response=commands.Referred, summary="改送其他单位")
def pass_on_referral(request: Asking, referral_id: UUID, body: PassOnIn) -> HttpResponse:
    return once(request, lambda: commands.pass_on_referral(request.auth, referral_id, **body.dict()))


@router.post("/referrals/{referral_id}/end", response=commands.Referred, summary="办结报送")
def end_referral(request: Asking, referral_id: UUID, body: ReasonIn = _NO_REASON) -> HttpResponse:
    return once(request, lambda: commands.end_referral(request.auth, referral_id, reason=body.reason))


@router.post("/referrals/{referral_id}/contact", response=ContactOut, summary="查看报送里的联系方式（记入日志）")
def reveal_referral(request: Asking, referral_id: UUID, body: ReasonIn) -> dict[str, Any]:
    """Never kept as an answer, whatever key comes with the request: it is in clear."""
    return commands.reveal_referral(request.auth, referral_id, reason=body.reason)


@router.get("/referrals/{referral_id}/files/{file_id}", summary="报送的照片或文件")
def referral_file(request: Asking, referral_id: UUID, file_id: UUID, size: str = "shown") -> StreamingHttpResponse:
    return answer_file(queries.open_referral_file(request.auth, referral_id, file_id, size))


@router.get("/cases/{case_id}/referrals", response=OfCaseOut, summary="案件的报送")
def referrals_of_case(request: Asking, case_id: UUID) -> HttpResponse:
    found = queries.referrals_of_case(request.auth, case_id)
    return HttpResponse(orjson.dumps({"items": found}), content_type="application/json")
