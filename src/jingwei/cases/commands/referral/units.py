"""To whom a referral may go."""

from typing import Any

from jingwei.accounts import queries as accounts
from jingwei.cases.referral_errors import ReferralError
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words


def receiving_unit(actor: Actor, code: str, generations: dict[str, int], *, deed: str, own: int | None = None,
                   anyway: bool = False) -> Any:
    """The unit with this code. Refuses unknown and retired ones, one's own (`own`: the sending unit, too), and those
    where nobody could sign unless it is to go there `anyway`.
    """
    if not code:
        raise Refusal(ReferralError.MISSING, deed=Words(deed, "refer"), what=Words("接收单位", "the receiving unit"))
    unit = next((row for row in accounts.unit_book(generations).values() if row.code == code), None)
    if unit is None:
        raise Refusal(ReferralError.UNKNOWN_UNIT, unit=code[:40])
    if not unit.active:
        raise Refusal(ReferralError.UNIT_RETIRED, unit=unit.name)
    tied = {grant.unit_path for grant in actor.grants}
    if unit.id in (actor.unit_id, own) or unit.path in tied:
        raise Refusal(ReferralError.OWN_UNIT, unit=unit.name)
    if not anyway and unit.id not in accounts.units_with(accounts.Right.REFERRAL_SIGN, unit.id):
        raise Refusal(ReferralError.NOBODY_SIGNS, unit=unit.name)
    return unit
