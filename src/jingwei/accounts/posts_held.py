"""Who holds a post towards a place and a unit now: for those who are to be told that something waits for that post."""

import time
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from jingwei.accounts.models import RoleGrant
from jingwei.accounts.reachable import not_ended
from jingwei.kernel import clock

_FOR = 20.0  # seconds: whoever is given a post is told of what comes after so long

_Held = dict[tuple[str, str], list[tuple[UUID, str | None]]]  # (role, area path) → people and the unit that ties them
_kept: tuple[float, _Held] = (0.0, {})


def holding(roles: Iterable[str], area_path: str, unit_path: str = "") -> set[UUID]:
    """The people who hold one of these posts towards a thing at this place, held by this unit ('' by none).

    One statement in twenty seconds, for all places together.
    """
    places = _above(area_path)
    found: set[UUID] = set()
    for role in roles:
        for place in places:
            found.update(user for user, tie in _held().get((role, place), ())
                         if tie is None or (unit_path != "" and unit_path.startswith(tie)))
    return found


def posted_within(area_path: str, roles: Iterable[str]) -> set[UUID]:
    """The people who hold one of these posts at this place or at one below it ('' is everywhere). No statement beside that of `holding`."""
    wanted = frozenset(roles)
    return {user for (role, place), posts in _held().items() if role in wanted and place.startswith(area_path) for user, _ in posts}


def forget_held() -> None:
    """Read the posts anew at the next question."""
    global _kept
    _kept = (0.0, {})


def _above(path: str) -> list[str]:
    parts = path.rstrip("/").split("/") if path else []
    return ["", *("".join(f"{part}/" for part in parts[:depth]) for depth in range(1, len(parts) + 1))]


def _held() -> _Held:
    global _kept
    if _kept[0] <= time.monotonic():
        now = clock.now()
        rows = RoleGrant.objects.filter(not_ended(), Q(since__lte=now), user__active=True).values_list(
            "role", "area_path", "user_id", "unit__path")
        held: _Held = defaultdict(list)
        for role, area, user, tie in rows:
            held[role, area].append((user, tie))
        _kept = (time.monotonic() + _FOR, dict(held))
    return _kept[1]
