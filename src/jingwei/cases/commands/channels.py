"""What holds for a channel is changed for an area, in the settings that say so."""

from django.db import transaction

from jingwei.cases import channels
from jingwei.cases.channel_errors import ChannelError
from jingwei.cases.workflow import CHANNEL_NAMES
from jingwei.catalogue import commands as settings
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words


def set_channel(actor: Actor, channel: str, *, call_back: bool, silent: bool, area: str = "") -> bool:
    """`area`: a code, '' for everywhere. Returns whether anything changed. The catalogue says who may."""
    if channel not in channels.REPORTED:
        possible = Words("、".join(f"{code}（{CHANNEL_NAMES[code]}）" for code in channels.REPORTED), ", ".join(channels.REPORTED))
        raise Refusal(ChannelError.UNKNOWN, channel=channel[:30], possible=possible)
    if call_back and silent:
        raise Refusal(ChannelError.CALLED_AND_SILENT, channel=Words(CHANNEL_NAMES[channel], channel))
    with transaction.atomic(savepoint=False):
        known = generations()
        place = grids.place_by_code(area, known) if area else None
        book, path = catalogue.book(known), place.path if place else ""
        changed = False
        for name, on in ((channels.CALL_BACK, call_back), (channels.SILENT, silent)):
            before = book.setting(name, path)
            if (channel in channels.listed(before)) != on:
                changed |= settings.set_setting(actor, name, channels.written(before, channel, on), area_code=area)
        if not changed:  # whether anything changes or not: who may not is told so
            settings.set_setting(actor, channels.SILENT, book.setting(channels.SILENT, path), area_code=area)
        return changed
