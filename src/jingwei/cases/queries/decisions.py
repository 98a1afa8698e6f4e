"""What meetings decided: the list to follow, and that of one case."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.cases import meetings, timing, workflow
from jingwei.cases.errors import CaseError
from jingwei.cases.meeting_reach import answers, of_my_units, runs, seen_by
from jingwei.cases.models import Case, Decision, Meeting
from jingwei.cases.queries.detail import seen_case
from jingwei.cases.queries.filters import OPEN
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

MOST = 100
SHOWN = ("", "mine", "open", "late", "over")


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """`way`: case, tie, task. `state`: open, done, withdrawn; of what became a case, by whether that is over.

    `case_id`: where this person may see it. `deeds`: what this person may do with it now.
    """

    id: UUID
    meeting_id: UUID
    meeting_number: str
    meeting_title: str
    held_at: datetime
    position: int
    way: str
    way_name: str
    text: str
    unit: str
    unit_name: str
    person_name: str
    due: date | None
    due_at: datetime | None
    state: str
    state_name: str
    late: bool
    answer: str
    reason: str
    ended_by: str
    ended_at: datetime | None
    case_id: UUID | None
    case_number: str
    deeds: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """`next`: pass it as `after`; None: no more."""

    rows: list[DecisionLine]
    next: int | None


def list_decisions(actor: Actor, *, show: str = "", after: int = 0, limit: int = 50) -> DecisionPage:
    """Those of meetings that this person sees; what is due first comes first. `show`: one of SHOWN. Two statements beside signing in."""
    known, limit = generations(), max(1, min(limit, MOST))
    if show not in SHOWN:
        raise Refusal(CaseError.UNKNOWN_FILTER, what=Words("看哪些", "show"), value=show[:40])
    units = accounts.unit_book(known)
    condition = seen_by(actor, units)
    rows = Decision.objects.all() if condition is None else Decision.objects.filter(meeting__in=Meeting.objects.filter(condition))
    open_still = Q(way="task", state="open") | Q(case__state__in=OPEN)
    if show == "mine":
        mine = of_my_units(actor, units, "unit_path")
        rows = rows.filter(mine | Q(person=actor.user_id) if actor.user_id else mine, way="task", state="open")
    elif show == "over":
        rows = rows.exclude(meeting__state="cancelled").filter(~open_still)
    elif show:
        rows = rows.filter(open_still)
    if show == "late":
        rows = rows.filter(due_at__lte=clock.now())
    order = (F("made_at").desc(), "id") if show in ("", "over") else (F("due_at").asc(nulls_last=True), "made_at", "id")
    found = decision_lines(actor, rows.order_by(*order)[after:after + limit + 1], known)
    return DecisionPage(found[:limit], after + limit if len(found) > limit else None)


def decisions_of_case(actor: Actor, case_id: UUID) -> list[DecisionLine]:
    """What meetings decided about a case, for those who see it."""
    seen_case(actor, case_id)
    return decision_lines(actor, Decision.objects.filter(case_id=case_id).order_by("made_at", "id"), generations())


def visible(actor: Actor, case: Case) -> bool:
    """Whether this person sees a case, as far as that costs no statement."""
    return actor.covers(Right.CASE_READ.value, case.area_path, case.unit_path) or (
        actor.user_id is not None and case.reported_by == actor.user_id)


def decision_lines(actor: Actor, rows: QuerySet[Decision], known: dict[str, int]) -> list[DecisionLine]:
    """One statement, with the meeting and the case of each."""
    found = list(rows.select_related("meeting", "case").defer("meeting__minutes"))
    names = accounts.names_of({person for row in found for person in (row.person, row.ended_by) if person}, known)
    units = accounts.unit_book(known)
    return [_line(actor, row, units, names) for row in found]


def _line(actor: Actor, row: Decision, units: dict[Any, Any], names: dict[UUID, str]) -> DecisionLine:
    case, unit, state = row.case, units.get(row.unit_id), row.state
    state_name, ended = meetings.DECISION_STATES[state], row.ended_at
    if case is not None:
        state_name, kind = workflow.STATES[case.state]
        state, ended = ("done", case.ended_at) if kind == "ended" else ("open", None)
    deeds = meetings.possible(row.way, row.state, runs=runs(actor, row.meeting.area_path), answers=answers(actor, row, units))
    return DecisionLine(
        row.id, row.meeting_id, row.meeting.number, row.meeting.title, row.meeting.held_at, row.position, row.way, meetings.WAYS[row.way],
        row.text, unit.code if unit else "", unit.name if unit else "", _name(names, row.person),
        meetings.day_of(row.due_at, timing.place()) if row.due_at else None, row.due_at, state, state_name,
        meetings.late(state, row.due_at, ended, clock.now()), row.answer, row.reason, _name(names, row.ended_by), ended,
        case.id if case is not None and visible(actor, case) else None, case.number if case is not None else "",
        [{"deed": deed, "name": meetings.DEEDS[deed].name, "asks": meetings.DEEDS[deed].asks} for deed in deeds])


def _name(names: dict[UUID, str], person: UUID | None) -> str:
    return names.get(person, "") if person else ""
