"""Bytes or a path in, plain bytes out: gzip is undone without asking, every failure is coded."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from typing import BinaryIO, cast

from jingwei.formats.errors import FormatError
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words, of_system

Source = bytes | str | PathLike[str]

MB = 1024 * 1024
SENT = 160 * MB
"""What a file that came over the net may hold, unpacked. At the keyboard, where a path is given, readers have limits of their own."""
_GZIP = b"\x1f\x8b"
_CHUNK = MB


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """The plain content as a binary stream; reading errors inside the block become refusals too."""
    try:
        with _raw(source) as raw:
            packed = raw.read(2) == _GZIP
            raw.seek(0)
            if packed:
                with gzip.GzipFile(fileobj=raw) as plain:
                    yield cast(BinaryIO, plain)
            else:
                yield raw
    except FileNotFoundError:
        raise Refusal(FormatError.FILE_UNREADABLE, why=Words("文件不存在", "no such file")) from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise Refusal(FormatError.FILE_UNREADABLE, why=Words("gzip 压缩不完整", "broken gzip")) from None
    except OSError as problem:
        # strerror only: the full text would show a path of the server
        raise Refusal(FormatError.FILE_UNREADABLE, why=of_system(problem)) from None


def bound(source: Source, limit: int) -> int:
    """The limit in bytes for a source: less for bytes, which somebody sent, than for a file of the machine itself."""
    return min(limit, SENT) if isinstance(source, bytes) else limit


def chunks(source: Source, limit: int) -> Iterator[bytes]:
    """The plain content in pieces of 1 MB; refused as soon as more than `limit` bytes have come out."""
    total = 0
    with opened(source) as stream:
        while piece := stream.read(_CHUNK):
            total += len(piece)
            if total > limit:
                raise Refusal(FormatError.FILE_TOO_LARGE, limit_mb=limit // MB)
            yield piece


def whole(source: Source, limit: int) -> bytes:
    """The plain content at once, at most `limit` bytes of it."""
    if isinstance(source, bytes) and not source.startswith(_GZIP) and len(source) <= limit:
        return source
    return b"".join(chunks(source, limit))


def beginning(source: Source, size: int) -> bytes:
    """The first `size` plain bytes, for sniffing."""
    with opened(source) as stream:
        return stream.read(size)


def _raw(source: Source) -> BinaryIO:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    return open(source, "rb")
