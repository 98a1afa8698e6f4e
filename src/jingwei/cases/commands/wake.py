"""What suspensions do by themselves: those whose day has come go on, those whose day is near say so. Run by a timed job."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from jingwei.cases import flow_book
from jingwei.cases.commands import rows
from jingwei.cases.commands.step import Moving, enter
from jingwei.cases.commands.suspend import ENDING, end_standstill
from jingwei.cases.events import EVENT_OF, StandstillEvent
from jingwei.cases.marks import with_mark
from jingwei.cases.models import Adjustment, Case
from jingwei.catalogue import queries as catalogue
from jingwei.journal import commands as journal
from jingwei.journal.ports import fence
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

log = logging.getLogger(__name__)

AT_ONCE = 100
_LONGEST_NOTICE = timedelta(days=31)
CLOCKWORK = Actor(None, "", via="job")  # nobody decides it: the day was set when it was granted


def wake_due(now: datetime, most: int = AT_ONCE) -> int:
    """Resume the cases whose suspension has ended, each in a transaction of its own. Returns how many."""
    due = Adjustment.objects.filter(kind="suspension", state="granted", ended_at=None, resume_at__lte=now)
    return sum(_woken(case_id) for case_id in due.order_by("resume_at", "id").values_list("case_id", flat=True)[:most])


def _woken(case_id: UUID) -> bool:
    try:
        return _wake(case_id)
    except Refusal as refusal:  # a limit that no longer counts: that case waits for a person, the others go on
        log.warning("case %s did not resume: %s", case_id, refusal)
        return False


def _wake(case_id: UUID) -> bool:
    with transaction.atomic():
        tail = journal.hold(f"case:{case_id}")
        case = rows.read(case_id, to_change=True)
        standing = Adjustment.objects.filter(case_id=case_id, kind="suspension", state="granted", ended_at=None).first()
        if case is None or standing is None or standing.resume_at is None or standing.resume_at > clock.now():
            return False  # somebody was quicker, or prolonged it
        if case.state != "suspended":  # made void meanwhile
            Adjustment.objects.filter(pk=standing.pk).update(ended_at=case.state_at)
            return False
        row = flow_book.of(case).find(case.state, "resume")
        if row is None:
            return False
        # The clock runs from the moment that was set, also where the machine was off at that moment.
        moving = Moving(CLOCKWORK, case, "resume", max(standing.resume_at, case.state_at), generations())
        end_standstill(moving)
        moving.go_on()
        enter(moving, row)
        moving.told |= {"from": "suspended", "to": case.state, "step": case.step, "by_itself": True}
        journal.record(CLOCKWORK, tail, EVENT_OF["resume"], moving.told, area_path=case.area_path)
        fence()
        return True


def remind_ending(now: datetime, most: int = AT_ONCE) -> int:
    """Say of suspensions that end soon that they do, once each: to the dispatcher and to the unit that holds it."""
    soon = Adjustment.objects.filter(kind="suspension", state="granted", ended_at=None, reminded=False,
                                     resume_at__gt=now, resume_at__lte=now + _LONGEST_NOTICE)
    found = soon.order_by("resume_at", "id").values_list("id", "case_id", "resume_at", "case__area_path")
    book, reminded = catalogue.book(generations()), 0
    for standing, case_id, resume_at, area_path in found:
        if resume_at is not None and resume_at - now <= timedelta(days=int(book.setting("suspension_notice_days", area_path))):
            reminded += _remind(standing, case_id)
            if reminded == most:
                break
    return reminded


def _remind(standing: int, case_id: UUID) -> bool:
    with transaction.atomic():
        tail = journal.hold(f"case:{case_id}")
        case = rows.read(case_id, to_change=True)
        told = Adjustment.objects.filter(id=standing, ended_at=None, reminded=False)
        row = told.values_list("until", flat=True).first()
        if case is None or case.state != "suspended" or row is None:
            return False
        told.update(reminded=True)
        Case.objects.filter(id=case_id).update(marks=with_mark(case.marks, ENDING))
        journal.record(CLOCKWORK, tail, StandstillEvent.ENDS_SOON, {"until": row.isoformat()}, area_path=case.area_path)
        fence()
        return True
