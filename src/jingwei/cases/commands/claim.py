"""The sum that a complaint is about: noted, corrected, and what of it was settled."""

from uuid import UUID
from zoneinfo import ZoneInfo

from jingwei.cases import claims, timing
from jingwei.cases.claim_errors import ClaimError
from jingwei.cases.commands.aside import aside
from jingwei.cases.commands.step import REASON_MOST, Moving
from jingwei.cases.events import ClaimEvent
from jingwei.cases.marks import with_mark
from jingwei.cases.models import Claim
from jingwei.cases.words import blank
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words


def claim(actor: Actor, case_id: UUID, *, kind: str, amount: str, people: int | None = None, text: str = "") -> int:
    """What is claimed, in yuan as it is typed; noted again it is corrected. Returns the cents."""
    if kind not in claims.KINDS:
        raise Refusal(ClaimError.UNKNOWN_KIND, kind=kind[:20], possible=Words(
            "、".join(f"{code}（{name}）" for code, name in claims.KINDS.items()), ", ".join(claims.KINDS)))
    claimed = _cents(amount)
    if not claimed:
        raise Refusal(ClaimError.NOTHING_CLAIMED)

    def change(moving: Moving) -> None:
        case = moving.case
        row = Claim.objects.filter(case_id=case.id).first()
        if row is not None and (row.settled or 0) > claimed:
            raise Refusal(ClaimError.MORE_THAN_CLAIMED, settled=claims.yuan(row.settled or 0), claimed=claims.yuan(claimed))
        before = claims.said(row.kind, row.claimed, row.people) if row else ""
        local = case.reported_at.astimezone(ZoneInfo(timing.zone()))
        Claim.objects.update_or_create(case_id=case.id, defaults={
            "kind": kind, "claimed": claimed, "people": people, "month": f"{local.year:04d}-{local.month:02d}", "at": moving.now})
        moving.told |= {"kind": kind, "claimed": claimed, "people": people}
        _say(moving, claims.said(kind, claimed, people) + (f"（原为{before}）" if before else ""), text)
        moving.set(marks=with_mark(case.marks, claims.MARK))

    aside(actor, case_id, "claim", ClaimEvent.CLAIMED, change)
    return claimed


def settle(actor: Actor, case_id: UUID, *, amount: str, text: str = "") -> int:
    """What of it was paid or agreed so far, in yuan as it is typed: the whole of it, not what came since. Returns the cents."""
    settled = _cents(amount)

    def change(moving: Moving) -> None:
        row = Claim.objects.filter(case_id=moving.case.id).first()
        if row is None:
            raise Refusal(ClaimError.NO_CLAIM, number=moving.case.number)
        if settled > row.claimed:
            raise Refusal(ClaimError.MORE_THAN_CLAIMED, settled=claims.yuan(settled), claimed=claims.yuan(row.claimed))
        row.settled, row.settled_at = settled, moving.now
        row.save(update_fields=["settled", "settled_at"])
        moving.told |= {"settled": settled}
        _say(moving, f"{claims.KINDS[row.kind]}已落实 {claims.yuan(settled)} 元，诉求 {claims.yuan(row.claimed)} 元", text)

    aside(actor, case_id, "settle", ClaimEvent.SETTLED, change)
    return settled


def _say(moving: Moving, sums: str, text: str) -> None:
    """The sums in words, and what was said beside them, freed of numbers that identify someone."""
    if not blank(text):
        moving.tell("text", text, REASON_MOST)
    moving.told["text"] = "。".join(each for each in (sums, moving.told.get("text", "")) if each)


def _cents(amount: str) -> int:
    try:
        return claims.cents(amount)
    except ValueError as error:
        raise Refusal(ClaimError.BAD_SUM, given=amount[:40]) from error
