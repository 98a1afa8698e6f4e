"""Cases that name one person for their next step: what a hand-over has to see to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jingwei.cases import workflow
from jingwei.cases.models import Case
from jingwei.catalogue import queries as catalogue
from jingwei.journal.queries import generations
from jingwei.worklist import queries as worklist


@dataclass(frozen=True, slots=True)
class Held:
    """`title`: the class of the case, '' while it has none. No words of people."""

    case_id: UUID
    number: str
    stage: str
    title: str
    due_at: datetime | None


def held_by(user_id: UUID, area_path: str, kept: Sequence[str] = ()) -> list[Held]:
    """At and below a path, but for the `kept` ones, soonest due first. Three statements at most."""
    due = {UUID(one.subject.removeprefix("case:")): one for one in worklist.of_person(user_id, area_path, kept)
           if one.subject.startswith("case:")}
    if not due:
        return []
    book = catalogue.book(generations())
    cases = {row[0]: row for row in Case.objects.filter(id__in=due).values_list("id", "number", "class_entry_id")}
    found = []
    for case_id, one in due.items():
        _, number, class_id = cases[case_id]
        entry = book.classes.get(class_id) if class_id else None
        found.append(Held(case_id, number, workflow.STATES[one.kind][0], entry.name if entry else "", one.due_at))
    return found
