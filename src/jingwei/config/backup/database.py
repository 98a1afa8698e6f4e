"""The database in and out of a backup: SQLite by its own online copy, PostgreSQL table by table from one snapshot."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from jingwei.config.backup.file import Manifest, Reader, Writer
from jingwei.config.errors import HomeError
from jingwei.config.home import Home
from jingwei.formats.atomic import scratch_folder
from jingwei.kernel.errors import Refusal

SQLITE = "database/jingwei.sqlite3"
_LEDGER = "django_migrations"  # made by the migrations themselves, never copied


def copy_sqlite(source: Path, writer: Writer, manifest: Manifest, scratch: Path) -> None:
    """A consistent copy while others go on reading and writing; the copy is checked before it is packed."""
    with scratch_folder(scratch) as folder:
        target = folder / "jingwei.sqlite3"
        with closing(sqlite3.connect(source, timeout=30)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            manifest.counts = _check_sqlite(copy, source)
            manifest.position = copy.execute("SELECT COALESCE(MAX(position), 0) FROM journal_position").fetchone()[0]
        writer.add_file(SQLITE, target)


def count_sqlite(path: Path) -> dict[str, int]:
    """Rows per table of a database file, found sound. Raises `cli.backup_damaged`."""
    with closing(sqlite3.connect(path)) as copy:
        return _check_sqlite(copy, path)


def _check_sqlite(copy: sqlite3.Connection, path: Path) -> dict[str, int]:
    try:
        found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise Refusal(HomeError.DATABASE_DAMAGED, path=path, why=found)
        names = [name for (name,) in copy.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
        return {name: copy.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in names}
    except sqlite3.DatabaseError as error:
        raise Refusal(HomeError.DATABASE_DAMAGED, path=path, why=error) from error


def copy_postgresql(writer: Writer, manifest: Manifest, scratch: Path) -> None:
    """Every table of ours from one snapshot (REPEATABLE READ), in COPY's text form, one member a table."""
    with _snapshot() as cursor:
        cursor.execute("SELECT COALESCE(MAX(position), 0) FROM journal_position")
        manifest.position = cursor.fetchone()[0]
        manifest.columns = _tables(cursor)
        for table, columns in manifest.columns.items():
            with tempfile.TemporaryFile(dir=scratch) as file:
                with cursor.copy(f"COPY {_quoted(table)} ({_list(columns)}) TO STDOUT") as rows:
                    for block in rows:
                        file.write(block)
                manifest.counts[table] = cursor.rowcount
                size = file.tell()
                file.seek(0)
                writer.add(_member(table), file, size)
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences"
                       " WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY 1")
        manifest.sequences = dict(cursor.fetchall())


def load_postgresql(reader: Reader) -> None:
    """Fill the tables, which have just been made, from the backup: all of it or nothing."""
    from django.db import connection, transaction

    manifest = reader.manifest
    with transaction.atomic(), connection.cursor() as cursor:
        known = _tables(cursor)
        for table, columns in manifest.columns.items():
            if not set(columns) <= set(known.get(table, [])):
                raise Refusal(HomeError.BACKUP_DAMAGED, path=reader.path, why=f"表 {table} 与程序的不同")
        cursor.execute(f"TRUNCATE {_list(list(known))} CASCADE")  # migrations may have put rows of their own there
        for table, columns in manifest.columns.items():
            with cursor.copy(f"COPY {_quoted(table)} ({_list(columns)}) FROM STDIN") as rows:
                for block in reader.blocks(_member(table)):
                    rows.write(block)
        for name, value in manifest.sequences.items():
            cursor.execute("SELECT setval(%s::regclass, %s)", [_quoted(name), value])


def counts(home: Home, manifest: Manifest) -> dict[str, int]:
    """Rows per table as they are now, of the tables that the backup has."""
    if manifest.kind == "sqlite":
        return count_sqlite(home.sqlite)
    from django.db import connection

    with connection.cursor() as cursor:
        found = {}
        for table in manifest.counts:
            cursor.execute(f"SELECT COUNT(*) FROM {_quoted(table)}")
            found[table] = cursor.fetchone()[0]
    return found


def occupied() -> tuple[int, int]:
    """Journal entries and people in the target database; zeros where it has no tables of ours yet."""
    from django.db import connection

    there = set(connection.introspection.table_names())
    found = []
    with connection.cursor() as cursor:
        for table in ("journal_entry", "accounts_user"):
            if table in there:
                cursor.execute(f"SELECT COUNT(*) FROM {table}")
            found.append(cursor.fetchone()[0] if table in there else 0)
    return found[0], found[1]


def missing_files(root: Path) -> tuple[int, list[str]]:
    """How many contents the database refers to, and those that are not on disk."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT original_hash FROM files_stored UNION SELECT shown_hash FROM files_stored"
                       " UNION SELECT thumb_hash FROM files_stored")
        held = sorted(address for (address,) in cursor.fetchall() if address)
    return len(held), [address for address in held
                       if not (root / address[:2] / address[2:4] / address).is_file()]


@contextmanager
def _snapshot() -> Iterator[Any]:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield cursor


def _tables(cursor: Any) -> dict[str, list[str]]:
    """The tables of our rooms and their columns; others may live in the same database."""
    from django.apps import apps

    cursor.execute(
        "SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_class c"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''"
        " WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace GROUP BY 1 ORDER BY 1")
    ours = tuple(f"{app.label}_" for app in apps.get_app_configs())
    return {table: columns for table, columns in cursor.fetchall() if table.startswith(ours) and table != _LEDGER}


def _member(table: str) -> str:
    return f"database/{table}.copy"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _list(names: list[str]) -> str:
    return ", ".join(_quoted(name) for name in names)
