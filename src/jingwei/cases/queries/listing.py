"""Lists of cases by keyset: newest first, fifty at a time, the same few statements at any size."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.cases import tokens, workflow
from jingwei.cases.errors import CaseError
from jingwei.cases.marks import marks_of
from jingwei.cases.models import Case
from jingwei.cases.queries import searching
from jingwei.cases.queries.filters import Filter, classes_of, few, filtered, states_of
from jingwei.cases.queries.newest import newest
from jingwei.cases.queries.waiting import waits_for
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

MOST = 200
_WIDE = 0.01   # of all areas: from there on a scope is asked state by state, see queries/newest.py
_FEW = 3000    # cases that are read one by one for a word rather than asked of the index
_MOST_OF_ALL = 0.5  # of all areas: from there on asking for them would cost more than it saves
_AREAS = 300   # a scope of more of them is not asked for either
_SHOWN = 120    # signs of a text in a line
_PARTS = 16    # states times classes that are asked apart; more classes are looked for together


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list. `late`: past its due instant now. `waits_for`: why nothing moves, as an error code."""

    id: UUID
    number: str
    state: str
    state_name: str
    channel: str
    text: str
    place: str
    lon: float
    lat: float
    area: str
    area_name: str
    class_code: str
    class_name: str
    unit: str
    unit_name: str
    reported_at: datetime
    state_at: datetime
    due_at: datetime | None
    late: bool
    asked: str
    marks: list[str]
    waits_for: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines and where the next page begins; `next` is None on the last."""

    rows: list[Listed] = field(default_factory=list)
    next: str | None = None


def list_cases(actor: Actor, wanted: Filter, *, after: str = "", limit: int = 50) -> Page:
    """One page. Two statements beside signing in: generations and the rows; with words two more at the most."""
    known = generations()
    book = catalogue.book(known)
    limit = max(1, min(limit, MOST))
    place = _opened(after) if after else None
    if wanted.words:
        found = _worded(actor, wanted, place, limit + 1, known)
    else:
        found = newest(*_apart(actor, wanted, book, known), place, limit + 1)
    more = len(found) > limit
    found = found[:limit]
    lines = lines_of(found, known)
    return Page(lines, _cursor(lines[-1]) if more else None)


def lines_of(rows: Sequence[dict[str, Any]], known: dict[str, int]) -> list[Listed]:
    """Rows of newest.COLUMNS as the lines that a table shows. No statement once names are in memory."""
    book, units = catalogue.book(known), accounts.unit_book(known)
    names = grids.names_of({row["area_now_id"] for row in rows}, known)
    now = clock.now()
    return [_line(row, book, names, units, now) for row in rows]


def _apart(actor: Actor, wanted: Filter, book: Any, known: dict[str, int]
           ) -> tuple[QuerySet[Case], list[dict[str, Any]]]:
    """The rows that fit everything but states and classes, and the parts by state and class to ask for."""
    states = states_of(wanted)
    rows, paths = filtered(actor, wanted, known)
    classes = classes_of(wanted, book)
    together = wanted.mine or wanted.number or few(wanted) or not _is_wide(actor, paths, known)
    apart = [{"state": state} for state in states or workflow.STATES] if not together else [{}]
    if together and states:
        rows = rows.filter(state__in=states)
    if not wanted.classes:
        return rows, apart
    if together or not classes or len(classes) * len(apart) > _PARTS:
        return rows.filter(class_entry_id__in=classes), apart
    return rows, [{**part, "class_entry_id": class_id} for part in apart for class_id in classes]


def _worded(actor: Actor, wanted: Filter, after: tuple[datetime, UUID] | None, limit: int,
            known: dict[str, int]) -> list[dict[str, Any]]:
    """A page of those that hold the words, each with what of its text is around them."""
    question, bare = tokens.sought(wanted.words), replace(wanted, words="")
    return [{**row, "text": tokens.excerpt(row["text"], question, _SHOWN)} for row in _holding(
        actor, bare, question, after, limit, known)]


def _holding(actor: Actor, bare: Filter, question: tokens.Sought, after: tuple[datetime, UUID] | None, limit: int,
             known: dict[str, int]) -> list[dict[str, Any]]:
    """Read row by row where the other filters leave few, else by the index."""
    rows, paths = filtered(actor, bare, known)
    states = states_of(bare)
    rows = rows.filter(state__in=states) if states else rows
    rows = rows.filter(class_entry_id__in=classes_of(bare, catalogue.book(known))) if bare.classes else rows
    if _leaves_few(actor, bare, paths, known):
        return newest(searching.in_text(rows, question), [{}], after, limit)
    return searching.newest_found(rows, question, after, limit, _ground(actor, bare, paths, known))


def _leaves_few(actor: Actor, wanted: Filter, paths: Sequence[str], known: dict[str, int]) -> bool:
    """Whether so few cases fit that each may be read: counted, and not further than that."""
    indexed = replace(wanted, states=tuple(states_of(wanted)), classes=tuple(wanted.classes), channel="", late=False, since=None, until=None, state_since=None,
                      state_before=None, ended_until=None, ended_late=None, due_before=None)
    by_unit = any(grant.unit_path for grant in actor.grants if Right.CASE_READ.value in grant.rights)
    if not (by_unit or wanted.mine or wanted.helping) and (
            indexed == Filter(area=wanted.area) or not _is_wide(actor, paths, known)):
        return False
    return fitting(actor, indexed, known)[:_FEW + 1].count() <= _FEW


def _ground(actor: Actor, wanted: Filter, paths: Sequence[str], known: dict[str, int]) -> searching.Ground:
    """The areas below which all that fits lies, as far as it is worth asking for them."""
    scope = _scope(actor) if not (wanted.mine or wanted.helping) else {""}
    every, within = grids.areas_below([""], known), grids.areas_below(scope, known)
    if paths and (asked := grids.areas_below(paths, known)) < within:
        scope, within = set(paths), asked
    share = within / every if every else 1.0
    return searching.Ground(tuple(scope), share) if share < _MOST_OF_ALL and len(scope) <= _AREAS else searching.EVERYWHERE


def count_cases(actor: Actor, wanted: Filter) -> int:
    """How many cases the same list has on all its pages. Two statements beside signing in."""
    known = generations()
    return fitting(actor, wanted, known).count()


def fitting(actor: Actor, wanted: Filter, known: dict[str, int]) -> QuerySet[Case]:
    """Every case that the filter names, in no order, asked all at once."""
    rows, _ = filtered(actor, wanted, known)
    states = states_of(wanted)
    if states or wanted.since:  # the time of a report is found in an index behind the state
        rows = rows.filter(state__in=states or list(workflow.STATES))
    return rows.filter(class_entry_id__in=classes_of(wanted, catalogue.book(known))) if wanted.classes else rows


def _is_wide(actor: Actor, paths: Sequence[str], known: dict[str, int]) -> bool:
    """Whether so many areas are asked for that a good share of all cases must lie there."""
    seen = grids.areas_below(_scope(actor), known)
    if paths:
        seen = min(seen, grids.areas_below(paths, known))
    return seen >= _WIDE * grids.areas_below([""], known)


def _scope(actor: Actor) -> set[str]:
    """The paths below which somebody may read cases; '' is everywhere."""
    return {grant.area_path for grant in actor.grants if Right.CASE_READ.value in grant.rights}


def _line(row: dict[str, Any], book: Any, names: dict[int, tuple[str, str]], units: dict[Any, Any], now: datetime) -> Listed:
    found = book.classes.get(row["class_entry_id"])
    unit = units.get(row["unit_id"])
    area_code, area_name = names.get(row["area_now_id"], ("", ""))
    due = row["due_at"]
    return Listed(
        id=row["id"], number=row["number"], state=row["state"], state_name=workflow.STATES[row["state"]][0],
        channel=row["channel"], text=row["text"][:_SHOWN], place=row["place"], lon=row["lon"], lat=row["lat"],
        area=area_code, area_name=area_name, class_code=found.full_code if found else "",
        class_name=found.name if found else "",
        unit=unit.code if unit else "", unit_name=unit.name if unit else "", reported_at=row["reported_at"],
        state_at=row["state_at"], due_at=due, late=due is not None and due < now, asked=row["asked"],
        marks=marks_of(row["marks"]),
        waits_for=waits_for(row["state"], row["class_entry_id"], row["area_path"], book))


def _cursor(line: Listed) -> str:
    micros = (line.reported_at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    return base64.urlsafe_b64encode(f"{micros}.{line.id.hex}".encode()).decode().rstrip("=")


def _opened(cursor: str) -> tuple[datetime, UUID]:
    try:
        micros, last = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").split(".")
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(micros)), UUID(hex=last)
    except (ValueError, OverflowError, binascii.Error) as error:
        raise Refusal(CaseError.UNKNOWN_PAGE, value=cursor[:40]) from error
