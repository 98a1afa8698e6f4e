"""A file is there whole or not at all: written beside its name, flushed to the disk, then renamed.

Whoever writes holds a lock on what is half written, so that the leavings of a killed program can be told from the
work of a living one, and the next to write in the same folder clears them away.
"""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path
from typing import BinaryIO, cast

from jingwei.kernel.errors import KernelError, Refusal

_HALF = ".jingwei-part"  # nobody else's files end so
_SCRATCH = ".jingwei-scratch-"


@contextmanager
def atomic_file(path: str | PathLike[str]) -> Iterator[BinaryIO]:
    """A binary stream that replaces `path` when the block ends well and leaves no trace when it does not.

    The file is readable by its owner alone (0600): what is exported is mostly personal.
    """
    target = Path(path)
    try:
        clear_leavings(target.parent)
        handle, name = _begun(target)
        try:
            with os.fdopen(handle, "wb") as stream:
                yield cast(BinaryIO, stream)
                stream.flush()
                os.fsync(stream.fileno())
                os.replace(name, target)  # before the lock is given up with the stream
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(name)
            raise
        _flush_folder(target.parent)
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refusal(KernelError.FULL) from problem
        raise


@contextmanager
def scratch_folder(beside: Path) -> Iterator[Path]:
    """A folder for what is only needed on the way; gone at the end, or cleared by whoever writes here next."""
    clear_leavings(beside)
    folder = Path(tempfile.mkdtemp(dir=beside, prefix=_SCRATCH))
    try:
        with _held(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def leavings(folder: Path) -> list[Path]:
    """What a killed program left half written here: nobody holds it any more."""
    try:
        found = sorted(path for path in folder.iterdir()
                       if path.name.endswith(_HALF) or path.name.startswith(_SCRATCH))
    except OSError:
        return []  # a folder that may be written to but not be listed; or none at all, which the writer will say
    return [path for path in found if not _in_work(path)]


def clear_leavings(folder: Path) -> None:
    """Remove them. What cannot be removed stays, and `leavings` goes on naming it."""
    for path in leavings(folder):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


def _begun(target: Path) -> tuple[int, str]:
    """A new file beside the target, locked. One that was cleared away before it was locked is begun again."""
    while True:
        try:
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:80]}.", suffix=_HALF)
        except OSError as problem:
            if problem.errno in (errno.ENOSPC, errno.EDQUOT):
                raise
            # named as it was asked for: nobody knows the name of the half
            raise OSError(problem.errno, problem.strerror, str(target)) from problem
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle, name
        os.close(handle)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _in_work(path: Path) -> bool:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return True  # finished meanwhile, or another user's
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def _flush_folder(folder: Path) -> None:
    # without this a power cut may undo the rename, although the file itself was flushed
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
