"""Roles given and withdrawn: over an area, perhaps for one unit only, from one day to another (STF-14, AT-09)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet

from jingwei.accounts import ports, words
from jingwei.accounts.errors import AccountError, no_right
from jingwei.accounts.events import UserEvent
from jingwei.accounts.models import RoleGrant, Unit, User
from jingwei.accounts.reachable import at_keyboard, not_ended, not_oneself, person, require, unit_in_use
from jingwei.accounts.rights import ADMINISTRATORS, Right, Role, clash, roles_listed
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal

EVERYWHERE = "*"  # must be written: a forgotten area code is not the whole county


def give(actor: Actor, user_id: UUID, role: str, area_code: str, *, area_path: str | None = None,
         unit_code: str = "", since: datetime | None = None, until: datetime | None = None) -> int:
    """Give a role over the area with this code ('*': everywhere) and below. Returns the id of the grant.

    `area_path`: where the caller has resolved the code already. `unit_code`: only what this unit or one below holds.
    Refuses a role whose duty excludes one held at the same time, wherever that one is.
    """
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"user:{user_id}")
        user = person(actor, Right.USER_GRANT, user_id)
        not_oneself(actor, user_id)
        wanted = _role(actor, role)
        code, path = _area(area_code, area_path)
        unit = unit_in_use(unit_code) if unit_code else None
        if not actor.covers(Right.USER_GRANT.value, path, unit.path if unit else None):
            raise no_right(actor, Right.USER_GRANT)
        since, until = _period(since, until)
        _no_clash(user, wanted, path, unit, since, until)
        grant = RoleGrant.objects.create(user=user, role=wanted.code, area_path=path, area_code=code, unit=unit,
                                         since=since, until=until)
        User.objects.filter(pk=user_id).update(stamp=F("stamp") + 1)
        journal.record(actor, tail, UserEvent.ROLE_GIVEN, {
            "grant": grant.pk, "role": wanted.code, "area": code, "unit": unit.pk if unit else None,
            "since": since.isoformat(), "until": until.isoformat() if until else None}, area_path=path)
    return grant.pk


def withdraw(actor: Actor, grant_id: int) -> None:
    """The role ends now; the next request of its holder is without it."""
    with transaction.atomic(savepoint=False):
        require(actor, Right.USER_GRANT)
        found = RoleGrant.objects.filter(not_ended(), pk=grant_id).values_list("user_id", flat=True).first()
        if found is None:
            raise Refusal(KernelError.NOT_FOUND)
        tail = journal.hold(f"user:{found}")
        grant = RoleGrant.objects.filter(not_ended(), pk=grant_id).select_related("unit").first()
        if grant is None or not actor.covers(
                Right.USER_GRANT.value, grant.area_path, grant.unit.path if grant.unit else None):
            raise Refusal(KernelError.NOT_FOUND)
        not_oneself(actor, grant.user_id)
        if not at_keyboard(actor):
            not_the_last(grant.user_id, grant_id)
        _end(RoleGrant.objects.filter(pk=grant_id))
        User.objects.filter(pk=grant.user_id).update(stamp=F("stamp") + 1)
        journal.record(actor, tail, UserEvent.ROLE_WITHDRAWN, {"grant": grant_id, "role": grant.role},
                       area_path=grant.area_path)


def end_all_grants(user_id: UUID) -> int:
    """For `users.dismiss`, inside its transaction."""
    return _end(RoleGrant.objects.filter(not_ended(), user=user_id))


def not_the_last(user_id: UUID, grant_id: int | None = None) -> None:
    """Refuse to leave one of the three administrators' posts without anybody who could sign in to it now."""
    now = clock.now()
    codes = [role.code for role in ADMINISTRATORS]
    current = RoleGrant.objects.filter(not_ended(), since__lte=now, role__in=codes).order_by("id")
    mine = current.filter(user=user_id) if grant_id is None else current.filter(pk=grant_id)
    for code, path in mine.values_list("role", "area_path"):
        others = current.filter(role=code, unit=None, user__active=True).exclude(user=user_id).exclude(
            user__password="")
        # locked: of two administrators who dismiss each other at once only one succeeds
        if not others.filter(Q(area_path="") | Q(area_path=path)).select_for_update(of=("self",)):
            role = Role.named(code)
            raise Refusal(AccountError.LAST_ADMINISTRATOR, role=code, role_zh=role.zh if role else code)


def _end(grants: QuerySet[RoleGrant]) -> int:
    """Grants in force end now and stay on record; those that have not begun are gone."""
    now = clock.now()
    gone, _ = grants.filter(since__gt=now).delete()
    return gone + grants.update(until=now)


def _role(actor: Actor, text: str) -> Role:
    role = Role.meant(text)
    if role is None:
        raise Refusal(AccountError.ROLE_UNKNOWN, role=text[:40], roles=roles_listed())
    if role in ADMINISTRATORS and not at_keyboard(actor):
        raise Refusal(AccountError.ADMINISTRATORS_AT_KEYBOARD)
    return role


def _area(text: str, path: str | None) -> tuple[str, str]:
    code = words.area_code(text)
    if code == EVERYWHERE:
        return "", ""
    if path is None and code:
        path = ports.area_path_of(code)
    if not code or not path or not path.endswith("/"):
        raise Refusal(AccountError.AREA_UNKNOWN)
    return code, path


def _period(since: datetime | None, until: datetime | None) -> tuple[datetime, datetime | None]:
    now = clock.now()
    since = since or now
    if any(end is not None and end.tzinfo is None for end in (since, until)):
        raise Refusal(AccountError.BAD_DATES)
    if until is not None and (until <= since or until <= now):
        raise Refusal(AccountError.BAD_DATES)
    return since, until


def _no_clash(user: User, wanted: Role, path: str, unit: Unit | None, since: datetime,
              until: datetime | None) -> None:
    overlapping = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=since), user=user)
    if until is not None:
        overlapping = overlapping.filter(since__lt=until)
    held = list(overlapping.values_list("role", "area_path", "unit_id"))
    excluded = clash({role for code, _, _ in held if (role := Role.named(code))}, wanted)
    if excluded:
        raise Refusal(AccountError.ROLE_CLASH, held=excluded.code, wanted=wanted.code,
                      held_zh=excluded.zh, wanted_zh=wanted.zh)
    if (wanted.code, path, unit.pk if unit else None) in held:
        raise Refusal(AccountError.ROLE_HELD)
