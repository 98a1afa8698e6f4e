"""Changing one's own password."""

from django.db import transaction
from django.db.models import F

from jingwei.accounts import hashing
from jingwei.accounts.commands.sessions import drop_all, signed_in_fully
from jingwei.accounts.commands.sign_in import begin_try, failed
from jingwei.accounts.errors import AccountError
from jingwei.accounts.events import UserEvent
from jingwei.accounts.models import Invitation, User
from jingwei.accounts.reachable import home_area
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal


def change_password(actor: Actor, present: str, new: str, *, keep: str = "") -> None:
    """Needs the present password; wrong ones count towards the lock. Ends all else: sessions (but that with the
    cookie `keep`), tokens, links.
    """
    user_id = signed_in_fully(actor)
    known = prove(actor, present, AccountError.WRONG_PASSWORD)
    encoded = hashing.encode(new, actor.login)
    with transaction.atomic():
        tail = journal.hold(f"user:{user_id}")
        if not User.objects.filter(pk=user_id, active=True, password=known).update(
                password=encoded, password_at=clock.now(), stamp=F("stamp") + 1):
            raise Refusal(AccountError.WRONG_PASSWORD)
        drop_all(user_id, but=keep)
        Invitation.objects.filter(user=user_id).delete()
        journal.record(actor, tail, UserEvent.PASSWORD_CHANGED, {}, area_path=home_area(user_id))


def prove(actor: Actor, present: str, reason: AccountError) -> str:
    """Refuse for `reason` unless this is the actor's own password; wrong ones count. Returns the hash it fits."""
    begun = begin_try(actor.login)
    right, _ = hashing.fits(present, begun.encoded)
    if not right or begun.user_id is None or begun.user_id != actor.user_id:
        failed(begun)
        raise Refusal(reason)
    User.objects.filter(pk=begun.user_id).update(failures=0, locked_until=None)
    return begun.encoded
