"""Which unit the rules name for a case: by its class and place, the owner of the part it is about, and the time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jingwei.cases.models import Case
from jingwei.catalogue import queries as catalogue
from jingwei.registry import queries as registry


def owners_of(case: Case, book: Any) -> Sequence[str]:
    """The owner of the part, in every word it goes by. One statement, for cases that name a part where a rule asks for owners."""
    return registry.owners_of(case.part_id) if case.part_id is not None and book.asks_owner else ()


def named(case: Case, book: Any, at: datetime, known: dict[str, int]) -> catalogue.Responsibility:
    """Who answers for the case at an instant, and by which rule."""
    if case.class_entry_id is None:
        return catalogue.Responsibility(None, "no_class")
    moment = catalogue.moment_at(at, known, case.area_path)
    found: catalogue.Responsibility = book.responsibility(case.class_entry_id, case.area_path, moment, owners_of(case, book))
    return found
