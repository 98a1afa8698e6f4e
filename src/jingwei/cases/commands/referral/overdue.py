"""Tell that nobody signed in time (PB-03): an entry for those who follow the journal, a row for the sender."""

from django.db import transaction

from jingwei.cases.commands.referral.due import show_unsigned
from jingwei.cases.commands.referral.step import held, subject_of
from jingwei.cases.events import ReferralEvent
from jingwei.cases.models import Sending
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor

_AT_ONCE = 200
_WATCH = Actor(None, "cases.referrals", via="job")


def tell_unsigned() -> int:
    """Every sending that ran past its limit unsigned, once. Returns how many were told now; repeats do nothing."""
    now, told = clock.now(), 0
    waiting = Sending.objects.filter(due_at__lt=now, signed_at=None, refused_at=None, withdrawn_at=None, told_at=None)
    for pk, referral_id in waiting.order_by("due_at", "id").values_list("id", "referral_id")[:_AT_ONCE]:
        with transaction.atomic(savepoint=False):
            tail = journal.hold(subject_of(referral_id))
            referral = held(referral_id)
            sending = waiting.filter(id=pk).first()
            if referral is None or sending is None:
                continue  # somebody signed meanwhile
            sending.told_at = now
            sending.save(update_fields=["told_at"])
            show_unsigned(referral, sending)
            journal.record(_WATCH, tail, ReferralEvent.OVERDUE, {
                "unit": sending.unit_id, "sending": sending.number, "due_at": sending.due_at}, area_path=referral.area_path)
            told += 1
    return told
