"""The backup file: a plain tar that the system's own tools can open and check (`sha256sum -c SHA256SUMS`).

Members: `database/…`, `files/…`, `checkpoint.json`, `SHA256SUMS` over all of these, and last `manifest.json`, so
that a file cut short anywhere is known by the missing end. Keys are never in it.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, cast

from jingwei.config.errors import HomeError
from jingwei.kernel.errors import Refusal

FORMAT = "jingwei-backup"
VERSION = 1
MANIFEST, SUMS, CHECKPOINT = "manifest.json", "SHA256SUMS", "checkpoint.json"
UNSIGNED = b"null"  # in place of the checkpoint of a journal that could not be signed
_BLOCK = 1 << 20


@dataclass
class Manifest:
    """What the backup holds. `position`: the last journal position in it. `counts`: rows per table.

    `columns`, `sequences`: of a PostgreSQL database only. `settings`: the home's, without the database address.
    """

    program: str
    created_at: str
    kind: str  # sqlite | postgresql
    position: int
    counts: dict[str, int]
    migrations: list[tuple[str, str]]
    settings: dict[str, Any]
    columns: dict[str, list[str]] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)
    files: int = 0
    sums: str = ""  # SHA-256 of SHA256SUMS
    format: str = FORMAT
    version: int = VERSION


class Writer:
    """Adds members one after the other and keeps their hashes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._tar = tarfile.TarFile(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT)
        self._sums: list[str] = []

    def add(self, name: str, source: BinaryIO, size: int) -> None:
        """Exactly `size` bytes of an open file, which may go on growing."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        hashed = _Hashed(source)
        self._tar.addfile(info, cast(IO[bytes], hashed))
        self._sums.append(f"{hashed.hexdigest()}  {name}\n")

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as source:
            self.add(name, source, os.fstat(source.fileno()).st_size)

    def add_bytes(self, name: str, content: bytes) -> None:
        self.add(name, io.BytesIO(content), len(content))

    def finish(self, manifest: Manifest) -> None:
        sums = "".join(self._sums).encode()
        manifest.sums = hashlib.sha256(sums).hexdigest()
        for name, content in ((SUMS, sums), (MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False).encode())):
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(content), 0o600
            self._tar.addfile(info, io.BytesIO(content))
        self._tar.close()


class _Hashed:
    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._source.read(size)
        self._hash.update(block)
        return block

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


class Reader:
    """An opened backup whose manifest has been read and understood."""

    def __init__(self, path: Path, tar: tarfile.TarFile) -> None:
        self.path = path
        self._tar = tar
        self._members = {member.name: member for member in tar.getmembers()}
        self.manifest = self._manifest()
        self._sums = self._read_sums()

    def names(self, folder: str) -> list[str]:
        return [name for name in self._sums if name.startswith(folder)]

    def bytes_of(self, name: str) -> bytes:
        with self._open(name) as stream:
            return stream.read()

    def blocks(self, name: str) -> Iterator[bytes]:
        """The member in blocks. Raises `cli.backup_damaged` at its end if it does not fit its hash."""
        digest = hashlib.sha256()
        with self._open(name) as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
                yield block
        if digest.hexdigest() != self._sums[name]:
            raise Refusal(HomeError.BACKUP_DAMAGED, path=self.path, why=f"{name} 与校验值不符")

    def extract(self, name: str, target: Path) -> None:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with target.open("xb") as stream:
            for block in self.blocks(name):
                stream.write(block)

    def size(self, folder: str = "") -> int:
        return sum(self._members[name].size for name in self.names(folder))

    def _open(self, name: str) -> IO[bytes]:
        member = self._members.get(name)
        stream = self._tar.extractfile(member) if member else None
        if stream is None:
            raise Refusal(HomeError.BACKUP_DAMAGED, path=self.path, why=f"缺少 {name}")
        return stream

    def _manifest(self) -> Manifest:
        try:
            found = json.loads(self.bytes_of(MANIFEST))
            if (found["format"], found["version"]) != (FORMAT, VERSION):
                raise Refusal(HomeError.BACKUP_UNKNOWN, path=self.path)
            found["migrations"] = [(room, name) for room, name in found["migrations"]]
            return Manifest(**found)
        except (ValueError, KeyError, TypeError) as error:
            raise Refusal(HomeError.BACKUP_DAMAGED, path=self.path, why=f"{MANIFEST} 读不出来") from error

    def _read_sums(self) -> dict[str, str]:
        text = self.bytes_of(SUMS)
        if hashlib.sha256(text).hexdigest() != self.manifest.sums:
            raise Refusal(HomeError.BACKUP_DAMAGED, path=self.path, why=f"{SUMS} 与校验值不符")
        sums = {name: digest for digest, name in (line.split("  ", 1) for line in text.decode().splitlines())}
        for name in sums:
            if not _inside(name) or name not in self._members:
                raise Refusal(HomeError.BACKUP_DAMAGED, path=self.path, why=f"成员 {name[:80]!r} 不对")
        return sums


def _inside(name: str) -> bool:
    """Names come from outside: none may point out of the folder it is unpacked into."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and "\\" not in name


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """The backup at `path`. Raises `cli.backup_damaged` or `cli.backup_unknown`."""
    try:
        with tarfile.open(path, "r:") as tar:
            yield Reader(path, tar)
    except (tarfile.TarError, EOFError) as error:
        raise Refusal(HomeError.BACKUP_DAMAGED, path=path, why="不是完整的 tar 文件") from error
