"""Whom a task on the spot waits for."""

from uuid import UUID

from jingwei.accounts import queries as accounts
from jingwei.cases.commands import second
from jingwei.cases.commands.step import Moving
from jingwei.cases.errors import CaseError
from jingwei.kernel.errors import Refusal


def give_to(moving: Moving, person: UUID | None, duty: str) -> None:
    """Name the person, a grid worker of the place whom no earlier deed keeps off; None leaves it to whoever comes first."""
    if person is not None:
        path = moving.case.area_path
        if not any(grant.role == "supervisor" and grant.covers(path) for grant in accounts.grants_of(person)):
            raise Refusal(CaseError.UNKNOWN_PERSON)
        if earlier := second.kept_off(moving.case, duty).get(str(person)):
            raise second.refusal_to_give(moving.case, person, duty, earlier)
        moving.told["person"] = str(person)
    moving.set(person=person)
