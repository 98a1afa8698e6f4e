"""Sign, refuse, answer; pass on, end."""

from collections.abc import Sequence
from uuid import UUID

from jingwei.cases.commands.referral.clocks import running
from jingwei.cases.commands.referral.sendings import begin
from jingwei.cases.commands.referral.step import Referred, Stepping, left_unsigned, take
from jingwei.cases.commands.referral.units import receiving_unit
from jingwei.cases.referral import DEEDS
from jingwei.cases.referral_errors import ReferralError
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal


def sign_referral(actor: Actor, referral_id: UUID) -> Referred:
    """Sign for it: from now on the unit has it, and its time to answer runs. After the limit it stays late for ever."""

    def change(stepping: Stepping) -> None:
        referral, sending = stepping.referral, stepping.sending
        answer = running("answer", referral.category, referral.urgency, referral.area_path, stepping.generations)
        sending.signed_at, sending.answer_due_at = stepping.now, answer.due_at
        sending.save(update_fields=["signed_at", "answer_due_at"])
        referral.due_at, referral.handled_by = answer.due_at, actor.user_id
        left_unsigned(stepping)
        stepping.told["late"] = sending.due_at is not None and sending.due_at < stepping.now

    return take(actor, referral_id, "sign", change=change)


def refuse_referral(actor: Actor, referral_id: UUID, *, reason: str) -> Referred:
    """Give it back unsigned, with the reason; the sender passes it on elsewhere or ends it."""

    def change(stepping: Stepping) -> None:
        stepping.sending.refused_at = stepping.now
        stepping.sending.save(update_fields=["refused_at"])
        stepping.referral.due_at, stepping.referral.handled_by = None, actor.user_id
        left_unsigned(stepping)

    return take(actor, referral_id, "refuse", text=reason, change=change)


def answer_referral(actor: Actor, referral_id: UUID, *, text: str, files: Sequence[UUID] = ()) -> Referred:
    """Tell the sender what came of it."""

    def change(stepping: Stepping) -> None:
        stepping.sending.answered_at = stepping.now
        stepping.sending.save(update_fields=["answered_at"])
        stepping.referral.due_at, stepping.referral.handled_by = None, actor.user_id

    return take(actor, referral_id, "answer", text=text, files=files, change=change)


def pass_on_referral(actor: Actor, referral_id: UUID, *, unit_code: str, reason: str = "", anyway: bool = False) -> Referred:
    """Send it to another unit; after an answer or a refusal also to the same one again."""

    def change(stepping: Stepping) -> None:
        referral = stepping.referral
        unit = receiving_unit(actor, unit_code, stepping.generations, deed=DEEDS["pass_on"].name,
                              own=referral.from_unit_id, anyway=anyway)
        if unit.id == referral.unit_id and referral.state in ("sent", "signed"):
            raise Refusal(ReferralError.SAME_UNIT, unit=unit.name)
        _take_back(stepping)
        stepping.sending.current = False
        stepping.sending.save(update_fields=["withdrawn_at", "current"])
        stepping.told["unit_before"] = referral.unit_id
        referral.sendings += 1
        referral.unit_id, referral.unit_path, referral.handled_by = unit.id, unit.path, None
        begin(referral, stepping.now, stepping.generations).save()
        stepping.told["sending"] = referral.sendings

    return take(actor, referral_id, "pass_on", text=reason, change=change)


def end_referral(actor: Actor, referral_id: UUID, *, reason: str = "") -> Referred:
    """Close it: answered and done with, or not needed any more."""

    def change(stepping: Stepping) -> None:
        _take_back(stepping)
        stepping.sending.save(update_fields=["withdrawn_at"])
        stepping.referral.due_at, stepping.referral.ended_at = None, stepping.now

    return take(actor, referral_id, "end", text=reason, change=change)


def _take_back(stepping: Stepping) -> None:
    """Of a sending that nobody has signed for: taken back in time it counts for nobody, later it stays unsigned."""
    if stepping.referral.state == "sent":
        stepping.sending.withdrawn_at = stepping.now
        left_unsigned(stepping)
