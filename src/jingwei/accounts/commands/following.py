"""Roles follow when areas move in the tree."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from django.db import connection
from django.db.models import F

from jingwei.accounts.models import RoleGrant, User
from jingwei.kernel.paths import span


def follow_areas(moves: Sequence[tuple[str, str]]) -> None:
    """Rewrite the paths of roles, each from `old…` to `new…`, inside the transaction of the moves; caches of them end.

    Whole plans move areas by the thousand, over few of which anybody has a role: those without are passed over.
    """
    held = sorted(RoleGrant.objects.exclude(area_path="").values_list("area_path", flat=True).distinct())
    for old, new in moves:
        low, high = span(old)
        if bisect_left(held, low) < bisect_right(held, high):
            _follow(old, new, low, high)


def _follow(old: str, new: str, low: str, high: str) -> None:
    User.objects.filter(grants__area_path__gte=low, grants__area_path__lt=high).update(stamp=F("stamp") + 1)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {RoleGrant._meta.db_table} SET area_path = %s || substr(area_path, %s)"
            " WHERE area_path >= %s AND area_path < %s", [new, len(old) + 1, low, high])
