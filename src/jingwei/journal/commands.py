"""The way into the journal: one entry beside each write, in the same transaction."""

import hashlib
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import IntegrityError, connection, transaction

from jingwei.journal import chain
from jingwei.journal.errors import JournalError
from jingwei.journal.models import Answer, Entry, Head
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

_COLUMNS = "subject, number, verb, actor, via, at, area_path, data, previous, hash"

_APPEND_POSTGRESQL = f"""
WITH entry AS (INSERT INTO journal_entry ({_COLUMNS}) VALUES (%s,%s,%s,%s,%s,%s,%s,%s,%s,%s) RETURNING id),
     waiting AS (INSERT INTO journal_unnumbered (entry_id) SELECT id FROM entry)
INSERT INTO journal_head (subject, number, hash) VALUES (%s,%s,%s)
ON CONFLICT (subject) DO UPDATE SET number = excluded.number, hash = excluded.hash
WHERE journal_head.number = excluded.number - 1
RETURNING (SELECT id FROM entry)
"""


@dataclass(frozen=True, slots=True)
class Tail:
    """The last link of a subject, read under its lock. A new subject starts at number 0."""

    subject: str
    number: int = 0
    hash: str = chain.GENESIS


def hold(subject: str) -> Tail:
    """Lock the subject until the transaction ends and read its last link. One statement."""
    row = Head.objects.select_for_update().filter(subject=subject).values_list("number", "hash").first()
    return Tail(subject, *row) if row else Tail(subject)


def record(actor: Actor, tail: Tail, verb: Any, data: dict[str, Any], *, area_path: str = "") -> Tail:
    """Append one entry after `tail` and return the new tail. Must run inside the transaction of the write.

    `verb`: a member of the room's `events` enum. `data`: JSON-able, no personal values in clear.
    Raises `journal.overtaken` if somebody else appended first; then the whole transaction is void.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a journal entry is written in the transaction of what it tells")
    text = orjson.dumps(data, option=orjson.OPT_SORT_KEYS).decode()
    at = clock.now()
    link = chain.Link(
        subject=tail.subject, number=tail.number + 1, verb=verb.value,
        actor=str(actor.user_id or ""), via=actor.via, at=at, area_path=area_path, data=text, previous=tail.hash,
    )
    new = Tail(tail.subject, link.number, chain.link_hash(link))
    try:
        (_append_postgresql if connection.vendor == "postgresql" else _append_sqlite)(link, actor, new)
    except IntegrityError as error:
        raise Refusal(JournalError.OVERTAKEN) from error
    return new


def _append_postgresql(link: chain.Link, actor: Actor, new: Tail) -> None:
    row = [link.subject, link.number, link.verb, actor.user_id, link.via, link.at, link.area_path, link.data,
           link.previous, new.hash]
    with connection.cursor() as cursor:
        cursor.execute(_APPEND_POSTGRESQL, [*row, new.subject, new.number, new.hash])
        if cursor.fetchone() is None:
            raise Refusal(JournalError.OVERTAKEN)


def _append_sqlite(link: chain.Link, actor: Actor, new: Tail) -> None:
    """SQLite has one writer at a time, so the writer numbers its own entry."""
    entry = Entry.objects.create(
        subject=link.subject, number=link.number, verb=link.verb, actor=actor.user_id, via=link.via, at=link.at,
        area_path=link.area_path, data=link.data, previous=link.previous, hash=new.hash,
    )
    if link.number == 1:
        Head.objects.create(subject=new.subject, number=1, hash=new.hash)
    else:
        Head.objects.filter(subject=new.subject).update(number=new.number, hash=new.hash)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_position (position, entry_id) "
            "SELECT COALESCE(MAX(position), 0) + 1, %s FROM journal_position", [entry.id])


def record_new(actor: Actor, subject: str, verb: Any, data: dict[str, Any], *, area_path: str = "") -> Tail:
    """`hold` and `record` in one go, for subjects that nobody holds yet."""
    return record(actor, hold(subject), verb, data, area_path=area_path)


def number_entries(limit: int = 5000) -> int:
    """Give committed entries their positions, in one statement under one lock. Returns how many.

    Needed on PostgreSQL only; whoever calls it, the row lock lets one in at a time.
    """
    if connection.vendor != "postgresql":
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM journal_lock WHERE name = 'numbering' FOR UPDATE")
        if cursor.fetchone() is None:
            cursor.execute("INSERT INTO journal_lock (name) VALUES ('numbering') ON CONFLICT DO NOTHING")
        cursor.execute(
            "WITH gone AS (DELETE FROM journal_unnumbered WHERE entry_id IN"
            " (SELECT entry_id FROM journal_unnumbered ORDER BY entry_id LIMIT %s) RETURNING entry_id)"
            " INSERT INTO journal_position (position, entry_id)"
            " SELECT (SELECT COALESCE(MAX(position), 0) FROM journal_position) + row_number() OVER (ORDER BY entry_id),"
            " entry_id FROM gone", [limit])
        return int(cursor.rowcount)


def bump(name: str) -> None:
    """Raise a generation: every process drops what it cached under `name` before its next use."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_generation (name, value) VALUES (%s, 2) "
            "ON CONFLICT (name) DO UPDATE SET value = journal_generation.value + 1", [name])


def request_hash(method: str, path: str, body: bytes) -> str:
    """What makes two requests the same: method, path with query, body."""
    return hashlib.sha256(b"\x1f".join((method.encode(), path.encode(), body))).hexdigest()


def keep_answer(actor: Actor, key: str, fingerprint: str, status: int, body: bytes) -> None:
    """Keep the answer in the transaction of the effect. A second copy of the request fails here and rolls back."""
    Answer.objects.create(user=actor.user_id, key=key, request_hash=fingerprint, status=status, body=body,
                          at=clock.now())


