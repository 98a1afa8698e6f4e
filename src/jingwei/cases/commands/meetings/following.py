"""A task that a meeting gave is reported as done, given again, or withdrawn."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from jingwei.accounts import queries as accounts
from jingwei.cases import beside, meetings
from jingwei.cases.commands.meetings.due import put_due
from jingwei.cases.commands.meetings.running import masked, needed
from jingwei.cases.commands.step import REASON_MOST, TEXT_MOST
from jingwei.cases.events import MeetingEvent
from jingwei.cases.meeting_errors import MeetingError
from jingwei.cases.meeting_reach import answers, runs, sees
from jingwei.cases.models import Decision
from jingwei.journal import commands as journal
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words

_WHAT = {"text": Words("落实情况", "what was done"), "reason": Words("理由", "reason")}


def finish_decision(actor: Actor, decision_id: UUID, *, text: str) -> UUID:
    """Whoever was given it says what was done; whoever runs the meeting may do so for them. Returns the meeting."""
    return _go_on(actor, decision_id, "finish", MeetingEvent.DONE, text)


def reopen_decision(actor: Actor, decision_id: UUID, *, reason: str) -> UUID:
    """Not enough: it is to be done again, by the same day."""
    return _go_on(actor, decision_id, "reopen", MeetingEvent.REOPENED, reason)


def withdraw_decision(actor: Actor, decision_id: UUID, *, reason: str) -> UUID:
    """It is no longer needed."""
    return _go_on(actor, decision_id, "withdraw", MeetingEvent.WITHDRAWN, reason)


def tasks_of_unit(unit_id: int) -> QuerySet[Decision]:
    """What meetings gave a unit and it has not reported as done."""
    return Decision.objects.filter(unit_id=unit_id, way="task", state="open")


def inherit_decisions(actor: Actor, unit_id: int, heir_id: int, heir_path: str) -> None:
    """What is open with a unit that is taken out of use goes on with its heir, by the same day."""
    for decision in tasks_of_unit(unit_id).select_related("meeting").order_by("meeting_id", "position"):
        tail = journal.hold(f"meeting:{decision.meeting_id}")
        decision.refresh_from_db(fields=["state"])
        if decision.state != "open":
            continue
        decision.unit_id, decision.unit_path = heir_id, heir_path
        decision.save(update_fields=["unit_id", "unit_path"])
        put_due(decision, decision.meeting)
        journal.record(actor, tail, MeetingEvent.INHERITED, {"decision": str(decision.id), "unit": heir_id, "unit_before": unit_id},
                       area_path=decision.meeting.area_path)


def _go_on(actor: Actor, decision_id: UUID, deed: str, event: MeetingEvent, said: str) -> UUID:
    with transaction.atomic(savepoint=False):
        meeting_id = Decision.objects.filter(id=decision_id).values_list("meeting_id", flat=True).first()
        if meeting_id is None:
            raise Refusal(KernelError.NOT_FOUND)
        tail = journal.hold(f"meeting:{meeting_id}")
        decision = Decision.objects.select_related("meeting").get(id=decision_id)
        if not sees(actor, meeting_id, accounts.unit_book()):
            raise Refusal(KernelError.NOT_FOUND)
        _permit(actor, decision, deed)
        rule = meetings.DEEDS[deed]
        needed(said, Words(rule.name, deed), _WHAT[rule.asks])
        words = masked(said, _WHAT[rule.asks].zh, TEXT_MOST if rule.asks == "text" else REASON_MOST)
        over = rule.after != "open"
        decision.state = rule.after
        decision.ended_by, decision.ended_at = (actor.user_id, clock.now()) if over else (None, None)
        if rule.asks == "text":
            decision.answer, decision.reason = words, ""
        else:
            decision.reason = words
        decision.save()
        put_due(decision, decision.meeting)
        journal.record(actor, tail, event, {"decision": str(decision_id), "unit": decision.unit_id, rule.asks: words},
                       area_path=decision.meeting.area_path)
        return meeting_id


def _permit(actor: Actor, decision: Decision, deed: str) -> None:
    rule, named = meetings.DEEDS[deed], Words(meetings.DEEDS[deed].name, deed)
    may_run = runs(actor, decision.meeting.area_path)
    if not may_run and not (rule.answering and answers(actor, decision, accounts.unit_book())):
        posts = Words("、".join(beside.POST_NAMES[post] for post in meetings.HOLDING), ", ".join(meetings.HOLDING).replace("_", " "))
        raise Refusal(MeetingError.DECISION_NOT_YOURS, action=named, who=Words(
            f"交办到的单位、人员，或{posts.zh}", f"whoever was given it, or {posts.en}") if rule.answering else posts)
    if decision.way != "task" or rule.before != decision.state:
        state = meetings.DECISION_STATES[decision.state] if decision.way == "task" else meetings.WAYS[decision.way]
        raise Refusal(MeetingError.DECISION_NOT_NOW, action=named, state=Words(state, decision.state if decision.way == "task" else "a case"))
