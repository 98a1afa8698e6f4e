"""A meeting is called, its minutes are kept, it is settled or called off. One at a time: the subject meeting:<id> is held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from jingwei.accounts import queries as accounts
from jingwei.cases import meetings, timing
from jingwei.cases.commands.meetings.agenda import fill
from jingwei.cases.commands.meetings.running import masked, needed, permit, running
from jingwei.cases.commands.numbers import next_in_order
from jingwei.cases.commands.step import REASON_MOST
from jingwei.cases.errors import CaseError
from jingwei.cases.events import MeetingEvent
from jingwei.cases.meeting_errors import MeetingError
from jingwei.cases.meeting_reach import known_people
from jingwei.cases.models import Attending, Decision, Meeting
from jingwei.grids import queries as grids
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import client_id
from jingwei.kernel.wording import Words

MOST = 100
MINUTES_MOST = 20_000
NUMBERED = "HY"
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Calling:
    """What is said of a meeting. `people`, `units`: who is asked to come, people by id and units by code."""

    held_at: datetime
    title: str = ""
    place: str = ""
    people: Sequence[UUID] = ()
    units: Sequence[str] = ()
    minutes: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """The answer to calling a meeting. `items`: how many points its agenda has by itself."""

    id: UUID
    number: str
    items: int


def call_meeting(actor: Actor, meeting_id: UUID, *, kind: str, area: str, said: Calling) -> Called:
    """Call a meeting at an area; the agenda of a stand-up fills itself in the same transaction."""
    client_id(meeting_id)
    if kind not in meetings.KINDS:
        raise Refusal(MeetingError.MEETING_KIND, kind=kind[:20], possible=Words(
            "、".join(f"{code}（{one.name}）" for code, one in meetings.KINDS.items()), ", ".join(meetings.KINDS)))
    place = grids.place_by_code(area) if area and "\0" not in area else None
    if place is None or not actor.covers("case.read", place.path):
        raise Refusal(MeetingError.MEETING_AREA, area=area[:40])
    permit(actor, place.path, Words("召集会议", "call a meeting"))
    known, now = generations(), clock.now()
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"meeting:{meeting_id}")
        if Meeting.objects.filter(id=meeting_id).exists():
            raise Refusal(MeetingError.MEETING_EXISTS)
        columns = _columns(said, now)
        columns["title"] = columns["title"] or meetings.title_of(kind, place.name, said.held_at, timing.place())[:100]
        meeting = Meeting.objects.create(
            id=meeting_id, number=next_in_order(NUMBERED, place.county or place.code[:6], now.astimezone(timing.place())), kind=kind,
            area_id=place.area_id, area_path=place.path, made_by=actor.user_id, made_at=now, **columns)
        _invite(meeting, said, accounts.unit_book(known), place.name)
        gathered = fill(actor, meeting, now) if meetings.KINDS[kind].gathers else None
        journal.record(actor, tail, MeetingEvent.CALLED, {
            "kind": kind, "number": meeting.number, "area": place.area_id, "held_at": said.held_at,
            "items": gathered.added if gathered else 0}, area_path=place.path)
        return Called(meeting_id, meeting.number, gathered.added if gathered else 0)


def change_meeting(actor: Actor, meeting_id: UUID, *, version: int, said: Calling) -> int:
    """Everything said of it at once, if nobody changed it since `version`. Returns the new version."""
    with transaction.atomic(savepoint=False):
        tail, meeting = running(actor, meeting_id, Words("修改会议记录", "change the minutes"))
        if meeting.version != version:
            raise Refusal(MeetingError.MEETING_CHANGED)
        before = {name: getattr(meeting, name) for name in ("title", "place", "held_at", "minutes")}
        for name, value in _columns(said, clock.now()).items():
            setattr(meeting, name, value if name != "title" else value or meeting.title)
        meeting.version += 1
        meeting.save()
        _invite(meeting, said, accounts.unit_book(generations()), "")
        journal.record(actor, tail, MeetingEvent.CHANGED, {
            "changed": [name for name, value in before.items() if value != getattr(meeting, name)],
            "people": len(said.people), "units": len(said.units)}, area_path=meeting.area_path)
        return meeting.version


def settle_meeting(actor: Actor, meeting_id: UUID) -> None:
    """The minutes stay as they are from now on; what was decided goes on."""
    with transaction.atomic(savepoint=False):
        tail, meeting = running(actor, meeting_id, Words("定稿", "settle the minutes"))
        decided = Decision.objects.filter(meeting=meeting).count()
        if not decided:
            needed(meeting.minutes, Words("定稿", "settle the minutes"), Words("会议记录或决定", "minutes or a decision"))
        _end(meeting, "settled")
        journal.record(actor, tail, MeetingEvent.SETTLED, {"decisions": decided}, area_path=meeting.area_path)


def cancel_meeting(actor: Actor, meeting_id: UUID, *, reason: str) -> None:
    """It is not held. Refused once something was decided."""
    with transaction.atomic(savepoint=False):
        named = Words("取消会议", "cancel the meeting")
        tail, meeting = running(actor, meeting_id, named)
        decided = Decision.objects.filter(meeting=meeting).count()
        if decided:
            raise Refusal(MeetingError.MEETING_HAS_DECISIONS, count=decided)
        needed(reason, named, Words("理由", "reason"))
        meeting.reason = masked(reason, "理由", REASON_MOST)
        _end(meeting, "cancelled")
        journal.record(actor, tail, MeetingEvent.CANCELLED, {"reason": meeting.reason}, area_path=meeting.area_path)


def _columns(said: Calling, now: datetime) -> dict[str, Any]:
    if said.held_at.tzinfo is None:
        raise Refusal(CaseError.NO_ZONE, value=said.held_at.isoformat())
    latest = now + meetings.LONGEST_AHEAD
    if not _EARLIEST <= said.held_at <= latest:
        raise Refusal(MeetingError.MEETING_WHEN, what=Words("开会时间", "the time of the meeting"), value=said.held_at.isoformat()[:10], **{
            "from": "2000-01-01", "until": latest.date().isoformat()})
    return {"held_at": said.held_at, "title": masked(said.title, "会议名称", 100)[:100], "place": masked(said.place, "地点", 100)[:100],
            "minutes": masked(said.minutes, "会议记录", MINUTES_MOST)}


def _invite(meeting: Meeting, said: Calling, units: dict[Any, Any], area: str) -> None:
    people, codes = list(dict.fromkeys(said.people)), list(dict.fromkeys(said.units))
    for what, given in ((Words("人员", "people"), people), (Words("单位", "units"), codes)):
        if len(given) > MOST:
            raise Refusal(MeetingError.MEETING_MANY, what=what, most=MOST)
    by_code = {unit.code: unit for unit in units.values() if unit.active}
    standing = list(Attending.objects.filter(meeting=meeting))
    here, kept = {row.person for row in standing}, {row.unit_id for row in standing}
    for code in codes:
        if code not in by_code and not any(unit.code == code and unit.id in kept for unit in units.values()):
            raise Refusal(MeetingError.MEETING_UNIT, unit=code[:40])
    strangers = set(people) - here - known_people(meeting.area_path)
    if strangers:
        raise Refusal(MeetingError.MEETING_PEOPLE, count=len(strangers), area=area or meeting.title)
    wanted = {unit.id for unit in units.values() if unit.code in codes}
    Attending.objects.filter(id__in=[row.id for row in standing if (row.person not in people if row.person else row.unit_id not in wanted)]).delete()
    Attending.objects.bulk_create([Attending(meeting=meeting, person=person) for person in people if person not in here]
                                  + [Attending(meeting=meeting, unit_id=unit) for unit in sorted(wanted - kept)])


def _end(meeting: Meeting, state: str) -> None:
    meeting.state, meeting.ended_at, meeting.version = state, clock.now(), meeting.version + 1
    meeting.save()
