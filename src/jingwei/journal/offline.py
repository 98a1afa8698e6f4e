"""Verification of an export: needs the file, and a checkpoint kept elsewhere; no database, no home."""

import gzip
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

import orjson

from jingwei.formats.findings import finding
from jingwei.journal import checkpoint as checkpoints
from jingwei.journal.chain import Link, link_hash
from jingwei.journal.checkpoint import Signed
from jingwei.journal.defects import Flaw, Remark, Why
from jingwei.journal.errors import JournalError
from jingwei.journal.verify import Bare, Book, Mark, Place, Report, Stored, examine, trust
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words, of_system

FORMAT = "jingwei-journal"
_LONGEST = 16 << 20
_KEPT = 100
_TABLES = """
CREATE TABLE entry (position INTEGER, id INTEGER, subject TEXT, number INTEGER, previous TEXT, hash TEXT,
                    fits INTEGER, waiting INTEGER);
CREATE TABLE head (subject TEXT PRIMARY KEY, number INTEGER, hash TEXT) WITHOUT ROWID;
"""


def verify_export(path: Path, checkpoint: Path | None = None, public: bytes | None = None) -> Report:
    """Examine an export. `checkpoint`: a checkpoint file kept elsewhere. `public`: the key known to sign (32 bytes)."""
    book = Book()
    marks: list[Mark | None] = []
    if checkpoint is not None:
        given = checkpoints.read_file(checkpoint)
        marks.append(trust(given, public, book, outside=True))
        if public is None and marks[0] is not None:
            public = bytes.fromhex(given.public_key)
    with closing(sqlite3.connect("")) as scratch:  # '' is a passing file on disk; it holds references, no data
        source = _Export(scratch)
        try:
            carried = source.load(path, book)
        except OSError as error:
            raise Refusal(JournalError.EXPORT_UNREADABLE, path=path, line=0, why=of_system(error)) from error
        if carried is not None:
            marks.append(trust(carried, public, book))
            if not carried.public_key and public is None:
                book.remarks.append(finding(Remark.UNSIGNED, count=1))
        return examine(source, [mark for mark in marks if mark], book)


class _Export:
    """The file as a `verify.Source`: sorted on disk, because its lines come by position and chains go by subject."""

    def __init__(self, scratch: sqlite3.Connection) -> None:
        scratch.executescript(_TABLES)
        self.scratch = scratch
        self.ids_follow_positions = False
        self.links: dict[int, Link] = {}  # content of the first altered entries, by their rowid

    def load(self, path: Path, book: Book) -> Signed | None:
        """Read the file once; the checkpoint of its header. Tells of lines that are not there."""
        place = _Reading(path)
        lines = place.lines()
        header = next(lines, None)
        if not isinstance(header, dict) or (header.get("format"), header.get("version")) != (FORMAT, 1):
            raise place.refusal(Words("没有开头的说明", "the header is missing"))
        self.ids_follow_positions = header.get("database") == "sqlite"
        found, end = [0, 0, 0], None
        for line in lines:
            if not isinstance(line, dict) or end is not None:
                raise place.refusal(Words("不是日志的一条", "no entry of a journal"))
            if "end" in line:
                end = line["end"]
            elif "head" in line:
                found[2] += self._keep_head(line["head"])
            else:
                found[0] += line.get("position") is not None
                found[1] += self._keep_entry(line)
        self.scratch.execute("CREATE INDEX entry_chain ON entry (subject, number, position)")
        if end is None:
            book.add(Flaw.EXPORT_CUT, why=Why.NO_END())
        elif end != dict(zip(("positions", "entries", "heads"), found, strict=True)):
            book.add(Flaw.EXPORT_CUT, why=Why.LINES())
        return _carried(header.get("checkpoint"), place)

    def places(self) -> Iterator[Place]:
        for position, pk, digest in self.scratch.execute(
                "SELECT position, id, hash FROM entry WHERE position IS NOT NULL ORDER BY position, rowid"):
            yield Place(position, pk, digest)

    def stored(self) -> Iterator[Stored]:
        for rowid, subject, number, position, previous, digest, fits, waiting, head_number, head_hash in (
                self.scratch.execute(
                    "SELECT e.rowid, e.subject, e.number, e.position, e.previous, e.hash, e.fits, e.waiting, h.number,"
                    " h.hash FROM entry e LEFT JOIN head h ON h.subject = e.subject WHERE e.hash IS NOT NULL"
                    " ORDER BY e.subject, e.number, e.position")):
            yield Stored(subject, number, position, previous, digest, bool(fits), self.links.get(rowid),
                         bool(waiting), head_number, head_hash or "")

    def bare_heads(self) -> Iterator[Bare]:
        for subject, number in self.scratch.execute(
                "SELECT subject, number FROM head h WHERE NOT EXISTS"
                " (SELECT 1 FROM entry e WHERE e.subject = h.subject) ORDER BY subject"):
            yield Bare(subject, number)

    def displaced(self, since: int, until: int, limit: int) -> list[tuple[Place, int]]:
        rows = self.scratch.execute(
            "SELECT position, id, hash, subject, number, away FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY position)"
            " - ROW_NUMBER() OVER (ORDER BY id) AS away FROM entry WHERE position BETWEEN ? AND ? AND hash IS NOT NULL)"
            " WHERE away <> 0 ORDER BY ABS(away) DESC, position LIMIT ?", (since, until, limit))
        return [(Place(*columns), away) for *columns, away in rows]

    def _keep_entry(self, line: dict[str, Any]) -> bool:
        position, pk = _whole(line.get("position")), _whole(line.get("id")) or 0
        if "hash" not in line:
            self.scratch.execute("INSERT INTO entry (position, id) VALUES (?, ?)", (position, pk))
            return False
        link = _link(line)
        fits = link is not None and link_hash(link) == line["hash"]
        row = self.scratch.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (
            position, pk, str(line.get("subject")), _whole(line.get("number")) or 0, str(line.get("previous")),
            str(line["hash"]), fits, line.get("waiting") is True))
        if link is not None and not fits and len(self.links) < _KEPT:
            self.links[row.lastrowid or 0] = link
        return True

    def _keep_head(self, head: Any) -> bool:
        if not isinstance(head, dict):
            return False
        self.scratch.execute("INSERT OR IGNORE INTO head VALUES (?, ?, ?)", (
            str(head.get("subject")), _whole(head.get("number")) or 0, str(head.get("hash"))))
        return True


class _Reading:
    """The file's lines, and where the reading stands."""

    def __init__(self, path: Path) -> None:
        self.path, self.line = path, 0

    def refusal(self, why: str) -> Refusal:
        return Refusal(JournalError.EXPORT_UNREADABLE, path=self.path, line=self.line, why=why)

    def lines(self) -> Iterator[Any]:
        """Parsed lines; a file that stops in the middle of one simply ends there."""
        with self.path.open("rb") as plain:
            packed = plain.read(2) == b"\x1f\x8b"
            plain.seek(0)
            stream = cast(BinaryIO, gzip.GzipFile(fileobj=plain)) if packed else plain
            while text := self._next(stream):
                self.line += 1
                try:
                    yield orjson.loads(text)
                except orjson.JSONDecodeError as error:
                    if not text.endswith(b"\n") and len(text) <= _LONGEST:
                        return
                    raise self.refusal(Words("不是 JSON", "no JSON")) from error

    def _next(self, stream: BinaryIO) -> bytes:
        try:
            return stream.readline(_LONGEST + 1)
        except EOFError:  # a packed file cut short
            return b""
        except (gzip.BadGzipFile, zlib.error) as error:
            raise self.refusal(Words("gzip 压缩不完整", "broken gzip")) from error


def _carried(found: Any, place: _Reading) -> Signed | None:
    if found is None:
        return None
    try:
        return checkpoints.from_dict(found)
    except ValueError as error:
        place.line = 1
        raise place.refusal(Words("内容不是约定的样子", str(error)[:80])) from error


def _link(line: dict[str, Any]) -> Link | None:
    """The entry as the chain sees it, None if a part is not of its kind."""
    texts = [line.get(name) for name in ("verb", "actor", "via", "at", "area_path", "data", "previous", "subject")]
    number = _whole(line.get("number"))
    if number is None or not all(isinstance(text, str) for text in texts):
        return None
    verb, actor, via, at, area_path, data, previous, subject = cast(list[str], texts)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return None if moment.tzinfo is None else Link(subject, number, verb, actor, via, moment, area_path, data, previous)


def _whole(value: Any) -> int | None:
    """An integer that SQLite can hold, else None."""
    return value if type(value) is int and -(1 << 63) <= value < 1 << 63 else None
