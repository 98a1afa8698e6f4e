"""What a content is, by its bytes: a photo with what it proves and its copies, or a document. Nothing is written."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from jingwei.files import names
from jingwei.formats.documents import MAX_BYTES as LARGEST_DOCUMENT
from jingwei.formats.documents import sniff_document
from jingwei.formats.errors import FormatError
from jingwei.formats.evidence import Evidence
from jingwei.formats.images import MAX_BYTES as LARGEST_PHOTO
from jingwei.formats.images import read_picture, sniff_image
from jingwei.kernel.errors import KernelError, Refusal

LARGEST = max(LARGEST_DOCUMENT, LARGEST_PHOTO)
_PHOTO_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_DOCUMENT_TYPES = {
    "pdf": "application/pdf", "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet", "text": "text/plain",
}
_DECODERS = 2      # a turned JPEG of 50 megapixels takes about 260 MB while it is unpacked (measured)
_PATIENCE = 20.0   # seconds in the queue before the sender is asked to come again
_decoding = threading.BoundedSemaphore(_DECODERS)


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Content:
    """A content that was checked. `shown`, `thumbnail`: JPEG, of photos only."""

    data: bytes
    kind: str
    media_type: str
    width: int | None = None
    height: int | None = None
    shown: bytes | None = None
    thumbnail: bytes | None = None
    evidence: Evidence | None = None


def examine(data: bytes | Readable, name: str, zone: ZoneInfo) -> Content:
    """The content for what it is. `zone`: where a camera's clock stands that does not say. Else refused in words."""
    whole = data if isinstance(data, bytes) else data.read(LARGEST + 1)
    if not whole:
        raise Refusal(FormatError.FILE_EMPTY)
    if not _is_photo(whole, name):
        return Content(whole, "document", _DOCUMENT_TYPES[sniff_document(whole)])
    with _turn():
        picture = read_picture(whole, zone)
    return Content(whole, "photo", _PHOTO_TYPES[picture.kind], picture.width, picture.height,
                   picture.shown, picture.thumbnail, picture.evidence)


def _is_photo(data: bytes, name: str) -> bool:
    """Refused if the name promises a picture and the content is none that we take."""
    try:
        sniff_image(data)
    except Refusal as refusal:
        if refusal.reason is FormatError.IMAGE_HEIC or names.called_a_picture(name):
            raise
        return False
    return True


@contextmanager
def _turn() -> Iterator[None]:
    if not _decoding.acquire(timeout=_PATIENCE):
        raise Refusal(KernelError.BUSY)
    try:
        yield
    finally:
        _decoding.release()
