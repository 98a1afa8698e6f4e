"""People: created without a role, renamed, moved to another unit, reset, dismissed."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from jingwei.accounts import words
from jingwei.accounts.commands import second_factor
from jingwei.accounts.commands.grants import end_all_grants, not_the_last
from jingwei.accounts.commands.invitations import Invited, issue
from jingwei.accounts.commands.sessions import drop_all
from jingwei.accounts.errors import AccountError
from jingwei.accounts.events import UserEvent
from jingwei.accounts.models import Invitation, User
from jingwei.accounts.reachable import (
    administers,
    at_keyboard,
    home_area,
    not_oneself,
    person,
    require,
    unit_for_people,
)
from jingwei.accounts.rights import Right
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import new_id


def create(actor: Actor, login: str, name: str, *, unit_code: str = "", user_id: UUID | None = None) -> UUID:
    """A person without role and password; `reset` gives the link to set one. Returns the id."""
    login, name = words.login(login), words.name(name)
    with transaction.atomic(savepoint=False):
        require(actor, Right.USER_CREATE)
        unit = unit_for_people(actor, Right.USER_CREATE, unit_code)
        if User.objects.filter(login=login).exists():
            raise Refusal(AccountError.LOGIN_TAKEN)
        user_id = user_id or new_id()
        try:
            User.objects.create(id=user_id, login=login, name=name, unit=unit, created_at=clock.now())
        except IntegrityError as error:
            raise Refusal(AccountError.LOGIN_TAKEN) from error
        journal.record_new(actor, f"user:{user_id}", UserEvent.CREATED, {"unit": unit.pk if unit else None})
        journal.bump("accounts")
    return user_id


def change(actor: Actor, user_id: UUID, *, name: str | None = None, unit_code: str | None = None) -> None:
    """Rename, or move to another unit ('' is none), or both."""
    with transaction.atomic(savepoint=False):
        if name is not None:
            rename(actor, user_id, name)
        if unit_code is not None:
            transfer(actor, user_id, unit_code)


def rename(actor: Actor, user_id: UUID, name: str) -> None:
    """A new name; the login stays for ever."""
    name = words.name(name)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"user:{user_id}")
        user = person(actor, Right.USER_CREATE, user_id)
        if user.name == name:
            return
        User.objects.filter(pk=user_id).update(name=name)
        journal.record(actor, tail, UserEvent.RENAMED, {}, area_path=home_area(user_id))
        journal.bump("accounts")


def transfer(actor: Actor, user_id: UUID, unit_code: str) -> None:
    """To another unit, '' for none. Roles tied to a unit stay as they are: they are given and withdrawn apart."""
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"user:{user_id}")
        user = person(actor, Right.USER_CREATE, user_id)
        unit = unit_for_people(actor, Right.USER_CREATE, unit_code)
        if user.unit_id == (unit.pk if unit else None):
            return
        User.objects.filter(pk=user_id).update(unit=unit, stamp=F("stamp") + 1)
        journal.record(actor, tail, UserEvent.TRANSFERRED, {"unit": unit.pk if unit else None},
                       area_path=home_area(user_id))
        journal.bump("accounts")


def reset(actor: Actor, user_id: UUID) -> Invited:
    """The old password, the second factor, every session and token end now; a one-time link sets the next password.

    An administrator is reset only at the keyboard: whoever holds the link could act in that post.
    """
    with transaction.atomic():  # outermost: an answer that holds a link is never kept for repeats
        tail = journal.hold(f"user:{user_id}")
        user = person(actor, Right.USER_RESET, user_id)
        not_oneself(actor, user_id)
        if administers(user_id) and not at_keyboard(actor):
            raise Refusal(AccountError.ADMINISTRATORS_AT_KEYBOARD)
        drop_all(user_id)
        ended = second_factor.end(user_id)
        User.objects.filter(pk=user_id).update(password="", password_at=None, failures=0, locked_until=None)
        tail = journal.record(actor, tail, UserEvent.RESET, {"second_factor": ended}, area_path=home_area(user_id))
        return issue(actor, tail, user)


def dismiss(actor: Actor, user_id: UUID, *, even_the_last: bool = False) -> None:
    """The account is closed at once: sessions, tokens, links and roles end, the password is gone. Not undone.

    `even_the_last`: also an administrator after whom nobody is left in that post; only at the keyboard, where another
    can be appointed.
    """
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"user:{user_id}")
        person(actor, Right.USER_DISMISS, user_id)
        not_oneself(actor, user_id)
        if not (even_the_last and at_keyboard(actor)):
            not_the_last(user_id)
        area = home_area(user_id)
        sessions, tokens = drop_all(user_id)
        Invitation.objects.filter(user=user_id).delete()
        second_factor.end(user_id)
        roles = end_all_grants(user_id)
        User.objects.filter(pk=user_id).update(
            active=False, password="", password_at=None, failures=0, locked_until=None, stamp=F("stamp") + 1)
        journal.record(actor, tail, UserEvent.DISMISSED, {"sessions": sessions, "tokens": tokens, "roles": roles},
                       area_path=area)
        journal.bump("accounts")
