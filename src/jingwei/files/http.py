"""Uploading, and one's own uploads. Files of a case are served by cases, which knows who may see them."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile as SentFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Form, Router, Schema, UploadedFile
from ninja.decorators import decorate_view

from jingwei.files import commands, queries
from jingwei.files.errors import FileError
from jingwei.journal.http import once
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

router = Router(tags=["文件 files"])
_MB = 1024 * 1024


class _Request(HttpRequest):
    """What a signed-in request carries beside Django's own."""

    auth: Actor
    upload_bound: "_Bound"


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


class _Bound(FileUploadHandler):
    """Counts while the upload arrives, so that nothing larger than the largest file we take is kept anywhere."""

    exceeded = False
    _seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._seen += len(raw_data)
        if self._seen > commands.LARGEST:
            self.exceeded = True
            raise StopUpload  # the rest is read and dropped, so that the client hears the answer
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def _bounded(run: Callable[..., Any]) -> Callable[..., Any]:
    """Stands before signing in is checked, because the check of the CSRF token already reads the body."""

    @wraps(run)
    def bounded(request: _Request, *args: Any, **kwargs: Any) -> Any:
        request.upload_bound = _Bound(request)
        request.upload_handlers.insert(0, request.upload_bound)
        return run(request, *args, **kwargs)

    return bounded


class _Upload(_Request):
    """The request as `once` compares it: by file, because a client sends each try under another boundary."""

    def __init__(self, request: _Request, same: bytes) -> None:
        super().__init__()
        self.META, self.method, self.path = request.META, request.method, request.path
        self.auth = request.auth
        self._same = same

    @property
    def body(self) -> bytes:
        return self._same


@router.post("/files", response={201: FileOut}, summary="上传一张照片或一份文档")
@decorate_view(_bounded)
def upload(request: _Request, file: UploadedFile | None = File(None),  # noqa: B008
           file_id: UUID | None = Form(None, alias="id")) -> HttpResponse:  # noqa: B008
    """Field `file`; field `id` (UUIDv7) if the client names it. The content decides what it is, not the name."""
    sent = _only_file(request)
    with commands.prepare(request.auth, sent, sent.name or "") as ready:
        same = ready.same_as(file_id)
        return once(_Upload(request, same), lambda: commands.keep(request.auth, ready, file_id), 201)


@router.get("/files/{file_id}", summary="自己上传的文件")
def shown(request: _Request, file_id: UUID) -> StreamingHttpResponse:
    queries.own(request.auth, file_id)
    return answer(queries.open_shown(file_id))


@router.get("/files/{file_id}/thumb", summary="自己上传的照片的缩略图")
def thumb(request: _Request, file_id: UUID) -> StreamingHttpResponse:
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


def _only_file(request: _Request) -> SentFile:
    if request.upload_bound.exceeded:
        raise Refusal(FileError.UPLOAD_TOO_LARGE, limit_mb=commands.LARGEST // _MB)
    files = [sent for _, several in request.FILES.lists() for sent in several]
    if len(files) != 1:
        raise Refusal(FileError.NOT_ONE_FILE, count=len(files))
    return files[0]
