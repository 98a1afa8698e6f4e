"""Which units help with a case, for those who see it; and what one's own units are asked to help with."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jingwei.accounts import queries as accounts
from jingwei.cases.models import Case, Helping
from jingwei.cases.queries.detail import seen_case
from jingwei.journal.queries import generations
from jingwei.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Helper:
    """`may`: what the asker may do with it: sign, finish, decline (of that unit), release (whoever may ask for help)."""

    id: UUID
    unit: str
    unit_name: str
    state: str
    task: str
    asked_by: str
    asked_at: datetime
    signed_at: datetime | None
    answer: str
    ended_by: str
    ended_at: datetime | None
    may: list[str]


def helpers(actor: Actor, case_id: UUID) -> list[Helper]:
    """In the order in which they were asked. Three statements beside signing in."""
    known = generations()
    case = seen_case(actor, case_id)
    found = list(Helping.objects.filter(case_id=case_id).order_by("asked_at", "id"))
    units = accounts.unit_book(known)
    names = accounts.names_of({who for row in found for who in (row.asked_by, row.ended_by) if who}, known)
    return [Helper(row.id, units[row.unit_id].code, units[row.unit_id].name, row.state, row.task, names.get(row.asked_by, "") if row.asked_by else "",
                   row.asked_at, row.signed_at, row.answer, names.get(row.ended_by, "") if row.ended_by else "", row.ended_at,
                   _may(actor, case, row)) for row in found]


def _may(actor: Actor, case: Case, row: Helping) -> list[str]:
    if row.state != "asked":
        return []
    found = []
    if "handler" in actor.roles_at(case.area_path, row.unit_path):
        found += [*(["sign"] if row.signed_at is None else []), "finish", "decline"]
    if {"dispatcher", "town_officer"} & actor.roles_at(case.area_path, case.unit_path):
        found.append("release")
    return found
