"""Signing in with a password: the same words and the same work whether or not there is such a person.

Five failures lock the account for 15 minutes (8.1.4.1). A try is counted before the password is looked at, so that
guessing side by side gains nothing.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from jingwei.accounts import hashing, words
from jingwei.accounts.commands.sessions import LASTS
from jingwei.accounts.errors import AccountError
from jingwei.accounts.events import SignInEvent, UserEvent
from jingwei.accounts.models import Session, User
from jingwei.accounts.queries import digest
from jingwei.accounts.reachable import home_area
from jingwei.accounts.throttle import Throttle
from jingwei.journal import commands as journal
from jingwei.journal.errors import JournalError
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

TRIES = 5
LOCKED = timedelta(minutes=15)
AT_MOST = 10  # sessions of one person; the oldest ends

by_address = Throttle(tries=30, seconds=300)  # an office may share one address: successes are not counted
by_login = Throttle(tries=10, seconds=300)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`key` is the cookie's value, told this once; only its hash is kept."""

    user_id: UUID
    key: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Try:
    """A try at a password, counted. `encoded` is '' where none can be right. `locks`: a failure now locks."""

    user_id: UUID | None
    encoded: str = ""
    locks: bool = False


def sign_in(login: str, password: str, *, address: str = "", ends: str = "") -> SignedIn:
    """Open a session. `address`: where the request came from. `ends`: the cookie it replaces, if any.

    Refused alike for an unknown login, a wrong password, a locked, dismissed or not yet opened account.
    """
    folded, at = words.fold_login(login), clock.now().timestamp()
    if (address and not by_address.take(address, at)) or not by_login.take(folded, at):
        raise Refusal(AccountError.TOO_MANY_TRIES)
    begun = begin_try(folded)
    right, fresh = hashing.fits(password, begun.encoded)
    signed_in = _admit(begun.user_id, begun.encoded, fresh, ends) if right and begun.user_id else None
    if signed_in is None:
        failed(begun, address)
        raise Refusal(AccountError.SIGN_IN_REFUSED)
    by_address.give_back(address)
    by_login.give_back(folded)
    return signed_in


def begin_try(folded_login: str) -> Try:
    """Count a try against the account before the password is looked at. Commits at once."""
    now = clock.now()
    with transaction.atomic():
        user = User.objects.select_for_update().filter(login=folded_login).first() if words.is_login(
            folded_login) else None
        if user is None:
            return Try(None)
        if not user.active or not user.password or (user.locked_until and user.locked_until > now):
            return Try(user.pk)
        failures = 1 if user.locked_until else user.failures + 1
        locks = failures >= TRIES
        # locked beforehand: should the process die now, the account is not open to more guesses
        User.objects.filter(pk=user.pk).update(failures=failures, locked_until=now + LOCKED if locks else None)
        return Try(user.pk, user.password, locks)


def failed(begun: Try, address: str = "") -> None:
    """Journal a try that failed, and the lock it brought. The address is kept as a keyed hash only."""
    stranger = Actor(None, "", via="session")
    subject = f"user:{begun.user_id}" if begun.user_id else f"signin:{clock.now():%Y-%m-%d}"
    area = home_area(begun.user_id) if begun.user_id else ""
    for left in (2, 1, 0):
        try:
            with transaction.atomic():
                tail = journal.hold(subject)
                tail = journal.record(stranger, tail, SignInEvent.REFUSED, {"from": hashed(address)}, area_path=area)
                if begun.locks:
                    journal.record(stranger, tail, UserEvent.LOCKED, {"minutes": LOCKED.seconds // 60},
                                   area_path=area)
            return
        except Refusal as refusal:  # two strangers were the first of the day at once
            if refusal.reason is not JournalError.OVERTAKEN or not left:
                raise


def hashed(address: str) -> str:
    """The same address gives the same 12 signs on this installation; the address itself is not kept."""
    return salted_hmac("jingwei.accounts.address", address, algorithm="sha256").hexdigest()[:12] if address else ""


def admit(user_id: UUID) -> SignedIn:
    """Open a session for a person whom a trusted door (a directory, single sign-on) has identified."""
    signed_in = _admit(user_id, None, "", "")
    if signed_in is None:
        raise Refusal(AccountError.SIGN_IN_REFUSED)
    return signed_in


def _admit(user_id: UUID, encoded: str | None, fresh: str, ends: str) -> SignedIn | None:
    """None if the person was dismissed or got another password while this one was being compared."""
    key, now = secrets.token_urlsafe(32), clock.now()
    with transaction.atomic():
        tail = journal.hold(f"user:{user_id}")
        user = User.objects.filter(pk=user_id, active=True)
        if encoded is not None:
            user = user.filter(password=encoded)
        renewed = {"password": fresh} if fresh else {}
        if not user.update(failures=0, locked_until=None, last_login_at=now, **renewed):
            return None
        _make_room(user_id, ends, now)
        session = Session.objects.create(key_hash=digest(key), user_id=user_id, created_at=now, expires_at=now + LASTS)
        journal.record(Actor(user_id, "", via="session"), tail, SignInEvent.ACCEPTED,
                       {"by": "directory" if encoded is None else "password"}, area_path=home_area(user_id))
    return SignedIn(user_id, key, session.expires_at)


def _make_room(user_id: UUID, ends: str, now: datetime) -> None:
    mine = Session.objects.filter(user=user_id)
    mine.filter(expires_at__lte=now).delete()
    if ends:
        Session.objects.filter(key_hash=digest(ends)).delete()
    oldest = list(mine.order_by("-created_at", "key_hash").values_list("key_hash", flat=True)[AT_MOST - 1:])
    if oldest:
        mine.filter(key_hash__in=oldest).delete()
