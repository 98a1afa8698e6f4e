"""What accounts does by itself: clear what has expired (8.1.4.10, residual authentication data)."""

from datetime import timedelta

from django_tasks import task

from jingwei.accounts.models import DeviceToken, Invitation, Session
from jingwei.journal.ports import every
from jingwei.kernel import clock

_LINKS_KEPT = timedelta(days=7)  # so that a late comer is told "used or expired" instead of "unknown"


@every(minutes=60)
@task
def clear_expired() -> int:
    """Once an hour."""
    return sweep()


def sweep() -> int:
    """Delete expired sessions and tokens, and links a week later; returns how many rows. Repeats do nothing."""
    now = clock.now()
    expired = (Session.objects.filter(expires_at__lte=now), DeviceToken.objects.filter(expires_at__lte=now),
               Invitation.objects.filter(expires_at__lte=now - _LINKS_KEPT))
    return sum(rows.delete()[0] for rows in expired)
