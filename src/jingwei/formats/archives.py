"""Zip files are unpacked once and counted before any parser sees them: what a directory claims can be a lie."""

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from jingwei.formats.errors import FormatError
from jingwei.formats.source import MB
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

Watch = Callable[[str, bytes], None]

MAX_BYTES = 1024 * MB
MAX_RATIO = 200
MAX_MEMBERS = 10_000
# small files compress as they like; only from here on does the ratio mean anything
_RATIO_FROM = 10 * MB
_CHUNK = MB


def check_archive(data: bytes, *, max_bytes: int = MAX_BYTES, watch: Watch | None = None) -> dict[str, int]:
    """Unpack every member of a zip once, counting; the sizes in bytes by name.

    Refused: damaged, encrypted, names that occur twice or climb out of the folder, more than `max_bytes`
    unpacked, or more than 200 times the packed size. `watch` is handed each piece as it goes by.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _counted(archive, len(data), max_bytes, watch)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, LookupError):
        raise Refusal(FormatError.ARCHIVE_BROKEN, why=Words("不是完整的 zip", "no complete zip")) from None


def extract(data: bytes, name: str, place: Path, limit: int) -> None:
    """One member of an archive that `check_archive` has passed, as a file: never in memory as a whole."""
    size = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as stream, place.open("wb") as out:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                if size > limit:
                    raise Refusal(FormatError.FILE_TOO_LARGE, limit_mb=limit // MB)
                out.write(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError):
        raise Refusal(FormatError.ARCHIVE_BROKEN, why=Words("不是完整的 zip", "no complete zip")) from None


def _counted(archive: zipfile.ZipFile, packed: int, max_bytes: int, watch: Watch | None) -> dict[str, int]:
    members = archive.infolist()
    _check_names(members)
    ceiling = min(max_bytes, max(_RATIO_FROM, packed * MAX_RATIO))
    sizes: dict[str, int] = {}
    total = 0
    for info in members:
        size = 0
        with archive.open(info) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                if total + size > ceiling:
                    raise Refusal(FormatError.ARCHIVE_BOMB, size_mb=f"> {ceiling // MB}")
                if watch is not None:
                    watch(info.filename, piece)
        total += size
        sizes[info.filename] = size
    return sizes


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise Refusal(FormatError.ARCHIVE_BROKEN, why=Words(f"里面的文件超过 {MAX_MEMBERS} 个", f"more than {MAX_MEMBERS} members"))
    if any(info.flag_bits & 0x1 for info in members):
        raise Refusal(FormatError.ARCHIVE_LOCKED)
    names = [info.filename for info in members]
    if len(set(names)) != len(names):
        # two readers may pick different ones of two equal names
        raise Refusal(FormatError.ARCHIVE_BROKEN, why=Words("有两个文件同名", "duplicate names"))
    for name in names:
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            raise Refusal(FormatError.ARCHIVE_BROKEN, why=Words("有的文件名会写到别处", "unsafe names"))
