"""What follows the journal in this room: copies owed above, words to search by, places, proposals, what people are told, paths."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import QuerySet

from jingwei.accounts.events import UnitEvent
from jingwei.cases import referral_paths, telling, told, workflow
from jingwei.cases.commands import search as searching
from jingwei.cases.commands.merging import follow
from jingwei.cases.commands.set_ladder import forget_reckoned
from jingwei.cases.commands.spots import mark_repeats, note, places_of
from jingwei.cases.commands.step import show_due
from jingwei.cases.commands.suggested import forget_choice, note_choice
from jingwei.cases.events import ACTION_OF, EVENT_OF, CaseEvent, MergeEvent
from jingwei.cases.models import Case, Copy
from jingwei.catalogue import queries as catalogue
from jingwei.catalogue.events import CalendarEvent
from jingwei.grids import queries as grids
from jingwei.grids.events import AreaEvent, PlanEvent
from jingwei.journal.ports import Seen, hold_still, reader
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor
from jingwei.kernel.paths import span
from jingwei.worklist import commands as worklist

_AT_ONCE = 2000
_PLACED = ("cases_case", "cases_letter", "cases_mailbox", "cases_meeting", "cases_proposal", "cases_sample", "cases_shared_view", "cases_source")
_HELD = ("cases_case", "cases_decision", "cases_helping", "cases_proposal")
_AREAS_AT_ONCE = 200
_ONLOOKER = Actor(None, "cases.paths", via="job")


def _case_of(seen: Seen) -> UUID:
    return UUID(seen.subject.removeprefix("case:"))


@reader("cases.copies", [*EVENT_OF.values(), CaseEvent.UNDONE])
def copies(seen: Seen) -> None:
    """One row per step that the setting `copied_steps` names for this place (AT-08: report, dispatch, feedback, close).

    A step that was undone is no longer owed.
    """
    if seen.verb == CaseEvent.UNDONE.value:
        told = orjson.loads(seen.data)
        Copy.objects.filter(case_id=seen.subject.removeprefix("case:"), action=told["action"],
                            at=datetime.fromisoformat(told["at"])).delete()
        return
    action = ACTION_OF[seen.verb]
    if action in catalogue.book(generations()).setting("copied_steps", seen.area_path).split(","):
        Copy.objects.bulk_create(
            [Copy(entry_position=seen.position, case_id=seen.subject.removeprefix("case:"), action=action, at=seen.at)],
            ignore_conflicts=True)


def _search_all(some: list[Seen]) -> None:
    searching.show({_case_of(seen) for seen in some})


@reader(searching.READER, [CaseEvent.REPORTED, CaseEvent.IMPORTED, CaseEvent.UNDONE], together=_search_all)
def search(seen: Seen) -> None:
    """A case is found by its words once its entry was read; until then by its number, place and time alone."""
    _search_all([seen])


@reader("cases.ladders", [CalendarEvent.EDITED])
def ladders(seen: Seen) -> None:
    """Where a calendar was corrected, the next rungs of the ladders fall on other days."""
    forget_reckoned(seen.area_path)


def _all_spots(some: list[Seen]) -> None:
    places = places_of({_case_of(seen) for seen in some})
    noted = {_case_of(seen) for seen in some if seen.verb != CaseEvent.FILED.value}
    note([place for place in places if place.id in noted])
    new = {_case_of(seen) for seen in some if seen.verb in (CaseEvent.REPORTED.value, CaseEvent.FILED.value)}  # by then its class is known
    for place in places:
        if place.id in new:
            mark_repeats(place)


@reader("cases.spots", [CaseEvent.REPORTED, CaseEvent.IMPORTED, CaseEvent.FILED, CaseEvent.SOLVED, CaseEvent.REFUSED, CaseEvent.CLOSED, CaseEvent.REPLIED, CaseEvent.GRANTED,
                        CaseEvent.VOIDED, CaseEvent.REOPENED, CaseEvent.UNDONE, MergeEvent.MERGED, MergeEvent.UNMERGED], together=_all_spots)
def spots(seen: Seen) -> None:
    """Where a case happened and whether it is over; whether a new one tells of a problem that came back."""
    _all_spots([seen])


@reader("cases.merged", [CaseEvent.SOLVED, CaseEvent.REFUSED, CaseEvent.CLOSED, CaseEvent.REPLIED, CaseEvent.GRANTED, CaseEvent.VOIDED, CaseEvent.REOPENED])
def merged(seen: Seen) -> None:
    """Whoever reported what is part of a case is told what became of it."""
    follow(_case_of(seen), seen.verb)


@reader("cases.told", [*told.rules(), CaseEvent.UNDONE])
def tell(seen: Seen) -> None:
    """Whom it concerns is told, as `data/telling.csv` and the installation's rules say; an undone step is told no more."""
    if seen.verb == CaseEvent.UNDONE.value:
        telling.take_back(seen)
    else:
        telling.tell_of(seen)


_CHOSEN = {CaseEvent.FILED.value: ("class", "condition"), CaseEvent.ACCEPTED.value: ("class",), CaseEvent.DISPATCHED.value: ("unit",)}


@reader("cases.suggested", [CaseEvent.FILED, CaseEvent.ACCEPTED, CaseEvent.DISPATCHED, CaseEvent.UNDONE])
def suggested(seen: Seen) -> None:
    """What the model in force proposes beside what was chosen; forgotten where the choice was undone."""
    case_id = _case_of(seen)
    if seen.verb == CaseEvent.UNDONE.value:
        undone = EVENT_OF[orjson.loads(seen.data)["action"]].value
        if undone in _CHOSEN:
            forget_choice(case_id, _CHOSEN[undone])
        return
    note_choice(case_id, _CHOSEN[seen.verb], seen.at)


@reader("cases.paths", [AreaEvent.MOVED, AreaEvent.RETIRED, AreaEvent.REDRAWN, PlanEvent.PUBLISHED, UnitEvent.MOVED])
def paths(seen: Seen) -> None:
    """Cases and what is due follow when an area or a unit was moved, an area retired, or the ground drawn anew."""
    told: dict[str, Any] = orjson.loads(seen.data)
    if seen.verb == UnitEvent.MOVED.value:
        _move("unit_path", told["old_path"], told["path"], _HELD)
    elif seen.verb == AreaEvent.MOVED.value:
        searching.move(told["from"], told["to"])
        _move("area_path", told["from"], told["to"], _PLACED)
    elif seen.verb == PlanEvent.PUBLISHED.value:
        for _, old, new in told.get("moves", []):
            searching.move(old, new)
            _move("area_path", old, new, _PLACED)
        _locate_retired(told.get("retired", []))
        _locate_again(_open_cases())
    elif seen.verb == AreaEvent.RETIRED.value:
        if told.get("plan") is None:  # in a draft: the plan's own entry tells when it is published
            _locate_retired([int(seen.subject.removeprefix("area:"))])
    elif told["plan"] in {plan.id for plan in grids.plans(_ONLOOKER)}:  # others are drafts or of other systems
        _locate_again(_open_cases())


def _move(column: str, old: str, new: str, tables: Sequence[str] = ("cases_case",)) -> None:
    low, high = span(old)
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"UPDATE {table} SET {column} = %s || substr({column}, %s) WHERE {column} >= %s AND {column} < %s",
                [new, len(old) + 1, low, high])
    referral_paths.move(column, old, new)
    worklist.move(column, old, new)


def _locate_retired(areas: Sequence[int]) -> None:
    """By path, which an index knows; that of a retired area stays as it was."""
    for start in range(0, len(areas), _AREAS_AT_ONCE):
        paths = grids.paths_of(areas[start:start + _AREAS_AT_ONCE])
        _locate_again(Case.objects.filter(area_path__in=paths))


def _open_cases() -> QuerySet[Case]:
    """Those somebody still works on: where a border was drawn anew they go to whoever has the ground now."""
    over = [state for state, (_, kind) in workflow.STATES.items() if kind == "ended" and state != "merged"]
    return Case.objects.exclude(state__in=over)  # what is part of another case may be let go again


def _locate_again(cases: QuerySet[Case]) -> None:
    """They go to the area that now holds their point, if one does; `area_then` stays as it was."""
    known = generations()
    hold_still(searching.READER)
    rows = cases.order_by("id").values_list("id", "lon", "lat", "area_now_id", "area_path")
    some = list(rows[:_AT_ONCE])
    while some:
        moved: list[UUID] = []
        places = grids.locate_many([row[1] for row in some], [row[2] for row in some], known)
        for (case_id, _, _, area_id, path), place in zip(some, places, strict=True):
            if place is not None and (place.area_id, place.path) != (area_id, path):
                Case.objects.filter(id=case_id).update(area_now_id=place.area_id, area_path=place.path)
                moved.append(case_id)
                case = Case.objects.get(id=case_id)
                if workflow.STATES[case.state][1] != "ended":
                    show_due(case)
        searching.show_again(moved)
        some = list(rows.filter(id__gt=some[-1][0])[:_AT_ONCE])
