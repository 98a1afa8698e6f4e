"""Rules that name a unit which is taken out of use name its heir from then on, also where it only helps."""

from django.db import transaction

from jingwei.catalogue.events import SchemeEvent
from jingwei.catalogue.models import ResponsibilityRule, RuleHelper
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor


def inherit_rules(actor: Actor, unit_id: int, heir_id: int) -> int:
    """Part of taking the unit out of use; whoever does that has been asked for the right. Returns how many changed."""
    changed = 0
    with transaction.atomic(savepoint=False):
        mine = ResponsibilityRule.objects.filter(unit_id=unit_id)
        helped = RuleHelper.objects.filter(unit_id=unit_id)
        for code in sorted({*mine.values_list("scheme__code", flat=True), *helped.values_list("rule__scheme__code", flat=True)}):
            tail = journal.hold(f"scheme:{code}")
            count = helped.filter(rule__scheme__code=code).count()
            count += ResponsibilityRule.objects.filter(unit_id=unit_id, scheme__code=code).update(unit_id=heir_id)
            _helpers(code, unit_id, heir_id)
            journal.record(actor, tail, SchemeEvent.RULES_INHERITED, {"from": unit_id, "to": heir_id, "count": count})
            changed += count
        if changed:
            journal.bump("catalogue")
    return changed


def _helpers(scheme: str, unit_id: int, heir_id: int) -> None:
    """No unit helps itself, and none is asked twice by one rule."""
    of_scheme = RuleHelper.objects.filter(rule__scheme__code=scheme)
    there = set(of_scheme.filter(unit_id=heir_id).values_list("rule_id", flat=True))
    leading = ResponsibilityRule.objects.filter(scheme__code=scheme, unit_id=heir_id).values_list("id", flat=True)
    of_scheme.filter(unit_id=unit_id, rule_id__in=there | set(leading)).delete()
    of_scheme.filter(unit_id=heir_id, rule_id__in=leading).delete()
    of_scheme.filter(unit_id=unit_id).update(unit_id=heir_id)
