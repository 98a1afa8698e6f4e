"""Who stands where: list, post, end, hand over; who is away; who is missing; who may be posted."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Schema
from pydantic import AwareDatetime, Field

from jingwei.grids import commands, queries
from jingwei.grids.days import today
from jingwei.grids.http.addresses import PAGE, at_most, page_by_code, plain, router
from jingwei.grids.http.areas import PageOut
from jingwei.grids.queries import OpenWork, Sheet, SheetLine
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking

Duty = Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")]
Post = Annotated[str, Field(max_length=20, pattern=r"^[^\x00]*$")]


class PostedOut(Schema):
    """`post`: main | deputy | member. `until`: the last day, null while open. `absent`: away at this moment.

    `contract`: its name. `second_line`: the name of the area that directs the person, too.
    """

    id: int
    area_id: int
    area_code: str
    area_name: str
    user_id: UUID
    user_name: str
    post: str
    since: date
    until: date | None
    duties: list[str]
    employer: str
    contract: str
    second_line: str
    absent: bool


class PostedPageOut(Schema):
    items: list[PostedOut]
    next: str | None


class PostIn(Schema):
    """`employer`, `contract`: who employs the person and how. `second_line`: an area whose head directs them, too."""

    area_id: int
    user_id: UUID
    post: Post
    since: date
    until: date | None = None
    duties: Annotated[list[Duty], Field(max_length=20)] = []
    employer: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] = ""
    contract: Post = ""
    second_line: int | None = None


class EndIn(Schema):
    """`on`: the last day; today if left out."""

    on: date | None = None


class EndPostingIn(EndIn):
    """`work`: open work is released to whoever comes first, or kept by the person who leaves."""

    work: Literal["release", "keep"] = "release"


class HandOverIn(Schema):
    """`on`: the first day of `user_id`; the one before ends the day before.

    `work`: open work is passed on, released to whoever comes first, or kept; on the day `on`, if that lies ahead.
    """

    user_id: UUID
    on: date
    work: Literal["pass", "release", "keep"] = "pass"


class HandedOverOut(Schema):
    """`id`: the new posting. `sheet`: of the hand-over, for printing. `moved`: pieces of open work on it."""

    id: int | None
    sheet: int
    moved: int


class SheetPageOut(Schema):
    """`next`: pass it as `before` for older ones."""

    items: list[SheetLine]
    next: int | None


class AwayOut(Schema):
    id: int
    user_id: UUID
    user_name: str
    since: AwareDatetime
    until: AwareDatetime | None


class AwayPageOut(Schema):
    items: list[AwayOut]
    next: int | None


class AwayIn(Schema):
    user_id: UUID
    since: AwareDatetime
    until: AwareDatetime | None = None


class PostableOut(Schema):
    id: UUID
    name: str
    unit_name: str


class PostableListOut(Schema):
    items: list[PostableOut]


class IdOut(Schema):
    id: int


@router.get("/staffing/gaps", response=PageOut)
def list_gaps(request: Asking, area: int | None = None, after: str = "", limit: int = PAGE) -> dict[str, Any]:
    """今日无人负责的网格，按编码分页。"""
    plain(after=after)
    found = queries.gaps(request.auth, area, on=today(), after=after, limit=at_most(limit) + 1)
    return page_by_code(found, at_most(limit))


@router.get("/staffing/people", response=PostableListOut)
def list_people(request: Asking, area: int, words: str = "", limit: int = 50) -> dict[str, Any]:
    """可以派到这个区域的人：在其区县任职、在用的人员。words 是登录名开头或姓名中的字。"""
    plain(words=words)
    return {"items": [asdict(one) for one in queries.may_be_posted(request.auth, area, words, limit=at_most(limit, 100))]}


@router.get("/staffing", response=PostedPageOut)
def list_staffing(request: Asking, area: int | None = None, after: str = "", limit: int = PAGE) -> dict[str, Any]:
    """某区域及其下级现任和将任的人员，按区域编码分页，主责在前。"""
    plain(after=after)
    items, following = queries.postings(request.auth, area, on=today(), after=after, limit=at_most(limit))
    return {"items": [asdict(one) for one in items], "next": following}


@router.post("/staffing", response={201: IdOut})
def post_person(request: Asking, body: PostIn) -> HttpResponse:
    """任命一人为主责、副岗或成员。这些天已有主责人的拒绝：先结束原任，或办理交接。"""
    return once(request, lambda: {"id": commands.staff(
        request.auth, body.area_id, body.user_id, body.post, body.since, until=body.until, duties=body.duties,
        employer=body.employer, contract=body.contract, second_line=body.second_line)}, 201)


@router.get("/staffing/{int:staffing_id}/work", response=OpenWork)
def show_open_work(request: Asking, staffing_id: int) -> OpenWork:
    """这个人在这个区域还没有办完、指定由他办的任务。换人、离任之前先看。"""
    return queries.open_work(request.auth, staffing_id)


@router.post("/staffing/{int:staffing_id}/end", response=HandedOverOut)
def end_posting(request: Asking, staffing_id: int, body: EndPostingIn) -> HttpResponse:
    """结束任职，on 是最后一天；到那天还没有开始的作废。指定由他办的任务退回，由在岗的人领办。"""
    return once(request, lambda: _handed(commands.unstaff(request.auth, staffing_id, body.on, work=body.work)))


@router.post("/staffing/{int:staffing_id}/hand-over", response={201: HandedOverOut})
def hand_over(request: Asking, staffing_id: int, body: HandOverIn) -> HttpResponse:
    """交接：原任到前一天为止，接任者从 on 这天起，岗位、职责不变；未办完的任务一并移交。"""
    return once(request, lambda: _handed(commands.hand_over(
        request.auth, staffing_id, body.user_id, body.on, work=body.work)), 201)


def _handed(done: commands.HandedOver) -> dict[str, Any]:
    return {"id": done.posting, "sheet": done.sheet, "moved": done.moved}


@router.get("/staffing/sheets", response=SheetPageOut)
def list_sheets(request: Asking, area: int | None = None, before: int = 0, limit: int = PAGE) -> dict[str, Any]:
    """交接单，新的在前。"""
    items, following = queries.sheets(request.auth, area, before=before, limit=at_most(limit))
    return {"items": items, "next": following}


@router.get("/staffing/sheets/{int:sheet_id}", response=Sheet)
def show_sheet(request: Asking, sheet_id: int) -> Sheet:
    """一张交接单：谁交给谁、哪天起、哪些任务、现在归谁。"""
    return queries.sheet(request.auth, sheet_id)


@router.get("/absences", response=AwayPageOut)
def list_absences(request: Asking, area: int | None = None, after: int = 0, limit: int = PAGE) -> dict[str, Any]:
    """正在和将要离岗的人：本人的，以及由本人安排的网格人员的。"""
    items, following = queries.absences(request.auth, area, after=after, limit=at_most(limit))
    return {"items": [asdict(one) for one in items], "next": following}


@router.post("/absences", response={201: IdOut})
def begin_absence(request: Asking, body: AwayIn) -> HttpResponse:
    """登记离岗，期间由副岗代理。不记原因。"""
    return once(request, lambda: {"id": commands.set_absent(request.auth, body.user_id, body.since, body.until)}, 201)


@router.delete("/absences/{int:absence_id}", response={204: None})
def end_absence(request: Asking, absence_id: int) -> HttpResponse:
    """结束离岗；还没有开始的撤销。"""
    commands.cancel_absence(request.auth, absence_id)
    return HttpResponse(status=204)
