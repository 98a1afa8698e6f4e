"""`jingwei backup F`: the database, the files and a signed checkpoint in one file, while the service goes on."""

import argparse
import json
import shutil
import sys
from datetime import UTC
from pathlib import Path

from jingwei import __version__
from jingwei.cli.backup_file import CHECKPOINT, UNSIGNED, Manifest, Writer
from jingwei.cli.database import pending
from jingwei.cli.errors import CliError
from jingwei.cli.ready import django_ready
from jingwei.config.home import Home
from jingwei.formats.atomic import atomic_file
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError, Refusal

LAST = "last-backup.json"


def define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="写到哪里；已有的文件不会覆盖")
    parser.epilog = "备份里不含密钥：请用 jingwei keys export 单独保存，不要与备份放在一处。"
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    home = django_ready()
    target = Path(options.file).absolute()
    if target.exists():
        raise Refusal(CliError.FILE_EXISTS, path=target)
    if pending():
        raise Refusal(CliError.DATABASE_BEHIND, home=home.root)
    _check_room(home, target.parent)
    manifest = write(home, target)
    size = target.stat().st_size
    print(f"已备份到 {target}（{size / 1e6:.1f} MB）")
    print(f"日志位置 {manifest.position}，文件 {manifest.files} 个，时间 {manifest.created_at}")
    print("备份里不含密钥：没有密钥，个人信息不能恢复。请用 jingwei keys export 单独保存")
    return 0


def write(home: Home, target: Path) -> Manifest:
    """Write the backup whole or not at all and note it in the home."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from jingwei.cli import database_copy

    checkpoint = _checkpoint()
    manifest = Manifest(
        program=__version__, created_at=clock.now().astimezone(UTC).isoformat(timespec="seconds"),
        kind="sqlite" if home.database == "sqlite" else "postgresql", position=0, counts={},
        migrations=sorted(MigrationRecorder(connection).applied_migrations()),
        settings={name: value for name, value in home.options.items() if name != "database"})
    with atomic_file(target) as stream:
        writer = Writer(stream)
        if manifest.kind == "sqlite":
            database_copy.copy_sqlite(home.sqlite, writer, manifest, target.parent)
        else:
            database_copy.copy_postgresql(writer, manifest, target.parent)
        # after the database: whatever it refers to has been there before its row was
        manifest.files = _add_files(home.files, writer)
        writer.add_bytes(CHECKPOINT, checkpoint)
        writer.finish(manifest)
    with atomic_file(home.root / LAST) as note:
        note.write(json.dumps({"at": manifest.created_at, "position": manifest.position, "file": str(target)}).encode())
    return manifest


def _checkpoint() -> bytes:
    """What the journal holds now, signed. A journal that cannot be signed is backed up all the same, and said so."""
    from jingwei.journal.commands import make_checkpoint

    try:
        return json.dumps(make_checkpoint().as_dict()).encode()
    except Refusal as refusal:
        print(f"！ {refusal.text()} 备份照常进行；请随后运行 jingwei journal verify", file=sys.stderr)
        return UNSIGNED


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
    files = sum(path.stat().st_size for path in home.files.rglob("*") if path.is_file())
    database = home.sqlite.stat().st_size if home.database == "sqlite" else 0
    if shutil.disk_usage(folder).free < 2 * database + files + (16 << 20):
        raise Refusal(KernelError.FULL)
