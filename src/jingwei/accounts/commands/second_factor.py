"""The second factor: offered, proven and so set, shown when signing in, reset by who may.

A wrong code counts together with wrong passwords towards the one lock, and a right password alone takes nothing off
that count: else whoever knows the password could guess at codes for ever.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from jingwei.accounts import factor, hashing
from jingwei.accounts.commands.passwords import prove
from jingwei.accounts.commands.sessions import LASTS, drop_all, in_person
from jingwei.accounts.commands.sign_in import (
    SignedIn,
    begin_try,
    by_address,
    by_login,
    failed,
    make_room,
    take_turn,
)
from jingwei.accounts.errors import AccountError
from jingwei.accounts.events import SignInEvent, UserEvent
from jingwei.accounts.models import RecoveryCode, SecondFactor, Session, User
from jingwei.accounts.queries import digest
from jingwei.accounts.reachable import administers, at_keyboard, home_area, not_oneself, person
from jingwei.accounts.rights import Right
from jingwei.journal import commands as journal
from jingwei.journal.queries import unseal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class Offer:
    """For the authenticator, by QR code or typed. In force once a code has proven that it arrived."""

    secret: str
    uri: str
    svg: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """`recovery` is told this once; only hashes are kept. `signed_in`: the session under its new cookie."""

    recovery: list[str]
    signed_in: SignedIn


def begin(actor: Actor, key: str, *, password: str = "") -> Offer:
    """A secret, kept sealed with the session of this cookie until `confirm`; asked for again, the same one.

    Who has a second factor already needs the password too: a browser left open is not enough to replace it.
    """
    user_id = _may_set(actor)
    session = Session.objects.filter(key_hash=digest(key), user=user_id)
    if not session.filter(waiting__isnull=False).exists():
        if SecondFactor.objects.filter(pk=user_id).exists():
            if not password:  # asked for, not guessed at: no failure is counted
                raise Refusal(AccountError.SECOND_FACTOR_PASSWORD)
            prove(actor, password, AccountError.SECOND_FACTOR_PASSWORD)
        secret = secrets.token_bytes(factor.SECRET_BYTES)
        with transaction.atomic(savepoint=False):
            sealed = journal.seal(_subject(user_id), {"secret": factor.typed(secret)})
            session.filter(waiting=None).update(waiting=sealed)  # of two at once one stays, and both are told it
    secret = _waiting(session, user_id)
    uri = factor.uri(secret, actor.login)
    return Offer(factor.typed(secret), uri, factor.qr(uri))


def confirm(actor: Actor, key: str, code: str) -> Confirmed:
    """The secret offered to this session is in force from now on. Every other session, and every token, ends."""
    user_id = _may_set(actor)
    session = Session.objects.filter(key_hash=digest(key), user=user_id, user__active=True, waiting__isnull=False)
    step = factor.fitting_step(_waiting(session, user_id), factor.folded(code), clock.now(), after=-1)
    if step is None:
        raise Refusal(AccountError.SECOND_FACTOR_NOT_PROVEN)
    recovery = factor.recovery_codes(secrets.choice)
    hashes = [hashing.encode_code(each) for each in recovery]
    with transaction.atomic():  # outermost: an answer that holds codes is never kept for repeats
        tail = journal.hold(f"user:{user_id}")
        sealed = session.values_list("waiting", flat=True).first()
        signed_in = _proven(session, user_id, signs_in=actor.factor == factor.ENROL) if sealed else None
        if sealed is None or signed_in is None:
            raise Refusal(AccountError.SECOND_FACTOR_NOT_BEGUN)
        drop_all(user_id, but=signed_in.key)
        again, _ = SecondFactor.objects.filter(pk=user_id).delete()
        row = SecondFactor.objects.create(user_id=user_id, sealed=sealed, last_step=step, set_at=clock.now())
        RecoveryCode.objects.bulk_create(RecoveryCode(factor=row, number=int(each[0]), code=encoded)
                                         for each, encoded in zip(recovery, hashes, strict=True))
        area = home_area(user_id)
        tail = journal.record(actor, tail, UserEvent.SECOND_FACTOR_SET, {"again": bool(again)}, area_path=area)
        if actor.factor == factor.ENROL:
            journal.record(actor, tail, SignInEvent.ACCEPTED, {"by": "enrolment"}, area_path=area)
    return Confirmed([factor.written(each) for each in recovery], signed_in)


def show(actor: Actor, key: str, code: str, *, address: str = "") -> SignedIn:
    """Finish signing in by a code of the authenticator or by a recovery code. The session gets a new cookie."""
    user_id = in_person(actor)
    if actor.factor == factor.ENROL:
        raise Refusal(AccountError.SECOND_FACTOR_ENROL)
    if actor.factor != factor.NEEDED:
        raise Refusal(AccountError.SECOND_FACTOR_NOT_ASKED)
    take_turn(actor.login, address)
    begun = begin_try(actor.login, by_password=False)
    signed_in = _show(actor, user_id, key, factor.folded(code)) if begun.counted else None
    if signed_in is None:
        failed(begun, address, by="code")
        raise Refusal(AccountError.SECOND_FACTOR_WRONG)
    by_address.give_back(address)
    by_login.give_back(actor.login)
    return signed_in


def reset(actor: Actor, user_id: UUID) -> None:
    """For who has lost the authenticator and the recovery codes: it ends, and every session and token with it.

    An administrator's is reset only at the keyboard, as their passwords are.
    """
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"user:{user_id}")
        person(actor, Right.USER_RESET, user_id)
        not_oneself(actor, user_id)
        if administers(user_id) and not at_keyboard(actor):
            raise Refusal(AccountError.ADMINISTRATORS_AT_KEYBOARD)
        if not end(user_id):
            raise Refusal(AccountError.SECOND_FACTOR_NONE)
        sessions, tokens = drop_all(user_id)
        journal.record(actor, tail, UserEvent.SECOND_FACTOR_RESET, {"sessions": sessions, "tokens": tokens},
                       area_path=home_area(user_id))


def end(user_id: UUID) -> bool:
    """Delete the second factor and the key it is sealed under, inside the caller's transaction. False: there was none."""
    gone, _ = SecondFactor.objects.filter(pk=user_id).delete()
    journal.forget(_subject(user_id))
    return bool(gone)


def _subject(user_id: UUID) -> str:
    return f"factor:{user_id}"


def _may_set(actor: Actor) -> UUID:
    """Not while the code is still to come: whoever has only the password must not set a second factor of his own."""
    user_id = in_person(actor)
    if actor.factor == factor.NEEDED:
        raise Refusal(AccountError.SECOND_FACTOR_NEEDED)
    return user_id


def _opened(user_id: UUID, sealed: bytes) -> bytes:
    secret = str(unseal(_subject(user_id), sealed)["secret"])
    return base64.b32decode(secret + "=" * (-len(secret) % 8))


def _waiting(session: QuerySet[Session], user_id: UUID) -> bytes:
    sealed = session.values_list("waiting", flat=True).first()
    if sealed is None:
        raise Refusal(AccountError.SECOND_FACTOR_NOT_BEGUN)
    return _opened(user_id, bytes(sealed))


def _show(actor: Actor, user_id: UUID, key: str, code: str) -> SignedIn | None:
    """None if nothing fits. A code is used up in the transaction that opens the session."""
    recovery = _fitting_recovery(user_id, code)  # takes a while: before the subject is held
    with transaction.atomic():
        tail = journal.hold(f"user:{user_id}")
        if not (_use_recovery(recovery) if recovery else use_code(user_id, code)):
            return None
        make_room(user_id, clock.now(), shown=True)
        signed_in = _proven(Session.objects.filter(key_hash=digest(key), user=user_id, user__active=True), user_id,
                            signs_in=True)
        if signed_in is None:  # ended meanwhile: the code is not used up
            raise Refusal(AccountError.NOT_SIGNED_IN)
        area = home_area(user_id)
        if recovery:
            left = RecoveryCode.objects.filter(factor=user_id).count()
            tail = journal.record(actor, tail, UserEvent.SECOND_FACTOR_USED_RECOVERY, {"left": left}, area_path=area)
        journal.record(actor, tail, SignInEvent.ACCEPTED, {"by": "recovery" if recovery else "code"}, area_path=area)
    return signed_in


def use_code(user_id: UUID, code: str) -> bool:
    row = SecondFactor.objects.filter(pk=user_id).first()
    if row is None:
        return False
    step = factor.fitting_step(_opened(user_id, bytes(row.sealed)), code, clock.now(), after=row.last_step)
    return step is not None and bool(
        SecondFactor.objects.filter(pk=user_id, last_step__lt=step).update(last_step=step))


def _use_recovery(row: int) -> bool:
    return bool(RecoveryCode.objects.filter(pk=row).delete()[0])


def _fitting_recovery(user_id: UUID, code: str) -> int | None:
    """The row of this recovery code. One hash is computed whether or not its number is still there."""
    if not factor.is_recovery(code):
        return None
    row, encoded = RecoveryCode.objects.filter(factor=user_id, number=int(code[0])).values_list(
        "pk", "code").first() or (None, "")
    right, _ = hashing.fits(code, encoded)
    return row if right else None


def _proven(session: QuerySet[Session], user_id: UUID, *, signs_in: bool) -> SignedIn | None:
    """The session with a new cookie, for the old one was known to whoever had the password. None if it is gone."""
    key, now = secrets.token_urlsafe(32), clock.now()
    longer = {"expires_at": now + LASTS, "renewed": False} if signs_in else {}
    if not session.update(key_hash=digest(key), waiting=None, shown=True, **longer):
        return None
    if signs_in:
        User.objects.filter(pk=user_id).update(failures=0, locked_until=None, last_login_at=now)
    expires_at: datetime = Session.objects.values_list("expires_at", flat=True).get(pk=digest(key))
    return SignedIn(user_id, key, expires_at)
