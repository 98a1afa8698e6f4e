"""Numbers of parts: a given one is checked, else the next free one is taken; none is given out twice."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

from jingwei.kernel.errors import Refusal
from jingwei.registry.errors import PartError
from jingwei.registry.models import PartNumber, PartSequence
from jingwei.registry.parts import numbers

_LOOKED_AT = 2_000


def fits(number: str, county: str, class_code: str) -> None:
    """Refuse a number that is none, of another county, or of another class."""
    found = numbers.apart(number)
    if found is None or len(number) != numbers.length(class_code) or not found.sequence:
        raise Refusal(PartError.BAD_NUMBER, number=number[:24], digits=numbers.length(class_code))
    if found.class_code != class_code:
        raise Refusal(PartError.OTHER_CLASS, number=number, found=found.class_code, wanted=class_code)
    if found.county != county[:numbers.COUNTY]:
        raise Refusal(PartError.OTHER_COUNTY, number=number, found=found.county, wanted=county)


def taken(given: Sequence[str]) -> set[str]:
    """Those of the numbers that a part bears or once bore."""
    found: set[str] = set()
    for start in range(0, len(given), _LOOKED_AT):
        found |= set(PartNumber.objects.filter(number__in=given[start:start + _LOOKED_AT]).values_list("number", flat=True))
    return found


def next_numbers(county: str, class_code: str, count: int = 1, *, avoid: Collection[str] = ()) -> list[str]:
    """So many numbers that nobody had before. Inside the caller's transaction, which holds the sequence until its end.

    `avoid`: numbers that are about to be given by a file.
    """
    before = prefix_of(county, class_code)
    kept = {int(number[-numbers.SEQUENCE:]) for number in avoid if number.startswith(before) and len(number) == len(before) + numbers.SEQUENCE}
    sequence = _held(before)
    found: list[int] = []
    first = sequence.next
    while len(found) < count and first <= numbers.LAST:
        used = _used(before, first)
        ends = used[-1] if len(used) == _LOOKED_AT else numbers.LAST
        found += [each for each in numbers.free(first, {*used, *kept}, count - len(found)) if each <= ends]
        first = ends + 1
    if len(found) < count:
        raise Refusal(PartError.NUMBERS_EXHAUSTED, prefix=before)
    sequence.next = found[-1] + 1
    sequence.save(update_fields=["next"])
    return [numbers.made(before, each) for each in found]


def prefix_of(county: str, class_code: str) -> str:
    """What the numbers begin with. A tree without counties (a campus) has no national numbers."""
    try:
        return numbers.prefix(county[:numbers.COUNTY], class_code)
    except ValueError as error:
        raise Refusal(PartError.BAD_NUMBER, number=county[:12], digits=numbers.length(class_code)) from error


def _held(before: str) -> PartSequence:
    rows = PartSequence.objects.select_for_update() if connection.features.has_select_for_update else PartSequence.objects
    found = rows.filter(pk=before).first()
    if found is None:
        PartSequence.objects.bulk_create([PartSequence(prefix=before)], ignore_conflicts=True)
        found = rows.get(pk=before)
    return found


def _used(before: str, first: int) -> list[int]:
    """Sequences from `first` on that were given by hand or by a file, the lowest."""
    rows: Any = PartNumber.objects.filter(
        number__gte=numbers.made(before, first), number__lte=numbers.made(before, numbers.LAST))
    return [int(number[-numbers.SEQUENCE:]) for number in rows.order_by("number").values_list("number", flat=True)[:_LOOKED_AT]
            if len(number) == len(before) + numbers.SEQUENCE]
