"""Sessions in browsers: lengthened once, ended by their owner, by an administrator, by what else happens."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jingwei.accounts.errors import AccountError
from jingwei.accounts.events import SignInEvent, UserEvent
from jingwei.accounts.factor import NEEDED, PENDING
from jingwei.accounts.models import DeviceToken, Session
from jingwei.accounts.queries import digest
from jingwei.accounts.reachable import home_area, person
from jingwei.accounts.rights import Right
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

LASTS = timedelta(hours=12)
PENDING_LASTS = timedelta(minutes=30)  # while the second factor is still to come


def in_person(actor: Actor) -> UUID:
    """The person, signed in by a browser: device tokens and the operator are refused."""
    if actor.user_id is None or actor.via != "session":
        raise Refusal(AccountError.SESSION_NEEDED)
    return actor.user_id


def signed_in_fully(actor: Actor) -> UUID:
    """The same, and no second factor is still to come."""
    user_id = in_person(actor)
    if actor.factor in PENDING:
        raise Refusal(AccountError.SECOND_FACTOR_NEEDED if actor.factor == NEEDED else AccountError.SECOND_FACTOR_ENROL)
    return user_id


def sign_out(actor: Actor, key: str) -> None:
    """End the one session with this cookie."""
    if actor.user_id is None:
        raise Refusal(AccountError.SESSION_NEEDED)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"user:{actor.user_id}")
        if Session.objects.filter(key_hash=digest(key), user=actor.user_id).delete()[0]:
            journal.record(actor, tail, SignInEvent.ENDED, {}, area_path=home_area(actor.user_id))


def end_sessions(actor: Actor, user_id: UUID) -> int:
    """End every session and device token of a person: one's own, or by who may dismiss. Returns how many."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"user:{user_id}")
        if actor.user_id != user_id:
            person(actor, Right.USER_DISMISS, user_id)
        sessions, tokens = drop_all(user_id)
        journal.record(actor, tail, UserEvent.SESSIONS_ENDED, {"sessions": sessions, "tokens": tokens},
                       area_path=home_area(user_id))
    return sessions + tokens


def renew(key: str) -> None:
    """Lengthen a session in use by one more term, once. No entry: it decides nothing and comes from a read."""
    now = clock.now()
    Session.objects.filter(key_hash=digest(key), renewed=False, expires_at__gt=now).update(
        expires_at=now + LASTS, renewed=True)


def drop_all(user_id: UUID, but: str = "") -> tuple[int, int]:
    """Delete the person's sessions (but the one with this cookie) and tokens, inside the caller's transaction."""
    sessions, _ = Session.objects.filter(user=user_id).exclude(key_hash=digest(but)).delete()
    tokens, _ = DeviceToken.objects.filter(user=user_id).delete()
    return sessions, tokens
