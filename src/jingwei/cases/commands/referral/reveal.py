"""Reveal who is concerned: asks for a reason and leaves an entry in the journal. Only the two sides may."""

from typing import Any
from uuid import UUID

from django.db import transaction

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.cases import referral as rules
from jingwei.cases.commands.referral.step import held_by, opened, sealed
from jingwei.cases.events import ReferralEvent
from jingwei.cases.referral_errors import ReferralError
from jingwei.cases.words import blank, checked, without_numbers
from jingwei.journal import commands as journal
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words


def reveal_referral(actor: Actor, referral_id: UUID, *, reason: str) -> dict[str, Any]:
    """The contact and the numbers behind the tokens, in clear: {"contact": {…}, "numbers": {token: value}}."""
    with transaction.atomic(savepoint=False):
        tail, referral = held_by(actor, referral_id)
        if rules.sees(referral, actor) != "all":
            raise no_right(actor, Right.REFERRAL_SIGN)
        if blank(reason):
            raise Refusal(ReferralError.MISSING, deed=Words("查看联系方式", "show the contact"), what=Words("理由", "a reason"))
        said = without_numbers(checked(reason, "理由", rules.REASON_MOST), {})
        journal.record(actor, tail, ReferralEvent.REVEALED, {"sealed": sealed(referral.id, {"text": said})},
                       area_path=referral.area_path)
        return opened(referral)
