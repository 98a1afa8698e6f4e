"""Rules that name a unit which is taken out of use name its heir from then on."""

from django.db import transaction

from jingwei.catalogue.events import SchemeEvent
from jingwei.catalogue.models import ResponsibilityRule
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor


def inherit_rules(actor: Actor, unit_id: int, heir_id: int) -> int:
    """Part of taking the unit out of use; whoever does that has been asked for the right. Returns how many changed."""
    changed = 0
    with transaction.atomic(savepoint=False):
        mine = ResponsibilityRule.objects.filter(unit_id=unit_id)
        for code in sorted(set(mine.values_list("scheme__code", flat=True))):
            tail = journal.hold(f"scheme:{code}")
            count = ResponsibilityRule.objects.filter(unit_id=unit_id, scheme__code=code).update(unit_id=heir_id)
            journal.record(actor, tail, SchemeEvent.RULES_INHERITED, {"from": unit_id, "to": heir_id, "count": count})
            changed += count
        if changed:
            journal.bump("catalogue")
    return changed
