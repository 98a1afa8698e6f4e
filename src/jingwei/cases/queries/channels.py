"""The rules of channels in force at a place, in one table."""

from dataclasses import dataclass

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.cases import channels
from jingwei.cases.kind_choice import flow_for
from jingwei.catalogue import queries as catalogue
from jingwei.catalogue.errors import CatalogueError
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class ChannelTable:
    """`flow_name`: of the flow that says what is verified first. `unknown`: what the settings name and no channel is called."""

    flow_name: str
    rules: list[channels.ChannelRule]
    unknown: list[str]


def channel_rules(actor: Actor, area: str = "") -> ChannelTable:
    """For whoever may read the catalogue. `area`: a code, '' for everywhere."""
    if not actor.holds(Right.CATALOGUE_READ.value):
        raise no_right(actor, Right.CATALOGUE_READ)
    known = generations()
    place = grids.place_by_code(area, known) if area else None
    if area and (place is None or not actor.covers(Right.CATALOGUE_READ.value, place.path)):
        raise Refusal(CatalogueError.AREA_UNKNOWN, area=area[:40])
    path, book = place.path if place else "", catalogue.book(known)
    call_back, silent = book.setting(channels.CALL_BACK, path), book.setting(channels.SILENT, path)
    flow = flow_for("", book, path, known)
    return ChannelTable(flow.name, channels.rules(flow.verify_first, call_back, silent), channels.unknown(call_back, silent))
