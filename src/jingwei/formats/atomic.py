"""A file is there whole or not at all: written beside its name, flushed to the disk, then renamed."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path
from typing import BinaryIO, cast

from jingwei.kernel.errors import KernelError, Refusal


@contextmanager
def atomic_file(path: str | PathLike[str]) -> Iterator[BinaryIO]:
    """A binary stream that replaces `path` when the block ends well and leaves no trace when it does not.

    The file is readable by its owner alone (0600): what is exported is mostly personal.
    """
    target = Path(path)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:80]}.", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as stream:
                yield cast(BinaryIO, stream)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(name, target)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(name)
            raise
        _flush_folder(target.parent)
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refusal(KernelError.FULL) from problem
        raise


def _flush_folder(folder: Path) -> None:
    # without this a power cut may undo the rename, although the file itself was flushed
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
