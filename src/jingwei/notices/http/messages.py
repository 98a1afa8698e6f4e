"""A person's own messages over HTTP."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import ConfigDict, Field

from jingwei.journal.http import once
from jingwei.kernel.asking import Asking
from jingwei.notices import commands, queries
from jingwei.notices.http.addresses import router


class ReadIn(Schema):
    """`ids`: some of one's own. `up_to`: all up to this one; what came since stays unread."""

    model_config = ConfigDict(extra="forbid")

    ids: list[Annotated[int, Field(ge=1, le=2**62)]] = Field([], max_length=500)
    up_to: Annotated[int, Field(ge=1, le=2**62)] | None = None


@router.get("/messages", response=queries.Messages, summary="我的消息")
def list_messages(request: Asking, after: Annotated[int | None, Query(ge=1, le=2**62)] = None, unread: bool = False,
                  limit: Annotated[int, Query(ge=1, le=100)] = 30) -> queries.Messages:
    """新的在前。未读数最多数到 100。"""
    return queries.messages(request.auth, after=after, unread=unread, limit=limit)


@router.post("/messages/read", summary="标为已读")
def read(request: Asking, body: ReadIn) -> HttpResponse:
    """只动自己的消息，回答剩下的未读数。"""
    return once(request, lambda: {"unread": commands.read(request.auth, body.ids, up_to=body.up_to)})
