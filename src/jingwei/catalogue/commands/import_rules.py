"""Who answers for which classes where: a table of rules, the narrower area and the longer code winning."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from jingwei.accounts import queries as accounts
from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.catalogue.commands.outcome import Outcome, Row, cell, kind_in, listed, repeated, writing
from jingwei.catalogue.errors import CatalogueError, RowError
from jingwei.catalogue.events import SchemeEvent
from jingwei.catalogue.models import ResponsibilityRule, Scheme
from jingwei.grids import queries as grids
from jingwei.journal import commands as journal
from jingwei.journal import queries as journal_queries
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

_HEADERS = {
    "kind": ("类别", "kind"),
    "code": ("分类代码", "代码", "code"),
    "area": ("区域编码", "区域", "area"),
    "unit": ("责任单位编码", "单位编码", "unit"),
    "note": ("备注", "note"),
}


class _Place(NamedTuple):
    id: int | None
    path: str


@dataclass(frozen=True, slots=True)
class _Draft:
    row: int
    kind: str
    prefix: str
    area_id: int | None
    unit_id: int | None
    note: str

    @property
    def key(self) -> tuple[str, str, int | None]:
        return self.kind, self.prefix, self.area_id


def import_rules(
    actor: Actor, scheme_code: str, rows: Iterable[Row], *, replace: bool = False, dry_run: bool = False
) -> Outcome:
    """Take rules: kind, class code (major, minor, or empty for the whole kind), area code (empty: everywhere),
    unit code (empty: nobody answers, the case waits at dispatch).

    `replace`: rules that the table does not have are deleted where the actor may manage them.
    """
    if not actor.holds(Right.CATALOGUE_MANAGE.value):
        raise no_right(actor, Right.CATALOGUE_MANAGE)
    read = listed(rows)
    outcome = Outcome(dry_run)
    with writing():
        tail = journal.hold(f"scheme:{scheme_code}")
        scheme = Scheme.objects.filter(code=scheme_code).first()
        if scheme is None:
            raise Refusal(CatalogueError.SCHEME_UNKNOWN, scheme=scheme_code[:40])
        drafts = _Reader(actor, scheme, outcome).read(read)
        new, changed, gone = _compare(actor, scheme, drafts, outcome, replace)
        if dry_run or not outcome.changed:
            return outcome
        ResponsibilityRule.objects.filter(pk__in=gone).delete()
        ResponsibilityRule.objects.bulk_update(changed, ["unit", "note"], batch_size=200)
        ResponsibilityRule.objects.bulk_create([_rule(scheme, draft) for draft in new], batch_size=500)
        journal.record(actor, tail, SchemeEvent.RULES_IMPORTED, {**outcome.counts(), "sha256": _digest(drafts)})
        journal.bump("catalogue")
    return outcome


class _Reader:
    """Turns rows into drafts; asks for each area and unit once."""

    def __init__(self, actor: Actor, scheme: Scheme, outcome: Outcome) -> None:
        self.actor = actor
        self.outcome = outcome
        self.digits = scheme.minor_digits
        self.codes = set(scheme.entries.filter(active=True).values_list("kind", "code"))
        self.generations = journal_queries.generations()
        self.areas: dict[str, _Place | None] = {"": _Place(None, "")}
        self.units: dict[str, int | None] = {}

    def read(self, rows: list[Row]) -> list[_Draft]:
        seen: dict[tuple[str, str, int | None], int] = {}
        drafts = []
        for row in rows:
            draft = self._draft(row)
            if draft is not None and not repeated(self.outcome, seen, draft.key, row.number):
                drafts.append(draft)
        return drafts

    def _draft(self, row: Row) -> _Draft | None:
        kind_text, code = cell(row, _HEADERS["kind"], required=True), cell(row, _HEADERS["code"], required=True)
        area, unit = cell(row, _HEADERS["area"]), cell(row, _HEADERS["unit"], required=True)
        kind, reject = kind_in(kind_text), self.outcome.reject
        if kind is None:
            reject(row.number, RowError.KIND, kind=kind_text[:20])
        elif code and (kind, code) not in self.codes:
            reject(row.number, RowError.CLASS, code=code[:20])
        elif (place := self._place(area)) is None:
            reject(row.number, RowError.AREA, area=area[:40])
        elif not self.actor.covers(Right.CATALOGUE_MANAGE.value, place.path):
            reject(row.number, RowError.AREA, area=area[:40] or "全部区域")
        elif unit and self._unit(unit) is None:
            reject(row.number, RowError.UNIT, unit=unit[:40])
        else:
            note = cell(row, _HEADERS["note"])[:200]
            return _Draft(row.number, kind, code, place.id, self._unit(unit) if unit else None, note)
        return None

    def _place(self, code: str) -> _Place | None:
        if code not in self.areas:
            found = grids.place_by_code(code, self.generations)
            self.areas[code] = _Place(found.area_id, found.path) if found else None
        return self.areas[code]

    def _unit(self, code: str) -> int | None:
        if code not in self.units:
            found = accounts.unit_by_code(code)
            self.units[code] = found.id if found is not None and found.active else None
        return self.units[code]


def _compare(
    actor: Actor, scheme: Scheme, drafts: list[_Draft], outcome: Outcome, replace: bool
) -> tuple[list[_Draft], list[ResponsibilityRule], list[int]]:
    """What is new, what names another unit (already changed in memory), what the table no longer has."""
    there = {(rule.kind, rule.prefix, rule.area_id): rule for rule in scheme.rules.select_related("area")}
    new, changed = [], []
    for draft in drafts:
        rule = there.pop(draft.key, None)
        if rule is None:
            new.append(draft)
        elif (rule.unit_id, rule.note) != (draft.unit_id, draft.note):
            rule.unit_id, rule.note = draft.unit_id, draft.note
            changed.append(rule)
    gone = [
        rule.pk for rule in there.values()
        if replace and actor.covers(Right.CATALOGUE_MANAGE.value, rule.area.path if rule.area else "")]
    outcome.created, outcome.updated, outcome.retired = len(new), len(changed), len(gone)
    outcome.unchanged = len(drafts) - len(new) - len(changed)
    return new, changed, gone


def _rule(scheme: Scheme, draft: _Draft) -> ResponsibilityRule:
    return ResponsibilityRule(
        scheme=scheme, kind=draft.kind, prefix=draft.prefix, area_id=draft.area_id, unit_id=draft.unit_id,
        note=draft.note)


def _digest(drafts: list[_Draft]) -> str:
    return hashlib.sha256("\n".join(repr(draft) for draft in drafts).encode()).hexdigest()
