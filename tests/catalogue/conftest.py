"""What the tests of the catalogue may ask for."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from django.db import transaction

from jingwei.catalogue import queries
from jingwei.journal import queries as journal
from jingwei.kernel.actor import Actor, Grant
from jingwei.kernel.errors import ErrorCode, Refusal
from tests.cast import cast  # noqa: F401

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


class Row(NamedTuple):
    """A row as a table reader gives it."""

    number: int
    values: dict[str, str]


def rows(headers: str, *lines: str) -> list[Row]:
    """Rows written as cells parted by '|', numbered as a spreadsheet does below its header."""
    names = [name.strip() for name in headers.split("|")]
    return [
        Row(number, dict(zip(names, (cell.strip() for cell in line.split("|")), strict=True)))
        for number, line in enumerate(lines, start=2)]


@pytest.fixture(autouse=True)
def _fresh_memory() -> Iterator[None]:
    """The database is put back after each test; what stands in memory does not know."""
    queries.forget()
    yield
    queries.forget()


def book() -> queries.Book:
    return queries.book(journal.generations())


def refusal(act: Callable[[], object]) -> ErrorCode:
    """The reason for which it refuses. Within a savepoint: a refusal voids the transaction it happens in."""
    with pytest.raises(Refusal) as refused, transaction.atomic():
        act()
    return refused.value.reason


def verbs(subject: str) -> list[str]:
    """What the journal tells of a subject, oldest first."""
    return [seen.verb for seen in journal.history(subject)]


def person(*rights: str, area_path: str = "") -> Actor:
    """王示例, who holds these rights over an area and nothing else."""
    grant = Grant("area_admin", area_path, frozenset(rights))
    return Actor(None, "wangshili", (grant,), via="session", name="王示例")


class Ground(NamedTuple):
    """A county with a town in it."""

    county: str
    town: str
    county_code: str = "990101000000"
    town_code: str = "990101100000"


@pytest.fixture
def ground(db: None) -> Ground:
    """A county and a town in it, as published. Their codes belong to no real place."""
    from django.apps import apps

    area, plan = apps.get_model("grids", "Area"), apps.get_model("grids", "PlanVersion")
    system, _ = apps.get_model("grids", "GridSystem").objects.get_or_create(code="base", defaults={"name": "行政区划"})
    version = plan.objects.create(
        system=system, number=900, title="示例", state="published", valid_from=AT, created_at=AT)
    paths = []
    parent = None
    for code, name, kind, level in (("990101000000", "示例县", "county", 3), ("990101100000", "示例镇", "town", 4)):
        made = area(system="base", code=code, name=name, kind=kind, level=level, parent=parent, county="990101",
                    plan=version, path=f"new-{code}/")
        made.save()
        made.path = f"{parent.path if parent else ''}{made.pk}/"
        made.save()
        paths.append(made.path)
        parent = made
    return Ground(*paths)


@pytest.fixture
def units(db: None) -> dict[str, int]:
    """Units by code: two in use, one closed."""
    from django.apps import apps

    unit = apps.get_model("accounts", "Unit")
    made = {}
    for code, active in (("SZ", True), ("HW", True), ("OLD", False)):
        made[code] = unit.objects.create(code=code, name=f"示例单位{code}", path=f"{code}/", active=active).pk
    return made
