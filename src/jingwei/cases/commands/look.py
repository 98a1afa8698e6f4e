"""Who has a case open: a mark for a minute, renewed by asking again. It blocks nobody and is recorded nowhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from jingwei.accounts import queries as accounts
from jingwei.cases.commands import rows
from jingwei.cases.commands.step import may_see
from jingwei.cases.models import Looking
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal

LASTS = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Looker:
    name: str
    since: datetime


def look(actor: Actor, case_id: UUID) -> list[Looker]:
    """Mark the case as looked at by this person; the others who look at it now, the earliest first."""
    now = clock.now()
    with transaction.atomic(savepoint=False):
        me = _seen(actor, case_id)
        forget_marks(now)
        Looking.objects.bulk_create(
            [Looking(case_id=case_id, user=me, since=now, until=now + LASTS)], update_conflicts=True,
            unique_fields=["case", "user"], update_fields=["until"])
    others = list(Looking.objects.filter(case_id=case_id, until__gt=now).exclude(user=me).order_by(
        "since", "id").values_list("user", "since"))
    names = accounts.names_of(user for user, _ in others)
    return [Looker(names[user], since) for user, since in others if user in names]


def look_away(actor: Actor, case_id: UUID) -> None:
    """End the mark at once."""
    with transaction.atomic(savepoint=False):
        Looking.objects.filter(case_id=case_id, user=_seen(actor, case_id)).delete()


def forget_marks(now: datetime) -> int:
    """Delete every mark that is over; returns how many."""
    return Looking.objects.filter(until__lte=now).delete()[0]


def _seen(actor: Actor, case_id: UUID) -> UUID:
    """Who looks, at a case that they may see."""
    case = rows.read(case_id)
    if case is None or actor.user_id is None or not may_see(case, actor):
        raise Refusal(KernelError.NOT_FOUND)
    return actor.user_id
