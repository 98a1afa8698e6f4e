"""Call back (回访): after closing, whoever took the call asks whether the reporter is satisfied."""

from uuid import UUID

from django.db import IntegrityError

from jingwei.cases import calling, calling_back, workflow
from jingwei.cases.calling_errors import CallError
from jingwei.cases.commands.aside import aside, needed
from jingwei.cases.commands.step import REASON_MOST, Moving
from jingwei.cases.errors import CaseError
from jingwei.cases.events import CallEvent
from jingwei.cases.marks import marks_of
from jingwei.cases.models import CallBack
from jingwei.cases.words import blank
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import client_id
from jingwei.kernel.wording import Words


def call_back(actor: Actor, case_id: UUID, call_id: UUID, *, outcome: str, text: str = "") -> bool:
    """What came of one call. Who was not satisfied said why. Returns whether the calling is over."""
    client_id(call_id)
    over = False

    def change(moving: Moving) -> None:
        nonlocal over
        case = moving.case
        if calling_back.MARK not in marks_of(case.marks):
            raise Refusal(CallError.NO_CALL_DUE, number=case.number, state=Words(workflow.STATES[case.state][0], case.state))
        if outcome not in calling_back.OUTCOMES:
            raise Refusal(CallError.UNKNOWN_OUTCOME, outcome=outcome[:20], possible=Words(
                "、".join(f"{name}（{zh}）" for name, zh in calling_back.OUTCOMES.items()), ", ".join(calling_back.OUTCOMES)))
        if outcome == "not" or not blank(text):
            needed(moving, "text", text, REASON_MOST)
        closed_at = case.ended_at or case.state_at
        earlier = CallBack.objects.filter(case_id=case.id, closed_at=closed_at).values_list("outcome", flat=True)
        over = calling_back.is_over(outcome, earlier)
        try:
            CallBack.objects.create(id=call_id, case_id=case.id, closed_at=closed_at, outcome=outcome,
                                    text=moving.told.get("text", ""), by=actor.user_id, at=moving.now)
        except IntegrityError as error:
            raise Refusal(CaseError.EXISTS) from error
        moving.told["outcome"] = outcome
        if over:
            moving.set(marks=calling_back.ended(case.marks))
            calling.show_due(case)

    aside(actor, case_id, "call_back", CallEvent.CALLED, change)
    return over
