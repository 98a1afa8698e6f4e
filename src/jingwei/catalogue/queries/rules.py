"""The rules in force as a table: which classes go to which unit, where, for whose parts and when; and which point nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right, narrow
from jingwei.catalogue.limits import UNIT_NAMES
from jingwei.catalogue.models import ResponsibilityRule, RuleHelper
from jingwei.catalogue.queries.memory import book
from jingwei.journal import queries as journal
from jingwei.kernel.actor import Actor

_COLUMNS = ("id", "scheme__code", "kind", "prefix", "area__code", "area__name", "area__status", "unit__code", "unit__name",
            "unit__active", "owner", "at_times", "hint_value", "hint_unit", "automatic", "note")


@dataclass(frozen=True, slots=True)
class UnitNamed:
    """A unit as a rule names it."""

    code: str
    name: str
    active: bool


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule. `unit_active`: False where it points to a unit that is no longer in use. `prefix_name`: the class or major class it speaks of, '' for the whole kind. No unit: nobody answers.

    `hint`: as the table writes it. `faults`: why it points nowhere: unit | helper | class | area, each out of use.
    """

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
    owner: str
    when: str
    helpers: list[UnitNamed]
    hint_value: str
    hint_unit: str
    hint: str
    automatic: bool
    faults: list[str]


def rules(actor: Actor, *, words: str = "", faulty: bool = False, after: str = "", limit: int = 100) -> list[RuleRow]:
    """Rules for everywhere and for areas within reach, by class and area, after `after`.

    `words`: the beginning of a code, or a part of a name of class, area, unit or owner. `faulty`: only what points nowhere.
    """
    if not actor.holds(Right.CATALOGUE_READ.value):
        raise no_right(actor, Right.CATALOGUE_READ)
    everywhere = ResponsibilityRule.objects.filter(area=None)
    here = narrow(ResponsibilityRule.objects.exclude(area=None), actor, Right.CATALOGUE_READ, area="area__path")
    found = [row for rows in (everywhere, here) for row in rows.values_list(*_COLUMNS)]
    return [row for row in _told(found) if row.key > after and _speaks_of(row, words) and (row.faults or not faulty)][:limit]


def faulty_rules() -> list[RuleRow]:
    """Every rule that points nowhere, for the check of an installation."""
    return [row for row in _told(list(ResponsibilityRule.objects.values_list(*_COLUMNS))) if row.faults]


def _told(found: list[tuple[Any, ...]]) -> list[RuleRow]:
    names, active = _classes(journal.generations())
    helpers: dict[int, list[UnitNamed]] = {}
    for one in RuleHelper.objects.select_related("unit").order_by("id").only("rule_id", "unit__code", "unit__name", "unit__active"):
        helpers.setdefault(one.rule_id, []).append(UnitNamed(one.unit.code, one.unit.name, one.unit.active))
    return sorted((_row(row, names, active, helpers.get(row[0], [])) for row in found), key=lambda row: row.key)


def named(units: Mapping[int, Any], unit_id: int | None) -> UnitNamed:
    """A unit by id; no unit has no name, and nothing is wrong with it."""
    unit = units.get(unit_id) if unit_id is not None else None
    return UnitNamed(unit.code, unit.name, unit.active) if unit else UnitNamed("", "", active=unit_id is None)


def _row(row: tuple[Any, ...], names: Mapping[tuple[str, str, str], str],
         active: set[tuple[str, str, str]], helpers: list[UnitNamed]) -> RuleRow:
    _, scheme, kind, prefix, area, area_name, status, code, name, in_use, owner, when, value, hint_unit, automatic, note = row
    unit = UnitNamed(code or "", name or "", in_use is not False)
    wrong = {"unit": not unit.active, "helper": any(not one.active for one in helpers),
             "class": bool(prefix) and (scheme, kind, prefix) not in active, "area": status not in (None, "active")}
    return RuleRow(
        key="/".join((scheme, kind, prefix, area or "", owner, when)), scheme=scheme, kind=kind, prefix=prefix,
        prefix_name=names.get((scheme, kind, prefix), ""), area_code=area or "", area_name=area_name or "",
        unit_code=unit.code, unit_name=unit.name, note=note, unit_active=unit.active, owner=owner, when=when, helpers=helpers,
        hint_value=plain(value), hint_unit=hint_unit,
        hint=plain(value) + UNIT_NAMES.get(hint_unit, ""), automatic=automatic, faults=[name for name, is_so in wrong.items() if is_so])


def plain(value: Decimal | None) -> str:
    """2 rather than 2.00."""
    return "" if value is None else f"{value.normalize():f}"


def _classes(known: dict[str, int]) -> tuple[dict[tuple[str, str, str], str], set[tuple[str, str, str]]]:
    """Names of classes by their code, and of major classes by what the codes of their classes begin with; those in use."""
    names: dict[tuple[str, str, str], str] = {}
    active: set[tuple[str, str, str]] = set()
    for row in book(known).classes.values():
        names[row.scheme, row.kind, row.code] = row.name
        names.setdefault((row.scheme, row.kind, row.code[:2]), row.major_name)
        if row.active:
            active |= {(row.scheme, row.kind, row.code), (row.scheme, row.kind, row.code[:2])}
    return names, active


def _speaks_of(row: RuleRow, words: str) -> bool:
    return not words or row.prefix.startswith(words) or any(
        words in name for name in (row.prefix_name, row.area_name, row.unit_name, row.owner))


def rules_of_unit(unit_id: int) -> int:
    """How many rules name a unit, also as one that helps. For the room that takes it out of use."""
    return (ResponsibilityRule.objects.filter(unit_id=unit_id).count()
            + RuleHelper.objects.filter(unit_id=unit_id).exclude(rule__unit_id=unit_id).count())
