"""How a person wants to be told, over HTTP."""

from datetime import time

from django.http import HttpResponse
from ninja import Schema
from pydantic import ConfigDict, Field

from jingwei.journal.http import once
from jingwei.kernel.asking import Asking
from jingwei.notices import commands, queries
from jingwei.notices.http.addresses import router


class ChoiceIn(Schema):
    """`digest`: "" at once, hour, day. Quiet hours left out: as the installation has them."""

    model_config = ConfigDict(extra="forbid")

    mail: str = Field("", max_length=200)
    sms: str = Field("", max_length=40)
    by_mail: bool = False
    by_sms: bool = False
    digest: str = Field("", max_length=10)
    quiet_from: time | None = None
    quiet_until: time | None = None
    off: list[str] = Field([], max_length=60)


@router.get("/messages/choice", response=queries.Chosen, summary="我的通知设置")
def show_choice(request: Asking) -> queries.Chosen:
    """地址和号码只给本人看。"""
    return queries.chosen(request.auth)


@router.put("/messages/choice", summary="修改我的通知设置")
def choose(request: Asking, body: ChoiceIn) -> HttpResponse:
    """整份替换。"""
    wanted = commands.Wanted(**body.dict() | {"off": tuple(body.off)})
    return once(request, lambda: commands.choose(request.auth, wanted))
