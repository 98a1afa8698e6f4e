"""Everything that can be done to a referral, one idea per file."""

from jingwei.cases.commands.referral.deeds import (
    answer_referral,
    end_referral,
    pass_on_referral,
    refuse_referral,
    sign_referral,
)
from jingwei.cases.commands.referral.overdue import tell_unsigned
from jingwei.cases.commands.referral.reveal import reveal_referral
from jingwei.cases.commands.referral.send import Referring, refer
from jingwei.cases.commands.referral.step import Referred

__all__ = ["Referred", "Referring", "answer_referral", "end_referral", "pass_on_referral", "refer", "refuse_referral",
           "reveal_referral", "sign_referral", "tell_unsigned"]
