"""Roles follow when an area moves in the tree."""

from django.db import connection
from django.db.models import F

from jingwei.accounts.models import RoleGrant, User
from jingwei.kernel.paths import span


def follow_area(old: str, new: str) -> None:
    """Rewrite the paths of roles from `old…` to `new…`, inside the transaction of the move; caches of them end."""
    low, high = span(old)
    User.objects.filter(grants__area_path__gte=low, grants__area_path__lt=high).update(stamp=F("stamp") + 1)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {RoleGrant._meta.db_table} SET area_path = %s || substr(area_path, %s)"
            " WHERE area_path >= %s AND area_path < %s", [new, len(old) + 1, low, high])
