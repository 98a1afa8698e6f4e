"""The filing itself: row by row by the command of every report, in short transactions that each commit with how far they came.

Killed at any point it goes on where it was; a row that was filed is known by its file and number and is not filed again.
"""

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from jingwei.accounts import queries as accounts
from jingwei.cases.batch_errors import BatchError
from jingwei.cases.batch_table import Told
from jingwei.cases.commands.batches.examine import key_of, report_of
from jingwei.cases.commands.report import report
from jingwei.cases.events import BatchEvent
from jingwei.cases.models import Batch, BatchPart, BatchRow
from jingwei.journal import commands as journal
from jingwei.journal import queries as journaled
from jingwei.journal.errors import JournalError
from jingwei.journal.ports import fence
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Kind, Refusal

SECONDS = 0.15  # after which a transaction commits: others report meanwhile
PAUSE = 0.1     # between two on SQLite, where one that waits looks again only every so often
_PASSING = (Kind.BUSY, Kind.FULL, Kind.TOO_MANY)
_NOBODY = Actor(None, "cases.batches", via="job")


class _Overtaken(Exception):
    """It was stopped, or another worker went on with it: nothing of this transaction counts."""


def run_batch(batch_id: UUID, *, seconds: float | None = None) -> bool:
    """Go on with a table until it is done, or for so long. Returns whether nothing is left to do."""
    until = time.monotonic() + seconds if seconds is not None else None
    while True:
        batch = Batch.objects.filter(id=batch_id).first()
        if batch is None or batch.state != "running":
            return True
        actor = _actor(batch.by)
        if actor is None or batch.cursor >= batch.rows:
            with transaction.atomic():
                end(_NOBODY, batch_id, "done" if actor else "stopped", why="" if actor else "上传的人已经停用，余下的没有登记")
                fence()
            return True
        if not _some(batch, actor, until):
            return False


def end(actor: Actor, batch_id: UUID, state: str, *, why: str = "") -> bool:
    """Close it, in the caller's transaction. The rows that waited are gone for good. False: it was closed already."""
    tail = journal.hold(f"batch:{batch_id}")
    if not Batch.objects.filter(id=batch_id, state="running").update(state=state, why=why, ended_at=clock.now()):
        return False
    BatchPart.objects.filter(batch_id=batch_id).delete()
    journal.forget(f"batch:{batch_id}")
    told = Batch.objects.filter(id=batch_id).values("filed", "refused", "rows", "cursor").get()
    journal.record(actor, tail, BatchEvent.DONE if state == "done" else BatchEvent.STOPPED, dict(told))
    return True


def _actor(user_id: UUID) -> Actor | None:
    """Whoever sent the table, with what they may do now; None once they are dismissed."""
    if user_id not in accounts.active_people([user_id]):
        return None
    return Actor(user_id, "cases.batches", accounts.grants_of(user_id), via="job")


def _some(batch: Batch, actor: Actor, until: float | None) -> bool:
    """File what waits in one part. False: time is up."""
    part = BatchPart.objects.filter(batch=batch, first__lte=batch.cursor).order_by("-first").first()
    if part is None:  # ended meanwhile
        return True
    rows = journaled.unseal(f"batch:{batch.id}", bytes(part.sealed))["rows"][batch.cursor - part.first:]
    done = 0
    while done < len(rows):
        try:
            done += _together(batch, actor, rows[done:], batch.cursor + done)
        except _Overtaken:
            return True
        if until is not None and time.monotonic() > until:
            return False
        if connection.vendor == "sqlite":
            time.sleep(PAUSE)
    return True


def _together(batch: Batch, actor: Actor, rows: Sequence[dict[str, Any]], cursor: int) -> int:
    """One transaction: as many rows as its time takes, and how far that is. Returns how many."""
    begun = time.monotonic()
    taken = filed = 0
    with transaction.atomic():
        for row in rows:
            filed += _one(batch, actor, row)
            taken += 1
            if time.monotonic() - begun > SECONDS:
                break
        if not Batch.objects.filter(id=batch.id, state="running", cursor=cursor).update(
                cursor=F("cursor") + taken, filed=F("filed") + filed, refused=F("refused") + taken - filed):
            raise _Overtaken
        fence()
    return taken


def _one(batch: Batch, actor: Actor, row: dict[str, Any]) -> bool:
    """Whether the row became a case; if not, why stands beside it."""
    now, number = clock.now(), int(row["number"])
    told = dict(row["told"])
    told["found_at"] = datetime.fromisoformat(told["found_at"]) if told["found_at"] else None
    try:
        with transaction.atomic():  # a row that is refused leaves nothing behind
            taken = report(actor, report_of(Told(**told), row["lon"], row["lat"], row["class"]))
            BatchRow.objects.create(batch=batch, number=number, case_id=taken.id, key=key_of(batch.file_hash, number),
                                    digest=row["digest"], at=now)
            return True
    except Refusal as refusal:
        if refusal.reason.kind in _PASSING or isinstance(refusal.reason, JournalError):
            raise  # no fault of the row: the job is tried again
        why = refusal
    except IntegrityError:
        if not BatchRow.objects.filter(key=key_of(batch.file_hash, number)).exists():
            raise
        why = Refusal(BatchError.THERE_ALREADY)
    BatchRow.objects.create(batch=batch, number=number, code=why.reason.code, why=why.text()[:400], at=now)
    return False
