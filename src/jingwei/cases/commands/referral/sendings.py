"""One passing of a referral to the unit that it names."""

from datetime import datetime

from jingwei.cases.commands.referral.clocks import running
from jingwei.cases.models import Referral, Sending


def begin(referral: Referral, at: datetime, generations: dict[str, int]) -> Sending:
    """The sending, not stored yet; its clock runs and is the referral's."""
    clock = running("sign", referral.category, referral.urgency, referral.area_path, generations)
    referral.due_at = clock.due_at
    return Sending(
        referral=referral, number=referral.sendings, county=referral.county, category=referral.category,
        area_path=referral.area_path, unit_id=referral.unit_id, unit_path=referral.unit_path, sent_at=at,
        limit_value=clock.value, limit_unit=clock.unit, calendar=clock.calendar, due_at=clock.due_at)
