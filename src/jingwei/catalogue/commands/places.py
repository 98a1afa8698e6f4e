"""Which area a command speaks of, and whether its actor may act there."""

from typing import NamedTuple

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.catalogue.errors import CatalogueError
from jingwei.grids import queries as grids
from jingwei.journal import queries as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal


class Place(NamedTuple):
    """An area as commands keep it; id None and path '' mean everywhere."""

    id: int | None
    path: str


EVERYWHERE = Place(None, "")


def place_of_code(actor: Actor, code: str, right: Right) -> Place:
    """The area with this code ('': everywhere), if the actor holds `right` over all of it."""
    if not code:
        return _permitted(actor, EVERYWHERE, right, code)
    found = grids.place_by_code(code, journal.generations())
    if found is None:
        raise Refusal(CatalogueError.AREA_UNKNOWN, area=code[:40])
    return _permitted(actor, Place(found.area_id, found.path), right, code)


def place_of_path(actor: Actor, path: str, right: Right) -> Place:
    """The area at this path ('': everywhere), if the actor holds `right` over all of it."""
    if not path:
        return _permitted(actor, EVERYWHERE, right, path)
    last = path.rstrip("/").rpartition("/")[2]
    found = grids.place_of(int(last), journal.generations()) if last.isascii() and last.isdigit() else None
    if found is None or found.path != path:
        raise Refusal(CatalogueError.AREA_UNKNOWN, area=path[:40])
    return _permitted(actor, Place(found.area_id, found.path), right, found.code)


def _permitted(actor: Actor, place: Place, right: Right, code: str) -> Place:
    """Who may not even see the area hears what is said of areas that do not exist."""
    if actor.covers(right.value, place.path):
        return place
    if place.path and not actor.covers(Right.AREA_READ.value, place.path):
        raise Refusal(CatalogueError.AREA_UNKNOWN, area=code[:40])
    raise no_right(actor, right)
