"""Makes a backup: whole or not at all, from one moment of the database. The keyboard and the job both call this."""

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from jingwei import __version__
from jingwei.config.backup.file import CHECKPOINT, UNSIGNED, Manifest, Writer
from jingwei.config.errors import HomeError
from jingwei.config.home import Home
from jingwei.config.tables import pending
from jingwei.formats.atomic import atomic_file
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError, Refusal

_LAST = "last-backup.json"


@dataclass(frozen=True, slots=True)
class Last:
    """The newest backup of a home, wherever it was written to."""

    at: datetime
    path: str
    position: int


@dataclass(frozen=True, slots=True)
class Made:
    """`unsigned`: why the journal's checkpoint could not be signed; the backup holds everything all the same."""

    manifest: Manifest
    size: int
    unsigned: Refusal | None


def back_up(home: Home, target: Path) -> Made:
    """Write the backup to `target` and note it in the home. Refuses where the tables are behind, or the disk too small."""
    if pending():
        raise Refusal(HomeError.DATABASE_BEHIND, home=home.root)
    _check_room(home, target.parent)
    checkpoint, unsigned = _checkpoint()
    manifest = _write(home, target, checkpoint)
    return Made(manifest, target.stat().st_size, unsigned)


def note_last(home: Home, manifest: Manifest, target: Path) -> None:
    """Remember where the newest backup lies, for `doctor`."""
    told = {"at": manifest.created_at, "position": manifest.position, "file": str(target)}
    with atomic_file(home.root / _LAST) as note:
        note.write(json.dumps(told).encode())


def last_backup(home: Home) -> Last | None:
    """The newest backup that this home knows of."""
    note = home.root / _LAST
    if not note.is_file():
        return None
    told = json.loads(note.read_text("utf-8"))
    return Last(datetime.fromisoformat(told["at"]), told["file"], told["position"])


def _write(home: Home, target: Path, checkpoint: bytes) -> Manifest:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from jingwei.config.backup import database

    manifest = Manifest(
        program=__version__, created_at=clock.now().astimezone(UTC).isoformat(timespec="seconds"),
        kind="sqlite" if connection.vendor == "sqlite" else "postgresql", position=0, counts={},
        migrations=sorted(MigrationRecorder(connection).applied_migrations()),
        settings={name: value for name, value in home.options.items() if name != "database"})
    with atomic_file(target) as stream:
        writer = Writer(stream)
        if manifest.kind == "sqlite":
            database.copy_sqlite(_sqlite(), writer, manifest, target.parent)
        else:
            database.copy_postgresql(writer, manifest, target.parent)
        # after the database: whatever it refers to has been there before its row was
        manifest.files = _add_files(home.files, writer)
        writer.add_bytes(CHECKPOINT, checkpoint)
        writer.finish(manifest)
    return manifest


def _sqlite() -> Path:
    from django.db import connection

    return Path(connection.settings_dict["NAME"])


def _checkpoint() -> tuple[bytes, Refusal | None]:
    """What the journal holds now, signed. A journal that cannot be signed is backed up all the same."""
    from jingwei.journal.commands import make_checkpoint

    try:
        return json.dumps(make_checkpoint().as_dict()).encode(), None
    except Refusal as refusal:
        return UNSIGNED, refusal


def _add_files(root: Path, writer: Writer) -> int:
    count = 0
    for path in sorted(root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
        try:
            writer.add_file(f"files/{path.relative_to(root).as_posix()}", path)
        except FileNotFoundError:
            continue  # swept meanwhile: no row referred to it
        count += 1
    return count


def _check_room(home: Home, folder: Path) -> None:
    """The database is there twice for a while: its copy, and the copy in the file."""
    from django.db import connection

    files = sum(path.stat().st_size for path in home.files.rglob("*") if path.is_file())
    database = _sqlite().stat().st_size if connection.vendor == "sqlite" else 0
    if shutil.disk_usage(folder).free < 2 * database + files + (16 << 20):
        raise Refusal(KernelError.FULL)
