"""Add, correct, move a part, change its state, retire it. Each is one transaction with one entry (CAT-02, CAT-03, CAT-05)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.catalogue import queries as catalogue
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import client_id
from jingwei.kernel.wording import Words
from jingwei.registry.commands.describing import Described, day, described, in_order, state, text, unit_codes
from jingwei.registry.commands.numbering import fits, next_numbers, taken
from jingwei.registry.commands.placing import Where, columns, located, shaped
from jingwei.registry.days import today
from jingwei.registry.errors import PartError
from jingwei.registry.events import PartEvent
from jingwei.registry.models import Part, PartChange, PartNumber
from jingwei.registry.parts.states import NEEDS_REASON, RETIRED, STATES
from jingwei.registry.reach import may_see_parts

LONGEST_REASON = 300
_COMPONENT = "component"
_NOT_TOLD = frozenset({"wkb", "cell", "west", "south", "east", "north", "spot", "area_path", "shape"})


@dataclass(frozen=True, slots=True)
class Saved:
    """The answer to a write: where the part stands now. `remarks`: what is doubtful about what was taken."""

    id: UUID
    number: str
    state: str
    remarks: tuple[str, ...] = ()


def add(actor: Actor, part_id: UUID, class_code: str, where: Where, given: Mapping[str, str], *,
        number: str = "") -> Saved:
    """Enter a part. `class_code`: "scheme/component/code". `given`: texts by the keys of `describing.GIVEN`.

    `number` left out: the next free one of its class in the county.
    """
    client_id(part_id)
    with transaction.atomic(savepoint=False):
        known = generations()
        row = component(class_code, known)
        shape, _ = shaped(where)
        place = located(actor, shape, known)
        told = described({"name": row.name, "surveyed_on": "", **given}, unit_codes(known), today())
        found = {**told.columns, **columns(shape, place)}
        found["surveyed_on"] = found["surveyed_on"] or today()
        in_order(found["surveyed_on"], found.get("changed_on"))
        part = Part(id=part_id, number=_number(number.strip(), place.county, row.code), county=place.county,
                    class_entry_id=row.id, area_then_id=place.area_id, **found)
        try:
            part.save(force_insert=True)
            PartNumber.objects.create(number=part.number, part=part)
        except IntegrityError as error:
            raise _refused_twice(error, part.number) from error
        what = {name: [None, value] for name, value in plain(part, ("number", "class_entry_id", *found)).items()
                if value not in ("", None)}
        _tell(actor, part, PartEvent.ADDED, what, journal.hold(f"part:{part.id}"))
        return _saved(part, told)


def correct(actor: Actor, part_id: UUID, given: Mapping[str, str], *, class_code: str = "", reason: str = "") -> Saved:
    """Put right what is entered; keys that are not given stay. Another class gives another number: the old one stays
    known. State and place have commands of their own.
    """
    with transaction.atomic(savepoint=False):
        part, tail, known = _held(actor, part_id)
        _in_service(part)
        told = described({**_whole_bodies(part, given)}, unit_codes(known), today())
        changed = {name: value for name, value in told.columns.items()
                   if name not in ("state", "changed_on") and value != getattr(part, name)}
        in_order(changed.get("surveyed_on") or part.surveyed_on, part.changed_on)
        if changed.get("surveyed_on", part) is None:
            del changed["surveyed_on"]
        if class_code:
            changed |= _other_class(part, component(class_code, known))
        if changed:
            _change(actor, part, PartEvent.CORRECTED, changed, tail, reason=reason)
        return _saved(part, told)


def move(actor: Actor, part_id: UUID, where: Where, *, reason: str = "", on: str = "") -> Saved:
    """Another place: moved, or measured better. It stays in its county, of which its number tells."""
    with transaction.atomic(savepoint=False):
        part, tail, known = _held(actor, part_id)
        _in_service(part)
        shape, _ = shaped(where)
        place = located(actor, shape, known)
        if place.county != part.county:
            raise Refusal(PartError.LEAVES_COUNTY, county=part.county, other=place.county)
        if bytes(part.wkb) != shape.wkb:
            changed = columns(shape, place) | {"changed_on": _changed_on(part, on)}
            _change(actor, part, PartEvent.MOVED, changed, tail, reason=reason)
        return _saved(part)


def change_state(actor: Actor, part_id: UUID, state_code: str, *, reason: str = "", on: str = "") -> Saved:
    """Intact, damaged, lost, abandoned, removed. Lost, abandoned and removed ask for a reason."""
    with transaction.atomic(savepoint=False):
        part, tail, _ = _held(actor, part_id)
        wanted = state(state_code)
        if wanted == part.state:
            raise Refusal(PartError.SAME_STATE, state=_state_words(wanted))
        if wanted in NEEDS_REASON and not reason.strip():
            raise Refusal(PartError.NEEDS_REASON, state=_state_words(wanted))
        event = PartEvent.RETIRED if wanted in RETIRED else PartEvent.STATE_CHANGED
        _change(actor, part, event, {"state": wanted, "changed_on": _changed_on(part, on)}, tail, reason=reason)
        return _saved(part)


def retire(actor: Actor, part_id: UUID, *, reason: str, removed: bool = True, on: str = "") -> Saved:
    """Take a part out of service: removed, or abandoned where it still stands. Its number is never given again."""
    return change_state(actor, part_id, "removed" if removed else "abandoned", reason=reason, on=on)


def component(class_code: str, known: dict[str, int]) -> Any:
    """The class of components in use with this full code. Refuses any other, by the digits where those are wrong."""
    book = catalogue.book(known)
    row = book.by_code.get(class_code)
    if row is not None and row.active and row.kind == _COMPONENT:
        return row
    scheme, _, rest = class_code.partition("/")
    code = rest.rpartition("/")[2]
    lengths = {len(each.code) for each in book.classes.values() if each.scheme == scheme and each.kind == _COMPONENT}
    if row is None and len(lengths) == 1 and code.isascii() and code.isdigit() and len(code) not in lengths:
        raise Refusal(PartError.CLASS_DIGITS, code=code[:20], found=len(code), scheme=scheme[:40], wanted=lengths.pop())
    raise Refusal(PartError.UNKNOWN_CLASS, code=class_code[:80])


def _number(given: str, county: str, class_code: str) -> str:
    if not given:
        return next_numbers(county, class_code)[0]
    fits(given, county, class_code)
    if taken([given]):
        raise Refusal(PartError.NUMBER_TAKEN, number=given)
    return given


def _refused_twice(error: IntegrityError, number: str) -> Refusal:
    """Two at once: the same part sent again, or another with the same number."""
    told = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or str(error)
    return Refusal(PartError.NUMBER_TAKEN, number=number) if "number" in told else Refusal(PartError.EXISTS)


def _other_class(part: Part, row: Any) -> dict[str, Any]:
    if row.id == part.class_entry_id:
        return {}
    return {"class_entry_id": row.id, "number": next_numbers(part.county, row.code)[0]}


def _whole_bodies(part: Part, given: Mapping[str, str]) -> dict[str, str]:
    """Code and name of a body are said together: where only one is given the other stays, unless the code changes."""
    whole = dict(given)
    for body in ("supervisor", "owner", "maintainer"):
        code, name = f"{body}_code", f"{body}_name"
        if name in whole and code not in whole:
            whole[code] = getattr(part, code)
        elif code in whole and name not in whole and whole[code].strip() == getattr(part, code):
            whole[name] = getattr(part, name)
    return whole


def _changed_on(part: Part, on: str) -> date:
    found = day(on, today()) or today()
    in_order(part.surveyed_on, found)
    return found


def _held(actor: Actor, part_id: UUID) -> tuple[Part, journal.Tail, dict[str, int]]:
    """The part, locked, for whoever manages parts there. Not found where the actor may not see it."""
    tail = journal.hold(f"part:{part_id}")
    part = Part.objects.select_for_update(of=("self",)).filter(pk=part_id).first()
    if part is None or not may_see_parts(actor, part.area_path):
        raise Refusal(KernelError.NOT_FOUND)
    if not actor.covers(Right.PART_MANAGE.value, part.area_path):
        raise no_right(actor, Right.PART_MANAGE)
    return part, tail, generations()


def _in_service(part: Part) -> None:
    if part.state in RETIRED:
        raise Refusal(PartError.RETIRED, number=part.number, state=_state_words(part.state))


def _state_words(code: str) -> Words:
    return Words(STATES[code], code)


def _change(actor: Actor, part: Part, event: PartEvent, changed: dict[str, Any], tail: journal.Tail, *,
            reason: str = "") -> None:
    before = plain(part, changed)
    for name, value in changed.items():
        setattr(part, name, value)
    part.save(update_fields=list(changed))
    if "number" in changed:
        PartNumber.objects.filter(part=part, until=None).update(until=clock.now())
        PartNumber.objects.create(number=part.number, part=part)
    after = plain(part, changed)
    what = {name: [before[name], value] for name, value in after.items() if value != before[name]}
    _tell(actor, part, event, what, tail, reason=reason)


def _tell(actor: Actor, part: Part, event: PartEvent, what: dict[str, Any], tail: journal.Tail, *, reason: str = "") -> None:
    """The history of the part and the entry beside it."""
    said = text("note", reason)[:LONGEST_REASON]
    PartChange.objects.create(part=part, at=clock.now(), by=actor.user_id, via=actor.via, verb=event.value, reason=said, what=what)
    journal.record(actor, tail, event, {"what": what, "reason": said, "number": part.number}, area_path=part.area_path)


def plain(part: Part, names: Any) -> dict[str, Any]:
    """Columns as the journal keeps them."""
    found = {name: getattr(part, name) for name in names if name not in _NOT_TOLD}
    return {name.removesuffix("_id"): value.isoformat() if isinstance(value, date) else value for name, value in found.items()}


def _saved(part: Part, told: Described | None = None) -> Saved:
    remarks = tuple(Refusal(reason, **details).text() for reason, details in (told.remarks if told else ()))
    return Saved(part.id, part.number, part.state, remarks)
