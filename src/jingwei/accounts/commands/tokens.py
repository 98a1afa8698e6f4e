"""Device tokens: a phone or a program signed in for half a year, by its owner, each with a name."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from jingwei.accounts import words
from jingwei.accounts.commands.sessions import signed_in_fully
from jingwei.accounts.errors import AccountError
from jingwei.accounts.events import UserEvent
from jingwei.accounts.factor import SHOWN
from jingwei.accounts.models import DeviceToken
from jingwei.accounts.queries import digest
from jingwei.accounts.reachable import home_area
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import new_id

LASTS = timedelta(days=180)
AT_MOST = 10


@dataclass(frozen=True, slots=True)
class Issued:
    """`token` is told this once; only its hash is kept."""

    id: UUID
    token: str
    expires_at: datetime


def issue_token(actor: Actor, name: str) -> Issued:
    """A token for the actor's own device. One of the same name is replaced; the eleventh ends the oldest.

    Needs a session: a stolen token could otherwise renew itself for ever. Whoever is asked for a second factor gets
    none before it was shown, and one issued without it stops when it is asked for.
    """
    name = words.name(name)
    user_id = signed_in_fully(actor)
    token, now = secrets.token_urlsafe(32), clock.now()
    with transaction.atomic():  # outermost: an answer that holds a token is never kept for repeats
        tail = journal.hold(f"user:{user_id}")
        DeviceToken.objects.filter(user=user_id, name=name).delete()
        held = DeviceToken.objects.filter(user=user_id).order_by("-created_at", "-id")
        DeviceToken.objects.filter(pk__in=list(held.values_list("pk", flat=True)[AT_MOST - 1:])).delete()
        made = DeviceToken.objects.create(id=new_id(), key_hash=digest(token), user_id=user_id, name=name, created_at=now,
                                          expires_at=now + LASTS, shown=actor.factor == SHOWN)
        journal.record(actor, tail, UserEvent.TOKEN_ISSUED, {"token": str(made.pk)}, area_path=home_area(user_id))
    return Issued(made.pk, token, made.expires_at)


def revoke_token(actor: Actor, token_id: UUID) -> None:
    """End one of the actor's own tokens at once."""
    if actor.user_id is None:
        raise Refusal(AccountError.SESSION_NEEDED)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"user:{actor.user_id}")
        if not DeviceToken.objects.filter(pk=token_id, user=actor.user_id).delete()[0]:
            raise Refusal(KernelError.NOT_FOUND)
        journal.record(actor, tail, UserEvent.TOKEN_REVOKED, {"token": str(token_id)},
                       area_path=home_area(actor.user_id))
