"""Readers: everything that follows the journal. Effect and cursor are one transaction, so none is lost or doubled.

An entry that fails five times is parked with the later entries of its subject; the reader goes on with the others.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from functools import cache

from django.db import transaction
from django.utils.module_loading import autodiscover_modules

from jingwei.journal import queries
from jingwei.journal.errors import JournalError
from jingwei.journal.faults import passing, told
from jingwei.journal.models import Cursor, Parked
from jingwei.journal.queries import Seen
from jingwei.kernel import clock
from jingwei.kernel.errors import Refusal

log = logging.getLogger(__name__)

TRIES = 5
_DELAYS = (0.2, 0.5, 1.0, 2.0)  # seconds before the second to the fifth try: others wait at most as long
_LONGEST_NAME = 40

Handler = Callable[[Seen], None]
Together = Callable[[list[Seen]], None]


@dataclass(frozen=True, slots=True)
class Reader:
    name: str
    handle: Handler
    verbs: frozenset[str]
    prefixes: tuple[str, ...]
    together: Together | None = None

    def wants(self, verb: str) -> bool:
        return verb in self.verbs or verb.startswith(self.prefixes)


@dataclass(frozen=True, slots=True)
class Released:
    """What became of a subject's parked entries: how many went through, how many are left, what stopped them."""

    released: int
    left: int
    error: str = ""


class _Stumbled(Exception):
    def __init__(self, seen: Seen, fault: Exception) -> None:
        super().__init__(seen.position)
        self.seen = seen
        self.fault = fault


class _Apart(Exception):
    """Entries that were handled together failed: which of them is found out one by one."""


_known: dict[str, Reader] = {}


def reader(name: str, verbs: Iterable[type[Enum] | Enum | str], *, together: Together | None = None) -> Callable[[Handler], Handler]:
    """Register a function as a reader. It gets each `Seen` it wants, in order, inside a transaction.

    `name`: at most 40 characters, kept for ever, for the cursor goes by it. `verbs`: members of events enums, whole
    enums, or prefixes such as 'case.'. The function writes to the database only (other effects: enqueue a job), is
    run again after a failure, and belongs in the room's `readers.py`, which the worker finds by itself.
    `together`: has the same effect for several entries in their order, for less; if it fails they are handled one by one.
    """
    exact: set[str] = set()
    prefixes: list[str] = []
    for verb in verbs:
        if isinstance(verb, str):
            prefixes.append(verb)
        else:
            exact.update(member.value for member in (verb if isinstance(verb, type) else [verb]))

    def register(handle: Handler) -> Handler:
        if len(name) > _LONGEST_NAME or name in _known:
            raise ValueError(f"reader name too long or taken: {name}")
        _known[name] = Reader(name, handle, frozenset(exact), tuple(prefixes), together)
        return handle

    return register


def hold_still(name: str) -> None:
    """Let a reader read no further until the caller's transaction has ended; what it is at is finished first."""
    Cursor.objects.select_for_update().filter(reader=name).first()


def known() -> dict[str, Reader]:
    """Every reader of every room, by name."""
    _discover()
    return _known


@cache
def _discover() -> None:
    autodiscover_modules("readers")


def step(limit: int = 200) -> bool:
    """Let each reader take one batch. Returns whether there was anything to read."""
    readers, end, now = known(), queries.last_position(), clock.now()
    cursors = _cursors(list(readers))
    pages: dict[int, list[Seen]] = {}
    idle: dict[tuple[int, int], list[str]] = defaultdict(list)
    trouble: Exception | None = None
    moved = False
    for name, one in readers.items():
        cursor = cursors[name]
        if cursor.position >= end or (cursor.next_try is not None and cursor.next_try > now):
            continue
        if cursor.position not in pages:
            pages[cursor.position] = queries.since(cursor.position, limit)
        page = pages[cursor.position]
        if not any(one.wants(seen.verb) for seen in page):
            if page:
                idle[cursor.position, page[-1].position].append(name)
            continue
        try:
            _take(one, cursor.position, page)
            moved = True
        except Exception as fault:
            if not passing(fault):
                raise
            trouble = fault
    for (old, new), names in idle.items():
        Cursor.objects.filter(reader__in=names, position=old).update(position=new, at=now)
    if trouble is not None:
        raise trouble
    return moved or bool(idle)


def _cursors(names: list[str]) -> dict[str, Cursor]:
    found = {cursor.reader: cursor for cursor in Cursor.objects.filter(reader__in=names)}
    new = [Cursor(reader=name) for name in names if name not in found]
    if new:
        Cursor.objects.bulk_create(new, ignore_conflicts=True)
        found.update((cursor.reader, cursor) for cursor in new)
    return found


def _take(one: Reader, position: int, page: list[Seen]) -> None:
    """As much of the page as goes through; what stumbled is counted, and parked at last."""
    stumbled: _Stumbled | None = None
    apart = one.together is None
    while page:
        try:
            if not _apply(one, position, page, apart=apart):
                return
            break
        except _Apart:
            apart = True
        except _Stumbled as met:
            stumbled = met
            page = [seen for seen in page if seen.position < met.seen.position]
    if stumbled is not None:
        if passing(stumbled.fault):
            raise stumbled.fault
        _note(one, page[-1].position if page else position, stumbled)


def _apply(one: Reader, position: int, page: list[Seen], *, apart: bool = True) -> bool:
    """One transaction. The cursor moves first: its row keeps a second worker out until the effects are committed."""
    wanted = [seen for seen in page if one.wants(seen.verb)]
    with transaction.atomic():
        if not Cursor.objects.filter(reader=one.name, position=position).update(
                position=page[-1].position, at=clock.now(), failing=None, tries=0, next_try=None, error=""):
            return False
        stopped = set(Parked.objects.filter(
            reader=one.name, subject__in={seen.subject for seen in wanted}).values_list("subject", flat=True))
        Parked.objects.bulk_create([
            Parked(reader=one.name, position=seen.position, subject=seen.subject, at=clock.now())
            for seen in wanted if seen.subject in stopped])
        _handle(one, [seen for seen in wanted if seen.subject not in stopped], apart=apart)
    return True


def _handle(one: Reader, some: list[Seen], *, apart: bool) -> None:
    if one.together is not None and not apart and len(some) > 1:
        try:
            one.together(some)
        except Exception as fault:
            raise _Apart from fault
        return
    for seen in some:
        try:
            one.handle(seen)
        except Exception as fault:
            raise _Stumbled(seen, fault) from fault


def _note(one: Reader, position: int, stumbled: _Stumbled) -> None:
    """Count the failure in a transaction of its own, so that a restart goes on counting."""
    seen, error = stumbled.seen, told(stumbled.fault)
    with transaction.atomic():
        cursor = Cursor.objects.select_for_update().get(reader=one.name)
        if cursor.position != position:
            return
        tries = cursor.tries + 1 if cursor.failing == seen.position else 1
        if tries < TRIES:
            cursor.failing, cursor.tries, cursor.error = seen.position, tries, error
            cursor.next_try = clock.now() + timedelta(seconds=_DELAYS[tries - 1])
        else:
            Parked.objects.create(reader=one.name, position=seen.position, subject=seen.subject, tries=tries,
                                  error=error, at=clock.now())
            cursor.position, cursor.failing, cursor.tries, cursor.error = seen.position, None, 0, ""
            cursor.next_try = None
        cursor.save()
    log.log(logging.ERROR if tries >= TRIES else logging.WARNING, "reader %s: position %d failed %d times: %s",
            one.name, seen.position, tries, error)


def release(name: str, subject: str, *, skip: bool) -> Released:
    """Run a subject's parked entries again in their order, up to the first that fails. Inside a transaction.

    `skip`: give the first one up instead of trying it.
    """
    one = known().get(name)
    if one is None and not skip:
        raise Refusal(JournalError.READER_UNKNOWN, reader=name)
    # the row that the reader's own transactions change first: no later entry of the subject slips past
    Cursor.objects.filter(reader=name).update(at=clock.now())
    rows = list(Parked.objects.filter(reader=name, subject=subject).order_by("position"))
    if skip and rows:
        rows.pop(0).delete()
    seen = {entry.position: entry for entry in queries.at_positions([row.position for row in rows])}
    for done, row in enumerate(rows):
        fault = _try(one, seen.get(row.position)) if one else Refusal(JournalError.READER_UNKNOWN, reader=name)
        if fault is not None:
            Parked.objects.filter(id=row.id).update(tries=row.tries + 1, error=told(fault), at=clock.now())
            return Released(done, len(rows) - done, told(fault))
        row.delete()
    return Released(len(rows), 0)


def _try(one: Reader, seen: Seen | None) -> Exception | None:
    if seen is None:
        return LookupError("the entry is no more")
    try:
        with transaction.atomic():
            one.handle(seen)
    except Exception as fault:
        if passing(fault):
            raise
        return fault
    return None
