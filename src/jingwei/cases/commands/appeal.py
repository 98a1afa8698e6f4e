"""Appeal against an overrun (超期申诉): asked with reason and evidence, reviewed by two people apart, one after the other.

A grant leaves the overrun of that stay out of the statistics. The stay, its deadline and when it ended stay as they are.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from jingwei.accounts import queries as accounts
from jingwei.cases import appeal as rules
from jingwei.cases import clock as clocks
from jingwei.cases import timing, workflow
from jingwei.cases.clock_errors import ClockError
from jingwei.cases.commands import rows
from jingwei.cases.commands.aside import aside, needed
from jingwei.cases.commands.attach import attach
from jingwei.cases.commands.step import TEXT_MOST, Moving, duties_of, held
from jingwei.cases.errors import CaseError
from jingwei.cases.events import AppealEvent
from jingwei.cases.marks import APPEAL, EXEMPTED, OVERRAN, with_mark, without_mark
from jingwei.cases.models import Appeal, Case, Step
from jingwei.cases.words import blank
from jingwei.catalogue import queries as catalogue
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import client_id
from jingwei.kernel.wording import Words
from jingwei.worklist import commands as worklist

EVENT_OF = {
    "agree": AppealEvent.AGREED, "refuse_first": AppealEvent.REFUSED_FIRST, "grant": AppealEvent.GRANTED,
    "refuse": AppealEvent.REFUSED, "withdraw": AppealEvent.WITHDRAWN,
}


def ask_appeal(actor: Actor, case_id: UUID, appeal_id: UUID, *, step: int, reason: str, files: Sequence[UUID] = ()) -> UUID:
    """Ask that the overrun of the stay numbered `step` be left out of the statistics. `appeal_id`: made by the client."""
    client_id(appeal_id)

    def change(moving: Moving) -> None:
        needed(moving, "reason", reason, TEXT_MOST)
        case, stay = moving.case, _overrun(case_id, step)
        _own_unit(moving, stay)
        last = last_moment(case, stay.ended_at, moving.generations)
        if moving.now > last:
            raise Refusal(ClockError.APPEAL_TOO_LATE, days=moving.book.setting("appeal_days", case.area_path), last=_said(last))
        if Appeal.objects.filter(case_id=case_id, step=step).exclude(state="withdrawn").exists():
            raise Refusal(ClockError.APPEALED_ALREADY)
        attach(moving, files)
        assert stay.due_at is not None  # it overran
        assert actor.user_id is not None  # the operator holds no post of a unit
        found = Appeal.objects.create(
            id=appeal_id, case_id=case_id, step=step, stage=stay.state, unit_id=stay.unit_id, due_at=stay.due_at,
            ended_at=stay.ended_at, state="asked", reason=moving.told["reason"], asked_by=actor.user_id, asked_at=moving.now)
        moving.set(marks=with_mark(with_mark(case.marks, OVERRAN), APPEAL))
        moving.told |= {"appeal": str(appeal_id), "stay": step, "stage": stay.state}
        _show_due(case, found, moving.now, moving.generations)

    aside(actor, case_id, "appeal", AppealEvent.ASKED, change)
    return appeal_id


def review_appeal(actor: Actor, appeal_id: UUID, deed: str, *, reason: str = "") -> str:
    """Agree or not, in the step that it is in; or take it back. Answers the state it is in now."""
    with transaction.atomic(savepoint=False):
        case_id = Appeal.objects.filter(id=appeal_id).values_list("case_id", flat=True).first()
        if case_id is None:
            raise Refusal(KernelError.NOT_FOUND)
        tail, case = held(actor, case_id)
        found = Appeal.objects.get(id=appeal_id)
        row = _permitted(case, found, actor, deed)
        moving = Moving(actor, case, deed, clock.now(), generations())
        if deed not in ("agree", "grant", "withdraw") or not blank(reason):
            _reason(moving, deed, reason)
        _enter(found, row, moving)
        _mark(moving, found)
        if moving.changed:
            rows.update(case, moving.changed)
        moving.told |= {"appeal": str(appeal_id), "stay": found.step, "stage": found.stage}
        journal.record(actor, tail, EVENT_OF[deed], moving.told, area_path=case.area_path)
        return found.state


def last_moment(case: Case, ended_at: datetime, known: dict[str, int]) -> datetime:
    """Until when an overrun may be appealed against: working days after the stay, or after the case ended."""
    days = int(catalogue.book(known).setting("appeal_days", case.area_path))
    since = max(ended_at, case.ended_at or ended_at)
    up = clocks.due(since, clocks.Limit(days, clocks.Unit.WORK_DAY), timing.calendar_in_force(known, case.area_path),
                    convention=clocks.Convention.END_OF_DAY)
    assert up.at is not None
    return up.at


def done_by(actor: Actor, case: Case, found: Appeal, ended_by: UUID | None) -> frozenset[str]:
    """What this person did before that keeps them off the next deed; see `appeal.APART`."""
    me = actor.user_id
    truths = {"ask": found.asked_by == me, "first": found.first_by is not None and found.first_by == me,
              "handled": "handle" in duties_of(case, actor), "overran": ended_by is not None and ended_by == me}
    return frozenset(name for name, holds in truths.items() if holds)


def posts_of(actor: Actor, case: Case) -> frozenset[str]:
    """The posts in which somebody reviews, towards the place of the case and whichever unit holds it."""
    return actor.roles_at(case.area_path, case.unit_path)


def may_ask(actor: Actor, case: Case, unit_path: str | None) -> bool:
    """Whether somebody appeals for a stay that this unit held. A community's officer only for what the community handled."""
    posts = actor.roles_at(case.area_path, unit_path) & set(rules.ASKERS)
    return bool(posts - (set() if case.level == "community" else {"community_officer"}))


def _overrun(case_id: UUID, step: int) -> Step:
    stay = Step.objects.filter(case_id=case_id, number=step, due_at__lt=F("ended_at")).first()
    if stay is None:
        raise Refusal(ClockError.NOT_OVERRUN)
    return stay


def _own_unit(moving: Moving, stay: Step) -> None:
    """A unit appeals for itself, the office for any stage."""
    unit = accounts.unit_book(moving.generations).get(stay.unit_id) if stay.unit_id else None
    if not may_ask(moving.actor, moving.case, unit.path if unit else None):
        raise Refusal(ClockError.APPEAL_OF_OTHERS)


def _permitted(case: Case, found: Appeal, actor: Actor, deed: str) -> rules.Row:
    if deed not in EVENT_OF:
        raise Refusal(CaseError.UNKNOWN_ACTION, action=deed[:40])
    ended_by = Step.objects.filter(case_id=case.id, number=found.step).values_list("actor", flat=True).first()
    answer, detail = rules.decide(found.state, deed, posts_of(actor, case), done_by(actor, case, found, ended_by))
    if answer == "yes":
        assert isinstance(detail, tuple)
        return detail  # type: ignore[return-value]
    named = Words(rules.DEEDS[deed], deed.replace("_", " "))
    if answer == "wrong_state":
        raise Refusal(CaseError.NOT_NOW, action=named, state=Words(rules.STATES[found.state][0], found.state))
    if answer == "wrong_role":
        raise Refusal(CaseError.WRONG_ROLE, action=named, roles=Words(
            "、".join(POST_NAMES[str(post)] for post in detail), ", ".join(str(post) for post in detail).replace("_", " ")))
    if answer == "apart":
        raise Refusal(CaseError.APART, action=named, earlier=Words(rules.DONE[str(detail)], str(detail)))
    raise Refusal(ClockError.APPEAL_OF_OTHERS)


POST_NAMES = workflow.ROLE_NAMES | {"evaluator": "评价员"}


def _reason(moving: Moving, deed: str, reason: str) -> None:
    if blank(reason):
        raise Refusal(CaseError.MISSING, action=Words(rules.DEEDS[deed], deed.replace("_", " ")), what=Words("理由", "reason"))
    moving.tell("reason", reason, TEXT_MOST)


def _enter(found: Appeal, row: rules.Row, moving: Moving) -> None:
    found.state, duty, reason = row[3], row[4], moving.told.get("reason", "")
    if duty == "first":
        found.first_by, found.first_at, found.first_reason = moving.actor.user_id, moving.now, reason
    if duty == "second":
        found.second_by, found.second_at, found.second_reason = moving.actor.user_id, moving.now, reason
    if rules.STATES[found.state][1] == "ended":
        found.closed_at = moving.now
        worklist.drop(f"appeal:{found.id}")
    else:
        _show_due(moving.case, found, moving.now, moving.generations)
    found.save()


def _mark(moving: Moving, found: Appeal) -> None:
    """What the case bears: that one waits, that one was granted, that an overrun counts still."""
    marks, others = moving.case.marks, Appeal.objects.filter(case_id=found.case_id)
    if not others.filter(closed_at=None).exists():
        marks = without_mark(marks, APPEAL)
    if found.state == "granted":
        late = set(Step.objects.filter(case_id=found.case_id, due_at__lt=F("ended_at")).values_list("number", flat=True))
        marks = with_mark(marks, EXEMPTED)
        if late <= set(others.filter(state="granted").values_list("step", flat=True)):
            marks = without_mark(marks, OVERRAN)
    if marks != moving.case.marks:
        moving.set(marks=marks)


def _show_due(case: Case, found: Appeal, now: datetime, known: dict[str, int]) -> None:
    kind, posts = ("appeal_first", rules.FIRST) if found.state == "asked" else ("appeal_second", rules.SECOND)
    worklist.put(f"appeal:{found.id}", kind, area_path=case.area_path, due_at=last_moment(case, now, known), since=now,
                 place=case.place, posts=posts)


def _said(at: datetime) -> str:
    return f"{at.astimezone(timing.place()):%Y-%m-%d %H:%M}"
