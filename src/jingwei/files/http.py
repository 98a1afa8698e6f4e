"""Uploading, and one's own uploads. Files of a case are served by cases, which knows who may see them."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Form, Router, Schema, UploadedFile
from ninja.decorators import decorate_view

from jingwei.files import commands, queries
from jingwei.files.errors import FileError
from jingwei.journal.http import once
from jingwei.kernel.uploads import Uploading, bounded, only_file

router = Router(tags=["文件 files"])


class FileOut(Schema):
    id: UUID
    kind: str
    media_type: str
    name: str
    size: int
    width: int | None
    height: int | None
    added_by: UUID | None
    added_at: datetime


class _Upload(Uploading):
    """The request as `once` compares it: by file, because a client sends each try under another boundary."""

    def __init__(self, request: Uploading, same: bytes) -> None:
        super().__init__()
        self.META, self.method, self.path = request.META, request.method, request.path
        self.auth = request.auth
        self._same = same

    @property
    def body(self) -> bytes:
        return self._same


@router.post("/files", response={201: FileOut}, summary="上传一张照片或一份文档")
@decorate_view(bounded(lambda: commands.LARGEST))
def upload(request: Uploading, file: UploadedFile | None = File(None),  # noqa: B008
           file_id: UUID | None = Form(None, alias="id")) -> HttpResponse:  # noqa: B008
    """Field `file`; field `id` (UUIDv7) if the client names it. The content decides what it is, not the name."""
    sent = only_file(request, too_large=FileError.UPLOAD_TOO_LARGE, not_one=FileError.NOT_ONE_FILE)
    with commands.prepare(request.auth, sent, sent.name or "") as ready:
        same = ready.same_as(file_id)
        return once(_Upload(request, same), lambda: commands.keep(request.auth, ready, file_id), 201)


@router.get("/files/{file_id}", summary="自己上传的文件")
def shown(request: Uploading, file_id: UUID) -> StreamingHttpResponse:
    queries.own(request.auth, file_id)
    return answer(queries.open_shown(file_id))


@router.get("/files/{file_id}/thumb", summary="自己上传的照片的缩略图")
def thumb(request: Uploading, file_id: UUID) -> StreamingHttpResponse:
    queries.own(request.auth, file_id)
    return answer(queries.open_shown(file_id, "thumb"))


def answer(opened: queries.Opened) -> StreamingHttpResponse:
    """A stored content as a response that no browser takes for a page: documents are only ever downloaded."""
    response = StreamingHttpResponse(opened.chunks, content_type=opened.media_type)
    response["Content-Length"] = str(opened.size)
    disposition = content_disposition_header(opened.kind != "photo", opened.name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
