"""Reads of files. Whoever refers to a file decides who may see it; here stands only what the uploader may ask."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from uuid import UUID

from jingwei.files import keys, names, storage
from jingwei.files.errors import FileError
from jingwei.files.evidence import Evidence, unseal_evidence, unseal_evidence_of
from jingwei.files.models import StoredFile
from jingwei.files.sealing import unseal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal

__all__ = ["VARIANTS", "Evidence", "FileRow", "Opened", "evidence", "evidence_of", "of_ids", "open_shown", "own"]

VARIANTS = ("shown", "thumb", "original")
SHOWN_TYPE = "image/jpeg"


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as others may know it. `size`: bytes of the original; `width`, `height`: pixels, None for documents."""

    id: UUID
    kind: str
    media_type: str
    name: str
    size: int
    width: int | None
    height: int | None
    added_by: UUID | None
    added_at: datetime


COLUMNS = ("id", "kind", "media_type", "name", "size", "width", "height", "added_by", "added_at")


@dataclass(frozen=True, slots=True)
class Opened:
    """A content about to be sent: `size` bytes in `chunks`, under a `name` whose ending fits `media_type`."""

    media_type: str
    chunks: Iterator[bytes]
    size: int
    name: str
    kind: str


def of_ids(ids: Iterable[UUID]) -> list[FileRow]:
    """The files with these ids in the order asked, without repeats; unknown ones are left out. One statement."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    found = {row[0]: FileRow(*row) for row in StoredFile.objects.filter(id__in=wanted).values_list(*COLUMNS)}
    return [found[file_id] for file_id in wanted if file_id in found]


def own(actor: Actor, file_id: UUID) -> FileRow:
    """A file that the actor uploaded. Anybody else's does not exist for them."""
    row = StoredFile.objects.filter(id=file_id, added_by=actor.user_id).values_list(*COLUMNS).first()
    if row is None:
        raise Refusal(KernelError.NOT_FOUND)
    return FileRow(*row)


def open_shown(file_id: UUID, variant: str = "shown") -> Opened:
    """What others see of a file; the caller has made sure that they may.

    `variant`: 'shown' (a photo upright, at most 2048 pixels, without what the camera wrote into it; a document as
    it was sent), 'thumb' (320 pixels, photos only), 'original' (as sent, with its evidence).
    """
    row = StoredFile.objects.filter(id=file_id).values_list(
        "kind", "media_type", "name", "size", "original_hash", "shown_hash", "thumb_hash").first()
    if row is None or variant not in VARIANTS:
        raise Refusal(KernelError.NOT_FOUND)
    kind, media_type, name, size, original, shown, thumb = row
    if variant == "thumb" and kind != "photo":
        raise Refusal(FileError.NO_THUMBNAIL)
    if variant == "original" or kind == "document":
        return Opened(media_type, _original(original), size, names.fitting(name, media_type), kind)
    address = shown if variant == "shown" else thumb
    return Opened(SHOWN_TYPE, storage.blocks_of(address), storage.size_of(address),
                  names.fitting(name, SHOWN_TYPE), kind)


def evidence(file_id: UUID) -> Evidence | None:
    """Time and place that the camera wrote into a photo, or None where it wrote nothing. Personal: the caller
    journals why it is read."""
    row = StoredFile.objects.filter(id=file_id).values_list("evidence", flat=True)[:1]
    if not row:
        raise Refusal(KernelError.NOT_FOUND)
    return None if row[0] is None else unseal_evidence(file_id, bytes(row[0]))


def evidence_of(ids: Iterable[UUID]) -> dict[UUID, Evidence | None]:
    """The same of several photos, in the order asked; documents and unknown ids are left out. One statement, two where
    any wrote something."""
    wanted = list(dict.fromkeys(ids))
    rows = dict(StoredFile.objects.filter(id__in=wanted, kind="photo").values_list("id", "evidence")) if wanted else {}
    told = unseal_evidence_of({file_id: bytes(sealed) for file_id, sealed in rows.items() if sealed is not None})
    return {file_id: told.get(file_id) for file_id in wanted if file_id in rows}


def _original(address: str) -> Iterator[bytes]:
    """The first piece is proven here, so that a damaged content is refused before an answer has begun."""
    pieces = _unsealed(address, keys.master())
    return chain((next(pieces),), pieces)


def _unsealed(address: str, master: bytes) -> Iterator[bytes]:
    with storage.path_of(address).open("rb") as stream:
        yield from unseal(master, address, stream)
