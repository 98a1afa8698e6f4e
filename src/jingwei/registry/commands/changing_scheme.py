"""Parts of one scheme's classes become parts of the scheme that followed, with new numbers; the old ones stay known.

Only where one old class became one new class. What left the list, became one with others, or is not in the crosswalk
is told, to be decided by hand. In batches: a run that was cut off is repeated.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count

from jingwei.accounts.queries import Right, narrow, require
from jingwei.catalogue import queries as catalogue
from jingwei.journal import commands as journal
from jingwei.journal.errors import JournalError
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.registry.commands.numbering import next_numbers, taken
from jingwei.registry.commands.outcome import Outcome
from jingwei.registry.errors import PartError, PartRemark
from jingwei.registry.events import PartsEvent
from jingwei.registry.models import Part, PartChange, PartNumber
from jingwei.registry.parts import numbers
from jingwei.registry.parts.states import RETIRED

BATCH = 500
Progress = Callable[[int, int], None]
_COMPONENT = "component"


def change_scheme(actor: Actor, before: str, after: str, *, dry_run: bool = False, most: int | None = None,
                  progress: Progress | None = None) -> Outcome:
    """Convert every part in service within reach. `changed`: parts converted, or that would be; `unchanged`: parts that
    could go and wait for the next call, where `most` bounds one; remarks: classes left as they are.
    """
    require(actor, Right.PART_MANAGE)
    if before == after:
        raise Refusal(PartError.SAME_SCHEME, scheme=before[:40])
    outcome = Outcome(dry_run)
    book = catalogue.book(generations())
    for scheme in (before, after):
        if not any(row.scheme == scheme and row.kind == _COMPONENT for row in book.classes.values()):
            raise Refusal(PartError.UNKNOWN_SCHEME, scheme=scheme[:40])
    crossings = _one_to_one(book, before, after)
    if not crossings:
        raise Refusal(PartError.NO_CROSSWALK, before=before, after=after)
    ready = _ready(actor, book, before, after, crossings, outcome)
    total = sum(count for _, count in ready.values())
    if dry_run:
        outcome.changed = total
        return outcome
    for old_id, (new, _) in sorted(ready.items()):
        while (most is None or outcome.changed < most) and (count := _convert_some(actor, old_id, new, before)):
            outcome.changed += count
            if progress:
                progress(outcome.changed, total)
    outcome.unchanged = max(0, total - outcome.changed)
    return outcome


def _one_to_one(book: Any, before: str, after: str) -> dict[str, tuple[str, bool]]:
    """New code by old code, and whether no other old class became the same."""
    became = {row.code: crossing.code for row in book.classes.values() if row.scheme == before and row.kind == _COMPONENT
              if (crossing := catalogue.crossing(before, _COMPONENT, row.code)) and crossing.scheme == after and crossing.code}
    shared = Counter(became.values())
    return {old: (new, shared[new] == 1) for old, new in became.items()}


def _ready(actor: Actor, book: Any, before: str, after: str, crossings: dict[str, tuple[str, bool]],
           outcome: Outcome) -> dict[int, tuple[Any, int]]:
    """New class and number of parts by old class, for those that can go; the others are told."""
    rows = {row.id: row for row in book.classes.values() if row.scheme == before and row.kind == _COMPONENT}
    held = _within(actor).filter(class_entry_id__in=rows).values_list("class_entry_id").annotate(n=Count("id"))
    found = {}
    for class_id, count in sorted(held):
        row = rows[class_id]
        told = {"code": row.code, "name": row.name, "count": count}
        new_code, alone = crossings.get(row.code, ("", False))
        new = book.find(after, _COMPONENT, new_code) if new_code else None
        if not new_code:
            known = catalogue.crossing(before, _COMPONENT, row.code) is not None
            outcome.refuse(0, PartRemark.CROSSING_GONE if known else PartRemark.CROSSING_UNKNOWN, **told)
        elif not alone:
            outcome.refuse(0, PartRemark.CROSSING_SHARED, to=new_code, **told)
        elif new is None or not new.active:
            outcome.refuse(0, PartRemark.CROSSING_ABSENT, to=new_code, **told)
        else:
            found[class_id] = (new, count)
    return found


def _within(actor: Actor) -> Any:
    """Parts in service that this person manages."""
    return narrow(Part.objects.exclude(state__in=RETIRED), actor, Right.PART_MANAGE, area="area_path")


def _convert_some(actor: Actor, old_id: int, new: Any, before: str) -> int:
    """One batch in one transaction: numbers keep their sequence where it is free in the new class."""
    try:
        with transaction.atomic():
            tail = journal.hold(f"part_scheme:{before}")
            parts = list(_within(actor).filter(class_entry_id=old_id).select_for_update(of=("self",)).order_by("number")[:BATCH])
            if not parts:
                return 0
            given = _new_numbers(parts, new.code)
            at = clock.now()
            told = [PartChange(part=part, at=at, by=actor.user_id, via=actor.via, verb=PartsEvent.RENUMBERED.value, what={
                "number": [part.number, given[part.id]], "class_entry": [old_id, new.id]}) for part in parts]
            PartNumber.objects.filter(number__in=[part.number for part in parts]).update(until=at)
            for part in parts:
                part.number, part.class_entry_id = given[part.id], new.id
            PartNumber.objects.bulk_create([PartNumber(number=part.number, part=part) for part in parts])
            Part.objects.bulk_update(parts, ["number", "class_entry_id"], batch_size=100)
            PartChange.objects.bulk_create(told)
            journal.record(actor, tail, PartsEvent.RENUMBERED, {"class": new.full_code, "count": len(parts)})
            return len(parts)
    except IntegrityError as error:
        raise Refusal(JournalError.OVERTAKEN) from error


def _new_numbers(parts: list[Part], class_code: str) -> dict[Any, str]:
    wanted = {part.id: numbers.made(numbers.prefix(part.county[:numbers.COUNTY], class_code), int(part.number[-numbers.SEQUENCE:]))
              for part in parts}
    used = taken(list(wanted.values()))
    lacking: dict[str, list[Any]] = {}
    for part in parts:
        if wanted[part.id] in used:
            lacking.setdefault(part.county, []).append(part.id)
    for county, ids in lacking.items():
        fresh = next_numbers(county, class_code, len(ids), avoid=set(wanted.values()))
        wanted |= dict(zip(ids, fresh, strict=True))
    return wanted
