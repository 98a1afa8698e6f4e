"""A case that is part of another does not move by itself: the refusal names the one that leads it."""

from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, Merged
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

STATE = "merged"


def refuse_if_led(case: Case, action: Words | str) -> None:
    """Nothing for a case of its own: no statement for it."""
    if case.state == STATE:
        raise Refusal(CaseError.MERGED, action=action, number=case.number, leader=leader_number(case))


def leader_number(case: Case) -> str:
    """Of the case that leads a merged one."""
    return Merged.objects.filter(case_id=case.id).values_list("leader__number", flat=True).first() or ""
