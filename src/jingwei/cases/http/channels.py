"""The rules of channels: read, and changed for an area."""

from django.http import HttpResponse
from ninja import Query, Schema

from jingwei.cases import commands, queries
from jingwei.cases.http import schemas as shape
from jingwei.cases.http.addresses import router
from jingwei.journal.http import once
from jingwei.kernel.asking import Asking


class ChannelsIn(Schema):
    """`area`: a code; left out, everywhere."""

    area: str = ""


class ChannelIn(shape.Asked):
    call_back: bool
    silent: bool
    area: shape.Short = ""


@router.get("/channels", response=queries.ChannelTable, summary="来源规则：先核实、回访、不告知")
def list_channels(request: Asking, asked: Query[ChannelsIn]) -> queries.ChannelTable:
    """“先核实”由当地的案件流程规定，其余两项在这里改。"""
    return queries.channel_rules(request.auth, asked.area)


@router.put("/channels/{channel}", summary="修改一个来源的规则")
def set_channel(request: Asking, channel: str, body: ChannelIn) -> HttpResponse:
    return once(request, lambda: {"changed": commands.set_channel(request.auth, channel, **body.dict())})
