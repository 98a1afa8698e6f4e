"""What is proposed for a case: its class, its filing condition, who ordinarily handles it. Nothing here is a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, require
from jingwei.cases import answering, learned
from jingwei.cases.commands.part import known_part
from jingwei.cases.queries.detail import seen_case
from jingwei.cases.suggestion import Proposed
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.registry import queries as registry

AUTO, NEVER = "auto", "never"
_LEAST = 0.05  # less sure than this is no proposal


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`because`: words of the text, or what else spoke for it. `by`: learned | rule | part. `sure`: 0–1."""

    code: str
    name: str
    more: str
    sure: float
    because: Sequence[str]
    by: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """At most three of each, the likeliest first. `…_filled`: the code that may stand there already, '' for none.

    `learned`: whether a model is in force. Conditions and units are those for `class_code`.
    """

    learned: bool
    class_code: str
    classes: Sequence[Suggestion]
    class_filled: str
    conditions: Sequence[Suggestion]
    condition_filled: str
    units: Sequence[Suggestion]
    unit_filled: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What is known of a problem while it is being told."""

    text: str
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    class_code: str = ""
    part: UUID | None = None


def suggest(actor: Actor, telling: Telling) -> Suggestions:
    """For what somebody is writing down. Two statements at most: generations, and a part if one is named."""
    require(actor, Right.CASE_REPORT)
    known = generations()
    located = telling.lon is not None and telling.lat is not None
    place = grids.locate(telling.lon or 0.0, telling.lat or 0.0, known) if located else None
    part = known_part(actor, telling.part)
    part_class = registry.seen_part(actor, part).class_entry_id if part else None
    return _suggested(catalogue.book(known), known, telling.text, telling.place, place.path if place else None,
                      telling.class_code, part_class)


def suggest_for(actor: Actor, case_id: UUID, class_code: str = "") -> Suggestions:
    """For a case; `class_code`: the one that was chosen meanwhile, else the case's own."""
    case, known = seen_case(actor, case_id), generations()
    book = catalogue.book(known)
    row = book.classes.get(case.class_entry_id) if case.class_entry_id else None
    return _suggested(book, known, case.text, case.place, case.area_path, class_code or (row.full_code if row else ""), None,
                      answering.owners_of(case, book))


def _suggested(book: Any, known: dict[str, int], text: str, place: str, path: str | None, class_code: str, part_class: int | None,
               owners: Sequence[str] = ()) -> Suggestions:
    model = learned.in_force(settings.HOME.suggestions)
    classes = _classes(book, model, text, place, part_class)
    filled = _filled(classes, _bound(book, model, "class", path))
    row = book.by_code.get(class_code or (classes[0].code if classes else ""))
    conditions = _conditions(book, model, row, text, place)
    proposed = _units(book, model, known, row, path, owners)
    return Suggestions(
        model is not None, row.full_code if row else "", classes, filled, conditions,
        _filled(conditions, _bound(book, model, "condition", path)), proposed, _filled(proposed, _bound(book, model, "unit", path)))


def _bound(book: Any, model: learned.Learned | None, kind: str, path: str | None) -> float:
    """From what sureness on a proposal may be filled in; above 1: never."""
    value = book.setting("suggest_prefill_percent", path or "")
    if value == NEVER:
        return 1.01
    return model.bound(kind) if value == AUTO and model else 1.01 if value == AUTO else int(value) / 100


def _filled(found: Sequence[Suggestion], bound: float) -> str:
    return found[0].code if found and (found[0].by != "learned" or found[0].sure >= bound) else ""


def _classes(book: Any, model: learned.Learned | None, text: str, place: str, part_class: int | None) -> list[Suggestion]:
    row = book.classes.get(part_class) if part_class else None
    if row is not None and row.active:
        return [Suggestion(row.full_code, row.name, row.major_name, 1.0, (row.name,), "part")]
    if model is None or model.classes is None or not text.strip():
        return []
    among = {label for label in model.classes.labels if label in book.by_code and book.by_code[label].active}
    rows = [(book.by_code[one.label], one) for one in _said(model.classes.propose(text, place, among=among))]
    return [Suggestion(row.full_code, row.name, row.major_name, one.confidence, one.because, "learned") for row, one in rows]


def _conditions(book: Any, model: learned.Learned | None, row: Any, text: str, place: str) -> list[Suggestion]:
    """Where a class has several: with one there is nothing to propose."""
    known = {str(one.id): one for one in book.conditions_of(row.id)} if row else {}
    if len(known) < 2 or model is None or model.conditions is None or not text.strip():
        return []
    return [Suggestion(one.label, known[one.label].text, "", one.confidence, one.because, "learned")
            for one in _said(model.conditions.propose(text, place, among=known))]


def _units(book: Any, model: learned.Learned | None, known: dict[str, int], row: Any, path: str | None,
           owners: Sequence[str]) -> list[Suggestion]:
    """The unit of the rule, which wins; without a rule who handled this class here before."""
    if row is None or path is None:
        return []
    units = accounts.unit_book(known)
    named = book.responsibility(row.id, path, catalogue.moment_at(clock.now(), known, path), owners)
    if named.reason == "rule":
        unit = units.get(named.unit_id)
        return [Suggestion(unit.code, unit.name, "", 1.0, (row.name,), "rule")] if unit and unit.active else []
    if model is None or named.reason == "nobody":
        return []
    found = []
    for unit_id, sure, cases in model.whose.propose(row.full_code, path):
        unit = units.get(int(unit_id))
        if unit is not None and unit.active and sure >= _LEAST:
            found.append(Suggestion(unit.code, unit.name, str(cases), sure, (row.name,), "learned"))
    return found


def _said(proposed: Sequence[Proposed]) -> list[Proposed]:
    return [one for one in proposed if one.confidence >= _LEAST]
