"""The catalogue in force as one object in memory: classes, filing standard, who answers, limits, settings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from jingwei.catalogue.hours import Day, Week
from jingwei.catalogue.seasons import Window, read_seasons, windows_for
from jingwei.catalogue.when import Moment, When


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A minor class. `active`: it and its scheme may be used for new cases."""

    id: int
    scheme: str
    kind: str
    code: str
    name: str
    major_name: str
    active: bool
    name_en: str = ""
    source: str = ""
    confidence: str = ""
    local: bool = False

    @property
    def full_code(self) -> str:
        """scheme/kind/code: the one name that means the same everywhere."""
        return f"{self.scheme}/{self.kind}/{self.code}"


@dataclass(frozen=True, slots=True)
class Condition:
    """A row of the filing standard. `limit_value` None: no clock can run, see `limit_text` and `season`."""

    id: int
    class_id: int
    text: str
    limit_value: Decimal | None
    limit_unit: str | None
    closing: str
    season: bool = False
    limit_text: str = ""
    collection: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """Who answers, beside class and area: for parts of whose owner, and when. `unit_id` None: nobody does.

    `helpers`: units asked to help. `hint`: how long it should take. `automatic`: nobody need confirm the dispatch.
    """

    unit_id: int | None
    owner: str = ""
    when: When | None = None
    helpers: tuple[int, ...] = ()
    hint: tuple[Decimal, str] | None = None
    automatic: bool = False
    note: str = ""


class Responsibility(NamedTuple):
    """Who answers, and why: `reason` is 'rule' (unit by rule), 'nobody' (a rule says so), 'no_rule', 'no_class'."""

    unit_id: int | None
    reason: str
    area_path: str = ""
    prefix: str = ""
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """A version of the work calendar as plain values; `cases` makes its clock from it.

    slots: for Monday..Sunday the (start, end) local times; an end of 00:00 is midnight. makeup_slots: of a
    make-up working day, None for those of the first weekday that works.
    """

    version: str
    zone: str
    slots: Week
    exceptions: Mapping[date, str]
    names: Mapping[date, str]
    known_years: frozenset[int]
    makeup_slots: Day | None = None


RuleKey = tuple[str, str, str, str]  # scheme, kind, prefix, area path


@dataclass(frozen=True)
class Book:
    """Everything at once. Built when the catalogue changes, then read without a statement.

    conditions: all of them, those of older cases too; `conditions_of` gives those in force.
    """

    classes: Mapping[int, ClassRow]
    conditions: Mapping[int, Condition]
    rules: Mapping[RuleKey, Sequence[Rule]]
    limits: Mapping[tuple[str, str], tuple[Decimal, str] | None]   # (stage, area path)
    settings: Mapping[tuple[str, str], str]                        # (name, area path)
    by_code: Mapping[str, ClassRow] = field(init=False)
    _of_class: Mapping[int, list[Condition]] = field(init=False)
    asks_owner: bool = field(init=False)  # some rule speaks of the owner of a part
    automatic: bool = field(init=False)   # some rule dispatches by itself

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_code", {row.full_code: row for row in self.classes.values()})
        of_class: dict[int, list[Condition]] = {}
        for condition in self.conditions.values():
            if condition.active:
                of_class.setdefault(condition.class_id, []).append(condition)
        object.__setattr__(self, "_of_class", of_class)
        ordered = {key: tuple(sorted(rules, key=lambda one: one.when.shape if one.when else (0,), reverse=True))
                   for key, rules in self.rules.items()}
        object.__setattr__(self, "rules", ordered)
        object.__setattr__(self, "asks_owner", any(one.owner for rules in ordered.values() for one in rules))
        object.__setattr__(self, "automatic", any(one.automatic for rules in ordered.values() for one in rules))

    def find(self, scheme: str, kind: str, code: str) -> ClassRow | None:
        return self.by_code.get(f"{scheme}/{kind}/{code}")

    def conditions_of(self, class_id: int) -> list[Condition]:
        """The conditions in force of a class, in the order of the sheet."""
        return self._of_class.get(class_id, [])

    def answers(self, class_id: int, area_path: str, at: Moment | None = None,
                owners: Sequence[str] = ()) -> Iterator[Responsibility]:
        """Every rule that fits, the one that decides first, then those that would without it.

        A rule that names the owner of the part goes first; then the narrower area, the minor class before the major, the
        time said more closely. `owners`: names and codes of the owner. `at` None: rules that hold at all times alone.
        """
        row = self.classes.get(class_id)
        if row is None:
            return
        for owned in (True, False) if owners and self.asks_owner else (False,):
            for above in upwards(area_path):
                for prefix in (row.code, row.code[:2], ""):
                    for rule in self.rules.get((row.scheme, row.kind, prefix, above), ()):
                        fits = rule.owner in owners if owned else not rule.owner
                        if fits and (rule.when is None or (at is not None and rule.when.holds(at))):
                            yield Responsibility(rule.unit_id, "nobody" if rule.unit_id is None else "rule", above, prefix, rule)

    def responsibility(self, class_id: int, area_path: str, at: Moment | None = None,
                       owners: Sequence[str] = ()) -> Responsibility:
        """Who answers for a class at a place; see `answers`."""
        if class_id not in self.classes:
            return Responsibility(None, "no_class")
        return next(self.answers(class_id, area_path, at, owners), Responsibility(None, "no_rule"))

    def responsible(self, class_id: int, area_path: str) -> int | None:
        """The unit that answers at all times and whoever owns the part."""
        return self.responsibility(class_id, area_path).unit_id

    def may_answer(self, class_id: int, area_path: str) -> bool:
        """Whether some rule names a unit for a class at a place, if only at some times or for some owner."""
        row = self.classes.get(class_id)
        return row is not None and (self.responsible(class_id, area_path) is not None or any(
            rule.unit_id is not None and (rule.when is not None or rule.owner)
            for above in upwards(area_path) for prefix in (row.code, row.code[:2], "")
            for rule in self.rules.get((row.scheme, row.kind, prefix, above), ())))

    def stage_limit(self, stage: str, area_path: str = "") -> tuple[Decimal, str] | None:
        """The limit of a stage, the narrowest area first; None: no clock runs. KeyError for an unknown stage."""
        for above in upwards(area_path):
            if (stage, above) in self.limits:
                return self.limits[stage, above]
        raise KeyError(stage)

    def seasons_of(self, class_id: int | None, condition_id: int | None, area_path: str = "") -> tuple[Window, ...]:
        """The planting seasons of a class at a place; none for a class that knows no season."""
        row = self.classes.get(class_id) if class_id is not None else None
        if row is None:
            return ()
        condition = self.conditions.get(condition_id) if condition_id is not None else None
        return windows_for(read_seasons(self.setting("planting_seasons", area_path)), row.full_code,
                           by_condition=condition is not None and condition.season)

    def setting(self, name: str, area_path: str = "") -> str:
        """The value of a setting, the narrowest area first. KeyError for an unknown one."""
        for above in upwards(area_path):
            if (name, above) in self.settings:
                return self.settings[name, above]
        raise KeyError(name)


def upwards(area_path: str) -> Iterator[str]:
    """A path, the paths above it, and '' for everywhere: 'a/b/' → 'a/b/', 'a/', ''."""
    yield area_path
    while area_path:
        area_path = area_path[:area_path.rfind("/", 0, -1) + 1]
        yield area_path
