"""The one way a case takes a step: lock, permission by the table, change, stay, due list, journal entry.

Every verb in this folder calls `take`; what is special to it goes into its `change`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.cases import calling, flow_book, helping, marks, mediation, timing, workflow
from jingwei.cases.commands import private, rows, second
from jingwei.cases.commands.attach import attach
from jingwei.cases.commands.leading import refuse_if_led
from jingwei.cases.commands.proof import NOTHING, Proof, prove
from jingwei.cases.errors import CaseError
from jingwei.cases.events import EVENT_OF
from jingwei.cases.flow import Flow, Row
from jingwei.cases.kind_errors import KindError
from jingwei.cases.marks import OVERRAN, with_mark
from jingwei.cases.mediation_errors import MediationError
from jingwei.cases.models import Adjustment, Case, Step
from jingwei.cases.words import blank, checked
from jingwei.catalogue import queries as catalogue
from jingwei.journal import commands as journal
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.wording import Words
from jingwei.worklist import commands as worklist

TEXT_MOST = 4000
REASON_MOST = 1000

_NEED_REFUSED = {
    "verified_if_public": CaseError.NOT_VERIFIED,
    "check_passed": CaseError.CHECK_NOT_PASSED,
    "extension_asked_or_given": CaseError.OTHER_ASKED,
    "suspension_asked_or_given": CaseError.OTHER_ASKED,
    "something_asked": CaseError.NOTHING_ASKED,
    "nothing_asked": CaseError.ALREADY_ASKED,
    "own_report": CaseError.NOT_OWN_REPORT,
    "handled_by_community": CaseError.NOT_WITH_COMMUNITY,
    "held_by_unit": CaseError.NO_HOLDER,
    "filed_before": CaseError.NEVER_FILED,
    "publicity_over": KindError.STILL_PUBLIC,
    "mediated": MediationError.NO_RESULT,
}


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer to a step: where the case stands now."""

    id: UUID
    number: str
    state: str
    due_at: datetime | None


@dataclass(slots=True)
class Moving:
    """A case in the middle of a step. `change` sets columns through `set` and adds to `told` (the entry's data)."""

    actor: Actor
    case: Case
    action: str
    now: datetime
    generations: dict[str, int]
    told: dict[str, Any] = field(default_factory=dict)
    changed: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    clock: timing.Clock | None = None

    @property
    def flow(self) -> Flow:
        return flow_book.of(self.case)

    @property
    def book(self) -> Any:
        return catalogue.book(self.generations)

    def set(self, **columns: Any) -> None:
        for name, value in columns.items():
            self.before.setdefault(name, getattr(self.case, name))
            setattr(self.case, name, value)
            self.changed[name] = value

    def exercise(self, duty: str) -> None:
        """Remember that this person did so on this case (separation of duties)."""
        people = self.case.duties.get(duty, [])
        if str(self.actor.user_id) not in people:
            self.set(duties={**self.case.duties, duty: [*people, str(self.actor.user_id)]})

    def go_on(self, history: timing.History | None = None) -> None:
        """The handling clock runs on after a stop or with more time: reckoned anew from the last dispatch."""
        pauses, extensions = history or timing.handling_history(self.case)
        state = self.case.state
        if state != "handling":
            pauses = [*pauses, (self.case.state_at, self.now)]
        self.clock = timing.clock_for(self.case, "handling", self.case.dispatched_at or self.now, self.generations,
                                      self.book, pauses=pauses, extensions=extensions)

    def keep_clock(self) -> None:
        """The clock of the present stay goes on unchanged in the next."""
        case = self.case
        self.clock = timing.Clock(case.due_at, case.limit_value, case.limit_unit, case.calendar)

    def earlier(self) -> dict[str, Any]:
        """What the changed columns held before, for the entry: so much is needed to take the step back.

        Not what identifies people, which the words of the entry go on referring to, nor the path that the unit tells.
        """
        return {name: str(value) if isinstance(value, Decimal) else value for name, value in self.before.items()
                if value != self.changed[name] and name not in ("private", "unit_path")}

    def tell(self, what: str, text: str, most: int) -> None:
        """Words for the journal, freed of numbers that identify someone (those go, sealed, to the case)."""
        self.told[what] = private.keep_numbers(self, checked(text, what, most))


Change = Callable[[Moving], None]


def facts_of(case: Case, actor: Actor) -> frozenset[str]:
    """Which of `workflow.NEEDS` hold for this case and person."""
    truths = {
        "verified_if_public": case.channel not in flow_book.of(case).verify_first or case.verified is True,
        "check_passed": case.checked is True,
        "extension_asked_or_given": case.asked in ("", "extension"),
        "suspension_asked_or_given": case.asked in ("", "suspension"),
        "something_asked": bool(case.asked),
        "nothing_asked": not case.asked,
        "own_report": actor.user_id is not None and case.reported_by == actor.user_id,
        "handled_by_community": case.level == "community",
        "held_by_unit": case.unit_id is not None,
        "filed_before": not case.duties.get("solve"),
        "publicity_over": case.due_at is None or case.due_at <= clock.now(),
        "mediated": mediation.over(marks.marks_of(case.marks)),
    }
    return frozenset(name for name, holds in truths.items() if holds)


def signs_of(case: Case) -> frozenset[str]:
    """Which of `workflow.SIGNS` this case shows."""
    unverified = case.channel in flow_book.of(case).verify_first and case.verified is not True
    truths = {
        "unsigned": case.signed_at is None,
        "extension_asked": case.asked == "extension",
        "suspension_asked": case.asked == "suspension",
        "verify_missing": unverified and case.verified is None,
        "verify_denied": unverified and case.verified is False,
        "check_failed": case.checked is False,
    }
    return frozenset(name for name, holds in truths.items() if holds)


def roles_towards(case: Case, actor: Actor) -> frozenset[str]:
    """The posts this person holds towards this case. A community's officer acts only while the community handles."""
    roles = actor.roles_at(case.area_path, case.unit_path)
    if case.state in ("handling", "suspended") and case.level != "community":
        roles -= {"community_officer"}
    return roles


def duties_of(case: Case, actor: Actor) -> frozenset[str]:
    """What this person did on this case before."""
    return frozenset(duty for duty, people in case.duties.items() if str(actor.user_id) in people)


def may_see(case: Case, actor: Actor) -> bool:
    """Within the person's reach, reported by them, or helped with by a unit of theirs."""
    return actor.covers(Right.CASE_READ.value, case.area_path, case.unit_path) or (
        actor.user_id is not None and case.reported_by == actor.user_id) or helping.reaches(actor, case)


def held(actor: Actor, case_id: UUID) -> tuple[journal.Tail, Case]:
    """The subject and then the row of a case, locked until the transaction ends; the same refusal whether it is not there or not seen."""
    tail = journal.hold(f"case:{case_id}")
    case = rows.read(case_id, to_change=True)
    if case is None or not may_see(case, actor):
        raise Refusal(KernelError.NOT_FOUND)
    return tail, case


def take(actor: Actor, case_id: UUID, action: str, *, reason: str = "", text: str = "",
         change: Change | None = None, files: Sequence[UUID] = (), proof: Proof = NOTHING) -> Taken:
    """Take one step of the flow. Refuses in words; nothing is written once it refuses."""
    with transaction.atomic(savepoint=False):
        tail, case = held(actor, case_id)
        row = permitted(case, actor, action)
        moving = Moving(actor, case, action, clock.now(), generations())
        _take_words(moving, row, reason, text)
        came_from = case.state
        if change is not None:
            change(moving)
        attach(moving, files, proof.shots)
        prove(moving, files, proof)
        enter(moving, row)
        moving.told |= {"from": came_from, "to": case.state, "step": case.step}
        if action in workflow.UNDOABLE:
            moving.told["before"] = moving.earlier()
        journal.record(actor, tail, EVENT_OF[action], moving.told, area_path=case.area_path)
        return Taken(case.id, case.number, case.state, case.due_at)


def permitted(case: Case, actor: Actor, action: str) -> Row:
    """The row of the flow for this step, or the refusal that names the rule."""
    answer, detail = flow_book.of(case).decide(
        case.state, action, roles_towards(case, actor), duties=duties_of(case, actor), facts=facts_of(case, actor))
    if answer == "yes":
        return cast(Row, detail)
    words = cast(tuple[str, ...], detail)
    shown = _named(workflow.ACTIONS[action][0], action) if action in workflow.ACTIONS else action
    if answer == "unknown_action":
        raise Refusal(CaseError.UNKNOWN_ACTION, action=action)
    refuse_if_led(case, shown)
    if answer == "wrong_state":
        possible = _listed({name: workflow.ACTIONS[name][0] for name in words}) if words else Words("无", "nothing")
        state = _named(workflow.STATES[case.state][0], case.state)
        raise Refusal(CaseError.WRONG_STATE, action=shown, state=state, possible=possible)
    if answer == "wrong_role":
        raise Refusal(CaseError.WRONG_ROLE, action=shown, roles=_listed({name: workflow.ROLE_NAMES[name] for name in words}))
    if answer == "apart":
        raise second.refusal(case, action, shown, str(detail))
    raise Refusal(_NEED_REFUSED[answer], action=shown, asked=_named(workflow.ASKED.get(case.asked, ""), case.asked))


def _named(zh: str, code: str) -> Words:
    """A name of the flow; English readers hear its code in words."""
    return Words(zh, code.replace("_", " "), zh)


def _listed(names: dict[str, str]) -> Words:
    zh = "、".join(names.values())
    return Words(zh, ", ".join(names).replace("_", " "), zh)


_WORDS = {"reason": "理由", "text": "处置情况说明"}


def _take_words(moving: Moving, row: Row, reason: str, text: str) -> None:
    for what, given, most in (("reason", reason, REASON_MOST), ("text", text, TEXT_MOST)):
        if what in row.asks and blank(given):
            shown = _named(workflow.ACTIONS[moving.action][0], moving.action)
            raise Refusal(CaseError.MISSING, action=shown, what=_named(_WORDS[what], what))
        if not blank(given):
            moving.tell(what, given, most)


def enter(moving: Moving, row: Row) -> None:
    """Leave the old stay, begin the new one, say what is due next. Three statements at the most."""
    case, target, duty, came_from = moving.case, row.to, row.duty, moving.case.state
    moving.exercise(duty)
    stays = target == case.state and "unit_id" not in moving.changed
    if not stays:
        _leave(moving)
        moving.set(state=target, state_at=moving.now, step=case.step + 1, asked="")
        _forget_stay(moving)
    if not stays or moving.clock is not None:
        running = moving.clock or _clock_on_entering(moving, target)
        moving.set(due_at=running.due_at, limit_value=running.value, limit_unit=running.unit,
                   calendar=running.calendar)
    if not stays and case.phone_hash:
        calling.follow(moving, came_from)
    if moving.changed:  # a deed that only tells something may change nothing when it is done again
        rows.update(case, moving.changed)
    if not stays and helping.is_helped(case):
        helping.follow(case, moving.action, moving.actor.user_id, moving.now, accounts.unit_book(moving.generations))
    if not stays or moving.clock is not None or "asked" in moving.changed:
        show_due(case)


def begin_anew(moving: Moving) -> None:
    """The same state as another stay, its clock counted from now. The caller writes the columns and shows what is due."""
    _leave(moving)
    moving.set(state_at=moving.now, step=moving.case.step + 1, asked="")
    _forget_stay(moving)
    running = _clock_on_entering(moving, moving.case.state)
    moving.set(due_at=running.due_at, limit_value=running.value, limit_unit=running.unit, calendar=running.calendar)


def _leave(moving: Moving) -> None:
    case = moving.case
    before = moving.told.get("unit_before", case.unit_id)
    if case.asked:
        Adjustment.objects.filter(case_id=case.id, state="asked").update(state="lapsed", at=moving.now)
    if case.due_at is not None and case.due_at < moving.now:
        moving.told["was_due"] = case.due_at
        moving.set(marks=with_mark(case.marks, OVERRAN))
    rows.insert(Step(
        case_id=case.id, number=case.step, state=case.state, unit_id=before, began_at=case.state_at,
        limit_value=case.limit_value, limit_unit=case.limit_unit, calendar=case.calendar, due_at=case.due_at,
        ended_at=moving.now, action=moving.action, actor=moving.actor.user_id))


def _forget_stay(moving: Moving) -> None:
    """Who urged the holder, and who was told of the delay, spoke of the stay that is over."""
    case = moving.case
    if any(mark in case.marks for mark in ("|urged|", "|escalated|")):
        if "|escalated|" in case.marks:
            worklist.drop(f"told:{case.id}")
        moving.set(marks=marks.without_mark(marks.without_mark(case.marks, "urged"), "escalated"))


def _clock_on_entering(moving: Moving, state: str) -> timing.Clock:
    if workflow.STATES[state][1] != "open":
        return timing.Clock()
    return timing.clock_for(moving.case, state, moving.now, moving.generations, moving.book)


def show_due(case: Case) -> None:
    """Keep the row of the due list in step with the case, and those of the units that help with it."""
    if helping.is_helped(case):
        helping.show_due(case, helping.asked_of(case.id))
    subject = f"case:{case.id}"
    if workflow.STATES[case.state][1] == "ended":
        worklist.drop(subject)
        return
    worklist.put(subject, case.state, area_path=case.area_path, unit_path=case.unit_path, person=case.person,
                 due_at=case.due_at, since=case.state_at, place=case.place,
                 posts=flow_book.of(case).waits_for_posts(case.state, signs_of(case), in_community=case.level == "community"),
                 urged="|urged|" in case.marks)
