"""Who is told of a referral: the side that has the next step. What it is about stays with the two sides, and out of this."""

from datetime import timedelta
from uuid import UUID

from jingwei.accounts import queries as accounts
from jingwei.cases import referral as rules
from jingwei.cases import telling, told
from jingwei.cases.events import ReferralEvent
from jingwei.cases.models import Referral
from jingwei.grids import queries as grids
from jingwei.journal.ports import Seen
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.notices import commands as notices
from jingwei.notices import queries as in_force
from jingwei.notices.commands import LONGEST_BODY, LONGEST_TITLE, Telling, rendered

_NEWS = timedelta(days=1)


def tell_of(seen: Seen) -> None:
    """Tell of one entry of a referral. Nobody is told what they did themselves, nor what has gone on meanwhile."""
    if seen.at < clock.now() - _NEWS:
        return
    known = generations()
    kinds = in_force.in_force(known).kinds
    fitting = [rule for rule in told.fitting(seen.verb, "") if rule.kind in kinds and kinds[rule.kind].active]
    referral = Referral.objects.filter(id=UUID(seen.subject.removeprefix("referral:"))).first() if fitting else None
    if referral is None:
        return
    overdue = seen.verb == ReferralEvent.OVERDUE.value
    users = telling.waiting_for(f"{seen.subject}:unsigned" if overdue else seen.subject) - {seen.actor, None}
    values = _words_of(referral, known)
    notices.tell_all([(Telling(
        rule.kind, seen.subject, rendered(rule.title, values, LONGEST_TITLE), rendered(rule.body, values, LONGEST_BODY),
        f"/referrals/{referral.id}", seen.at, f"{seen.position}:{rule.kind}", place=referral.area_path,
        unit=referral.unit_path, robots=False), [user for user in users if user]) for rule in fitting], known)


def _words_of(referral: Referral, known: dict[str, int]) -> dict[str, str]:
    area = grids.names_of({referral.area_now_id}, known).get(referral.area_now_id, ("", ""))[1]
    unit = accounts.unit_book(known).get(referral.unit_id)
    due = f"签收时限 {telling.shown(referral.due_at)}。" if referral.due_at and referral.state == "sent" else ""
    return {"number": referral.number, "class": rules.categories()[referral.category].name, "area": area or "未定区域",
            "unit": unit.name if unit else "接收单位", "due": due}
