"""A person's own messages, and the number on the bell."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from jingwei.kernel.actor import Actor
from jingwei.notices.models import Message

MOST_COUNTED = 100  # the bell shows 99+
PAGE = 30
NOBODY = UUID(int=0)  # the operator at the keyboard has no list
UNREAD = (
    f"(SELECT COUNT(*) FROM (SELECT 1 AS one FROM notices_message WHERE \"user\" = %s AND read_at IS NULL"
    f" LIMIT {MOST_COUNTED}) unread)")


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    kind: str
    subject: str
    title: str
    body: str
    link: str
    urgent: bool
    made_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Messages:
    """`next`: pass it as `after`; None at the end."""

    items: list[Line]
    unread: int
    next: int | None


def messages(actor: Actor, *, after: int | None = None, unread: bool = False, limit: int = PAGE) -> Messages:
    """One's own, the newest first. Two statements."""
    rows = Message.objects.filter(user=actor.user_id or NOBODY)
    if unread:
        rows = rows.filter(read_at=None)
    if after is not None:
        rows = rows.filter(id__lt=after)
    found = [Line(*row) for row in rows.order_by("-id").values_list(*Line.__dataclass_fields__)[:limit + 1]]
    more = found[limit - 1].id if len(found) > limit else None
    return Messages(found[:limit], unread_count(actor), more)


def unread_count(actor: Actor) -> int:
    """How many wait to be read, counted up to a hundred."""
    statement, values = counting_unread(actor)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {statement}", values)
        return int(cursor.fetchone()[0])


def counting_unread(actor: Actor) -> tuple[str, list[Any]]:
    """The same as an expression, for a statement that asks something else as well."""
    user = actor.user_id
    return UNREAD, [user if connection.vendor == "postgresql" or user is None else user.hex]
