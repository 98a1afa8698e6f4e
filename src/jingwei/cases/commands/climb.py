"""Climb (超时升级): the rung that a stay has reached on its ladder is told, once, to whom the ladder names.

Run by a job. Only the highest rung that is due is told, those below it are recorded as passed over: a service that was
down over a weekend wakes with one word for each case. What has no clock does not climb; where the limit moves, so do
the rungs that lie ahead.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right
from jingwei.cases import flow_book, ladder, ladder_book, timing, workflow
from jingwei.cases.clock import ClockRefusal, Limit, Unit
from jingwei.cases.commands import rows
from jingwei.cases.commands.hand_on import hand_on
from jingwei.cases.commands.orders.issue import issue, units_of
from jingwei.cases.commands.pass_up import pass_up
from jingwei.cases.commands.step import Moving
from jingwei.cases.commands.urge import urged
from jingwei.cases.events import UrgeEvent
from jingwei.cases.ladder import Rung, Standing
from jingwei.cases.marks import with_mark
from jingwei.cases.models import Case, Climb
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.journal import commands as journal
from jingwei.journal.ports import fence
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor, Grant
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import new_id
from jingwei.worklist import commands as worklist

AT_ONCE = 500
MOST_TOLD = 3000  # in one run of the job; the next goes on
NAME = "cases.ladders"

_RUNNING = [state for state, (_, kind) in workflow.STATES.items() if kind == "open"]
_KINDS = {"community": ("community", "village", "quasi_village"), "town": ("street", "town", "township", "joint"), "county": ("county",)}
_STEPS: dict[str, Callable[..., Any]] = {"hand_on": hand_on, "pass_up": pass_up}
_COLUMNS = ("id", "step", "profile", "profile_version", "state", "level", "area_path", "state_at", "due_at", "limit_value", "limit_unit",
            "calendar")


@dataclass(slots=True)
class Run:
    """One run of the job: what it reads once."""

    now: datetime
    known: dict[str, int]
    local: ladder_book.Local
    told: int = 0

    def standing(self, case: Case) -> tuple[tuple[Rung, ...], Standing]:
        """The ladder of a stay, and where the stay stands on it now."""
        flow = flow_book.of(case)
        rungs, _ = ladder_book.at(ladder.key_of(flow, case.state, case.level), case.area_path, self.local)
        if not rungs or case.due_at is None or case.limit_value is None:
            return rungs, Standing(0, None)
        try:
            found = ladder.standing(
                rungs, case.state_at, case.due_at, Limit(case.limit_value, Unit(case.limit_unit)),
                timing.calendar_in_force(self.known, case.area_path),
                catalogue.book(self.known).setting("work_day_convention", case.area_path), self.now)
        except (ClockRefusal, ValueError):  # a limit that no clock counts, from an import
            return rungs, Standing(0, None)
        return rungs, found


def climb_due() -> int:
    """Tell every rung that is due and has not been told. Returns how many were told. For the job alone."""
    run = Run(clock.now(), generations(), ladder_book.read_local())
    last: UUID | None = None
    while run.told < MOST_TOLD:
        some = _waiting(run.now, last)
        if not some:
            break
        last = some[-1].id
        _look_at(run, some)
    return run.told


def _waiting(now: datetime, after: UUID | None) -> list[Case]:
    """Running stays that were never looked at, whose limit moved since, or whose next rung is due."""
    settled = Climb.objects.filter(Q(next_at=None) | Q(next_at__gt=now), case=OuterRef("pk"), step=OuterRef("step"),
                                   due_at=OuterRef("due_at"))
    found = Case.objects.filter(~Exists(settled), state__in=_RUNNING, due_at__isnull=False).only(*_COLUMNS)
    if after is not None:
        found = found.filter(id__gt=after)
    return list(found.order_by("id")[:AT_ONCE])


def _look_at(run: Run, some: Sequence[Case]) -> None:
    """Keep when the next rung is due; where one is due now, tell it."""
    there = {(one.case_id, one.step): one for one in Climb.objects.filter(case__in=some)}
    settled = []
    for case in some:
        _, found = run.standing(case)
        before = there.get((case.id, case.step))
        if found.due > (before.rung if before else 0):
            _tell(run, case.id, case.step)
        else:
            settled.append(_kept(case, found, before))
    with transaction.atomic():
        Climb.objects.bulk_create(settled, update_conflicts=True, unique_fields=["case", "step"],
                                  update_fields=["rung", "due_at", "next_at"])
        fence()


def _kept(case: Case, found: Standing, before: Climb | None) -> Climb:
    """A rung that lies ahead again, because the limit moved, may be told again."""
    return Climb(case_id=case.id, step=case.step, rung=min(found.due, before.rung if before else 0), due_at=case.due_at,
                 next_at=found.next_at, told_at=before.told_at if before else None)


def _tell(run: Run, case_id: UUID, step: int) -> None:
    """One rung: what it does, who is told, how far the stay is now, and one entry, in one transaction."""
    with transaction.atomic():
        tail = journal.hold(f"case:{case_id}")
        case = rows.read(case_id, to_change=True)
        if case is None or case.step != step:
            return  # somebody took the step meanwhile
        rungs, found = run.standing(case)
        before = Climb.objects.filter(case_id=case_id, step=step).first()
        reached = before.rung if before else 0
        if found.due <= reached:
            return
        rung, action = rungs[found.due - 1], ""
        moving = Moving(_actor(case, rung), case, "escalate", run.now, run.known)
        moving.told |= {"rung": found.due, "of": len(rungs), "skipped": list(range(reached + 1, found.due)), "when": rung.when,
                        "where": rung.where, "post": rung.post, "does": rung.does, "state": case.state, "step": case.step,
                        "due_at": case.due_at, "unit": case.unit_id, "text": ladder.said(rung, found.due)}
        action = _do(moving, rung)
        _show_to(moving, rung)
        Climb.objects.update_or_create(case_id=case_id, step=step, defaults={
            "rung": found.due, "due_at": case.due_at, "next_at": found.next_at, "told_at": run.now})
        if moving.changed:
            rows.update(case, moving.changed)
        journal.record(moving.actor, tail, UrgeEvent.ESCALATED, moving.told, area_path=case.area_path)
        if action:
            _STEPS[action](moving.actor, case_id, reason=moving.told["text"])
        fence()
    run.told += 1


def _actor(case: Case, rung: Rung) -> Actor:
    """Nobody; to pass a case up the rule acts in the post that has this step."""
    post = ladder.step_up(flow_book.of(case), case.state, case.level)[1] if rung.does == "pass_up" else ""
    grants = (Grant(post, case.area_path, frozenset({Right.CASE_READ.value})),) if post else ()
    return Actor(None, NAME, grants, via="job")


def _do(moving: Moving, rung: Rung) -> str:
    """What the rung does to the case. Returns the step of the flow to be taken after it is told, '' for none."""
    case = moving.case
    if rung.does == "urge":
        urged(moving, moving.told["text"])
    elif rung.does == "order":
        limit = ladder.limit_of(rung.gives)
        assert limit is not None
        try:
            units = units_of(moving)
        except Refusal:  # the unit was taken out of use: those above are told all the same
            return ""
        demand = f"案件{case.number}{ladder.said_when(rung.when)}仍未办结，请立即办理并报告。"
        issue(moving, new_id(), "important", demand, limit, units)
    elif rung.does == "pass_up":
        return ladder.step_up(flow_book.of(case), case.state, case.level)[0]
    return ""


def _show_to(moving: Moving, rung: Rung) -> None:
    """On the list of those who are told. The holder has the case on theirs already."""
    case = moving.case
    if rung.where == "holder":
        return
    path, unit_path = case.area_path, ""
    if rung.where == "unit":
        unit = accounts.unit_book(moving.generations).get(case.unit_id or 0)
        unit_path = unit.path if unit else ""
    else:
        above = [place for place in grids.chain(case.area_now_id) if place.level in _KINDS[rung.where]]
        path = above[-1].path if above else case.area_path
        moving.told["area"] = above[-1].area_id if above else case.area_now_id
    worklist.put(f"told:{case.id}", "escalated", area_path=path, unit_path=unit_path, due_at=case.due_at, since=moving.now,
                 place=case.place, posts=[rung.post])
    moving.set(marks=with_mark(case.marks, "escalated"))
