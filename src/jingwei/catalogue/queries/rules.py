"""The rules in force as a table: which classes go to which unit, and where."""

from dataclasses import dataclass
from typing import Any

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right, narrow
from jingwei.catalogue.models import ResponsibilityRule
from jingwei.catalogue.queries.memory import book
from jingwei.journal import queries as journal
from jingwei.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule. `unit_active`: False where it points to a unit that is no longer in use. `prefix_name`: the class or major class it speaks of, '' for the whole kind. No unit: nobody answers."""

    key: str
    scheme: str
    kind: str
    prefix: str
    prefix_name: str
    area_code: str
    area_name: str
    unit_code: str
    unit_name: str
    note: str
    unit_active: bool


def rules(actor: Actor, *, words: str = "", after: str = "", limit: int = 100) -> list[RuleRow]:
    """Rules for everywhere and for areas within reach, by class and area, after `after`.

    `words`: the beginning of a code, or a part of a name of class, area or unit.
    """
    if not actor.holds(Right.CATALOGUE_READ.value):
        raise no_right(actor, Right.CATALOGUE_READ)
    everywhere = ResponsibilityRule.objects.filter(area=None)
    here = narrow(ResponsibilityRule.objects.exclude(area=None), actor, Right.CATALOGUE_READ, area="area__path")
    names = _names()
    found = sorted((_row(row, names) for rows in (everywhere, here) for row in rows.values_list(
        "scheme__code", "kind", "prefix", "area__code", "area__name", "unit__code", "unit__name", "note", "unit__active")),
        key=lambda row: row.key)
    return [row for row in found if row.key > after and _speaks_of(row, words)][:limit]


def _row(row: tuple[Any, ...], names: dict[tuple[str, str, str], str]) -> RuleRow:
    scheme, kind, prefix, area, area_name, unit, unit_name, note = (each or "" for each in row[:8])
    return RuleRow(key=f"{scheme}/{kind}/{prefix}/{area}", scheme=scheme, kind=kind, prefix=prefix,
                   prefix_name=names.get((scheme, kind, prefix), ""), area_code=area, area_name=area_name,
                   unit_code=unit, unit_name=unit_name, note=note, unit_active=row[8] is not False)


def _names() -> dict[tuple[str, str, str], str]:
    """Of classes by their code, and of major classes by what the codes of their classes begin with."""
    names: dict[tuple[str, str, str], str] = {}
    for row in book(journal.generations()).classes.values():
        names[row.scheme, row.kind, row.code] = row.name
        names.setdefault((row.scheme, row.kind, row.code[:2]), row.major_name)
    return names


def _speaks_of(row: RuleRow, words: str) -> bool:
    return not words or row.prefix.startswith(words) or any(
        words in name for name in (row.prefix_name, row.area_name, row.unit_name))


def rules_of_unit(unit_id: int) -> int:
    """How many rules name a unit. For the room that takes it out of use."""
    return ResponsibilityRule.objects.filter(unit_id=unit_id).count()
