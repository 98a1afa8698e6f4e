"""The papers of an area: its archive as data, every document as PDF, four bounds, texts of the boards."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import Schema
from pydantic import Field

from jingwei.grids import commands, queries
from jingwei.grids.http.addresses import plain, router
from jingwei.grids.http.areas import PlaceOut
from jingwei.grids.queries import papers
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking
from jingwei.kernel.errors import KernelError, Refusal

Sheet = Literal["A4", "A3"]
Line = Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]
Phone = Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")]


class FaceOut(Schema):
    """`phone` '' and `photo` false without the person's consent."""

    name: str
    post: str
    since: date
    duties: list[str]
    phone: str
    photo: bool


class HeldOut(Schema):
    user_name: str
    post: str
    since: date
    until: date | None
    duties: list[str]


class LevelOut(Schema):
    name: str
    count: int


class CertifiedOut(Schema):
    """Of those posted now: with a certificate in force, with only run-out ones, without any."""

    valid: int
    expired: int
    none: int


class ElsewhereOut(Schema):
    system: str
    system_name: str
    code: str
    name: str


class DrawingOut(Schema):
    number: int
    title: str
    valid_from: datetime
    area_m2: int


class KinOut(Schema):
    code: str
    name: str
    at: datetime
    share: float | None


class MonthOut(Schema):
    month: str
    reported: int
    closed: int


class CasesOut(Schema):
    open: int
    months: list[MonthOut]


class BoardOut(Schema):
    """`own`: written for this area; else it comes from one above, or is the usual one."""

    office_phone: str
    supervision_phone: str
    services: list[str]
    own: bool


class ArchiveOut(Schema):
    """`buildings`, `households`: null where the base map tells none, or for a large area. `cases`: null without the right to see cases."""

    id: int
    code: str
    name: str
    kind: str
    level_name: str
    status: str
    valid_from: datetime | None
    valid_to: datetime | None
    four_bounds: str
    note: str
    area_m2: int | None
    chain: list[PlaceOut]
    below: list[LevelOut]
    buildings: int | None
    households: int | None
    staffing_now: list[FaceOut]
    staffing_before: list[HeldOut]
    certificates: CertifiedOut
    members: list[PlaceOut]
    elsewhere: list[ElsewhereOut]
    drawings: list[DrawingOut]
    predecessors: list[KinOut]
    successors: list[KinOut]
    cases: CasesOut | None
    board: BoardOut


class BoundsIn(Schema):
    """`replace`: also a text that was written by hand."""

    replace: bool = False


class BoundsOut(Schema):
    four_bounds: str


class BoundsBelowIn(BoundsIn):
    """`after`: what the answer before gave as `next`."""

    after: str = Field("", max_length=32)


class BoundsBelowOut(Schema):
    """`kept`: by hand, left alone. `unknown`: nothing is known around them. `lacking`: codes of some with an unknown side."""

    written: int
    unchanged: int
    kept: int
    unknown: int
    lacking: list[str]
    next: str | None
    left: int


class BoardIn(Schema):
    """All empty: what stands above holds again."""

    office_phone: Phone = ""
    supervision_phone: Phone = ""
    services: Annotated[list[Line], Field(max_length=10)] = []


@router.get("/areas/{int:area_id}/archive", response=ArchiveOut)
def show_archive(request: Asking, area_id: int) -> dict[str, Any]:
    """网格档案：所属、四至、人员和历史、证件、划分沿革、下辖、案件。"""
    found = queries.archive(request.auth, area_id)
    if found is None:
        raise Refusal(KernelError.NOT_FOUND)
    return queries.archive_told(found)


@router.get("/areas/{int:area_id}/archive.pdf")
def print_archive(request: Asking, area_id: int) -> HttpResponse:
    """网格档案（PDF）。"""
    return _pdf(papers.archive_paper(request.auth, area_id))


@router.get("/areas/{int:area_id}/map.pdf")
def print_map(request: Asking, area_id: int, paper: Sheet = "A4") -> HttpResponse:
    """网格图（PDF，A4 或 A3 横向）。"""
    return _pdf(papers.map_paper(request.auth, area_id, paper))


@router.get("/areas/{int:area_id}/board.pdf")
def print_board(request: Asking, area_id: int, paper: Sheet = "A3") -> HttpResponse:
    """网格公示牌（PDF）。照片和电话只有本人同意公开才有。"""
    return _pdf(papers.board_paper(request.auth, area_id, paper, _site(request)))


@router.get("/areas/{int:area_id}/card.pdf")
def print_card(request: Asking, area_id: int) -> HttpResponse:
    """便民联系卡（PDF，一张 A4 十张）。照片和电话只有本人同意公开才有。"""
    return _pdf(papers.card_paper(request.auth, area_id, _site(request)))


@router.get("/areas/{int:area_id}/staffing.pdf")
def print_staffing(request: Asking, area_id: int) -> HttpResponse:
    """本区域各网格由谁负责（PDF）。"""
    return _pdf(papers.staffing_paper(request.auth, area_id))


@router.post("/areas/{int:area_id}/four-bounds", response=BoundsOut)
def write_bounds(request: Asking, area_id: int, body: BoundsIn) -> HttpResponse:
    """按底图写四至。人工填写的不改，除非 replace。"""
    return once(request, lambda: {"four_bounds": commands.write_four_bounds(request.auth, area_id, replace=body.replace)}, 200)


@router.post("/areas/{int:area_id}/four-bounds/below", response=BoundsBelowOut)
def write_bounds_below(request: Asking, area_id: int, body: BoundsBelowIn) -> dict[str, Any]:
    """给本区域及其下级写四至，一次一批：把答复里的 next 作为 after 再发，直到 next 为空。人工填写的不改，除非 replace。"""
    plain(after=body.after)
    return asdict(commands.write_bounds_below(request.auth, area_id, after=body.after, replace=body.replace))


@router.put("/areas/{int:area_id}/board", response={204: None})
def set_board(request: Asking, area_id: int, body: BoardIn) -> HttpResponse:
    """公示牌、联系卡上的单位电话和职责，本区域及其下级都用；都留空则沿用上级的。"""
    commands.set_board(request.auth, area_id, office_phone=body.office_phone, supervision_phone=body.supervision_phone,
                       services=body.services)
    return HttpResponse(status=204)


def _site(request: Asking) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _pdf(paper: papers.Paper) -> HttpResponse:
    answer = HttpResponse(paper.content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(False, paper.name) or "inline"
    answer["Cache-Control"] = "private, no-store"  # what may be printed of a person may be withdrawn at any time
    return answer
