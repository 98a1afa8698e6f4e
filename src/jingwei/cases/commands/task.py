"""Whom a task on the spot waits for."""

from uuid import UUID

from jingwei.accounts import queries as accounts
from jingwei.cases.commands.step import Moving
from jingwei.cases.errors import CaseError
from jingwei.kernel.errors import Refusal


def give_to(moving: Moving, person: UUID | None) -> None:
    """Name the person, who must be a grid worker of the place; None leaves it to whoever of them comes first."""
    if person is not None:
        path = moving.case.area_path
        if not any(grant.role == "supervisor" and grant.covers(path) for grant in accounts.grants_of(person)):
            raise Refusal(CaseError.UNKNOWN_PERSON)
        moving.told["person"] = str(person)
    moving.set(person=person)
