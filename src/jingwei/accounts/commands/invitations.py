"""One-time links with which people set their password; the three first administrators."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from jingwei.accounts import hashing, queries, words
from jingwei.accounts.commands.sessions import drop_all
from jingwei.accounts.errors import AccountError
from jingwei.accounts.events import UserEvent
from jingwei.accounts.models import Invitation, RoleGrant, User
from jingwei.accounts.reachable import at_keyboard, home_area, not_ended
from jingwei.accounts.rights import Role
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import new_id

LASTS = timedelta(minutes=30)
FIRST = (
    (Role.SYSTEM_ADMIN, "sysadmin"),
    (Role.SECURITY_ADMIN, "secadmin"),
    (Role.AUDIT_ADMIN, "auditadmin"),
)


@dataclass(frozen=True, slots=True)
class Invited:
    """`token` is told this once; only its hash is kept."""

    user_id: UUID
    login: str
    token: str
    expires_at: datetime

    def link(self, base_url: str) -> str:
        return f"{base_url.rstrip('/')}/first/{self.token}"


@dataclass(frozen=True, slots=True)
class FirstLink:
    """`link` is '' for an administrator who has set a password already."""

    role: str
    login: str
    link: str


def issue(actor: Actor, tail: journal.Tail, user: User, lasts: timedelta = LASTS) -> Invited:
    """A link for this person, inside the caller's transaction. Links issued before end."""
    token, expires_at = secrets.token_urlsafe(32), clock.now() + lasts
    Invitation.objects.filter(user=user.pk).delete()
    Invitation.objects.create(key_hash=queries.digest(token), user=user, expires_at=expires_at)
    journal.record(actor, tail, UserEvent.INVITATION_ISSUED, {"expires_at": expires_at.isoformat()},
                   area_path=home_area(user.pk))
    return Invited(user.pk, user.login, token, expires_at)


def accept(token: str, password: str) -> None:
    """Set the password by a link, once. Every session and token that the person had ends."""
    invited = queries.invitation(token)
    encoded = hashing.encode(password, invited.login)
    with transaction.atomic():
        tail = journal.hold(f"user:{invited.user_id}")
        now = clock.now()
        if not Invitation.objects.filter(key_hash=queries.digest(token), used_at=None, expires_at__gt=now,
                                         user__active=True).update(used_at=now):
            raise Refusal(AccountError.INVITATION_OVER)
        drop_all(invited.user_id)
        User.objects.filter(pk=invited.user_id).update(
            password=encoded, password_at=now, failures=0, locked_until=None, stamp=F("stamp") + 1)
        actor = Actor(invited.user_id, invited.login, via="link")
        journal.record(actor, tail, UserEvent.INVITATION_USED, {}, area_path=home_area(invited.user_id))


def invite_first_administrators(actor: Actor, base_url: str, logins: Sequence[str] = ()) -> list[FirstLink]:
    """The system, security and audit administrator of a new installation, each with a link for 30 minutes.

    `logins`: three, in that order; by default sysadmin, secadmin, auditadmin. Repeated, it gives new links to those
    who have not yet set a password. Only at the server's keyboard.
    """
    if not at_keyboard(actor):
        raise Refusal(AccountError.ADMINISTRATORS_AT_KEYBOARD)
    wanted = [(role, words.login(given)) for (role, _), given in zip(
        FIRST, logins or [login for _, login in FIRST], strict=True)]
    if len({login for _, login in wanted}) < len(wanted):
        raise Refusal(AccountError.LOGIN_TAKEN)
    with transaction.atomic():
        links = [_first(actor, role, login, base_url) for role, login in wanted]
        if not any(first.link for first in links):
            raise Refusal(AccountError.FIRST_DONE)
        journal.bump("accounts")
    return links


def _first(actor: Actor, role: Role, login: str, base_url: str) -> FirstLink:
    user = User.objects.filter(login=login).first()
    if user is None:
        now = clock.now()
        user = User.objects.create(id=new_id(), login=login, name=role.zh, created_at=now)
        grant = RoleGrant.objects.create(user=user, role=role.code, since=now)
        tail = journal.record_new(actor, f"user:{user.pk}", UserEvent.CREATED, {"unit": None})
        tail = journal.record(actor, tail, UserEvent.ROLE_GIVEN, {
            "grant": grant.pk, "role": role.code, "area": "", "unit": None, "since": now.isoformat(), "until": None})
    else:
        tail = journal.hold(f"user:{user.pk}")
        if not user.active or not RoleGrant.objects.filter(not_ended(), user=user, role=role.code).exists():
            raise Refusal(AccountError.LOGIN_TAKEN)
    if user.password:
        return FirstLink(role.code, login, "")
    return FirstLink(role.code, login, issue(actor, tail, user).link(base_url))
