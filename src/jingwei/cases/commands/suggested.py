"""Keep what the model in force proposes of a case beside what a person chose for it, so that drift can be seen.

Written by a reader of the journal: filing and dispatching cost nothing more. What is proposed is reckoned from the case
itself, whether or not anybody looked at it, so that the figure is of the model and of nobody's habits.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from jingwei.cases import learned
from jingwei.cases.models import Case, Suggested
from jingwei.cases.suggestion import Proposed
from jingwei.catalogue import queries as catalogue
from jingwei.journal.queries import generations


def note_choice(case_id: UUID, kinds: tuple[str, ...], at: datetime) -> None:
    """Compare and keep. Nothing while no model is in force, or where it has nothing to say. Three statements."""
    model = learned.in_force(settings.HOME.suggestions)
    case = Case.objects.filter(id=case_id).only(
        "text", "place", "class_entry_id", "condition_id", "unit_id", "area_path").first() if model else None
    if model is None or case is None:
        return
    rows = []
    for kind, proposed, chosen in _compared(model, case, kinds):
        if proposed and chosen:
            ranked = [one.label for one in proposed]
            rows.append(Suggested(case_id=case_id, kind=kind, model=model.name, proposed=ranked[0], at=at, chosen=chosen,
                                  confidence=proposed[0].confidence, rank=ranked.index(chosen) + 1 if chosen in ranked else 0))
    Suggested.objects.bulk_create(rows, update_conflicts=True, unique_fields=["case", "kind"],
                                  update_fields=["model", "proposed", "confidence", "chosen", "rank", "at"])


def forget_choice(case_id: UUID, kinds: tuple[str, ...]) -> None:
    """The step was undone: nothing was chosen."""
    Suggested.objects.filter(case_id=case_id, kind__in=kinds).delete()


def _compared(model: learned.Learned, case: Case, kinds: tuple[str, ...]) -> list[tuple[str, list[Proposed], str]]:
    book = catalogue.book(generations())
    row = book.classes.get(case.class_entry_id) if case.class_entry_id else None
    found: list[tuple[str, list[Proposed], str]] = []
    if row is None:
        return found
    if "class" in kinds and model.classes is not None:
        found.append(("class", model.classes.propose(case.text, case.place), row.full_code))
    conditions = {str(one.id) for one in book.conditions_of(row.id)}
    if "condition" in kinds and model.conditions is not None and len(conditions) > 1:
        found.append(("condition", model.conditions.propose(case.text, case.place, among=conditions), str(case.condition_id or "")))
    if "unit" in kinds and not book.may_answer(row.id, case.area_path):
        units = [Proposed(unit, sure) for unit, sure, _ in model.whose.propose(row.full_code, case.area_path)]
        found.append(("unit", units, str(case.unit_id or "")))
    return found
