"""Reads of the journal by position, and the cheap question whether a cache still holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from jingwei.formats.findings import finding
from jingwei.journal import checkpoint as checkpoints
from jingwei.journal import keys, offline, tables
from jingwei.journal.defects import Remark
from jingwei.journal.errors import JournalError
from jingwei.journal.models import NOBODY, Answer, Cursor, Entry, Job, Parked, Position
from jingwei.journal.rights import JOURNAL_VERIFY, SYSTEM_MANAGE, SYSTEM_READ, need
from jingwei.journal.searching import Wanted, positions
from jingwei.journal.vault import keyed_hash, unseal, unseal_many
from jingwei.journal.verify import Book, Report, examine, trust
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

__all__ = ["JobLine", "Seen", "Wanted", "at_positions", "generations", "generations_beside", "generations_told", "history", "job_lines", "kept_answer", "keyed_hash",
           "last_position", "parked", "positions", "reader_states", "require_manager", "require_reader", "since", "unfinished", "unseal",
           "unseal_many", "verification", "verify_export", "verify_journal"]


VERIFICATION = "jingwei.journal.housekeeping.verify_all"


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
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, value FROM journal_generation")
        return dict(cursor.fetchall())


def generations_beside() -> str:
    """An expression by which a statement about something else answers them as well; its value goes to `generations_told`."""
    together = "json_object_agg(name, value)::text" if connection.vendor == "postgresql" else "json_group_object(name, value)"
    return f"(SELECT {together} FROM journal_generation)"


def generations_told(beside: str | None) -> dict[str, int]:
    return dict(orjson.loads(beside)) if beside else {}


def since(position: int, limit: int = 200, *, subject_prefix: str = "") -> list[Seen]:
    """Entries after a position, oldest first. `subject_prefix` such as 'case:' keeps one kind."""
    condition, values = "", list[int | str]([position])
    if subject_prefix:
        condition = " AND e.subject >= %s AND e.subject < %s"
        values += [subject_prefix, subject_prefix[:-1] + chr(ord(subject_prefix[-1]) + 1)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.position, e.id FROM journal_position p JOIN journal_entry e ON e.id = p.entry_id"
            f" WHERE p.position > %s{condition} ORDER BY p.position LIMIT %s", [*values, limit])
        return _seen({entry: place for place, entry in cursor.fetchall()})


def after(position: int, limit: int = 200, *, beside: tuple[str, Sequence[Any]] = ("0", ())) -> tuple[list[Seen], int, int]:
    """Entries after a position, oldest first, and the last position there is. One statement where there are none.

    `beside`: an expression with its values that the same statement answers as well, so that a poll stays one.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ends.last, ends.beside, p.position, p.entry_id"
            f" FROM (SELECT COALESCE(MAX(position), 0) AS last, {beside[0]} AS beside FROM journal_position) ends LEFT JOIN"
            " (SELECT position, entry_id FROM journal_position WHERE position > %s ORDER BY position LIMIT %s) p ON 1 = 1",
            [*beside[1], position, limit])
        rows = cursor.fetchall()
    return _seen({entry: place for _, _, place, entry in rows if entry is not None}), int(rows[0][0]), int(rows[0][1])


def at_positions(positions: Sequence[int]) -> list[Seen]:
    """The entries at these positions, oldest first."""
    return _seen(dict(Position.objects.filter(position__in=positions).values_list("entry_id", "position")))


def _seen(found: dict[int, int]) -> list[Seen]:
    """`found`: entry id → position."""
    if not found:
        return []
    rows = Entry.objects.filter(id__in=found).values_list(
        "id", "subject", "number", "verb", "actor", "via", "at", "area_path", "data")
    return sorted((Seen(found[row[0]], *row[1:]) for row in rows), key=lambda seen: seen.position)


def last_position() -> int:
    """The newest position, 0 in an empty journal."""
    return tables.last_position()


def history(subject: str) -> list[Seen]:
    """All entries of one subject, oldest first; `position` is 0 here, numbers tell the order."""
    rows = Entry.objects.filter(subject=subject).order_by("number").values_list(
        "subject", "number", "verb", "actor", "via", "at", "area_path", "data")
    return [Seen(0, *row) for row in rows]


def kept_answer(actor: Actor, key: str, fingerprint: str) -> tuple[int, bytes] | None:
    """The answer given before to this key, or None. Refuses a key that was used for another request."""
    row = Answer.objects.filter(user=actor.user_id or NOBODY, key=key).values_list("request_hash", "status", "body").first()
    if row is None:
        return None
    if row[0] != fingerprint:
        raise Refusal(JournalError.KEY_REUSED)
    return row[1], bytes(row[2])


def parked(actor: Actor, limit: int = 200) -> list[dict[str, Any]]:
    """Entries that readers could not take, oldest first: what waits, why, and after how many tries."""
    need(actor, SYSTEM_READ)
    rows = Parked.objects.order_by("position", "id").values(
        "id", "reader", "position", "subject", "tries", "error", "at")
    return [dict(row) for row in rows[:limit]]


def reader_states(actor: Actor) -> list[dict[str, Any]]:
    """Each reader with its position, how far it is behind, and what it stumbles over at the moment."""
    need(actor, SYSTEM_READ)
    last = last_position()
    rows = Cursor.objects.order_by("reader").values("reader", "position", "at", "failing", "tries", "error")
    return [{**row, "behind": last - row["position"]} for row in rows]


def require_reader(actor: Actor) -> None:
    """Refuse whoever may not read the system's state."""
    need(actor, SYSTEM_READ)


def require_manager(actor: Actor) -> None:
    """Refuse whoever may not look after the system."""
    need(actor, SYSTEM_MANAGE)


@dataclass(frozen=True, slots=True)
class JobLine:
    """`name`: room and function of the task. `at`: when it last began, or shall begin. `error`: of the last try."""

    id: UUID
    name: str
    state: str
    tries: int
    at: datetime
    error: str


def job_lines(actor: Actor, *, state: str = "", limit: int = 100) -> list[JobLine]:
    """Jobs in the background, the latest asked for first."""
    need(actor, SYSTEM_READ)
    rows = Job.objects.filter(state=state) if state else Job.objects.all()
    return [
        JobLine(pk, task.removeprefix("jingwei."), now, tries, attempted or due,
                orjson.loads(error)["told"] if error else "")
        for pk, task, now, tries, attempted, due, error in rows.order_by("-enqueued_at", "-id").values_list(
            "id", "task", "state", "tries", "attempted_at", "run_after", "error")[:limit]]


def unfinished(task: str) -> UUID | None:
    """The job of this task that waits or runs now, the oldest if there are several."""
    return Job.objects.filter(task=task, state__in=("ready", "running")).order_by("enqueued_at").values_list(
        "id", flat=True).first()


def verify_journal(checkpoint: Path | None = None) -> Report:
    """Examine the whole journal in the database, as of one moment. `checkpoint`: a checkpoint file kept elsewhere."""
    book, public = Book(), _public_key()
    marks = []
    if checkpoint is not None:
        marks.append(trust(checkpoints.read_file(checkpoint), public, book, outside=True))
    with tables.one_view():
        own = tables.checkpoints()
        marks += [trust(signed, public, book) for signed in own]
        if own and public is None:
            book.remarks.append(finding(Remark.UNSIGNED, count=len(own)))
        return examine(tables.Tables(), [mark for mark in marks if mark], book)


def verify_export(path: Path, checkpoint: Path | None = None) -> Report:
    """Examine an export file; with this home's public key if it has one, needs no database."""
    return offline.verify_export(path, checkpoint, _public_key())


def _public_key() -> bytes | None:
    try:
        return keys.public_key()
    except Refusal as refusal:
        if refusal.reason is not JournalError.KEYS_MISSING:
            raise
        return None


def verification(actor: Actor, job_id: UUID) -> dict[str, Any]:
    """What became of a verification in the background: `state`, and the `report` once it is done."""
    need(actor, JOURNAL_VERIFY)
    job = Job.objects.filter(id=job_id, task=VERIFICATION).values("state", "result").first()
    if job is None:
        raise Refusal(JournalError.JOB_UNKNOWN)
    return {"state": job["state"], "report": orjson.loads(job["result"]) if job["result"] else None}
