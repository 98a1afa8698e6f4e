"""Why this unit: what the rules say of a case now."""

from uuid import UUID

from jingwei.cases import answering
from jingwei.cases.queries.detail import seen_case
from jingwei.catalogue import queries as catalogue
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor


def responsible_for(actor: Actor, case_id: UUID) -> catalogue.Answerable:
    """Three statements at the most: generations, the case, and the owner of its part where a rule asks for owners."""
    case, known = seen_case(actor, case_id), generations()
    book = catalogue.book(known)
    at = catalogue.moment_at(clock.now(), known, case.area_path)
    return catalogue.explained(book, case.class_entry_id, case.area_path, at, answering.owners_of(case, book), known)
