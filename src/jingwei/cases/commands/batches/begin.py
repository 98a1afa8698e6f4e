"""A table begins to be filed, or is stopped. Its rows wait sealed until they are; what is wrong is left out."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction

from jingwei.cases.batch_errors import BatchError
from jingwei.cases.commands.batches.examine import Ready, look
from jingwei.cases.commands.batches.filing import end
from jingwei.cases.events import BatchEvent
from jingwei.cases.models import Batch, BatchPart
from jingwei.cases.words import checked, without_numbers
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import client_id

PART = 200
_NAME_MOST = 120


def begin_batch(actor: Actor, batch_id: UUID, data: bytes, *, name: str = "", channel: str = "hotline", anew: bool = False) -> UUID:
    """File the right rows of a table in the background. The same id with the same file again is the same deed."""
    from jingwei.cases.jobs import file_rows

    client_id(batch_id)
    found = look(actor, data, channel=channel, anew=anew)
    if actor.user_id is None:
        raise Refusal(KernelError.NOT_FOUND)
    known = Batch.objects.filter(id=batch_id).values_list("by", "file_hash").first()
    if known is not None:
        if known != (actor.user_id, found.file_hash):
            raise Refusal(BatchError.OTHER_FILE)
        return batch_id
    running = Batch.objects.filter(by=actor.user_id, state="running").first()
    if running is not None:
        raise Refusal(BatchError.RUNNING, name=running.name, done=running.cursor, rows=running.rows)
    if not found.ready:
        raise Refusal(BatchError.NOTHING_TO_FILE, bad=found.bad, there=found.there + found.same_before)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(f"batch:{batch_id}")
        batch = Batch.objects.create(
            id=batch_id, by=actor.user_id, at=clock.now(), name=without_numbers(checked(name[:_NAME_MOST], "名称", _NAME_MOST), {})[:_NAME_MOST],
            file_hash=found.file_hash, state="running", rows=len(found.ready), bad=found.bad, there=found.there + found.same_before)
        BatchPart.objects.bulk_create([BatchPart(
            batch=batch, first=first, sealed=journal.seal(f"batch:{batch_id}", {"rows": [kept(each) for each in found.ready[first:first + PART]]}))
            for first in range(0, len(found.ready), PART)])
        journal.record(actor, tail, BatchEvent.BEGUN, {
            "rows": batch.rows, "bad": batch.bad, "there": batch.there, "channel": channel, "file": found.file_hash})
        file_rows.enqueue(str(batch_id))
    return batch_id


def stop_batch(actor: Actor, batch_id: UUID) -> None:
    """File no more of it. What is filed stays; the same file sent again goes on with the rest."""
    batch = Batch.objects.filter(id=batch_id, by=actor.user_id).first() if actor.user_id else None
    if batch is None:
        raise Refusal(KernelError.NOT_FOUND)
    with transaction.atomic(savepoint=False):
        if not end(actor, batch_id, "stopped"):
            raise Refusal(BatchError.NOT_RUNNING)


def kept(row: Ready) -> dict[str, Any]:
    """The row as it is sealed."""
    told = asdict(row.told)
    found_at = row.told.found_at
    return {"number": row.number, "lon": row.lon, "lat": row.lat, "class": row.class_code, "digest": row.digest,
            "told": {**told, "found_at": found_at.isoformat() if found_at else None}}
