"""Signing in with a password: the same words and the same work whether or not there is such a person.

Five failures lock the account for 15 minutes (8.1.4.1). A try is counted before the password is looked at, so that
guessing side by side gains nothing.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils.crypto import salted_hmac

from jingwei.accounts import hashing, queries, words
from jingwei.accounts.commands.sessions import LASTS, PENDING_LASTS
from jingwei.accounts.errors import AccountError
from jingwei.accounts.events import SignInEvent, UserEvent
from jingwei.accounts.factor import PENDING
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
    """`key` is the cookie's value, told this once; only its hash is kept. `factor`: '' or what is still to come."""

    user_id: UUID
    key: str
    expires_at: datetime
    factor: str = ""


@dataclass(frozen=True, slots=True)
class Try:
    """A try at a password or code. `encoded` is '' where no password can be right. `locks`: a failure now locks.

    `counted`: False where nothing is looked at, for there is no such person, or the account is closed or locked.
    """

    user_id: UUID | None
    encoded: str = ""
    locks: bool = False
    counted: bool = False


def sign_in(login: str, password: str, *, address: str = "", ends: str = "") -> SignedIn:
    """Open a session. `address`: where the request came from. `ends`: the cookie it replaces, if any.

    Refused alike for an unknown login, a wrong password, a locked, dismissed or not yet opened account.
    """
    folded = words.fold_login(login)
    take_turn(folded, address)
    begun = begin_try(folded)
    right, fresh = hashing.fits(password, begun.encoded)
    signed_in = _admit(begun.user_id, begun, fresh, ends) if right and begun.user_id else None
    if signed_in is None:
        failed(begun, address)
        raise Refusal(AccountError.SIGN_IN_REFUSED)
    by_address.give_back(address)
    by_login.give_back(folded)
    return signed_in


def take_turn(folded_login: str, address: str) -> None:
    """Refuse who has tried too often, from this address or with this login."""
    at = clock.now().timestamp()
    if (address and not by_address.take(address, at)) or not by_login.take(folded_login, at):
        raise Refusal(AccountError.TOO_MANY_TRIES)


def begin_try(folded_login: str, *, by_password: bool = True) -> Try:
    """Count a try against the account before the password or code is looked at. Commits at once."""
    now = clock.now()
    with transaction.atomic():
        user = User.objects.select_for_update().filter(login=folded_login).first() if words.is_login(
            folded_login) else None
        if user is None:
            return Try(None)
        nothing_fits = not user.active or (by_password and not user.password)
        if nothing_fits or (user.locked_until and user.locked_until > now):
            return Try(user.pk)
        failures = 1 if user.locked_until else user.failures + 1
        locks = failures >= TRIES
        # locked beforehand: should the process die now, the account is not open to more guesses
        User.objects.filter(pk=user.pk).update(failures=failures, locked_until=now + LOCKED if locks else None)
        return Try(user.pk, user.password, locks, counted=True)


def failed(begun: Try, address: str = "", *, by: str = "") -> None:
    """Journal a try that failed, and the lock it brought. The address is kept as a keyed hash only.

    `by`: what was wrong, where it was not login or password.
    """
    stranger = Actor(None, "", via="session")
    subject = f"user:{begun.user_id}" if begun.user_id else f"signin:{clock.now():%Y-%m-%d}"
    area = home_area(begun.user_id) if begun.user_id else ""
    for left in (2, 1, 0):
        try:
            with transaction.atomic():
                tail = journal.hold(subject)
                tail = journal.record(stranger, tail, SignInEvent.REFUSED,
                                      {"from": hashed(address)} | ({"by": by} if by else {}), area_path=area)
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


def _admit(user_id: UUID, begun: Try | None, fresh: str, ends: str) -> SignedIn | None:
    """None if the person was dismissed or got another password while this one was being compared."""
    key, now = secrets.token_urlsafe(32), clock.now()
    with transaction.atomic():
        tail = journal.hold(f"user:{user_id}")
        user = User.objects.filter(pk=user_id, active=True)
        if begun is not None:
            user = user.filter(password=begun.encoded)
        standing = queries.factor_at_sign_in(user_id)
        pending = standing in PENDING
        if not user.update(**(still_counting(begun) if pending else _counted_anew(now)),
                           **({"password": fresh} if fresh else {})):
            return None
        if ends:
            Session.objects.filter(key_hash=digest(ends)).delete()
        make_room(user_id, now, shown=False)
        session = Session.objects.create(key_hash=digest(key), user_id=user_id, created_at=now,
                                         expires_at=now + (PENDING_LASTS if pending else LASTS))
        journal.record(Actor(user_id, "", via="session"), tail, SignInEvent.BEGUN if pending else SignInEvent.ACCEPTED,
                       {"by": "directory" if begun is None else "password"}, area_path=home_area(user_id))
    return SignedIn(user_id, key, session.expires_at, standing)


def _counted_anew(now: datetime) -> dict[str, Any]:
    return {"failures": 0, "locked_until": None, "last_login_at": now}


def still_counting(begun: Try | None) -> dict[str, Any]:
    """Half signed in: this try is taken off the count again, the earlier failures stay on it."""
    if begun is None:
        return {"active": True}
    unlocked = {"locked_until": None} if begun.locks else {}
    return {"failures": Greatest(F("failures") - 1, Value(0)), **unlocked}


def make_room(user_id: UUID, now: datetime, *, shown: bool) -> None:
    """For one more session: the oldest of its kind ends. Opening half a session ends none that showed a second factor."""
    mine = Session.objects.filter(user=user_id)
    mine.filter(expires_at__lte=now).delete()
    kind = mine.filter(shown=shown)
    oldest = list(kind.order_by("-created_at", "key_hash").values_list("key_hash", flat=True)[AT_MOST - 1:])
    if oldest:
        mine.filter(key_hash__in=oldest).delete()
