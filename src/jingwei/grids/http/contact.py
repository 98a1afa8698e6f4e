"""What of a person may be public: seen, given and withdrawn by the person, or recorded from a signed form."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from ninja import Schema
from pydantic import Field

from jingwei.grids import commands, queries
from jingwei.grids.http.addresses import router
from jingwei.kernel.asking import Asking


class ContactOut(Schema):
    """`form`: recorded from a signed form. `days`: first and last day of what was agreed earlier."""

    given: bool
    phone: str
    photo: bool
    given_on: date | None
    form: bool
    days: list[tuple[date, date]]


class ContactIn(Schema):
    """`consent` must be true. `form`: there is a form that the person signed; needed for anybody but oneself.

    `photo`: a file that one has uploaded; `keep_photo`: the one that is public stays.
    """

    consent: bool
    form: bool = False
    phone: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")] = ""
    photo: UUID | None = None
    keep_photo: bool = False


@router.get("/staffing/people/{uuid:user_id}/contact", response=ContactOut)
def show_contact(request: Asking, user_id: UUID) -> dict[str, Any]:
    """同意公开的电话和照片：本人的，或由本人安排的网格人员的。"""
    return asdict(queries.contact_of(request.auth, user_id))


@router.get("/staffing/people/{uuid:user_id}/contact/photo")
def show_photo(request: Asking, user_id: UUID) -> StreamingHttpResponse:
    """同意公开的照片，小图。"""
    opened = queries.open_photo(request.auth, user_id)
    return StreamingHttpResponse(opened.chunks, content_type=opened.media_type, headers={
        "Content-Length": str(opened.size), "Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"})


@router.put("/staffing/people/{uuid:user_id}/contact", response={204: None})
def give_contact(request: Asking, user_id: UUID, body: ContactIn) -> HttpResponse:
    """同意公开电话、照片，替换以前同意的。本人办理；或由安排人员的人登记已签字的同意书（form）。"""
    commands.give_contact(request.auth, user_id, consent=body.consent, phone=body.phone, photo=body.photo, form=body.form,
                          keep_photo=body.keep_photo)
    return HttpResponse(status=204)


@router.delete("/staffing/people/{uuid:user_id}/contact", response={204: None})
def withdraw_contact(request: Asking, user_id: UUID) -> HttpResponse:
    """撤回同意：电话和照片立即删除，以后打印的和公众看到的只有姓名和岗位。"""
    commands.withdraw_contact(request.auth, user_id)
    return HttpResponse(status=204)
