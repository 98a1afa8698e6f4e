"""Who is asking, and what they may reach."""

import hashlib
import time
from uuid import UUID

from django.db.models import Q

from jingwei.accounts.models import DeviceToken, RoleGrant, Session, Unit
from jingwei.accounts.rights import OPERATOR_RIGHTS, RIGHTS_OF, Right, Role
from jingwei.accounts.scope import narrow, reach
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor, Grant

__all__ = ["Right", "Role", "actor_of_session", "actor_of_token", "grants_of", "narrow", "operator", "reach",
           "unit_by_code", "unit_paths"]

_GRANTS_FOR = 60.0  # seconds: a grant that begins or ends by date is noticed within this time
_grants: dict[UUID, tuple[int, float, tuple[Grant, ...]]] = {}

_SIGNED_IN = ("user_id", "user__login", "user__stamp", "user__unit_id", "user__name")


def digest(secret: str) -> str:
    """How session keys, tokens and one-time links are kept: SHA-256 of 32 random bytes needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def operator() -> Actor:
    """Whoever sits at the server's own keyboard."""
    return Actor(None, "operator", (Grant("operator", "", OPERATOR_RIGHTS),), via="cli")


def actor_of_session(key: str) -> Actor | None:
    """The person behind a session cookie, or None. One statement while the grants are cached."""
    row = Session.objects.filter(key_hash=digest(key), expires_at__gt=clock.now(), user__active=True).values_list(
        *_SIGNED_IN).first()
    return _actor(row, "session")


def actor_of_token(token: str) -> Actor | None:
    """The person behind a device token, or None. One statement while the grants are cached."""
    row = DeviceToken.objects.filter(key_hash=digest(token), expires_at__gt=clock.now(), user__active=True).values_list(
        *_SIGNED_IN).first()
    return _actor(row, "token")


def _actor(row: tuple | None, via: str) -> Actor | None:
    if row is None:
        return None
    user_id, login, stamp, unit_id, name = row
    return Actor(user_id, login, _cached_grants(user_id, stamp), via=via, unit_id=unit_id, name=name)


def _cached_grants(user_id: UUID, stamp: int) -> tuple[Grant, ...]:
    kept = _grants.get(user_id)
    if kept and kept[0] == stamp and kept[1] > time.monotonic():
        return kept[2]
    if len(_grants) > 10_000:
        _grants.clear()
    grants = grants_of(user_id)
    _grants[user_id] = (stamp, time.monotonic() + _GRANTS_FOR, grants)
    return grants


def grants_of(user_id: UUID) -> tuple[Grant, ...]:
    """The grants in force now, read from the tables."""
    now = clock.now()
    rows = RoleGrant.objects.filter(
        Q(until=None) | Q(until__gt=now), user_id=user_id, since__lte=now,
    ).order_by("id").values_list("role", "area_path", "unit__path")
    return tuple(
        Grant(code, area_path, frozenset(right.value for right in RIGHTS_OF[role]), unit_path)
        for code, area_path, unit_path in rows if (role := Role.named(code)))


def unit_by_code(code: str) -> Unit | None:
    """The unit with this code, active or not."""
    return Unit.objects.filter(code=code).first()


def unit_paths(ids: set[int]) -> dict[int, str]:
    """Paths of units by id."""
    return {pk: path or "" for pk, path in Unit.objects.filter(id__in=ids).values_list("id", "path")}
