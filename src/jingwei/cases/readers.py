"""What follows the journal in this room: copies owed to the platform above, and the paths that cases keep."""

from typing import Any

import orjson
from django.db import connection

from jingwei.accounts.events import UnitEvent
from jingwei.cases import workflow
from jingwei.cases.commands.step import show_due
from jingwei.cases.events import EVENT_OF
from jingwei.cases.models import Case, Copy
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.grids.events import AreaEvent, PlanEvent
from jingwei.journal.ports import Seen, reader
from jingwei.journal.queries import generations
from jingwei.kernel.paths import span
from jingwei.worklist import commands as worklist

_ACTION_OF = {EVENT_OF[action].value: action for action in EVENT_OF}


@reader("cases.copies", [EVENT_OF[action] for action in EVENT_OF])
def copies(seen: Seen) -> None:
    """One row per step that the setting `copied_steps` names for this place (AT-08: report, dispatch, feedback, close)."""
    action = _ACTION_OF[seen.verb]
    if action in catalogue.book(generations()).setting("copied_steps", seen.area_path).split(","):
        Copy.objects.get_or_create(
            entry_position=seen.position,
            defaults={"case_id": seen.subject.removeprefix("case:"), "action": action, "at": seen.at})


@reader("cases.paths", [AreaEvent.MOVED, PlanEvent.PUBLISHED, UnitEvent.MOVED])
def paths(seen: Seen) -> None:
    """Cases and what is due follow when an area or a unit was moved, or an area retired."""
    told: dict[str, Any] = orjson.loads(seen.data)
    if seen.verb == UnitEvent.MOVED.value:
        _move("unit_path", told["old_path"], told["path"])
    elif seen.verb == AreaEvent.MOVED.value:
        _move("area_path", told["from"], told["to"])
    else:
        for _, old, new in told.get("moves", []):
            _move("area_path", old, new)
        _locate_again(told.get("retired", []))


def _move(column: str, old: str, new: str) -> None:
    low, high = span(old)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE cases_case SET {column} = %s || substr({column}, %s) WHERE {column} >= %s AND {column} < %s",
            [new, len(old) + 1, low, high])
    worklist.move(column, old, new)


def _locate_again(retired: list[int]) -> None:
    """Cases of areas that are no more go to the area that now holds their point; `area_then` stays as it was."""
    known = generations()
    for case in Case.objects.filter(area_now_id__in=retired).iterator(500):
        place = grids.locate(case.lon, case.lat, known)
        if place is None:
            continue
        case.area_now_id, case.area_path = place.area_id, place.path
        Case.objects.filter(id=case.id).update(area_now_id=place.area_id, area_path=place.path)
        if workflow.STATES[case.state][1] != "ended":
            show_due(case)
