"""Which unit the rules name, by which rule, and which others would have fitted: why this unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jingwei.accounts import queries as accounts
from jingwei.catalogue.book import Book, Responsibility
from jingwei.catalogue.queries.rules import UnitNamed, named, plain
from jingwei.catalogue.when import Moment
from jingwei.grids import queries as grids

MOST_BEHIND = 5


@dataclass(frozen=True, slots=True)
class RuleTold:
    """A rule that fits. `area_code` '': everywhere; `prefix` '': the whole kind; `owner` '': whoever; `when` '': always."""

    unit_code: str
    unit_name: str
    unit_active: bool
    area_code: str
    area_name: str
    prefix: str
    prefix_name: str
    owner: str
    when: str


@dataclass(frozen=True, slots=True)
class Answerable:
    """Who answers for a class at a place. `reason`: rule, nobody, no_rule; see `book.Responsibility`.

    `helpers`: units asked to help when it is dispatched by the rule. `hint_…`: how long the rule thinks it takes.
    `behind`: rules that fit, too, and say less closely for what they are.
    """

    reason: str
    unit_code: str
    unit_name: str
    unit_active: bool
    area_code: str
    area_name: str
    prefix: str
    prefix_name: str
    owner: str
    when: str
    automatic: bool
    note: str
    helpers: list[UnitNamed]
    hint_value: str
    hint_unit: str
    behind: list[RuleTold]


def explained(book: Book, class_id: int | None, area_path: str, at: Moment, owners: Sequence[str],
              generations: Mapping[str, int]) -> Answerable:
    """The answer of the rules in words of codes and names. No statement once areas and units are in memory."""
    known = dict(generations)
    units = accounts.unit_book(known)
    fitting = list(book.answers(class_id, area_path, at, owners)) if class_id is not None else []
    first = fitting[0] if fitting else Responsibility(None, "no_rule")
    told, rule = _rule(book, class_id, first, units, known), first.rule
    return Answerable(
        reason=first.reason, **{name: getattr(told, name) for name in RuleTold.__slots__},
        automatic=bool(rule and rule.automatic), note=rule.note if rule else "",
        helpers=[named(units, unit_id) for unit_id in rule.helpers] if rule else [],
        hint_value=plain(rule.hint[0]) if rule and rule.hint else "", hint_unit=rule.hint[1] if rule and rule.hint else "",
        behind=[_rule(book, class_id, one, units, known) for one in fitting[1:MOST_BEHIND + 1]])


def _rule(book: Book, class_id: int | None, found: Responsibility, units: Mapping[int, Any], known: dict[str, int]) -> RuleTold:
    row = book.classes.get(class_id) if class_id is not None else None
    unit, rule = named(units, found.unit_id), found.rule
    last = found.area_path.rstrip("/").rpartition("/")[2]
    area = grids.place_of(int(last), known) if last.isascii() and last.isdigit() else None
    name = "" if row is None or not found.prefix else row.name if found.prefix == row.code else row.major_name
    return RuleTold(unit.code, unit.name, unit.active, area.code if area else "", area.name if area else "", found.prefix, name,
                    rule.owner if rule else "", rule.when.text if rule and rule.when else "")
