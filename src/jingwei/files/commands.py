"""Adding files and discarding those that nobody refers to."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.files import keys, names, ports, sealing, storage
from jingwei.files.content import LARGEST, Content, Readable, examine
from jingwei.files.errors import FileError
from jingwei.files.events import FileEvent
from jingwei.files.evidence import seal_evidence, subject_of
from jingwei.files.models import StoredFile
from jingwei.files.queries import COLUMNS, FileRow
from jingwei.journal import commands as journal
from jingwei.journal import vault
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import client_id, new_id

__all__ = ["LARGEST", "Ready", "add", "discard_unused", "keep", "prepare", "sweep"]

_AT_ONCE = 300
_UNTOUCHED_FOR = timedelta(days=1)  # far longer than any transaction that is about to refer to a content


@dataclass(frozen=True, slots=True)
class Ready:
    """A file that was checked and written aside, good while its `prepare` lasts."""

    name: str
    content: Content
    original: str
    shown: str
    thumb: str
    batch: storage.Batch

    def same_as(self, file_id: UUID | None) -> bytes:
        """Equal for two requests that ask for the same: same id, same name, same content."""
        return "\x1f".join((str(file_id or ""), self.name, self.original)).encode()


def add(actor: Actor, data: bytes | Readable, name: str, *, file_id: UUID | None = None) -> FileRow:
    """Check and keep a photo or document: `prepare` and `keep` in one go.

    Decoding a large photo takes seconds: not to be called inside a transaction on SQLite.
    """
    with prepare(actor, data, name) as ready:
        return keep(actor, ready, file_id)


@contextmanager
def prepare(actor: Actor, data: bytes | Readable, name: str) -> Iterator[Ready]:
    """Check the content and write it aside, without any transaction. What is not kept is gone when the block ends."""
    if not actor.holds(Right.FILE_ADD.value):
        raise no_right(actor, Right.FILE_ADD)
    master, name = keys.master(), names.clean(name)
    content = examine(data, name, ZoneInfo(settings.JINGWEI_ZONE))
    original = sealing.keyed_hash(master, content.data)
    with storage.Batch() as batch:
        batch.put(original, sealing.seal(master, original, content.data, os.urandom(sealing.RANDOM_BYTES)))
        shown, thumb = (_put(batch, copy) for copy in (content.shown, content.thumbnail))
        yield Ready(name, content, original, shown, thumb, batch)


def keep(actor: Actor, ready: Ready, file_id: UUID | None = None) -> FileRow:
    """The row, its journal entry and the contents in place. The same id again with the same content is the same row."""
    file_id = new_id() if file_id is None else client_id(file_id)
    with transaction.atomic(savepoint=False):
        tail = journal.hold(subject_of(file_id))
        row = StoredFile.objects.filter(id=file_id).first()
        if row is None:
            journal.record(actor, tail, FileEvent.ADDED, {
                "original": ready.original, "shown": ready.shown, "thumb": ready.thumb})
            row = _create(actor, ready, file_id)
        elif (row.added_by, row.original_hash) != (actor.user_id, ready.original):
            raise Refusal(FileError.ID_TAKEN)
        ready.batch.place()
    return FileRow(*(getattr(row, column) for column in COLUMNS))


def discard_unused(actor: Actor, older_than: timedelta) -> int:
    """Discard files added longer ago than that to which no room refers. Returns how many; their contents go by `sweep`."""
    _only_machinery(actor)
    if not ports.wired():
        raise RuntimeError("no room is wired that could say which files are used")
    before, gone = clock.now() - older_than, 0
    for some in _added_before(before):
        used = ports.used(some)
        gone += sum(_discard(actor, file_id) for file_id in some - used)
    return gone


def sweep(actor: Actor) -> int:
    """Remove contents to which no row refers and that nobody put for a day. Returns how many."""
    _only_machinery(actor)
    storage.clean_leftovers()
    gone = 0
    for folder in range(256):
        stored = iter(storage.addresses(f"{folder:02x}"))
        while some := set(islice(stored, _AT_ONCE)):
            gone += sum(storage.withdraw(address, _UNTOUCHED_FOR) for address in some - _referred_to(some))
    return gone


def _put(batch: storage.Batch, copy: bytes | None) -> str:
    if copy is None:
        return ""
    address = storage.plain_hash(copy)
    batch.put(address, [copy])
    return address


def _create(actor: Actor, ready: Ready, file_id: UUID) -> StoredFile:
    content = ready.content
    return StoredFile.objects.create(
        id=file_id, kind=content.kind, media_type=content.media_type, name=ready.name, size=len(content.data),
        width=content.width, height=content.height, original_hash=ready.original, shown_hash=ready.shown,
        thumb_hash=ready.thumb, evidence=seal_evidence(file_id, content.evidence), added_by=actor.user_id,
        added_at=clock.now())


def _only_machinery(actor: Actor) -> None:
    if actor.via != "job" and not actor.holds(Right.SYSTEM_MANAGE.value):
        raise no_right(actor, Right.SYSTEM_MANAGE)


def _added_before(before: datetime) -> Iterator[set[UUID]]:
    after: tuple[datetime, UUID] | None = None
    while True:
        rows = StoredFile.objects.filter(added_at__lt=before).order_by("added_at", "id")
        if after:
            rows = rows.filter(Q(added_at__gt=after[0]) | Q(added_at=after[0], id__gt=after[1]))
        some = list(rows.values_list("added_at", "id")[:_AT_ONCE])
        if not some:
            return
        yield {file_id for _, file_id in some}
        after = some[-1]


def _discard(actor: Actor, file_id: UUID) -> bool:
    """False if a room came to refer to the file meanwhile: its foreign key then forbids the deletion."""
    subject = subject_of(file_id)
    try:
        with transaction.atomic():
            tail = journal.hold(subject)
            if not StoredFile.objects.filter(id=file_id).delete()[0]:
                return False
            vault.forget(subject)
            journal.record(actor, tail, FileEvent.DISCARDED, {})
    except IntegrityError:
        return False
    return True


def _referred_to(addresses: set[str]) -> set[str]:
    rows = StoredFile.objects.filter(
        Q(original_hash__in=addresses) | Q(shown_hash__in=addresses) | Q(thumb_hash__in=addresses))
    return {address for row in rows.values_list("original_hash", "shown_hash", "thumb_hash") for address in row}
