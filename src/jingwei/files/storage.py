"""Contents on disk by address: `files/ab/cd/abcd…`, written whole or not at all, one file for equal contents.

A content is first written and flushed under `files/part/`; the rename to its address is the last act of the
transaction that adds the row. So a row never stands without its content; a content may be left without a row (the
transaction failed at its very end) and is swept a day later.
"""

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from types import TracebackType

from django.conf import settings

from jingwei.files.errors import FileError
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError, Refusal

BLOCK = 64 * 1024
LEFT_OVER = timedelta(hours=1)
_ADDRESS = re.compile(r"[0-9a-f]{64}", re.ASCII)
_cleaned: set[Path] = set()


class Batch:
    """Contents on their way into the store. As a context it leaves no part behind, however it ends."""

    def __init__(self) -> None:
        self._parts: dict[str, Path] = {}
        self._stored: set[str] = set()

    def put(self, address: str, blocks: Iterable[bytes]) -> None:
        """Write and flush one content. Where it is stored already nothing is written, but it counts as fresh."""
        if _refresh(address):
            self._stored.add(address)
            return
        with full_disk_refused():
            folder = _parts()
            part = folder / f"{secrets.token_hex(16)}.part"
            self._parts[address] = part
            _write(part, blocks)

    def place(self) -> None:
        """Give every content its address. Call it last inside the transaction that refers to them."""
        if not all(_path(address).is_file() for address in self._stored):
            raise Refusal(KernelError.BUSY)  # whoever had put it gave up a moment ago and took it away again
        placed: list[Path] = []
        try:
            with full_disk_refused():
                for address, part in list(self._parts.items()):
                    target = _path(address)
                    _make_folders(target.parent)
                    os.rename(part, target)
                    placed.append(target)
                    del self._parts[address]
                    _flush_folder(target.parent)
        except BaseException:
            for target in placed:
                target.unlink(missing_ok=True)
            raise

    def __enter__(self) -> "Batch":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        for part in self._parts.values():
            part.unlink(missing_ok=True)
        self._parts.clear()


def plain_hash(content: bytes) -> str:
    """The address of a content that is stored in clear: SHA-256, 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def size_of(address: str) -> int:
    """The stored size in bytes. Refused where the content is missing."""
    try:
        return _path(address).stat().st_size
    except FileNotFoundError:
        raise Refusal(FileError.CONTENT_MISSING) from None


def blocks_of(address: str) -> Iterator[bytes]:
    """The stored bytes in blocks. The file is opened when the first one is asked for."""
    with path_of(address).open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block


def path_of(address: str) -> Path:
    """Where a stored content lies. Refused where it is missing."""
    path = _path(address)
    if not path.is_file():
        raise Refusal(FileError.CONTENT_MISSING)
    return path


def clean_leftovers() -> int:
    """Remove what a crash left half-written: parts older than an hour. Returns how many."""
    before = (clock.now() - LEFT_OVER).timestamp()
    gone = 0
    for part in (settings.HOME.files / "part").glob("*.part"):
        with suppress(FileNotFoundError):
            if part.stat().st_mtime < before:
                part.unlink()
                gone += 1
    return gone


def addresses(folder: str) -> list[str]:
    """The addresses stored under one of the 256 first-level folders ('00' to 'ff')."""
    root: Path = settings.HOME.files / folder
    return sorted(path.name for path in root.glob("??/*") if _ADDRESS.fullmatch(path.name))


def withdraw(address: str, untouched_for: timedelta) -> bool:
    """Remove a content that no row refers to, unless somebody put it again within that time. True if it is gone.

    It is moved away before its age is read: whoever puts it from then on does not find it and writes it anew.
    """
    path = _path(address)
    aside = settings.HOME.files / "part" / f"{address}.part"
    try:
        if path.stat().st_mtime > (clock.now() - untouched_for).timestamp():
            return False
        aside.parent.mkdir(parents=True, exist_ok=True)
        os.rename(path, aside)
    except FileNotFoundError:
        return False
    if aside.stat().st_mtime > (clock.now() - untouched_for).timestamp():
        os.rename(aside, path)
        return False
    aside.unlink()
    return True


@contextmanager
def full_disk_refused() -> Iterator[None]:
    """A disk that takes no more, or a quota that is used up, is the caller's answer and not a crash."""
    try:
        yield
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refusal(KernelError.FULL) from problem
        raise


def _path(address: str) -> Path:
    if not _ADDRESS.fullmatch(address):
        raise ValueError("an address is 64 hex digits")
    root: Path = settings.HOME.files
    return root / address[:2] / address[2:4] / address


def _refresh(address: str) -> bool:
    try:
        os.utime(_path(address))
    except FileNotFoundError:
        return False
    return True


def _parts() -> Path:
    """The folder of unfinished contents, on the same filesystem as the finished ones; cleaned once per process."""
    folder: Path = settings.HOME.files / "part"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder not in _cleaned:
        _cleaned.add(folder)
        clean_leftovers()
    return folder


def _write(path: Path, blocks: Iterable[bytes]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        for block in blocks:
            rest = memoryview(block)
            while rest:
                rest = rest[os.write(handle, rest):]
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_folders(folder: Path) -> None:
    for made in (folder.parent, folder):
        if not made.is_dir():
            made.mkdir(mode=0o700, exist_ok=True)
            _flush_folder(made.parent)


def _flush_folder(folder: Path) -> None:
    # without this a power cut may undo the rename although the file itself was flushed
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
