"""The journal as a file of JSON lines, for an archive, for the auditor, for another system.

Line 1: format, version, database, time, last checkpoint. Then one line per position (an entry, or the bare position
if its entry is gone), the entries without a position, the heads, and a closing line with the counts.
"""

import gzip
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any, BinaryIO, cast

import orjson
from django.db import connection

from jingwei.journal import checkpoint, keys, tables
from jingwei.journal.checkpoint import Signed
from jingwei.journal.offline import FORMAT
from jingwei.journal.outfile import new_file
from jingwei.journal.tables import Row, Tables
from jingwei.kernel import clock
from jingwei.kernel.errors import Refusal


def export_journal(path: Path) -> dict[str, int]:
    """Write the whole journal to a new file, packed if its name ends in .gz, and return the closing line's counts.

    The header carries the newest checkpoint of the table: sign one first to have the whole file covered.
    """
    with new_file(path) as stream:
        if path.suffix != ".gz":
            return _write(stream)
        with gzip.GzipFile(fileobj=stream, mode="wb", compresslevel=6, mtime=0, filename="") as packed:
            return _write(cast(BinaryIO, packed))


def _write(stream: BinaryIO) -> dict[str, int]:
    counts = {"positions": 0, "entries": 0, "heads": 0}
    with tables.one_view():
        stream.write(_line(_header()))
        for kind, line in _body(Tables()):
            stream.write(_line(line))
            counts["positions"] += kind == "position"
            counts["entries"] += kind != "head" and "hash" in line
            counts["heads"] += kind == "head"
        stream.write(_line({"end": counts}))
    return counts


def _header() -> dict[str, Any]:
    signed = tables.last_checkpoint()
    return {"format": FORMAT, "version": 1, "database": connection.vendor,
            "at": clock.now().astimezone(UTC).isoformat(timespec="microseconds"),
            "checkpoint": _with_key(signed).as_dict() if signed else None}


def _with_key(signed: Signed) -> Signed:
    """With the public key if that one still signs here; else whoever reads the file must bring it."""
    try:
        return checkpoint.with_key(signed, keys.public_key()) if keys.key_id() == signed.key_id else signed
    except Refusal:
        return signed


def _body(source: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    for position, pointed, row in source.placed_rows():
        yield "position", {"position": position, "id": pointed, **(_columns(row) if row else {})}
    for row, waiting in source.unplaced_rows():
        yield "entry", {"position": None, "id": row.id, "waiting": waiting, **_columns(row)}
    for subject, number, digest in source.heads():
        yield "head", {"head": {"subject": subject, "number": number, "hash": digest}}


def _columns(row: Row) -> dict[str, Any]:
    at = row.link.at.astimezone(UTC).isoformat(timespec="microseconds") if row.link else row.at
    return {"subject": row.subject, "number": row.number, "verb": row.verb, "actor": row.actor, "via": row.via,
            "at": at, "area_path": row.area_path, "data": row.data, "previous": row.previous, "hash": row.hash}


def _line(value: dict[str, Any]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
