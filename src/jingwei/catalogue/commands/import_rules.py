"""Who answers for which classes where: a table of rules. Which of several decides: `Book.answers`."""

import hashlib
from collections.abc import Iterable

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.catalogue.commands.outcome import Outcome, Row, listed, writing
from jingwei.catalogue.commands.rule_rows import Draft, Reader, refuse_meeting
from jingwei.catalogue.errors import CatalogueError
from jingwei.catalogue.events import SchemeEvent
from jingwei.catalogue.models import ResponsibilityRule, RuleHelper, Scheme
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

_COLUMNS = ("unit", "note", "hint_value", "hint_unit", "automatic")


def import_rules(
    actor: Actor, scheme_code: str, rows: Iterable[Row], *, replace: bool = False, dry_run: bool = False
) -> Outcome:
    """Take rules: kind, class code (major, minor, or empty for the whole kind), area code (empty: everywhere),
    unit code (empty: nobody answers, the case waits at dispatch); perhaps owner of the part, times, units that help,
    a hint at the limit, and whether it dispatches by itself. A column that the table does not have changes nothing.

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
        drafts = Reader(actor, scheme, outcome).read(read)
        there = {_key(rule): rule for rule in scheme.rules.select_related("area").prefetch_related("helpers")}
        gone = _gone(actor, drafts, there) if replace else []
        drafts = refuse_meeting(outcome, drafts, [key for key, rule in there.items() if rule.pk not in gone])
        new, changed = _compare(scheme, drafts, there, outcome)
        outcome.retired = len(gone)
        if dry_run or not outcome.changed:
            return outcome
        _write(new, changed, gone)
        journal.record(actor, tail, SchemeEvent.RULES_IMPORTED, {**outcome.counts(), "sha256": _digest(drafts)})
        journal.bump("catalogue")
    return outcome


Pairs = list[tuple[ResponsibilityRule, tuple[int, ...] | None]]  # a rule and its helpers; None: as they are


def _key(rule: ResponsibilityRule) -> tuple[str, str, int | None, str, str]:
    return rule.kind, rule.prefix, rule.area_id, rule.owner, rule.at_times


def _gone(actor: Actor, drafts: list[Draft], there: dict[tuple[str, str, int | None, str, str], ResponsibilityRule]) -> list[int]:
    """What the table no longer has."""
    kept = {draft.key for draft in drafts}
    return [rule.pk for key, rule in there.items() if key not in kept and actor.covers(
        Right.CATALOGUE_MANAGE.value, rule.area.path if rule.area else "")]


def _compare(scheme: Scheme, drafts: list[Draft], there: dict[tuple[str, str, int | None, str, str], ResponsibilityRule],
             outcome: Outcome) -> tuple[Pairs, Pairs]:
    """What is new, and what says something else (already changed in memory)."""
    new: Pairs = []
    changed: Pairs = []
    for draft in drafts:
        rule = there.get(draft.key)
        if rule is None:
            rule = ResponsibilityRule(scheme=scheme, kind=draft.kind, prefix=draft.prefix, area_id=draft.area_id,
                                      owner=draft.owner, at_times=draft.at_times)
            _take(rule, draft)
            new.append((rule, draft.helpers or ()))
        else:
            before, helpers = _told(rule), draft.helpers
            _take(rule, draft)
            if helpers is not None and sorted(helpers) == sorted(one.unit_id for one in rule.helpers.all()):
                helpers = None
            if before != _told(rule) or helpers is not None:
                changed.append((rule, helpers))
    outcome.created, outcome.updated = len(new), len(changed)
    outcome.unchanged = len(drafts) - len(new) - len(changed)
    return new, changed


def _take(rule: ResponsibilityRule, draft: Draft) -> None:
    rule.unit_id, rule.note = draft.unit_id, draft.note
    if draft.hint is not None:
        rule.hint_value, rule.hint_unit = draft.hint
    if draft.automatic is not None:
        rule.automatic = draft.automatic
    rule.automatic = rule.automatic and rule.unit_id is not None


def _told(rule: ResponsibilityRule) -> tuple[object, ...]:
    return rule.unit_id, rule.note, rule.hint_value, rule.hint_unit, rule.automatic


def _write(new: Pairs, changed: Pairs, gone: list[int]) -> None:
    ResponsibilityRule.objects.filter(pk__in=gone).delete()
    ResponsibilityRule.objects.bulk_update([rule for rule, _ in changed], _COLUMNS, batch_size=200)
    made = ResponsibilityRule.objects.bulk_create([rule for rule, _ in new], batch_size=500)
    RuleHelper.objects.filter(rule_id__in=[rule.pk for rule, helpers in changed if helpers is not None]).delete()
    pairs = [*zip(made, (helpers for _, helpers in new), strict=True), *changed]
    RuleHelper.objects.bulk_create([RuleHelper(rule_id=rule.pk, unit_id=unit) for rule, helpers in pairs for unit in helpers or ()],
                                   batch_size=500)


def _digest(drafts: list[Draft]) -> str:
    return hashlib.sha256("\n".join(repr(draft) for draft in drafts).encode()).hexdigest()
