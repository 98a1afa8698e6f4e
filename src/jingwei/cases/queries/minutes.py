"""Minutes taken apart, and what became of the matters that were filed from them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from jingwei.accounts.queries import Right, narrow, require
from jingwei.cases import minutes as rules
from jingwei.cases import workflow
from jingwei.cases.batch_errors import MinutesError
from jingwei.cases.models import MinutesItem
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

SHOWN, _ROWS = 20, 400
_TEXT_SHOWN = 80


@dataclass(frozen=True, slots=True)
class MatterLine:
    """A matter as a draft. `under`: the headings above it."""

    number: str
    under: list[str]
    text: str


@dataclass(frozen=True, slots=True)
class FiledMatter:
    place: int
    case_id: UUID
    number: str
    state_name: str
    ended: bool
    text: str


@dataclass(frozen=True, slots=True)
class MinutesLine:
    id: UUID
    title: str
    held_on: date
    matters: list[FiledMatter]


def split_minutes(actor: Actor, text: str) -> list[MatterLine]:
    """The matters that the minutes name, by their own numbers. Nothing is kept, no statement."""
    require(actor, Right.CASE_REPORT)
    found = rules.split(text) if len(text) <= rules.TEXT_MOST else []
    if len(text) > rules.TEXT_MOST or len(found) > rules.MOST_ITEMS:
        raise Refusal(MinutesError.TOO_MUCH, most=rules.TEXT_MOST, items=rules.MOST_ITEMS)
    return [MatterLine(each.number, list(each.under), each.text) for each in found]


def minutes(actor: Actor) -> list[MinutesLine]:
    """The newest minutes of which one may see a case, with those cases. One statement."""
    require(actor, Right.CASE_READ)
    rows: Any = narrow(MinutesItem.objects.all(), actor, Right.CASE_READ, area="case__area_path", unit="case__unit_path")
    found: dict[UUID, MinutesLine] = {}
    for row in rows.order_by("-minutes__held_on", "-minutes__at", "minutes_id", "place").values_list(
            "minutes_id", "minutes__title", "minutes__held_on", "place", "case_id", "case__number", "case__state", "case__text")[:_ROWS]:
        minutes_id, title, held_on, place, case_id, number, state, text = row
        if minutes_id not in found and len(found) == SHOWN:
            break
        name, kind = workflow.STATES[state]
        line = found.setdefault(minutes_id, MinutesLine(minutes_id, title, held_on, []))
        line.matters.append(FiledMatter(place, case_id, number, name, kind == "ended", text[:_TEXT_SHOWN]))
    return list(found.values())
