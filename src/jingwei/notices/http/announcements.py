"""Announcements over HTTP."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field

from jingwei.journal.http import once
from jingwei.kernel.asking import Asking
from jingwei.notices import commands, queries
from jingwei.notices.http.addresses import router


class AnnouncementIn(Schema):
    """`area_code` left out: the whole of one's own area; "*": everywhere."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(max_length=240)
    text: str = Field("", max_length=8000)
    until: AwareDatetime
    area_code: str = Field("", max_length=40)


@router.get("/announcements", response=list[queries.Told], summary="有效的公告")
def list_announcements(request: Asking) -> list[queries.Told]:
    """本人任职的区域及其上下级的公告，新的在前。"""
    return queries.announcements(request.auth)


@router.post("/announcements", summary="发布公告")
def announce(request: Asking, body: AnnouncementIn) -> HttpResponse:
    """区域管理员向本区域（或其下级）的全体人员发布。"""
    return once(request, lambda: {"id": commands.announce(
        request.auth, body.title, body.text, body.until, area_code=body.area_code)}, 201)


@router.delete("/announcements/{announcement_id}", summary="撤回公告")
def withdraw(request: Asking, announcement_id: UUID) -> HttpResponse:
    """马上不再显示。"""
    return once(request, lambda: commands.withdraw(request.auth, announcement_id))
