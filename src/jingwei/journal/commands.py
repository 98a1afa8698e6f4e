"""The way into the journal: one entry beside each write, in the same transaction."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson
from django.db import DatabaseError, IntegrityError, connection, transaction

from jingwei.journal import chain, checkpoint, export, jobs, keys, queries, readers, tables
from jingwei.journal.checkpoint import Signed
from jingwei.journal.errors import JournalError
from jingwei.journal.events import JournalEvent
from jingwei.journal.faults import passing
from jingwei.journal.models import NOBODY, Answer, Checkpoint, Entry, Head, Parked
from jingwei.journal.rights import JOURNAL_EXPORT, JOURNAL_VERIFY, SYSTEM_MANAGE, need
from jingwei.journal.vault import forget, seal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words

__all__ = ["Tail", "answer_once", "bump", "export_journal", "export_keys", "forget", "hold", "keep_answer", "make_checkpoint",
           "number_entries", "record", "record_new", "release", "request_hash", "seal", "verify", "write_checkpoint_file"]

AT_ONCE = 20_000  # entries that are verified while the caller waits, about a second
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
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a subject is held inside the transaction of the write")
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number, hash FROM journal_head WHERE subject = %s{lock}", [subject])
        row = cursor.fetchone()
    return Tail(subject, *row) if row else Tail(subject)


def record(actor: Actor, tail: Tail, verb: Any, data: dict[str, Any], *, area_path: str = "") -> Tail:
    """Append one entry after `tail` and return the new tail. Must run inside the transaction of the write.

    `verb`: a member of the room's `events` enum. `data`: JSON-able, no personal values in clear.
    Raises `journal.overtaken` if somebody else appended first, `journal.unrecorded` if the entry cannot be stored;
    either way the whole transaction is void, even if somebody catches the refusal.
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
    except (DatabaseError, Refusal) as error:
        transaction.set_rollback(True)
        if isinstance(error, Refusal) or passing(error):
            raise
        raise Refusal(JournalError.OVERTAKEN if _is_fork(error) else JournalError.UNRECORDED) from error
    return new


def _is_fork(error: DatabaseError) -> bool:
    """Whether the subject already has an entry of this number, or its head was made by somebody else."""
    if not isinstance(error, IntegrityError):
        return False
    constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or str(error)
    return any(name in constraint for name in ("journal_entry_no_fork", "journal_entry.number", "journal_head"))


def _append_postgresql(link: chain.Link, actor: Actor, new: Tail) -> None:
    row: list[Any] = [link.subject, link.number, link.verb, actor.user_id, link.via, link.at, link.area_path, link.data,
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
    elif not Head.objects.filter(subject=new.subject, number=new.number - 1).update(
            number=new.number, hash=new.hash):
        raise Refusal(JournalError.OVERTAKEN)
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
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM journal_unnumbered LIMIT 1")
        if cursor.fetchone() is None:
            return 0
    with transaction.atomic(), connection.cursor() as cursor:
        lock = "SELECT name FROM journal_lock WHERE name = 'numbering' FOR UPDATE"
        cursor.execute(lock)
        if cursor.fetchone() is None:
            cursor.execute("INSERT INTO journal_lock (name) VALUES ('numbering') ON CONFLICT DO NOTHING")
            cursor.execute(lock)
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
    field: Any = Answer._meta.get_field
    user = field("user").get_db_prep_value(actor.user_id or NOBODY, connection)
    at = field("at").get_db_prep_value(clock.now(), connection)
    with connection.cursor() as cursor:
        cursor.execute('INSERT INTO journal_answer ("user", key, request_hash, status, body, at)'
                       " VALUES (%s,%s,%s,%s,%s,%s)", [user, key, fingerprint, status, body, at])


def answer_once(actor: Actor, key: str | None, fingerprint: str, status: int,
                effect: Callable[[], bytes]) -> tuple[int, bytes]:
    """Run `effect` in a transaction that also keeps its answer; the same key again gives the kept status and body.

    The first run costs one statement more. A repeat fails on what it would do twice (or on the kept key itself),
    is rolled back, and is answered from what was kept. Refusals are not kept: after a refusal the key is free.
    """
    if key is None:
        with transaction.atomic():
            return status, effect()
    if not 8 <= len(key) <= 80 or not all("!" <= sign <= "~" for sign in key):
        raise Refusal(JournalError.KEY_MALFORMED)
    try:
        with transaction.atomic():
            body = effect()
            keep_answer(actor, key, fingerprint, status, body)
    except (Refusal, IntegrityError):
        kept = queries.kept_answer(actor, key, fingerprint)
        if kept is None:
            raise
        return kept
    return status, body


def make_checkpoint(*, anew: bool = False) -> Signed:
    """Sign what the journal holds now: the root of the last checkpoint, folded on over the positions since.

    Costs the new entries only, and never vouches for a changed past: the old part enters as it was signed. Refuses
    with `journal.checkpoint_refused` where the last checkpoint is not rightly signed or entries are gone. `anew`:
    fold from the first position, for a home that got a new key. No new position: the last checkpoint again.
    """
    while number_entries():
        pass
    key = keys.signing_key()
    last = _last_checkpoint() if not anew else None
    position, root = (last.position, last.root) if last else (0, chain.GENESIS)
    for place, digest in tables.hashes_after(position):
        if place != position + 1 or digest is None:
            raise Refusal(JournalError.CHECKPOINT_REFUSED, position=position + 1, why=Words("这一条不见了", "the entry is gone", "entry"))
        position, root = place, chain.fold_root(root, digest)
    if last and last.position == position:
        return last
    signed = checkpoint.sign(key, position, root, clock.now())
    row = {name: getattr(signed, name) for name in ("count", "root", "at", "key_id", "signature")}
    with transaction.atomic():
        if anew:
            Checkpoint.objects.all().delete()
        Checkpoint.objects.bulk_create([Checkpoint(position=position, **row)], ignore_conflicts=True)
    return signed


def _last_checkpoint() -> Signed | None:
    signed = tables.last_checkpoint()
    if signed is None:
        return None
    public = keys.public_key()
    if signed.key_id != checkpoint.id_of(public) or not checkpoint.is_signed_by(public, signed):
        raise Refusal(JournalError.CHECKPOINT_REFUSED, position=signed.position, why=Words("检查点的签名不对", "the signature of the checkpoint is wrong", "signature"))
    if signed.position > tables.last_position():
        raise Refusal(JournalError.CHECKPOINT_REFUSED, position=signed.position, why=Words("日志比检查点短", "the journal is shorter than the checkpoint", "shorter"))
    return checkpoint.with_key(signed, public)


def verify(actor: Actor) -> dict[str, Any]:
    """Examine the journal: at once if it is small, else in the background. `state`, `job`, `report` (None: later)."""
    need(actor, JOURNAL_VERIFY)
    if tables.last_position() <= AT_ONCE:
        return {"state": "done", "job": None, "report": queries.verify_journal().as_dict()}
    with transaction.atomic(savepoint=False):
        job = jobs.enqueue(queries.VERIFICATION, [], {})
        record(actor, hold("journal:verifications"), JournalEvent.VERIFY_ASKED, {"job": str(job)})
    return {"state": "ready", "job": job, "report": None}


def write_checkpoint_file(path: Path) -> Signed:
    """Sign a checkpoint and write it to a new file, to be kept away from this machine."""
    signed = make_checkpoint()
    checkpoint.write_file(path, signed)
    return signed


def export_journal(actor: Actor, path: Path) -> dict[str, int]:
    """Write the whole journal to a new file (`.gz` packs it) and record that; returns the counts of lines.

    The file carries a fresh checkpoint, so that all of it is covered. A journal that cannot be signed any more, or a
    home without keys, is exported all the same, with the last checkpoint there is: it is then that one is needed.
    """
    need(actor, JOURNAL_EXPORT)
    with suppress(Refusal):
        make_checkpoint()
    counts = export.export_journal(path)
    try:
        with transaction.atomic():
            record(actor, hold("journal:exports"), JournalEvent.EXPORTED, counts)
    except BaseException:
        path.unlink(missing_ok=True)  # nothing leaves the house without its entry
        raise
    return counts


def export_keys(actor: Actor, path: Path, passphrase: str) -> None:
    """Write the home's keys to a new file under a passphrase, and record that."""
    need(actor, SYSTEM_MANAGE)
    keys.export_keys(path, passphrase)
    try:
        with transaction.atomic():
            record(actor, hold("journal:keys"), JournalEvent.KEYS_EXPORTED, {"key_id": keys.key_id()})
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def release(actor: Actor, parked_id: int, *, skip: bool = False) -> dict[str, Any]:
    """Run the parked entries of this one's subject again, oldest first, up to the first that fails once more.

    `skip`: give the oldest up instead. Returns `released`, `left` and the `error` that stopped it, all recorded.
    """
    need(actor, SYSTEM_MANAGE)
    with transaction.atomic(savepoint=False):
        row = Parked.objects.filter(id=parked_id).values("reader", "subject", "position").first()
        if row is None:
            raise Refusal(KernelError.NOT_FOUND)
        tail = hold(f"reader:{row['reader']}")
        outcome = asdict(readers.release(row["reader"], row["subject"], skip=skip))
        verb = JournalEvent.PARKED_SKIPPED if skip else JournalEvent.PARKED_RELEASED
        record(actor, tail, verb, {**row, **outcome})
    return outcome
