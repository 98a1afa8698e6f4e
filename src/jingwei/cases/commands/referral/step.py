"""The one way a referral takes a step: lock, sides by the table, change, due list, journal entry."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from jingwei.cases import referral as rules
from jingwei.cases.commands.attach import known_files
from jingwei.cases.commands.referral.due import drop_unsigned, show_due
from jingwei.cases.events import ReferralEvent
from jingwei.cases.models import Referral, ReferralFile, Sending
from jingwei.cases.referral_errors import ReferralError
from jingwei.cases.referral_reach import known_to
from jingwei.cases.words import blank, checked, without_numbers
from jingwei.journal import commands as journal
from jingwei.journal import queries as journaled
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words

EVENT_OF = {"sign": ReferralEvent.SIGNED, "refuse": ReferralEvent.REFUSED, "answer": ReferralEvent.ANSWERED,
            "pass_on": ReferralEvent.PASSED_ON, "end": ReferralEvent.ENDED}
_SIDE_WORDS = {rules.SENDER: Words("报送方", "the sender"), rules.RECEIVER: Words("接收单位", "the receiving unit")}
_REASON = {"answer": Words("办理结果", "the result")}


@dataclass(frozen=True, slots=True)
class Referred:
    """The answer to a step: where the referral stands now."""

    id: UUID
    number: str
    state: str
    due_at: datetime | None


@dataclass(slots=True)
class Stepping:
    """A referral in the middle of a step, with its current sending. `told`: what the entry says in clear."""

    actor: Actor
    referral: Referral
    sending: Sending
    now: datetime
    generations: dict[str, int]
    told: dict[str, Any] = field(default_factory=dict)


Change = Callable[[Stepping], None]


def subject_of(referral_id: UUID) -> str:
    return f"referral:{referral_id}"


def held(referral_id: UUID) -> Referral | None:
    """The row, kept until the transaction ends. Hold its subject before."""
    return Referral.objects.select_for_update().filter(id=referral_id).first()


def held_by(actor: Actor, referral_id: UUID) -> tuple[journal.Tail, Referral]:
    """Subject and row for somebody who knows of it; the same refusal whether it is not there or not known to them."""
    tail = journal.hold(subject_of(referral_id))
    referral = held(referral_id)
    if referral is None or not known_to(actor, referral):
        raise Refusal(KernelError.NOT_FOUND)
    return tail, referral


def take(actor: Actor, referral_id: UUID, deed: str, *, text: str = "", files: Sequence[UUID] = (),
         change: Change) -> Referred:
    """Take one step. Refuses in words; nothing is written once it refuses."""
    with transaction.atomic(savepoint=False):
        tail, referral = held_by(actor, referral_id)
        permitted(referral, actor, deed)
        row, now = rules.DEEDS[deed], clock.now()
        sending = Sending.objects.get(referral=referral, current=True)
        stepping = Stepping(actor, referral, sending, now, generations())
        said = _said(stepping, deed, text)
        change(stepping)
        tie(referral, deed, known_files(actor, files), stepping.told)
        stepping.told |= {"from": referral.state, "to": row.to, "unit": stepping.referral.unit_id}
        referral.state, referral.state_at = row.to, now
        referral.save()
        show_due(referral)
        if said:
            stepping.told["sealed"] = sealed(referral.id, {"text": said})
        journal.record(actor, tail, EVENT_OF[deed], stepping.told, area_path=referral.area_path)
        return Referred(referral.id, referral.number, referral.state, referral.due_at)


def permitted(referral: Referral, actor: Actor, deed: str) -> None:
    """Nothing, or the refusal that names the rule."""
    answer = rules.decide(referral.state, deed, rules.sides_of(referral, actor))
    row = rules.DEEDS[deed]
    named = Words(row.name, deed.replace("_", " "))
    if answer == "side":
        raise Refusal(ReferralError.WRONG_SIDE, deed=named, side=_SIDE_WORDS[row.side])
    if answer == "state":
        raise Refusal(ReferralError.WRONG_STATE, deed=named, state=Words(rules.STATES[referral.state], referral.state))


def left_unsigned(stepping: Stepping) -> None:
    """The row that told the sender of a late signature goes."""
    drop_unsigned(stepping.referral, stepping.sending)


def _said(stepping: Stepping, deed: str, text: str) -> str:
    """The reason or result, freed of numbers that identify someone: those join the sealed ones."""
    row, referral = rules.DEEDS[deed], stepping.referral
    if blank(text):
        if referral.state in row.reasoned:
            raise Refusal(ReferralError.MISSING, deed=Words(row.name, deed.replace("_", " ")),
                          what=_REASON.get(deed, Words("理由", "a reason")))
        return ""
    what, most = ("办理结果", rules.TEXT_MOST) if deed == "answer" else ("理由", rules.REASON_MOST)
    text = checked(text, what, most)
    if without_numbers(text, {}) == text:
        return text
    values = opened(referral)
    masked = without_numbers(text, values)
    referral.private = journal.seal(subject_of(referral.id), values)
    return masked


def opened(referral: Referral) -> dict[str, Any]:
    """The sealed values: {"numbers": {token: value}, "contact": {…}}; empty where there are none."""
    return journaled.unseal(subject_of(referral.id), bytes(referral.private)) if referral.private else {}


def sealed(referral_id: UUID, values: dict[str, Any]) -> str:
    """Words for an entry that only the two sides may read."""
    return base64.b64encode(journal.seal(subject_of(referral_id), values)).decode()


def unsealed(referral_id: UUID, text: str) -> dict[str, Any]:
    return journaled.unseal(subject_of(referral_id), base64.b64decode(text))


def tie(referral: Referral, deed: str, ids: Sequence[UUID], told: dict[str, Any]) -> None:
    """The rows that say which file came with which deed."""
    if ids:
        ReferralFile.objects.bulk_create(
            [ReferralFile(referral=referral, file_id=file_id, deed=deed) for file_id in ids], ignore_conflicts=True)
        told["files"] = [str(file_id) for file_id in ids]
