"""New recovery codes for who still has the authenticator: the old ones are void, nothing else changes."""

import secrets

from django.db import transaction

from jingwei.accounts import factor, hashing
from jingwei.accounts.commands.second_factor import use_code
from jingwei.accounts.commands.sessions import in_person
from jingwei.accounts.commands.sign_in import begin_try, by_address, by_login, failed, still_counting, take_turn
from jingwei.accounts.errors import AccountError
from jingwei.accounts.events import UserEvent
from jingwei.accounts.models import RecoveryCode, SecondFactor, User
from jingwei.accounts.reachable import home_area
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal


def renew_recovery(actor: Actor, code: str, *, address: str = "") -> list[str]:
    """The codes, told this once. A wrong code of the authenticator counts as a wrong password does: a browser left open
    must not be a place to guess.
    """
    user_id = in_person(actor)
    if actor.factor == factor.NEEDED:
        raise Refusal(AccountError.SECOND_FACTOR_NEEDED)
    if not SecondFactor.objects.filter(pk=user_id).exists():
        raise Refusal(AccountError.SECOND_FACTOR_NOT_BEGUN)
    take_turn(actor.login, address)
    begun = begin_try(actor.login, by_password=False)
    fresh = factor.recovery_codes(secrets.choice)
    encoded = [hashing.encode_code(each) for each in fresh]  # takes a while: before the subject is held
    with transaction.atomic():  # outermost: an answer that holds codes is never kept for repeats
        tail = journal.hold(f"user:{user_id}")
        proven = begun.counted and use_code(user_id, factor.folded(code))
        if proven:
            RecoveryCode.objects.filter(factor=user_id).delete()
            RecoveryCode.objects.bulk_create(RecoveryCode(factor_id=user_id, number=int(each[0]), code=hashed)
                                             for each, hashed in zip(fresh, encoded, strict=True))
            User.objects.filter(pk=user_id).update(**still_counting(begun))
            journal.record(actor, tail, UserEvent.SECOND_FACTOR_RECOVERY_RENEWED, {"count": len(fresh)},
                           area_path=home_area(user_id))
    if not proven:
        failed(begun, address, by="code")
        raise Refusal(AccountError.SECOND_FACTOR_WRONG)
    by_address.give_back(address)
    by_login.give_back(actor.login)
    return [factor.written(each) for each in fresh]
