"""Urge (催办): words to whoever has the case now. Counted and shown first on their list; the clock is never touched."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from jingwei.cases import flow_book, timing
from jingwei.cases.commands.aside import aside
from jingwei.cases.commands.step import REASON_MOST, Moving, Taken, roles_towards, show_due, signs_of
from jingwei.cases.errors import CaseError
from jingwei.cases.events import UrgeEvent
from jingwei.cases.marks import with_mark
from jingwei.cases.models import Urging
from jingwei.cases.order_errors import OrderError
from jingwei.cases.words import blank
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words


def urge(actor: Actor, case_id: UUID, *, text: str) -> Taken:
    """Urge the holder of a case, at most once in a set time (CAS-40, ESC-04)."""

    def change(moving: Moving) -> None:
        if blank(text):
            raise Refusal(CaseError.MISSING, action=Words("催办", "urge"), what=Words("催办的话", "words"))
        case = moving.case
        waited = flow_book.of(case).waits_for_posts(case.state, signs_of(case), in_community=case.level == "community")
        if waited & roles_towards(case, actor):
            raise Refusal(OrderError.OWN_TO_DO)
        hours = int(moving.book.setting("urge_again_hours", case.area_path))
        last = Urging.objects.filter(case_id=case.id, by=actor.user_id).order_by("-id").values_list("at", flat=True).first()
        if last is not None and last + timedelta(hours=hours) > moving.now:
            raise Refusal(OrderError.URGED_LATELY, at=_said(last), hours=hours, next=_said(last + timedelta(hours=hours)))
        moving.tell("text", text, REASON_MOST)
        urged(moving, moving.told["text"])

    case = aside(actor, case_id, "urge", UrgeEvent.URGED, change)
    return Taken(case.id, case.number, case.state, case.due_at)


def urged(moving: Moving, text: str) -> None:
    """Keep the urging and put the case before everything else on its holder's list."""
    case = moving.case
    Urging.objects.create(case_id=case.id, step=case.step, by=moving.actor.user_id, at=moving.now, text=text)
    moving.told |= {"state": case.state, "unit": case.unit_id}
    if "|urged|" not in case.marks:
        moving.set(marks=with_mark(case.marks, "urged"))
        show_due(case)


def _said(at: datetime) -> str:
    return at.astimezone(ZoneInfo(timing.zone())).strftime("%m-%d %H:%M")
