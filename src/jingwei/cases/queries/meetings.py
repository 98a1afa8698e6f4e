"""Meetings: the list, one with its agenda and what became of what it decided, and who may be asked to come."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jingwei.accounts import queries as accounts
from jingwei.cases import meetings, workflow
from jingwei.cases.errors import CaseError
from jingwei.cases.meeting_errors import MeetingError
from jingwei.cases.meeting_reach import known_people, runs, seen_by
from jingwei.cases.models import AgendaItem, Attending, Case, Decision, Meeting
from jingwei.cases.queries.decisions import DecisionLine, decision_lines, visible
from jingwei.cases.queries.filters import OPEN
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.paths import span
from jingwei.kernel.wording import Words

MOST = 100
MOST_PEOPLE = 50
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """`open`: what it decided and is not done yet; `decided`: all of it."""

    id: UUID
    number: str
    kind: str
    kind_name: str
    title: str
    area: str
    area_name: str
    place: str
    held_at: datetime
    state: str
    state_name: str
    decided: int
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """`next`: pass it as `after`; None: no more. `holds`: whether this person may call one somewhere."""

    rows: list[MeetingLine]
    next: str | None
    holds: bool


@dataclass(frozen=True, slots=True)
class MeetingPerson:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class MeetingUnit:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class AgendaCase:
    """A case on the agenda as it stands now. Without text and place for somebody who may not see it."""

    id: UUID | None
    number: str
    text: str
    place: str
    class_name: str
    unit_name: str
    state: str
    state_name: str
    due_at: datetime | None
    late: bool
    over: bool


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One point. `due_at`: of the case when it came on the agenda."""

    id: int
    source: str
    source_name: str
    text: str
    note: str
    due_at: datetime | None
    decided: bool
    case: AgendaCase | None
    followed: DecisionLine | None


@dataclass(frozen=True, slots=True)
class MeetingDetail:
    """`runs`: whether this person may change it while it is open."""

    meeting: MeetingLine
    minutes: str
    reason: str
    version: int
    made_by: str
    ended_at: datetime | None
    people: list[MeetingPerson]
    units: list[MeetingUnit]
    agenda: list[AgendaLine]
    decisions: list[DecisionLine]
    runs: bool


@dataclass(frozen=True, slots=True)
class MeetingKind:
    code: str
    name: str
    gathers: bool


def meeting_kinds() -> list[MeetingKind]:
    """What kinds of meetings there are."""
    return [MeetingKind(code, kind.name, kind.gathers) for code, kind in meetings.KINDS.items()]


def list_meetings(actor: Actor, *, kind: str = "", area: str = "", state: str = "", after: str = "", limit: int = 30) -> MeetingPage:
    """One page, the latest first. Three statements beside signing in, one more for an area that is asked for."""
    known, limit = generations(), max(1, min(limit, MOST))
    rows = _seen(actor, known)
    for name, value, possible in (("kind", kind, meetings.KINDS), ("state", state, meetings.STATES)):
        if value and value not in possible:
            raise Refusal(CaseError.UNKNOWN_FILTER, what=Words({"kind": "类别", "state": "状态"}[name], name), value=value[:40])
        rows = rows.filter(**{name: value}) if value else rows
    if area:
        place = grids.place_by_code(area) if "\0" not in area else None
        if place is None:
            raise Refusal(MeetingError.MEETING_AREA, area=area[:40])
        rows = rows.filter(area_path__range=span(place.path))
    if after:
        at, last = _opened(after)
        rows = rows.filter(Q(held_at__lt=at) | Q(held_at=at, id__lt=last))
    page = list(rows.defer("minutes").order_by("-held_at", "-id")[:limit + 1])
    return MeetingPage(_lines(page[:limit], known), _cursor(page[limit - 1]) if len(page) > limit else None,
                       any(grant.role in meetings.HOLDING and grant.unit_path is None for grant in actor.grants))


def one_meeting(actor: Actor, meeting_id: UUID) -> MeetingDetail:
    """With its agenda and what became of each decision. Eight statements at most beside signing in."""
    known = generations()
    meeting = _seen(actor, known).filter(id=meeting_id).first()
    if meeting is None:
        raise Refusal(KernelError.NOT_FOUND)
    attending = list(Attending.objects.filter(meeting=meeting).order_by("id"))
    units = accounts.unit_book(known)
    people = [row.person for row in attending if row.person]
    names = accounts.names_of([*people, meeting.made_by], known)
    mine = runs(actor, meeting.area_path)
    return MeetingDetail(
        _lines([meeting], known)[0], meeting.minutes, meeting.reason, meeting.version, names.get(meeting.made_by, "") if meeting.made_by else "",
        meeting.ended_at, [MeetingPerson(person, names.get(person, "")) for person in people],
        [MeetingUnit(units[row.unit_id].code, units[row.unit_id].name) for row in attending if row.unit_id],
        _agenda(actor, meeting, known), decision_lines(actor, Decision.objects.filter(meeting=meeting).order_by("position"), known), mine)


def meeting_people(actor: Actor, *, area: str, find: str = "") -> list[MeetingPerson]:
    """Who works at the place or below it, for whoever may call a meeting there."""
    place = grids.place_by_code(area) if area and "\0" not in area else None
    if place is None or not runs(actor, place.path):
        raise Refusal(MeetingError.MEETING_AREA, area=area[:40])
    names = accounts.names_of(known_people(place.path))
    found = sorted((name, person) for person, name in names.items() if find in name)
    return [MeetingPerson(person, name) for name, person in found[:MOST_PEOPLE]]


def _seen(actor: Actor, known: dict[str, int]) -> QuerySet[Meeting]:
    condition = seen_by(actor, accounts.unit_book(known))
    return Meeting.objects.all() if condition is None else Meeting.objects.filter(condition)


def _lines(page: Sequence[Meeting], known: dict[str, int]) -> list[MeetingLine]:
    areas = grids.names_of({meeting.area_id for meeting in page}, known)
    open_still = Q(way="task", state="open") | Q(case__state__in=OPEN)
    counted: Any = Decision.objects.filter(meeting__in=[meeting.id for meeting in page]).order_by().values("meeting_id").annotate(
        decided=Count("id"), open=Count("id", filter=open_still), late=Count("id", filter=open_still & Q(due_at__lte=clock.now())))
    counts = {row["meeting_id"]: row for row in counted} if page else {}
    found = []
    for one in page:
        code, name = areas.get(one.area_id, ("", ""))
        of = counts.get(one.id, {"decided": 0, "open": 0, "late": 0})
        found.append(MeetingLine(one.id, one.number, one.kind, meetings.KINDS[one.kind].name, one.title, code, name, one.place, one.held_at,
                                 one.state, meetings.STATES[one.state], of["decided"], of["open"], of["late"]))
    return found


def _agenda(actor: Actor, meeting: Meeting, known: dict[str, int]) -> list[AgendaLine]:
    order = list(meetings.SOURCES)
    rows = list(AgendaItem.objects.filter(meeting=meeting).select_related("case").order_by("id"))
    rows.sort(key=lambda row: order.index(row.source))
    followed = {line.id: line for line in decision_lines(
        actor, Decision.objects.filter(id__in=[row.followed_id for row in rows if row.followed_id]), known)} if any(
            row.followed_id for row in rows) else {}
    book, units, now = catalogue.book(known), accounts.unit_book(known), clock.now()
    return [AgendaLine(row.pk, row.source, meetings.SOURCES[row.source], row.text, row.note, row.due_at, row.decided,
                       _case(actor, row.case, book, units, now) if row.case else None,
                       followed.get(row.followed_id) if row.followed_id else None) for row in rows]


def _case(actor: Actor, case: Case, book: Any, units: dict[Any, Any], now: datetime) -> AgendaCase:
    sees, found, unit = visible(actor, case), book.classes.get(case.class_entry_id), units.get(case.unit_id)
    name, kind = workflow.STATES[case.state]
    return AgendaCase(
        case.id if sees else None, case.number, case.text[:200] if sees else "", case.place if sees else "", found.name if found else "",
        unit.name if unit else "", case.state, name, case.due_at, case.due_at is not None and case.due_at < now, kind == "ended")


def _cursor(meeting: Meeting) -> str:
    micros = (meeting.held_at - _EPOCH) // timedelta(microseconds=1)
    return base64.urlsafe_b64encode(f"{micros}.{meeting.id.hex}".encode()).decode().rstrip("=")


def _opened(cursor: str) -> tuple[datetime, UUID]:
    try:
        micros, last = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii").split(".")
        return _EPOCH + timedelta(microseconds=int(micros)), UUID(hex=last)
    except (ValueError, OverflowError, binascii.Error) as error:
        raise Refusal(CaseError.UNKNOWN_PAGE, value=cursor[:40]) from error
