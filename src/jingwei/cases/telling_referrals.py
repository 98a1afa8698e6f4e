"""Who is told of a referral: the side that has the next step. What it is about stays with the two sides, and out of this."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from jingwei.accounts import queries as accounts
from jingwei.cases import listening, told
from jingwei.cases import referral as rules_of
from jingwei.cases.events import ReferralEvent
from jingwei.cases.models import Referral
from jingwei.grids import queries as grids
from jingwei.journal.ports import Seen
from jingwei.notices.commands import LONGEST_BODY, LONGEST_TITLE, Telling, rendered


def tellings(seen: Seen, _data: dict[str, Any], rules: Iterable[told.Rule], known: dict[str, int]) -> list[tuple[Telling, list[UUID]]]:
    """Of one entry, with those for whom the referral waits now: nobody who has gone on with it meanwhile. Two statements."""
    referral = Referral.objects.filter(id=UUID(seen.subject.removeprefix("referral:"))).first()
    if referral is None:
        return []
    overdue = seen.verb == ReferralEvent.OVERDUE.value
    users = listening.waiting_for(f"{seen.subject}:unsigned" if overdue else seen.subject) - {seen.actor}
    values = _words_of(referral, known)
    return [(Telling(
        rule.kind, seen.subject, rendered(rule.title, values, LONGEST_TITLE), rendered(rule.body, values, LONGEST_BODY),
        f"/referrals/{referral.id}", seen.at, f"{seen.position}:{rule.kind}", place=referral.area_path,
        unit=referral.unit_path, robots=False), list(users)) for rule in rules]


def _words_of(referral: Referral, known: dict[str, int]) -> dict[str, str]:
    area = grids.names_of({referral.area_now_id}, known).get(referral.area_now_id, ("", ""))[1]
    unit = accounts.unit_book(known).get(referral.unit_id)
    due = f"签收时限 {listening.shown(referral.due_at)}。" if referral.due_at and referral.state == "sent" else ""
    return {"number": referral.number, "class": rules_of.categories()[referral.category].name, "area": area or "未定区域",
            "unit": unit.name if unit else "接收单位", "due": due}
