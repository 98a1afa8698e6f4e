"""From refusals to HTTP: one table of statuses, one shape of body (RFC 9457, application/problem+json)."""

import errno
import logging
import secrets
import sqlite3
from collections.abc import Sequence
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from jingwei.accounts.errors import AccountError
from jingwei.config import misfits
from jingwei.config.errors import HomeError
from jingwei.kernel.asking import language_of
from jingwei.kernel.errors import ErrorCode, KernelError, Kind, Refusal
from jingwei.kernel.wording import Words, spoken

log = logging.getLogger(__name__)

STATUS = {
    Kind.INVALID: 400,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.TOO_LARGE: 413,
    Kind.UNSUPPORTED: 415,
    Kind.REFUSED: 422,
    Kind.TOO_MANY: 429,
    Kind.BUSY: 503,
    Kind.FULL: 507,
}
_OWN_STATUS: dict[ErrorCode, int] = {KernelError.UNEXPECTED: 500, KernelError.WRONG_METHOD: 405}
_WORDS: tuple[tuple[type[Exception], str, Words], ...] = (
    (OverflowError, "content", Words("数字或时间超出可用的范围", "a number or time out of range")),
    (MultiPartParserError, "form", Words("表单残缺，或文件名过长", "it is broken or a file name too long")),
    (DisallowedHost, "Host", Words("不在 settings.toml 的 hosts 里", "settings.toml does not list it")),
    (DataError, "content", Words("有数据库存不了的值", "a value that the database cannot keep")),
    (UnicodeError, "content", Words("文字编码不对", "its text is wrongly encoded")),
    (TooManyFilesSent, "form", Words("文件太多", "too many files")),
    (TooManyFieldsSent, "form", Words("字段太多", "too many fields")),
    (Exception, "content", Words("读不出来", "it cannot be read")),
)
_HTTP_WORDS = {
    "Cannot parse request body": Words("不是有效的 JSON", "no valid JSON"),
}
_LATER = {Kind.TOO_MANY: "30", Kind.BUSY: "2"}
_READ_ONLY = "25006"  # PostgreSQL's SQLSTATE read_only_sql_transaction
_DISK_FULL = "53100"  # PostgreSQL's SQLSTATE disk_full


def problem(request: HttpRequest, refusal: Refusal, fields: list[dict[str, str]] | None = None) -> HttpResponse:
    """The answer to a refusal, in the language the client asks for (Chinese unless English is preferred)."""
    reason = refusal.reason
    status = _OWN_STATUS.get(reason, STATUS[reason.kind])
    body: dict[str, Any] = {
        "type": f"urn:jingwei:error:{reason.code}",
        "title": reason.code,
        "status": status,
        "detail": refusal.text(language_of(request)),
        "code": reason.code,
        "params": {name: str(value) for name, value in refusal.details.items() if not isinstance(value, list)},
    }
    if fields:
        body["errors"] = fields
    response = HttpResponse(orjson.dumps(body), status=status, content_type="application/problem+json")
    if reason.kind in _LATER and status != 500:
        response["Retry-After"] = _LATER[reason.kind]
    return response


def refused_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The same for a page that a person looks at."""
    response = render(request, "refused.html", {"text": refusal.text()}, status=STATUS[refusal.reason.kind])
    if refusal.reason.kind in _LATER:
        response["Retry-After"] = _LATER[refusal.reason.kind]
    return response


def refusal_of(error: BaseException) -> Refusal | None:
    """The refusal that a lower layer's exception stands for, or None for a fault of ours."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, AuthenticationError):
        return Refusal(AccountError.NOT_SIGNED_IN)
    if "readonly database" in str(error) or getattr(error.__cause__, "sqlstate", "") == _READ_ONLY:
        return Refusal(HomeError.READ_ONLY)
    if isinstance(error, OperationalError):
        if "full" in str(error) or getattr(error.__cause__, "sqlstate", "") == _DISK_FULL:
            return Refusal(KernelError.FULL)
        if isinstance(error.__cause__, sqlite3.OperationalError) and "locked" not in str(error):
            return None
        return Refusal(KernelError.BUSY)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refusal(KernelError.FULL)
    if isinstance(error, RequestDataTooBig):
        return Refusal(KernelError.BODY_TOO_LARGE, limit_kb=(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // 1024)
    if isinstance(error, (BadRequest, SuspiciousOperation, MultiPartParserError, DataError, UnicodeError, OverflowError)):
        for kind_of_error, where, why in _WORDS:
            if isinstance(error, kind_of_error):
                return Refusal(KernelError.BAD_REQUEST, where=misfits.where([where]), why=why)
    if isinstance(error, HttpError):
        kind = KernelError.NOT_FOUND if error.status_code == 404 else KernelError.BAD_REQUEST
        why = next((words for begin, words in _HTTP_WORDS.items() if str(error).startswith(begin)),
                   Words("读不出来", str(error)))
        return Refusal(kind, where=misfits.where(["body"]), why=why)
    return None


def _within(loc: Sequence[str | int]) -> Sequence[str | int]:
    """ninja puts "body" and the parameter's own name in front of what the client wrote, but not of a lone parameter."""
    inner = loc[2:]
    return inner if inner and isinstance(inner[0], str) else loc[1:]


def install(api: NinjaAPI) -> None:
    """Every way out of the interface that is not an answer."""

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        found = [(misfits.where(_within(item["loc"])), misfits.why(item)) for item in error.errors]
        where, why = found[0] if found else (misfits.where(["body"]), Words("读不出来", "it cannot be read"))
        language = language_of(request)
        fields = [{"field": str(field), "why": spoken(said, language)} for field, said in found]
        return problem(request, Refusal(KernelError.BAD_REQUEST, where=where, why=why), fields)

    @api.exception_handler(Exception)
    def anything(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
        refusal = refusal_of(error) if isinstance(error, Exception) else None
        if refusal is None:
            trace = secrets.token_hex(4)
            fault = error if isinstance(error, Exception) else None
            log.error("trace %s: %s %s", trace, request.method, request.path, exc_info=fault)
            refusal = Refusal(KernelError.UNEXPECTED, trace=trace)
        return problem(request, refusal)

    for kind in (Refusal, AuthenticationError, HttpError):
        api.add_exception_handler(kind, anything)
