"""Meetings, their agenda and minutes, and what they decided."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Query, Schema

from jingwei.cases import commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


class MeetingSaid(shape.Asked):
    """`people`: ids, `unit_codes`: units, of those asked to come. `held_at` with a zone."""

    held_at: datetime
    title: shape.Short = ""
    place: shape.Short = ""
    people: list[UUID] = []
    unit_codes: list[shape.Short] = []
    minutes: str = Field("", max_length=50_000)

    def said(self) -> commands.Calling:
        return commands.Calling(self.held_at, self.title, self.place, self.people, self.unit_codes, self.minutes)


class MeetingIn(MeetingSaid):
    """`id`: made by the client. `kind`: see GET /meetings/kinds. `area`: a code."""

    id: UUID
    kind: shape.Short
    area: shape.Short


class MeetingChangeIn(MeetingSaid):
    """`version`: of the meeting as it was read; refused where it changed since."""

    version: int


class MeetingsIn(Schema):
    """`state`: open, settled, cancelled. `after`: from the page before."""

    kind: str = ""
    area: str = ""
    state: str = ""
    after: str = ""
    limit: int = 30


class PeopleIn(Schema):
    area: str = ""
    find: str = Field("", max_length=60)


class ItemIn(shape.Asked):
    text: shape.Words = ""


class NoteIn(shape.Asked):
    note: shape.Words = ""


class DecisionIn(shape.Asked):
    """`way`: case (with `lon`, `lat`, `place`), tie (with the `number` of a case), task (with `unit_code` or `person`)."""

    id: UUID
    way: shape.Short
    text: shape.Words = ""
    unit_code: shape.Short = ""
    person: UUID | None = None
    due: date | None = None
    item: int = 0
    number: shape.Short = ""
    lon: float | None = None
    lat: float | None = None
    place: shape.Short = ""
    class_code: shape.Short = ""


class DecisionsIn(Schema):
    """`show`: mine, open, late, over; empty: all. `after`: how many to pass over."""

    show: str = ""
    after: int = Field(0, ge=0, le=1_000_000)
    limit: int = 50


@router.get("/meetings", response=queries.MeetingPage, summary="会议")
def list_meetings(request: Asking, asked: Query[MeetingsIn]) -> queries.MeetingPage:
    return queries.list_meetings(request.auth, **asked.dict())


@router.post("/meetings", response={201: commands.Called}, summary="召集会议")
def call_meeting(request: Asking, body: MeetingIn) -> HttpResponse:
    """晨会、碰头会和例会的议题由系统汇总。"""
    return once(request, lambda: commands.call_meeting(
        request.auth, body.id, kind=body.kind, area=body.area, said=body.said()), 201)


@router.get("/meetings/kinds", response=list[queries.MeetingKind], summary="会议的类别")
def meeting_kinds(request: Asking) -> list[queries.MeetingKind]:
    return queries.meeting_kinds()


@router.get("/meetings/people", response=list[queries.MeetingPerson], summary="可以请来参加会议的人员")
def meeting_people(request: Asking, asked: Query[PeopleIn]) -> list[queries.MeetingPerson]:
    return queries.meeting_people(request.auth, **asked.dict())


@router.get("/meetings/{meeting_id}", response=queries.MeetingDetail, summary="一次会议和它的决定")
def one_meeting(request: Asking, meeting_id: UUID) -> queries.MeetingDetail:
    return queries.one_meeting(request.auth, meeting_id)


@router.put("/meetings/{meeting_id}", summary="修改会议记录")
def change_meeting(request: Asking, meeting_id: UUID, body: MeetingChangeIn) -> HttpResponse:
    return once(request, lambda: {"version": commands.change_meeting(
        request.auth, meeting_id, version=body.version, said=body.said())})


@router.post("/meetings/{meeting_id}/settle", summary="会议记录定稿")
def settle_meeting(request: Asking, meeting_id: UUID) -> HttpResponse:
    return once(request, lambda: commands.settle_meeting(request.auth, meeting_id))


@router.post("/meetings/{meeting_id}/cancel", summary="取消会议")
def cancel_meeting(request: Asking, meeting_id: UUID, body: shape.ReasonIn) -> HttpResponse:
    return once(request, lambda: commands.cancel_meeting(request.auth, meeting_id, reason=body.reason))


@router.post("/meetings/{meeting_id}/gather", response=commands.Gathered, summary="重新汇总议题")
def gather(request: Asking, meeting_id: UUID) -> HttpResponse:
    return once(request, lambda: commands.gather(request.auth, meeting_id))


@router.post("/meetings/{meeting_id}/items", summary="增加议题")
def add_item(request: Asking, meeting_id: UUID, body: ItemIn) -> HttpResponse:
    return once(request, lambda: {"item": commands.add_item(request.auth, meeting_id, text=body.text)}, 201)


@router.put("/meetings/{meeting_id}/items/{item_id}", summary="记录议题的结论")
def note_item(request: Asking, meeting_id: UUID, item_id: int, body: NoteIn) -> HttpResponse:
    return once(request, lambda: commands.note_item(request.auth, meeting_id, item_id, note=body.note))


@router.delete("/meetings/{meeting_id}/items/{item_id}", summary="删去议题")
def drop_item(request: Asking, meeting_id: UUID, item_id: int) -> HttpResponse:
    return once(request, lambda: commands.drop_item(request.auth, meeting_id, item_id))


@router.post("/meetings/{meeting_id}/decisions", summary="记下会议决定")
def decide(request: Asking, meeting_id: UUID, body: DecisionIn) -> HttpResponse:
    values = body.dict(exclude={"unit_code"}) | {"unit": body.unit_code}
    return once(request, lambda: {"id": commands.decide(request.auth, meeting_id, commands.Deciding(**values))}, 201)


@router.get("/decisions", response=queries.DecisionPage, summary="会议决定的落实情况")
def list_decisions(request: Asking, asked: Query[DecisionsIn]) -> queries.DecisionPage:
    return queries.list_decisions(request.auth, **asked.dict())


@router.post("/decisions/{decision_id}/finish", summary="报告交办事项已落实")
def finish_decision(request: Asking, decision_id: UUID, body: ItemIn) -> HttpResponse:
    return once(request, lambda: {"meeting": commands.finish_decision(request.auth, decision_id, text=body.text)})


@router.post("/decisions/{decision_id}/reopen", summary="重新交办")
def reopen_decision(request: Asking, decision_id: UUID, body: shape.ReasonIn) -> HttpResponse:
    return once(request, lambda: {"meeting": commands.reopen_decision(request.auth, decision_id, reason=body.reason)})


@router.post("/decisions/{decision_id}/withdraw", summary="撤回交办事项")
def withdraw_decision(request: Asking, decision_id: UUID, body: shape.ReasonIn) -> HttpResponse:
    return once(request, lambda: {"meeting": commands.withdraw_decision(request.auth, decision_id, reason=body.reason)})


@router.get("/cases/{case_id}/decisions", response=list[queries.DecisionLine], summary="会议对案件作出的决定")
def decisions_of_case(request: Asking, case_id: UUID) -> list[queries.DecisionLine]:
    return queries.decisions_of_case(request.auth, case_id)
