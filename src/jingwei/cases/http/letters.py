"""The inbox: letters, what becomes of them, their files; mailboxes."""

from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from ninja import Field, Query, Schema

from jingwei.cases import commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.files.http import answer
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


class InboxIn(Schema):
    """`state`: waiting, taken, joined, discarded. `after`: how many to pass over."""

    state: str = Field("waiting", max_length=20)
    after: int = Field(0, ge=0, le=1_000_000)


class JoinIn(shape.Asked):
    number: str = Field(max_length=40)


class MailboxIn(shape.Asked):
    """`area_code`: whose acceptors get its letters. A password left out stays as it is."""

    name: str = Field(max_length=200)
    area_code: str = Field("", max_length=40)
    active: bool = True
    host: str = Field("", max_length=300)
    port: str = Field("", max_length=10)
    security: str = Field("", max_length=10)
    user: str = Field("", max_length=300)
    password: str = Field("", max_length=300)
    folder: str = Field("", max_length=100)


@router.get("/inbox", response=queries.Inbox, summary="收件箱：待处理和处理过的来信")
def inbox(request: Asking, asked: Query[InboxIn]) -> queries.Inbox:
    return queries.inbox(request.auth, state=asked.state, after=asked.after)


@router.get("/inbox/{letter_id}/files/{file_id}", summary="来信的附件")
def letter_file(request: Asking, letter_id: UUID, file_id: UUID, size: str = "shown") -> StreamingHttpResponse:
    return answer(queries.open_letter_file(request.auth, letter_id, file_id, size))


@router.post("/inbox/{letter_id}/take", response={201: commands.Taken}, summary="登记为案件")
def take_letter(request: Asking, letter_id: UUID, body: shape.ReportIn) -> HttpResponse:
    return once(request, lambda: commands.take_letter(request.auth, letter_id, commands.Report(**body.dict())), 201)


@router.post("/inbox/{letter_id}/join", summary="并入已有案件")
def join_letter(request: Asking, letter_id: UUID, body: JoinIn) -> HttpResponse:
    return once(request, lambda: {"id": commands.join_letter(request.auth, letter_id, number=body.number)})


@router.post("/inbox/{letter_id}/discard", summary="不予登记")
def discard_letter(request: Asking, letter_id: UUID, body: shape.ReasonIn) -> HttpResponse:
    return once(request, lambda: commands.discard_letter(request.auth, letter_id, reason=body.reason))


@router.get("/mailboxes", response=list[queries.MailboxLine], summary="收信的邮箱（不含密码）")
def mailboxes(request: Asking) -> list[queries.MailboxLine]:
    return queries.mailboxes(request.auth)


@router.put("/mailboxes/{box_id}", summary="设定一个收信的邮箱")
def set_mailbox(request: Asking, box_id: UUID, body: MailboxIn) -> HttpResponse:
    """密码加密保存，以后不再显示。"""
    settings = body.dict(include={"host", "port", "security", "user", "password", "folder"})
    return once(request, lambda: {"id": commands.set_mailbox(
        request.auth, box_id, name=body.name, area_code=body.area_code, active=body.active, settings=settings)})


@router.delete("/mailboxes/{box_id}", summary="不再收这个邮箱")
def drop_mailbox(request: Asking, box_id: UUID) -> HttpResponse:
    return once(request, lambda: commands.drop_mailbox(request.auth, box_id))


@router.post("/mailboxes/{box_id}/try", response={200: None}, summary="试连邮箱")
def try_mailbox(request: Asking, box_id: UUID) -> None:
    """马上登录一次，不收信；不成时说明是哪里不对。"""
    commands.try_mailbox(request.auth, box_id)
