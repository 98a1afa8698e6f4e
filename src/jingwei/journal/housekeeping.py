"""The journal's own recurring jobs."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django_tasks import task

from jingwei.journal import commands, queries
from jingwei.journal.jobs import every
from jingwei.journal.models import Answer, Job
from jingwei.kernel import clock

_ANSWERS_KEPT = timedelta(days=7)
_JOBS_KEPT = timedelta(days=7)
_FAILED_KEPT = timedelta(days=90)
_AT_ONCE = 1000  # rows deleted in one transaction


@every(minutes=60)
@task(outside=True)
def sign_checkpoint() -> int:
    """Sign what the journal holds now, and return the position."""
    return commands.make_checkpoint().position


@every(minutes=60)
@task(outside=True)
def clear_away() -> int:
    """Delete kept answers and finished jobs whose time is over; failed jobs stay for ninety days."""
    now = clock.now()
    gone = 0
    for old in (Answer.objects.filter(at__lt=now - _ANSWERS_KEPT),
                Job.objects.filter(state="done", finished_at__lt=now - _JOBS_KEPT),
                Job.objects.filter(state="failed", finished_at__lt=now - _FAILED_KEPT)):
        while taken := _first(old).delete()[0]:
            gone += taken
    return gone


def _first(old: QuerySet[Any]) -> QuerySet[Any]:
    rows: QuerySet[Any] = old.model.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:_AT_ONCE]))
    return rows


@task(outside=True)
def verify_all() -> dict[str, Any]:
    """The whole examination, as the report's dictionary."""
    return queries.verify_journal().as_dict()
