"""Reads of the journal by position, and the cheap question whether a cache still holds."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from jingwei.journal.errors import JournalError
from jingwei.journal.models import Answer, Entry, Generation
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry with its position. `data` is the stored JSON text."""

    position: int
    subject: str
    number: int
    verb: str
    actor: UUID | None
    via: str
    at: datetime
    area_path: str
    data: str


def generations() -> dict[str, int]:
    """Every generation by name, in one statement. Absent means 1."""
    return dict(Generation.objects.values_list("name", "value"))


def since(position: int, limit: int = 200, *, subject_prefix: str = "") -> list[Seen]:
    """Entries after a position, oldest first. `subject_prefix` such as 'case:' keeps one kind."""
    condition, values = "", [position]
    if subject_prefix:
        condition = " AND e.subject >= %s AND e.subject < %s"
        values += [subject_prefix, subject_prefix[:-1] + chr(ord(subject_prefix[-1]) + 1)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.position, e.id FROM journal_position p JOIN journal_entry e ON e.id = p.entry_id"
            f" WHERE p.position > %s{condition} ORDER BY p.position LIMIT %s", [*values, limit])
        found = dict((entry, place) for place, entry in cursor.fetchall())
    if not found:
        return []
    rows = Entry.objects.filter(id__in=found).values_list(
        "id", "subject", "number", "verb", "actor", "via", "at", "area_path", "data")
    return sorted((Seen(found[row[0]], *row[1:]) for row in rows), key=lambda seen: seen.position)


def last_position() -> int:
    """The newest position, 0 in an empty journal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(position), 0) FROM journal_position")
        return int(cursor.fetchone()[0])


def history(subject: str) -> list[Seen]:
    """All entries of one subject, oldest first; `position` is 0 here, numbers tell the order."""
    rows = Entry.objects.filter(subject=subject).order_by("number").values_list(
        "subject", "number", "verb", "actor", "via", "at", "area_path", "data")
    return [Seen(0, *row) for row in rows]


def kept_answer(actor: Actor, key: str, fingerprint: str) -> tuple[int, bytes] | None:
    """The answer given before to this key, or None. Refuses a key that was used for another request."""
    row = Answer.objects.filter(user=actor.user_id, key=key).values_list("request_hash", "status", "body").first()
    if row is None:
        return None
    if row[0] != fingerprint:
        raise Refusal(JournalError.KEY_REUSED)
    return row[1], bytes(row[2])
