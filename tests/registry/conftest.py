"""The small district of the tests of cases, with parts in it."""

from typing import Any
from uuid import UUID

import pytest

from jingwei.catalogue.commands import install_scheme
from jingwei.journal import queries as journal
from jingwei.kernel.ids import new_id
from jingwei.registry import commands
from jingwei.registry.commands import Where
from jingwei.registry.models import Part
from tests.cases.conftest import Centre, centre, standing  # noqa: F401

SCHEME, OLD = "gbt47678.5-2026", "gbt30428.2-2013"
MANHOLE, DRAIN, TREE, LAMP = (f"{SCHEME}/component/{code}" for code in ("01001", "01004", "04002", "01037"))
IN_FIRST, IN_SECOND, NEXT_DOOR = (102.0005, 40.0005), (102.0015, 40.0005), (103.0005, 40.0005)
GIVEN = {"owner_code": "HW", "supervisor_code": "SC", "accuracy": "A", "source": "实测", "surveyed_on": "2026-07-01"}


def add(centre: Centre, at: tuple[float, float] = IN_FIRST, class_code: str = MANHOLE, *, by: str = "admin",  # noqa: F811
        number: str = "", **given: str) -> UUID:
    """A part entered by the area's administrator; its id."""
    saved = commands.add(centre.act(by), new_id(), class_code, Where(*at), {**GIVEN, **given}, number=number)
    return saved.id


def part(part_id: UUID) -> Part:
    return Part.objects.get(pk=part_id)


def verbs(subject: str) -> list[str]:
    return [seen.verb for seen in journal.history(subject)]


@pytest.fixture
def both(centre: Any, operator: Any) -> Any:  # noqa: F811
    """The district with the scheme of 2013 beside that of 2026."""
    install_scheme(operator, OLD)
    return centre
