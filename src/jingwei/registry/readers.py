"""What follows the journal in this room: parts get their grid anew where the ground was drawn anew."""

from datetime import datetime
from typing import Any

import orjson
from django.db import connection
from django.db.models import QuerySet

from jingwei.grids import queries as grids
from jingwei.grids.events import AreaEvent, PlanEvent
from jingwei.journal.ports import Seen, reader
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.kernel.paths import span
from jingwei.registry.models import Part, PartChange

_AT_ONCE = 2_000
_ONLOOKER = Actor(None, "registry.grids", via="job")


@reader("registry.grids", [AreaEvent.MOVED, AreaEvent.RETIRED, AreaEvent.REDRAWN, PlanEvent.PUBLISHED])
def follow_ground(seen: Seen) -> None:
    """Parts follow when an area was moved or retired, or the ground drawn anew; `area_then` stays as it was."""
    told: dict[str, Any] = orjson.loads(seen.data)
    if seen.verb == AreaEvent.MOVED.value:
        _move(told["from"], told["to"])
    elif seen.verb == PlanEvent.PUBLISHED.value:
        for _, old, new in told.get("moves", []):
            _move(old, new)
        _locate_again(Part.objects.all(), seen.at)
    elif seen.verb == AreaEvent.RETIRED.value:
        if told.get("plan") is None:  # in a draft: the plan's own entry tells when it is published
            _locate_again(Part.objects.filter(area_now_id=int(seen.subject.removeprefix("area:"))), seen.at)
    elif told["plan"] in {plan.id for plan in grids.plans(_ONLOOKER)}:  # others are drafts or of other systems
        _locate_again(Part.objects.all(), seen.at)


def _move(old: str, new: str) -> None:
    low, high = span(old)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_part SET area_path = %s || substr(area_path, %s) WHERE area_path >= %s AND area_path < %s",
                       [new, len(old) + 1, low, high])


def _locate_again(parts: QuerySet[Part], at: datetime) -> None:
    """They stand in the grid that now holds their point, if one does. A change of the grid is told in their history."""
    known = generations()
    rows = parts.order_by("id").values_list("id", "lon", "lat", "area_now_id", "area_path")
    some = list(rows[:_AT_ONCE])
    while some:
        places = grids.locate_many([row[1] for row in some], [row[2] for row in some], known)
        moved, history = [], []
        for (part_id, _, _, area_id, path), place in zip(some, places, strict=True):
            if place is None or (place.area_id, place.path) == (area_id, path):
                continue
            moved.append(Part(id=part_id, area_now_id=place.area_id, area_path=place.path))
            if place.area_id != area_id:
                history.append(PartChange(part_id=part_id, at=at, via="job", verb="part.relocated",
                                          what={"area_now": [area_id, place.area_id]}))
        Part.objects.bulk_update(moved, ["area_now", "area_path"], batch_size=200)
        PartChange.objects.bulk_create(history)
        some = list(rows.filter(id__gt=some[-1][0])[:_AT_ONCE])
