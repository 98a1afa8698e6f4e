"""Something is decided: it becomes a case, words on a case that is there, or a task."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from jingwei.accounts import queries as accounts
from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.cases import meetings, timing
from jingwei.cases.commands import rows
from jingwei.cases.commands.aside import aside
from jingwei.cases.commands.meetings.agenda import item_of
from jingwei.cases.commands.meetings.due import put_due
from jingwei.cases.commands.meetings.running import masked, needed, running
from jingwei.cases.commands.report import Report, report
from jingwei.cases.commands.step import TEXT_MOST, Moving
from jingwei.cases.events import MeetingEvent
from jingwei.cases.marks import with_mark
from jingwei.cases.meeting_errors import MeetingError
from jingwei.cases.meeting_reach import known_people
from jingwei.cases.models import Attending, Case, Decision, Meeting
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import client_id, new_id
from jingwei.kernel.wording import Words

MARK = "meeting"
MOST = 200
_DECIDE = Words("记下决定", "write down a decision")


@dataclass(frozen=True, slots=True)
class Deciding:
    """`way`: case, tie, task. `unit`: a code; `person`: instead of a unit. `due`: the day until which it is to be done.

    `item`: the point of the agenda, 0 for none. For a case `lon`, `lat`, `place`, `class_code`; to tie, `number`.
    """

    id: UUID
    way: str
    text: str
    unit: str = ""
    person: UUID | None = None
    due: date | None = None
    item: int = 0
    number: str = ""
    lon: float | None = None
    lat: float | None = None
    place: str = ""
    class_code: str = ""


def decide(actor: Actor, meeting_id: UUID, new: Deciding) -> UUID:
    """Write down a decision; with it the case, the entry on a case, or what is due. Returns its id."""
    client_id(new.id)
    known, now = generations(), clock.now()
    with transaction.atomic(savepoint=False):
        tail, meeting = running(actor, meeting_id, _DECIDE)
        decision = _checked(actor, meeting, new, known, now)
        if decision.way == "case":
            decision.case_id = _as_case(actor, meeting, decision, new)
        elif decision.way == "tie":
            decision.case_id = _on_case(actor, meeting, decision, new)
        decision.save(force_insert=True)
        if new.item:
            item = item_of(meeting, new.item)
            item.decided = True
            item.save(update_fields=["decided"])
        put_due(decision, meeting)
        told = {"decision": str(new.id), "to": new.way, "position": decision.position, "unit": decision.unit_id, "due_at": decision.due_at}
        if decision.case_id:
            told["case"] = str(decision.case_id)
        journal.record(actor, tail, MeetingEvent.DECIDED, told, area_path=meeting.area_path)
        return new.id


def _checked(actor: Actor, meeting: Meeting, new: Deciding, known: dict[str, int], now: datetime) -> Decision:
    if new.way not in meetings.WAYS:
        raise Refusal(MeetingError.DECISION_WAY, way=new.way[:20], possible=Words(
            "、".join(f"{code}（{name}）" for code, name in meetings.WAYS.items()), ", ".join(meetings.WAYS)))
    needed(new.text, _DECIDE, Words("决定的内容", "what was decided"))
    if Decision.objects.filter(id=new.id).exists():
        raise Refusal(MeetingError.MEETING_EXISTS)
    position = Decision.objects.filter(meeting=meeting).count() + 1
    if position > MOST:
        raise Refusal(MeetingError.MEETING_MANY, what=Words("决定", "decisions"), most=MOST)
    unit = next((row for row in accounts.unit_book(known).values() if row.code == new.unit and row.active), None) if new.unit else None
    if new.unit and unit is None:
        raise Refusal(MeetingError.MEETING_UNIT, unit=new.unit[:40])
    if new.way == "task" and (unit is None) == (new.person is None):
        raise Refusal(MeetingError.DECISION_NO_ONE)
    if new.person is not None:
        _known_person(actor, meeting, new.person)
    return Decision(
        id=new.id, meeting=meeting, position=position, way=new.way, text=masked(new.text, "决定的内容", TEXT_MOST),
        unit_id=unit.id if unit else None, unit_path=unit.path if unit else "", person=new.person if new.way == "task" else None,
        due_at=_due(new.due, now), made_by=actor.user_id, made_at=now)


def _known_person(actor: Actor, meeting: Meeting, person: UUID) -> None:
    if person != actor.user_id and person not in known_people(meeting.area_path) and not Attending.objects.filter(
            meeting=meeting, person=person).exists():
        raise Refusal(MeetingError.MEETING_PEOPLE, count=1, area=meeting.title)


def _due(day: date | None, now: datetime) -> datetime | None:
    if day is None:
        return None
    today = now.astimezone(timing.place()).date()
    if not today <= day <= today + meetings.LONGEST_AHEAD:
        raise Refusal(MeetingError.MEETING_WHEN, what=Words("完成日期", "the day"), value=day.isoformat(), **{
            "from": today.isoformat(), "until": (today + meetings.LONGEST_AHEAD).isoformat()})
    return meetings.end_of(day, timing.place())


def _as_case(actor: Actor, meeting: Meeting, decision: Decision, new: Deciding) -> UUID:
    """By the rules of every report, from the source “meeting”; the case then tells which meeting and until when."""
    if not actor.holds(Right.CASE_REPORT.value):
        raise no_right(actor, Right.CASE_REPORT)
    if new.lon is None or new.lat is None:
        raise Refusal(MeetingError.DECISION_NO_PLACE)
    case_id = new_id()
    report(actor, Report(id=case_id, text=new.text, lon=new.lon, lat=new.lat, place=new.place, channel="meeting", class_code=new.class_code))
    tail = journal.hold(f"case:{case_id}")
    case = rows.read(case_id, to_change=True)
    assert case is not None
    rows.update(case, {"marks": with_mark(case.marks, MARK)})
    journal.record(actor, tail, MeetingEvent.ON_CASE, _told(meeting, decision), area_path=case.area_path)
    return case_id


def _on_case(actor: Actor, meeting: Meeting, decision: Decision, new: Deciding) -> UUID:
    """Its words come to a case that is open and that this person sees; numbers in them, sealed, too."""
    case_id = Case.objects.filter(number=new.number.strip()[:30].replace("\0", "")).values_list("id", flat=True).first()
    missing = Refusal(MeetingError.DECISION_NO_CASE, number=new.number[:30])
    if case_id is None:
        raise missing

    def change(moving: Moving) -> None:
        moving.told |= _told(meeting, decision)
        moving.tell("text", new.text, TEXT_MOST)  # with tokens of the case: those of the minutes would name other numbers there
        moving.told["text"] += _until(decision)
        moving.set(marks=with_mark(moving.case.marks, MARK))

    try:
        aside(actor, case_id, "decide", MeetingEvent.ON_CASE, change)
    except Refusal as refusal:
        if refusal.reason is KernelError.NOT_FOUND:
            raise missing from refusal
        raise
    return case_id


def _told(meeting: Meeting, decision: Decision) -> dict[str, Any]:
    return {"meeting": str(meeting.id), "decision": str(decision.id), "number": meeting.number, "unit": decision.unit_id,
            "text": decision.text + _until(decision)}


def _until(decision: Decision) -> str:
    return f"（{meetings.day_of(decision.due_at, timing.place()).isoformat()} 前完成）" if decision.due_at else ""
