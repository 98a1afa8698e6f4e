"""The journal over HTTP, and for every room: one answer per Idempotency-Key."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema, Status

from jingwei.journal import commands, queries
from jingwei.kernel.actor import Actor

HEADER = "Idempotency-Key"
JobState = Literal["ready", "running", "done", "failed"]
router = Router(tags=["日志"])


class Place(Schema):
    position: int


class ParkedEntry(Schema):
    id: int
    reader: str
    position: int
    subject: str
    tries: int
    error: str
    at: datetime


class ReaderState(Schema):
    reader: str
    position: int
    behind: int
    failing: int | None
    tries: int
    error: str
    at: datetime | None


class Parking(Schema):
    parked: list[ParkedEntry]
    readers: list[ReaderState]


class Release(Schema):
    """`skip`: give the oldest parked entry of the subject up instead of trying it again."""

    skip: bool = False


class Jobs(Schema):
    items: list[queries.JobLine]


class Verification(Schema):
    """`report` once `state` is done; until then ask again with `job`."""

    state: str
    job: UUID | None = None
    report: dict[str, Any] | None = None


@router.get("/journal/position", response=Place, summary="日志的最新位置")
def position(request: HttpRequest) -> dict[str, int]:
    return {"position": queries.last_position()}


@router.get("/journal/parked", response=Parking, summary="读取程序的进度和搁置的记录")
def parked(request: HttpRequest) -> dict[str, Any]:
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return {"parked": queries.parked(actor), "readers": queries.reader_states(actor)}


@router.post("/journal/parked/{parked_id}/release", summary="重试或放弃搁置的记录")
def release(request: HttpRequest, parked_id: int, body: Release | None = None) -> HttpResponse:
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return once(request, lambda: commands.release(actor, parked_id, skip=bool(body and body.skip)))


@router.get("/jobs", response=Jobs, summary="后台任务")
def jobs(request: HttpRequest, state: JobState | None = None,
         limit: Annotated[int, Query(ge=1, le=500)] = 100) -> dict[str, Any]:
    """新的在前。每小时的例行任务完成七天后清去。"""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return {"items": queries.job_lines(actor, state=state or "", limit=limit)}


@router.post("/journal/verify", response={200: Verification, 202: Verification}, summary="核对日志的完整性")
def verify(request: HttpRequest) -> Status[dict[str, Any]]:
    """A small journal is examined at once (200), a large one in the background (202)."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    found = commands.verify(actor)
    return Status(202 if found["report"] is None else 200, found)


@router.get("/journal/verify/{job}", response=Verification, summary="后台核对的结果")
def verification(request: HttpRequest, job: UUID) -> dict[str, Any]:
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return queries.verification(actor, job)


def once(request: HttpRequest, effect: Callable[[], Any], status: int = 200) -> HttpResponse:
    """Run `effect` and answer its result as JSON; the same key again gives the same answer without a second effect."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    key = request.headers.get(HEADER)
    fingerprint = commands.request_hash(request.method or "", request.get_full_path(), request.body) if key else ""
    code, body = commands.answer_once(actor, key, fingerprint, status, lambda: orjson.dumps(effect()))
    return HttpResponse(body, status=code, content_type="application/json")
