"""What becomes of open work when somebody leaves an area: it goes to the heir, or waits for whoever comes first."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from jingwei.grids import ports
from jingwei.grids.days import today, zone
from jingwei.grids.errors import GridError
from jingwei.grids.events import StaffingEvent
from jingwei.grids.models import Area, HandOver, Staffing
from jingwei.grids.queries.handing_over import kept_elsewhere
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

PASS, RELEASE, KEEP = "pass", "release", "keep"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """`posting`: the heir's, None where nobody follows. `sheet`: for printing. `moved`: pieces of work, now or on the day."""

    posting: int | None
    sheet: int
    moved: int


def known_work(work: str) -> str:
    if work not in (PASS, RELEASE, KEEP):
        raise Refusal(GridError.UNKNOWN_WORK, work=work[:20])
    return work


def see_to_work(actor: Actor, area: Area, leaving: Staffing, heir: UUID | None, on: date, work: str) -> HandOver:
    """Keep the sheet and move the work, at once or, where the hand-over lies ahead, when its day begins.

    Inside the transaction of the hand-over, after the posting has been ended.
    """
    waiting = ports.waiting_for(leaving.user_id, area.path, kept_elsewhere(leaving, on))
    sheet = HandOver.objects.create(
        area=area, posting=leaving, heir_id=heir, on=on, work=work, at=clock.now(), by=actor.user_id,
        items=[{**asdict(one), "due_at": one.due_at.isoformat() if one.due_at else None, "to": None} for one in waiting])
    if work != KEEP and on <= today():
        _move(actor, sheet, area.path)
    elif work != KEEP:
        from jingwei.grids.jobs import move_work

        move_work.using(run_after=datetime.combine(on, datetime.min.time(), zone())).enqueue(sheet.id)
    return sheet


def move_work(actor: Actor, sheet_id: int) -> int:
    """Move what a hand-over left to its day. Returns how many pieces; nothing where that was done before."""
    with transaction.atomic(savepoint=False):
        sheet = HandOver.objects.select_for_update().filter(pk=sheet_id, moved_at=None).exclude(work=KEEP).first()
        if sheet is None:
            return 0
        area = Area.objects.get(pk=sheet.area_id)
        tail = journal.hold(f"area_staffing:{area.id}")
        moved = _move(actor, sheet, area.path)
        journal.record(actor, tail, StaffingEvent.WORK_MOVED, {"sheet": sheet.id, "count": moved}, area_path=area.path)
    return moved


def _move(actor: Actor, sheet: HandOver, path: str) -> int:
    leaving = sheet.posting
    heir = sheet.heir_id if sheet.work == PASS else None
    moved = {one.key: one.to for one in ports.pass_on(actor, leaving.user_id, path, kept_elsewhere(leaving, sheet.on), heir)}
    sheet.items = [_told(item, moved) for item in sheet.items]
    sheet.moved_at = clock.now()
    sheet.save(update_fields=["items", "moved_at"])
    return len(moved)


def _told(item: dict[str, Any], moved: dict[str, UUID | None]) -> dict[str, Any]:
    to = moved.get(item["key"])
    return {**item, "to": str(to) if to else None, "done": item["key"] not in moved}


def day_after(last_day: date) -> date:
    return last_day + timedelta(days=1)
