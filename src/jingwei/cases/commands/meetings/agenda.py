"""The agenda: filled by what is late, came back, or could not be solved by grid workers, and by what earlier meetings
decided and nobody has done; then one's own points, and what was said on each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from jingwei.accounts.queries import Right, narrow
from jingwei.cases import meetings
from jingwei.cases.commands.meetings.running import masked, needed, running
from jingwei.cases.commands.step import REASON_MOST
from jingwei.cases.events import MeetingEvent
from jingwei.cases.meeting_errors import MeetingError
from jingwei.cases.models import AgendaItem, Case, Decision, Meeting, Step
from jingwei.cases.queries.filters import OPEN, RUNNING
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.paths import span
from jingwei.kernel.wording import Words

MOST = 60
MOST_ITEMS = 400


@dataclass(frozen=True, slots=True)
class Gathered:
    """How many points came on the agenda. `left_out`: whether there was more of one kind than fits (MOST)."""

    added: int
    left_out: bool


def gather(actor: Actor, meeting_id: UUID) -> Gathered:
    """Look again; what is on the agenda stays there with what was said on it."""
    with transaction.atomic(savepoint=False):
        tail, meeting = running(actor, meeting_id, Words("汇总议题", "gather the agenda"))
        found = fill(actor, meeting, clock.now())
        journal.record(actor, tail, MeetingEvent.GATHERED, {"items": found.added}, area_path=meeting.area_path)
        return found


def add_item(actor: Actor, meeting_id: UUID, *, text: str) -> int:
    """A point of one's own."""
    with transaction.atomic(savepoint=False):
        named = Words("增加议题", "add a point")
        tail, meeting = running(actor, meeting_id, named)
        needed(text, named, Words("议题", "words"))
        if AgendaItem.objects.filter(meeting=meeting).count() >= MOST_ITEMS:
            raise Refusal(MeetingError.MEETING_MANY, what=Words("议题", "points"), most=MOST_ITEMS)
        item = AgendaItem.objects.create(meeting=meeting, source="own", text=masked(text, "议题", REASON_MOST), added_at=clock.now())
        journal.record(actor, tail, MeetingEvent.ITEM_ADDED, {"item": item.pk}, area_path=meeting.area_path)
        return item.pk


def note_item(actor: Actor, meeting_id: UUID, item_id: int, *, note: str) -> None:
    """What was said on a point; nothing takes back what was there."""
    with transaction.atomic(savepoint=False):
        tail, meeting = running(actor, meeting_id, Words("记录议题", "take a note"))
        item = item_of(meeting, item_id)
        item.note = masked(note, "议题记录", REASON_MOST)
        item.save(update_fields=["note"])
        journal.record(actor, tail, MeetingEvent.ITEM_NOTED, {"item": item_id}, area_path=meeting.area_path)


def drop_item(actor: Actor, meeting_id: UUID, item_id: int) -> None:
    """Off the agenda, unless something was decided on it."""
    with transaction.atomic(savepoint=False):
        tail, meeting = running(actor, meeting_id, Words("删去议题", "take a point off"))
        item = item_of(meeting, item_id)
        if item.decided:
            raise Refusal(MeetingError.ITEM_DECIDED)
        item.delete()
        journal.record(actor, tail, MeetingEvent.ITEM_DROPPED, {"item": item_id}, area_path=meeting.area_path)


def item_of(meeting: Meeting, item_id: int) -> AgendaItem:
    """A point of this meeting. Refuses any other."""
    item = AgendaItem.objects.filter(meeting=meeting, id=item_id).first() if 0 < item_id < 1 << 63 else None
    if item is None:
        raise Refusal(MeetingError.NO_ITEM)
    return item


def fill(actor: Actor, meeting: Meeting, now: datetime) -> Gathered:
    """Put on the agenda what is not on it yet, of what this person sees. Eight statements, however much there is."""
    last = Meeting.objects.filter(area_path=meeting.area_path, kind=meeting.kind, held_at__lt=meeting.held_at).exclude(
        id=meeting.id).exclude(state="cancelled").order_by("-held_at").values_list("held_at", flat=True).first()
    there = AgendaItem.objects.filter(meeting=meeting).values_list("case_id", "followed_id")
    cases, followed = {case for case, _ in there if case}, {one for _, one in there if one}
    new, left_out = [], False
    for source, rows in _sources(actor, meeting, meetings.since(now, last), now):
        found = list(rows.values_list("id", "due_at")[:MOST + len(cases) + 1])
        fresh = [row for row in found if row[0] not in cases]
        left_out = left_out or len(fresh) > MOST
        cases.update(case for case, _ in fresh[:MOST])
        new += [AgendaItem(meeting=meeting, source=source, case_id=case, due_at=due, added_at=now) for case, due in fresh[:MOST]]
    open_still = [one for one in _undone(meeting).values_list("id", flat=True)[:MOST + len(followed) + 1] if one not in followed]
    left_out = left_out or len(open_still) > MOST
    new += [AgendaItem(meeting=meeting, source="followed", followed_id=one, added_at=now) for one in open_still[:MOST]]
    new = new[:max(0, MOST_ITEMS - len(there))]
    AgendaItem.objects.bulk_create(new)
    return Gathered(len(new), left_out)


def _sources(actor: Actor, meeting: Meeting, since: datetime, now: datetime) -> Iterable[tuple[str, QuerySet[Case]]]:
    here: Any = Case.objects.filter(area_path__range=span(meeting.area_path))
    here = narrow(here, actor, Right.CASE_READ, area="area_path", unit="unit_path")
    came_back = Exists(Step.objects.filter(case_id=OuterRef("pk"), number=OuterRef("step") - 1, action__in=meetings.RETURNING))
    return [
        ("late", here.filter(state__in=RUNNING, due_at__lt=now).order_by("due_at", "id")),
        ("returned", here.filter(came_back, Q(returns__gt=0) | Q(reworks__gt=0), state__in=OPEN).order_by("state_at", "id")),
        ("unsolved", here.filter(channel="supervisor", state__in=OPEN, reported_at__gte=since).order_by("reported_at", "id")),
    ]


def _undone(meeting: Meeting) -> QuerySet[Decision]:
    """What meetings here and below decided and is not done: tasks, and cases that are not over."""
    rows = Decision.objects.filter(meeting__area_path__range=span(meeting.area_path)).exclude(meeting=meeting).exclude(meeting__state="cancelled")
    return rows.filter(Q(way="task", state="open") | Q(case__state__in=OPEN)).order_by(F("due_at").asc(nulls_last=True), "made_at", "id")
