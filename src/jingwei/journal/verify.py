"""The examination of a journal, the same for a database and for an export. Pure; reads streams, keeps no entries.

Three walks. By position: gaps, positions that point to nothing, the folded root against signed checkpoints. By
subject and number: each hash against the stored text, each link against the one before, the last against the head.
Then what was found is brought together: a missing entry with the position that lost it, two altered entries that
carry each other's content.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any, Protocol

from jingwei.formats.findings import Finding, finding
from jingwei.journal import checkpoint
from jingwei.journal.chain import GENESIS, Link, fold_root, link_hash
from jingwei.journal.checkpoint import Signed
from jingwei.journal.defects import Defect, Flaw, Remark, Why

LISTED = 1000    # defects kept word for word; the rest is counted
_PAIRED = 100    # altered entries that are tried against each other
_POINTS = 10_000 # free positions and missing entries that are brought together
_FEW = 20        # up to so many displaced entries are all named, of more only the farthest


@dataclass(frozen=True, slots=True)
class Place:
    """A position and the entry it points to; `hash` None when there is no such entry."""

    position: int
    id: int
    hash: str | None
    subject: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as found, with its position and head. `link` only where content and hash do not fit (None: unreadable).

    `waiting`: committed a moment ago, to be numbered by the worker.
    """

    subject: str
    number: int
    position: int | None
    previous: str
    hash: str
    fits: bool
    link: Link | None = None
    waiting: bool = False
    head_number: int | None = None
    head_hash: str = ""


@dataclass(frozen=True, slots=True)
class Bare:
    """A head without any entry."""

    subject: str
    number: int


class Source(Protocol):
    """Where a journal is read from. `ids_follow_positions`: whether entries were numbered as they were written."""

    ids_follow_positions: bool

    def places(self) -> Iterator[Place]:
        """By position."""

    def stored(self) -> Iterator[Stored]:
        """By subject and number."""

    def bare_heads(self) -> Iterator[Bare]:
        """Heads of subjects without entries."""

    def displaced(self, since: int, until: int, limit: int) -> list[tuple[Place, int]]:
        """Places with entries whose rank by position and by id differ, with the difference, the farthest first."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A checkpoint whose signature was found right. `outside`: it was kept apart from the journal."""

    signed: Signed
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    entries: int
    subjects: int
    position: int
    root: str
    compared: int  # checkpoints the history was compared with
    found: int
    defects: tuple[Defect, ...]
    remarks: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        return self.found == 0

    def as_dict(self) -> dict[str, Any]:
        return {
            "ok": self.ok, "entries": self.entries, "subjects": self.subjects, "position": self.position,
            "root": self.root, "checkpoints": self.compared, "found": self.found,
            "defects": [defect.as_dict() for defect in self.defects],
            "remarks": [{"code": remark.code, "text": remark.text()} for remark in self.remarks],
        }


@dataclass(frozen=True, slots=True)
class _Missing:
    """`count` entries from `number` on; their positions lay between `low` and `high` (0: no upper bound known)."""

    flaw: Flaw
    subject: str
    number: int
    count: int
    low: int
    high: int


@dataclass(slots=True)
class Book:
    """What has been found so far, bounded."""

    entries: int = 0
    subjects: int = 0
    waiting: int = 0
    found: int = 0
    compared: int = 0
    defects: list[Defect] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)
    missing: list[_Missing] = field(default_factory=list)
    altered: list[Stored] = field(default_factory=list)
    dangling: list[int] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    _told: set[tuple[Flaw, str, int | None, int | None]] = field(default_factory=set)

    def add(self, flaw: Flaw, subject: str = "", number: int | None = None, position: int | None = None,
            **details: Any) -> None:
        same = (flaw, subject, number, position)
        if same in self._told:
            return
        self.found += 1
        if len(self.defects) < LISTED:
            self._told.add(same)
            self.defects.append(Defect(flaw, subject, number, position, details))

    def miss(self, flaw: Flaw, subject: str, number: int, count: int, low: int, high: int) -> None:
        self.missing.append(_Missing(flaw, subject, number, count, low, high))
        if len(self.missing) > _POINTS:
            self._tell_missing(self.missing.pop(), None)

    def alter(self, entry: Stored) -> None:
        if entry.link is not None and len(self.altered) < _PAIRED:
            self.altered.append(entry)
        else:
            self.add(Flaw.ENTRY_ALTERED, entry.subject, entry.number, entry.position)

    def _tell_missing(self, lost: _Missing, position: int | None) -> None:
        self.add(lost.flaw, lost.subject, lost.number, position, count=lost.count)

    def settle(self) -> None:
        """Bring together what belongs together and put everything in order."""
        self._pair_altered()
        self._place_missing()
        self.defects.sort(key=lambda defect: (defect.position is None, defect.position or 0, defect.subject,
                                              defect.number or 0, defect.code))

    def _pair_altered(self) -> None:
        alone = list(self.altered)
        for index, one in enumerate(self.altered):
            for other in self.altered[index + 1:]:
                if one in alone and other in alone and _carry_each_other(one, other):
                    alone.remove(one)
                    alone.remove(other)
                    for entry, twin in ((one, other), (other, one)):
                        self.add(Flaw.EXCHANGED, entry.subject, entry.number, entry.position,
                                 why=Why.CONTENT(other=f"{twin.subject} #{twin.number}"))
        for entry in alone:
            self.add(Flaw.ENTRY_ALTERED, entry.subject, entry.number, entry.position)

    def _place_missing(self) -> None:
        """Give missing entries the positions that only they can have lost; what is left belonged to lost subjects."""
        free = sorted([*self.dangling, *self.gaps])
        unplaced = 0
        for lost in sorted(self.missing, key=lambda lost: (lost.high == 0, lost.high - lost.low)):
            low, high = bisect_right(free, lost.low), bisect_left(free, lost.high) if lost.high else len(free)
            if high - low == lost.count:
                self._tell_missing(lost, free[low])
                del free[low:high]
            else:
                self._tell_missing(lost, None)
                unplaced += lost.count
        left = sorted(set(free) & set(self.dangling))
        if len(left) > unplaced:
            shown = "、".join(map(str, left[:_FEW])) + (" …" if len(left) > _FEW else "")
            self.add(Flaw.SUBJECT_MISSING, position=left[0], count=len(left) - unplaced, where=shown)


def examine(source: Source, marks: Sequence[Mark], book: Book) -> Report:
    """All three walks. `book` may already hold what the checkpoints' own signatures told."""
    position, root = _walk_positions(source, sorted(marks, key=lambda mark: mark.signed.position), book)
    _walk_subjects(source.stored(), book)
    for head in source.bare_heads():
        book.miss(Flaw.SUBJECT_MISSING, head.subject, 1, head.number, 0, 0)
    book.settle()
    if not marks:
        book.remarks.append(finding(Remark.NO_CHECKPOINT))
    elif not any(mark.outside for mark in marks):
        book.remarks.append(finding(Remark.OWN_CHECKPOINTS))
    if book.waiting:
        book.remarks.append(finding(Remark.WAITING, count=book.waiting))
    if book.found > len(book.defects):
        book.remarks.append(finding(Remark.MORE, count=book.found, shown=len(book.defects)))
    return Report(book.entries, book.subjects, position, root, book.compared, book.found, tuple(book.defects),
                  tuple(book.remarks))


def trust(signed: Signed, public: bytes | None, book: Book, *, outside: bool = False) -> Mark | None:
    """The checkpoint as a mark if its signature is right, else None and a defect.

    `public`: the key that signs here, None where there is none. A statement that brings its own key and was kept
    elsewhere is compared even if that is another key: whoever kept it vouches for it.
    """
    own = bytes.fromhex(signed.public_key) if signed.public_key else public
    if own is None:
        return None
    if checkpoint.id_of(own) != signed.key_id:
        flaw, why = (Flaw.CHECKPOINT_FORGED, Why.KEY_NAME()) if signed.public_key else (
            Flaw.CHECKPOINT_KEY, Why.OTHER_KEY(key_id=signed.key_id))
        book.add(flaw, position=signed.position, why=why)
        return None
    if public is not None and own != public:
        book.add(Flaw.CHECKPOINT_KEY, position=signed.position, why=Why.OTHER_KEY(key_id=signed.key_id))
        if not outside:
            return None
    if not checkpoint.is_signed_by(own, signed):
        book.add(Flaw.CHECKPOINT_FORGED, position=signed.position, why=Why.SIGNATURE())
        return None
    if signed.count != signed.position:
        book.add(Flaw.CHECKPOINT_FORGED, position=signed.position, why=Why.COUNT())
        return None
    if public is None:
        book.remarks.append(finding(Remark.EMBEDDED_KEY, key_id=signed.key_id))
    return Mark(signed, outside)


def _walk_positions(source: Source, marks: list[Mark], book: Book) -> tuple[int, str]:
    """The last position and the root there."""
    root, last, last_id, disorder = GENESIS, 0, 0, False
    ruler = _Ruler(source, marks, book)
    for place in source.places():
        if place.position <= last:
            book.add(Flaw.POSITION_WRONG, position=place.position)
            continue
        root = ruler.reach(place.position - 1, root)
        if place.position > last + 1:
            book.add(Flaw.POSITION_GAP, position=last + 1, count=place.position - last - 1)
            book.gaps.extend(range(last + 1, min(place.position, last + 1 + _POINTS - len(book.gaps))))
        if place.hash is not None:
            root = fold_root(root, place.hash)
            disorder, last_id = disorder or place.id < last_id, place.id
        elif len(book.dangling) < _POINTS:
            book.dangling.append(place.position)
        last = place.position
    root = ruler.reach(last, root)
    for mark in ruler.ahead:
        book.compared += 1
        book.add(Flaw.JOURNAL_SHORTER, position=last + 1, count=mark.signed.position - last)
    if disorder and source.ids_follow_positions:
        for place in _farthest(source.displaced(1, last, LISTED)):
            book.add(Flaw.EXCHANGED, place.subject, place.number, place.position, why=Why.ORDER())
    return last, root


class _Ruler:
    """Holds the folded root against the marks as they are passed."""

    def __init__(self, source: Source, marks: list[Mark], book: Book) -> None:
        self.source, self.ahead, self.book = source, marks, book
        self.agreed = 0

    def reach(self, position: int, root: str) -> str:
        """Compare with every mark up to `position`; the root to go on from.

        After a difference that is the signed root of our own checkpoint, so that the next stretch is judged alone.
        """
        anew = root
        while self.ahead and self.ahead[0].signed.position <= position:
            mark, self.ahead = self.ahead[0], self.ahead[1:]
            self.book.compared += 1
            if mark.signed.root == root:
                self.agreed = mark.signed.position
                continue
            self._differ(mark.signed)
            if not mark.outside:
                root = anew = mark.signed.root
                self.agreed = mark.signed.position
        return anew

    def _differ(self, signed: Signed) -> None:
        since = min(self.agreed + 1, signed.position)
        moved = _farthest(self.source.displaced(since, signed.position, _FEW))
        named = "、".join(str(place.position) for place in sorted(moved, key=attrgetter("position"))[:_FEW])
        self.book.add(Flaw.ROOT_DIFFERS, position=signed.position, since=since,
                      why=Why.SUSPECTS(places=named) if named else Why.NONE())


def _walk_subjects(entries: Iterable[Stored], book: Book) -> None:
    for subject, group in groupby(entries, key=attrgetter("subject")):
        book.subjects += 1
        _walk_subject(subject, group, book)


def _walk_subject(subject: str, entries: Iterable[Stored], book: Book) -> None:
    last: Stored | None = None
    low = 0
    numbers, positions = array("q"), array("q")
    for entry in entries:
        book.entries += 1
        book.waiting += entry.waiting
        expected = last.number + 1 if last else 1
        if _is_stray(entry, last, expected, book):
            continue
        if entry.number > expected:
            book.miss(Flaw.NUMBER_MISSING, subject, expected, entry.number - expected, low, entry.position or 0)
        elif entry.previous != (last.hash if last else GENESIS):
            book.add(Flaw.CHAIN_BROKEN, subject, entry.number, entry.position)
        if not entry.fits:
            book.alter(entry)
        if entry.position is not None:
            numbers.append(entry.number)
            positions.append(entry.position)
            low = entry.position
        last = entry
    if last is not None:
        _check_head(last, low, book)
    for index in _moved(positions):
        book.add(Flaw.EXCHANGED, subject, numbers[index], positions[index], why=Why.ORDER())


def _is_stray(entry: Stored, last: Stored | None, expected: int, book: Book) -> bool:
    """Whether the entry is no link of the chain; if so it is told and left out."""
    told = (entry.subject, entry.number, entry.position)
    if entry.number < expected:
        book.add(Flaw.DUPLICATE, *told)
        return True
    if entry.head_number is not None and entry.number > entry.head_number:
        book.add(Flaw.INSERTED, *told, why=Why.BEYOND_HEAD())
        return True
    if entry.position is None and not entry.waiting:
        continues = entry.fits and entry.number == expected and entry.previous == (last.hash if last else GENESIS)
        if not continues or entry.head_number is None:
            book.add(Flaw.INSERTED, *told, why=Why.NO_POSITION())
            return True
        book.add(Flaw.UNPLACED, *told)
    return False


def _check_head(last: Stored, low: int, book: Book) -> None:
    if last.head_number is None:
        book.add(Flaw.HEAD_MISSING, last.subject, last.number, last.position)
    elif last.head_number > last.number:
        book.miss(Flaw.LAST_MISSING, last.subject, last.number + 1, last.head_number - last.number, low, 0)
    elif last.head_hash != last.hash:
        book.add(Flaw.HEAD_WRONG, last.subject, last.number, last.position)


def _moved(positions: Sequence[int]) -> list[int]:
    """Indexes of the positions that are not where their rank puts them; the farthest of many."""
    if all(one < other for one, other in pairwise(positions)):
        return []
    ranks = sorted(range(len(positions)), key=positions.__getitem__)
    away = {index: abs(rank - index) for rank, index in enumerate(ranks) if rank != index}
    far = max(away.values()) if len(away) > _FEW else 0
    return sorted(index for index, distance in away.items() if distance * 2 > far)


def _farthest(displaced: list[tuple[Place, int]]) -> list[Place]:
    """All of a few; of many only those that moved far, because one inserted row shifts all that follow by one."""
    far = max(abs(distance) for _, distance in displaced) if len(displaced) >= _FEW else 0
    return [place for place, distance in displaced if abs(distance) * 2 > far]


def _carry_each_other(one: Stored, other: Stored) -> bool:
    """Whether both hashes fit once some columns are put back: the data, the content, the whole row, the address."""
    assert one.link is not None
    assert other.link is not None
    for names, with_hash in ((_DATA, False), (_CONTENT, False), (_ROW, True), (_ADDRESS, False)):
        mine, theirs = (other.hash, one.hash) if with_hash else (one.hash, other.hash)
        if link_hash(_with(one.link, other.link, names)) == mine and (
                link_hash(_with(other.link, one.link, names)) == theirs):
            return True
    return False


_DATA = ("data",)
_CONTENT = ("verb", "actor", "via", "at", "area_path", "data")
_ROW = (*_CONTENT, "previous")
_ADDRESS = ("subject", "number")


def _with(link: Link, other: Link, names: Sequence[str]) -> Link:
    return replace(link, **{name: getattr(other, name) for name in names})
