"""Written by the room that owns the due thing, in that room's own transaction."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from jingwei.kernel.paths import span
from jingwei.worklist.models import Item

_PUT = (
    "INSERT INTO worklist_item (subject, kind, area_path, unit_path, person, due_at, since, place, posts, urged)"
    " VALUES (%s,%s,%s,%s,%s,%s,%s,%s,%s,%s) ON CONFLICT (subject) DO UPDATE SET kind = excluded.kind,"
    " area_path = excluded.area_path, unit_path = excluded.unit_path, person = excluded.person,"
    " due_at = excluded.due_at, since = excluded.since, place = excluded.place, posts = excluded.posts,"
    " urged = excluded.urged"
)


def put(subject: str, kind: str, *, area_path: str, unit_path: str = "", person: UUID | None = None,
        due_at: datetime | None, since: datetime, place: str = "",
        posts: Iterable[str] = (), urged: bool = False) -> None:
    """Say what is due next on a subject; replaces what was due on it before. One statement.

    `kind` names the next deed; `due_at` None means that no clock runs; `posts`: who of those in reach has to act.
    `urged`: it stands before everything else on their list.
    """
    adapt = connection.ops.adapt_datetimefield_value
    whom = person if connection.vendor == "postgresql" else person and person.hex
    with connection.cursor() as cursor:
        cursor.execute(_PUT, [subject, kind, area_path, unit_path, whom, adapt(due_at), adapt(since), place,
                              "".join(f"|{post}" for post in sorted(posts)) + "|", urged])


def drop(subject: str) -> None:
    """Nothing is due on this subject any more."""
    Item.objects.filter(subject=subject).delete()


def move(column: str, old: str, new: str) -> None:
    """Rewrite kept paths from `old…` to `new…`. `column`: area_path or unit_path. One statement."""
    if column not in ("area_path", "unit_path"):
        raise ValueError(column)
    low, high = span(old)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE worklist_item SET {column} = %s || substr({column}, %s) WHERE {column} >= %s AND {column} < %s",
            [new, len(old) + 1, low, high])
