"""Who is asking and what they may reach; people, units, who is online, who signed in."""

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from jingwei.accounts import factor, ports
from jingwei.accounts.errors import AccountError
from jingwei.accounts.events import SignInEvent, UserEvent
from jingwei.accounts.factor import Policy as FactorPolicy
from jingwei.accounts.models import DeviceToken, Invitation, RoleGrant, SecondFactor, Unit, User
from jingwei.accounts.posts_held import forget_held, holding, posted_within
from jingwei.accounts.reachable import not_ended, people, require
from jingwei.accounts.rights import ADMINISTRATORS, OPERATOR_RIGHTS, RIGHTS_OF, Right, Role, rights_page
from jingwei.accounts.scope import narrow, reach
from jingwei.journal import queries as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor, Grant
from jingwei.kernel.errors import KernelError, Refusal

__all__ = ["FactorPolicy", "Post", "Right", "Role", "actor_of_session", "actor_of_token", "administrators", "factor_policy", "forget",
           "grants_of", "half_signed_in", "holders", "holding", "ids_of_logins", "invitation", "me", "names_of", "narrow",
           "online", "open_session", "operator", "person", "posted_within", "reach", "require", "rights_page", "roles_with", "sign_ins", "staff",
           "unit_book", "unit_by_code", "unit_paths", "units", "units_with"]

PASSWORD_DUE = timedelta(days=90)  # 8.1.4.1: changed periodically; told, not enforced
_HALF = timedelta(hours=6)
_GRANTS_FOR = 60.0  # seconds: a bound on what a mistake in raising the stamp could do
_grants: dict[UUID, tuple[int, float, tuple["_Dated", ...]]] = {}

# Every request asks one of these two: written out, they cost a quarter of what the ORM takes to compose them.
_BEHIND = (
    "SELECT u.id, u.login, u.stamp, u.unit_id, u.name, f.user_id IS NOT NULL, k.shown{more} FROM {table} k"
    " JOIN accounts_user u ON u.id = k.user_id LEFT JOIN accounts_second_factor f ON f.user_id = u.id"
    " WHERE k.key_hash = %s AND k.expires_at > %s AND u.active")
_BEHIND_TOKEN = _BEHIND.format(table="accounts_device_token", more="")
_BEHIND_SESSION = _BEHIND.format(table="accounts_session", more=", k.expires_at < %s AND NOT k.renewed")


@dataclass(frozen=True, slots=True)
class _Dated:
    since: datetime
    until: datetime | None
    grant: Grant


def digest(secret: str) -> str:
    """How session keys, tokens and one-time links are kept: SHA-256 of 32 random bytes needs no salt."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def operator() -> Actor:
    """Whoever sits at the server's own keyboard."""
    return Actor(None, "operator", (Grant("operator", "", OPERATOR_RIGHTS),), via="cli")


def actor_of_session(key: str) -> Actor | None:
    """The person behind a session cookie, or None, also while a second factor is still to come. One statement while
    the grants are cached.
    """
    actor = half_signed_in(key)
    return None if actor is None or actor.factor in factor.PENDING else actor


def half_signed_in(key: str) -> Actor | None:
    """The same, but told as well while a second factor is still to come: then `factor` says which, without grants."""
    opened = open_session(key)
    return opened[0] if opened else None


def open_session(key: str) -> tuple[Actor, bool] | None:
    """The person behind a session cookie, and whether the session is to be lengthened now (`sessions.renew`).

    The person may be half signed in: look at `factor` before letting anybody in.
    """
    row = _behind(_BEHIND_SESSION, key, clock.now() + _HALF)
    if row is None:
        return None
    actor = _actor(row[:7], "session")
    return actor, bool(row[7]) and actor.factor not in factor.PENDING


def actor_of_token(token: str) -> Actor | None:
    """The person behind a device token, or None, also if a second factor is asked for that was not shown when the
    token was issued. One statement while the grants are cached.
    """
    row = _behind(_BEHIND_TOKEN, token)
    actor = _actor(row, "token") if row else None
    return None if actor is None or actor.factor in factor.PENDING else actor


def _behind(statement: str, secret: str, *before: datetime) -> tuple[Any, ...] | None:
    """`before`: instants that the statement asks about before the secret's."""
    stored = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(statement, [*map(stored, before), digest(secret), stored(clock.now())])
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def _actor(row: tuple[Any, ...], via: str) -> Actor:
    user_id, login, stamp, unit_id, name, enrolled, shown = row
    user_id = UUID(user_id) if isinstance(user_id, str) else user_id
    grants = _cached_grants(user_id, stamp)
    standing = _standing(grants, bool(enrolled), bool(shown))
    return Actor(user_id, login, () if standing in factor.PENDING else grants, via=via, unit_id=unit_id, name=name,
                 factor=standing)


def _standing(grants: tuple[Grant, ...], enrolled: bool, shown: bool) -> str:
    # asked at every request, not kept: it follows a role given meanwhile and a changed setting
    return factor.standing(factor_policy(), [grant.role for grant in grants], enrolled=enrolled, shown=shown)


def factor_policy() -> FactorPolicy:
    """Of whom the installation asks a second factor."""
    return factor.policy(settings.JINGWEI_SECOND_FACTOR)


def factor_at_sign_in(user_id: UUID) -> str:
    """What a new session of this person still lacks."""
    return _standing(grants_of(user_id), SecondFactor.objects.filter(pk=user_id).exists(), False)


def _cached_grants(user_id: UUID, stamp: int) -> tuple[Grant, ...]:
    kept = _grants.get(user_id)
    if not (kept and kept[0] == stamp and kept[1] > time.monotonic()):
        if len(_grants) > 10_000:
            _grants.clear()
        kept = _grants[user_id] = (stamp, time.monotonic() + _GRANTS_FOR, _dated_grants(user_id))
    return _in_force(kept[2])


def grants_of(user_id: UUID) -> tuple[Grant, ...]:
    """The grants in force now, read from the tables."""
    return _in_force(_dated_grants(user_id))


def _in_force(dated: tuple[_Dated, ...]) -> tuple[Grant, ...]:
    now = clock.now()
    return tuple(each.grant for each in dated if each.since <= now and (each.until is None or each.until > now))


def _dated_grants(user_id: UUID) -> tuple[_Dated, ...]:
    rows = RoleGrant.objects.filter(not_ended(), user_id=user_id).order_by("id").values_list(
        "role", "area_path", "unit__path", "since", "until")
    return tuple(
        _Dated(since, until, Grant(code, area_path, frozenset(right.value for right in RIGHTS_OF[role]), unit_path))
        for code, area_path, unit_path, since, until in rows if (role := Role.named(code)))


# --- units


@dataclass(frozen=True, slots=True)
class UnitRow:
    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    path: str
    active: bool


_units: tuple[int, dict[int, UnitRow]] = (0, {})


def unit_by_code(code: str) -> Unit | None:
    """The unit with this code, active or not."""
    return Unit.objects.filter(code=code).first() if "\0" not in code else None


def unit_paths(ids: set[int]) -> dict[int, str]:
    """Paths of units by id."""
    return {pk: path or "" for pk, path in Unit.objects.filter(id__in=ids).values_list("id", "path")}


def units(actor: Actor, generations: dict[str, int] | None = None) -> list[UnitRow]:
    """All units, parents before children, out of use included. They stand in no area: who may read sees the tree."""
    require(actor, Right.UNIT_READ)
    return list(unit_book(generations).values())


def unit_book(generations: dict[str, int] | None = None) -> dict[int, UnitRow]:
    """Every unit by id, parents before children, kept until one is changed."""
    global _units
    generation = _generation(generations)
    if _units[0] != generation:
        rows = Unit.objects.order_by("path").values_list("id", "code", "name", "kind", "parent_id", "path", "active")
        _units = (generation, {pk: UnitRow(pk, code, name, kind, parent, path or "", active)
                               for pk, code, name, kind, parent, path, active in rows})
    return _units[1]


def holders(role: str, area_path: str) -> dict[UUID, str]:
    """Names by id of the people who hold a role, tied to no unit, over this path now. One statement."""
    now = clock.now()
    rows = RoleGrant.objects.filter(not_ended(), role=role, unit=None, since__lte=now, user__active=True).extra(
        where=["substr(%s, 1, length(accounts_grant.area_path)) = accounts_grant.area_path"], params=[area_path])
    return dict(rows.order_by("user__name", "user_id").values_list("user_id", "user__name"))


def in_posts(roles: Iterable[str], area_path: str) -> dict[UUID, str]:
    """Names by id of the people who hold one of these roles over this path now, tied to a unit or not. One statement."""
    rows = RoleGrant.objects.filter(not_ended(), role__in=list(roles), since__lte=clock.now(), user__active=True).extra(
        where=["substr(%s, 1, length(accounts_grant.area_path)) = accounts_grant.area_path"], params=[area_path])
    return dict(rows.order_by("user__name", "user_id").values_list("user_id", "user__name"))


def roles_with(right: Right) -> list[str]:
    """The codes of the roles that carry a right."""
    return [role.code for role, rights in RIGHTS_OF.items() if right in rights]


def units_with(right: Right, *ids: int) -> set[int]:
    """Of these units (of all, where none is named) those in which somebody holds a right now: works there or is tied to it."""
    rows = RoleGrant.objects.filter(not_ended(), role__in=roles_with(right), since__lte=clock.now(), user__active=True)
    if ids:
        rows = rows.filter(Q(unit__in=ids) | Q(user__unit__in=ids))
    found = {unit for pair in rows.values_list("unit_id", "user__unit_id") for unit in pair if unit is not None}
    return found & set(ids) if ids else found


def _generation(generations: dict[str, int] | None) -> int:
    return (journal.generations() if generations is None else generations).get("accounts", 1)


# --- people


@dataclass(frozen=True, slots=True)
class Staff:
    """One line of the list of people. `roles`: codes in force now or later, as far as the asker reaches."""

    id: UUID
    login: str
    name: str
    unit_code: str
    unit_name: str
    active: bool
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaffPage:
    """`next`: the login to ask on after, or None at the end."""

    items: list[Staff]
    next: str | None


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role given. `code` and `name` are its own, as `role` and `zh`. `area_code` '' is everywhere."""

    id: int
    role: str
    zh: str
    area_code: str
    unit_code: str
    since: datetime
    until: datetime | None
    code: str
    name: str
    area_name: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class Person:
    id: UUID
    login: str
    name: str
    unit_code: str
    active: bool
    locked_until: datetime | None
    has_password: bool
    roles: list[HeldRole]


_names: tuple[int, dict[UUID, str]] = (0, {})


def names_of(ids: Iterable[UUID | None], generations: dict[str, int] | None = None) -> dict[UUID, str]:
    """Names of people by id, dismissed ones too, for timelines; kept until somebody is renamed."""
    global _names
    generation = _generation(generations)
    if _names[0] != generation or len(_names[1]) > 20_000:
        _names = (generation, {})
    kept = _names[1]
    wanted = {user_id for user_id in ids if user_id is not None}
    missing = wanted - kept.keys()
    if missing:
        kept.update(User.objects.filter(id__in=missing).values_list("id", "name"))
    return {user_id: kept[user_id] for user_id in wanted if user_id in kept}


def ids_of_logins(logins: Iterable[str], *, dismissed: bool = False) -> dict[str, UUID]:
    """The ids of active people by login, for rooms that take logins from tables; of `dismissed` ones too."""
    wanted = sorted({login for login in logins if "\0" not in login})
    found: dict[str, UUID] = {}
    for start in range(0, len(wanted), 1000):
        rows = User.objects.filter(login__in=wanted[start:start + 1000])
        found |= dict((rows if dismissed else rows.filter(active=True)).values_list("login", "id"))
    return found


def active_people(ids: Iterable[UUID]) -> set[UUID]:
    """Which of these are people who work here now."""
    return set(User.objects.filter(id__in=list(ids), active=True).values_list("id", flat=True))


def staff(actor: Actor, *, after: str = "", limit: int = 50, find: str = "", unit: str = "",
          active: bool | None = True) -> StaffPage:
    """People within reach by login. `find`: the beginning of a login or a part of a name. `unit`: the code of their own."""
    require(actor, Right.USER_READ)
    if "\0" in after + find + unit:
        return StaffPage([], None)
    rows = people(actor, Right.USER_READ).filter(login__gt=after)
    if active is not None:
        rows = rows.filter(active=active)
    if unit:
        rows = rows.filter(unit__code=unit)
    if find:
        rows = rows.filter(Q(login__startswith=find.lower()) | Q(name__icontains=find))
    page = list(rows.order_by("login").values_list(
        "id", "login", "name", "unit__code", "unit__name", "active")[:limit + 1])
    more = page[limit - 1][1] if len(page) > limit else None
    held: dict[UUID, list[str]] = {}
    for user_id, role in _reached_roles(actor, [row[0] for row in page]).values_list("user_id", "role"):
        held.setdefault(user_id, []).append(role)
    return StaffPage([
        Staff(pk, login, name, code or "", unit or "", works, tuple(dict.fromkeys(held.get(pk, ()))))
        for pk, login, name, code, unit, works in page[:limit]], more)


def _reached_roles(actor: Actor, ids: list[UUID]) -> QuerySet[RoleGrant]:
    rows = RoleGrant.objects.filter(not_ended(), user__in=ids)
    return narrow(rows, actor, Right.USER_READ, area="area_path", unit="user__unit__path").order_by("id")


def person(actor: Actor, user_id: UUID) -> Person:
    """One person within reach, with those of his roles that lie within reach."""
    require(actor, Right.USER_READ)
    row = people(actor, Right.USER_READ).filter(pk=user_id).values_list(
        "id", "login", "name", "unit__code", "active", "locked_until", "password").first()
    if row is None:
        raise Refusal(KernelError.NOT_FOUND)
    pk, login, name, unit_code, active, locked_until, password = row
    locked = locked_until if locked_until and locked_until > clock.now() else None
    return Person(pk, login, name, unit_code or "", active, locked, bool(password),
                  _held_roles(_reached_roles(actor, [user_id])))


@dataclass(frozen=True, slots=True)
class Post:
    """One of the three administrators' posts: logins of those who can act in it now, and of those without a password."""

    role: Role
    ready: tuple[str, ...]
    waiting: tuple[str, ...]


def administrators(actor: Actor) -> list[Post]:
    """Who holds the three posts everywhere, now: whether somebody can still sign in to each."""
    require(actor, Right.USER_READ)
    held = RoleGrant.objects.filter(not_ended(), since__lte=clock.now(), area_path="", unit=None, user__active=True)
    rows = list(held.order_by("user__login").values_list("role", "user__login", "user__password"))
    return [Post(role, tuple(login for code, login, password in rows if code == role.code and password),
                 tuple(login for code, login, password in rows if code == role.code and not password))
            for role in Role if role in ADMINISTRATORS]


def _held_roles(rows: QuerySet[RoleGrant]) -> list[HeldRole]:
    found = list(rows.values_list("id", "role", "area_code", "unit__code", "since", "until", "area_path", "unit__name"))
    names = {"": "全部区域"} | dict(ports.area_names({row[6] for row in found if row[6]}))
    return [HeldRole(pk, code, _role_zh(code), area_code, unit_code or "", since, until, code, _role_zh(code),
                     names.get(area_path, area_code), unit_name or "")
            for pk, code, area_code, unit_code, since, until, area_path, unit_name in found]


def _role_zh(code: str) -> str:
    role = Role.named(code)
    return role.zh if role else code


# --- oneself


@dataclass(frozen=True, slots=True)
class Device:
    id: UUID
    name: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Me:
    id: UUID
    login: str
    name: str
    unit_code: str
    unit_name: str
    via: str
    roles: list[HeldRole]
    rights: list[str]
    devices: list[Device]
    password_due: bool
    second_factor: str
    second_factor_at: datetime | None
    recovery_left: int


def me(actor: Actor) -> Me:
    """The actor's own profile. `rights`: what they hold now anywhere. `second_factor`: what signing in still lacks,
    '' nothing; `second_factor_at`: since when there is one.
    """
    if actor.user_id is None:
        raise Refusal(AccountError.SESSION_NEEDED)
    row = User.objects.values_list("unit__code", "unit__name", "password_at").get(pk=actor.user_id)
    now = clock.now()
    roles = RoleGrant.objects.filter(not_ended(), user=actor.user_id).order_by("id")
    devices = DeviceToken.objects.filter(user=actor.user_id, expires_at__gt=now).order_by("name")
    return Me(
        actor.user_id, actor.login, actor.name, row[0] or "", row[1] or "", actor.via, _held_roles(roles),
        sorted({right for grant in actor.grants for right in grant.rights}),
        [Device(*device) for device in devices.values_list("id", "name", "created_at", "expires_at")],
        row[2] is None or now - row[2] > PASSWORD_DUE,
        actor.factor if actor.factor in factor.PENDING else "", *(_second_factor(actor.user_id) or (None, 0)))


def _second_factor(user_id: UUID) -> tuple[datetime, int] | None:
    return SecondFactor.objects.filter(pk=user_id).annotate(left=Count("recovery")).values_list("set_at", "left").first()


@dataclass(frozen=True, slots=True)
class Inviting:
    user_id: UUID
    login: str
    name: str
    expires_at: datetime


def invitation(token: str) -> Inviting:
    """Whom a one-time link invites. Refuses unknown, used and expired ones; reading does not use it up."""
    row = Invitation.objects.filter(key_hash=digest(token), user__active=True).values_list(
        "user_id", "user__login", "user__name", "expires_at", "used_at").first()
    if row is None:
        raise Refusal(AccountError.INVITATION_UNKNOWN)
    if row[4] is not None or row[3] <= clock.now():
        raise Refusal(AccountError.INVITATION_OVER)
    return Inviting(*row[:4])


# --- watching over sign-ins


@dataclass(frozen=True, slots=True)
class Online:
    id: UUID
    login: str
    name: str
    sessions: int
    since: datetime


def online(actor: Actor, limit: int = 200) -> list[Online]:
    """People with a session now, latest first. For who may end sessions (USER_DISMISS), not for their superiors:
    how long somebody is online is counted nowhere. Not who still owes the second factor: they are not in yet.
    """
    require(actor, Right.USER_DISMISS)
    now = clock.now()
    rows = people(actor, Right.USER_DISMISS).filter(_whole_session(), active=True, sessions__expires_at__gt=now).annotate(
        count=Count("sessions"), since=Max("sessions__created_at")).order_by("-since", "login")
    return [Online(*row) for row in rows.values_list("id", "login", "name", "count", "since")[:limit]]


def _whole_session() -> Q:
    """As `factor.standing`, for a statement: a session of whom nothing more is asked."""
    asked = factor_policy()
    if asked is FactorPolicy.OFF:
        return Q()
    if asked is FactorPolicy.EVERYONE:
        return Q(sessions__shown=True)
    first = RoleGrant.objects.filter(not_ended(), since__lte=clock.now(), user=OuterRef("pk"), role__in=factor.ASKED_FIRST)
    return Q(sessions__shown=True) | Q(~Exists(first), second_factor=None)


@dataclass(frozen=True, slots=True)
class SignIn:
    """`source`: the keyed hash of the address; equal addresses have equal ones. `login`, `name`: '' if unknown."""

    position: int
    at: datetime
    verb: str
    user_id: UUID | None
    login: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class SignIns:
    """`before`: ask on from here; None when the beginning is reached."""

    items: list[SignIn]
    before: int | None


_WATCHED = {event.value for event in (*SignInEvent, UserEvent.LOCKED, UserEvent.SECOND_FACTOR_USED_RECOVERY)}
_WINDOW = 1000  # entries looked at in one go
_WINDOWS = 10   # in one answer; a longer quiet stretch is crossed by asking on


def sign_ins(actor: Actor, *, before: int | None = None, limit: int = 50) -> SignIns:
    """Sign-ins, refusals, locks and sign-outs within the auditor's reach, newest first, from the journal."""
    require(actor, Right.AUDIT_READ)
    high = journal.last_position() + 1 if before is None else before
    found: list[journal.Seen] = []
    for _ in range(_WINDOWS):
        if len(found) >= limit or high <= 1:
            break
        low = max(0, high - 1 - _WINDOW)
        window = journal.since(low, limit=high - 1 - low)
        found += [seen for seen in reversed(window) if seen.verb in _WATCHED
                  and actor.covers(Right.AUDIT_READ.value, seen.area_path)]
        high = low + 1
    more = found[limit - 1].position if len(found) > limit else (high if high > 1 else None)
    found = found[:limit]
    who = {seen.position: _person_of(seen.subject) for seen in found}
    known = {pk: (login, name) for pk, login, name in User.objects.filter(
        id__in={pk for pk in who.values() if pk}).values_list("id", "login", "name")}
    return SignIns([_sign_in(seen, who[seen.position], known) for seen in found], more)


def _person_of(subject: str) -> UUID | None:
    kind, _, rest = subject.partition(":")
    return UUID(rest) if kind == "user" else None


def _sign_in(seen: journal.Seen, user_id: UUID | None, known: dict[UUID, tuple[str, str]]) -> SignIn:
    login, name = known.get(user_id, ("", "")) if user_id else ("", "")
    return SignIn(seen.position, seen.at, seen.verb, user_id, login, name,
                  str(orjson.loads(seen.data).get("from", "")))


def forget() -> None:
    """Drop what this process remembers: after the database was put back to an earlier state."""
    global _units, _names
    _units, _names = (0, {}), (0, {})
    _grants.clear()
    forget_held()
